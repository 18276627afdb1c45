"""A stated figure beside the computed one: the shape of ``hoso reconcile``. Frozen, plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orchestration.statements.model import Period, plain_number

MATCH, DIFFERS = "match", "differs"
NOT_COMPUTED, NOT_STATED = "not_computed", "not_stated"


@dataclass(frozen=True)
class Compared:
    """One figure of a document; ``causes`` add up to ``difference`` (computed − stated)."""

    document: str
    unit: str
    unit_code: str | None
    level: str
    period: Period
    rule_set: str
    code: str
    dims: str
    stated: Decimal | None
    computed: Decimal | None
    status: str
    causes: Mapping[str, int | float]
    reading: str | None
    line: int | None
    known_until: str | None
    complete: bool | None

    @property
    def difference(self) -> Decimal | None:
        """Computed − stated; null where one of them is."""
        if self.stated is None or self.computed is None:
            return None
        return self.computed - self.stated

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of ``hoso reconcile``."""
        return {
            "document": self.document,
            "unit": self.unit,
            "unit_code": self.unit_code,
            "level": self.level,
            "period": self.period.as_json(),
            "rule_set": self.rule_set,
            "code": self.code,
            "dims": self.dims,
            "stated": _plain(self.stated),
            "computed": _plain(self.computed),
            "difference": _plain(self.difference),
            "status": self.status,
            "causes": dict(self.causes),
            "reading": self.reading,
            "lines": [self.line] if self.line else [],
            "known_until": self.known_until,
            "complete": self.complete,
        }


def _plain(value: Decimal | None) -> int | float | None:
    return None if value is None else plain_number(value)
