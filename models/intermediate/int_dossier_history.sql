-- depends_on: {{ ref('int_dossier_touched') }}
{% set facts = [
    'account', 'channel', 'source_channel', 'procedure_key', 'received_at', 'received_is_day',
    'due_at', 'due_is_day', 'finished_at', 'finished_is_day', 'handed_over_at',
    'handed_over_is_day', 'refused_at', 'refused_is_day',
] %}
{% set through = [
    'dossier_key', 'history_no', 'row_no', 'list_no', 'version_batch_no', 'is_version',
    'observed_local', 'is_in_two_units', 'is_dated', 'is_dated_day', 'is_due_dated',
] %}
{% set due_position -%}
{{ receipt_position(
    'procedure_limit.limit_unit', 'complete.received_at',
    'coalesce(complete.received_is_day, false)', 'receipt_day', 'office',
) }} + {{ limit_length('procedure_limit.limit_unit', 'procedure_limit.limit_amount') }}
{%- endset %}
{% set computed_due_at -%}
{{ due_moment('procedure_limit.limit_unit', due_position, 'due_day', 'office') }}
{%- endset %}
{% set in_order = 'observed_at, is_dated desc, batch_no, line_no' %}
-- a list without a status that shows no end: an end, or that it is gone, says no account
{% set is_open_by_dates %}
(not is_dated and account = 'open.processing' and not {{ has_field('layout', 'status') }})
{%- endset %}
{% set says_account %}
(account is not null and (is_dated or {{ has_field('layout', 'status') }}))
{%- endset %}
-- the dates by which a list should show a dossier: a list without the column says nothing of them,
-- a dated row that shows it open empties its ends
{% set known_dates = [
    carried('received_at', has_field('layout', 'received_at')) ~ ' as received_at'
] %}
{% for date in ['finished_at', 'handed_over_at', 'refused_at'] %}
{% set is_said = has_field('layout', date) ~ " or (is_dated and account like 'open.%')" %}
{% do known_dates.append(carried(date, is_said) ~ ' as ' ~ date) %}
{% endfor %}
{% set known_dates = known_dates | join(', ') %}
{% set has_moved %}
(
    place.list_no < row_after.list_no
    and place.is_left
    and not place.is_shown
    and place.others <> ''
)
{%- endset %}
{% set tells_of_all -%}
(coalesce(batch.is_full, false) and coalesce(batch.scope_date_field, '') <> 'ended')
{%- endset %}
{% set dates = ['received', 'due', 'finished', 'handed_over', 'refused'] %}
with recursive

batch as (select * from {{ ref('dim_batch') }}),

ruling as (
    select * from {{ ref('int_ruling') }}
    where kind in ('void_as_duplicate_of', 'unit_is', 'closed_on')
),

succession as (select * from {{ ref('int_succession') }}),

cover as (select * from {{ ref('int_unit_cover') }}),

procedure_limit as (select * from {{ ref('dim_procedure') }} where limit_amount > 0),

office as (select * from {{ ref('int_office_rule') }}),

calendar as (select * from {{ ref('dim_date') }}),

working_day as (select * from calendar where is_working_day),

system_with_late as (select distinct system from batch where is_late),

-- 1. what lists said of the dossiers in question: of a few read once, of all where it is needed
dossier_row as {{ not_materialized() if not ledger_is_incremental() }} (
    select sighting.*
    from {{ ref('int_dossier_sighting') }} as sighting
    {% if ledger_is_incremental() %}
    inner join {{ ref('int_dossier_touched') }} as touched
        on sighting.dossier_key = touched.dossier_key
    {% endif %}
),

-- most dossiers are told once and then repeated: their history is that one row, without windows
told_often as (
    select dossier_row.dossier_key
    from dossier_row
    inner join batch on dossier_row.batch_no = batch.batch_no
    where dossier_row.has_content or batch.is_stored_late
    group by dossier_row.dossier_key
    having
        sum(case when dossier_row.has_content then 1 else 0 end) > 1
        -- the content was stored with a list that was known after this one
        or min(dossier_row.batch_no)
        < min(case when dossier_row.has_content then dossier_row.batch_no end)
    union
    select dossier_row.dossier_key
    from dossier_row
    inner join batch on dossier_row.batch_no = batch.batch_no
    where
        batch.is_late
        or dossier_row.is_dated
    union
    select dossier_key from ruling
),

told_once as {{ not_materialized() }} (
    select
        dossier_row.*,
        batch.observed_local
    from dossier_row
    inner join batch on dossier_row.batch_no = batch.batch_no
    where
        dossier_row.has_content
        and dossier_row.dossier_key not in (select told_often.dossier_key from told_often)
),

-- of the others most stand in lists of one unit and of one layout that came in their order: what
-- is new in them is found on narrow rows
often_row as (
    select
        dossier_row.dossier_key,
        dossier_row.batch_no,
        dossier_row.line_no,
        dossier_row.content_hash,
        dossier_row.has_content,
        dossier_row.due_at is null as lacks_due,
        dossier_row.layout,
        batch.observed_at,
        batch.is_late or coalesce(dossier_row.is_dated, false) as is_late,
        case
            when dossier_row.unit_code is not null
                then {{ row_hash(['unit_code'], 'dossier_row') }}
        end as unit_hash
    from dossier_row
    inner join told_often on dossier_row.dossier_key = told_often.dossier_key
    inner join batch on dossier_row.batch_no = batch.batch_no
),

plain_dossier as (
    select dossier_key
    from often_row
    where dossier_key not in (select ruling.dossier_key from ruling)
    group by dossier_key
    having
        not bool_or(is_late)
        and min(unit_hash) = max(unit_hash)
        and not bool_or(has_content and unit_hash is null)
        and min(layout) = max(layout)
        and min(layout) <> 0
),

other_dossier as (
    select dossier_key from told_often
    except
    select dossier_key from plain_dossier
),

plain_row as (
    select
        often_row.dossier_key,
        often_row.batch_no,
        often_row.line_no,
        often_row.content_hash,
        often_row.has_content,
        often_row.lacks_due,
        often_row.observed_at,
        lag(often_row.content_hash) over (
            partition by often_row.dossier_key
            order by often_row.observed_at, often_row.batch_no, often_row.line_no
        ) as content_before
    from often_row
    inner join plain_dossier on often_row.dossier_key = plain_dossier.dossier_key
),

