"""A reading as a sheet that a person confirms or corrects, and back. Pure.

One row per figure, under the columns of ``hoso statement read --format csv``. Rows may be changed,
removed and added. A doubtful reading is confirmed by its ``value`` and an empty ``alternatives``.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from orchestration.errors import HosoError
from orchestration.statements.model import Figure, Period
from orchestration.statements.vocabulary import check

COLUMNS: Final = (
    *("line", "code", "dims", "level", "period", "value", "alternatives", "unit_of_measure"),
    *("qualifier", "confidence", "text"),
)
LEVELS: Final = ("province", "department", "district", "commune", "all")
_CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
_MOST: Final = Decimal(10) ** 9


def sheet_rows(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The rows of the sheet; ``dims`` as ``name=value;name=value``, ``period`` as ``from..to``."""
    return [
        {
            "line": figure.line,
            "code": figure.code,
            "dims": dims_text(figure.dims),
            "level": figure.level,
            "period": str(figure.period or ""),
            "value": f"{figure.value:f}",
            "alternatives": " ".join(f"{value:f}" for value in figure.alternatives),
            "unit_of_measure": figure.unit_of_measure,
            "qualifier": figure.qualifier or "",
            "confidence": round(figure.confidence, 2),
            "text": figure.text,
        }
        for figure in figures
    ]


def sheet(figures: Iterable[Figure]) -> str:
    """The sheet as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sheet_rows(figures))
    return text.getvalue()


def from_sheet(text: str, unit: str, known: Mapping[int, Figure] | None = None) -> list[Figure]:
    """Figures of an edited sheet; what a person wrote is certain (``confidence`` 1).

    ``known``: figures as read, by position in the sheet, of which a row that was left as it is
    keeps the tokens. Raises ``HosoError`` that names the row and what to write.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in ("code", "value", "level") if name not in (reader.fieldnames or ())]
    if missing:
        raise HosoError(f"the sheet lacks the columns {', '.join(missing)}; keep its first row", 2)
    figures = []
    problems = []
    for number, row in enumerate(reader, start=2):
        if not any((cell or "").strip() for cell in row.values() if isinstance(cell, str)):
            continue
        try:
            figures.append(_figure(row, unit))
        except ValueError as error:
            at = (row.get("line") or "").strip()
            problems.append(f"row {number}{f' (line {at})' if at else ''}: {error}")
    if problems:
        raise HosoError("the sheet cannot be stored:\n  " + "\n  ".join(problems), 2)
    if not figures:
        raise HosoError("the sheet has no figure; nothing was stored", 2)
    same = {_content(figure): figure for figure in (known or {}).values()}
    return [same.get(_content(figure), figure) for figure in figures]


def dims_text(dims: Mapping[str, str]) -> str:
    """``level=district;sector=police``, sorted by name."""
    return ";".join(f"{name}={value}" for name, value in sorted(dims.items()))


def dims_of(text: str) -> dict[str, str]:
    """Back from ``dims_text``; also with blanks between. Raises ``ValueError``."""
    pairs = [pair.strip() for pair in re.split(r"[;\s]+", text.strip()) if pair.strip()]
    if any("=" not in pair for pair in pairs):
        raise ValueError(f"dims {text!r}: write name=value;name=value")
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def _content(figure: Figure) -> tuple[object, ...]:
    place = (figure.line, figure.code, dims_text(figure.dims), figure.level, figure.period)
    return (*place, figure.value, figure.alternatives, figure.unit_of_measure, figure.qualifier)


def _figure(row: Mapping[str, str | None], unit: str) -> Figure:
    cell = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    if not _CODE.fullmatch(cell["code"]):
        raise ValueError(f"code {cell['code']!r}: a figure's code is needed, as received_total")
    if cell["level"] not in LEVELS:
        raise ValueError(f"level {cell['level']!r}: write one of {', '.join(LEVELS)}")
    if not (line := cell.get("line") or "1").isdigit() or int(line) < 1:
        raise ValueError(f"line {line!r}: a number from 1 on")
    dims = dims_of(cell.get("dims", ""))
    check(cell["code"], dims)
    return Figure(
        code=cell["code"],
        unit=unit,
        level=cell["level"],
        period=_period(cell.get("period", "")),
        value=_number(cell["value"]),
        unit_of_measure=cell.get("unit_of_measure", ""),
        line=int(line),
        text=cell.get("text", ""),
        dims=dims,
        qualifier=cell.get("qualifier") or None,
        alternatives=tuple(_number(each) for each in cell.get("alternatives", "").split()),
    )


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"value {text!r}: write 1234 or 99.47") from error
    if not value.is_finite() or not 0 <= value < _MOST:
        raise ValueError(f"value {text!r}: a number from 0 to 999999999")
    return value


def _period(text: str) -> Period | None:
    if not text:
        return None
    first, _, last = text.partition("..")
    try:
        period = Period(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError as error:
        raise ValueError(f"period {text!r}: write 2026-01-01..2026-01-31") from error
    if period.last < period.first:
        raise ValueError(f"period {text!r} ends before it begins")
    return period
