"""A question for figures: period, units, split, rule set, state of knowledge."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from orchestration.errors import HosoError

TOTAL: Final = "*"
"""The entry that holds all units."""


class RuleSet(StrEnum):
    """Readings of early, on time and late (``figures.md``, timeliness)."""

    BY_DATE = "by_date"
    BY_TIMESTAMP = "by_timestamp"
    INDEX_766 = "index_766"


class Split(StrEnum):
    """What figures can be split by, beside the unit."""

    UNIT = "unit"
    FIELD = "field"
    PROCEDURE = "procedure"
    CHANNEL = "channel"
    SOURCE_CHANNEL = "source_channel"
    MONTH = "month"
    HELP_UNIT = "help_unit"
    RECEPTION_UNIT = "reception_unit"


ROLES: Final = (Split.HELP_UNIT, Split.RECEPTION_UNIT)
"""Units beside the competent one: where a dossier was lodged with help, officially received."""

_MOST_MONTHS = 600
"""A slip in a year must not write millions of empty lines."""


@dataclass(frozen=True)
class Question:
    """What is asked. Both days are included; ``as_of`` is an instant (UTC), null for now.

    Without ``units``: one entry per unit with dossiers of its own, with ``rollup`` also the parents
    and the total. With ``units``: one entry each, with all below; ``rollup`` adds the lower ones.
    Units are mapped along their successions as of ``units_as_of`` (default: the last day).
    """

    first: date
    last: date
    units: tuple[str, ...] = ()
    by: str | None = None
    rule_set: str = "by_date"
    as_of: datetime | None = None
    units_as_of: date | None = None
    rollup: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be answered; usage errors."""
        if self.first > self.last:
            raise HosoError(f"The period ends ({self.last}) before it starts ({self.first}).", 2)
        if self.rule_set not in list(RuleSet):
            raise HosoError(f"Unknown rule set {self.rule_set!r}: {', '.join(RuleSet)}.", 2)
        if self.by is not None and self.by not in list(Split):
            raise HosoError(f"Cannot split by {self.by!r}: {', '.join(Split)}.", 2)
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if self.split == "month" and months > _MOST_MONTHS:
            raise HosoError(f"{months} months are asked for; at most {_MOST_MONTHS} are shown.", 2)

    @property
    def split(self) -> str | None:
        """The key beside the unit; null where there is none."""
        return None if self.by == "unit" else self.by

    @property
    def from_postings(self) -> bool:
        """Whether the daily sums do not know enough and the ledger itself must answer."""
        kept = {"field", "procedure", "source_channel", *ROLES}
        return self.as_of is not None or self.split in kept

    @property
    def known_by(self) -> datetime | None:
        """``as_of`` as the warehouse stores knowledge times: UTC without a zone."""
        return self.as_of.astimezone(UTC).replace(tzinfo=None) if self.as_of else None

    def periods(self) -> list[tuple[date, date]]:
        """The whole period, or its calendar months, cut to it."""
        if self.split != "month":
            return [(self.first, self.last)]
        months = []
        day = self.first
        while (day.year, day.month) < (self.last.year, self.last.month):
            following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
            months.append((day, following - timedelta(days=1)))
            day = following
        return [*months, (day, self.last)] if day <= self.last else months


def instant(text: str, zone: ZoneInfo) -> datetime:
    """``--as-of``: a bare date is the end of that day, a time without an offset is office time."""
    try:
        if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
            day = date.fromisoformat(text) + timedelta(days=1)
            end = datetime.combine(day, time(), zone) - timedelta(microseconds=1)
            return end.astimezone(UTC)
        if "W" in text:
            raise ValueError(text)  # of a week its end would be meant, and its Monday be read
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise HosoError(
            f"Not a date or time: {text!r}. Write 2026-01-31 or 2026-01-31T09:00.", 2
        ) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


