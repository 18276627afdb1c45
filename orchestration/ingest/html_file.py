"""Reads HTML tables, which much office software saves as .xls: each table is a sheet.

No entities, no network. A page that breaks off, or that the parser gave up on, is refused: half a
list must not pass for a whole one.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.ingest.encoding import chunks, encoding_of
from orchestration.ingest.opened import Given, Opened
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.ingest.sheets import Corner, Sheet, open_sheets
from orchestration.sources import Source
from orchestration.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_ABOVE = 200
_MAX_CELLS = 20_000_000
_MAX_SPAN = 1_000
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>", re.S | re.I)
_ROW = re.compile(r"<tr(?=[\s>/])", re.I)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.I)
_OLD = {"windows-1258": "windows-1258", "x-vni": "vni", "x-tcvn": "tcvn3"}
_CUT = "the HTML page is damaged or cut off; send it again"


def open_html(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Reads the table that has the list's header.

    Raises ``Rejected`` when none has, or when the page is not complete.
    """
    del given  # nothing is packed in it
    text = "".join(chunks(path, encoding_of(path, source.encoding or _declared(path))))
    return open_sheets("html", _tables(text), source, scratch)


def _declared(path: Path) -> str | None:
    with path.open("rb") as stream:
        found = _CHARSET.search(stream.read(4096))
    return _OLD.get(found.group(1).decode().lower()) if found else None


def _tables(text: str) -> list[Sheet]:
    from lxml import etree

    seen = _UNSEEN.sub("", text)
    rows = len(_ROW.findall(seen))
    if "</table" not in seen[_last_row(seen) :].lower():
        raise Rejected(_CUT)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(seen.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise Rejected(_CUT) from error
    if root is None or len(list(root.iter("tr"))) < rows:
        raise Rejected(_CUT)
    return list(_sheets(root))


def _last_row(text: str) -> int:
    return max((found.start() for found in _ROW.finditer(text)), default=0)


def _sheets(root: "_Element") -> Iterator[Sheet]:
    """Every table, also one inside another's cell, with the text that comes before it."""
    above: list[str] = []
    for element in root.iter():
        if element.tag == "table":
            rows, merged = _grid(element)
            if rows:
                yield Sheet(rows, tuple(above[-_ABOVE:]), merged)
        for text in (element.text, element.tail):
            if text and text.strip():
                above.append(clean(text))


def _grid(table: "_Element") -> tuple[list[list[Any]], list[tuple[Corner, Corner]]]:
    """Cells at their places: what spans rows or columns fills only its first."""
    rows: list[list[Any]] = []
    merged: list[tuple[Corner, Corner]] = []
    covered: dict[int, int] = {}
    total = 0
    for number, line in enumerate(_own_rows(table)):
        row: list[Any] = []
        for cell in line:
            if cell.tag not in {"td", "th"}:
                continue
            while covered.get(len(row), 0) > number:
                row.append("")
            high, wide, place = _span(cell, "rowspan"), _span(cell, "colspan"), len(row)
            row += [_text(cell), *[""] * (wide - 1)]
            if high > 1:
                merged.append(((number, place), (number + high - 1, place + wide - 1)))
                covered |= dict.fromkeys(range(place, place + wide), number + high)
        while covered.get(len(row), 0) > number:
            row.append("")
        rows.append(row)
        total += len(row)
        if total > _MAX_CELLS:
            raise Rejected(f"a table has more than {_MAX_CELLS} cells")
    return rows, merged


def _own_rows(table: "_Element") -> Iterator["_Element"]:
    """Rows of this table, not of one in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot", "form"}:
            yield from _own_rows(child)


def _span(cell: "_Element", name: str) -> int:
    text = (cell.get(name) or "1").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), _MAX_SPAN)


def _text(cell: "_Element") -> str:
    """Its text without that of tables inside; a line break is a blank."""
    parts: list[str] = []

    def walk(element: "_Element") -> None:
        parts.append(element.text or "")
        for child in element:
            if child.tag in {"br", "p", "div", "li"}:
                parts.append(" ")
            if child.tag != "table":
                walk(child)
            parts.append(child.tail or "")

    walk(cell)
    return clean("".join(parts))
