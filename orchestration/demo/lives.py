"""What really happens to every dossier of the province: one row a life, in table ``life``.

Here belongs what is true; what a list says about it, planted faults included, is in ``lists.py``.
All chance is a hash of seed, running number and purpose: no order of rows or threads matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from orchestration.demo.province import (
    Procedure,
    Unit,
    running_number,
    working_days,
)

if TYPE_CHECKING:
    import duckdb

FIRST_DAY: Final = date(2025, 7, 1)
LAST_DAY: Final = date(2026, 9, 30)
HORIZON: Final = date(2027, 9, 30)
"""Later than any due date or end of a dossier received by ``LAST_DAY``."""
EXPORT_TIME: Final = time(17, 30)
DAILY_DAYS: Final = 10
QUIET_FROM: Final = date(2026, 9, 21)
"""The Monday since which one unit has next to nothing and another only a part of its usual."""
QUIET_UNITS: Final = {"silent_unit": ("H99.33", 0), "volume_drop": ("H99.38", 20)}
"""Kind -> unit, and what is left of its usual receipts, in percent."""
OWNERS_MOST: Final = 1_000_000
"""Longer demos measure speed: their lists leave the column of the owner's ID number empty."""

LEVELS: Final = ("department", "district", "commune")


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of all dossiers, unless a comment says of which."""

    night: float = 0.02  # of working days: online, after office hours
    late: float = 0.02  # finished after the due day
    on_due_day: float = 0.20
    never: float = 0.001  # not finished for as long as we look: open and overdue
    returned: float = 0.025
    withdrawn: float = 0.010
    paused: float = 0.10  # kept only where a list shows the pause: about 2 %
    awaiting_payment: float = 0.20  # of the pauses
    halted: float = 0.10  # of the pauses


@dataclass(frozen=True, slots=True)
class Planted:
    """Candidates for each phenomenon; those whose life allows it carry it (comment: how many)."""

    unmapped_status: float = 0.0015  # all of them but in the register
    impossible_date: float = 0.0015  # all
    repeated_row: float = 0.0015  # all
    end_before_start: float = 0.0015  # nearly all: those that finish
    listed_twice: float = 0.006  # a third: open at the first list
    missing: float = 0.004  # a tenth: open at two lists running
    reappeared: float = 0.012  # a tenth
    finish_reset: float = 0.04  # a fiftieth: finished late
    late_sync: float = 0.002  # nearly all: finished before the last list
    due_changed_without_pause: float = 0.004  # a third
    transfer: float = 0.05  # a tenth
    closed_without_end_date: float = 0.002  # nearly all
    open_with_end_date: float = 0.005  # a third
    end_date_gone: float = 0.015  # a tenth
    duplicate: float = 0.002  # all
    receipt_moved: float = 0.006  # a third
    end_moved: float = 0.002  # nearly all
    end_backdated: float = 0.03  # a fiftieth: finished late
    closing_changed: float = 0.002  # nearly all
    procedure_changed: float = 0.006  # a third


KINDS: Final = tuple(field.name for field in fields(Planted))
STATUS_KINDS: Final = (
    "unmapped_status",
    "listed_twice",
    "finish_reset",
    "transfer",
    "closed_without_end_date",
    "open_with_end_date",
    "duplicate",
    "end_moved",
    "end_backdated",
    "closing_changed",
    "procedure_changed",
)
"""What a register without status, unit and clock cannot show."""
EDITED_AFTER_CLOSING: Final = (
    "finish_reset",
    "late_sync",
    "end_moved",
    "end_backdated",
    "closing_changed",
)
"""Edits that stand in the lists of their month, whenever the dossier was closed."""


@dataclass(frozen=True, slots=True)
class Export:
    """One moment at which every list is exported: dossiers handled in [first, day]."""

    first: date
    day: date

    @property
    def at(self) -> datetime:
        """Office time of the export."""
        return datetime.combine(self.day, EXPORT_TIME)


def exports() -> list[Export]:
    """Fifteen month ends and the last ten days, ascending; the last month end is both."""
    days = {LAST_DAY - timedelta(days=n) for n in range(DAILY_DAYS)}
    first = FIRST_DAY
    while first <= LAST_DAY:
        following = (first + timedelta(days=31)).replace(day=1)
        days.add(following - timedelta(days=1))
        first = following
    return [Export(day.replace(day=1), day) for day in sorted(days)]


def create_lives(
    connection: duckdb.DuckDBPyConnection,
    units: Sequence[Unit],
    procedures: Sequence[Procedure],
    dossiers: int,
    seed: int,
) -> None:
    """Fill table ``life``: grain one dossier, ``no`` ascending from 1 by day of receipt and unit.

    Instants are office wall clock in whole minutes; ``infinity`` = not within the time we look at.
    """
    _set_lookups(connection, units, procedures, dossiers)
    connection.execute(f"create macro draw(no, purpose) as {_draw(seed)}")
    connection.execute(
        "create macro next_export(t) as getvariable('export_from')["
        f"date_diff('day', date '{FIRST_DAY}', (t + interval 389 minute)::date) + 1]"
    )
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    connection.execute(f"create type planted as enum ({kinds})")
    connection.execute(_CELLS, {"dossiers": dossiers})
    # A table between, because the few cells alone would keep a single thread busy.
    connection.execute(_BORN)
    connection.execute(_lives_sql(Rates(), Planted()))
    connection.execute("drop table born")


def _draw(seed: int) -> str:
    """SQL of an even number in [0, 1) for dossier ``no``; each purpose has a number of its own."""
    start = f"{seed % 2**27}::ubigint << 36"
    return (
        f"(hash(({start}) + no::ubigint * 64 + purpose::ubigint) >> 11)::double / 9007199254740992"
    )


def _set_lookups(
    connection: duckdb.DuckDBPyConnection,
    units: Sequence[Unit],
    procedures: Sequence[Procedure],
    dossiers: int,
) -> None:
    """Small tables, and list variables of them: a lookup in a list keeps rows in their order."""
    days = working_days(FIRST_DAY, HORIZON)
    numbers = running_number(days, FIRST_DAY, HORIZON)
    moments = exports()
    connection.execute(
        "create table unit (number utinyint, code varchar, name varchar, level varchar,"
        " parent varchar, layout varchar, weight integer)"
    )
    connection.executemany(
        "insert into unit values (?, ?, ?, ?, ?, ?, ?)",
        [[u.number, u.code, u.name, u.level, u.parent, u.layout, u.weight] for u in units],
    )
    slots = [
        procedure.number
        for level in LEVELS
        for procedure in procedures
        if procedure.level == level
        for _ in range(procedure.slots)
    ]
    movable = [unit.number for unit in units if unit.layout != "B"]
    lists: dict[str, tuple[str, list[object]]] = {
        "unit_code": ("varchar", [u.code for u in units]),
        "unit_name": ("varchar", [u.name for u in units]),
        "unit_layout": ("varchar", [u.layout for u in units]),
        "unit_level": ("integer", [LEVELS.index(u.level) for u in units]),
        "movable": ("utinyint", list(movable)),
        "slot": ("utinyint", list(slots)),
        "procedure_name": ("varchar", [p.name for p in procedures]),
        "procedure_field": ("varchar", [p.field for p in procedures]),
        "procedure_code": ("varchar", [p.code for p in procedures]),
        "procedure_fee": ("boolean", [p.fee for p in procedures]),
        "limit_amount": ("integer", [p.limit for p in procedures]),
        "limit_unit": ("varchar", [p.limit_unit for p in procedures]),
        "work_day": ("date", list(days)),
        "work_number": ("integer", list(numbers)),
        "export_from": (
            "timestamp",
            [
                next((m.at for m in moments if m.day >= FIRST_DAY + timedelta(days=n)), None)
                for n in range((HORIZON - FIRST_DAY).days + 1)
            ],
        ),
    }
    connection.execute(f"set variable has_owners = {dossiers <= OWNERS_MOST}")
    for name, (kind, values) in lists.items():
        literal = ", ".join("null" if v is None else quoted(v) for v in values)
        connection.execute(f"set variable {name} = [{literal}]::{kind}[]")


def quoted(value: object) -> str:
    """A literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


