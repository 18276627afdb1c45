"""What a statement shows by itself: the shapes of ``hoso reconcile``. All frozen, plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orchestration.statements.model import Period, plain_number

HOLDS, FAILS, NOT_APPLICABLE = "holds", "fails", "not_applicable"
REPEAT, PARTS, CHANGE, RATE = "repeat", "I13", "I14", "I15"


@dataclass(frozen=True)
class IdentityResult:
    """One identity on one document, level and period; ``difference`` = left - right."""

    document: str
    unit: str
    level: str
    period: Period | None
    code: str
    left: Decimal | None
    right: Decimal | None
    status: str
    lines: tuple[int, ...]
    equation: str
    note: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Signed; ``None`` where the identity does not apply."""
        if self.left is None or self.right is None or self.status == NOT_APPLICABLE:
            return None
        return self.left - self.right

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso reconcile``, with the equation in words."""
        return {
            "document": self.document,
            "unit": self.unit,
            "level": self.level,
            "period": self.period.as_json() if self.period else None,
            "code": self.code,
            "left": _plain(self.left),
            "right": _plain(self.right),
            "difference": _plain(self.difference),
            "status": self.status,
            "lines": list(self.lines),
            "equation": self.equation,
            "note": self.note,
        }


@dataclass(frozen=True)
class Contradiction:
    """One figure, stated with two values."""

    document: str
    unit: str
    level: str
    period: Period | None
    code: str
    dims: Mapping[str, str]
    values: tuple[Decimal, ...]
    lines: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso reconcile``."""
        return {
            "document": self.document,
            "unit": self.unit,
            "level": self.level,
            "period": self.period.as_json() if self.period else None,
            "code": self.code,
            "dims": dict(self.dims),
            "values": [plain_number(value) for value in self.values],
            "lines": list(self.lines),
        }


@dataclass(frozen=True)
class Remark:
    """Nothing wrong, yet to be looked at: ``kind`` is ``denominator`` or ``doubtful_reading``."""

    document: str
    unit: str
    level: str
    code: str
    kind: str
    values: tuple[Decimal, ...]
    lines: tuple[int, ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso reconcile``."""
        return {
            "document": self.document,
            "unit": self.unit,
            "level": self.level,
            "code": self.code,
            "kind": self.kind,
            "values": [plain_number(value) for value in self.values],
            "lines": list(self.lines),
            "text": self.text,
        }


@dataclass(frozen=True)
class Findings:
    """All that one or several statements show by themselves."""

    identities: tuple[IdentityResult, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        """Findings of both."""
        return Findings(
            self.identities + other.identities,
            self.contradictions + other.contradictions,
            self.remarks + other.remarks,
        )

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso reconcile``; ``figures``, the computed side, is empty here."""
        return {
            "identities": [result.as_json() for result in self.identities],
            "figures": [],
            "contradictions": [item.as_json() for item in self.contradictions],
            "remarks": [remark.as_json() for remark in self.remarks],
        }


def _plain(value: Decimal | None) -> int | float | None:
    return None if value is None else plain_number(value)


def plain(value: Decimal) -> str:
    """A number in the words of an equation: no exponent."""
    return f"{value:f}"
