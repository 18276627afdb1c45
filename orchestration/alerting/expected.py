"""Which reports have to come in: ``<home>/expected_reports.csv``, kept by the office."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from orchestration.alerting.sheet import sheet
from orchestration.errors import HosoError
from orchestration.settings import Settings

COLUMNS: Final = ("unit", "kind", "scheme", "working_days", "from", "source")
"""Columns of the file. ``unit``: a code, or ``P/*`` for all units right below P. ``working_days``
after the period's last day the report is due. ``from``: the first day of the first period that is
expected. ``source``: the document that asks for the report (may be empty)."""

_KINDS: Final = ("week", "month", "quarter", "half", "nine_months", "year")
_MOST_DAYS: Final = 366
_SCHEMES: Final = ("calendar", "cutoff")


def load(settings: Settings) -> list[dict[str, Any]]:
    """Rows as ``findings.sql`` asks for them; none where the office expects no reports.

    Raises ``HosoError`` that names line, column and what may stand there.
    """
    path = settings.home.absolute() / "expected_reports.csv"
    if not path.exists():
        return []
    reader = sheet(path)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise HosoError(f"{path.name}: its columns are {', '.join(COLUMNS)}, in this order.")
    return list(_rows(path.name, reader))


def _rows(name: str, reader: "csv.DictReader[str]") -> Iterator[dict[str, Any]]:
    for row in reader:
        given = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if not any(given.values()):
            continue
        wrong = _wrong(given)
        if wrong:
            raise HosoError(f"{name}, line {reader.line_num}, {wrong}")
        yield {
            "unit": given["unit"].removesuffix("/*"),
            "is_parent": given["unit"].endswith("/*"),
            "kind": given["kind"],
            "scheme": given["scheme"],
            "working_days": int(given["working_days"]),
            "valid_from": date.fromisoformat(given["from"]),
        }


def _wrong(given: Mapping[str, str]) -> str | None:
    days = given["working_days"]
    if not given["unit"].removesuffix("/*"):
        return "column unit: write the code of a unit, or CODE/* for the units right below it."
    for column, allowed in (("kind", _KINDS), ("scheme", _SCHEMES)):
        if given[column] not in allowed:
            return f"column {column}: {given[column]!r} is none of {', '.join(allowed)}."
    if given["kind"] == "week" and given["scheme"] == "cutoff":
        return "column scheme: weeks are 'calendar' (Monday to Sunday)."
    if not (days.isascii() and days.isdigit() and int(days) <= _MOST_DAYS):
        return f"column working_days: {days!r} is no number of days from 0 to {_MOST_DAYS}."
    return (
        None
        if _is_day(given["from"])
        else (f"column from: {given['from']!r} is no day (write 2026-01-31).")
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
