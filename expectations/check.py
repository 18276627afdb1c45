"""One check, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from expectations.meanings_vi import meaning_vi
from expectations.titles_vi import expected_vi, title_vi

Severity = Literal["blocking", "warning"]
Status = Literal["passed", "failed", "errored", "not_applicable"]
Owner = Literal["warehouse", "office", "catalogue"]
"""Who acts on a hit: who runs the warehouse, the office that sent the list, who keeps units and
procedures.
"""

MAX_ROWS = 1000
"""So many failing rows of a check are kept; ``failing`` counts all of them."""


@dataclass(frozen=True)
class Check:
    """An expectation over a frame.

    ``name`` is ``<suite>.<what>``, ASCII. ``expectation`` is the class name in Great Expectations
    and ``arguments`` what it takes. A failing row of the frame stands for ``count_column`` things
    (1 where that is null).
    """

    name: str
    owner: Owner
    severity: Severity
    meaning: str
    """One sentence: what a hit means and what to do."""
    expected: str
    expectation: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    count_column: str | None = None
    own_title_vi: str | None = None
    own_expected_vi: str | None = None
    """Title and expectation in Vietnamese of a check that follows from a seed."""

    @property
    def title_vi(self) -> str:
        """What it is called in Vietnamese (``titles_vi.py``)."""
        return self.own_title_vi or title_vi(self.name)

    @property
    def expected_vi(self) -> str:
        """What it expects, in Vietnamese."""
        return self.own_expected_vi or expected_vi(self.name, self.expected)

    @property
    def meaning_vi(self) -> str:
        """The same sentence in Vietnamese (``meanings_vi.py``)."""
        return meaning_vi(self.name)


@dataclass(frozen=True)
class Outcome:
    """What a check said of one frame; ``rows`` are its first failing rows.

    ``by_unit``: how much of ``failing`` is of which unit, where the frame tells units.
    """

    check: Check
    status: Status
    observed: str
    failing: int = 0
    rows: tuple[Mapping[str, Any], ...] = ()
    by_unit: Mapping[str, int] = field(default_factory=dict)


def errored(check: Check, why: str) -> Outcome:
    """The check could not be carried out: never the same as data that fail it."""
    return Outcome(check, "errored", why.strip().splitlines()[0] if why.strip() else "no message")
