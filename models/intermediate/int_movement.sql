{% set rules = rule_sets() %}
{% set fallen_766 = falls_due_at('index_766', 'due_unpaused_at', 'due_is_day') %}
{% set attributes = movement_attributes() %}
{% set version_columns = [
    'dossier_key', 'history_no', 'row_no', 'version_batch_no', 'batch_no',
    'line_no', 'version_line_no', 'place_batch_no', 'place_line_no',
    'closing_batch_no', 'closing_line_no', 'account', 'unit_code',
    'received_at', 'received_is_day', 'due_at', 'due_is_day',
    'due_is_computed', 'end_at', 'end_is_day', 'end_766_at', 'is_closed',
] + attributes %}
{% set next_version -%}
lead(version_batch_no) over in_order as next_batch_no,
        row_number() over in_order as version_no,
        -- what the next version lacks the list that made it took back, if it has a line there
        lead(
            case when version_line_no is null then batch_no else version_batch_no end
        ) over in_order as next_row_batch_no,
        lead(coalesce(version_line_no, line_no)) over in_order as next_row_line_no
{%- endset %}
{% set step_identity = [
    'movement', 'effective_at', 'from_account', 'to_account', 'from_unit', 'to_unit',
] %}
{% set is_other_due %}
(
    lag(term_due.term_no) over in_order is null
    or lag(term_due.due_at) over in_order is distinct from term_due.due_at
    or lag(term_due.due_is_computed) over in_order is distinct from term_due.due_is_computed
    or (
        term_due.due_at is not null
        and lag(term_due.due_is_day) over in_order is distinct from term_due.due_is_day
    )
)
{%- endset %}
{% set is_kept %}
(
    earlier.closed_at < earlier.opened_at
    and earlier.opened_at <= later.next_closed_at
    and (later.next_closed_at < timestamp 'infinity' or earlier.is_dated_opening)
)
{%- endset %}
with recursive

history as {{ not_materialized() }} (
    select
        *,
        account like 'open.%' as is_open,
        account like 'closed.%' as is_closed,
        case when due_is_computed is not true then due_at end as sent_due_at
    from {{ ref('int_dossier_history') }}
),

procedure_limit as (select * from {{ ref('dim_procedure') }} where limit_amount > 0),

office as (select * from {{ ref('int_office_rule') }}),

calendar as (select * from {{ ref('dim_date') }}),

working_day as (select * from calendar where is_working_day),

-- which dossiers need more than a receipt, a due date and a closing
{{ general_dossiers() }},

{% if shows_short_way() %}
{{ short_way() }},

{% endif %}
all_version as (
    select
        {{ version_columns | join(', ') }},
        {{ next_version }}
    from flagged
    where version_batch_no is not null and is_complex
    window in_order as (partition by dossier_key order by version_batch_no)
),

{% if ledger_is_incremental() and not shows_short_way() %}
new_batch as ({{ batches_not_in_ledger(target.schema ~ '.dim_batch') }}),

news as (select min(batch_no) as first_batch_no from new_batch),

-- each version is worked out by itself. Of those known before the new lists only the last one can
-- be taken back or fall due; due dates that we compute are compared through all versions. Unit
-- tests show all versions
version as (
    select all_version.*
    from all_version
    cross join news
    where
        all_version.next_batch_no is null
        or all_version.next_batch_no >= news.first_batch_no
        or all_version.due_is_computed
),
{% else %}
version as (select * from all_version),
{% endif %}

-- what was seen, in order; what was said while a dossier was outside moves nothing
seen as (
    select
        *,
        account like 'open.%' and account <> 'open.processing' as is_paused
    from flagged
    where is_complex and account <> 'outside'
),

seen_run as (
    select
        *,
        sum(case when lag_account = account then 0 else 1 end) over in_order as run_no,
        sum(case when is_due_change then 1 else 0 end) over in_order as due_run_no
    from (
        select
            *,
            lag(account) over in_order as lag_account,
            lead(is_open) over in_order as is_open_next,
            lead(is_dated) over in_order as is_dated_next,
            lead(observed_local) over in_order as observed_next,
            lead(batch_no) over in_order as batch_no_next,
            lead(line_no) over in_order as line_no_next,
            coalesce(
                is_due_said
                and lag(is_due_said) over in_order
                and (
                    lag(sent_due_at) over in_order is distinct from sent_due_at
                    or (
                        sent_due_at is not null
                        and lag(due_is_day) over in_order is distinct from due_is_day
                    )
                ),
                false
            ) as is_due_change
        from seen
        window in_order as (partition by dossier_key, history_no order by row_no)
    ) as compared
    window in_order as (partition by dossier_key, history_no order by row_no)
),

seen_paused as (
    select
        *,
        min(observed_local) over (partition by dossier_key, history_no, run_no) as run_since,
        coalesce(
            first_value(is_dated_day) over (
                partition by dossier_key, history_no, run_no order by row_no
            ),
            false
        ) as run_since_is_day,
        bool_or(is_paused and is_due_said) over (partition by dossier_key, history_no, due_run_no)
            as is_run_paused
    from seen_run
),

