"""Reads JSON and JSON Lines: the national messages with their envelope, bare arrays, one object per
line. An object is a row; its line is that of its opening brace, or, in a file that has two objects
on one line, its running number: a line must tell one row from another.

Every key is a column. A list or an object inside a row becomes JSON text, and only where the source
names its key (alone or at the head of a path such as ``DanhSachHoSoBoSung[].NgayBoSung``): what
nobody asked for, often whole documents, is not kept.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from orchestration.ingest.encoding import chunks, encoding_of
from orchestration.ingest.opened import Facts, Given, Opened, RawRows
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source, header_key
from orchestration.text import clean

_BLOCK = 20_000
_MAX_KEYS = 2_000
_SPACE = re.compile(r"[ \t\r\n]*")
_SEPARATOR = re.compile(r"[ \t\r\n,]*")
_ROWS: Final = "data"
_UNIT: Final = "madonvi"
_SERVICE: Final = "service"


def root_key(header: str) -> str:
    """The column that a path leads into: ``a[].b`` and ``a.b`` -> ``a``."""
    return re.split(r"\[|\.", header, maxsplit=1)[0]


def service_of(path: Path) -> str | None:
    """The service that the envelope at the head of a file names, null without one."""
    with path.open("rb") as stream:
        head = stream.read(1 << 14)
    found = re.search(rb'"service"\s*:\s*"([A-Za-z0-9_]+)"', head)
    return found.group(1).decode() if found else None


def open_json(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Reads a file wholly (only its end tells all its keys); rows lie in the scratch.

    Raises ``Rejected`` for what is not JSON, has no objects, is another service's message, or has
    no key for a required column.
    """
    del given  # nothing is packed in it
    document = _Document(chunks(path, encoding_of(path, None)))
    table = _Table(scratch, source)
    try:
        for line, item in document.rows():
            table.add(line, item)
        table.flush()
    except RecursionError as error:
        raise Rejected(f"line {document.line}: the JSON is nested too deeply") from error
    envelope = document.envelope
    service = envelope.get(_SERVICE)
    if source.service and service and service != source.service:
        raise Rejected(f"a message of {service}, but {source.name} takes {source.service}")
    if not table.count:
        raise Rejected("the JSON has no objects")
    fields = table.fields()
    missing = [c.headers[0] for c in source.columns if c.required and c.name not in fields]
    if missing:
        raise Rejected(
            f"no object has the required key {', '.join(missing)}; the keys are: "
            f"{', '.join(key for key in table.keys)[:400]}"
        )
    used = set(fields.values())
    return Opened(
        format="json",
        headers=tuple(table.keys),
        fields=fields,
        title=Facts(unit=envelope.get(_UNIT), service=service),
        load=table.rows,
        steps=table.place(source.steps_list),
        dropped=tuple(key for key, n in table.keys.items() if n not in used),
    )


