{% set rules = rule_sets() %}
{% set attributes = ['channel', 'source_channel', 'procedure_key'] %}
with

history as (
    select
        *,
        account like 'open.%' as is_open,
        account like 'closed.%' as is_closed
    from {{ ref('int_dossier_history') }}
),

-- one window over everything: which dossiers need more than a receipt, a due date and a closing
told as (
    select
        *,
        lag(account) over in_order as account_before,
        lag(is_closed) over in_order as was_closed,
        lag(history_no) over in_order as history_before
    from history
    window in_order as (partition by dossier_key order by history_no, row_no)
),

flagged as (
    select
        *,
        {% if var('hoso_force_complex') %}
        true
        {% else %}
        bool_or(
            is_in_two_units
            or history_no > 0
            or received_at is null
            or account not in (
                'open.processing', 'closed.resolved', 'closed.returned', 'closed.withdrawn'
            )
            or (is_closed and end_at is null)
            or (is_open and coalesce(was_closed, false))
        ) over (partition by dossier_key)
        {% endif %}
            as is_complex
    from told
),

version as (
    select
        dossier_key,
        history_no,
        row_no,
        version_batch_no,
        lead(version_batch_no) over in_order as next_batch_no,
        row_number() over in_order as version_no,
        lead(batch_no) over in_order as next_row_batch_no,
        lead(line_no) over in_order as next_row_line_no,
        batch_no,
        line_no,
        account,
        unit_code,
        {{ attributes | join(', ') }},
        received_at,
        received_is_day,
        due_at,
        due_is_day,
        end_at,
        end_is_day,
        end_766_at,
        is_closed,
        is_complex
    from flagged
    where version_batch_no is not null
    window in_order as (partition by dossier_key order by version_batch_no)
),

-- A. The short way: one unit, one open account, every date given
short_version as (
    select
        *,
        case when is_closed then greatest(received_at, end_at) end as closed_at,
        case when end_at > received_at then end_is_day else received_is_day end as closed_is_day,
        greatest(end_766_at, received_at) as ended_766_at,
        {% for rule in rules %}
        greatest(received_at, {{ falls_due_at(rule, 'due_at', 'due_is_day') }}) as due_{{ rule }}
        {{- "," if not loop.last }}
        {% endfor %}
    from version
    where not is_complex
),

short_timed as (
    select
        *,
        {% for rule in rules %}
        case
            when due_at is not null and (closed_at is null or due_{{ rule }} < closed_at)
                then due_{{ rule }}
        end as overdue_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from short_version
),

short_movement as (
    select
        dossier_key, version_batch_no, next_batch_no, next_row_batch_no, next_row_line_no,
        version_no, batch_no, line_no,
        'receipt' as movement,
        'outside' as from_account, 'open.processing' as to_account,
        cast(null as varchar) as from_unit, unit_code as to_unit,
        received_at as effective_at,
        {% for rule in rules %}
        cast(null as varchar) as tl_before_{{ rule }}, 'in_time' as tl_after_{{ rule }},
        {% endfor %}
        {{ attributes | join(', ') }}
    from short_timed
    union all
    select
        dossier_key, version_batch_no, next_batch_no, next_row_batch_no, next_row_line_no,
        version_no, batch_no, line_no,
        case account
            when 'closed.resolved' then 'resolution'
            when 'closed.returned' then 'return'
            else 'withdrawal'
        end as movement,
        'open.processing' as from_account, account as to_account,
        unit_code as from_unit, unit_code as to_unit,
        closed_at as effective_at,
        {% for rule in rules %}
        case when overdue_{{ rule }} is null then 'in_time' else 'overdue' end
            as tl_before_{{ rule }},
        {{ closing_timeliness(
            rule,
            'ended_766_at' if rule == 'index_766' else 'closed_at',
            'closed_is_day', 'due_at', 'due_is_day',
        ) }} as tl_after_{{ rule }},
        {% endfor %}
        {{ attributes | join(', ') }}
    from short_timed
    where is_closed
    {% for moment in rules %}
    union all
    -- overdue: one movement per moment, changing every rule set that falls due then
    select
        dossier_key, version_batch_no, next_batch_no, next_row_batch_no, next_row_line_no,
        version_no, batch_no, line_no,
        'overdue' as movement,
        'open.processing' as from_account, 'open.processing' as to_account,
        unit_code as from_unit, unit_code as to_unit,
        overdue_{{ moment }} as effective_at,
        {% for rule in rules %}
        case when overdue_{{ rule }} < overdue_{{ moment }} then 'overdue' else 'in_time' end
            as tl_before_{{ rule }},
        case when overdue_{{ rule }} <= overdue_{{ moment }} then 'overdue' else 'in_time' end
            as tl_after_{{ rule }},
        {% endfor %}
        {{ attributes | join(', ') }}
    from short_timed
    where
        overdue_{{ moment }} is not null
        {% for earlier in rules[:loop.index0] %}
        and overdue_{{ earlier }} is distinct from overdue_{{ moment }}
        {% endfor %}
    {% endfor %}
),

