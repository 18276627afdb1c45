"""What every reader hands on: a file whose layout is understood and whose rows can be loaded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from orchestration.ingest.fingerprint import Fingerprint

ObservedFrom = Literal["content", "name", "option"]


@dataclass(frozen=True)
class Facts:
    """What a title or a file's name says about the whole list; null where it does not say it.

    ``observed`` is wall-clock time of the source's zone unless it carries an offset.
    """

    observed: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None
    unit: str | None = None
    service: str | None = None
    """Service that the envelope of a national message names."""


@dataclass(frozen=True)
class Given:
    """What a reader is told beside path, source and scratch: the file's fingerprint, and how many
    bytes what is packed in it may have."""

    mark: Fingerprint
    max_bytes: int


@dataclass(frozen=True)
class RawRows:
    """Rows as the file has them, in DuckDB: ``cells`` (how many) and ``c0, c1, …``.

    With ``first_line`` the n-th row of the relation is line ``first_line`` + n (from 0) of the file
    and numbering is left to the table that the rows are copied to: a window function would keep
    DuckDB to one thread. Else the relation has ``line_no``.
    """

    relation: str
    first_line: int | None = None
    progress: str | None = None
    """Relation ``line_no, code, activity, occurred_at`` of the events of a log."""
    tables: tuple[str, ...] = ()
    """What to drop when the file is done."""
    careful: Callable[[], str] | None = None
    """Makes a relation with ``line_no`` for a file that DuckDB could not read to its end."""

    @property
    def has_lines(self) -> bool:
        """Whether the relation itself has ``line_no``."""
        return self.first_line is None

    @property
    def line_sql(self) -> str:
        """SQL of the line in ``typed_rows``, made from the relation in its order and wholly."""
        if self.has_lines:
            return "typed_rows.line_no"
        return f"(typed_rows.rowid + {self.first_line})::integer"


@dataclass(frozen=True)
class Opened:
    """A file of a known source, with its layout; nothing of its rows is stored yet.

    ``fields`` maps canonical field -> position of its cell; ``load`` brings the rows in.
    """

    format: str
    headers: tuple[str, ...]
    fields: dict[str, int]
    title: Facts
    load: Callable[[], RawRows]
    dropped: tuple[str, ...] = ()
    """Headers whose cells are not kept."""
    remarks: tuple[str, ...] = field(default=())
    steps: int | None = None
    """Position of the cells that hold a nested list of dated steps."""
