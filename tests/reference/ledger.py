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
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .due import DueDate

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
    """What its rows tell of: ``dossiers``, ``units``, ``procedures``, ``progress``, ``rulings``."""

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
    national: str | None = None
    """The national code, beside the row's own or as the only one."""


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
    name: str | None = None
    """What lists call it; None: by its code."""


@dataclass(frozen=True)
class ProcedureRow:
    """One row of a procedures list. ``limit``: how many, and of what; None: it has none."""

    batch_id: str
    line_no: int
    code: str
    limit: tuple[int, str] | None


@dataclass(frozen=True)
class OfficeRule:
    """How a unit (``*``: any) counts limits from a day on: seed ``office_rule``."""

    unit: str
    valid_from: date
    cut_off: time
    opens: time
    lunch_from: time
    lunch_to: time
    closes: time
    restarts: bool


@dataclass(frozen=True)
class Dated:
    """One row with a date of its own: a step of a control slip, a progress message, a form.

    ``account`` and ``due_at`` are None where it does not say them.
    """

    batch_id: str
    line_no: int
    code: str
    at: Moment
    account: str | None = None
    due_at: Moment | None = None


@dataclass(frozen=True)
class Ruling:
    """What a person decided of one dossier. ``value``: as docs/contracts.md says for its kind."""

    batch_id: str
    line_no: int
    ruling_id: str
    dossier: "Dossier"
    kind: str
    value: str
    day: date | None = None