plain_news as (
    select
        dossier_key,
        batch_no,
        line_no,
        content_hash,
        has_content,
        lacks_due,
        row_number() over in_order as row_no,
        coalesce(lead(batch_no) over in_order <> batch_no, true) as is_version
    from plain_row
    where content_before is distinct from content_hash
    window in_order as (partition by dossier_key order by observed_at, batch_no, line_no)
),

-- a content that came back is read from the row that showed it first
plain_source as (
    select
        *,
        batch_no as told_batch_no,
        line_no as told_line_no
    from plain_news
    where has_content
    union all
    select
        plain_news.* replace (often_row.lacks_due as lacks_due),
        often_row.batch_no as told_batch_no,
        often_row.line_no as told_line_no
    from plain_news
    inner join often_row
        on
            plain_news.dossier_key = often_row.dossier_key
            and plain_news.content_hash = often_row.content_hash
            and often_row.has_content
    where not plain_news.has_content
),

told_plainly as {{ not_materialized() }} (
    select
        plain_source.dossier_key, plain_source.row_no, plain_source.is_version,
        plain_source.lacks_due,
        plain_source.batch_no, plain_source.line_no, batch.observed_local,
        plain_source.content_hash, dossier_row.code, dossier_row.unit_code, dossier_row.layout,
        {% for fact in facts %}
        dossier_row.{{ fact }},
        {% endfor %}
        false as is_told_once
    from plain_source
    inner join dossier_row
        on
            plain_source.dossier_key = dossier_row.dossier_key
            and plain_source.told_batch_no = dossier_row.batch_no
            and plain_source.told_line_no = dossier_row.line_no
    inner join batch on plain_source.batch_no = batch.batch_no
    union all
    select
        dossier_key, 1 as row_no, true as is_version, due_at is null as lacks_due,
        batch_no, line_no, observed_local,
        content_hash, code, unit_code, layout,
        {{ facts | join(', ') }},
        true as is_told_once
    from told_once
),

sighting as (
    select
        sighting.*,
        batch.system,
        -- a dated row stands at its own moment: to the lists it comes late
        coalesce(sighting.occurred_at_utc, batch.observed_at) as observed_at,
        coalesce(sighting.occurred_at, batch.observed_local) as observed_local,
        batch.is_late or coalesce(sighting.is_dated, false) as is_late
    from dossier_row as sighting
    inner join other_dossier on sighting.dossier_key = other_dossier.dossier_key
    inner join batch on sighting.batch_no = batch.batch_no
),

-- in the order in which the lists were made
ordered as (
    select
        *,
        lag(content_hash) over in_order as content_before,
        bool_or(is_late) over whole as has_late,
        min(unit_code) over whole as first_unit,
        max(unit_code) over whole as last_unit,
        min(layout) over whole as min_layout,
        max(layout) over whole as max_layout,
        bool_or(has_content and unit_code is null) over whole as has_empty_unit
    from sighting
    window
        in_order as (partition by dossier_key order by {{ in_order }}),
        whole as (
            partition by dossier_key order by {{ in_order }}
            rows between unbounded preceding and unbounded following
        )
),

-- 2. a row that repeats the one before it says nothing new, unless a list that arrives late can
-- come between the two, or the question is in which unit's lists the dossier stands
relevant as (
    select
        *,
        coalesce(first_unit <> last_unit, false) as is_in_two_units,
        min_layout <> max_layout
        or has_empty_unit
        or coalesce(first_unit <> last_unit, false) as has_two_layouts
    from ordered
    where
        content_before is distinct from content_hash
        or has_late
        or first_unit <> last_unit
),

content as (
    select
        dossier_key,
        content_hash,
        unit_code,
        code,
        {{ facts | join(',\n        ') }}
    from sighting
    where has_content
),

told as (
    select
        dossier_key, batch_no, line_no, system, observed_at, observed_local, is_late, has_late,
        layout, is_in_two_units, has_two_layouts, content_hash, code, unit_code,
        coalesce(is_dated, false) as is_dated,
        coalesce(occurred_is_day, false) as is_dated_day, kind_of_closing,
        {{ facts | join(', ') }}
    from relevant
    where has_content
    union all
    select
        relevant.dossier_key, relevant.batch_no, relevant.line_no, relevant.system,
        relevant.observed_at, relevant.observed_local, relevant.is_late, relevant.has_late,
        relevant.layout, relevant.is_in_two_units, relevant.has_two_layouts,
        relevant.content_hash, content.code, content.unit_code,
        false as is_dated, false as is_dated_day, cast(null as varchar) as kind_of_closing,
        {% for fact in facts %}content.{{ fact }}{{ ", " if not loop.last }}{% endfor %}
    from relevant
    inner join content
        on
            relevant.dossier_key = content.dossier_key
            and relevant.content_hash = content.content_hash
    where not relevant.has_content
),

-- 3. for dossiers that stood in lists of two units: the full lists of a unit that show it no more
two_units as (
    select *
    from (
        select * replace ({{ known_dates }})
        from told
        where is_in_two_units
        window so_far as (
            partition by dossier_key order by {{ in_order }}
            rows between unbounded preceding and current row
        )
    ) as told_so_far
    where not is_dated and account <> 'outside'
),

-- a list that shows it in one unit speaks for all units it covers, whatever its dates
named as (
    select distinct
        dossier_key,
        batch_no
    from two_units
),

first_seen as (
    select
        two_units.dossier_key,
        two_units.system,
        two_units.unit_code,
        min(two_units.observed_at) as first_observed_at,
        any_value(system_with_late.system) is not null as has_late
    from two_units
    left join system_with_late on two_units.system = system_with_late.system
    group by
        two_units.dossier_key,
        two_units.system,
        two_units.unit_code
),

-- what its successor lists shows it at a unit, too
seen_at_successor as (
    select two_units.* replace (succession.unit_code as unit_code)
    from two_units
    inner join succession
        on
            two_units.unit_code = succession.successor_code
            and two_units.observed_local >= succession.since
    inner join first_seen
        on
            two_units.dossier_key = first_seen.dossier_key
            and succession.unit_code = first_seen.unit_code
),