-- a due date that changed over a pause has moved, from the sighting on that shows it, and one that
-- a dated row sets from that row on; any other change of a due date corrects it
seen_moved as (
    select
        *,
        is_due_change
        and (
            is_paused
            or coalesce(is_due_dated, false)
            or lag(is_run_paused) over (partition by dossier_key, history_no order by row_no)
        ) as is_due_moved
    from seen_paused
),

seen_piece as (
    select
        *,
        sum(case when is_due_moved then 1 else 0 end) over (
            partition by dossier_key, history_no order by row_no
        ) as piece_no
    from seen_moved
),

-- each version with all that had been seen up to it
version_seen as (
    select
        version.dossier_key,
        version.version_batch_no,
        version.row_no as version_row_no,
        seen_piece.row_no,
        seen_piece.piece_no,
        seen_piece.account,
        seen_piece.unit_code,
        seen_piece.is_open,
        seen_piece.is_closed,
        seen_piece.is_due_moved,
        seen_piece.is_dated,
        seen_piece.observed_local,
        seen_piece.run_since,
        seen_piece.run_since_is_day,
        seen_piece.end_at,
        seen_piece.end_is_day,
        seen_piece.end_766_at,
        seen_piece.due_at,
        seen_piece.due_is_day,
        seen_piece.due_is_computed,
        seen_piece.batch_no,
        seen_piece.line_no,
        seen_piece.place_batch_no,
        seen_piece.place_line_no,
        seen_piece.batch_no_next,
        seen_piece.line_no_next,
        seen_piece.is_open_next,
        coalesce(seen_piece.is_dated_next, false) as is_dated_next,
        seen_piece.observed_next
    from version
    inner join seen_piece
        on
            version.dossier_key = seen_piece.dossier_key
            and version.history_no = seen_piece.history_no
            and version.row_no >= seen_piece.row_no
    where version.account <> 'outside'
),

first_seen as (
    select
        dossier_key,
        version_batch_no,
        min(observed_local) as first_observed,
        min(case when not coalesce(is_dated, false) then row_no end) as first_listed_row_no,
        min_by(unit_code, row_no) as first_unit,
        coalesce(min(unit_code) <> max(unit_code), false) as has_units
    from version_seen
    group by
        dossier_key,
        version_batch_no
),

long_version as (
    select
        version.*,
        first_seen.first_unit,
        first_seen.first_listed_row_no,
        first_seen.has_units,
        coalesce(version.received_at, first_seen.first_observed) as started_at,
        case when version.is_closed then coalesce(version.end_at, seen_piece.run_since) end
            as ended_at,
        case
            when version.end_at is null then seen_piece.run_since_is_day
            else version.end_is_day
        end as ended_is_day,
        case
            when version.is_closed
                then greatest(
                    coalesce(version.received_at, first_seen.first_observed),
                    coalesce(version.end_at, seen_piece.run_since)
                )
        end as closed_at,
        seen_piece.piece_no
    from version
    inner join first_seen
        on
            version.dossier_key = first_seen.dossier_key
            and version.version_batch_no = first_seen.version_batch_no
    inner join seen_piece
        on
            version.dossier_key = seen_piece.dossier_key
            and version.history_no = seen_piece.history_no
            and version.row_no = seen_piece.row_no
),

-- a closing that was followed by a sighting as open, and later by another closing, was a closing:
-- decided from the newest back. So was one after which a dated row says that it is open again
earlier_closing as (
    select
        version_seen.dossier_key,
        version_seen.version_batch_no,
        version_seen.row_no,
        greatest(
            long_version.started_at, coalesce(version_seen.end_at, version_seen.run_since)
        ) as closed_at,
        version_seen.observed_next as opened_at,
        version_seen.is_dated_next as is_dated_opening,
        row_number() over (
            partition by version_seen.dossier_key, version_seen.version_batch_no
            order by version_seen.row_no desc
        ) as back_no
    from version_seen
    inner join long_version
        on
            version_seen.dossier_key = long_version.dossier_key
            and version_seen.version_batch_no = long_version.version_batch_no
    where
        version_seen.is_closed
        and version_seen.is_open_next
        and version_seen.row_no < version_seen.version_row_no
),

judged_closing as (
    -- only where there is anything to decide: one thread does a recursion
    select
        long_version.dossier_key,
        long_version.version_batch_no,
        cast(0 as bigint) as back_no,
        long_version.row_no,
        false as is_kept,
        coalesce(long_version.closed_at, timestamp 'infinity') as next_closed_at
    from long_version
    inner join earlier_closing as newest
        on
            long_version.dossier_key = newest.dossier_key
            and long_version.version_batch_no = newest.version_batch_no
            and newest.back_no = 1
    union all
    select
        earlier.dossier_key,
        earlier.version_batch_no,
        earlier.back_no,
        earlier.row_no,
        {{ is_kept }} as is_kept,
        case when {{ is_kept }} then earlier.closed_at else later.next_closed_at end
            as next_closed_at
    from judged_closing as later
    inner join earlier_closing as earlier
        on
            later.dossier_key = earlier.dossier_key
            and later.version_batch_no = earlier.version_batch_no
            and later.back_no + 1 = earlier.back_no
),