@dataclass(frozen=True)
class World:
    batches: tuple[Batch, ...]
    sightings: tuple[Sighting, ...]
    unit_rows: tuple[UnitRow, ...] = ()
    dated: tuple[Dated, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    procedure_rows: tuple[ProcedureRow, ...] = ()
    offices: tuple[OfficeRule, ...] = ()
    calendar: tuple[tuple[date, bool], ...] = ()
    """Days that are worked, or not, against the week of Monday to Friday."""

    @cached_property
    def named(self) -> "World":
        """The same world, its lists with codes of units in the place of names."""
        from .units import with_codes

        return with_codes(self)

    @cached_property
    def lived(self) -> "Lived":
        """What follows from the world, worked out once."""
        return _lived(self)

    @cached_property
    def code_map(self) -> "dict[Dossier, Dossier]":
        """Code -> dossier, for codes of dossiers that have several."""
        from .codes import code_map

        return code_map(self)


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
    """A row with what it does not say filled in from the rows before it."""

    observed_at: datetime
    observed_local: datetime
    """The moment of the list, or the row's own where it has one."""
    batch_id: str
    account: str
    unit: str
    says_unit: bool
    is_dated: bool
    says_due: bool
    moment: Moment
    """``observed_local``, and whether it is a day."""
    says_account: bool
    """By a status of its own, not by dates."""
    by_dates: bool
    """The account follows from dates, no status says it."""
    closes_as: str | None
    """Where closings follow from dates: the kind that a dated row names."""
    ended_on: Moment | None
    """The end by a ruling."""
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


class Lived(NamedTuple):
    posted: list[Posting]
    computed: dict[str, datetime]
    due_dates: dict[Dossier, "Sequence[DueDate]"]


def postings(world: World) -> list[Posting]:
    """Every posting of every dossier, in the order in which they became known."""
    return world.lived.posted


def due_dates_computed(world: World) -> dict[str, datetime]:
    """Unit -> since when a due date of one of its dossiers is known that we computed."""
    return world.lived.computed


def due_dates(world: World) -> dict[Dossier, "Sequence[DueDate]"]:
    """Dossier -> its due dates as known now, where there is more than one that lists gave."""
    return world.lived.due_dates


def _lived(world: World) -> Lived:
    from .due import Limits
    from .life import life_of  # life is written in the words of this module
    from .rulings import in_force
    from .units import Successions

    batches = ledger_batches(world)
    rows = by_dossier(world, stored_sightings(world))
    dated = by_dossier(world, stored_dated(world))
    covered, successions = units_covered(world), Successions.of(world)
    limits = Limits.of(world)
    units = set().union(*covered.values())
    posted: list[Posting] = []
    computed: dict[str, datetime] = {}
    due_dates: dict[Dossier, Sequence[DueDate]] = {}
    lives: dict[Dossier, Counter[Movement]] = {}
    for number, batch in enumerate(batches, start=1):
        known = batches[:number]
        horizon = {unit: known_until(unit, known, covered) for unit in units}
        rulings = in_force(world, known)
        for dossier in {**rows, **dated}:
            lists = [b for b in known if b.system == dossier.system]
            seen = read(rows.get(dossier, []), lists, dated.get(dossier, []))
            ruled = rulings.get(dossier, {})
            told = life_of(dossier, seen, lists, covered, ruled, successions, limits)
            due_dates[dossier] = told.due_dates
            if told.due_computed_at:
                computed.setdefault(told.due_computed_at, batch.known_at)
            life = [
                m
                for m in told.movements
                if m.movement != "overdue" or m.effective_at < horizon.get(m.to_unit, datetime.min)
            ]
            old, new = lives.get(dossier, Counter()), Counter(life)
            lives[dossier] = new
            for movement in (old - new).elements():
                posted.append(Posting(movement, -1, batch.known_at, batch.batch_id))
            for movement in (new - old).elements():
                posted.append(Posting(movement, +1, batch.known_at, batch.batch_id))
    return Lived(posted, computed, due_dates)


R = TypeVar("R")


def by_dossier(world: World, rows: Mapping[Dossier, Sequence[R]]) -> dict[Dossier, list[R]]:
    """Rows told of a code, as told of the dossier whose code it is."""
    found: dict[Dossier, list[R]] = {}
    for code, told in rows.items():
        found.setdefault(world.code_map.get(code, code), []).extend(told)
    return found


def ledger_batches(world: World) -> list[Batch]:
    """The lists that are folded, as they became known. A mirror is compared, never posted."""
    return sorted((b for b in world.batches if b.role == "ledger"), key=lambda b: b.known_order)


def stored_sightings(world: World) -> dict[Dossier, list[Sighting]]:
    """The rows that the event store keeps, by dossier.

    The same row of the same list in another file adds nothing: of the rows with the same dossier,
    ``observed_at`` and content only the one stored first stays.
    """
    world = world.named
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


def stored_dated(world: World) -> dict[Dossier, list[Dated]]:
    """The rows of their own date that the event store keeps; said again they add nothing."""
    batch_of = {b.batch_id: b for b in world.batches if b.role == "ledger"}
    found: dict[Dossier, list[Dated]] = {}
    stored: set[tuple[str, Dated]] = set()
    order = {i: (b.recorded_at, b.batch_id) for i, b in batch_of.items()}
    told = [d for d in world.dated if d.batch_id in batch_of]
    for row in sorted(told, key=lambda r: (order[r.batch_id], r.line_no)):
        batch = batch_of[row.batch_id]
        key = (batch.system, replace(row, batch_id="", line_no=0))
        if key not in stored:
            stored.add(key)
            found.setdefault(Dossier(batch.system, row.code), []).append(row)
    return found


def in_stored_order(world: World) -> list[Sighting]:
    batch_of = {b.batch_id: b for b in world.batches}
    return sorted(
        world.sightings,
        key=lambda r: (batch_of[r.batch_id].recorded_at, r.batch_id, r.line_no),
    )


def read(
    sightings: Iterable[Sighting], lists: Sequence[Batch], dated: Iterable[Dated] = ()
) -> list[Seen]:
    """What is known to have been said of one dossier, each row at its moment.

    A late list goes where it belongs; a row with a date of its own stands at that date.
    """
    batch_of = {b.batch_id: b for b in lists}
    known: list[Sighting | Dated] = [s for s in (*sightings, *dated) if s.batch_id in batch_of]
    known.sort(
        key=lambda s: (
            instant_of(s, batch_of[s.batch_id]),
            batch_of[s.batch_id].known_order,
            s.line_no,
        )
    )
    content: dict[str, object] = dict.fromkeys(COLUMN_OF)
    seen: list[Seen] = []
    for row in known:
        batch = batch_of[row.batch_id]
        if isinstance(row, Dated):
            if row.due_at:
                content["due_at"] = row.due_at
            seen.append(seen_dated(row, batch, seen, content))
            continue
        for name, column in COLUMN_OF.items():
            value = getattr(row, name)
            # a dossier is always at some unit: an empty cell does not take it away from there
            if column in batch.layout and not (name == "unit" and value is None):
                content[name] = value
        was_here = any(s.account != OUTSIDE for s in seen)
        account = account_said(row, batch, was_here)
        if "status" not in batch.layout and account == PROCESSING:
            account = pause_by_step(seen) or PROCESSING
        seen.append(
            Seen(
                observed_at=batch.observed_at,
                observed_local=batch.observed_local,
                batch_id=batch.batch_id,
                account=account,
                says_unit="unit_name" in batch.layout and row.unit is not None,
                is_dated=False,
                says_due="due_at" in batch.layout,
                moment=Moment(batch.observed_local),
                says_account="status" in batch.layout,
                by_dates="status" not in batch.layout,
                closes_as=None,
                ended_on=None,
                due_ever_said="due_at" in batch.layout or (bool(seen) and seen[-1].due_ever_said),
                **content,  # type: ignore[arg-type]
            )
        )
    return kinds_named(seen)


def seen_dated(
    row: Dated, batch: Batch, before: Sequence[Seen], content: dict[str, object]
) -> Seen:
    """A row of its own date: it says what it says, everything else stays as it was.

    Where the status comes from dates it never closes, it only names the kind of closing.
    """
    last = before[-1] if before else None
    account, closes_as = row.account, None
    if account in CLOSED and "status" not in batch.layout:
        account, closes_as = None, account
    if account in OPEN:  # an open dossier has no end
        content |= dict.fromkeys(("finished_at", "handed_over_at", "refused_at"))
    return Seen(
        observed_at=instant_of(row, batch),
        observed_local=row.at.at,
        batch_id=batch.batch_id,
        account=account or (last.account if last else OUTSIDE),
        says_unit=False,
        is_dated=True,
        says_due=row.due_at is not None,
        moment=row.at,
        says_account=account is not None,
        by_dates=account is None and (last is None or last.by_dates),
        closes_as=closes_as,
        ended_on=None,
        due_ever_said=row.due_at is not None or (last is not None and last.due_ever_said),
        **content,  # type: ignore[arg-type]
    )


def pause_by_step(seen: Sequence[Seen]) -> str | None:
    """The pause that a row of its own date began and that no status has ended since.

    That a list has no end date says that a dossier is open, not that its pause is over.
    """
    said = next((s for s in reversed(seen) if s.says_account), None)
    return said.account if said and said.is_dated and said.account in OPEN else None


def kinds_named(seen: Sequence[Seen]) -> list[Seen]:
    """Closings that follow from dates are of the kind that the newest dated row names."""
    named = next((s.closes_as for s in reversed(seen) if s.closes_as), None)
    return [
        replace(s, account=named) if named and s.by_dates and s.account == RESOLVED else s
        for s in seen
    ]


def instant_of(row: Sighting | Dated, batch: Batch) -> datetime:
    """When a row stood (UTC): the moment of its list, or its own."""
    if isinstance(row, Dated):
        return row.at.at.replace(tzinfo=ZoneInfo(batch.zone)).astimezone(UTC)
    return batch.observed_at


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
    dossiers does not tell of a unit without a row that nothing else happened there. From the day
    of a succession on the lists of the successor speak for the unit before it, too.
    """
    from .units import Successions

    world = world.named
    rows: dict[str, set[str]] = {b.batch_id: set() for b in world.batches}
    for row in world.sightings:
        if row.unit:
            rows[row.batch_id].add(row.unit)
    covered: dict[str, set[str]] = {}
    of_source: dict[str, set[str]] = {}
    successions = Successions.of(world)
    for b in ledger_batches(world):
        so_far = of_source.setdefault(b.source, set())
        so_far |= rows[b.batch_id]
        covered[b.batch_id] = set(rows[b.batch_id])
        if b.is_full and b.scope_date_field != "ended":
            covered[b.batch_id] |= {b.scope_unit} if b.scope_unit else so_far
        before = successions.predecessors(covered[b.batch_id], b.observed_local.date())
        covered[b.batch_id] |= before
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