presence as (
    select
        dossier_key,
        unit_code,
        batch_no,
        observed_at,
        true as is_seen,
        false as has_late,
        max_by(account, line_no) as account,
        max_by(
            coalesce(finished_at, handed_over_at, refused_at, timestamp 'infinity'), line_no
        ) as last_end_at,
        max_by(coalesce(received_at, observed_local), line_no) as received_at
    from (
        select * from two_units
        union all
        select * from seen_at_successor
    ) as seen
    group by
        dossier_key,
        unit_code,
        batch_no,
        observed_at
    union all
    select
        first_seen.dossier_key,
        first_seen.unit_code,
        cover.batch_no,
        cover.observed_at,
        false as is_seen,
        first_seen.has_late,
        cast(null as varchar) as account,
        cast(null as timestamp) as last_end_at,
        cast(null as timestamp) as received_at
    from first_seen
    inner join cover
        on
            first_seen.system = cover.system
            and first_seen.unit_code = cover.unit_code
            and first_seen.first_observed_at <= cover.observed_at
    left join two_units
        on
            first_seen.dossier_key = two_units.dossier_key
            and first_seen.unit_code = two_units.unit_code
            and cover.batch_no = two_units.batch_no
    where two_units.dossier_key is null
),

presence_in_order as (
    select
        *,
        last_value(account ignore nulls) over so_far as account_last_seen,
        last_value(last_end_at ignore nulls) over so_far as end_last_seen,
        last_value(received_at ignore nulls) over so_far as received_last_seen,
        not is_seen
        and bool_or(is_seen) over (partition by dossier_key, unit_code, observed_at)
            as is_contradicted
    from presence
    window so_far as (
        partition by dossier_key, unit_code order by observed_at, batch_no
        rows between unbounded preceding and current row
    )
),

-- where no list can come late, only the first list that should have shown it and did not matters
expected as (
    select
        presence_in_order.*,
        lag(presence_in_order.is_seen) over (
            partition by
                presence_in_order.dossier_key, presence_in_order.unit_code,
                presence_in_order.is_contradicted
            order by presence_in_order.observed_at, presence_in_order.batch_no
        ) as was_seen
    from presence_in_order
    inner join batch on presence_in_order.batch_no = batch.batch_no
    left join named
        on
            presence_in_order.dossier_key = named.dossier_key
            and presence_in_order.batch_no = named.batch_no
    where
        presence_in_order.is_seen
        or presence_in_order.has_late
        or named.dossier_key is not null
        or {{ list_should_show(
            'account_last_seen', 'end_last_seen', 'received_last_seen', 'batch',
        ) }}
),

left_list as (
    select
        dossier_key,
        unit_code,
        batch_no,
        observed_at
    from expected
    -- another list of the same moment shows it there: that one may be known later
    where not is_seen and (coalesce(was_seen, false) or has_late or is_contradicted)
),

-- 4. the rows of a history: what lists told, and the lists that a dossier had left
telling as (
    select
        dossier_key, batch_no, line_no, observed_at, observed_local,
        is_late or (is_in_two_units and system in (select system from system_with_late))
            as makes_own_history,
        layout, is_in_two_units, has_two_layouts, content_hash, code, unit_code as told_unit,
        cast(null as varchar) as told_left_unit, is_dated, is_dated_day, kind_of_closing,
        {{ facts | join(', ') }}
    from told
    union all
    select
        left_list.dossier_key, left_list.batch_no, null as line_no, left_list.observed_at,
        batch.observed_local,
        batch.system in (select system from system_with_late) as makes_own_history,
        0 as layout, true as is_in_two_units, true as has_two_layouts,
        null as content_hash, null as code, null as told_unit,
        left_list.unit_code as told_left_unit, false as is_dated, false as is_dated_day,
        null as kind_of_closing,
        {% for fact in facts %}null as {{ fact }}{{ ", " if not loop.last }}{% endfor %}
    from left_list
    inner join batch on left_list.batch_no = batch.batch_no
),

-- lists of one instant belong together, whichever is known first: where two units are in question,
-- the second list may undo what the first alone would mean
instant as (
    select
        dossier_key,
        count(distinct batch_no) > count(distinct observed_at) as has_lists_of_one_instant
    from telling
    where is_in_two_units
    group by dossier_key
),

ruled_dossier as (select distinct dossier_key from ruling),

dossier_with_late as (select distinct dossier_key from telling where makes_own_history),

flagged as (
    select
        telling.*,
        dossier_with_late.dossier_key is not null
        or coalesce(instant.has_lists_of_one_instant, false)
        or ruled_dossier.dossier_key is not null as is_late_dossier
    from telling
    left join dossier_with_late on telling.dossier_key = dossier_with_late.dossier_key
    left join instant
        on telling.is_in_two_units and telling.dossier_key = instant.dossier_key
    left join ruled_dossier on telling.dossier_key = ruled_dossier.dossier_key
),

-- 5. what was known at which batch. Where lists arrive in the order in which they were made, one
-- history serves all versions: each version is a prefix of it. Else each batch has its own.
-- Nothing is known of a dossier before a list shows it, whatever dated rows and rulings say.
first_list as (
    select
        dossier_key,
        min(batch_no) as batch_no
    from flagged
    where is_late_dossier and not is_dated and layout <> 0
    group by dossier_key
),

news_of_late_dossier as (
    select
        dossier_key,
        batch_no
    from flagged
    where is_late_dossier
    union
    select
        dossier_key,
        from_batch_no as batch_no
    from ruling
),

batch_of_late_dossier as (
    select
        news.dossier_key,
        news.batch_no
    from news_of_late_dossier as news
    inner join first_list
        on news.dossier_key = first_list.dossier_key and news.batch_no >= first_list.batch_no
),

known as (
    select
        flagged.*,
        0 as history_no,
        flagged.batch_no as version_batch_no,
        cast(null as boolean) as is_own_version
    from flagged
    where not flagged.is_late_dossier
    union all
    select
        flagged.*,
        version.batch_no as history_no,
        version.batch_no as version_batch_no,
        row_number() over (
            partition by flagged.dossier_key, version.batch_no
            order by
                flagged.observed_at desc, flagged.is_dated asc, flagged.batch_no desc,
                flagged.line_no desc nulls last, flagged.told_left_unit desc
        ) = 1 as is_own_version
    from flagged
    inner join batch_of_late_dossier as version
        on
            flagged.dossier_key = version.dossier_key
            and flagged.batch_no <= version.batch_no
    where flagged.is_late_dossier
),