kept_closing as (
    select
        version_seen.*,
        earlier_closing.closed_at,
        earlier_closing.opened_at
    from judged_closing
    inner join earlier_closing
        on
            judged_closing.dossier_key = earlier_closing.dossier_key
            and judged_closing.version_batch_no = earlier_closing.version_batch_no
            and judged_closing.row_no = earlier_closing.row_no
    inner join version_seen
        on
            judged_closing.dossier_key = version_seen.dossier_key
            and judged_closing.version_batch_no = version_seen.version_batch_no
            and judged_closing.row_no = version_seen.row_no
    where judged_closing.is_kept
),

-- one event changes one thing. At one time: the receipt, closings and reopenings in the order in
-- which they were seen, units, accounts
event as (
    select
        dossier_key, version_batch_no, started_at as effective_at, 0 as rank, 0 as row_no,
        'open' as mark, 'open.processing' as account, first_unit as unit_code,
        piece_no, batch_no, line_no,
        cast(null as timestamp) as ended_at, false as ended_is_day,
        cast(null as timestamp) as end_766_at
    from long_version
    union all
    select
        dossier_key, version_batch_no, closed_at as effective_at, 1 as rank, row_no,
        'close' as mark, account, cast(null as varchar) as unit_code,
        piece_no, batch_no, line_no,
        coalesce(end_at, run_since) as ended_at,
        case when end_at is null then run_since_is_day else end_is_day end as ended_is_day,
        end_766_at
    from kept_closing
    union all
    select
        dossier_key, version_batch_no, opened_at as effective_at, 1 as rank, row_no + 1 as row_no,
        'open' as mark, 'open.processing' as account, cast(null as varchar) as unit_code,
        piece_no, batch_no_next as batch_no, line_no_next as line_no,
        cast(null as timestamp) as ended_at, false as ended_is_day,
        cast(null as timestamp) as end_766_at
    from kept_closing
    union all
    select
        dossier_key, version_batch_no, closed_at as effective_at, 1 as rank, row_no,
        'close' as mark, account, cast(null as varchar) as unit_code,
        piece_no, coalesce(closing_batch_no, batch_no) as batch_no,
        coalesce(closing_line_no, line_no) as line_no,
        ended_at, ended_is_day, end_766_at
    from long_version
    where is_closed
    {% for rank, column in [(2, 'unit_code'), (3, 'account')] %}
    union all
    select
        version_seen.dossier_key, version_seen.version_batch_no,
        greatest(version_seen.observed_local, long_version.started_at) as effective_at,
        {{ rank }} as rank, version_seen.row_no, 'state' as mark,
        {% if column == 'account' -%}
        version_seen.account, cast(null as varchar) as unit_code,
        {%- else -%}
        cast(null as varchar) as account, version_seen.unit_code,
        {%- endif %}
        version_seen.piece_no,
        {% if column == 'account' -%}
        version_seen.batch_no, version_seen.line_no,
        {%- else -%}
        {{ shown_at_unit('version_seen') }},
        {%- endif %}
        cast(null as timestamp) as ended_at, false as ended_is_day,
        cast(null as timestamp) as end_766_at
    from version_seen
    inner join long_version
        on
            version_seen.dossier_key = long_version.dossier_key
            and version_seen.version_batch_no = long_version.version_batch_no
    where {{ 'version_seen.is_open' if column == 'account' else 'long_version.has_units' }}
    {% endfor %}
    union all
    -- what a list says of the state while it is outside is as if not said; where it stands counts
    select
        outside.dossier_key, long_version.version_batch_no,
        greatest(outside.observed_local, long_version.started_at) as effective_at,
        2 as rank, outside.row_no, 'state' as mark,
        cast(null as varchar) as account, outside.unit_code,
        long_version.piece_no, {{ shown_at_unit('outside') }},
        cast(null as timestamp) as ended_at, false as ended_is_day,
        cast(null as timestamp) as end_766_at
    from history as outside
    inner join long_version
        on
            outside.dossier_key = long_version.dossier_key
            and outside.history_no = long_version.history_no
            and outside.row_no < long_version.row_no
            and outside.row_no > long_version.first_listed_row_no
    where
        outside.account = 'outside'
        and outside.is_in_two_units
        and long_version.has_units
),

event_marked as (
    select
        *,
        last_value(case when mark <> 'state' then mark end ignore nulls) over (
            partition by dossier_key, version_batch_no order by effective_at, rank, row_no
            rows between unbounded preceding and current row
        ) as last_mark,
        max(case when mark = 'open' then row_no end) over (
            partition by dossier_key, version_batch_no order by effective_at, rank, row_no
            rows between unbounded preceding and current row
        ) as opened_row_no
    from event
),

