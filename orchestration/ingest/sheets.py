"""Lists in sheets, whatever file they came in (.xlsx, .xls, HTML): every cell becomes text."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from orchestration.ingest.facts import facts_from
from orchestration.ingest.headers import HEAD_ROWS, Header, dropped, find_header, require
from orchestration.ingest.opened import Opened, RawRows
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source
from orchestration.workbook_rows import as_text

Corner = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """Cells row by row; ``above`` are lines of text that stand over the sheet.

    ``merged`` are first and last (row, column) of merged cells, from 0; only their first cell is
    filled in ``rows``.
    """

    rows: list[list[Any]]
    above: tuple[str, ...] = ()
    merged: Sequence[tuple[Corner, Corner]] = field(default=())


@contextmanager
def many_cells() -> Iterator[None]:
    """While millions of cells are made and none of them is garbage, nobody need look for any."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def open_sheets(format_name: str, sheets: list[Sheet], source: Source, scratch: Scratch) -> Opened:
    """Reads the first sheet that has the list's header (else the first sheet is complained about).

    Raises ``Rejected`` when there is no such sheet.
    """
    if not any(sheet.rows for sheet in sheets):
        raise Rejected("the file has no filled cell")
    found: Header | None = None
    chosen = sheets[0]
    for sheet in sheets:
        header = find_header(_head(sheet), source)
        if found is None or (header and len(header.fields) > len(found.fields)):
            found, chosen = header, sheet
    header = require(found, source, _head(chosen))
    _fill_down(chosen, header.last + 1)
    raw = _to_duckdb(scratch, chosen.rows, header.last + 1, len(header.headers))
    over = [cell for _, cells in _head(chosen)[: header.first] for cell in cells]
    return Opened(
        format=format_name,
        headers=header.headers,
        fields=header.fields,
        title=facts_from([*chosen.above, *over], source.title_patterns),
        load=lambda: raw,
        dropped=dropped(header),
    )


def _head(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [
        (line, [as_text(cell) or "" for cell in cells])
        for line, cells in enumerate(sheet.rows[:HEAD_ROWS], 1)
    ]


def _fill_down(sheet: Sheet, first: int) -> None:
    """Cells merged over several data rows hold for each of them; not over columns, where the name
    of a group stands."""
    for (top, column), (bottom, _) in sheet.merged:
        if top < first or top == bottom:
            continue
        value = sheet.rows[top][column] if column < len(sheet.rows[top]) else None
        for row in sheet.rows[top + 1 : bottom + 1]:
            if column < len(row):
                row[column] = value


def _to_duckdb(scratch: Scratch, rows: list[list[Any]], skip: int, width: int) -> RawRows:
    import pyarrow as pa

    name = scratch.fresh("sheet")
    data = rows[skip:]
    columns: dict[str, Any] = {
        "line_no": pa.array(range(skip + 1, len(rows) + 1), pa.int32()),
        "cells": pa.array([max(width, len(row)) for row in data], pa.int32()),
    }
    by_column = list(zip_longest(*data))[:width] if data else []
    by_column += [(None,) * len(data)] * (width - len(by_column))
    for n, cells in enumerate(by_column):
        texts = cells if set(map(type, cells)) == {str} else [as_text(cell) for cell in cells]
        # told how many there are, Arrow makes room once
        columns[f"c{n}"] = pa.array(texts, pa.string(), size=len(texts))
    scratch.take(name, pa.table(columns))
    return RawRows(name, tables=(name,))
