"""The figures of one period as CSV files below ``<home>/reports``: what an office sends on."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from orchestration.errors import HosoError
from orchestration.period_codes import of_code
from orchestration.reporting.coverage import coverage
from orchestration.reporting.figures import figures
from orchestration.reporting.published import connect
from orchestration.reporting.question import Question
from orchestration.settings import Settings

_HEAD: Final = ("unit", "from", "to", "rule_set", "balance_day", "known_until", "complete")


@dataclass(frozen=True)
class PeriodFiles:
    """What was written: entries, how many of them are not complete, size, where."""

    units: int
    incomplete: int
    bytes: int
    folder: Path


def write_period(settings: Settings, code: str) -> PeriodFiles:
    """Write ``figures.csv`` (each unit and those above) and ``coverage.csv`` of a period.

    Raises ``HosoError`` for an unknown period, and when nothing is published yet (exit code 4).
    Written beside and renamed: who opens a file sees the old one or the new one.
    """
    period = of_code(code)
    if period is None:
        raise HosoError(f"Unknown period {code!r}: `hoso period list` shows the codes.", 2)
    with connect(settings) as con:
        entries = figures(con, Question(period.first, period.last, rollup=True))
        reach = coverage(con, settings.clock().astimezone(settings.zone).date())
    folder = settings.folder("reports") / code
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {**{name: each[name] for name in _HEAD}, **each["figures"], **each["rates"]}
        for each in entries
    ]
    size = _write(folder / "figures.csv", rows) + _write(folder / "coverage.csv", reach)
    incomplete = sum(not each["complete"] for each in entries)
    return PeriodFiles(len(entries), incomplete, size, folder)


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> int:
    """With a BOM, as Excel opens it; an unknown figure is an empty cell, never 0."""
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["unit"], lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    partial.replace(path)
    return path.stat().st_size


def _safe(value: object) -> object:
    """A unit's name must not become a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value
