"""What an office knew of a month from the month's last list, and what all lists say of it now.

Follows from the lives and from the planted phenomena, not from the ledger: the rules are those of
``docs/decisions/004-demo.md``, under ``by_date`` (and ``by_timestamp`` where it is said).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

LATE_SYNC: Final = "late_sync"
REWRITTEN: Final = "rewritten"
FIGURES: Final = {
    "received_total": "received >= first or is_carried",
    "received_new": "received >= first",
    "carried_over": "is_carried",
    "resolved_total": "closing = 'done'",
    "resolved_early": "closing = 'done' and closed_at::date < due::date",
    "resolved_on_time": "closing = 'done' and closed_at::date = due::date",
    "resolved_late": "closing = 'done' and closed_at::date > due::date",
    "returned": "closing = 'returned'",
    "withdrawn": "closing = 'withdrawn'",
    "open_total": "closing is null",
    "open_in_time": "closing is null and open_due >= last_day",
    "open_overdue": "closing is null and open_due < last_day",
}
"""Figure -> condition over ``told``."""
_BY_TIMESTAMP: Final = {
    "resolved_early": "closing = 'done' and closed_at < due",
    "resolved_on_time": "closing = 'done' and closed_at = due",
    "resolved_late": "closing = 'done' and closed_at > due",
    "open_in_time": "closing is null and open_due > last_day",
    "open_overdue": "closing is null and open_due <= last_day",
}
_REWRITING: Final = (
    "finish_reset",
    "due_changed_without_pause",
    "end_date_gone",
    "receipt_moved",
    "end_moved",
    "end_backdated",
    "closing_changed",
)


@dataclass
class Facts:
    """Figures of one office and month. ``twice``: what dossiers add that also stand in its list but
    count elsewhere. ``is_told`` is false where a dossier moved or was opened again."""

    is_told: bool
    known: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    later: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    rewritten: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    twice: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    by_timestamp: dict[str, int] = field(default_factory=dict)

    def late(self) -> dict[str, dict[str, int]]:
        """Figure -> cause -> what later lists brought; only figures that differ now."""
        found = {}
        for name, known in self.known.items():
            change = self.later[name] - known
            parts = {REWRITTEN: self.rewritten[name], LATE_SYNC: change - self.rewritten[name]}
            if change:
                found[name] = {cause: n for cause, n in parts.items() if n}
        return found


_TOLD: Final = """
create or replace table told as
with month as (
    select
        $first::timestamp as first
        , $moment::timestamp as moment
        , $after::timestamp as after
        , $after::date - 1 as last_day
        , (select max(moment) from list_file) as ever
)
, asked as (
    select 'known' as side, moment as upto from month
    union all
    select 'later', ever from month
)
, shown as (
    -- a row that is set aside says nothing; of a clean dossier every list says what is true
    select no, min(moment) as first_known from watched where not is_set_aside group by no
)
, touched as (
    select life.*, asked.side, asked.upto, month.*
    from life
    cross join month
    cross join asked
    left join shown using (no)
    where received < month.after
        and (life.kind is not null or finished >= month.first)
        and if(life.kind is null, received, first_known) <= asked.upto
)
, counted as (
    from touched
    union all
    -- nobody has ruled that the second code is the same dossier
    from touched where kind = 'duplicate'
)
, dated as (
    select
        *
        , case
            when kind = 'missing' then null
            -- the false end stands where the dossier was closed again, too
            when kind = 'end_date_gone' and mark > moment
                then if(upto < mark or finished <= ever, alternative, null)
            when finished > upto or (kind = 'late_sync' and mark > upto) then null
            when kind = 'end_before_start' then received
            when kind = 'closed_without_end_date' then mark
            when kind in ('finish_reset', 'end_moved', 'end_backdated') and mark <= upto
                then alternative
            else finished
        end as ended
        , case
            when kind = 'end_date_gone' and mark > moment then 'done'
            when kind = 'closing_changed' and mark > upto
                then if(ending = 'done', 'returned', 'done')
            else ending
        end as ending_told
        , if(kind = 'transfer' and mark <= moment, other_unit, unit) as office
        , next_export(pause_from) as pause_seen
        , if(kind = 'due_changed_without_pause' and mark <= upto, alternative, due) as due_told
    from counted
)
select
    side
    , no
    , kind
    , office
    , unit
    , other_unit
    , mark
    , first
    , moment
    , last_day
    , received
    , received < first and coalesce(ended >= first, true) as is_carried
    , if(ended < after, ending_told, null) as closing
    , if(ended < after, ended, null) as closed_at
    , if(pause_to <= least(upto, ended, after), due_after_pause, due_told) as due
    -- while it waits it cannot become overdue; the pause counts from the list that shows it
    , case
        when pause_seen <= moment and pause_to > moment
            then if(due::date < pause_seen::date, due::date, 'infinity')
        when pause_to <= moment then due_after_pause::date
        else due_told::date
    end as open_due
    , (kind = 'transfer' and mark between first and moment)
        or (kind = 'end_date_gone' and mark <= moment and finished >= first) as is_odd