-- what was seen while the dossier was closed is late news, not an event; nor is an account seen
-- before the row that opens it again, were it at the same moment
event_valid as (
    select
        *,
        last_value(unit_code ignore nulls) over so_far as known_unit,
        last_value(account ignore nulls) over so_far as known_account
    from event_marked
    where mark <> 'state' or (last_mark = 'open' and (rank < 3 or row_no >= opened_row_no))
    window so_far as (
        partition by dossier_key, version_batch_no order by effective_at, rank, row_no
        rows between unbounded preceding and current row
    )
),

event_at_unit as (
    select
        event_valid.dossier_key,
        event_valid.version_batch_no,
        event_valid.effective_at,
        event_valid.rank,
        event_valid.row_no,
        event_valid.known_account as account,
        event_valid.known_unit,
        event_valid.piece_no,
        event_valid.batch_no,
        event_valid.line_no,
        event_valid.ended_at,
        event_valid.ended_is_day,
        event_valid.end_766_at,
        long_version.has_units,
        case when long_version.is_closed then long_version.unit_code end as closed_unit,
        {{ shown_at_unit('long_version', 'closed_') }}
    from event_valid
    inner join long_version
        on
            event_valid.dossier_key = long_version.dossier_key
            and event_valid.version_batch_no = long_version.version_batch_no
),

event_unit as (
    select
        *,
        case when lag(known_unit) over in_order is distinct from known_unit then 1 else 0 end
            as is_unit_start
    from event_at_unit
    where has_units
    window in_order as (
        partition by dossier_key, version_batch_no order by effective_at, rank, row_no
    )
),

event_unit_run as (
    select
        *,
        sum(is_unit_start) over (
            partition by dossier_key, version_batch_no order by effective_at, rank, row_no
        ) as unit_run,
        sum(is_unit_start) over (partition by dossier_key, version_batch_no) as unit_runs
    from event_unit
),

-- a closed dossier stands in another unit's list than it was last seen open in, and nothing dates
-- the change: it had been there since the last dated one
event_settled as (
    select
        * exclude (is_unit_start, unit_run, unit_runs)
        replace (
            {% for column in ['batch_no', 'line_no'] %}
            case
                when rank = 2 and unit_run = unit_runs and closed_unit <> known_unit
                    then closed_{{ column }}
                else {{ column }}
            end as {{ column }}{{ "," if not loop.last }}
            {% endfor %}
        ),
        case when unit_run = unit_runs then coalesce(closed_unit, known_unit) else known_unit end
            as unit_code
    from event_unit_run
    union all
    select
        *,
        coalesce(closed_unit, known_unit) as unit_code
    from event_at_unit
    where not has_units
),

step_all as (
    select
        *,
        lag(account) over in_order as account_before,
        lag(unit_code) over in_order as unit_before
    from event_settled
    window in_order as (
        partition by dossier_key, version_batch_no order by effective_at, rank, row_no
    )
),

step as (
    select
        *,
        row_number() over in_order as step_no,
        lead(effective_at) over in_order as until_at
    from step_all
    where
        account_before is null
        or account_before <> account
        or unit_before is distinct from unit_code
    window in_order as (
        partition by dossier_key, version_batch_no order by effective_at, rank, row_no
    )
),

-- waits for a supplement, each ended by whatever takes the dossier out of that account
account_step as (
    select
        *,
        lead(effective_at) over in_order as account_until_at,
        lead(account) over in_order as account_next
    from step
    where account_before is null or account_before <> account
    window in_order as (partition by dossier_key, version_batch_no order by step_no)
),

wait as (
    select
        dossier_key,
        version_batch_no,
        effective_at,
        date_diff('day', cast(effective_at as date), cast(account_until_at as date)) as days,
        row_number() over (
            partition by dossier_key, version_batch_no order by step_no
        ) as request_no
    from account_step
    where account = 'open.awaiting_supplement'
),

supplement as (
    select
        dossier_key,
        version_batch_no,
        max(case when request_no = 1 then effective_at end) as first_request_at,
        coalesce(max(case when request_no = 1 then days end), 0) as first_wait_days,
        max(case when request_no = 2 then effective_at end) as second_request_at
    from wait
    group by
        dossier_key,
        version_batch_no
),

-- the due dates in force one after the other: those that lists show, each from the sighting on
-- that shows it; one that we computed only where the newest row has none
term as (
    select
        dossier_key,
        version_batch_no,
        piece_no,
        min(case when is_due_moved then observed_local end) as begins_at,
        max_by(coalesce(due_at, timestamp 'infinity'), row_no) as due_at,
        max_by(due_is_day, row_no) as due_is_day,
        coalesce(max_by(due_is_computed, row_no), false) as due_is_computed
    from version_seen
    group by
        dossier_key,
        version_batch_no,
        piece_no
),

