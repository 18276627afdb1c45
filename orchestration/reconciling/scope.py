"""What is compared at once, and what may explain a difference: moved days, other readings."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orchestration.reconciling.computed import Counted
from orchestration.reconciling.view import Place, View
from orchestration.settings import PROJECT_DIR
from orchestration.stated_figures import Document
from orchestration.statements.model import Figure, Period

SHIFTS: Final = sorted(
    ((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (a, b) != (0, 0)),
    key=lambda shift: (abs(shift[0]) + abs(shift[1]), shift),
)
"""Days by which an office may have moved the first and the last day, the smallest first."""


@dataclass(frozen=True)
class Scope:
    """The figures of one document, level and period."""

    document: Document
    level: str
    period: Period
    place: Place
    figures: tuple[Figure, ...]

    @property
    def view(self) -> View:
        """As the document counts: its units at that level, its rules."""
        return self.view_of(self.place.units(self.level))

    def view_of(self, codes: tuple[str, ...], rule_set: str | None = None) -> View:
        """The same days over other units, or under other rules."""
        rules = rule_set or self.document.rule_set
        return View(codes, self.period.first, self.period.last, rules, self.document.issued_on)


@dataclass(frozen=True)
class Reading:
    """Another way to count that offices use (seed ``reading``)."""

    name: str
    kind: str
    figure: str
    value: str


@dataclass(frozen=True)
class Evidence:
    """``moved``: counts over the days that fit the report; ``views``: under other readings;
    ``likely``: how many figures of the report each reading reproduces."""

    moved: Counted | None
    views: Mapping[View, Counted]
    likely: Mapping[str, int]


def load_readings() -> tuple[Reading, ...]:
    """The readings of the seed."""
    path = PROJECT_DIR / "seeds" / "reading.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Reading(row["reading"], row["kind"], row["figure"], row["value"])
            for row in csv.DictReader(handle)
        )
