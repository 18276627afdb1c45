"""Reads lists in workbooks (.xlsx) with python-calamine; every cell becomes text."""

import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from orchestration.ingest.csv_file import dropped
from orchestration.ingest.facts import facts_from
from orchestration.ingest.headers import HEAD_ROWS, Header, find_header, require
from orchestration.ingest.opened import Opened, RawRows
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source

_CHUNK = 1 << 22
_REFERENCE = 40
_FAR = re.compile(
    rb"""[ ]r\s*=\s*["']((?:[D-Z][A-Z]|[A-Z]{3,})[0-9]+|[A-Z]*[0-9]{7,})["']""", re.IGNORECASE
)
"""A reference beyond column CZ or row 999,999."""
_DAMAGED = "the workbook is damaged or cut off; send it again"


def open_xlsx(path: Path, source: Source, scratch: Scratch, max_bytes: int) -> Opened:
    """Reads the first sheet that has the list's header (else the first sheet is complained about).

    Raises ``Rejected`` for what is not a workbook, is too large unpacked, or has no such sheet.
    """
    sheets = _sheets(path, max_bytes)
    if not any(sheets):
        raise Rejected("the workbook has no filled cell")
    found: Header | None = None
    rows: list[list[Any]] = []
    for sheet in sheets:
        header = find_header(_head(sheet), source)
        if found is None or (header and len(header.fields) > len(found.fields)):
            found, rows = header, sheet
    header = require(found, source, _head(rows))
    raw = _to_duckdb(scratch, rows, header.last + 1, len(header.headers))
    return Opened(
        format="xlsx",
        headers=header.headers,
        fields=header.fields,
        title=facts_from(
            (cell for _, cells in _head(rows)[: header.first] for cell in cells),
            source.title_patterns,
        ),
        load=lambda: raw,
        dropped=dropped(header),
    )


def as_text(value: Any) -> str | None:
    """A cell as a list in text would show it; whole numbers without decimals, dates in ISO form.

    A date with the clock at midnight is a day: a workbook does not tell the two apart.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        day = value.time() == time()
        return f"{value:%Y-%m-%d}" if day else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return None if value is None else str(value)


def _sheets(path: Path, max_bytes: int) -> list[list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > max_bytes:
                raise Rejected("the unpacked workbook is larger than HOSO_MAX_FILE_MB allows")
            if "xl/workbook.xml" not in {member.filename for member in members}:
                raise Rejected("a ZIP file, but not an .xlsx workbook")
            for member in members:
                if member.filename.startswith("xl/worksheets/"):
                    with archive.open(member) as stream:
                        _refuse_far_cells(stream)
        book = CalamineWorkbook.from_path(str(path))
        return [
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        ]
    # NotImplementedError: an unknown compression; RuntimeError: an encrypted member
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Rejected(_DAMAGED) from error
    except CalamineError as error:
        raise Rejected(_DAMAGED) from error


def _refuse_far_cells(stream: IO[bytes]) -> None:
    """calamine allots every cell up to the farthest: one at XFD1048576 would end the process."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        far = _FAR.search(rest + chunk)
        if far:
            cell = far.group(1).decode()
            raise Rejected(
                f"a sheet has something in cell {cell}, far outside any list; delete it there"
            )
        rest = chunk[-_REFERENCE:]


def _head(sheet: list[list[Any]]) -> list[tuple[int, list[str]]]:
    return [
        (line, [as_text(cell) or "" for cell in cells])
        for line, cells in enumerate(sheet[:HEAD_ROWS], 1)
    ]


def _to_duckdb(scratch: Scratch, rows: list[list[Any]], skip: int, width: int) -> RawRows:
    import pyarrow as pa

    name = scratch.fresh("sheet")
    data = rows[skip:]
    columns: dict[str, Any] = {
        "line_no": pa.array(range(skip + 1, len(rows) + 1), pa.int32()),
        "cells": pa.array([width] * len(data), pa.int32()),
    }
    cells = list(zip(*data, strict=True)) if data else []
    for n in range(width):
        texts = [v if type(v) is str else as_text(v) for v in cells[n]] if n < len(cells) else []
        columns[f"c{n}"] = pa.array(texts, pa.string(), size=len(data))
    scratch.take(name, pa.table(columns))
    return RawRows(name, tables=(name,))
