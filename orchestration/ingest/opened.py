"""What every reader hands on: a file whose layout is understood and whose rows can be loaded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

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


@dataclass(frozen=True)
class RawRows:
    """Rows as the file has them, in DuckDB: ``line_no``, ``cells`` (how many) and ``c0, c1, …``."""

    relation: str
    progress: str | None = None
    """Relation ``line_no, code, activity, occurred_at`` of the events of a log."""
    tables: tuple[str, ...] = ()
    """What to drop when the file is done."""


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
