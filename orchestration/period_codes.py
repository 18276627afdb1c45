"""Reporting periods without a warehouse: the same codes and days as ``dim_period``. Pure.

Schedules and partitions need them before anything is built; a test compares both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 2009
LAST_YEAR: Final = 2031
"""The years of ``dim_date``."""

SPANS: Final = (("month", 1), ("quarter", 3), ("half", 6), ("nine_months", 9), ("year", 12))


@dataclass(frozen=True)
class Period:
    """A reporting period of domain.md §6; both days are included."""

    code: str
    kind: str
    scheme: str
    first: date
    last: date


def periods(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> Iterator[Period]:
    """All periods named after these years; weeks by their ISO year."""
    for year in range(first_year, last_year + 1):
        for kind, months in SPANS:
            for month in range(1, 13, months):
                if kind == "nine_months" and month > 1:
                    continue
                yield from _both(kind, months, year, month)
        day = date.fromisocalendar(year, 1, 1)
        while day.isocalendar().year == year:
            code = f"{year}-W{day.isocalendar().week:02d}"
            yield Period(code, "week", "calendar", day, day + timedelta(days=6))
            day += timedelta(days=7)


def ended_on(day: date) -> list[Period]:
    """Periods whose last day this is."""
    return [each for each in periods(day.year - 1, day.year + 1) if each.last == day]


def of_code(code: str) -> Period | None:
    """The period of this code, or null."""
    year = int(code[:4]) if code[:4].isdigit() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return next((each for each in periods(year, year) if each.code == code), None)


def _both(kind: str, months: int, year: int, month: int) -> Iterator[Period]:
    """The calendar period that begins in this month, and the one that is cut off on the 14th."""
    code = {
        "month": f"{year}-{month:02d}",
        "quarter": f"{year}-Q{(month + 2) // 3}",
        "half": f"{year}-H{(month + 5) // 6}",
        "nine_months": f"{year}-9M",
    }.get(kind, str(year))
    yield Period(
        code, kind, "calendar", _day(year, month, 1), _day(year, month + months, 1) - timedelta(1)
    )
    yield Period(
        f"{code}c", kind, "cutoff", _day(year, month - 1, 15), _day(year, month + months - 1, 14)
    )


def _day(year: int, month: int, day: int) -> date:
    """A day of a month that may lie before January or after December."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, day)