in_list_order as (
    select
        *,
        row_number() over in_order as row_no,
        -- one history for all: the last row of each list
        coalesce(is_own_version, lead(batch_no) over in_order is distinct from batch_no)
            as is_version,
        dense_rank() over (
            partition by dossier_key, history_no order by observed_at
        ) as list_no,
        last_value(content_hash ignore nulls) over (
            partition by dossier_key, history_no
            order by {{ in_order }} nulls first, told_left_unit
            rows between unbounded preceding and 1 preceding
        ) as content_told_before
    from known
    window in_order as (
        partition by dossier_key, history_no
        order by {{ in_order }} nulls first, told_left_unit
    )
),

-- a dossier that a successor of its unit lists stays where it is: from one row to the next
succeeded as (select distinct dossier_key from seen_at_successor),

succeeded_telling as (
    select
        in_list_order.dossier_key,
        in_list_order.history_no,
        in_list_order.row_no,
        in_list_order.list_no,
        in_list_order.batch_no,
        in_list_order.told_left_unit,
        in_list_order.account,
        coalesce(in_list_order.received_at, in_list_order.observed_local) as received_at,
        cast(in_list_order.observed_local as date) as day,
        coalesce(in_list_order.told_unit, in_list_order.told_left_unit) as unit_code,
        in_list_order.told_unit is not null and in_list_order.account <> 'outside' as is_told,
        coalesce(
            in_list_order.finished_at, in_list_order.handed_over_at, in_list_order.refused_at,
            timestamp 'infinity'
        ) as end_at
    from (
        select * replace ({{ known_dates }})
        from in_list_order
        where dossier_key in (select succeeded.dossier_key from succeeded)
        window so_far as (
            partition by dossier_key, history_no order by row_no
            rows between unbounded preceding and current row
        )
    ) as in_list_order
),

succeeded_mark as (
    select
        dossier_key, history_no, row_no, list_no, batch_no, unit_code, is_told, account, end_at,
        received_at, told_left_unit is not null as is_gone, false as is_at_successor
    from succeeded_telling
    union all
    select
        told.dossier_key, told.history_no, told.row_no, told.list_no, told.batch_no,
        succession.unit_code, true as is_told, told.account, told.end_at, told.received_at,
        false as is_gone, true as is_at_successor
    from succeeded_telling as told
    inner join succession
        on
            told.unit_code = succession.successor_code
            and told.day >= succession.since
    inner join first_seen
        on
            told.dossier_key = first_seen.dossier_key
            and succession.unit_code = first_seen.unit_code
    where told.is_told
),

-- as it was last seen at the unit that no longer shows it, or at the successor
succeeded_so_far as (
    select
        dossier_key,
        history_no,
        row_no,
        batch_no,
        is_gone,
        {% for column in ['account', 'end_at', 'received_at'] %}
        max_by({{ column }}, case when is_told then row_no end) over so_far
            as last_{{ column }}{{ "," if not loop.last }}
        {% endfor %}
    from succeeded_mark
    window so_far as (
        partition by dossier_key, history_no, unit_code order by list_no
        range between unbounded preceding and current row
    )
),

succeeded_left as (
    select
        so_far.dossier_key,
        so_far.history_no,
        so_far.row_no
    from succeeded_so_far as so_far
    inner join batch on so_far.batch_no = batch.batch_no
    left join named
        on
            so_far.dossier_key = named.dossier_key
            and so_far.batch_no = named.batch_no
    where
        so_far.is_gone
        and (
            named.dossier_key is not null
            or {{ list_should_show(
                'so_far.last_account', 'so_far.last_end_at', 'so_far.last_received_at', 'batch',
            ) }}
        )
),

succeeded_row as (
    select
        told.dossier_key,
        told.history_no,
        told.row_no,
        told.list_no,
        told.day,
        told.unit_code,
        concat(chr(31), told.unit_code, chr(31)) as token,
        told.is_told,
        told.is_told and {{ tells_of_all }} as is_told_by_full,
        succeeded_left.dossier_key is not null as is_left,
        bool_or(told.is_told) over (
            partition by told.dossier_key, told.history_no, told.list_no, told.unit_code
        ) as is_told_at_once
    from succeeded_telling as told
    inner join batch on told.batch_no = batch.batch_no
    left join succeeded_left
        on
            told.dossier_key = succeeded_left.dossier_key
            and told.history_no = succeeded_left.history_no
            and told.row_no = succeeded_left.row_no
),

-- where it is when the lists of a moment begin, and the other units that show it, in their order
-- (a text, as both engines have it): it leaves when lists no longer show it there and others do
place as (
    select
        dossier_key,
        history_no,
        row_no,
        list_no,
        unit_code,
        case when is_told then unit_code end as stays_at,
        '' as others,
        is_told as is_shown,
        false as is_left
    from succeeded_row
    where row_no = 1
    union all
    select
        dossier_key,
        history_no,
        row_no,
        list_no,
        placed_unit as unit_code,
        case when is_told then coalesce(stays_at, placed_unit) else stays_at end as stays_at,
        case
            -- what is shown at the successor is shown where it is, and not at the successor
            when
                (is_told_by_full and unit_code <> placed_unit)
                or (is_left and (not is_told_at_once or unit_code <> placed_unit))
                then replace(others, token, '')
            when is_told and placed_unit <> stays_at and strpos(others, token) = 0
                then concat(others, token)
            else others
        end as others,
        was_shown or (is_told and coalesce(placed_unit = stays_at, true)) as is_shown,
        -- a list tells of each unit by itself, of one that has a successor, too
        had_left or (is_left and coalesce(unit_code = stays_at, false)) as is_left
    from (
        select
            moved.*,
            coalesce(succession.unit_code, moved.unit_code) as placed_unit
        from (
            select
                row_after.*,
                case when {{ has_moved }} then split_part(place.others, chr(31), 2)
                    else place.stays_at
                end as stays_at,
                case
                    when {{ has_moved }}
                        then substr(place.others, length(split_part(place.others, chr(31), 2)) + 3)
                    else place.others
                end as others,
                place.is_shown and place.list_no = row_after.list_no as was_shown,
                place.is_left
                and not {{ has_moved }}
                and not (place.is_shown and place.list_no < row_after.list_no) as had_left
            from place
            inner join succeeded_row as row_after
                on
                    place.dossier_key = row_after.dossier_key
                    and place.history_no = row_after.history_no
                    and place.row_no + 1 = row_after.row_no
        ) as moved
        left join succession
            on
                moved.stays_at = succession.unit_code
                and moved.unit_code = succession.successor_code
                and moved.day >= succession.since
    ) as next_row
),

