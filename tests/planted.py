"""Personal data planted in every layout, and a search that finds it wherever it went.

All plants are invented; each carries one of ``MARKS``, so one search finds every form of them.
"""

import csv
import gzip
import io
import json
import re
import sqlite3
import unicodedata
from contextlib import closing
from html import escape
from pathlib import Path

import duckdb

from orchestration.sources.model import Source
from tests.ingest_lists import write_xlsx

MARKS = ("zyxwq", "7993311", "9125577", "planted.example")
ROWS = 8
_GOOD = {
    "status": "Đang xử lý",
    "unit_name": "UBND xã Mẫu",
    "activity": "Bước",
    "value": "",
    "kind": "",
}


class Planter:
    """Makes plants, each of them once."""

    def __init__(self):
        self.plants = []

    def __call__(self):
        n = len(self.plants)
        plant = (
            f"Nguyễn Zyxwq Đỗ{n:03d}",
            f"07993311{n:04d}",
            f"09125577{n:03d}",
            f"nguoi{n}@planted.example",
        )[n % 4]
        # also as a decomposed text, and inside of a longer one
        if n % 8 == 0:
            plant = unicodedata.normalize("NFD", plant)
        self.plants.append(plant)
        return plant if n % 5 else f"Ghi chú: gọi {plant} sau"


def personal(source: Source):
    """Headers of a source whose cells must not be kept, those of kept columns left out."""
    keyed = [column.headers[0] for column in source.pseudonyms]
    kept = {column.headers[0] for column in source.columns}
    return [header for header in dict.fromkeys((*source.personal, *keyed)) if header not in kept]


def rows_of(source: Source, plant: Planter, prefix: str):
    """Rows as header -> cell; the last ones are set aside: no code, no date, unknown status."""
    date = "20260901080000" if "yyyyMMddHHmmss" in source.dates else "01/09/2026"
    rows = []
    for n in range(ROWS):
        row = {}
        for column in source.columns:
            value = date if column.name.endswith("_at") else _GOOD.get(column.name, "")
            row[column.headers[0]] = f"{prefix}-{n}" if column.name == "code" else value
            if n == 1 and column.name.endswith("_at"):
                row[column.headers[0]] = "31/02/2026"
            if n == 2 and column.name == "status":
                row[column.headers[0]] = "Chưa rõ"
            # a clerk's slip: a person in a column that is kept
            if source.kind == "dossiers" and (
                (n == 6 and column.name == "status") or (n == 7 and column.name == "due_at")
            ):
                row[column.headers[0]] = plant()
        if n == 3:
            row[source.column("code").headers[0]] = ""
        row |= {header: plant() for header in personal(source)}
        rows.append(row)
    return rows


def write(source: Source, plant: Planter, folder: Path):
    """One file in each kind of format that the source takes; paths."""
    made = []
    for form in source.formats:
        if form in {"xls", "parquet"}:
            continue  # the same cells as in .xlsx and .csv, by the time they are rows
        path = folder / f"{source.name}.{form}"
        rows = rows_of(source, plant, f"{source.name}-{form}")
        _WRITERS[form](path, source, rows)
        made.append(path)
    return made


def _table(source, rows):
    headers = list(dict.fromkeys(header for row in rows for header in row))
    cells = [[row.get(header, "") for header in headers] for row in rows]
    blank = [[""] * len(headers)] * (source.header_rows - 1)
    return [*blank, headers, *cells]


def _csv(path, source, rows):
    text = io.StringIO(newline="")
    table = _table(source, rows)
    # a row of another width: a name where another column should be
    csv.writer(text).writerows([*table, ["Zyxwq lệch", *table[-1]]])
    path.write_text(text.getvalue(), encoding="utf-8")


def _html(path, source, rows):
    lines = (
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in _table(source, rows)
    )
    path.write_text(f"<html><table>{''.join(lines)}</table></html>", encoding="utf-8")


def _json(path, source, rows):
    del source
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _xes(path, source, rows):
    def said(attributes):
        return "".join(
            f'<string key="{escape(key)}" value="{escape(value)}"/>'
            for key, value in attributes.items()
            if value
        )

    traces = []
    for n, row in enumerate(rows):
        own = {key: value for key, value in row.items() if not key.startswith("org:")}
        step = {key: value for key, value in row.items() if key.startswith("org:")}
        step |= {
            source.progress["activity"]: "Bước",
            "time:timestamp": f"2026-09-0{n + 1}T08:00:00",
        }
        traces.append(f"<trace>{said(own)}<event>{said(step)}</event></trace>")
    path.write_text(f"<log>{''.join(traces)}</log>", encoding="utf-8")


_WRITERS = {
    "csv": _csv,
    "html": _html,
    "json": _json,
    "xes": _xes,
    "xlsx": lambda path, source, rows: write_xlsx(path, _table(source, rows)),
}


def leaks(home: Path):
    """Where a plant lies: ``file`` or ``file table.column``. Everything but the encrypted archive:
    Parquet, DuckDB, SQLite and gzip decoded, all files byte by byte, and their names."""
    found = []
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if marked(name.encode()):
            found.append(f"name of {name}")
        if not path.is_file() or path.is_symlink() or path.suffix == ".age":
            continue
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        if marked(content):
            found.append(name)
        if content[:4] == b"PAR1":
            found += [f"{name} {place}" for place in _in_parquet(path)]
        elif content[8:12] == b"DUCK":
            found += [f"{name} {place}" for place in _in_duckdb(path)]
        elif content[:15] == b"SQLite format 3":
            found += [f"{name} {place}" for place in _in_sqlite(path)]
    return found


def marked(content: bytes):
    """Whether bytes have a mark, in UTF-8 or UTF-16, whatever the case."""
    lower = content.lower()
    return any(m.encode(code) in lower for m in MARKS for code in ("utf-8", "utf-16-le"))


def _in_parquet(path):
    with duckdb.connect() as con:
        return _columns_with_marks(con, f"read_parquet('{path}', hive_partitioning = false)", "")


def _in_duckdb(path):
    found = []
    with duckdb.connect(str(path), read_only=True) as con:
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall()
        for schema, table in tables:
            found += _columns_with_marks(con, f'"{schema}"."{table}"', f"{table}.")
    return found


def _columns_with_marks(con, relation, prefix):
    columns = [row[0] for row in con.execute(f"describe from {relation}").fetchall()]
    if not columns:
        return []
    pattern = "|".join(re.escape(mark) for mark in MARKS)
    tests = ", ".join(
        f"coalesce(bool_or(regexp_matches(lower(\"{column}\"::varchar), '{pattern}')), false)"
        for column in columns
    )
    (row,) = con.execute(f"select {tests} from {relation}").fetchall()
    return [f"{prefix}{column}" for column, hit in zip(columns, row, strict=True) if hit]


def _in_sqlite(path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as con:
        tables = con.execute("select name from sqlite_master where type = 'table'").fetchall()
        return [
            table
            for (table,) in tables
            if any(marked(repr(row).encode()) for row in con.execute(f'select * from "{table}"'))
        ]
