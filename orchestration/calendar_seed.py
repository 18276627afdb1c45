"""Fills ``seeds/calendar_exception.csv``: days on which the week of Monday to Friday does not hold.

What belongs here: what the package ``holidays`` knows of Vietnam, written as data with its source.
What does not: what an office decides otherwise (``seeds/calendar_override.csv``, which wins).
Run it again after an upgrade of the package: ``python -m orchestration.calendar_seed``.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path
from typing import Final

from orchestration.settings import PROJECT_DIR

FIRST_YEAR: Final = 2009
LAST_YEAR: Final = 2031
"""The days of ``dim_date``."""

SEED: Final = PROJECT_DIR / "seeds" / "calendar_exception.csv"
COLUMNS: Final = ("exception_date", "is_working_day", "name", "document", "source", "is_confirmed")

_LABOUR_CODE: Final = (
    (date(2021, 1, 1), "Bộ luật Lao động 2019, Điều 112"),
    (date(2013, 5, 1), "Bộ luật Lao động 2012, Điều 115"),
    (date.min, "Bộ luật Lao động 1994, Điều 73"),
)
"""Public holidays by law, from the day on which it came into force."""

_SWAP_DOCUMENT: Final = {
    2018: "Công văn 6519/VPCP-KGVX năm 2018",
    2019: "Công văn 6519/VPCP-KGVX năm 2018",
    2024: "Công văn 2450/VPCP-KGVX năm 2024",
    2025: "Thông báo 6150/TB-BLĐTBXH năm 2024",
}
"""Decisions on swapped days that the package names as its references, by year of the day off."""

_MADE_UP: Final = "Ngày làm bù"
_CULTURE_DAY: Final = "Ngày Văn hóa"
_SWAPPED: Final = "Ngày nghỉ (thay cho"

Row = tuple[date, bool, str, str, str, bool]


def rows() -> list[Row]:
    """One row per day that is a holiday or a working Saturday or Sunday, in order.

    ``document`` is empty where the package names none; ``is_confirmed`` is false there and in the
    years after the newest decision that the package knows: those days are its estimate.
    """
    import holidays
    from holidays.countries.vietnam import VietnamStaticHolidays

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    calendar = holidays.country_holidays("VN", years=years, language="vi")
    source = f"PyPI holidays {metadata.version('holidays')}"
    last_decided = max(VietnamStaticHolidays.special_public_holidays)
    return [
        (day, works, name, document, source, bool(document) and day.year <= last_decided)
        for day in _days()
        for works in [calendar.is_working_day(day)]
        if day in calendar or works != (day.weekday() < 5)
        for name in [_MADE_UP if works else calendar[day]]
        for document in [_document(day, name)]
    ]


def write(path: Path = SEED) -> int:
    """Write the seed anew; how many rows it has."""
    found = rows()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(
            (day, str(works).lower(), name, document, source, str(sure).lower())
            for day, works, name, document, source, sure in found
        )
    return len(found)


def _days() -> Iterator[date]:
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        yield day
        day += timedelta(days=1)


def _document(day: date, name: str) -> str:
    if name == _MADE_UP or name.startswith(_SWAPPED):
        return _SWAP_DOCUMENT.get(day.year, "")
    if name.startswith(_CULTURE_DAY):
        return "Nghị quyết 80-NQ/TW"
    return next(text for since, text in _LABOUR_CODE if day >= since)


if __name__ == "__main__":
    write()