term_told as (
    select
        term.dossier_key,
        term.version_batch_no,
        term.piece_no,
        term.begins_at,
        case
            when not term.due_is_computed or term.piece_no = long_version.piece_no
                then nullif(term.due_at, timestamp 'infinity')
        end as due_at,
        term.due_is_day,
        term.due_is_computed and term.piece_no = long_version.piece_no as due_is_computed,
        long_version.started_at,
        long_version.received_at,
        long_version.unit_code,
        long_version.procedure_key
    from term
    inner join long_version
        on
            term.dossier_key = long_version.dossier_key
            and term.version_batch_no = long_version.version_batch_no
),

-- a due date that we computed moves over a pause (decision 010): by the pause, or with the whole
-- limit from the resumption on
paused_step as (
    select
        account_step.*,
        sum(
            case when {{ is_paused('account_step.account_before') }} is true then 0 else 1 end
        ) over (
            partition by account_step.dossier_key, account_step.version_batch_no
            order by account_step.step_no
        ) as pause_no
    from account_step
    inner join term_told
        on
            account_step.dossier_key = term_told.dossier_key
            and account_step.version_batch_no = term_told.version_batch_no
            and term_told.due_is_computed
    where {{ is_paused('account_step.account') }}
),

pause as (
    select
        dossier_key,
        version_batch_no,
        pause_no,
        min(effective_at) as paused_at,
        max_by(coalesce(account_until_at, timestamp 'infinity'), step_no) as ended_at,
        bool_or(account = 'open.awaiting_supplement')
        and max_by(account_next, step_no) = 'open.processing' as is_supplemented
    from paused_step
    group by
        dossier_key,
        version_batch_no,
        pause_no
    having max_by(coalesce(account_until_at, timestamp 'infinity'), step_no) < timestamp 'infinity'
),

pause_placed as (
    select
        pause.*,
        term_told.piece_no,
        term_told.begins_at,
        term_told.due_at as first_due_at,
        term_told.due_is_day,
        office.opens_second,
        office.lunch_from_second,
        office.lunch_to_second,
        procedure_limit.limit_unit,
        {{ pause_position(
            'procedure_limit.limit_unit', 'term_told.due_at', 'due_day', 'office',
        ) }} as first_position,
        {{ pause_position(
            'procedure_limit.limit_unit', 'pause.paused_at', 'paused_day', 'office',
        ) }} as paused_position,
        {{ pause_position(
            'procedure_limit.limit_unit', 'pause.ended_at', 'ended_day', 'office',
        ) }} as ended_position,
        case
            when pause.is_supplemented and office.restart_mode = 'restart'
                then {{ receipt_position(
                    'procedure_limit.limit_unit', 'pause.ended_at', 'false', 'ended_day', 'office',
                ) }} + {{ limit_length(
                    'procedure_limit.limit_unit', 'procedure_limit.limit_amount',
                ) }}
        end as restart_position
    from pause
    inner join term_told
        on
            pause.dossier_key = term_told.dossier_key
            and pause.version_batch_no = term_told.version_batch_no
            and term_told.due_is_computed
    inner join procedure_limit on term_told.procedure_key = procedure_limit.procedure_key
    inner join office
        on
            coalesce(term_told.unit_code, '*') = office.unit_code
            and term_told.received_at >= office.valid_from
            and term_told.received_at < office.valid_to
    inner join calendar as due_day on cast(term_told.due_at as date) = due_day.date_day
    inner join calendar as paused_day on cast(pause.paused_at as date) = paused_day.date_day
    inner join calendar as ended_day on cast(pause.ended_at as date) = ended_day.date_day
),

pause_run as (
    select
        *,
        count(restart_position) over (
            partition by dossier_key, version_batch_no order by pause_no
        ) as run_no,
        case when restart_position is null then ended_position - paused_position else 0 end
            as length
    from pause_placed
),

pause_counted as (
    select
        *,
        coalesce(
            first_value(restart_position) over in_order, first_position
        ) as start_position,
        sum(length) over in_order - length as length_before
    from pause_run
    window in_order as (partition by dossier_key, version_batch_no, run_no order by pause_no)
),

-- a limit that is used up before a pause begins is not given back by it, nor by a later one
pause_used as (
    select
        *,
        bool_or(restart_position is null and paused_position > start_position + length_before)
            over (partition by dossier_key, version_batch_no, run_no order by pause_no)
            as is_used_up
    from pause_counted
),

pause_moved as (
    select
        *,
        start_position + sum(case when is_used_up then 0 else length end) over (
            partition by dossier_key, version_batch_no, run_no order by pause_no
        ) as position
    from pause_used
),

