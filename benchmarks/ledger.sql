-- The yardstick of the ledger: one hand-written script from the Parquet files of the event store to
-- the same postings and the same unit × day table. Variables set before: events (its files) and
-- status_map (a list of structs: source, status_key, account).
--
-- It has what the ledger has: receipts, closings, overdue under three rule sets, pauses and
-- resumptions, transfers, what a later list takes back, each with the batch since which it is known.
-- It leaves out: contents that come back (sightings are not read at all), late lists, layouts that
-- lack columns, full lists that no longer show a dossier, lists of one unit only, reopenings, due
-- dates that move over a pause, findings, versions, tests. How much of the result differs for that
-- is measured (benchmarks/ledger.py).

create temp view event as
select * from read_parquet(getvariable('events'), hive_partitioning = true);

create temp table batch as
select
    row_number() over (order by known_at, batch_id)::integer as batch_no,
    batch_id,
    source,
    known_at,
    observed_at + interval 7 hour as observed_local,
    (observed_at + interval 7 hour)::date as reach_date,
    data
from event
where type = 'extract.completed';

create temp table unit as
select data->>'$.name' as unit_name, max(data->>'$.code') as unit_code
from event
where type = 'unit.observed'
group by all;

create temp table procedure_key as
select data->>'$.name' as procedure_name, max(data->>'$.code') as procedure_key
from event
where type = 'procedure.observed'
group by all;

create temp table status as
select text.source, text.status, map.account
from (select distinct source, status from event where type = 'dossier.observed') as text
inner join (select unnest(getvariable('status_map'), recursive := true)) as map
    on
        text.source = map.source
        and trim(lower(strip_accents(replace(replace(text.status, 'đ', 'd'), 'Đ', 'd'))))
        = map.status_key;

-- day of a unit -> the first batch made on that day or later
create temp table horizon as
with covered as (
    select batch_no, reach_date, unnest(map_keys((data->'$.units')::map(varchar, bigint)))
        as unit_name
    from batch
),

reach as (
    select coalesce(unit.unit_code, covered.unit_name) as unit_code, batch_no, reach_date
    from covered
    left join unit on covered.unit_name = unit.unit_name
),

step as (
    select
        unit_code,
        batch_no,
        reach_date,
        max(reach_date) over (
            partition by unit_code order by batch_no
            rows between unbounded preceding and 1 preceding
        ) as reach_before
    from reach
)

select
    unit_code,
    unnest(range(
        coalesce(reach_before, date '2020-01-01') + interval 1 day,
        reach_date + interval 1 day,
        interval 1 day
    ))::date as day,
    batch_no
from step
where reach_before is null or reach_date > reach_before;

-- one row per content that a list showed
create temp table told as
select
    hash(event.subject) as dossier_key,
    batch.batch_no,
    batch.observed_local,
    event.line_no,
    coalesce(unit.unit_code, event.unit_name) as unit_code,
    case
        when status.account is not null then status.account
        when coalesce(event.finished_at, event.handed_over_at) is not null then 'closed.resolved'
        else 'open.processing'
    end as account,
    event.received_at,
    event.due_at,
    -- the moments from which it is overdue
    (event.due_at::date + 1)::timestamp as due_by_date,
    case when event.due_is_day then (event.due_at::date + 1)::timestamp else event.due_at end
        as due_by_timestamp,
    coalesce(event.finished_at, event.handed_over_at, event.refused_at) as end_at,
    coalesce(event.due_is_day, false) or coalesce(event.finished_is_day, event.handed_over_is_day)
        as is_by_day,
    event.channel as source_channel,
    procedure_key.procedure_key
from event
inner join batch using (batch_id)
left join status on event.source = status.source and event.status = status.status
left join unit on event.unit_name = unit.unit_name
left join procedure_key on event.procedure_name = procedure_key.procedure_name
where event.type = 'dossier.observed';

create temp table told_often as
select dossier_key from told group by dossier_key having count(*) > 1;

-- what a version says, beside what the one before it said
create temp table version as
with plain as (
    select
        *,
        account like 'closed.%' as is_closed,
        case
            when account like 'closed.%' then greatest(received_at, coalesce(end_at, observed_local))
        end as closed_at
    from told
),

