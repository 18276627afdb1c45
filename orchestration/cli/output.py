"""How results reach a person or a program: results on stdout, everything else on stderr."""

import csv
import io
import json
import math
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import typer

from orchestration.text import no_formula

Row = Mapping[str, Any]


class Format(StrEnum):
    """How a command prints its result."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[
    Format, typer.Option("--format", help="table for people, json for programs, csv for Excel.")
]


def emit(
    result: Row | Sequence[Row],
    fmt: Format,
    title: str | None = None,
    *,
    rows: Sequence[Row] | None = None,
) -> None:
    """Print ``result`` on stdout.

    JSON is the result itself; table and csv show ``rows`` where a result is not flat by nature.
    """
    flat = rows if rows is not None else [result] if isinstance(result, Mapping) else result
    if fmt is Format.JSON:
        text = json.dumps(
            finite(result), ensure_ascii=False, indent=2, default=_plain, allow_nan=False
        )
        text += "\n"
    elif fmt is Format.CSV:
        text = to_csv(flat)
    else:
        text = (f"{title}\n\n" if title else "") + to_table(flat)
    sys.stdout.write(text)


def say(message: str) -> None:
    """A message for a person, on stderr."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def to_csv(rows: Sequence[Row]) -> str:
    """CSV with BOM, as Excel opens it; a quote mark keeps text from becoming a formula."""
    out = io.StringIO()
    columns = _columns(rows)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(_csv_cell, columns))
    for row in rows:
        writer.writerow([_csv_cell(finite(row.get(column))) for column in columns])
    return "\ufeff" + out.getvalue()


def to_table(rows: Sequence[Row]) -> str:
    """A plain table, numbers to the right; as wide as its content, so that it can be piped."""
    if not rows:
        return "(nothing)\n"
    columns = _columns(rows)
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    numeric = [
        all(isinstance(row.get(c), int | float | Decimal | None) for row in rows) for c in columns
    ]
    widths = [
        max(_width(column), *(_width(line[n]) for line in cells))
        for n, column in enumerate(columns)
    ]

    def line(values: Sequence[str]) -> str:
        padded = (
            " " * (widths[n] - _width(value)) + value
            if numeric[n]
            else value + " " * (widths[n] - _width(value))
            for n, value in enumerate(values)
        )
        return "  ".join(padded).rstrip() + "\n"

    return line(columns) + line(["-" * w for w in widths]) + "".join(line(c) for c in cells)


def finite(value: Any) -> Any:
    """``value`` with null for what JSON has no number for: NaN and the infinities."""
    if isinstance(value, float | Decimal):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    return value


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _printable(str(value))


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    text = _cell(value)
    return no_formula(text) if isinstance(value, str) else text


def _printable(text: str) -> str:
    """Control characters of a source's cell must not reach a terminal."""
    return "".join(" " if unicodedata.category(ch) == "Cc" else ch for ch in text)


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )
