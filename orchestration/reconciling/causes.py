"""From numbers to causes: how a difference is split. Pure.

The parts always add up to the difference exactly; what is left is ``unexplained``. The order is
that of figures.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

PERIOD_BOUNDARY: Final = "period_boundary"
OTHER_READING: Final = "other_reading"
UNEXPLAINED: Final = "unexplained"
OTHER_UNIT: Final = "other_unit"


@dataclass(frozen=True)
class Split:
    """``causes`` without zeros, signed as computed − stated; ``reading`` that leaves nothing."""

    causes: Mapping[str, int]
    reading: str | None = None


def split(
    difference: int,
    late: Mapping[str, int],
    twice: int,
    boundary: int,
    readings: Iterable[tuple[str, int]],
) -> Split:
    """Causes of one difference.

    ``late``: cause → what lists of later days changed. ``twice``: what dossiers add that these
    units' lists show, too. ``boundary``: computed − computed over the days that fit the whole
    report, 0 where none do. ``readings``: name and computed − what that reading computes.
    """
    causes = {cause: amount for cause, amount in late.items() if amount}
    left = difference - sum(causes.values())
    # whether an office counts what stands in two lists is not known: only where it explains
    if twice and abs(left + twice) < abs(left):
        causes[OTHER_UNIT] = causes.get(OTHER_UNIT, 0) - twice
        left += twice
    if boundary and left == boundary:
        causes[PERIOD_BOUNDARY] = boundary
        left = 0
    reading = next((name for name, shift in readings if left and shift == left), None)
    if reading is not None:
        causes[OTHER_READING] = left
        left = 0
    if left:
        causes[UNEXPLAINED] = left
    return Split({cause: amount for cause, amount in causes.items() if amount}, reading)