_LEFT = " ".join(f"when '{code}' then {left}" for code, left in QUIET_UNITS.values())

_CELLS = f"""
create table cell as
with day as (
    select
        unnest(range(date '{FIRST_DAY}', date '{LAST_DAY}' + 1, interval 1 day))::date as day
)
, numbered as (
    select
        day
        , getvariable('work_number')[date_diff('day', date '{FIRST_DAY}', day) + 1] as work_number
    from day
)
, weighted as (
    select
        day
        , work_number
        , getvariable('work_day')[work_number] is not distinct from day as is_working
        , number as unit
        -- Mondays and the first days after a holiday are full; on days off a few come in online.
        , weight * case
            when getvariable('work_day')[work_number] is distinct from day then 2
            when getvariable('work_day')[work_number - 1] = day - 1 then 100
            else 135
        end * (80 + hash(date_diff('day', date '{FIRST_DAY}', day) * 64 + number) % 41)::bigint
        * if(day < date '{QUIET_FROM}', 100, case code {_LEFT} else 100 end)
            as weight
    from numbered
    cross join unit
)
, summed as (
    -- Whole numbers, so that the shares add up to exactly the dossiers asked for.
    select
        *
        , sum(weight) over (
            order by day, hash(date_diff('day', date '{FIRST_DAY}', day) * 64 + unit + 7), unit
        )::hugeint as reached
        , sum(weight) over ()::hugeint as whole
    from weighted
)
select
    day
    , work_number
    , is_working
    , unit
    , ((reached - weight) * $dossiers // whole)::integer as before
    , (reached * $dossiers // whole)::integer as upto
from summed
order by day, reached
"""