from dated
where coalesce(ended >= first, true)
"""


def _counted(conditions: dict[str, str], prefix: str, where: str) -> str:
    return "".join(
        f", count(*) filter (where ({condition}) and {where}) as {prefix}_{name}"
        for name, condition in conditions.items()
    )


def facts_of(
    connection: duckdb.DuckDBPyConnection, first: date, moment: datetime
) -> dict[str, Facts]:
    """Unit code -> facts of the month whose last list is that of ``moment``."""
    after = (first + timedelta(days=31)).replace(day=1)
    connection.execute(_TOLD, {"first": first, "moment": moment, "after": after})
    rewriting = f"kind in {_REWRITING}"
    columns = (
        _counted(FIGURES, "known", "side = 'known'")
        + _counted(FIGURES, "later", "side = 'later'")
        + _counted(FIGURES, "before", f"side = 'known' and {rewriting}")
        + _counted(FIGURES, "after", f"side = 'later' and {rewriting}")
        + _counted(_BY_TIMESTAMP, "clock", "side = 'known'")
    )
    found: dict[str, Facts] = {}
    asked = connection.execute(
        f"select getvariable('unit_code')[office] as code, bool_or(is_odd) as is_odd {columns}"
        " from told group by office"
    )
    names = [column[0] for column in asked.description or ()]
    for values in asked.fetchall():
        row = dict(zip(names, values, strict=True))
        found[row["code"]] = Facts(
            is_told=not row["is_odd"],
            known={name: row[f"known_{name}"] for name in FIGURES},
            later={name: row[f"later_{name}"] for name in FIGURES},
            rewritten={name: row[f"after_{name}"] - row[f"before_{name}"] for name in FIGURES},
            by_timestamp={name: row[f"clock_{name}"] for name in _BY_TIMESTAMP},
        )
    _add_twice(connection, found)
    return found


def _add_twice(connection: duckdb.DuckDBPyConnection, found: dict[str, Facts]) -> None:
    """Dossiers in the list of another unit as well, and offices that a transfer leaves or joins."""
    twice = connection.execute(
        f"select getvariable('unit_code')[other_unit] {_counted(FIGURES, 'twice', 'true')}"
        " from told where side = 'known' and kind = 'listed_twice' and mark <= moment"
        " group by other_unit"
    )
    for code, *values in twice.fetchall():
        if code in found:
            found[code].twice = dict(zip(FIGURES, values, strict=True))
    moved = connection.execute(
        "select distinct getvariable('unit_code')[unnest([unit, other_unit])] from told"
        " where kind = 'transfer' and is_odd"
    )
    for (code,) in moved.fetchall():
        if code in found:
            found[code].is_told = False
