"""Finds the header of a list and which of its columns is which field. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.ingest.result import Rejected
from orchestration.sources import Column, Source, header_key
from orchestration.text import clean

HEAD_ROWS = 60
"""How far down a header may stand."""
_SHOWN = 400
_MAX_COLUMNS = 1000

Row = tuple[int, Sequence[str]]
"""Line (or sheet row) number and cells."""


@dataclass(frozen=True)
class Header:
    """Where the data begins and what the columns are.

    ``first`` and ``last`` are indices of the header's rows; ``headers`` are its texts, two rows
    joined by " / "; ``fields`` maps field -> column.
    """

    first: int
    last: int
    headers: tuple[str, ...]
    fields: dict[str, int]
    missing: tuple[Column, ...]


def dropped(header: Header) -> tuple[str, ...]:
    """Headers whose cells are not kept."""
    kept = set(header.fields.values())
    return tuple(text for n, text in enumerate(header.headers) if text and n not in kept)


def find_header(
    rows: Sequence[Row], source: Source, header_rows: int | None = None
) -> Header | None:
    """The first rows that have all required columns, else those with the most; null for none.

    ``header_rows``: where the format allows only one, whatever the source says.
    """
    best: Header | None = None
    high = header_rows or source.header_rows
    for first in range(len(rows) - high + 1):
        last = first + high - 1
        texts, keys = _columns([cells for _, cells in rows[first : last + 1]])
        fields = match_columns(keys, source.columns)
        if not fields:
            continue
        missing = tuple(c for c in source.columns if c.required and c.name not in fields)
        found = Header(first, last, tuple(texts), fields, missing)
        if not missing:
            return found
        if best is None or len(fields) > len(best.fields):
            best = found
    return best


def match_columns(keys: Sequence[set[str]], columns: Sequence[Column]) -> dict[str, int]:
    """Field -> position of its column.

    ``keys`` are the ways in which a column's header can be read. The preferred synonym wins; of two
    columns with the same header the first; no column serves two fields.
    """
    fields: dict[str, int] = {}
    taken: set[int] = set()
    for column in columns:
        for synonym in column.headers:
            wanted = header_key(synonym)
            place = next(
                (n for n, key in enumerate(keys) if wanted in key and n not in taken), None
            )
            if place is not None:
                fields[column.name] = place
                taken.add(place)
                break
    return fields


def require(header: Header | None, source: Source, rows: Sequence[Row]) -> Header:
    """The header, or ``Rejected`` with what is missing and what there is instead."""
    if header is not None and len(header.headers) > _MAX_COLUMNS:
        raise Rejected(
            f"the header has {len(header.headers)} columns, more than {_MAX_COLUMNS}; "
            "export the list again"
        )
    if header is None:
        wanted = ", ".join(c.headers[0] for c in source.columns if c.required)
        raise Rejected(
            f"no header found in the first {min(len(rows), HEAD_ROWS)} rows; "
            f"{source.name} needs the columns: {wanted}"
        )
    if header.missing:
        wanted = "; ".join(" or ".join(repr(h) for h in c.headers) for c in header.missing)
        there = ", ".join(text for text in header.headers if text)[:_SHOWN]
        raise Rejected(
            f"the required column {wanted} is missing; "
            f"the header in line {rows[header.first][0]} has: {there}"
        )
    return header


def _columns(rows: Sequence[Sequence[str]]) -> tuple[list[str], list[set[str]]]:
    """Header texts, and for each column the keys by which it may be known.

    In the upper of two rows a merged cell stands only once: it holds for the columns to its right
    that have a lower header of their own.
    """
    width = max(len(row) for row in rows)
    padded = [[clean(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    if len(padded) == 1:
        return padded[0], [{header_key(text)} - {""} for text in padded[0]]
    texts, keys = [], []
    group = ""
    for upper, lower in zip(*padded, strict=True):
        group = upper or (group if lower else "")
        texts.append(f"{group} / {lower}" if group and lower else group or lower)
        keys.append({header_key(lower or group), header_key(f"{group} {lower}")} - {""})
    return texts, keys
