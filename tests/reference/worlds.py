"""Random worlds: lives of dossiers, and lists that tell of them as badly as real lists do.

``small_worlds()`` is a hypothesis strategy that shrinks well; ``seeded_world(seed, …)`` is fast
enough for hundreds of dossiers. Both use the same rules. Every list is one that an office could
send: partial or full, of one unit or of all, of some dates, late, repeated, corrected, with
columns missing; from one system or two, with a mirror beside them. ``minimise`` makes a failing
world small.
"""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .ledger import (
    CLOSED,
    OPEN,
    OUTSIDE,
    PAUSED,
    PROCESSING,
    RESOLVED,
    RETURNED,
    Batch,
    Dated,
    Dossier,
    Moment,
    OfficeRule,
    ProcedureRow,
    Ruling,
    Sighting,
    UnitRow,
    World,
)

T = TypeVar("T")

BEGIN = datetime(2024, 6, 3)
"""The first list; the worlds last a few weeks of a summer, so no clock change falls into them."""

CHANNELS = ("online", "in_person", "postal", None)
PROCEDURES = ("P1", "P2", None)
FIELD_OF = {"P1": "land", "P2": "trade"}
"""A procedure belongs to one field, so it does not matter where a model takes the field from."""

ALL_COLUMNS = frozenset(
    {
        "status",
        "unit_name",
        "channel",
        "procedure_code",
        "field_name",
        "received_at",
        "due_at",
        "finished_at",
        "handed_over_at",
        "refused_at",
    }
)
BOTH_CODES = ALL_COLUMNS | {"national_code"}
DATES_ONLY = ALL_COLUMNS - {"status", "channel", "procedure_code", "field_name"}
THIN = frozenset({"status", "unit_name", "received_at"})
ATTRIBUTE_OF = {"status": "account", "unit_name": "unit", "procedure_code": "procedure"}
UNITS = {"s1": ("A", "B", "C"), "s2": ("A", "D")}
PARENTS = {"A": "D1", "B": "D1", "C": "D2", "D": "D2", "D1": "P", "D2": "P", "P": None}
LEVELS = {"P": "province", "D1": "district", "D2": "district"}
OFFICES = (
    OfficeRule("*", date(2009, 1, 1), *map(time, (17, 7, 11, 13, 17)), False),
    OfficeRule("A", date(2024, 6, 8), *map(time, (15, 8, 12, 13, 17)), True),
    OfficeRule("D2", date(2009, 1, 1), *map(time, (10, 7, 12, 13, 16)), True),
    OfficeRule("C", date(2024, 6, 12), *map(time, (16, 7, 11, 12, 16)), False),
)
"""What A and C have from a day on, D2 has for the units below it; everybody else the first."""
CALENDAR = (
    (date(2024, 6, 6), False),
    (date(2024, 6, 15), True),
    (date(2024, 6, 20), False),
    (date(2024, 6, 21), False),
)
ZONES = {"s1": "Asia/Ho_Chi_Minh", "s2": "Europe/Amsterdam"}


@dataclass(frozen=True)
class Features:
    """What may occur in a world; switch off what a test is not about."""

    two_systems: bool = True
    mirror: bool = True
    backfill: bool = True
    repeats: bool = True
    dated_scopes: bool = True
    missing_columns: bool = True
    ties: bool = True
    """Several lists of one moment."""
    refused_outside: bool = False
    """A status "not received" with a date of refusal, after a receipt."""
    hierarchy: bool = True
    """A units list: communes below districts below a province."""
    dated: bool = True
    """Steps and messages with a date of their own."""
    rulings: bool = True
    successions: bool = True
    """One unit goes into another."""
    shared_names: bool = True
    """A new unit has the name of one that ended (with successions)."""
    national: bool = True
    """Some dossiers have a national code, too: lists show it beside their own, or alone."""
    limits: bool = True
    """Procedures have limits, from which due dates are computed where no list gives one."""


EVERYTHING = Features()


class Chooser(Protocol):
    """The only source of chance."""

    def number(self, low: int, high: int) -> int: ...


