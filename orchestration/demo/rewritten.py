"""What lists take back of what the ones before them told: from the lists, not by the ledger."""

from __future__ import annotations

from typing import Final

CREATE_REWRITTEN: Final = """
create table rewritten as
with row_told as (
    select
        *
        , state in ('done', 'handed_over', 'returned', 'withdrawn') as is_closed
        , if(kind = 'end_date_gone' and moment > mark, mark, null) as opened_at
    from watched
    where not is_set_aside and copy = 1
)
, dated as (
    -- of a register whole days
    select
        *
        , case
            when not is_closed then null
            when ended is null then
                min(moment) filter (is_closed and ended is null) over (partition by no)
            else greatest(received, ended)
        end as closed_at
        , min(ended) over (partition by no) as first_end
        , if(layout = 'B', 'day', 'minute') as grain
    from row_told
)
, told as (
    select
        no
        , code
        , unit
        , moment
        , layout
        , line
        , state
        , procedure
        , is_closed
        , date_trunc(grain, received) as receipt
        , date_trunc(grain, closed_at) as closing
        -- by the clock at the due time itself, by the day at its end
        , if(layout = 'B', null, due) as due_time
        , due::date + interval 1 day as due_day_over
        , least(moment, date_trunc(grain, closed_at)) as open_until
        , if(is_closed, first_end, null) as away_from
        , if(is_closed, opened_at, null) as away_to
    from dated
)
, overdue as (
    -- what fell due between a closing and its reopening is overdue from the reopening on
    select
        *
        , if(due_time between away_from and away_to, away_to, due_time) as from_time
        , if(due_day_over between away_from and away_to, away_to, due_day_over) as from_day
        , case when state = 'handed_over' then 'done' when is_closed then state end as closed_as
    from told
)
, movement as (
    select
        *
        , if(from_time < open_until, from_time, null) as overdue_by_clock
        , if(from_day < open_until and from_day is distinct from from_time, from_day, null)
            as overdue_by_day
    from overdue
)
, followed as (
    select
        lag(t) over (partition by no order by moment) as was
        , t as now
    from (select no, moment, movement as t from movement)
)
, compared as (
    select
        now
        , unnest([
            struct_pack(movement := 'receipt', before := was.receipt, after := now.receipt)
            , struct_pack(movement := 'closing', before := was.closing, after := now.closing)
            , struct_pack(
                movement := 'overdue', before := was.overdue_by_clock
                , after := now.overdue_by_clock
            )
            , struct_pack(
                movement := 'overdue', before := was.overdue_by_day, after := now.overdue_by_day
            )
        ], recursive := true)
        , was.closed_as is distinct from now.closed_as as is_closed_otherwise
        -- a movement carries its procedure
        , was.procedure <> now.procedure as is_of_another_procedure
    from followed
    where was is not null
)
select
    now.code as code
    , getvariable('unit_code')[now.unit] as unit
    , strftime(now.moment, '%Y-%m-%d') as day
    , file
    , now.line as line
    , movement
    , strftime(before, '%Y-%m-%d %H:%M') as before
    , strftime(after, '%Y-%m-%d %H:%M') as after
from compared
inner join list_file on now.moment = list_file.moment and now.layout = list_file.layout
where before is not null
    and (
        before is distinct from after
        or (movement = 'closing' and is_closed_otherwise)
        or is_of_another_procedure
    )
"""
"""What a list takes back of what the one before it told of a dossier: grain one movement."""