placed as (
    select
        in_list_order.*,
        case
            when in_list_order.told_unit is not null
                then coalesce(place.unit_code, in_list_order.told_unit)
        end as unit_code,
        in_list_order.told_left_unit as left_unit,
        in_list_order.is_dated and {{ has_field('in_list_order.layout', 'due_at') }}
            as is_due_dated
    from in_list_order
    left join place
        on
            in_list_order.is_in_two_units
            and in_list_order.dossier_key = place.dossier_key
            and in_list_order.history_no = place.history_no
            and in_list_order.row_no = place.row_no
),

-- the row that showed a content is the first of those that repeat it, whatever else was kept; what
-- a list no longer shows is read from the row before
numbered as (
    select
        *,
        last_value(
            case
                when layout <> 0 and content_told_before is distinct from content_hash
                    then struct_pack(batch_no := batch_no, line_no := line_no)
            end ignore nulls
        ) over (
            partition by dossier_key, history_no order by row_no
            rows between unbounded preceding and current row
        ) as shown
    from placed
),

-- 6. in which unit: it stands in a unit's lists from the first that shows it to the first full one
-- that does not; of several it stays in the one where it has stood longest
stand_mark as (
    select
        dossier_key,
        history_no,
        stand_unit as unit_code,
        list_no,
        batch_no,
        coalesce(is_told and stand_unit = unit_code, false) as is_seen,
        is_left,
        row_no,
        account,
        last_end_at,
        received_at,
        bool_or(coalesce(is_told and stand_unit = unit_code, false)) over (
            partition by dossier_key, history_no, list_no, stand_unit
        ) as is_seen_at_once,
        bool_or(is_told) over (partition by dossier_key, history_no, batch_no) as is_named
    from (
        select
            dossier_key,
            history_no,
            list_no,
            batch_no,
            row_no,
            account,
            unit_code,
            unit_code is not null as is_told,
            left_unit is not null as is_left,
            case
                when unit_code is not null
                    then coalesce(finished_at, handed_over_at, refused_at, timestamp 'infinity')
            end as last_end_at,
            case when unit_code is not null then coalesce(received_at, observed_local) end
                as received_at,
            -- what is shown at the successor is shown where it is, and not at the successor
            unnest(case
                when unit_code <> told_unit then [unit_code, told_unit]
                else [coalesce(unit_code, left_unit)]
            end) as stand_unit
        from (
            select * replace ({{ known_dates }})
            from numbered
            where is_in_two_units
            window so_far as (
                partition by dossier_key, history_no order by row_no
                rows between unbounded preceding and current row
            )
        ) as known
        where
            coalesce(unit_code, left_unit) is not null
            and account is distinct from 'outside'
        union all
        -- how a dossier was last seen at a unit is how its successor showed it last
        select
            dossier_key, history_no, list_no, batch_no, row_no, account,
            cast(null as varchar) as unit_code, false as is_told, false as is_left,
            end_at as last_end_at, received_at, unit_code as stand_unit
        from succeeded_mark
        where is_at_successor
    ) as told
),

stand_so_far as (
    select
        *,
        last_value(account ignore nulls) over so_far as account_last_seen,
        last_value(last_end_at ignore nulls) over so_far as end_last_seen,
        last_value(received_at ignore nulls) over so_far as received_last_seen
    from stand_mark
    window so_far as (
        partition by dossier_key, history_no, unit_code
        order by row_no
        rows between unbounded preceding and current row
    )
),

stand_list as (
    select
        stand_so_far.dossier_key,
        stand_so_far.history_no,
        stand_so_far.unit_code,
        stand_so_far.list_no,
        min(case when stand_so_far.is_seen then stand_so_far.row_no end) as row_no,
        bool_or(stand_so_far.is_seen) as is_seen
    from stand_so_far
    inner join batch on stand_so_far.batch_no = batch.batch_no
    where
        stand_so_far.is_seen
        or (
            not stand_so_far.is_seen_at_once
            and (stand_so_far.is_left or {{ tells_of_all }})
            and (
                stand_so_far.is_named
                or {{ list_should_show(
                    'account_last_seen', 'end_last_seen', 'received_last_seen', 'batch',
                ) }}
            )
        )
    group by
        stand_so_far.dossier_key,
        stand_so_far.history_no,
        stand_so_far.unit_code,
        stand_so_far.list_no
),

stand_change as (
    select
        *,
        lag(is_seen) over (
            partition by dossier_key, history_no, unit_code order by list_no
        ) as was_seen
    from stand_list
),

stand_turn as (
    select
        *,
        lag(list_no) over by_unit as since_list_no,
        lag(row_no) over by_unit as since_row_no,
        lead(list_no) over by_unit as to_list_no
    from stand_change
    where was_seen is null or was_seen <> is_seen
    window by_unit as (partition by dossier_key, history_no, unit_code order by list_no)
),

-- when it stood nowhere any more, it was last where it had stood longest of those it left last
stand_left as (
    select
        *,
        last_value(case when was_seen and not is_seen then unit_code end ignore nulls) over (
            partition by dossier_key, history_no
            order by
                list_no asc, is_seen asc, since_list_no desc nulls first,
                since_row_no desc nulls first
            rows between unbounded preceding and current row
        ) as last_unit,
        coalesce(
            sum(case when is_seen then 1 when was_seen then -1 else 0 end) over (
                partition by dossier_key, history_no order by list_no
                range between unbounded preceding and 1 preceding
            ),
            0
        ) = 0 as is_nowhere
    from stand_turn
),