class Seeded:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - worlds, no secrets

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


class Drawn:
    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        return int(self._draw(st.integers(low, high)))


def seeded_world(
    seed: int, dossiers: int = 100, lists: int = 12, features: Features = EVERYTHING
) -> World:
    """The same world for the same arguments."""
    return Maker(Seeded(seed), features).world(dossiers, lists)


@st.composite
def small_worlds(
    draw: Callable[[Any], Any],
    max_dossiers: int = 5,
    max_lists: int = 8,
    features: Features = EVERYTHING,
) -> World:
    """Drawn choice by choice, so that hypothesis finds the simplest failing one itself."""
    dossiers, lists = draw(st.integers(1, max_dossiers)), draw(st.integers(1, max_lists))
    return Maker(Drawn(draw), features).world(dossiers, lists)


def seeded_worlds(
    max_dossiers: int = 30, max_lists: int = 12, features: Features = EVERYTHING
) -> st.SearchStrategy[World]:
    """Larger worlds of which hypothesis chooses only seed and size; see ``minimise``."""
    return st.builds(
        seeded_world,
        st.integers(0, 2**32),
        st.integers(1, max_dossiers),
        st.integers(1, max_lists),
        st.just(features),
    )


@dataclass
class Life:
    """What is true of one dossier at the moment; lists show it more or less."""

    code: str
    begins: datetime
    unit: str
    account: str = OUTSIDE
    left_unit: str | None = None
    channel: str | None = None
    procedure: str | None = None
    received_at: Moment | None = None
    due_at: Moment | None = None
    finished_at: Moment | None = None
    handed_over_at: Moment | None = None
    refused_at: Moment | None = None
    national: str | None = None