-- B. The general way. What was seen, in order, with what a run of equal rows means
seen as (
    select
        *,
        account like 'open.%' and account <> 'open.processing' as is_paused,
        coalesce(history_before = history_no, false) as has_before
    from flagged
    where is_complex
),

seen_run as (
    select
        *,
        sum(case when has_before and account_before = account then 0 else 1 end) over in_order
            as run_no,
        lag(is_paused) over in_order as was_paused,
        lead(is_open) over in_order as is_open_next,
        lead(observed_local) over in_order as observed_next,
        lead(row_no) over in_order as row_next,
        last_value(
            case
                when account = 'open.processing' then struct_pack(at := due_at, is_day := due_is_day)
            end ignore nulls
        ) over (
            partition by dossier_key, history_no order by row_no
            rows between unbounded preceding and 1 preceding
        ) as due_before
    from seen
    window in_order as (partition by dossier_key, history_no order by row_no)
),

-- a due date that changed over a pause has moved on the day of resumption; any other change of a
-- due date corrects it
seen_piece as (
    select
        *,
        min(observed_local) over (partition by dossier_key, history_no, run_no) as run_since,
        sum(
            case
                when
                    coalesce(was_paused, false)
                    and not is_paused
                    and due_before is not null
                    and due_before is distinct from struct_pack(at := due_at, is_day := due_is_day)
                    then 1
                else 0
            end
        ) over (partition by dossier_key, history_no order by row_no) as piece_no
    from seen_run
),

-- each version with all that had been seen up to it
version_seen as (
    select
        version.dossier_key,
        version.version_batch_no,
        version.row_no as version_row_no,
        seen_piece.row_no,
        seen_piece.run_no,
        seen_piece.piece_no,
        seen_piece.account,
        seen_piece.unit_code,
        seen_piece.is_open,
        seen_piece.is_closed,
        seen_piece.is_paused,
        seen_piece.observed_local,
        seen_piece.run_since,
        seen_piece.end_at,
        seen_piece.end_is_day,
        seen_piece.end_766_at,
        seen_piece.due_at,
        seen_piece.due_is_day,
        seen_piece.batch_no,
        seen_piece.line_no,
        seen_piece.is_open_next,
        seen_piece.observed_next,
        seen_piece.row_next
    from version
    inner join seen_piece
        on
            version.dossier_key = seen_piece.dossier_key
            and version.history_no = seen_piece.history_no
            and version.row_no >= seen_piece.row_no
    where version.is_complex and version.account <> 'outside'
),

first_seen as (
    select
        dossier_key,
        version_batch_no,
        min(observed_local) as first_observed,
        min_by(unit_code, row_no) as first_unit
    from version_seen
    where account <> 'outside'
    group by
        dossier_key,
        version_batch_no
),

