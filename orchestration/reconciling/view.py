"""Which units a stated figure counts, over which days, under which rules. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestration.reporting.question import Question, Unit, members
from orchestration.statements.model import Period

_COUNTED_AT = {"province": frozenset({"province", "department"})}
"""Departments do the work of the province's level; other levels count themselves."""


@dataclass(frozen=True)
class View:
    """Units, days, rules: what figures are computed of.

    ``cut``: the report's day; what lists of later days show was not known to whoever wrote it.
    """

    units: tuple[str, ...]
    first: date
    last: date
    rule_set: str
    cut: date | None

    def shifted(self, first: int, last: int) -> "View":
        """The same with days moved; null-sized periods stay as they are."""
        moved = self.first + timedelta(days=first), self.last + timedelta(days=last)
        return replace(self, first=moved[0], last=moved[1]) if moved[0] <= moved[1] else self


@dataclass(frozen=True)
class Place:
    """Units of one office, by the level that a report speaks of."""

    own: str
    below: tuple[str, ...]
    levels: Mapping[str, str | None]

    def units(self, level: str) -> tuple[str, ...]:
        """``all``: the unit with all below; a level: those of them at that level."""
        every = (self.own, *self.below)
        if level == "all":
            return every
        wanted = _COUNTED_AT.get(level, frozenset({level}))
        return tuple(code for code in every if self.levels.get(code) in wanted)

    def counted(self, how: str) -> tuple[str, ...]:
        """Units of another reading: ``own``, ``all`` or ``below``."""
        return {"own": (self.own,), "all": (self.own, *self.below), "below": self.below}[how]


def place_of(
    code: str, period: Period, units: Iterable[Unit], levels: Mapping[str, str | None]
) -> Place:
    """The unit and what is below it, as of the period's last day, successions applied."""
    chosen = members(Question(period.first, period.last, units=(code,)), units)
    below = tuple(sorted(set(chosen.unit) - {code}))
    return Place(code, below, levels)
