"""Figures of statements that were read and confirmed before: the seed ``statement_figure``."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR
from orchestration.statements.model import Figure, Period


def load_stated(seeds: Path = PROJECT_DIR / "seeds") -> dict[str, list[Figure]]:
    """Document number → its figures, in the order of the document.

    Raises:
        HosoError: the seed is missing.
    """
    path = seeds / "statement_figure.csv"
    if not path.is_file():
        raise HosoError("seeds/statement_figure.csv is missing: restore it from the project.")
    found: dict[str, list[Figure]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["document"], []).append(_figure(row))
    return found


def load_documents(seeds: Path = PROJECT_DIR / "seeds") -> dict[str, date]:
    """Document number → day on which it was issued: the seed ``statement_document``."""
    path = seeds / "statement_document.csv"
    if not path.is_file():
        raise HosoError("seeds/statement_document.csv is missing: restore it from the project.")
    with path.open(encoding="utf-8", newline="") as handle:
        return {
            row["document"]: date.fromisoformat(row["issued_on"]) for row in csv.DictReader(handle)
        }


def _figure(row: Mapping[str, str]) -> Figure:
    pairs = (pair.split("=", 1) for pair in row["dims"].split(";") if pair)
    return Figure(
        code=row["figure"],
        unit=row["unit"],
        level=row["level"],
        period=Period(date.fromisoformat(row["period_from"]), date.fromisoformat(row["period_to"])),
        value=Decimal(row["stated_value"]),
        unit_of_measure=row["unit_of_measure"],
        line=int(row["line_no"]),
        text="",
        dims={pair[0]: pair[1] for pair in pairs},
        qualifier=row["qualifier"] or None,
        tokens=tuple(row["alternatives"].split()),
        alternatives=tuple(Decimal(value) for value in row["alternatives"].split()),
    )