@dataclass
class Maker:
    """Builds one world by the choices of one ``Chooser``."""

    choose: Chooser
    features: Features
    batches: list[Batch] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    unit_rows: list[UnitRow] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    procedure_rows: list[ProcedureRow] = field(default_factory=list)
    merged: tuple[date, str, str] | None = None
    """From this day on this unit's work is carried on by that one."""
    lives: dict[str, list[Life]] = field(default_factory=dict)
    now: datetime = BEGIN
    loaded: datetime | None = None
    """Lists made before this moment are loaded then, as a backfill."""

    def chance(self, percent: int) -> bool:
        return self.choose.number(0, 99) >= 100 - percent

    def pick(self, options: Sequence[T]) -> T:
        return options[self.choose.number(0, len(options) - 1)]

    def world(self, dossiers: int, lists: int) -> World:
        self.begin(dossiers)
        for _ in range(lists):
            self.next_list()
        return self.made()

    def made(self) -> World:
        """What has been told so far, whenever it arrives."""
        return World(
            tuple(self.batches),
            tuple(self.sightings),
            tuple(self.unit_rows),
            tuple(self.dated),
            tuple(self.rulings),
            tuple(self.procedure_rows),
            OFFICES,
            CALENDAR,
        )

    def begin(self, dossiers: int) -> None:
        systems = ["s1", "s2"] if self.features.two_systems and self.chance(40) else ["s1"]
        self.lives = {s: [self.new_life(s, n) for n in range(dossiers)] for s in systems}
        if self.features.hierarchy:
            self.list_units(BEGIN - timedelta(days=30))
        if self.features.limits:
            self.list_procedures(BEGIN - timedelta(days=29))
        loaded = BEGIN + timedelta(days=self.choose.number(3, 15))
        self.loaded = loaded if self.features.backfill and self.chance(20) else None
        self.now = BEGIN + timedelta(hours=8)

    def next_list(self) -> None:
        """Time passes, dossiers live on, and a list tells of it; sometimes an old one again."""
        self.now += timedelta(0 if self.features.ties else 1)
        if self.chance(75):
            self.now = datetime.combine(self.now.date(), time(8)) + timedelta(
                days=self.choose.number(0, 4), hours=self.pick((0, 0, 4, 9))
            )
        system = self.pick(sorted(self.lives))
        for life in self.lives[system]:
            if life.begins <= self.now and self.chance(60):
                self.live_on(life, system, self.now)
        is_old = self.loaded is not None and self.now < self.loaded
        batch = self.new_list(system, self.now, self.loaded if is_old else None)
        self.batches.append(batch)
        self.fill(batch, self.lives[system], self.now)
        if self.features.repeats and self.chance(10):
            self.repeat(self.now)
        if self.features.dated and self.chance(25):
            self.steps(self.now)
        if self.features.rulings and self.chance(15):
            self.rule(self.now)

    def backfill(self) -> None:
        """A list of days gone by, of a source that has no live one, loaded with its own moment."""
        now = self.now
        old = now - timedelta(days=self.choose.number(1, 12), hours=self.pick((0, 3)))
        batch = self.new_list(self.pick(sorted(self.lives)), old, now)
        batch = replace(batch, source=f"{batch.system}_old{len(self.batches)}", role="ledger")
        batch = replace(batch, system=batch.system.removeprefix("national_"))
        batch = replace(batch, known_at=batch.observed_at, recorded_at=now.replace(tzinfo=UTC))
        self.batches.append(batch)
        self.fill(batch, self.lives[batch.system], old)

    def list_units(self, now: datetime) -> None:
        """Each system's units; sometimes with a unit that goes into another on some day, and with
        the abolition of a district, whose communes then stand below the province.
        """
        begin = now.date() + timedelta(days=30 if now < BEGIN else 0)
        abolished = None
        if self.features.successions and self.chance(40):
            abolished = begin + timedelta(days=self.choose.number(0, 12))
        for system in sorted(self.lives):
            batch = self.other_list("units", f"units_{system}", system, now)
            for code, parent in PARENTS.items():
                if (code == "D") != (system == "s2"):
                    continue
                row = UnitRow(batch.batch_id, 0, code, LEVELS.get(code, "commune"), parent)
                if self.features.successions and code == "C" and self.chance(60):
                    ends = begin + timedelta(days=self.choose.number(0, 12))
                    row = replace(row, valid_to=ends, successor=self.pick(("B", "A")))
                    self.merged = (ends, "C", row.successor or "B")
                    if self.features.shared_names and self.chance(50):
                        row = self.named_again(row, ends)
                if code == "D2" and abolished:
                    row = replace(row, valid_to=abolished, successor="P")
                rows = [row]
                if parent == "D2" and abolished and (not row.valid_to or row.valid_to > abolished):
                    rows = [
                        replace(row, valid_to=abolished, successor=None),
                        replace(row, parent="P", valid_from=abolished),
                    ]
                line_no = len(self.unit_rows) + 2
                self.unit_rows += [replace(r, line_no=line_no + n) for n, r in enumerate(rows)]

    def named_again(self, ended: UnitRow, day: date) -> UnitRow:
        """A new unit has the name of the one that ended; mostly it is its successor."""
        heir = self.chance(80)
        begins = None if heir and self.chance(40) else day
        new = replace(
            ended, code="N", name=ended.code, valid_from=begins, valid_to=None, successor=None
        )
        self.unit_rows.append(replace(new, line_no=len(self.unit_rows) + 2))
        self.merged = (day, ended.code, ended.code)
        return replace(ended, successor="N") if heir else ended

    def list_procedures(self, now: datetime) -> None:
        """The limits of the procedures, in some unit, or none."""
        batch = self.other_list("procedures", "procedures_s1", "s1", now)
        for code in FIELD_OF:
            kind = self.pick(("working_day", "calendar_day", "hour"))
            amount = self.choose.number(1, 30 if kind == "hour" else 6)
            limit = (amount, kind) if self.chance(80) else None
            line_no = len(self.procedure_rows) + 2
            self.procedure_rows.append(ProcedureRow(batch.batch_id, line_no, code, limit))

    def steps(self, now: datetime) -> None:
        """Progress messages: what happened to some dossiers, or a new due date, each at its day."""
        system = self.pick(sorted(self.lives))
        kind = self.pick(("steps", "steps", "log")) if self.features.missing_columns else "steps"
        batch = self.other_list("progress", f"{system}_{kind}", system, now)
        if kind == "log":  # the status of this one's dossiers comes from dates
            batch = self.batches[-1] = replace(batch, layout=frozenset({"received_at"}))
        for life in self.lives[system]:
            if life.begins > now or self.chance(70):
                continue
            at = self.moment(now - timedelta(days=self.choose.number(0, 6)))
            account = life.account if self.chance(60) else self.pick((*OPEN, *CLOSED))
            code = self.any_code(life)
            said = Dated(batch.batch_id, len(self.dated) + 2, code, at)
            if account != OUTSIDE and self.chance(85):
                said = replace(said, account=account)
            if self.chance(25):
                said = replace(said, due_at=self.due(at.at))
            self.dated.append(said)

    def rule(self, now: datetime) -> None:
        """Some rulings on dossiers, and now and then an earlier one undone."""
        system = self.pick(sorted(self.lives))
        batch = self.other_list("rulings", f"rulings_{system}", system, now)
        for line_no in range(2, 2 + self.choose.number(1, 4)):
            dossier = Dossier(system, self.any_code(self.pick(self.lives[system])))
            kind = self.pick(("void_as_duplicate_of", "unit_is", "closed_on", "keep", "undo"))
            value, day = "0000", None
            if kind == "unit_is":
                value = self.pick(UNITS[system])
            elif kind == "closed_on":
                value, day = self.pick(CLOSED), self.moment(now - timedelta(days=2)).day
            elif kind == "undo":
                earlier = [
                    r for r in self.rulings if r.kind != "undo" and r.dossier.system == system
                ]
                if not earlier:
                    continue
                undone = self.pick(earlier)
                dossier, value = undone.dossier, undone.ruling_id
            text = f"{batch.batch_id} {line_no}"
            ruling_id = hashlib.md5(text.encode()).hexdigest()  # noqa: S324 - no secret
            self.rulings.append(
                Ruling(batch.batch_id, line_no, ruling_id, dossier, kind, value, day)
            )

    def other_list(self, kind: str, source: str, system: str, now: datetime) -> Batch:
        at = now.replace(tzinfo=UTC)
        batch = Batch(
            batch_id=self.new_id(),
            system=system,
            source=source,
            role="ledger",
            observed_at=at,
            known_at=at,
            zone=ZONES.get(system, ZONES["s1"]),
            is_full=kind in {"units", "procedures"},
            scope_unit=None,
            scope_date_field=None,
            scope_from=None,
            scope_to=None,
            layout=frozenset({"status"}) if kind == "progress" else frozenset(),
            recorded_at=at,
            kind=kind,
        )
        self.batches.append(batch)
        return batch

    # --- lives ------------------------------------------------------------------------------------

    def new_life(self, system: str, number: int) -> Life:
        begins = BEGIN + timedelta(days=max(0, self.choose.number(-6, 10)))
        life = Life(f"{number:04d}", begins, self.pick(UNITS[system]))
        life.channel = self.pick(CHANNELS)
        life.procedure = self.pick(PROCEDURES)
        if self.features.national and self.chance(35):
            life.national = f"N{number:04d}"
        if self.chance(85):
            self.receive(life, begins)
        return life

    def receive(self, life: Life, now: datetime) -> None:
        life.account = PROCESSING
        if self.chance(95):
            life.received_at = self.moment(now - timedelta(days=self.choose.number(0, 4)))
        life.due_at = self.due(life.received_at.at if life.received_at else now)

    def moment(self, near: datetime) -> Moment:
        midnight = datetime.combine(near.date(), time())
        if self.chance(50):
            return Moment(midnight, True)
        return Moment(midnight + timedelta(hours=self.pick((9, 11, 15))))

    def due(self, since: datetime) -> Moment | None:
        if self.chance(35 if self.features.limits else 10):
            return None
        midnight = datetime.combine(since.date(), time()) + timedelta(
            days=self.choose.number(0, 12) - 1
        )
        return Moment(midnight, True) if self.chance(50) else Moment(midnight + timedelta(hours=15))

    def live_on(self, life: Life, system: str, now: datetime) -> None:
        """One thing that happens to a dossier, or that its office puts right afterwards."""
        roll = self.choose.number(0, 99)
        if life.account == OUTSIDE:
            if roll >= 40:
                self.receive(life, now)
        elif roll >= 60:
            self.move_on(life, now, roll)
        elif roll >= 30:
            self.change(life, system, now, roll)

    def change(self, life: Life, system: str, now: datetime, roll: int) -> None:
        """Something other than the account, or the receipt itself."""
        if roll < 40:
            life.left_unit, life.unit = life.unit, self.there(self.pick(UNITS[system]), now)
        elif roll < 50:
            life.due_at = self.due(now)
        elif roll < 53:
            life.received_at = self.moment(now - timedelta(days=self.choose.number(0, 6)))
        elif roll < 56:
            life.channel = self.pick(CHANNELS)
        elif roll < 58:
            life.procedure = self.pick(PROCEDURES)
        else:
            life.account = OUTSIDE
            life.finished_at = life.handed_over_at = life.refused_at = None
            if self.features.refused_outside and self.chance(50):
                life.refused_at = self.moment(now)

    def move_on(self, life: Life, now: datetime, roll: int) -> None:
        """To another account, or to another end."""
        if life.account == PROCESSING and roll < 80:
            life.account = self.pick(PAUSED)
        elif life.account in PAUSED and roll < 85:
            life.account = self.pick((PROCESSING, PROCESSING, *PAUSED))
            if self.chance(40):
                life.due_at = self.due(now)
        elif life.account in CLOSED and roll < 72:
            life.account = self.pick(OPEN)
            if self.chance(70):
                life.finished_at = life.handed_over_at = life.refused_at = None
        elif life.account in OPEN or roll < 85:
            self.close(life, now)

    def close(self, life: Life, now: datetime) -> None:
        life.account = self.pick((RESOLVED, RESOLVED, *CLOSED))
        life.finished_at = self.end(life, now) if self.chance(60) else None
        life.handed_over_at = self.end(life, now) if self.chance(40) else None
        life.refused_at = None
        if self.chance(80 if life.account == RETURNED else 10):
            life.refused_at = self.end(life, now)

    def end(self, life: Life, now: datetime) -> Moment:
        """Mostly of the last days; sometimes just when due, before the receipt, in the future."""
        days = self.pick((0, 0, 0, 1, 1, 2, 3, 5, 9, -1, -4))
        roll = self.choose.number(0, 99)
        if roll >= 80 and life.due_at:
            return life.due_at if roll >= 90 else Moment(life.due_at.at + timedelta(days=1), True)
        if roll >= 75 and life.received_at:
            return life.received_at
        return self.moment(now - timedelta(days=days))

    # --- lists ------------------------------------------------------------------------------------

    def new_list(self, system: str, now: datetime, loaded: datetime | None) -> Batch:
        kinds = ["main", "main", "office", "office", "office"]
        if self.features.missing_columns:
            kinds += ["dates", "thin"]
        if self.features.national:
            kinds += ["national"]
        kind = self.pick(kinds)
        role, name = "ledger", system
        if self.features.mirror and self.chance(7):
            role, name, kind = "mirror", f"national_{system}", "main"
        layout = {"dates": DATES_ONLY, "thin": THIN, "national": BOTH_CODES}.get(kind, ALL_COLUMNS)
        scope_unit = None
        if kind == "office" or self.chance(20):
            scope_unit = self.there(self.pick(UNITS[system]), now)
        scope: tuple[str | None, date | None, date | None] = (None, None, None)
        if self.features.dated_scopes and self.chance(25):
            first = now.date() - timedelta(days=self.choose.number(3, 14))
            scope = (self.pick(("received", "ended", "open_on", "handled")), first, now.date())
        if scope[0] == "open_on":
            scope = ("open_on", now.date(), now.date())
        observed_at = now.replace(tzinfo=ZoneInfo(ZONES[system])).astimezone(UTC)
        known_at = observed_at + timedelta(days=self.pick((0, 0, 0, 0, 0, 0, 1, 2, 7)))
        recorded_at = known_at
        if loaded is not None and role == "ledger":
            known_at = observed_at
            recorded_at = loaded.replace(tzinfo=UTC) + timedelta(minutes=self.choose.number(0, 99))
        return Batch(
            batch_id=self.new_id(),
            system=name,
            source=f"{name}_{kind}",
            role=role,
            observed_at=observed_at,
            known_at=known_at,
            zone=ZONES[system],
            is_full=self.chance(70),
            scope_unit=scope_unit,
            scope_date_field=scope[0],
            scope_from=scope[1],
            scope_to=scope[2],
            layout=layout,
            recorded_at=recorded_at,
        )

    def new_id(self) -> str:
        """Not in the order of the lists: a batch id is a hash."""
        text = f"{len(self.batches)} {self.choose.number(0, 9)}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def fill(self, batch: Batch, lives: Sequence[Life], now: datetime) -> None:
        line_no = 1
        for life in lives:
            if life.begins > now or not self.listed(life, batch):
                continue
            line_no += 1
            row = self.row(life, batch, line_no)
            self.sightings.append(row)
            if self.chance(4):
                line_no += 1
                again = replace(row, line_no=line_no)
                if self.chance(50):
                    again = self.shown(replace(again, account=self.pick(OPEN)), batch)
                self.sightings.append(again)

    def listed(self, life: Life, batch: Batch) -> bool:
        if "status" not in batch.layout and life.account == OUTSIDE:
            return False
        if not in_scope(life, batch):
            return False
        in_unit = batch.scope_unit in (None, life.unit, self.carried_on(life.unit, batch)) or (
            batch.scope_unit == life.left_unit and self.chance(40)
        )
        return in_unit and self.chance(93 if batch.is_full else 55)

    def row(self, life: Life, batch: Batch, line_no: int) -> Sighting:
        row = Sighting(
            batch_id=batch.batch_id,
            line_no=line_no,
            code=life.code,
            account=life.account,
            unit=batch.scope_unit or self.carried_on(life.unit, batch),
            channel=life.channel,
            procedure=life.procedure,
            field_name=FIELD_OF.get(life.procedure or ""),
            received_at=life.received_at,
            due_at=life.due_at,
            finished_at=life.finished_at,
            handed_over_at=life.handed_over_at,
            refused_at=life.refused_at,
        )
        if self.chance(6):
            row = replace(row, account=self.pick((OUTSIDE, *OPEN, *CLOSED)))
        row = self.shown(row, batch)
        if life.national and "national_code" in batch.layout:
            # a sender that has no code of its own yet gives the national one alone
            row = replace(row, national=life.national)
            if self.chance(40):
                row = replace(row, code=life.national)
        return row

    def any_code(self, life: Life) -> str:
        """The code under which something other than a list may speak of a dossier."""
        return life.national if life.national and self.chance(30) else life.code

    def carried_on(self, unit: str, batch: Batch) -> str:
        """The unit's name in a list: after a succession mostly the new one."""
        if self.merged and batch.system.endswith("s1"):
            since, old, new = self.merged
            if unit == old and batch.observed_local.date() >= since and self.chance(80):
                return new
        return unit

    def there(self, unit: str, now: datetime) -> str:
        """The unit, or the one that it has gone into by now."""
        if self.merged and unit == self.merged[1] and now.date() >= self.merged[0]:
            return self.merged[2]
        return unit

    def shown(self, row: Sighting, batch: Batch) -> Sighting:
        """Without what the list has no column for."""
        if row.account == OUTSIDE and not self.features.refused_outside:
            row = replace(row, refused_at=None)
        if "status" not in batch.layout and row.received_at is None:
            row = replace(row, received_at=Moment(BEGIN, True))
        absent = {ATTRIBUTE_OF.get(c, c): None for c in sorted(ALL_COLUMNS - batch.layout)}
        return replace(row, **absent)

    def repeat(self, now: datetime) -> None:
        """An earlier list again in another file, with some rows put right since."""
        lists = [b for b in self.batches if b.kind == "dossiers"]
        if not lists:
            return
        earlier = self.pick(lists)
        later = now.replace(tzinfo=UTC) + timedelta(days=self.choose.number(0, 2))
        known_at = max(earlier.known_at, earlier.recorded_at, later)
        copy = replace(earlier, batch_id=self.new_id(), known_at=known_at, recorded_at=known_at)
        self.batches.append(copy)
        for row in [s for s in self.sightings if s.batch_id == earlier.batch_id]:
            again = replace(row, batch_id=copy.batch_id)
            if self.chance(15):
                again = self.shown(replace(again, account=self.pick((*OPEN, *CLOSED))), copy)
            self.sightings.append(again)