term_all as (
    select
        dossier_key,
        version_batch_no,
        piece_no,
        0 as pause_no,
        begins_at,
        started_at,
        due_at,
        due_is_day,
        due_at as due_unpaused_at,
        due_is_computed,
        case when piece_no = 0 then 'receipt' else 'moved' end as because
    from term_told
    union all
    select
        moved.dossier_key,
        moved.version_batch_no,
        moved.piece_no,
        moved.pause_no,
        greatest(moved.begins_at, moved.ended_at) as begins_at,
        cast(null as timestamp) as started_at,
        {{ due_moment('moved.limit_unit', 'moved.position', 'due_day', 'moved') }} as due_at,
        moved.due_is_day,
        moved.first_due_at as due_unpaused_at,
        true as due_is_computed,
        case when moved.restart_position is null then 'pause' else 'restart' end as because
    from pause_moved as moved
    left join working_day as due_day
        on {{ due_working_day_no('moved.limit_unit', 'moved.position') }} = due_day.working_day_no
),

term_due as (
    select
        term_all.*,
        row_number() over in_order as term_no,
        lead(term_all.begins_at) over in_order as ends_at,
        lead(term_all.begins_at) over (
            partition by term_all.dossier_key, term_all.version_batch_no, term_all.piece_no
            order by term_all.pause_no
        ) as ends_in_piece_at,
        supplement.first_request_at,
        supplement.first_wait_days,
        supplement.second_request_at
    from term_all
    left join supplement
        on
            term_all.dossier_key = supplement.dossier_key
            and term_all.version_batch_no = supplement.version_batch_no
    window in_order as (
        partition by term_all.dossier_key, term_all.version_batch_no
        order by term_all.piece_no, term_all.pause_no
    )
),

term_falls as (
    select
        *,
        {{ falls_due_at('by_date', 'due_at', 'due_is_day') }} as falls_by_date,
        {{ falls_due_at('by_timestamp', 'due_at', 'due_is_day') }} as falls_by_timestamp,
        -- a wait that begins when it is overdue already takes nothing back; the index counts from
        -- the due date before any pause, and takes the first wait off itself
        case
            when
                first_request_at is not null
                and {{ fallen_766 }} >= first_request_at
                then cast(
                    {{ fallen_766 }}
                    + to_days(cast(first_wait_days as integer)) as timestamp
                )
            else {{ fallen_766 }}
        end as falls_index_766
    from term_due
),

-- a dossier falls due while it is being processed; what fell due in a pause does so on resumption
overdue_moment as (
    {% for rule in rules %}
    select
        '{{ rule }}' as rule_set,
        term_falls.dossier_key,
        term_falls.version_batch_no,
        min(
            greatest(term_falls.falls_{{ rule }}, term_falls.begins_at, step.effective_at)
        ) as effective_at
    from term_falls
    inner join step
        on
            term_falls.dossier_key = step.dossier_key
            and term_falls.version_batch_no = step.version_batch_no
            and step.account = 'open.processing'
            and (
                step.until_at is null
                or step.until_at > greatest(
                    term_falls.falls_{{ rule }}, term_falls.begins_at, step.effective_at
                )
            )
            and (
                term_falls.ends_at is null
                or term_falls.ends_at > greatest(
                    term_falls.falls_{{ rule }}, term_falls.begins_at, step.effective_at
                )
            )
    where term_falls.falls_{{ rule }} is not null
    group by
        term_falls.dossier_key,
        term_falls.version_batch_no,
        term_falls.term_no
    union all
    {% endfor %}
    select
        'index_766' as rule_set,
        supplement.dossier_key,
        supplement.version_batch_no,
        min(greatest(supplement.second_request_at, step.effective_at)) as effective_at
    from supplement
    inner join step
        on
            supplement.dossier_key = step.dossier_key
            and supplement.version_batch_no = step.version_batch_no
            and step.account = 'open.processing'
            and (step.until_at is null or step.until_at > greatest(
                supplement.second_request_at, step.effective_at
            ))
    where supplement.second_request_at is not null
    group by
        supplement.dossier_key,
        supplement.version_batch_no
),

moment as (
    select
        dossier_key,
        version_batch_no,
        effective_at,
        {% for rule in rules %}
        bool_or(rule_set = '{{ rule }}') as is_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from overdue_moment
    group by
        dossier_key,
        version_batch_no,
        effective_at
),

-- on resumption and reopening the due date then in force decides anew
anew as (
    select
        step.dossier_key,
        step.version_batch_no,
        step.step_no,
        {% for rule in rules %}
        coalesce(
            max_by(
                coalesce(term_falls.falls_{{ rule }}, timestamp 'infinity'), term_falls.term_no
            ) > step.effective_at
            {% if rule == 'index_766' %}
            and (
                max(term_falls.second_request_at) is null
                or max(term_falls.second_request_at) > step.effective_at
            )
            {% endif %},
            true
        ) as is_in_time_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step
    inner join term_falls
        on
            step.dossier_key = term_falls.dossier_key
            and step.version_batch_no = term_falls.version_batch_no
            and (term_falls.begins_at is null or term_falls.begins_at <= step.effective_at)
    where
        step.account = 'open.processing'
        and step.account_before <> step.account
    group by
        step.dossier_key,
        step.version_batch_no,
        step.step_no,
        step.effective_at
),

