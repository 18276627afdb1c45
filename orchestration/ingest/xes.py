"""Reads event logs (XES, IEEE 1849; plain or gzip): one row per trace, one per event.

XML is parsed as a stream, without entities, DTD or network; a file with a DTD is refused.
"""

import gzip
import io
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from orchestration.ingest.opened import Facts, Given, Opened, RawRows
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_GZIP = b"\x1f\x8b"


class _Limited(io.RawIOBase):
    """A stream that refuses to give more than ``limit`` bytes (a small gzip can hold terabytes)."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._left = limit

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise Rejected("the unpacked log is larger than HOSO_MAX_FILE_MB allows")
        return data


class _Log:
    """Columns of traces and events, filled while the file streams by."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.wanted = [column.headers for column in source.columns]
        self.traces: list[list[str | None]] = [[] for _ in source.columns]
        self.codes: list[str | None] = []
        self.steps: dict[str, list[str | None]] = {name: [] for name in source.progress}
        self.keys: dict[str, int] = defaultdict(int)

    def add(self, trace: "_Element") -> None:
        """One trace with its events."""
        attributes: dict[str, str | None] = {}
        events = []
        for child in trace:
            if _name(child) == "event":
                events.append(child)
            elif child.get("key"):
                attributes[cast(str, child.get("key"))] = child.get("value")
        for key in attributes:
            self.keys[key] += 1
        for cells, keys in zip(self.traces, self.wanted, strict=True):
            cells.append(next((attributes[key] for key in keys if key in attributes), None))
        code = self.traces[self._code][-1]
        for event in events:
            values = {child.get("key"): child.get("value") for child in event}
            self.codes.append(code)
            for field, attribute in self.source.progress.items():
                self.steps[field].append(values.get(attribute))
            for name in values:
                self.keys[f"event/{name}"] += 1

    @property
    def _code(self) -> int:
        return [column.name for column in self.source.columns].index("code")


def open_xes(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Reads a log wholly (its last event says when it was observed); rows lie in the scratch.

    Raises ``Rejected`` for anything that is not a complete XES file with the required attributes.
    """
    log = _read(path, source, given.max_bytes)
    if not log.traces[0]:
        raise Rejected("the log has no traces")
    fields = {c.name: n for n, c in enumerate(source.columns) if _present(c.headers, log.keys)}
    missing = [c.headers[0] for c in source.columns if c.required and c.name not in fields]
    if missing:
        raise Rejected(
            f"no trace has the required attribute {', '.join(missing)}; "
            f"its attributes are: {', '.join(sorted(k for k in log.keys if '/' not in k))[:400]}"
        )
    rows = _to_duckdb(log, scratch)
    headers = [
        next((key for key in c.headers if key in log.keys), c.headers[0]) for c in source.columns
    ]
    dropped = [key for key in log.keys if key not in headers and not _is_progress(key, source)]
    return Opened(
        format="xes",
        headers=tuple(headers),
        dropped=tuple(sorted(dropped)),
        fields=fields,
        title=Facts(observed=_newest(log.steps.get("occurred_at", []))),
        load=lambda: rows,
    )


def _read(path: Path, source: Source, max_bytes: int) -> _Log:
    from lxml import etree

    log = _Log(source)
    try:
        with _stream(path, max_bytes) as stream:
            context = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            _walk(context, log)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Rejected(f"the gzip file is damaged or cut off ({error}); send it again") from error
    except etree.XMLSyntaxError as error:
        raise Rejected(f"not a complete XML file: {error.msg}") from error
    return log


def _walk(context: Iterator[tuple[str, "_Element"]], log: _Log) -> None:
    root: _Element | None = None
    for event, element in context:
        if root is None:
            root = element
            if element.getroottree().docinfo.internalDTD is not None:
                raise Rejected("the XML file has a DTD, which is not allowed; export it without")
            if _name(element) != "log":
                raise Rejected(f"not an XES log: its root element is {_name(element)!r}")
        if event == "end" and _name(element) == "trace":
            log.add(element)
            # siblings that were read would else stay in memory until the end
            element.clear()
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)


def _stream(path: Path, max_bytes: int) -> IO[bytes]:
    raw = path.open("rb")
    head = raw.read(2)
    raw.seek(0)
    if not head:
        raw.close()
        raise Rejected("the file is empty")
    stream = gzip.GzipFile(fileobj=raw) if head == _GZIP else raw
    return cast(IO[bytes], _Limited(cast(IO[bytes], stream), max_bytes))


def _name(element: "_Element") -> str:
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _present(headers: tuple[str, ...], keys: dict[str, int]) -> bool:
    return any(header in keys for header in headers)


def _is_progress(key: str, source: Source) -> bool:
    return key.removeprefix("event/") in source.progress.values()


def _newest(moments: list[str | None]) -> datetime | None:
    """The newest time stamp; values that are none are left for the row's own check."""
    parsed = []
    for text in moments:
        try:
            parsed.append(datetime.fromisoformat(text or ""))
        except ValueError:
            continue
    aware = [moment for moment in parsed if moment.tzinfo]
    return max(aware or parsed, default=None)


def _to_duckdb(log: _Log, scratch: Scratch) -> RawRows:
    import pyarrow as pa

    name = scratch.fresh("log")
    width = len(log.traces)
    traces = pa.table(
        {
            "line_no": pa.array(range(1, len(log.traces[0]) + 1), pa.int32()),
            "cells": pa.array([width] * len(log.traces[0]), pa.int32()),
            **{f"c{n}": pa.array(cells, pa.string()) for n, cells in enumerate(log.traces)},
        }
    )
    events = pa.table(
        {
            "line_no": pa.array(range(1, len(log.codes) + 1), pa.int32()),
            "code": pa.array(log.codes, pa.string()),
            **{name: pa.array(cells, pa.string()) for name, cells in log.steps.items()},
        }
    )
    for relation, table in ((name, traces), (f"{name}_events", events)):
        scratch.take(relation, table)
    progress = f"{name}_events" if log.source.progress else None
    return RawRows(name, progress=progress, tables=(name, f"{name}_events"))