def in_scope(life: Life, batch: Batch) -> bool:
    """Whether a list of certain dates shows this dossier."""
    received = life.received_at.day if life.received_at else None
    ended = life.finished_at or life.handed_over_at or life.refused_at
    first, last = batch.scope_from, batch.scope_to
    if batch.scope_date_field is None or first is None or last is None:
        return True
    match batch.scope_date_field:
        case "received":
            return received is not None and first <= received <= last
        case "ended":
            return life.account in CLOSED and ended is not None and first <= ended.day <= last
        case "open_on":
            return life.account in OPEN
        case _:
            return received is None or received <= last


# --- smaller worlds -------------------------------------------------------------------------------


def arrived(world: World, now: datetime) -> World:
    """What was stored by an instant (UTC)."""
    return _only(world, {b.batch_id for b in world.batches if b.recorded_at <= now}, None)


def prefix(world: World, batches: int) -> World:
    """The world after its first lists, in the order in which they were stored."""
    kept = sorted(world.batches, key=lambda b: (b.recorded_at, b.batch_id))[:batches]
    return _only(world, {b.batch_id for b in kept}, None)


def minimise(world: World, fails: Callable[[World], bool]) -> World:
    """A smaller world that still fails: dossiers, lists and rows are taken away while it does."""
    shrinking = True
    while shrinking:
        shrinking = False
        for smaller in _smaller(world):
            if fails(smaller):
                world, shrinking = smaller, True
                break
    return world