-- of units that show it at one moment the one where it was last comes first
stand as (
    select
        dossier_key,
        history_no,
        unit_code,
        list_no as from_list_no,
        row_number() over (
            partition by dossier_key, history_no
            order by
                list_no asc, coalesce(is_nowhere and unit_code = last_unit, false) desc, row_no asc
        ) as stand_no,
        is_seen,
        to_list_no
    from stand_left
),

list_position as (
    select
        dossier_key,
        history_no,
        list_no,
        bool_or(is_dated and account <> 'outside') as has_step,
        last_value(max_by(told_unit, row_no) ignore nulls) over (
            partition by dossier_key, history_no order by list_no
            rows between unbounded preceding and current row
        ) as told_so_far
    from numbered
    where is_in_two_units
    group by
        dossier_key,
        history_no,
        list_no
),

standing as (
    select
        list_position.dossier_key,
        list_position.history_no,
        list_position.list_no,
        min_by(stand.unit_code, stand.stand_no) as unit_code,
        count(stand.unit_code) as unit_count,
        any_value(case when list_position.has_step then list_position.told_so_far end)
            as step_unit_code
    from list_position
    left join stand
        on
            list_position.dossier_key = stand.dossier_key
            and list_position.history_no = stand.history_no
            and stand.is_seen
            and list_position.list_no >= stand.from_list_no
            and (stand.to_list_no is null or list_position.list_no < stand.to_list_no)
    group by
        list_position.dossier_key,
        list_position.history_no,
        list_position.list_no
),

-- it left every list: it stays where it was last. A dated row, or a list that lacks it, before any
-- list that shows it tells of the unit where it is seen first; of a dossier that lists have only as
-- not received yet, the first dated row tells of the unit that they had named by then
standing_filled as (
    select
        dossier_key,
        history_no,
        list_no,
        unit_count,
        last_value(unit_code ignore nulls) over (
            partition by dossier_key, history_no order by list_no
            rows between unbounded preceding and current row
        ) as unit_code,
        coalesce(
            first_value(unit_code ignore nulls) over (
                partition by dossier_key, history_no order by list_no
                rows between current row and unbounded following
            ),
            first_value(step_unit_code ignore nulls) over (
                partition by dossier_key, history_no order by list_no
                rows between unbounded preceding and unbounded following
            )
        ) as first_unit_code
    from standing
),

-- the line that shows it where it stands: of that moment, or, where only the lists of the unit that
-- it left speak of that moment, the newest before
stand_line as (
    select
        dossier_key,
        history_no,
        list_no,
        place_batch_no,
        place_line_no
    from (
        select
            *,
            max_by(batch_no, row_no) over so_far as place_batch_no,
            max_by(line_no, row_no) over so_far as place_line_no
        from (
            select
                dossier_key, history_no, list_no, unit_code, row_no, batch_no, line_no,
                false as is_standing
            from numbered
            where
                is_in_two_units
                and unit_code is not null
                and line_no is not null
                and account is distinct from 'outside'
            union all
            select
                dossier_key, history_no, list_no, unit_code, null as row_no, null as batch_no,
                null as line_no, true as is_standing
            from standing_filled
        ) as told
        window so_far as (
            partition by dossier_key, history_no, unit_code order by list_no
            range between unbounded preceding and current row
        )
    ) as told_so_far
    where is_standing
),

-- the line of a dossier in the list that made a version: not the newest where lists come late
arrived as (
    select
        dossier_key,
        history_no,
        max_by(line_no, row_no) as line_no
    from numbered
    where history_no > 0 and batch_no = history_no and line_no is not null
    group by
        dossier_key,
        history_no
),

-- 7. lists show a dossier that stood in two units again and again: a row that says what was said
-- before, at the same unit, moves nothing, and of a moment with several rows each may
two_units_row as (
    select
        numbered.dossier_key,
        numbered.history_no,
        numbered.row_no,
        numbered.is_version,
        numbered.is_dated,
        numbered.observed_local,
        case
            when numbered.layout <> 0 then
                {{ row_hash(['content_hash', 'layout', 'account', 'unit_code'], 'numbered') }}
        end as said,
        {{ row_hash(['unit_code', 'first_unit_code', 'unit_count'], 'standing_filled') }} as stands,
        {{ row_hash(['batch_no', 'line_no', 'left_unit'], 'numbered') }} as told_by
    from numbered
    left join standing_filled
        on
            numbered.dossier_key = standing_filled.dossier_key
            and numbered.history_no = standing_filled.history_no
            and numbered.list_no = standing_filled.list_no
    where numbered.is_in_two_units
),

repeating as (
    select
        *,
        coalesce(
            not is_dated
            and not lag(is_dated) over in_order
            and stands = lag(stands) over in_order
            and coalesce(said, said_before) = said_before
            and observed_local is distinct from lead(observed_local) over in_order,
            false
        ) as is_repeat
    from (
        select
            *,
            last_value(said ignore nulls) over (
                partition by dossier_key, history_no order by row_no
                rows between unbounded preceding and 1 preceding
            ) as said_before
        from two_units_row
    ) as told
    window in_order as (partition by dossier_key, history_no order by row_no)
),

-- a history that adds only such rows to the one known before is that one
history_told as (
    select
        *,
        lag(told) over (partition by dossier_key order by history_no) as told_before
    from (
        select
            dossier_key,
            history_no,
            -- hashed once more: of two columns it is linear, and two like changes would cancel out
            bit_xor({{ row_hash([row_hash(['told_by', 'stands'])]) }}) as told
        from repeating
        where
            not is_repeat
            and history_no > 0
            and dossier_key not in (select ruled_dossier.dossier_key from ruled_dossier)
        group by
            dossier_key,
            history_no
    ) as history
),

telling_row as (
    select numbered.*
    from numbered
    inner join repeating
        on
            numbered.dossier_key = repeating.dossier_key
            and numbered.history_no = repeating.history_no
            and numbered.row_no = repeating.row_no
            and (repeating.is_version or not repeating.is_repeat)
    left join history_told
        on
            repeating.dossier_key = history_told.dossier_key
            and repeating.history_no = history_told.history_no
            and history_told.told = history_told.told_before
    where
        numbered.is_in_two_units
        and history_told.dossier_key is null
    union all
    select * from numbered
    where not is_in_two_units
),