_BORN = """
create table born as
select
    unnest(range(before + 1, upto + 1))::integer as no
    , before
    , day
    , work_number::smallint as work_number
    , is_working
    , unit
from cell
where upto > before
order by before
"""


def _lives_sql(rates: Rates, planted: Planted) -> str:
    """One pass over ``born``; each step names what the next one needs."""
    return f"""
create table life as
with received as (
    select
        *
        , is_working and (day = date '{LAST_DAY}' or draw(no, 1) >= {rates.night}) as in_office
        , draw(no, 2) as at_draw
        , getvariable('slot')[
            getvariable('unit_level')[unit] * 100 + 1 + floor(draw(no, 3) * 100)::integer
        ] as procedure
    from born
)
, timed as (
    select
        *
        , case
            when not is_working then 480 + floor(at_draw * 840)
            when not in_office then 1080 + floor(at_draw * 300)
            when at_draw < 0.55 then 450 + floor(at_draw / 0.55 * 240)
            else 810 + floor((at_draw - 0.55) / 0.45 * 195)
        end::integer as minute
        , getvariable('limit_amount')[procedure] as limit_amount
        , getvariable('limit_unit')[procedure] as limit_unit
    from received
)
, counted as (
    -- received after the cut-off hour of 15:00, or on a day off: counts from the next morning
    select
        *
        , day + to_minutes(minute) as received
        , (minute >= 900 or not is_working)::integer as delay
    from timed
)
, due_day as (
    select
        *
        , case limit_unit
            when 'working_day' then work_number + delay + limit_amount
            when 'hour' then work_number + 1
            else 1 + getvariable('work_number')[
                date_diff('day', date '{FIRST_DAY}', day) + delay + limit_amount
            ]
        end::integer as due_number
    from counted
)
, worked as (
    select
        *
        , getvariable('work_day')[due_number]
            + to_minutes(if(limit_unit = 'hour' and delay = 0, minute, 1020)) as due
        , draw(no, 4) as speed
        , due_number - work_number - delay as span
    from due_day
)
, ended as (
    select
        *
        , case
            when speed < {rates.late} then due_number + 1 + floor(30 * pow(draw(no, 5), 3))
            when speed < {rates.late + rates.on_due_day} then due_number
            else work_number + delay + floor(span * sqrt(draw(no, 5)))
        end::integer as end_number
        , draw(no, 6) < {rates.never} as never_ends
        , floor(draw(no, 7) * 410)::integer as end_minute
        , if(end_minute < 210, 480, 600) + end_minute as office_minute
    from worked
)
, paused as (
    -- from 10:00 of a day before the end until 9:00 some working days later
    select
        *
        , if(
            draw(no, 8) < {rates.paused} and end_number >= work_number + 2 and not never_ends
                and getvariable('unit_layout')[unit] <> 'B'
            , work_number + 1 + floor(draw(no, 9) * (end_number - work_number - 1))::integer
            , null
        ) as pause_number
        , 2 + floor(draw(no, 10) * 12)::integer as pause_length
    from ended
)
, pause_timed as (
    select
        *
        , getvariable('work_day')[pause_number] + interval 10 hour as pause_from
        , getvariable('work_day')[pause_number + pause_length] + interval 9 hour as pause_to
    from paused
)
, pause_seen as (
    -- A pause that no list shows would move the due date without a reason: none such happen.
    select
        *
        , pause_number is not null and coalesce(next_export(pause_from) < pause_to, false)
            as is_paused
    from pause_timed
)
, finished as (
    select
        * replace (end_number + if(is_paused, pause_length, 0) as end_number)
        , case
            when never_ends then timestamp 'infinity'
            when end_number = work_number and not is_paused
                then received + to_minutes(15 + end_minute % 90)
            -- nothing ends by chance in the very minute in which it is due
            else getvariable('work_day')[end_number + if(is_paused, pause_length, 0)]
                + to_minutes(
                    office_minute + (limit_unit = 'hour' and office_minute = minute)::integer
                )
        end as finished
        , draw(no, 11) as ending_draw
        , if(is_paused, null, {_candidate(planted)}) as candidate
    from pause_seen
)
, seen as (
    select
        *
        , if(candidate is null, null, next_export(received)) as first_seen
        , if(candidate is null or finished = 'infinity', null, next_export(finished)) as end_seen
    from finished
)
, following as (
    select
        *
        , next_export(first_seen + interval 1 minute) as second_seen
        , next_export(end_seen + interval 1 minute) as end_seen_again
    from seen
)
, chosen as (
    select
        *
        , {_mark()} as mark
    from following
)
select
    no
    , (no - before)::integer as serial
    , unit
    , procedure
    , received
    , due
    , if(is_paused, pause_from, null) as pause_from
    , if(is_paused, pause_to, null) as pause_to
    , if(
        is_paused
        , getvariable('work_day')[due_number + pause_length] + (due - due::date)
        , null
    ) as due_after_pause
    , case
        when draw(no, 12) < {rates.halted} then 'halted'
        when draw(no, 12) < {rates.halted + rates.awaiting_payment} then 'payment'
        else 'supplement'
    end::enum ('supplement', 'payment', 'halted') as pause_state
    , finished
    , case
        when getvariable('unit_layout')[unit] = 'B' then 'done'
        when ending_draw < {rates.returned} then 'returned'
        when ending_draw < {rates.returned + rates.withdrawn} then 'withdrawn'
        else 'done'
    end::enum ('done', 'returned', 'withdrawn') as ending
    , if(
        finished = 'infinity'
        , finished
        , getvariable('work_day')[end_number + floor(draw(no, 13) * 4)::integer]
            + interval 17 hour
    ) as handed_over
    , if(mark is null, null, candidate)::planted as kind
    , mark
    , if(mark is null, null, {_alternative()}) as alternative
    , if(
        mark is not null and candidate in ('listed_twice', 'transfer')
        , {_other_unit()}
        , null
    ) as other_unit
from chosen
"""