@dataclass(frozen=True)
class Unit:
    """One row of ``dim_unit``; ``valid_to`` is exclusive.

    ``moves``: before each of these days (``dim_unit_validity``) the unit had that other parent.
    """

    code: str
    parent: str | None = None
    valid_to: date | None = None
    successor: str | None = None
    moves: tuple[tuple[date, str | None], ...] = ()

    @property
    def changes(self) -> tuple[date, ...]:
        """The days from which on the unit has another place."""
        ended = (self.valid_to,) if self.valid_to is not None and self.successor else ()
        return (*ended, *(day for day, _ in self.moves))

    def parent_on(self, day: date) -> str | None:
        """The unit above it on a day."""
        return next((parent for until, parent in self.moves if day < until), self.parent)


@dataclass
class Members:
    """Which units an entry adds up; columns of one table, as SQL takes them."""

    entry: list[str] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    is_current: list[bool] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    """Units whose work is carried on by another, each by the one of ``heir``."""
    heir: list[str] = field(default_factory=list)

    @property
    def overlap(self) -> bool:
        """Whether a unit is in more than one entry."""
        return len(set(self.unit)) < len(self.unit)

    def parameters(self) -> dict[str, Any]:
        """Named parameters of ``MEMBER_SQL``.

        A *leaf* is what is summed first: the entry itself where no unit is in two entries, else the
        unit.
        """
        return {
            "entry": self.entry,
            "member": self.unit,
            "leaf": self.unit if self.overlap else self.entry,
            "is_current": self.is_current,
            "ended": self.ended,
            "heir": self.heir,
        }


MEMBER_SQL: Final = """
member as (
    select
        unnest($entry::varchar[]) as entry,
        unnest($member::varchar[]) as unit_code,
        unnest($leaf::varchar[]) as leaf,
        unnest($is_current::boolean[]) as is_current
),

carried_on as (
    select
        unnest($ended::varchar[]) as unit_code,
        unnest($heir::varchar[]) as heir
)"""


def members(question: Question, units: Iterable[Unit]) -> Members:
    """The units of each entry that the question may have, successions and hierarchy applied.

    A unit that ends before the period starts is not current: its silence is no gap.
    """
    known = {unit.code: unit for unit in units}
    for code in question.units:
        if code != TOTAL and code not in known:
            raise HosoError(f"Unknown unit {code!r}. `hoso coverage` lists the units.", 2)
    wanted = set(question.units)
    result = Members()
    for unit in known.values():
        day = question.units_as_of or question.last
        path = [*_path(known, unit, day), TOTAL]
        if path[0] != unit.code:
            result.ended.append(unit.code)
            result.heir.append(path[0])
        for entry in _entries(unit.code, path, wanted, rollup=question.rollup):
            result.entry.append(entry)
            result.unit.append(unit.code)
            result.is_current.append(unit.valid_to is None or unit.valid_to > question.first)
    return result


def parents(units: Iterable[Unit], day: date) -> dict[str, str | None]:
    """Unit -> the unit above it on a day; of one that ended, of the unit that carries it on."""
    known = {unit.code: unit for unit in units}
    paths = {code: [*_path(known, unit, day)] for code, unit in known.items()}
    return {code: path[1] if len(path) > 1 else None for code, path in paths.items()}


def _entries(code: str, path: list[str], wanted: set[str], *, rollup: bool) -> Iterator[str]:
    if not wanted:
        yield from path if rollup else path[:1]
        return
    if code in wanted and code not in path:
        # asked for by its old code: a unit that went into another one still has its own past
        yield code
    highest = max((n for n, each in enumerate(path) if each in wanted), default=-1)
    yield from (each for each in path[: highest + 1] if rollup or each in wanted)


def _home(known: dict[str, Unit], unit: Unit, day: date) -> Unit:
    """The unit that carries on this one's work on ``day``."""
    seen = {unit.code}
    while unit.successor in known and unit.valid_to is not None and unit.valid_to <= day:
        unit = known[unit.successor]
        if unit.code in seen:
            break
        seen.add(unit.code)
    return unit


def _path(known: dict[str, Unit], unit: Unit, day: date) -> Iterator[str]:
    """The unit and those above it on a day; of one above that ended the unit that it went into."""
    seen: set[str] = set()
    above: Unit | None = unit
    while above is not None:
        above = _home(known, above, day)
        if above.code in seen:
            break
        seen.add(above.code)
        yield above.code
        above = known.get(above.parent_on(day) or "")