-- 8. columns that a layout lacks keep their value
plain as (
    select
        {{ through | join(', ') }},
        struct_extract(shown, 'batch_no') as batch_no,
        struct_extract(shown, 'line_no') as line_no,
        case when is_version and batch_no = version_batch_no then line_no end as version_line_no,
        code, content_hash, unit_code,
        {{ has_field('layout', 'due_at') }} as is_due_said,
        {{ facts | join(', ') }},
        cast(null as varchar) as kind_of_closing
    from telling_row
    where not has_two_layouts
),

filled as (
    select
        {{ through | join(', ') }},
        struct_extract(shown, 'batch_no') as batch_no,
        struct_extract(shown, 'line_no') as line_no,
        case when is_version and batch_no = version_batch_no then line_no end as version_line_no,
        {{ carried('code', 'layout <> 0') }} as code,
        {{ carried('content_hash', 'layout <> 0') }} as content_hash,
        -- a dossier is always at some unit: an empty cell does not take it away from there
        {{ carried('unit_code', 'unit_code is not null') }} as unit_code,
        bool_or({{ has_field('layout', 'due_at') }}) over so_far as is_due_said,
        -- that it has no end date says that a dossier is open, not that its pause is over: a
        -- dated row had begun that
        case
            when
                {{ carried(is_open_by_dates, 'account is not null') }}
                and {{ carried('is_dated', says_account) }}
                and {{ carried('account', says_account) }} like 'open.%'
                then {{ carried('account', says_account) }}
            else {{ carried('account', 'account is not null') }}
        end as account,
        {{ carried('channel', has_field('layout', 'channel')) }} as channel,
        {{ carried('source_channel', has_field('layout', 'channel')) }} as source_channel,
        {{ carried(
            'procedure_key',
            has_field('layout', 'procedure_code') ~ ' or ' ~ has_field('layout', 'procedure_name'),
        ) }} as procedure_key,
        {% for date in dates %}
        {{ carried(date ~ '_at', has_field('layout', date ~ '_at')) }} as {{ date }}_at,
        {{ carried(date ~ '_is_day', has_field('layout', date ~ '_at')) }}
            as {{ date }}_is_day,
        {% endfor %}
        -- the newest row that says how it was closed, wherever a closing has only its date
        case
            when
                {{ carried('not is_dated and not ' ~ has_field('layout', 'status'),
                           'account is not null') }}
                then last_value(kind_of_closing ignore nulls) over (
                    partition by dossier_key, history_no order by row_no
                    rows between unbounded preceding and unbounded following
                )
        end as kind_of_closing
    from telling_row
    where has_two_layouts
    window so_far as (
        partition by dossier_key, history_no order by row_no
        rows between unbounded preceding and current row
    )
),

either as (
    select * from plain
    union all
    select
        {{ through | join(', ') }},
        batch_no, line_no, version_line_no, code, content_hash, unit_code, is_due_said,
        {{ facts | join(', ') }},
        kind_of_closing
    from filled
),

-- 9. what people ruled wins over what was told, in every version from then on
ruled as (
    select
        version.dossier_key,
        version.batch_no as history_no,
        bool_or(ruling.kind = 'void_as_duplicate_of') as is_void,
        max(case when ruling.kind = 'unit_is' then ruling.value end) as unit_code,
        max(case
            when ruling.kind <> 'closed_on' then null
            when ruling.value like 'closed.%' then ruling.value
            else concat('closed.', coalesce(nullif(ruling.value, ''), 'resolved'))
        end) as account,
        max(case when ruling.kind = 'closed_on' then ruling.occurred_at end) as closed_at,
        max(case when ruling.kind = 'closed_on' then ruling.occurred_is_day end) as closed_is_day,
        max(case when ruling.kind = 'closed_on' then ruling.from_batch_no end) as closing_batch_no,
        max(case when ruling.kind = 'closed_on' then ruling.line_no end) as closing_line_no
    from batch_of_late_dossier as version
    inner join ruling
        on
            version.dossier_key = ruling.dossier_key
            and ruling.from_batch_no <= version.batch_no
            and (ruling.until_batch_no is null or version.batch_no < ruling.until_batch_no)
    where ruling.ruling_id is not null
    group by
        version.dossier_key,
        version.batch_no
),

-- the line that made a version, where a ruling or its undoing did
ruling_line as (
    select
        dossier_key,
        from_batch_no as history_no,
        max(line_no) as line_no
    from ruling
    group by
        dossier_key,
        from_batch_no
),

-- a refusal (national status 3) is a return after a receipt, as in lists
judged as (
    select
        {% for column in through %}
        either.{{ column }},
        {% endfor %}
        either.batch_no, either.line_no,
        either.code, either.content_hash, either.unit_code, either.is_due_said,
        case
            when ruled.is_void then 'outside'
            when either.account = 'closed.resolved'
                then coalesce(either.kind_of_closing, either.account)
            when either.account <> 'refused' then either.account
            when either.received_at is null then 'outside'
            else 'closed.returned'
        end as account,
        {% for fact in facts if fact != 'account' %}
        either.{{ fact }},
        {% endfor %}
        ruled.unit_code as ruled_unit,
        case when not ruled.is_void then ruled.account end as ruled_account,
        ruled.closed_at as ruled_end_at,
        ruled.closed_is_day as ruled_end_is_day,
        ruled.closing_batch_no,
        ruled.closing_line_no,
        coalesce(ruling_line.history_no, either.batch_no) as ruled_batch_no,
        coalesce(ruling_line.line_no, either.line_no) as ruled_line_no,
        case
            when either.is_version
                then coalesce(ruling_line.line_no, either.version_line_no, arrived.line_no)
        end as version_line_no
    from either
    left join ruled
        on either.dossier_key = ruled.dossier_key and either.history_no = ruled.history_no
    left join ruling_line
        on
            either.is_version
            and either.dossier_key = ruling_line.dossier_key
            and either.history_no = ruling_line.history_no
    left join arrived
        on
            either.is_version
            and either.dossier_key = arrived.dossier_key
            and either.history_no = arrived.history_no
    -- nothing had been told of the dossier yet: only a list without it was known
    where either.batch_no is not null
),