def _candidate(planted: Planted) -> str:
    """Adjacent stretches of one draw, so that a dossier carries at most one phenomenon."""
    start, cases = 0.0, []
    for kind in KINDS:
        start += getattr(planted, kind)
        cases.append(f"when draw(no, 20) < {start:.6f} then '{kind}'")
    banned = ", ".join(f"'{kind}'" for kind in STATUS_KINDS)
    picked = f"case {' '.join(cases)} end"
    return (
        f"if(getvariable('unit_layout')[unit] = 'B' and ({picked}) in ({banned}), null, {picked})"
    )


def _mark() -> str:
    """The export at which the phenomenon shows; null where the life has no room for it."""
    return """case
            when candidate in ('unmapped_status', 'impossible_date', 'repeated_row', 'duplicate')
                then first_seen
            when candidate = 'open_with_end_date' and finished > first_seen then first_seen
            when candidate in ('end_before_start', 'closed_without_end_date') then end_seen
            when candidate in ('late_sync', 'end_moved', 'closing_changed') then end_seen_again
            when candidate in ('finish_reset', 'end_backdated') and finished > due
                then end_seen_again
            -- within a month: whose receipt it is, the lists of two months would see differently
            when candidate = 'receipt_moved' and finished > first_seen and day(received) > 1
                then second_seen
            when candidate in ('listed_twice', 'due_changed_without_pause', 'procedure_changed')
                and finished > first_seen then second_seen
            when candidate in ('transfer', 'missing', 'end_date_gone')
                and finished > second_seen then second_seen
            when candidate = 'reappeared' and finished > second_seen
                then next_export(second_seen + interval 1 minute)
        end"""


def _alternative() -> str:
    """The other instant that the phenomenon needs: a false end, a moved date, a first list."""
    return """case candidate
        when 'end_before_start' then received - to_days(1 + no % 3)
        when 'finish_reset' then due
        when 'receipt_moved' then received - interval 1 day
        when 'end_moved' then finished + interval 1 day
        when 'end_backdated' then due - interval 30 minute
        when 'due_changed_without_pause' then due + to_days(7 + 7 * (no % 2))
        when 'reappeared' then first_seen
        when 'open_with_end_date'
            then greatest(received + interval 20 minute, first_seen::date + interval 9 hour)
        when 'end_date_gone'
            then greatest(received + interval 20 minute, first_seen::date + interval 9 hour)
    end"""


def _other_unit() -> str:
    """Any unit but its own, never the one that keeps a register."""
    return (
        "getvariable('movable')[1 + (list_position(getvariable('movable'), unit)"
        " + floor(draw(no, 21) * (len(getvariable('movable')) - 1))::integer)"
        " % len(getvariable('movable'))]"
    )