class _Document:
    """JSON values of a text that arrives in pieces, and the line on which each begins."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0
        self._counted = 0
        self._begun = 0
        self._ended = False
        # numbers stay as they are written
        self._decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_no_number)
        self.line = 1
        self.envelope: dict[str, str] = {}

    def rows(self) -> Iterator[tuple[int, Any]]:
        """Line and value of every row."""
        while self._next(_SPACE):
            if self._char() == "[":
                yield from self._array()
            else:
                yield from self._top_object()

    def _top_object(self) -> Iterator[tuple[int, Any]]:
        """One row, or an envelope, which is gone through key by key."""
        line = self._mark()
        value = self._value(try_only=True)
        if value is not None and not (isinstance(value, dict) and _ROWS in value):
            yield line, value
            return
        self._at = (self._at if value is None else self._begun) + 1
        row: dict[str, Any] = {}
        is_envelope = False
        while self._next(_SEPARATOR) and self._char() != "}":
            key = self._value()
            if not isinstance(key, str) or not self._next(_SPACE) or self._char() != ":":
                raise self._broken("a key and a colon are missing")
            self._at += 1
            self._next(_SPACE)
            if key == _ROWS and self._char() == "[":
                is_envelope = True
                yield from self._array()
            else:
                row[key] = self._value()
        self._close("}")
        if not is_envelope:
            yield line, row
            return
        self._take(row)

    def _take(self, said: dict[str, Any]) -> None:
        for key in (_SERVICE, _UNIT):
            text = clean(said[key]) if isinstance(said.get(key), str) else ""
            if not text:
                continue
            if self.envelope.setdefault(key, text) != text:
                raise Rejected(
                    f"line {self.line}: messages of two kinds in one file ({key} "
                    f"{self.envelope[key]} and {text}); send each in a file of its own"
                )

    def _array(self) -> Iterator[tuple[int, Any]]:
        self._at += 1
        while self._next(_SEPARATOR) and self._char() != "]":
            line = self._mark()
            yield line, self._value()
        self._close("]")

    def _close(self, bracket: str) -> None:
        if self._char() != bracket:
            raise self._broken(f"the end is missing: a {bracket}")
        self._at += 1

    def _next(self, between: re.Pattern[str]) -> bool:
        """Goes to the next character that is not ``between``; false at the end."""
        while True:
            found = between.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def _char(self) -> str:
        return self._text[self._at : self._at + 1]

    def _value(self, try_only: bool = False) -> Any:
        """The value that begins here; with ``try_only`` null where more text would be needed."""
        size = 1
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if try_only and not self._ended:
                    return None
                # twice as much each time, so that a huge value costs what it is long
                grown = [self._more() for _ in range(size)]
                if not grown[0]:
                    raise self._broken(error.msg) from error
                size *= 2
                continue
            # a number, or a word, may go on in the next piece
            if end == len(self._text) and not self._ended and self._more():
                continue
            self._begun, self._at = self._at, end
            return value

    def _more(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            self._ended = True
            return False
        if self._at > len(piece):
            self._mark()
            self._text, self._counted, self._at = self._text[self._at :], 0, 0
        self._text += piece
        return True

    def _mark(self) -> int:
        """The line of the present place."""
        self.line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self.line

    def _broken(self, why: str) -> Rejected:
        return Rejected(f"line {self._mark()}: not a complete JSON file ({why}); send it again")


class _Table:
    """Rows on their way into DuckDB; columns are added as their keys turn up."""

    def __init__(self, scratch: Scratch, source: Source) -> None:
        self._scratch = scratch
        self._source = source
        named = [h for c in source.columns for h in c.headers] + [source.steps_list or ""]
        self._roots = {header_key(root_key(header)) for header in named}
        self._name = scratch.fresh("objects")
        self._block: list[tuple[int, Any]] = []
        self._made = 0
        self.keys: dict[str, int] = {}
        self.count = 0
        self._last_line = 0
        self._shares_lines = False
        scratch.run(f"create table {self._name} (line_no integer, is_object boolean)")

    def add(self, line: int, item: Any) -> None:
        """One row; what is no object has no cells and is set aside later."""
        self._block.append((line, item))
        self._shares_lines = self._shares_lines or line == self._last_line
        self._last_line = line
        self.count += 1
        if len(self._block) == _BLOCK:
            self.flush()

    def flush(self) -> None:
        """Hands the block on."""
        import pyarrow as pa

        block, self._block = self._block, []
        objects = [item if isinstance(item, dict) else {} for _, item in block]
        for item in objects:
            for key in item:
                if key not in self.keys:
                    self.keys[key] = len(self.keys)
        if len(self.keys) > _MAX_KEYS:
            raise Rejected(f"the objects have more than {_MAX_KEYS} different keys")
        for n in range(self._made, len(self.keys)):
            self._scratch.run(f"alter table {self._name} add column c{n} varchar")
        self._made = len(self.keys)
        columns: dict[str, Any] = {
            "line_no": pa.array([line for line, _ in block], pa.int32()),
            "is_object": pa.array([isinstance(item, dict) for _, item in block], pa.bool_()),
        }
        for key, n in self.keys.items():
            is_named = header_key(key) in self._roots
            texts = [_as_text(item.get(key), is_named) for item in objects]
            columns[f"c{n}"] = pa.array(texts, pa.string())
        self._scratch.con.register("arrow_input", pa.table(columns))
        self._scratch.run(f"insert into {self._name} select * from arrow_input")
        self._scratch.con.unregister("arrow_input")

    def fields(self) -> dict[str, int]:
        """Field -> column. Unlike a list's columns, one nested key can serve several fields."""
        places: dict[str, int] = {}
        for key, n in self.keys.items():
            places.setdefault(header_key(key), n)
        found = {}
        for column in self._source.columns:
            roots = (header_key(root_key(header)) for header in column.headers)
            place = next((places[root] for root in roots if root in places), None)
            if place is not None:
                found[column.name] = place
        return found

    def place(self, key: str | None) -> int | None:
        """Position of the column of a key, null when no object has it."""
        wanted = header_key(key or "")
        return next(
            (n for name, n in self.keys.items() if key and header_key(name) == wanted), None
        )

    def rows(self) -> RawRows:
        """All rows; an object that lacks a key has an empty cell there."""
        width = len(self.keys)
        line = "(rowid + 1)::integer" if self._shares_lines else "line_no"
        relation = (
            f"(select * exclude (is_object) replace ({line} as line_no),"
            f" if(is_object, {width}, 0) as cells from {self._name})"
        )
        return RawRows(relation, tables=(self._name,))


def _as_text(value: Any, is_named: bool) -> str | None:
    if isinstance(value, str):
        # half of a pair of surrogates is no character
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if not is_named:
        return None
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def _no_number(word: str) -> Any:
    raise json.JSONDecodeError(f"{word} is no number", "", 0)
