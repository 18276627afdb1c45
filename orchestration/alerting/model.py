"""What an alert is made of. Pure values: no clock, no file, no mail."""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

EVERY_UNIT: Final = "*"
"""The unit of what concerns the whole warehouse, and of a recipient who hears everything."""

SEVERITIES: Final = ("info", "warning", "error")
"""From the mildest to the worst."""

ROLES: Final = ("operator", "manager", "analyst", "sender")
"""Who runs the warehouse, who answers for a unit, who works with figures, who sends lists."""


class State(StrEnum):
    """Where an alert stands; ``open`` has not reached anybody yet."""

    OPEN = "open"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"


class Reason(StrEnum):
    """Why a mail is written."""

    OPENED = "opened"
    GROWN = "grown"
    REMINDER = "reminder"
    RESOLVED = "resolved"
    DIGEST = "digest"
    TEST = "test"


@dataclass(frozen=True)
class Kind:
    """One row of ``kinds.csv``.

    ``life``: a *standing* problem lasts until it is no longer found, and then gets its one mail
    that says so; a *notice* is told once. ``remind_hours``: after so long a standing one that
    nobody acknowledged is told again (null: never). ``on_growth`` ``tell``: dossiers that were not
    in the last mail are a reason to write.
    """

    name: str
    grain: Literal["system", "unit", "file"]
    life: Literal["standing", "notice"]
    severity: str
    remind_hours: int | None
    on_growth: Literal["tell", "wait"]
    roles: tuple[str, ...]


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """All kinds by name."""
    text = files(__package__).joinpath("kinds.csv").read_text(encoding="utf-8")
    return {row["kind"]: _kind(row) for row in csv.DictReader(text.splitlines())}


def _kind(row: Mapping[str, Any]) -> Kind:
    return Kind(
        name=row["kind"],
        grain=row["grain"],
        life=row["life"],
        severity=row["severity"],
        remind_hours=int(row["remind_hours"]) if row["remind_hours"] else None,
        on_growth=row["on_growth"],
        roles=tuple(row["roles"].split()),
    )


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong now, as a detector sees it.

    Grain: kind × unit × subject; that is its identity over runs. ``items``: the codes of the
    dossiers concerned (all of them; a mail shows the first ten). ``rows``: what the attached sheet
    lists, without personal data. ``facts``: what the sentences of the mail need. ``figures``:
    pairs (label code, value) for its table. ``command``: shows the rest.
    """

    kind: str
    unit: str = EVERY_UNIT
    subject: str = ""
    since: date | datetime | None = None
    count: int = 1
    items: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict)
    figures: tuple[tuple[str, Any], ...] = ()
    command: str = ""

    @property
    def key(self) -> str:
        """Identity of the problem: 16 hex digits of kind, unit and subject."""
        text = "\0".join((self.kind, self.unit, self.subject))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Recipient:
    """One row of ``recipients.csv``: who wants to hear what, how.

    ``kinds``: names, or ``*``. ``severity``: from this one on. ``delivery``: each mail at once, or
    one digest a day. ``attach``: whether an .xlsx of all rows goes along.
    """

    address: str
    unit: str
    role: str
    kinds: tuple[str, ...] = ("*",)
    severity: str = "info"
    language: str = "vi"
    delivery: Literal["at_once", "digest"] = "at_once"
    attach: bool = False
    files: tuple[str, ...] = ()
    """Name patterns of the files that a sender sends: one that cannot be read names no unit."""

    def wants(self, kind: Kind) -> bool:
        """Whether this kind of alert is for this person at all, whatever the unit."""
        return (
            ("*" in self.kinds or kind.name in self.kinds)
            and SEVERITIES.index(kind.severity) >= SEVERITIES.index(self.severity)
            and ("*" not in self.kinds or self.role in kind.roles)
        )


@dataclass(frozen=True)
class Alert:
    """An alert as it is kept. ``episode`` counts how often the problem came back.

    ``told``: the items that a mail has named already. ``last_told_at``: when the last mail of it
    was written; both decide whether another one is due.
    """

    key: str
    episode: int
    state: State
    problem: Problem
    opened_at: datetime
    last_told_at: datetime | None = None
    resolved_at: datetime | None = None
    acknowledged_by: str | None = None
    reminders: int = 0
    told: frozenset[str] = frozenset()
    growths: int = 0

    @property
    def id(self) -> str:
        """What a person types: the problem's key and the episode."""
        return f"{self.key[:8]}-{self.episode}"

    @property
    def is_over(self) -> bool:
        """Whether nothing is expected of anybody any more."""
        return self.state is State.RESOLVED


@dataclass(frozen=True)
class Note:
    """A mail to be written: why, of which alert, with what was true then."""

    reason: Reason
    alert: Alert
    number: int = 0
    """Which reminder or growth of this episode."""
    fresh: frozenset[str] = frozenset()
    """The items that no mail has named yet."""