def _smaller(world: World):  # type: ignore[no-untyped-def]
    codes = sorted({s.code for s in (*world.sightings, *world.dated)})
    for n in range(len(codes) if len(codes) > 1 else 0):
        if n == 0:
            for half in (codes[: len(codes) // 2], codes[len(codes) // 2 :]):
                yield _only(world, None, set(half))
        yield _only(world, None, set(codes) - {codes[n]})
    ids = {b.batch_id for b in world.batches}
    for batch in world.batches:
        yield _only(world, ids - {batch.batch_id}, None)
    for row in world.sightings:
        yield replace(world, sightings=tuple(s for s in world.sightings if s != row))
    for said in world.dated:
        yield replace(world, dated=tuple(d for d in world.dated if d != said))
    for ruling in world.rulings:
        yield replace(world, rulings=tuple(r for r in world.rulings if r != ruling))


def _only(world: World, batch_ids: set[str] | None, codes: set[str] | None) -> World:
    return replace(
        world,
        batches=tuple(b for b in world.batches if batch_ids is None or b.batch_id in batch_ids),
        sightings=tuple(
            s
            for s in world.sightings
            if (batch_ids is None or s.batch_id in batch_ids) and (codes is None or s.code in codes)
        ),
        unit_rows=tuple(u for u in world.unit_rows if batch_ids is None or u.batch_id in batch_ids),
        dated=tuple(
            d
            for d in world.dated
            if (batch_ids is None or d.batch_id in batch_ids) and (codes is None or d.code in codes)
        ),
        rulings=tuple(
            r
            for r in world.rulings
            if (batch_ids is None or r.batch_id in batch_ids)
            and (codes is None or r.dossier.code in codes)
        ),
        procedure_rows=tuple(
            p for p in world.procedure_rows if batch_ids is None or p.batch_id in batch_ids
        ),
    )