-- how timely a closing is, by the due date in force at it
closing as (
    select
        step.dossier_key,
        step.version_batch_no,
        step.step_no,
        {% for rule in rules %}
        {% if rule == 'index_766' %}
        case
            when term_falls.second_request_at < step.effective_at then 'late'
            else
                {{ closing_timeliness(
                    rule, 'coalesce(step.end_766_at, step.ended_at)', 'step.ended_is_day',
                    'cast(term_falls.due_unpaused_at + to_days(cast(case
                        when term_falls.first_request_at < step.effective_at
                            then term_falls.first_wait_days
                        else 0
                    end as integer)) as timestamp)',
                    'term_falls.due_is_day',
                ) }}
        end as closed_{{ rule }}{{ "," if not loop.last }}
        {% else %}
        {{ closing_timeliness(
            rule, 'step.ended_at', 'step.ended_is_day', 'term_falls.due_at',
            'term_falls.due_is_day',
        ) }} as closed_{{ rule }}{{ "," if not loop.last }}
        {% endif %}
        {% endfor %}
    from (select * from step where account not like 'open.%') as step
    left join term_falls
        on
            step.dossier_key = term_falls.dossier_key
            and step.version_batch_no = term_falls.version_batch_no
            and step.piece_no = term_falls.piece_no
            and (term_falls.pause_no = 0 or term_falls.begins_at <= step.effective_at)
            and (
                term_falls.ends_in_piece_at is null
                or term_falls.ends_in_piece_at > step.effective_at
            )
),

occasion as (
    select
        step.dossier_key,
        step.version_batch_no,
        step.effective_at,
        step.step_no,
        false as is_moment,
        {% for rule in rules %}
        case when step.account_before is null or anew.is_in_time_{{ rule }} then 'in_time' end
            as mark_{{ rule }},
        closing.closed_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step
    left join anew
        on
            step.dossier_key = anew.dossier_key
            and step.version_batch_no = anew.version_batch_no
            and step.step_no = anew.step_no
    left join closing
        on
            step.dossier_key = closing.dossier_key
            and step.version_batch_no = closing.version_batch_no
            and step.step_no = closing.step_no
    union all
    select
        moment.dossier_key,
        moment.version_batch_no,
        moment.effective_at,
        max(step.step_no) as step_no,
        true as is_moment,
        {% for rule in rules %}
        case when moment.is_{{ rule }} then 'overdue' end as mark_{{ rule }},
        cast(null as varchar) as closed_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from moment
    inner join step
        on
            moment.dossier_key = step.dossier_key
            and moment.version_batch_no = step.version_batch_no
            and step.effective_at <= moment.effective_at
    group by all
),

judged as (
    select
        *,
        {% for rule in rules %}
        last_value(mark_{{ rule }} ignore nulls) over so_far as state_{{ rule }},
        last_value(mark_{{ rule }} ignore nulls) over before as state_before_{{ rule }},
        lag(closed_{{ rule }}) over in_order as closed_before_{{ rule }}
        {{- "," if not loop.last }}
        {% endfor %}
    from occasion
    window
        in_order as (
            partition by dossier_key, version_batch_no order by step_no, is_moment, effective_at
        ),
        so_far as (
            partition by dossier_key, version_batch_no order by step_no, is_moment, effective_at
            rows between unbounded preceding and current row
        ),
        before as (
            partition by dossier_key, version_batch_no order by step_no, is_moment, effective_at
            rows between unbounded preceding and 1 preceding
        )
),

-- a reopening takes the dossier out of the timeliness with which it was closed. Kept, as is the
-- next: rows that go on to several uses as they are made are the work of one thread
step_judged as {{ materialized() }} (
    select
        step.*,
        judged.is_moment,
        judged.effective_at as occasion_at,
        {% for rule in rules %}
        case
            when not judged.is_moment and step.account_before like 'closed.%'
                then coalesce(judged.closed_before_{{ rule }}, judged.state_before_{{ rule }})
            else judged.state_before_{{ rule }}
        end as tl_before_{{ rule }},
        coalesce(judged.closed_{{ rule }}, judged.state_{{ rule }}) as tl_after_{{ rule }}
        {{- "," if not loop.last }}
        {% endfor %}
    from judged
    inner join step
        on
            judged.dossier_key = step.dossier_key
            and judged.version_batch_no = step.version_batch_no
            and judged.step_no = step.step_no
),

long_step as {{ materialized() }} (
    select
        dossier_key, version_batch_no, batch_no, line_no, step_no,
        case
            when is_moment then 'overdue'
            when account_before is null then 'receipt'
            when account_before = account then 'transfer'
            when account_before like 'closed.%' then 'reopening'
            when account = 'closed.resolved' then 'resolution'
            when account = 'closed.returned' then 'return'
            when account = 'closed.withdrawn' then 'withdrawal'
            when account = 'open.processing' then 'resume'
            else 'pause'
        end as movement,
        case when is_moment then account else coalesce(account_before, 'outside') end
            as from_account,
        account as to_account,
        case
            when is_moment then unit_code
            when account_before is null then null
            else unit_before
        end as from_unit,
        unit_code as to_unit,
        occasion_at as effective_at,
        {% for rule in rules %}
        tl_before_{{ rule }}, tl_after_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step_judged
    where
        not is_moment
        {% for rule in rules %}
        or tl_before_{{ rule }} <> tl_after_{{ rule }}
        {% endfor %}
),

