"""What the ledger must contain, worked out dossier by dossier.

``postings(world)`` goes through the lists in the order in which they became known. After each list
it writes down the whole life of every dossier as it is known then (``life.movements``); what the
new life lacks is reversed, what it has more is posted, both with the list's ``known_at``.

Readings of ``figures.md`` that this model takes where the words leave room are in ``README.md``
beside this file. What belongs here: input, versions, postings. Not here: figures (``figures.py``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

OUTSIDE = "outside"
PROCESSING = "open.processing"
SUPPLEMENT = "open.awaiting_supplement"
PAYMENT = "open.awaiting_payment"
HALTED = "open.halted"
RESOLVED = "closed.resolved"
RETURNED = "closed.returned"
WITHDRAWN = "closed.withdrawn"
PAUSED = (SUPPLEMENT, PAYMENT, HALTED)
OPEN = (PROCESSING, *PAUSED)
CLOSED = (RESOLVED, RETURNED, WITHDRAWN)

RULE_SETS = ("by_date", "by_timestamp", "index_766")


class Moment(NamedTuple):
    """A business time, office wall clock; ``is_day``: it had no clock, ``at`` is its midnight."""

    at: datetime
    is_day: bool = False

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class Batch:
    """One list as it was stored. ``layout`` names the columns that the list has."""

    batch_id: str
    system: str
    source: str
    role: str
    observed_at: datetime
    known_at: datetime
    zone: str
    is_full: bool
    scope_unit: str | None
    scope_date_field: str | None
    scope_from: date | None
    scope_to: date | None
    layout: frozenset[str]
    recorded_at: datetime
    """When it was stored; equal to ``known_at`` but in a backfill."""
    kind: str = "dossiers"
    """What its rows tell of: ``dossiers`` or ``units``."""

    @property
    def known_order(self) -> tuple[datetime, str]:
        return (self.known_at, self.batch_id)

    @property
    def observed_local(self) -> datetime:
        return self.observed_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


@dataclass(frozen=True)
class Sighting:
    """One row of one list. ``account``: the mapped status, None where the list has no status."""

    batch_id: str
    line_no: int
    code: str
    account: str | None
    unit: str | None
    channel: str | None = None
    procedure: str | None = None
    field_name: str | None = None
    received_at: Moment | None = None
    due_at: Moment | None = None
    finished_at: Moment | None = None
    handed_over_at: Moment | None = None
    refused_at: Moment | None = None


@dataclass(frozen=True)
class UnitRow:
    """One row of a units list. ``valid_to``: the first day on which it is no more."""

    batch_id: str
    line_no: int
    code: str
    level: str
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@dataclass(frozen=True)
class World:
    batches: tuple[Batch, ...]
    sightings: tuple[Sighting, ...]
    unit_rows: tuple[UnitRow, ...] = ()


COLUMN_OF = {
    "unit": "unit_name",
    "channel": "channel",
    "procedure": "procedure_code",
    "field_name": "field_name",
    "received_at": "received_at",
    "due_at": "due_at",
    "finished_at": "finished_at",
    "handed_over_at": "handed_over_at",
    "refused_at": "refused_at",
}
"""Attribute of a sighting -> the column of the layout that carries it (the status apart)."""


class Dossier(NamedTuple):
    system: str
    code: str


class Timeliness(NamedTuple):
    """One value for each rule set, in the order of ``RULE_SETS``; None outside."""

    by_date: str | None = None
    by_timestamp: str | None = None
    index_766: str | None = None


@dataclass(frozen=True)
class Movement:
    dossier: Dossier
    movement: str
    from_account: str
    to_account: str
    from_unit: str | None
    to_unit: str
    effective_at: datetime
    before: Timeliness
    after: Timeliness
    channel: str | None
    procedure: str | None
    field_name: str | None


@dataclass(frozen=True)
class Posting:
    """A movement (+1) or its reversal (−1), and when and by which list we knew it."""

    of: Movement
    quantity: int
    known_at: datetime
    batch_id: str


@dataclass(frozen=True)
class Seen:
    """A sighting with the columns that its list lacks filled in from the sightings before it."""

    observed_at: datetime
    observed_local: datetime
    batch_id: str
    account: str
    unit: str
    says_unit: bool
    due_ever_said: bool
    """Whether this or an earlier list has the column of the due date at all."""
    channel: str | None
    procedure: str | None
    field_name: str | None
    received_at: Moment | None
    due_at: Moment | None
    finished_at: Moment | None
    handed_over_at: Moment | None
    refused_at: Moment | None


def postings(world: World) -> list[Posting]:
    """Every posting of every dossier, in the order in which they became known."""
    from .life import movements  # life is written in the words of this module

    batches = ledger_batches(world)
    rows = stored_sightings(world)
    covered = units_covered(world)
    units = set().union(*covered.values())
    posted: list[Posting] = []
    lives: dict[Dossier, Counter[Movement]] = {}
    for number, batch in enumerate(batches, start=1):
        known = batches[:number]
        horizon = {unit: known_until(unit, known, covered) for unit in units}
        for dossier, sightings in rows.items():
            lists = [b for b in known if b.system == dossier.system]
            life = [
                m
                for m in movements(dossier, read(sightings, lists), lists, covered)
                if m.movement != "overdue" or m.effective_at < horizon[m.to_unit]
            ]
            old, new = lives.get(dossier, Counter()), Counter(life)
            lives[dossier] = new
            for movement in (old - new).elements():
                posted.append(Posting(movement, -1, batch.known_at, batch.batch_id))
            for movement in (new - old).elements():
                posted.append(Posting(movement, +1, batch.known_at, batch.batch_id))
    return posted


def ledger_batches(world: World) -> list[Batch]:
    """The lists that are folded, as they became known. A mirror is compared, never posted."""
    return sorted((b for b in world.batches if b.role == "ledger"), key=lambda b: b.known_order)


def stored_sightings(world: World) -> dict[Dossier, list[Sighting]]:
    """The rows that the event store keeps, by dossier.

    The same row of the same list in another file adds nothing: of the rows with the same dossier,
    ``observed_at`` and content only the one stored first stays.
    """
    batch_of = {b.batch_id: b for b in world.batches if b.role == "ledger"}
    found: dict[Dossier, list[Sighting]] = {}
    stored: set[tuple[Dossier, datetime, frozenset[str], Sighting]] = set()
    for row in in_stored_order(world):
        batch = batch_of.get(row.batch_id)
        if batch is None:
            continue
        dossier = Dossier(batch.system, row.code)
        content = replace(row, batch_id="", line_no=0)
        key = (dossier, batch.observed_at, batch.layout, content)
        if key not in stored:
            stored.add(key)
            found.setdefault(dossier, []).append(row)
    return found


def in_stored_order(world: World) -> list[Sighting]:
    batch_of = {b.batch_id: b for b in world.batches}
    return sorted(
        world.sightings,
        key=lambda r: (batch_of[r.batch_id].recorded_at, r.batch_id, r.line_no),
    )


def read(sightings: Iterable[Sighting], lists: Sequence[Batch]) -> list[Seen]:
    """What the known lists said of one dossier, as observed: a late list goes where it belongs."""
    batch_of = {b.batch_id: b for b in lists}
    known = [s for s in sightings if s.batch_id in batch_of]
    known.sort(
        key=lambda s: (
            batch_of[s.batch_id].observed_at,
            batch_of[s.batch_id].known_order,
            s.line_no,
        )
    )
    content: dict[str, object] = dict.fromkeys(COLUMN_OF)
    seen: list[Seen] = []
    for row in known:
        batch = batch_of[row.batch_id]
        for name, column in COLUMN_OF.items():
            value = getattr(row, name)
            # a dossier is always at some unit: an empty cell does not take it away from there
            if column in batch.layout and not (name == "unit" and value is None):
                content[name] = value
        was_here = any(s.account != OUTSIDE for s in seen)
        seen.append(
            Seen(
                observed_at=batch.observed_at,
                observed_local=batch.observed_local,
                batch_id=batch.batch_id,
                account=account_said(row, batch, was_here),
                says_unit="unit_name" in batch.layout and row.unit is not None,
                due_ever_said="due_at" in batch.layout or (bool(seen) and seen[-1].due_ever_said),
                **content,  # type: ignore[arg-type]
            )
        )
    return seen


def account_said(row: Sighting, batch: Batch, was_here: bool) -> str:
    """The account that a row shows: its mapped status, or its dates where it has no status.

    A refusal of a dossier that was received is a return, where there is no status or where it says
    ``outside`` ("not received"): figures.md, ``closed.returned``.
    """
    refused = row.refused_at and (was_here or row.received_at)
    if "status" in batch.layout:
        return RETURNED if row.account == OUTSIDE and refused else row.account or OUTSIDE
    if refused:
        return RETURNED
    if row.finished_at or row.handed_over_at:
        return RESOLVED
    return PROCESSING if row.received_at else OUTSIDE


def units_covered(world: World) -> dict[str, set[str]]:
    """List -> the units of which it tells, mirrors left out.

    These are the units of its rows; of a full list also the unit for which it is declared or, when
    it is declared for none, all units that its source has shown by then. A full list of ended
    dossiers does not tell of a unit without a row that nothing else happened there.
    """
    rows: dict[str, set[str]] = {b.batch_id: set() for b in world.batches}
    for row in world.sightings:
        if row.unit:
            rows[row.batch_id].add(row.unit)
    covered: dict[str, set[str]] = {}
    of_source: dict[str, set[str]] = {}
    for b in ledger_batches(world):
        so_far = of_source.setdefault(b.source, set())
        so_far |= rows[b.batch_id]
        covered[b.batch_id] = set(rows[b.batch_id])
        if b.is_full and b.scope_date_field != "ended":
            covered[b.batch_id] |= {b.scope_unit} if b.scope_unit else so_far
    return covered


def known_until(unit: str, lists: Iterable[Batch], covered: Mapping[str, set[str]]) -> datetime:
    """The end (24:00, office time) of the last day that these lists tell about a unit."""
    told = [b for b in lists if unit in covered[b.batch_id]]
    return max((start_of_day_after(b.observed_local) for b in told), default=datetime.min)


def start_of_day_after(at: datetime) -> datetime:
    return datetime.combine(at.date() + timedelta(days=1), time())


def as_of(posted: Iterable[Posting], instant: datetime | None) -> list[Posting]:
    """What was known at an instant (UTC); None: all of it."""
    if instant is not None and instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return [p for p in posted if instant is None or p.known_at <= instant]
