"""The shapes that reading a statement hands on; all frozen, all plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date

    def as_json(self) -> dict[str, str]:
        """``{"from": …, "to": …}``, ISO dates."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    def __str__(self) -> str:
        """``2023-09-14..2023-10-12``."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


@dataclass(frozen=True)
class Figure:
    """One stated figure.

    ``value`` has the decimals that the report wrote; ``alternatives`` holds every possible value of
    a doubtful reading (empty otherwise); ``tokens`` are the number tokens as read, ``positions``
    where
    they start in the text (two figures may rest on one token, ``18/23``).
    """

    code: str
    unit: str
    level: str
    period: Period | None
    value: Decimal
    unit_of_measure: str
    line: int
    text: str
    dims: Mapping[str, str] = field(default_factory=dict)
    qualifier: str | None = None
    confidence: float = 1.0
    tokens: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    alternatives: tuple[Decimal, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso statement read``, and ``alternatives``."""
        return {
            "code": self.code,
            "unit": self.unit,
            "level": self.level,
            "dims": dict(self.dims),
            "period": self.period.as_json() if self.period else None,
            "value": plain_number(self.value),
            "unit_of_measure": self.unit_of_measure,
            "qualifier": self.qualifier,
            "text": self.text,
            "line": self.line,
            "confidence": round(self.confidence, 2),
            "tokens": list(self.tokens),
            "alternatives": [plain_number(value) for value in self.alternatives],
        }


@dataclass(frozen=True)
class Unread:
    """A number that nobody understood, with the words around it."""

    text: str
    line: int


@dataclass(frozen=True)
class Numbers:
    """What became of every number token; the parts add up to ``total``."""

    read: int
    unread: int
    dates: int
    references: int
    list_marks: int
    misread_words: int

    @property
    def total(self) -> int:
        """All number tokens of the document."""
        return (
            self.read
            + self.unread
            + self.dates
            + self.references
            + self.list_marks
            + self.misread_words
        )

    def as_json(self) -> dict[str, int]:
        """``{total, read, unread, dates, references, list_marks, misread_words}``."""
        return {
            "total": self.total,
            "read": self.read,
            "unread": self.unread,
            "dates": self.dates,
            "references": self.references,
            "list_marks": self.list_marks,
            "misread_words": self.misread_words,
        }


@dataclass(frozen=True)
class Statement:
    """What one document states. ``level`` is that of the office that wrote it."""

    document: str
    unit: str
    level: str
    issued_on: date | None
    period: Period | None
    figures: tuple[Figure, ...]
    unread: tuple[Unread, ...]
    numbers: Numbers

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso statement read``."""
        return {
            "document": self.document,
            "figures": [figure.as_json() for figure in self.figures],
            "unread": [{"text": item.text, "line": item.line} for item in self.unread],
            "numbers": self.numbers.as_json(),
        }


def plain_number(value: Decimal) -> int | float:
    """An ``int`` where the value is whole, for JSON."""
    return int(value) if value == value.to_integral_value() else float(value)