-- a dossier that was ruled closed has one row more, the newest, of the day of its closing
complete as {{ not_materialized() }} (
    select
        {% for column in through %}
        {{ {'is_version': 'is_version and ruled_account is null as is_version'}.get(
            column, column
        ) }},
        {% endfor %}
        case when ruled_account is null then ruled_batch_no else batch_no end as batch_no,
        case when ruled_account is null then ruled_line_no else line_no end as line_no,
        version_line_no,
        cast(null as integer) as closing_batch_no, cast(null as integer) as closing_line_no,
        code, content_hash, unit_code, is_due_said,
        {{ facts | join(', ') }},
        ruled_unit,
        cast(null as timestamp) as ruled_end_at,
        cast(null as boolean) as ruled_end_is_day,
        false as is_told_once
    from judged
    union all
    select
        {% for column in through %}
        {{ {
            'row_no': 'row_no + 1 as row_no',
            'observed_local': 'ruled_end_at as observed_local',
            'is_dated': 'false as is_dated',
            'is_dated_day': 'false as is_dated_day',
            'is_due_dated': 'false as is_due_dated',
        }.get(column, column) }},
        {% endfor %}
        ruled_batch_no as batch_no, ruled_line_no as line_no, version_line_no,
        closing_batch_no, closing_line_no,
        code, content_hash, unit_code, is_due_said,
        ruled_account as account,
        {% for fact in facts if fact != 'account' %}
        {{ fact }},
        {% endfor %}
        ruled_unit, ruled_end_at, ruled_end_is_day,
        false as is_told_once
    from judged
    where is_version and ruled_account is not null
),

-- 10. where no due date is given, the procedure's limit from the receipt on
at_unit as {{ not_materialized() }} (
    select
        complete.*,
        coalesce(
            complete.ruled_unit,
            standing_filled.unit_code,
            case
                when
                    complete.is_dated
                    or (complete.history_no > 0 and complete.account <> 'outside')
                    then standing_filled.first_unit_code
            end,
            complete.unit_code
        ) as standing_unit,
        complete.ruled_unit is null
        and complete.account <> 'outside'
        and coalesce(standing_filled.unit_count > 1, false) as is_listed_twice,
        stand_line.place_batch_no,
        stand_line.place_line_no,
        complete.due_at is null as lacks_due
    from complete
    left join standing_filled
        on
            complete.is_in_two_units
            and complete.dossier_key = standing_filled.dossier_key
            and complete.history_no = standing_filled.history_no
            and complete.list_no = standing_filled.list_no
    left join stand_line
        on
            complete.is_in_two_units
            and complete.dossier_key = stand_line.dossier_key
            and complete.history_no = stand_line.history_no
            and complete.list_no = stand_line.list_no
    -- those that are told plainly stand where their row says
    union all
    select
        dossier_key, 0 as history_no, row_no, row_no as list_no, batch_no as version_batch_no,
        is_version, observed_local, false as is_in_two_units, false as is_dated,
        false as is_dated_day,
        false as is_due_dated, batch_no, line_no, cast(null as integer) as version_line_no,
        cast(null as integer) as closing_batch_no, cast(null as integer) as closing_line_no,
        code, content_hash, unit_code,
        {{ has_field('layout', 'due_at') }} as is_due_said,
        {{ facts | join(', ') }},
        cast(null as varchar) as ruled_unit,
        cast(null as timestamp) as ruled_end_at,
        cast(null as boolean) as ruled_end_is_day,
        is_told_once,
        unit_code as standing_unit,
        false as is_listed_twice,
        cast(null as integer) as place_batch_no, cast(null as integer) as place_line_no,
        lacks_due
    from told_plainly
),

-- only for rows without one is anything looked up; narrow rows know it, so that the wide ones of
-- millions of dossiers are not joined once more to find none
with_due_date as (
    select
        *,
        due_at as last_due_at,
        coalesce(due_is_day, false) as last_due_is_day,
        false as due_is_computed
    from at_unit
    where not lacks_due
    union all
    select
        complete.*,
        {{ computed_due_at }} as last_due_at,
        coalesce(complete.due_is_day, procedure_limit.limit_unit <> 'hour', false)
            as last_due_is_day,
        {{ computed_due_at }} is not null as due_is_computed
    from at_unit as complete
    left join procedure_limit
        on
            complete.received_at is not null
            and complete.procedure_key = procedure_limit.procedure_key
    left join office
        on
            case
                when procedure_limit.limit_unit is not null
                    then coalesce(complete.standing_unit, '*')
            end = office.unit_code
            and complete.received_at >= office.valid_from
            and complete.received_at < office.valid_to
    left join calendar as receipt_day
        on
            case when office.unit_code is not null then cast(complete.received_at as date) end
            = receipt_day.date_day
    left join working_day as due_day
        on
            {{ due_working_day_no('procedure_limit.limit_unit', due_position) }}
            = due_day.working_day_no
    where complete.lacks_due
),

final as (
    select
        complete.dossier_key,
        complete.history_no,
        complete.row_no,
        complete.is_told_once,
        case when complete.is_version then complete.version_batch_no end as version_batch_no,
        complete.batch_no,
        complete.line_no,
        complete.version_line_no,
        complete.place_batch_no,
        complete.place_line_no,
        complete.closing_batch_no,
        complete.closing_line_no,
        complete.observed_local,
        complete.content_hash,
        complete.code,
        complete.account,
        complete.standing_unit as unit_code,
        coalesce(complete.channel, 'unknown') as channel,
        complete.source_channel,
        complete.procedure_key,
        complete.received_at,
        coalesce(complete.received_is_day, false) as received_is_day,
        complete.last_due_at as due_at,
        complete.last_due_is_day as due_is_day,
        complete.due_is_computed,
        complete.is_due_said,
        coalesce(complete.ruled_end_at, {{ closing_end('at') }}) as end_at,
        coalesce(complete.ruled_end_is_day, {{ closing_end('is_day') }}) as end_is_day,
        coalesce(
            complete.ruled_end_at, complete.finished_at, complete.handed_over_at,
            complete.refused_at
        ) as end_766_at,
        complete.is_in_two_units,
        complete.is_listed_twice,
        complete.is_dated,
        complete.is_dated_day,
        complete.is_due_dated
    from with_due_date as complete
)

select * from final
