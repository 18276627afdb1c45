"""Reads lists in text files: separators ; , and tab; quoted newlines.

DuckDB reads the rows, of UTF-8 as it lies; other encodings are rewritten into the scratch first.
Files that it cannot number line by line (rows over several lines, blank lines, rows of another
width) are read by Python's csv module instead: slower, but every row keeps its line.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from orchestration.eventstore.store import quoted
from orchestration.ingest.encoding import chunks, encoding_of, not_text
from orchestration.ingest.facts import facts_from
from orchestration.ingest.fingerprint import Fingerprint, fingerprint
from orchestration.ingest.headers import HEAD_ROWS, Header, Row, dropped, find_header, require
from orchestration.ingest.opened import Given, Opened, RawRows
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source

_DELIMITERS = (";", ",", "\t")
_HEAD_BYTES = 1 << 18
_MAX_FIELD = 1 << 24
_BLOCK = 50_000


def open_csv(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Finds separator, header and title of a text file.

    Raises ``Rejected`` when it is not text or has no header with the required columns.
    """
    mark = given.mark
    encoding = encoding_of(path, source.encoding)
    if not encoding.startswith("utf-8"):
        path = _as_utf8(path, encoding, scratch)
        mark = fingerprint(path)
    head, is_whole = _head(path)
    parsed = [(delimiter, rows, find_header(rows, source)) for delimiter, rows in _tried(head)]
    delimiter, rows, header = max(parsed, key=lambda each: _fit(each[2]))
    found = require(header, source, rows)
    if not is_whole and found.last == len(rows) - 1:
        raise Rejected(
            f"the header does not end within the first {_HEAD_BYTES} bytes; "
            "look for a quotation mark that is not closed"
        )
    skip = _next_line(rows, found, head, delimiter)
    return Opened(
        format="csv",
        headers=found.headers,
        fields=found.fields,
        title=facts_from(
            (cell for _, cells in rows[: found.first] for cell in cells), source.title_patterns
        ),
        load=lambda: _load(path, scratch, mark, _Body(delimiter, skip, len(found.headers))),
        dropped=dropped(found),
    )


def _fit(header: Header | None) -> tuple[bool, int]:
    return (False, 0) if header is None else (not header.missing, len(header.fields))


def _as_utf8(path: Path, encoding: str, scratch: Scratch) -> Path:
    """The same text, line for line, in the scratch."""
    target = scratch.folder / f"{scratch.fresh('text')}.txt"
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(chunks(path, encoding))
    return target


def _head(path: Path) -> tuple[str, bool]:
    """The first text of the file, and whether that is all of it."""
    with path.open("rb") as stream:
        data = stream.read(_HEAD_BYTES + 1)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(data[:_HEAD_BYTES]), len(data) <= _HEAD_BYTES
    except UnicodeDecodeError as error:
        raise not_text(path, "utf-8") from error


def _tried(head: str) -> Iterator[tuple[str, list[Row]]]:
    for delimiter in _DELIMITERS:
        try:
            yield delimiter, list(_rows(io.StringIO(head, newline=""), delimiter, HEAD_ROWS))
        except csv.Error as error:
            raise Rejected(f"not a readable list: {error}") from error


def _rows(stream: IO[str], delimiter: str, limit: int | None = None) -> Iterator[Row]:
    """Rows with the physical line on which each begins."""
    # process-wide, but nobody else here wants a smaller one: the row's own limit comes later
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(stream, delimiter=delimiter)
    line = 0
    for number, cells in enumerate(reader):
        if limit is not None and number >= limit:
            return
        yield line + 1, cells
        line = reader.line_num


def _next_line(rows: list[Row], header: Header, head: str, delimiter: str) -> int:
    """How many physical lines end with the header."""
    if header.last + 1 < len(rows):
        return rows[header.last + 1][0] - 1
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    for _ in range(header.last + 1):
        next(reader)
    return reader.line_num


@dataclass(frozen=True)
class _Body:
    """How the rows below the header are written; ``skip`` lines stand above them."""

    delimiter: str
    skip: int
    width: int


def _load(path: Path, scratch: Scratch, mark: Fingerprint, body: _Body) -> RawRows:
    import duckdb

    skip, width = body.skip, body.width

    name = scratch.fresh("lines")

    def carefully() -> str:
        _load_carefully(path, scratch, name, body)
        return name

    if mark.lines <= skip:
        scratch.run(f"create table {name} as {_empty(width)}")
        return RawRows(name, tables=(name,))
    # a link, because DuckDB reads * and [ in a path as patterns
    link = scratch.folder / f"{name}.csv"
    link.symlink_to(path.absolute())
    columns = ", ".join(f"'c{n}': 'varchar'" for n in range(width))
    rows = (
        f"read_csv({quoted(str(link))}, auto_detect = false, header = false, skip = {skip},"
        f" delim = {quoted(body.delimiter)}, quote = '\"', escape = '\"', compression = 'none',"
        f" columns = {{{columns}}})"
    )
    if not mark.has_nul:
        try:
            if scratch.one(f"select count(*) from {rows}")[0] == mark.lines - skip:
                # one line, one row: the number of a row is the number of its line
                relation = f"(select {width} as cells, * from {rows})"
                return RawRows(relation, first_line=skip + 1, tables=(name,), careful=carefully)
        except duckdb.Error:
            pass  # DuckDB's parser is strict; the careful reader finds out what is wrong
    return RawRows(carefully(), tables=(name,))


def _empty(width: int) -> str:
    cells = "".join(f", null::varchar as c{n}" for n in range(width))
    return f"select null::integer as line_no, null::integer as cells{cells} where false"


def _load_carefully(path: Path, scratch: Scratch, name: str, body: _Body) -> None:
    """Row by row through Python's csv module, into DuckDB in blocks."""
    scratch.run(f"create table {name} as {_empty(body.width)}")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            block: list[Row] = []
            for line, cells in _rows(stream, body.delimiter):
                if line <= body.skip:
                    continue
                block.append((line, cells))
                if len(block) == _BLOCK:
                    _insert(scratch, name, block, body)
                    block = []
            _insert(scratch, name, block, body)
    except UnicodeDecodeError as error:
        raise not_text(path, "utf-8") from error
    except csv.Error as error:
        raise Rejected(f"not a readable list: {error}") from error


def _insert(scratch: Scratch, name: str, block: list[Row], body: _Body) -> None:
    import pyarrow as pa

    columns: dict[str, Any] = {
        "line_no": pa.array([line for line, _ in block], pa.int32()),
        "cells": pa.array([_filled(cells, body) for _, cells in block], pa.int32()),
    }
    for n in range(body.width):
        texts = [cells[n] if n < len(cells) else None for _, cells in block]
        columns[f"c{n}"] = pa.array(texts, pa.string())
    scratch.con.register("arrow_input", pa.table(columns))
    scratch.run(f"insert into {name} select * from arrow_input")
    scratch.con.unregister("arrow_input")


def _filled(cells: Sequence[str], body: _Body) -> int:
    """Number of cells; empty ones beyond the header do not count, those that a quotation mark which
    is never closed has swallowed with whole lines do."""
    number = len(cells)
    while number > body.width and not cells[number - 1]:
        number -= 1
    swallowed = (
        line.count(body.delimiter) for cell in cells if "\n" in cell for line in cell.split("\n")
    )
    return number + sum(count for count in swallowed if count >= body.width - 1)
