-- What the published file says is wrong, one statement per kind, between lines `-- kind: name`.
-- Each gives: unit, subject, since, amount, items (list of codes), listed (JSON list of what the
-- sheet shows), facts (JSON), command. Grain: unit × subject. Parameters: $today, $now (UTC),
-- $silent_after (working days), $expected (rows of expected.py). A kind whose table is not published is not examined.
-- kind: due_soon
with
today as (
    select working_day_no, is_working_day from dim_date where date_day = $today
),
due as (
    select dossier.unit_code, dossier.code, dossier.due_at
    from fct_dossier as dossier
    inner join dim_date on cast(dossier.due_at as date) = dim_date.date_day
    inner join today on dim_date.working_day_no = today.working_day_no + 2
    where
        today.is_working_day
        and dossier.account = 'open.processing'
        and cast(dossier.due_at as date) > $today
)
select
    unit_code as unit,
    cast($today as varchar) as subject,
    $today as since,
    count(*) as amount,
    list(code order by code) as items,
    to_json(list({'code': code, 'due_at': due_at} order by code)) as listed,
    to_json({'due': strftime(max(due_at), '%d/%m/%Y')}) as facts,
    'hoso query "select code, due_at from fct_dossier where unit_code = ''' || unit_code
    || ''' and account = ''open.processing'' order by due_at"' as command
from due
group by unit_code;
-- kind: overdue
with
reach as (select unit_code, max(reach_date) as reach_date from fct_unit_reach group by unit_code),
candidate as (
    select dossier.dossier_key, dossier.code, dossier.unit_code, dossier.due_at,
        reach.reach_date
    from fct_dossier as dossier
    inner join reach on dossier.unit_code = reach.unit_code
    where starts_with(dossier.account, 'open.') and cast(dossier.due_at as date) < reach.reach_date
),
balance as (
    select
        posting.dossier_key,
        sum(case when starts_with(posting.to_account, 'open.')
            and posting.tl_after_by_date = 'overdue' then posting.quantity else 0 end)
        - sum(case when starts_with(posting.from_account, 'open.')
            and posting.tl_before_by_date = 'overdue' then posting.quantity else 0 end) as is_overdue
    from fct_dossier_posting as posting
    where posting.dossier_key in (select dossier_key from candidate)
    group by posting.dossier_key
)
select
    candidate.unit_code as unit,
    '' as subject,
    min(cast(candidate.due_at as date)) as since,
    count(*) as amount,
    list(candidate.code order by candidate.code) as items,
    to_json(list({'code': candidate.code, 'due_at': candidate.due_at} order by candidate.due_at))
        as listed,
    to_json({'reach': strftime(max(candidate.reach_date), '%d/%m/%Y')}) as facts,
    'hoso explain open_overdue --from ' || strftime(max(candidate.reach_date), '%Y-%m-%d')
    || ' --to ' || strftime(max(candidate.reach_date), '%Y-%m-%d') || ' --unit '
    || candidate.unit_code as command
from candidate
inner join balance on candidate.dossier_key = balance.dossier_key and balance.is_overdue = 1
group by candidate.unit_code;
-- kind: late_without_apology  table: dq_late_without_apology
select
    unit_code as unit,
    '' as subject,
    cast(min(due_at) as date) as since,
    count(*) as amount,
    list(code order by code) as items,
    to_json(list({
        'code': code, 'received_at': received_at, 'due_at': due_at, 'ended_at': ended_at
    } order by code)) as listed,
    null as facts,
    'hoso query "select * from dq_late_without_apology where unit_code = ''' || unit_code || '''"'
        as command
from dq_late_without_apology
group by unit_code;
-- kind: listed_twice  table: dq_listed_twice
select
    unit_code as unit,
    '' as subject,
    cast(min(since) as date) as since,
    count(distinct code) as amount,
    list(distinct code order by code) as items,
    to_json(list({'code': code, 'unit': unit_code, 'also_in': also_in_unit} order by code)) as listed,
    null as facts,
    'hoso query "select * from dq_listed_twice where is_current and unit_code = ''' || unit_code
    || '''"' as command
from dq_listed_twice
where is_current
group by unit_code;
-- kind: finished_overdue_elsewhere  table: dq_finished_but_overdue_elsewhere
select
    unit_code as unit,
    '' as subject,
    cast(min(ended_at) as date) as since,
    count(*) as amount,
    list(code order by code) as items,
    to_json(list({
        'code': code, 'national_code': national_code, 'ended_at': ended_at, 'due_at': due_at,
        'elsewhere': mirror_source, 'status_elsewhere': national_status, 'seen_at': observed_at
    } order by code)) as listed,
    null as facts,
    'hoso query "select * from dq_finished_but_overdue_elsewhere where unit_code = '''
    || unit_code || '''"' as command
from dq_finished_but_overdue_elsewhere
group by unit_code;
-- kind: history_rewritten  table: dq_rewritten_history
select
    unit_code as unit,
    strftime(timezone($zone, timezone('UTC', known_at)), '%Y-%m-%d') as subject,
    cast(timezone($zone, timezone('UTC', min(known_at))) as date) as since,
    count(*) as amount,
    list(distinct code order by code) as items,
    to_json(list({
        'code': code, 'movement': movement, 'before': before_effective_at,
        'after': after_effective_at, 'before_timeliness': before_timeliness,
        'after_timeliness': after_timeliness, 'set_to_due': is_set_to_due
    } order by code)) as listed,
    to_json({
        'day': strftime(timezone($zone, timezone('UTC', min(known_at))), '%d/%m/%Y'),
        'late_made_in_time': count(distinct code) filter (where is_late_made_in_time),
        'set_to_due': count(distinct code) filter (where is_set_to_due)
    }) as facts,
    'hoso query "select * from dq_rewritten_history where unit_code = ''' || unit_code || '''"'
        as command
from dq_rewritten_history
where
    known_at > $now - interval 7 day
    and known_at <= $now
    and unit_code is not null
    -- a corrected procedure that no published figure counted is no rewritten fact
    and (rewritten = 'fact' or published_periods > 0)
group by unit_code, strftime(timezone($zone, timezone('UTC', known_at)), '%Y-%m-%d');
-- kind: unit_silent
with
today as (select working_day_no from dim_date where date_day = $today),
reach as (
    select unit_code, max(reach_date) as reach_date from fct_unit_reach group by unit_code
),
owner as (select distinct unit_code from fct_dossier)
select
    reach.unit_code as unit,
    '' as subject,
    reach.reach_date as since,
    1 as amount,
    [] as items,
    null as listed,
    to_json({
        'reach': strftime(reach.reach_date, '%d/%m/%Y'),
        'expected': (
            select strftime(max(date_day), '%d/%m/%Y') from dim_date as expected
            where
                expected.is_working_day
                and expected.working_day_no <= today.working_day_no - $silent_after
        )
    }) as facts,
    'hoso coverage' as command
from reach
inner join owner on reach.unit_code = owner.unit_code
inner join dim_date on reach.reach_date = dim_date.date_day
cross join today
left join dim_unit as unit on reach.unit_code = unit.unit_code
where
    today.working_day_no - dim_date.working_day_no > $silent_after
    and (unit.valid_to is null or unit.valid_to > $today);
-- kind: report_missing  table: fct_statement
with
wanted as (
    select asked.*
    from (
        select unnest(cast($expected as struct(
            unit varchar, is_parent boolean, kind varchar, scheme varchar,
            working_days integer, valid_from date
        )[])) as asked
    )
),
due as (
    select
        unit.unit_code,
        period.period_code,
        period.title,
        period.first_day,
        period.last_day,
        min(due.date_day) as due_on
    from wanted
    inner join dim_unit as unit
        on wanted.unit = case when wanted.is_parent then unit.parent_code else unit.unit_code end
    inner join dim_period as period
        on wanted.kind = period.kind and wanted.scheme = period.scheme
        and period.first_day >= wanted.valid_from and period.last_day < $today
        and (unit.valid_from is null or unit.valid_from <= period.last_day)
        and (unit.valid_to is null or unit.valid_to > period.first_day)
    inner join dim_date as ends on period.last_day = ends.date_day
    inner join dim_date as due
        on due.working_day_no = ends.working_day_no + wanted.working_days and due.is_working_day
    group by all
)
select
    due.unit_code as unit,
    due.period_code as subject,
    due.due_on as since,
    1 as amount,
    [] as items,
    null as listed,
    to_json({'period': due.title, 'expected': strftime(due.due_on, '%d/%m/%Y')}) as facts,
    'hoso statement list' as command
from due
where
    due.due_on < $today
    and not exists (
        select 1 from fct_statement as stated
        where
            stated.is_current and stated.origin not in ('seed', 'closed_period')
            and stated.unit_code = due.unit_code
            and stated.period_from = due.first_day and stated.period_to = due.last_day
    );
-- kind: statement_fails  table: fct_identity_result
with
document as (
    select
        document,
        any_value(unit_code order by unit_code) as unit_code,
        max(known_at) as read_at
    from fct_statement
    where is_current and origin not in ('seed', 'closed_period')
    group by document
),
result as (
    select *
    from fct_identity_result
    where
        publication = (select max(publication) from fct_identity_result)
        and status = 'fails'
),
label as (
    select to_json(map(list(figure), list(label_vi))) as labels from dim_figure
)
select
    document.unit_code as unit,
    -- corrected and still wrong is another notice
    document.document || ' ' || strftime(document.read_at, '%Y-%m-%d %H:%M:%S.%f') as subject,
    cast(timezone($zone, timezone('UTC', document.read_at)) as date) as since,
    count(*) as amount,
    [] as items,
    to_json(list({
        'code': result.code, 'level': result.level, 'period_from': result.period_from,
        'period_to': result.period_to, 'equation': result.equation,
        'difference': result.difference, 'lines': result.lines
    } order by result.code, result.level, result.equation)) as listed,
    to_json({
        'document': document.document,
        'equations': list({'equation': result.equation, 'difference': result.difference}
            order by result.code, result.level, result.equation),
        'labels': any_value(label.labels)
    }) as facts,
    'hoso reconcile --document ''' || document.document || '''' as command
from document
inner join result on document.document = result.document
cross join label
group by document.document, document.unit_code, document.read_at;