long_version as (
    select
        version.*,
        first_seen.first_unit,
        coalesce(version.received_at, first_seen.first_observed) as started_at,
        version.received_at is not null and version.received_is_day as started_is_day,
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

-- a closing that was followed by a sighting as open, and later by another closing, was a closing
kept_closing as (
    select
        version_seen.*,
        greatest(
            long_version.started_at, coalesce(version_seen.end_at, version_seen.run_since)
        ) as kept_at
    from version_seen
    inner join long_version
        on
            version_seen.dossier_key = long_version.dossier_key
            and version_seen.version_batch_no = long_version.version_batch_no
    where
        version_seen.is_closed
        and version_seen.is_open_next
        and long_version.is_closed
        and version_seen.row_next < version_seen.version_row_no
        and greatest(
            long_version.started_at, coalesce(version_seen.end_at, version_seen.run_since)
        ) < version_seen.observed_next
        and version_seen.observed_next <= long_version.closed_at
),

event as (
    select
        dossier_key, version_batch_no, started_at as effective_at, 0 as rank, 0 as row_no,
        'open' as mark, 'open.processing' as account, first_unit as unit_code, 0 as piece_no,
        batch_no, line_no, started_is_day as is_day, cast(null as timestamp) as end_766_at
    from long_version
    union all
    select
        dossier_key, version_batch_no, kept_at as effective_at, 1 as rank, row_no,
        'close' as mark, account, cast(null as varchar) as unit_code, piece_no,
        batch_no, line_no, coalesce(end_is_day, false) as is_day, end_766_at
    from kept_closing
    union all
    select
        dossier_key, version_batch_no, closed_at as effective_at, 1 as rank, row_no,
        'close' as mark, account, unit_code, piece_no,
        batch_no, line_no,
        case
            when end_at is null then false
            when end_at > started_at then end_is_day
            else started_is_day
        end as is_day,
        greatest(end_766_at, started_at) as end_766_at
    from long_version
    where is_closed
    union all
    select
        version_seen.dossier_key, version_seen.version_batch_no,
        greatest(version_seen.observed_local, long_version.started_at) as effective_at,
        case when kept_closing.row_next is null then 3 else 2 end as rank,
        version_seen.row_no,
        case when kept_closing.row_next is null then 'state' else 'open' end as mark,
        version_seen.account, version_seen.unit_code, version_seen.piece_no,
        version_seen.batch_no, version_seen.line_no, false as is_day,
        cast(null as timestamp) as end_766_at
    from version_seen
    inner join long_version
        on
            version_seen.dossier_key = long_version.dossier_key
            and version_seen.version_batch_no = long_version.version_batch_no
    left join kept_closing
        on
            version_seen.dossier_key = kept_closing.dossier_key
            and version_seen.version_batch_no = kept_closing.version_batch_no
            and version_seen.row_no = kept_closing.row_next
    where version_seen.is_open
),

event_marked as (
    select
        *,
        last_value(case when mark <> 'state' then mark end ignore nulls) over (
            partition by dossier_key, version_batch_no order by effective_at, rank, row_no
            rows between unbounded preceding and current row
        ) as last_mark
    from event
),

-- what was seen while the dossier was closed is late news, not an event
event_valid as (
    select
        *,
        coalesce(
            unit_code,
            last_value(unit_code ignore nulls) over (
                partition by dossier_key, version_batch_no order by effective_at, rank, row_no
                rows between unbounded preceding and current row
            )
        ) as known_unit
    from event_marked
    where mark <> 'state' or last_mark = 'open'
),

event_unit as (
    select
        *,
        case
            when lag(known_unit) over in_order is distinct from known_unit and mark <> 'close' then 1
            else 0
        end as is_unit_start
    from event_valid
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
        event_unit_run.dossier_key,
        event_unit_run.version_batch_no,
        event_unit_run.effective_at,
        event_unit_run.rank,
        event_unit_run.row_no,
        event_unit_run.account,
        case
            when long_version.is_closed and event_unit_run.unit_run = event_unit_run.unit_runs
                then long_version.unit_code
            else event_unit_run.known_unit
        end as unit_code,
        event_unit_run.piece_no,
        event_unit_run.batch_no,
        event_unit_run.line_no,
        event_unit_run.is_day,
        event_unit_run.end_766_at
    from event_unit_run
    inner join long_version
        on
            event_unit_run.dossier_key = long_version.dossier_key
            and event_unit_run.version_batch_no = long_version.version_batch_no
),

step_all as (
    select
        *,
        lag(account) over in_order as account_before,
        lag(unit_code) over in_order as unit_before,
        lag(piece_no) over in_order as piece_before
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

-- the due date of each piece between two moves: what the newest row that was not paused says
piece_row as (
    select
        dossier_key,
        version_batch_no,
        piece_no,
        coalesce(max(row_no) filter (where not is_paused), min(row_no)) as row_no
    from version_seen
    where account <> 'outside'
    group by
        dossier_key,
        version_batch_no,
        piece_no
),

wait as (
    select
        dossier_key,
        version_batch_no,
        effective_at,
        date_diff('day', cast(effective_at as date), cast(until_at as date)) as days,
        row_number() over (
            partition by dossier_key, version_batch_no order by step_no
        ) as request_no
    from step
    where account = 'open.awaiting_supplement' and account_before <> account
),

supplement as (
    select
        dossier_key,
        version_batch_no,
        max(case when request_no = 1 then days end) as first_wait_days,
        max(case when request_no = 2 then effective_at end) as second_request_at
    from wait
    group by
        dossier_key,
        version_batch_no
),

piece as (
    select
        piece_row.dossier_key,
        piece_row.version_batch_no,
        piece_row.piece_no,
        version_seen.due_at,
        version_seen.due_is_day,
        supplement.second_request_at,
        cast(
            version_seen.due_at
            + to_days(cast(coalesce(supplement.first_wait_days, 0) as integer)) as timestamp
        ) as due_766_at
    from piece_row
    inner join version_seen
        on
            piece_row.dossier_key = version_seen.dossier_key
            and piece_row.version_batch_no = version_seen.version_batch_no
            and piece_row.row_no = version_seen.row_no
    left join supplement
        on
            piece_row.dossier_key = supplement.dossier_key
            and piece_row.version_batch_no = supplement.version_batch_no
),

piece_due as (
    select
        *,
        {{ falls_due_at('by_date', 'due_at', 'due_is_day') }} as due_by_date,
        {{ falls_due_at('by_timestamp', 'due_at', 'due_is_day') }} as due_by_timestamp,
        least(
            {{ falls_due_at('index_766', 'due_766_at', 'due_is_day') }},
            second_request_at
        ) as due_index_766
    from piece
),

-- a dossier falls due while it is being processed; what fell due in a pause does so on resumption
piece_overdue as (
    select
        piece_due.dossier_key,
        piece_due.version_batch_no,
        piece_due.piece_no,
        {% for rule in rules %}
        min(greatest(piece_due.due_{{ rule }}, step.effective_at)) filter (
            where piece_due.due_{{ rule }} is not null
            and (
                step.until_at is null
                or step.until_at > greatest(piece_due.due_{{ rule }}, step.effective_at)
            )
        ) as overdue_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from piece_due
    inner join step
        on
            piece_due.dossier_key = step.dossier_key
            and piece_due.version_batch_no = step.version_batch_no
            and piece_due.piece_no = step.piece_no
            and step.account = 'open.processing'
    group by
        piece_due.dossier_key,
        piece_due.version_batch_no,
        piece_due.piece_no
),

step_judged as (
    select
        step.*,
        {% for rule in rules %}
        case
            when step.account_before like 'closed.%' then
                cast(null as varchar)
            when step.account_before is null then cast(null as varchar)
            when before.overdue_{{ rule }} < step.effective_at then 'overdue'
            else 'in_time'
        end as tl_before_{{ rule }},
        case
            when step.account like 'closed.%'
                then
                    {% if rule == 'index_766' %}
                    case
                        when piece_due.second_request_at is not null then 'late'
                        else
                            {{ closing_timeliness(
                                rule, 'coalesce(step.end_766_at, step.effective_at)',
                                'step.is_day', 'piece_due.due_766_at', 'piece_due.due_is_day',
                            ) }}
                    end
                    {% else %}
                    {{ closing_timeliness(
                        rule, 'step.effective_at', 'step.is_day', 'piece_due.due_at',
                        'piece_due.due_is_day',
                    ) }}
                    {% endif %}
            when here.overdue_{{ rule }} < step.effective_at then 'overdue'
            else 'in_time'
        end as tl_after_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step
    left join piece_overdue as before
        on
            step.dossier_key = before.dossier_key
            and step.version_batch_no = before.version_batch_no
            and step.piece_before = before.piece_no
    left join piece_overdue as here
        on
            step.dossier_key = here.dossier_key
            and step.version_batch_no = here.version_batch_no
            and step.piece_no = here.piece_no
    left join piece_due
        on
            step.dossier_key = piece_due.dossier_key
            and step.version_batch_no = piece_due.version_batch_no
            and step.piece_no = piece_due.piece_no
),

-- the timeliness with which a closing was closed, for the reopening that leaves it
step_chained as (
    select
        *,
        {% for rule in rules %}
        lag(tl_after_{{ rule }}) over (
            partition by dossier_key, version_batch_no order by step_no
        ) as tl_chain_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step_judged
),

long_step as (
    select
        dossier_key, version_batch_no, batch_no, line_no,
        case
            when account_before is null then 'receipt'
            when account_before like 'closed.%' then 'reopening'
            when account = 'closed.resolved' then 'resolution'
            when account = 'closed.returned' then 'return'
            when account = 'closed.withdrawn' then 'withdrawal'
            when account = 'open.processing' then 'resume'
            else 'pause'
        end as movement,
        coalesce(account_before, 'outside') as from_account,
        account as to_account,
        case
            when account_before is null then null
            when account_before like 'closed.%' then unit_before
            else unit_code
        end as from_unit,
        unit_code as to_unit,
        effective_at,
        step_no,
        {% for rule in rules %}
        coalesce(
            tl_before_{{ rule }},
            case when account_before like 'closed.%' then tl_chain_{{ rule }} end
        ) as tl_before_{{ rule }},
        tl_after_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step_chained
    where account_before is null or account_before <> account
    union all
    select
        dossier_key, version_batch_no, batch_no, line_no,
        'transfer' as movement,
        account_before as from_account,
        account_before as to_account,
        unit_before as from_unit,
        unit_code as to_unit,
        effective_at,
        step_no,
        {% for rule in rules %}
        tl_before_{{ rule }}, tl_before_{{ rule }} as tl_after_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from step_chained
    where
        account_before like 'open.%'
        and unit_before is distinct from unit_code
    {% for moment in rules %}
    union all
    select
        piece_overdue.dossier_key, piece_overdue.version_batch_no,
        long_version.batch_no, long_version.line_no,
        'overdue' as movement,
        'open.processing' as from_account,
        'open.processing' as to_account,
        step.unit_code as from_unit,
        step.unit_code as to_unit,
        piece_overdue.overdue_{{ moment }} as effective_at,
        step.step_no,
        {% for rule in rules %}
        case
            when piece_overdue.overdue_{{ rule }} < piece_overdue.overdue_{{ moment }}
                then 'overdue'
            else 'in_time'
        end as tl_before_{{ rule }},
        case
            when piece_overdue.overdue_{{ rule }} <= piece_overdue.overdue_{{ moment }}
                then 'overdue'
            else 'in_time'
        end as tl_after_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from piece_overdue
    inner join long_version
        on
            piece_overdue.dossier_key = long_version.dossier_key
            and piece_overdue.version_batch_no = long_version.version_batch_no
    inner join step
        on
            piece_overdue.dossier_key = step.dossier_key
            and piece_overdue.version_batch_no = step.version_batch_no
            and piece_overdue.piece_no = step.piece_no
            and step.account = 'open.processing'
            and step.effective_at <= piece_overdue.overdue_{{ moment }}
            and (
                step.until_at is null or piece_overdue.overdue_{{ moment }} < step.until_at
            )
    where
        piece_overdue.overdue_{{ moment }} is not null
        {% for earlier in rules[:loop.index0] %}
        and piece_overdue.overdue_{{ earlier }}
            is distinct from piece_overdue.overdue_{{ moment }}
        {% endfor %}
    {% endfor %}
),

long_movement as (
    select
        long_step.dossier_key, long_step.version_batch_no,
        version.next_batch_no, version.next_row_batch_no, version.next_row_line_no,
        version.version_no, long_step.batch_no, long_step.line_no,
        long_step.movement, long_step.from_account, long_step.to_account,
        long_step.from_unit, long_step.to_unit, long_step.effective_at,
        {% for rule in rules %}
        long_step.tl_before_{{ rule }}, long_step.tl_after_{{ rule }},
        {% endfor %}
        {% for attribute in attributes %}version.{{ attribute }}, {% endfor %}
        -- the same pause twice at one clamped moment is two movements
        row_number() over (
            partition by
                long_step.dossier_key, long_step.version_batch_no, long_step.movement,
                long_step.effective_at, long_step.from_account, long_step.to_account,
                long_step.from_unit, long_step.to_unit
            order by long_step.step_no
        ) as occurrence
    from long_step
    inner join version
        on
            long_step.dossier_key = version.dossier_key
            and long_step.version_batch_no = version.version_batch_no
),

final as (
    select
        *,
        1 as occurrence
    from short_movement
    union all
    select * from long_movement
)

select * from final