timed as (
    select
        *,
        case
            when
                greatest(due_by_date, received_at) < coalesce(closed_at, timestamp 'infinity')
                and (
                    account not in (
                        'open.awaiting_supplement', 'open.awaiting_payment', 'open.halted'
                    )
                    or due_by_date < observed_local
                )
                then greatest(due_by_date, received_at)
        end as overdue_by_date,
        case
            when
                greatest(due_by_timestamp, received_at) < coalesce(closed_at, timestamp 'infinity')
                and (
                    account not in (
                        'open.awaiting_supplement', 'open.awaiting_payment', 'open.halted'
                    )
                    or due_by_timestamp < observed_local
                )
                then greatest(due_by_timestamp, received_at)
        end as overdue_by_timestamp,
        case
            when due_at is null then 'on_time'
            when coalesce(end_at, observed_local)::date < due_at::date then 'early'
            when coalesce(end_at, observed_local)::date = due_at::date then 'on_time'
            else 'late'
        end as closed_by_date,
        case
            when due_at is null then 'on_time'
            when is_by_day or end_at is null then closed_by_date
            when end_at < due_at then 'early'
            when end_at = due_at then 'on_time'
            else 'late'
        end as closed_by_timestamp
    from plain
),

-- a list that shows it twice says what its last line says
last_line as (
    select timed.* from timed
    inner join told_often using (dossier_key)
    qualify row_number() over (partition by dossier_key, batch_no order by line_no desc) = 1
),

compared as (
    select
        *,
        lead(batch_no) over w as next_batch_no,
        lead(line_no) over w as next_line_no,
        lag(struct_pack(
            batch_no, account, unit_code, received_at, closed_at, overdue_by_date,
            overdue_by_timestamp, closed_by_date, closed_by_timestamp
        )) over w as was
    from last_line
    window w as (partition by dossier_key order by batch_no)
)

select * from compared
union all
select *, null, null, null from timed anti join told_often using (dossier_key);

create temp table batch_known as select batch_no, batch_id, known_at from batch;

-- moments of falling due that were known while the version was the newest
create temp table overdue as
with moment as (
    select
        version.*,
        unnest(case
            when overdue_by_date is distinct from overdue_by_timestamp
                then [overdue_by_date, overdue_by_timestamp]
            else [overdue_by_date]
        end) as moment
    from version
    where overdue_by_date is not null or overdue_by_timestamp is not null
)

select moment.*, greatest(moment.batch_no, horizon.batch_no) as known_batch_no
from moment
inner join horizon
    on moment.unit_code = horizon.unit_code and moment.moment::date = horizon.day
where
    moment.moment is not null
    and (next_batch_no is null or greatest(moment.batch_no, horizon.batch_no) < next_batch_no);

create or replace table posting as
with posted as (
    -- receipts: at the first version, and again where a later one corrects them
    select
        dossier_key, 'receipt' as movement, 'outside' as from_account,
        'open.processing' as to_account, null as from_unit,
        coalesce(was.unit_code, unit_code) as to_unit, 1 as quantity, received_at as effective_at,
        batch_no as known_batch_no, batch_no, line_no,
        null as before_by_date, 'in_time' as after_by_date,
        null as before_by_timestamp, 'in_time' as after_by_timestamp,
        source_channel, procedure_key
    from version
    where was is null or was.received_at is distinct from received_at
    union all
    select
        dossier_key, 'receipt', 'outside', 'open.processing', null, was.unit_code, -1,
        was.received_at, batch_no, batch_no, line_no, null, 'in_time', null, 'in_time',
        source_channel, procedure_key
    from version
    where was is not null and was.received_at is distinct from received_at
    union all
    -- closings
    select
        dossier_key,
        case account
            when 'closed.resolved' then 'resolution'
            when 'closed.returned' then 'return'
            else 'withdrawal'
        end,
        case when was.account like 'open.%' then was.account else 'open.processing' end,
        account, unit_code, unit_code, 1, closed_at, batch_no, batch_no, line_no,
        case when overdue_by_date is null then 'in_time' else 'overdue' end, closed_by_date,
        case when overdue_by_timestamp is null then 'in_time' else 'overdue' end,
        closed_by_timestamp, source_channel, procedure_key
    from version
    where
        is_closed
        and (
            was is null
            or was.closed_at is distinct from closed_at
            or was.account <> account
            or was.unit_code <> unit_code
            or was.closed_by_date <> closed_by_date
            or was.closed_by_timestamp <> closed_by_timestamp
        )
    union all
    select
        dossier_key,
        case was.account
            when 'closed.resolved' then 'resolution'
            when 'closed.returned' then 'return'
            else 'withdrawal'
        end,
        'open.processing', was.account, was.unit_code, was.unit_code, -1, was.closed_at,
        batch_no, batch_no, line_no,
        case when was.overdue_by_date is null then 'in_time' else 'overdue' end,
        was.closed_by_date,
        case when was.overdue_by_timestamp is null then 'in_time' else 'overdue' end,
        was.closed_by_timestamp, source_channel, procedure_key
    from version
    where
        was.closed_at is not null
        and (
            was.closed_at is distinct from closed_at
            or was.account <> account
            or was.unit_code <> unit_code
            or was.closed_by_date <> closed_by_date
            or was.closed_by_timestamp <> closed_by_timestamp
        )
    union all
    -- pauses and resumptions, and the way from one unit to another: on the day of the list
    select
        dossier_key,
        case when account = 'open.processing' then 'resume' else 'pause' end,
        coalesce(was.account, 'open.processing'), account, unit_code, unit_code, 1, observed_local,
        batch_no, batch_no, line_no,
        case when due_by_date < observed_local then 'overdue' else 'in_time' end,
        case when due_by_date < observed_local then 'overdue' else 'in_time' end,
        case when due_by_timestamp < observed_local then 'overdue' else 'in_time' end,
        case when due_by_timestamp < observed_local then 'overdue' else 'in_time' end,
        source_channel, procedure_key
    from version
    where
        account like 'open.%'
        and coalesce(was.account, 'open.processing') <> account
        and coalesce(was.account, 'open.processing') like 'open.%'
    union all
    select
        dossier_key, 'transfer', was.account, was.account, was.unit_code, unit_code, 1,
        observed_local, batch_no, batch_no, line_no,
        case when due_by_date < observed_local then 'overdue' else 'in_time' end,
        case when due_by_date < observed_local then 'overdue' else 'in_time' end,
        case when due_by_timestamp < observed_local then 'overdue' else 'in_time' end,
        case when due_by_timestamp < observed_local then 'overdue' else 'in_time' end,
        source_channel, procedure_key
    from version
    where was.account like 'open.%' and was.unit_code <> unit_code
    union all
    -- overdue: known when a list reaches the day, taken back when the moment is no more
    select
        dossier_key, 'overdue', 'open.processing', 'open.processing', unit_code, unit_code, 1,
        moment, known_batch_no, batch_no, line_no,
        case when overdue_by_date < moment then 'overdue' else 'in_time' end,
        case when overdue_by_date <= moment then 'overdue' else 'in_time' end,
        case when overdue_by_timestamp < moment then 'overdue' else 'in_time' end,
        case when overdue_by_timestamp <= moment then 'overdue' else 'in_time' end,
        source_channel, procedure_key
    from overdue
    where not exists (
        select 1 from overdue as earlier
        where
            earlier.dossier_key = overdue.dossier_key
            and earlier.moment = overdue.moment
            and earlier.next_batch_no = overdue.batch_no
    )
    union all
    select
        dossier_key, 'overdue', 'open.processing', 'open.processing', unit_code, unit_code, -1,
        moment, next_batch_no, next_batch_no, next_line_no,
        case when overdue_by_date < moment then 'overdue' else 'in_time' end,
        case when overdue_by_date <= moment then 'overdue' else 'in_time' end,
        case when overdue_by_timestamp < moment then 'overdue' else 'in_time' end,
        case when overdue_by_timestamp <= moment then 'overdue' else 'in_time' end,
        source_channel, procedure_key
    from overdue
    where next_batch_no is not null and not exists (
        select 1 from overdue as later
        where
            later.dossier_key = overdue.dossier_key
            and later.moment = overdue.moment
            and later.batch_no = overdue.next_batch_no
    )
)

select
    posted.dossier_key,
    posted.movement,
    posted.from_account,
    posted.to_account,
    posted.from_unit,
    posted.to_unit,
    posted.quantity,
    posted.effective_at,
    posted.effective_at::date as effective_date,
    known.known_at,
    evidence.batch_id,
    posted.line_no,
    posted.before_by_date as tl_before_by_date,
    posted.after_by_date as tl_after_by_date,
    posted.before_by_timestamp as tl_before_by_timestamp,
    posted.after_by_timestamp as tl_after_by_timestamp,
    posted.before_by_date as tl_before_index_766,
    posted.after_by_date as tl_after_index_766,
    'unknown' as channel,
    posted.source_channel,
    posted.procedure_key,
    posted.quantity < 0 as is_reversal,
    posted.known_batch_no as batch_no
from posted
inner join batch_known as known on posted.known_batch_no = known.batch_no
inner join batch_known as evidence on posted.batch_no = evidence.batch_no;

create or replace table unit_day as
with leg as (
    select
        from_unit as unit_code, effective_date as day, movement, 'from' as leg,
        from_account as account, tl_before_by_date as tl_by_date,
        tl_before_by_timestamp as tl_by_timestamp, tl_before_index_766 as tl_index_766, channel,
        case when movement = 'transfer' then to_unit end as counterpart_unit, -quantity as quantity
    from posting
    where from_account <> 'outside'
    union all
    select
        to_unit, effective_date, movement, 'to', to_account, tl_after_by_date,
        tl_after_by_timestamp, tl_after_index_766, channel,
        case when movement = 'transfer' then from_unit end, quantity
    from posting
    where to_account <> 'outside'
)

select * exclude (quantity), sum(quantity)::bigint as quantity
from leg
group by all
having sum(quantity) <> 0;