-- the same pause twice at one clamped moment is two movements
step_said as {{ not_materialized() }} (
    select
        dossier_key,
        version_batch_no,
        step_no,
        movement,
        effective_at,
        {{ row_hash(step_identity) }} as said
    from long_step
),

said_often as (
    select
        dossier_key,
        version_batch_no,
        said
    from step_said
    group by
        dossier_key,
        version_batch_no,
        said
    having count(*) > 1
),

repeated as (
    select
        step_said.dossier_key,
        step_said.version_batch_no,
        step_said.step_no,
        step_said.movement,
        step_said.effective_at,
        row_number() over (
            partition by step_said.dossier_key, step_said.version_batch_no, step_said.said
            order by step_said.step_no
        ) as occurrence
    from step_said
    inner join said_often
        on
            step_said.dossier_key = said_often.dossier_key
            and step_said.version_batch_no = said_often.version_batch_no
            and step_said.said = said_often.said
),

-- where more is to be seen than one due date that a list gave
many_due as (
    select distinct
        dossier_key,
        version_batch_no
    from term_due
    where term_no > 1 or due_is_computed
),

-- the due dates one after the other, each with the time it begins; one that was over at once was
-- never in force
term_change as (
    select
        *,
        lead(from_at) over in_order as until_at
    from (
        select
            term_due.*,
            coalesce(
                greatest(term_due.begins_at, term_due.started_at),
                term_due.begins_at, term_due.started_at
            ) as from_at,
            {{ is_other_due }} as is_change
        from term_due
        inner join many_due
            on
                term_due.dossier_key = many_due.dossier_key
                and term_due.version_batch_no = many_due.version_batch_no
        window in_order as (
            partition by term_due.dossier_key, term_due.version_batch_no order by term_due.term_no
        )
    ) as compared
    where is_change
    window in_order as (partition by dossier_key, version_batch_no order by term_no)
),

term_in_force as (
    select
        *,
        {{ is_other_due }} as is_other
    from term_change as term_due
    where term_due.until_at is null or term_due.until_at > term_due.from_at
    window in_order as (partition by dossier_key, version_batch_no order by term_no)
),

version_due as (
    select
        dossier_key,
        version_batch_no,
        list(
            struct_pack(
                from_at := from_at,
                due_at := due_at,
                due_is_day := due_is_day,
                is_computed := due_is_computed,
                because := because
            ) order by term_no
        ) as due_dates
    from term_in_force
    where is_other
    group by
        dossier_key,
        version_batch_no
    having count(*) > 1 or bool_or(due_is_computed)
),

long_movement as (
    select
        long_step.dossier_key, long_step.version_batch_no,
        version.next_batch_no, version.next_row_batch_no, version.next_row_line_no,
        version.version_no,
        -- receipt and falling due are read from the newest row, a change from the row that shows it
        case
            when long_step.movement = 'overdue' then version.batch_no
            else long_step.batch_no
        end as batch_no,
        case
            when long_step.movement = 'overdue' then version.line_no
            else long_step.line_no
        end as line_no,
        long_step.movement, long_step.from_account, long_step.to_account,
        long_step.from_unit, long_step.to_unit, long_step.effective_at,
        {% for rule in rules %}
        long_step.tl_before_{{ rule }}, long_step.tl_after_{{ rule }},
        {% endfor %}
        {% for attribute in attributes %}version.{{ attribute }}, {% endfor %}
        cast(coalesce(repeated.occurrence, 1) as bigint) as occurrence,
        case when long_step.movement = 'receipt' then version_due.due_dates end as due_dates
    from long_step
    inner join version
        on
            long_step.dossier_key = version.dossier_key
            and long_step.version_batch_no = version.version_batch_no
    left join version_due
        on
            long_step.dossier_key = version_due.dossier_key
            and long_step.version_batch_no = version_due.version_batch_no
    left join repeated
        on
            long_step.dossier_key = repeated.dossier_key
            and long_step.version_batch_no = repeated.version_batch_no
            and long_step.step_no = repeated.step_no
            and long_step.movement = repeated.movement
            and long_step.effective_at = repeated.effective_at
),

final as (
    select * from long_movement
    {% if shows_short_way() %}
    union all
    select
        *,
        null as due_dates
    from (
        select * exclude (is_new, is_gone) from short_receipt
        union all
        select * exclude (is_new, is_gone) from short_closing
        union all
        select * from short_overdue
    ) as short_movement
    {% endif %}
)

select * from final
