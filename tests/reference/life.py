"""The life of one dossier, as a given number of lists tells it: its movements in their order.

The steps are those of ``figures.md``: receipt; the closings that count; the open accounts and units
seen on the way; and only then timeliness, which never changes an account.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from . import due, rulings, timeliness
from .due import DueDate, Limits
from .ledger import (
    CLOSED,
    OUTSIDE,
    PROCESSING,
    RESOLVED,
    RETURNED,
    WITHDRAWN,
    Batch,
    Dossier,
    Moment,
    Movement,
    Seen,
    Timeliness,
)
from .rulings import Rulings
from .timeliness import Term
from .units import Successions

END_DATES = {
    RESOLVED: ("finished_at", "handed_over_at"),
    RETURNED: ("refused_at", "finished_at", "handed_over_at"),
    WITHDRAWN: ("finished_at", "refused_at", "handed_over_at"),
}
CLOSING_MOVEMENT = {RESOLVED: "resolution", RETURNED: "return", WITHDRAWN: "withdrawal"}


@dataclass(frozen=True)
class Closing:
    """One closing: where it leads, when it takes effect, the end as the source wrote it."""

    account: str
    effective_at: datetime
    end: Moment
    shown: Seen
    """The newest sighting that shows it."""
    last: int
    """Position of that sighting in the life."""
    reopened: int | None = None
    """Position of the first sighting that shows the dossier open again; None: stays closed."""


class Step(NamedTuple):
    """A movement before its timeliness is known. ``closing`` is set for closings only."""

    at: datetime
    movement: str
    from_account: str
    to_account: str
    from_unit: str | None
    to_unit: str
    closing: Closing | None = None


class Change(NamedTuple):
    """An account or a unit that was seen, and when it begins."""

    at: datetime
    value: str


class LifeTold(NamedTuple):
    movements: list[Movement]
    due_computed_at: str | None = None
    """The unit at which it has a due date that we computed; None: it has none."""
    due_dates: Sequence[DueDate] = ()
    """Where there is more to tell than one due date that lists gave."""


def life_of(  # noqa: PLR0917 - what is known of one dossier
    dossier: Dossier,
    seen: Sequence[Seen],
    lists: Sequence[Batch],
    covered: Mapping[str, set[str]],
    ruled: Rulings | None = None,
    successions: Successions | None = None,
    limits: Limits | None = None,
) -> LifeTold:
    """All movements of a dossier as known after ``lists``, those in the future included.

    ``lists`` are those of its system; ``covered``: list -> the units of which it tells.
    """
    ruled, successions = ruled or {}, successions or Successions({})
    if all(s.is_dated for s in seen):
        return LifeTold([])  # no list has shown it yet
    seen = rulings.apply(seen, ruled)
    if not seen or seen[-1].account == OUTSIDE or not any(s.unit for s in seen):
        return LifeTold([])
    # what was said of it while it was "not here yet" is neither an account nor a unit of its life
    here = [s for s in seen if s.account != OUTSIDE]
    newest = here[-1]
    first_shown = min(s.observed_local for s in here)
    received = newest.received_at.at if newest.received_at else first_shown
    closings = closings_that_count(here, received)
    if "unit_is" in ruled:
        units = [Change(received, ruled["unit_is"].value)]
    else:
        stood = places(seen, lists, covered, successions)
        units = settled(stood, closings, here, received)
    steps = list(walk(here, received, closings, units))
    terms = timeliness.terms(here)
    limit = limits.of_procedure.get(newest.procedure or "") if limits else None
    unit = None
    if limits and limit and newest.received_at and terms[-1].due is None:
        unit = units[-1].value
        terms = due.computed_terms(terms, steps, limits, newest.received_at, unit, limit)
    told = [
        Movement(
            dossier,
            step.movement,
            step.from_account,
            step.to_account,
            step.from_unit,
            step.to_unit,
            step.at,
            before,
            after,
            newest.channel,
            newest.procedure,
            newest.field_name,
        )
        for step, before, after in with_timeliness(steps, terms)
    ]
    due_dates = due.in_force(terms, received)
    if len(due_dates) == 1 and not due_dates[0].is_computed:
        due_dates = []
    return LifeTold(told, unit, due_dates)


# --- closings -------------------------------------------------------------------------------------


def closings_that_count(here: Sequence[Seen], received: datetime) -> list[Closing]:
    """The closings of a life, the earliest first; empty when the newest sighting is open.

    An end date that is gone never was. An earlier closing stays only where the dossier was seen
    open after it and closed again at a later end: then the sighting in between dates a reopening.
    So does a row of its own date that shows it open, closed again or not.
    """
    runs = [
        list(run)
        for is_closed, run in groupby(range(len(here)), lambda n: here[n].account in CLOSED)
        if is_closed
    ]
    kept: list[Closing] = []
    for run in reversed(runs):
        closing = closing_of(here, run, received)
        opened = run[-1] + 1
        if opened == len(here):
            kept = [closing]
            continue
        at = here[opened].observed_local
        is_closed_again = bool(kept) and at <= kept[0].effective_at
        is_dated = here[opened].is_dated and not kept
        if closing.effective_at < at and (is_closed_again or is_dated):
            kept.insert(0, replace(closing, reopened=opened))
    return kept


def closing_of(here: Sequence[Seen], run: Sequence[int], received: datetime) -> Closing:
    """The closing that an unbroken run of closed sightings shows: the newest of them is right."""
    newest = here[run[-1]]
    dates = (getattr(newest, name) for name in END_DATES[newest.account])
    end = newest.ended_on or next((d for d in dates if d), None)
    if end is None:
        first = run[-1]
        while first - 1 in run and here[first - 1].account == newest.account:
            first -= 1
        end = here[first].moment
    return Closing(newest.account, max(received, end.at), end, newest, run[-1])


# --- open accounts and units ----------------------------------------------------------------------


def accounts(here: Sequence[Seen], after: int = -1) -> list[Change]:
    """Open accounts seen one after the other from a position on, each from its first sighting."""
    shown = [s for s in here[after + 1 :] if s.account not in CLOSED]
    firsts = [next(run) for _, run in groupby(shown, key=attrgetter("account"))]
    return [Change(s.observed_local, s.account) for s in firsts]


def places(
    seen: Sequence[Seen],
    lists: Sequence[Batch],
    covered: Mapping[str, set[str]],
    successions: Successions,
) -> list[Change]:
    """The units at which the dossier stood, one after the other.

    It leaves a unit when it no longer stands in that unit's lists *and* stands in another's; of
    several others it goes where it has stood longest. Until both have been seen it stays where it
    was.
    """
    told_here = [s for s in seen if s.account != OUTSIDE and s.unit]
    first = next((s for s in told_here if s.says_unit), told_here[0])
    place, left, since = first.unit, False, 0
    others: dict[str, int] = {}
    stood = [Change(first.observed_local, place)]
    full = [b for b in lists if b.is_full]
    local = {b.observed_at: b.observed_local for b in lists}
    for instant in sorted(i for i in local if i >= first.observed_at):
        day = local[instant].date()
        rows = [
            replace(s, unit=place) if successions.carried_on_by(place, s.unit, day) else s
            for s in seen
            if s.observed_at == instant and s.says_unit
        ]
        shown = {s.unit for s in rows if s.account != OUTSIDE}
        # the units whose full lists of this moment would have to show the dossier there
        told: set[str] = set()
        for b in full:
            if b.observed_at != instant or b.scope_date_field == "ended":
                continue
            is_named = b.batch_id in {s.batch_id for s in rows if s.account != OUTSIDE}
            told |= {
                unit
                for unit in covered[b.batch_id]
                if is_named or should_show(b, last_seen_at(unit, seen, instant, successions))
            }
        if place in shown:
            left = False
        elif place in told:
            left = True
        for row in rows:
            since += 1
            if row.unit in shown and row.unit != place:
                others.setdefault(row.unit, since)
        for unit in told - shown:
            others.pop(unit, None)
        if left and others:
            place, left = min(others, key=lambda unit: others[unit]), False
            others.pop(place)
            stood.append(Change(local[instant], place))
    return stood


def last_seen_at(
    unit: str, seen: Sequence[Seen], instant: datetime, successions: Successions
) -> Seen | None:
    """The newest sighting of the dossier at a unit, or at its successor, up to an instant."""

    def is_there(s: Seen) -> bool:
        return s.unit == unit or successions.carried_on_by(unit, s.unit, s.observed_local.date())

    at = [
        s
        for s in seen
        if s.observed_at <= instant and s.says_unit and is_there(s) and s.account != OUTSIDE
    ]
    return at[-1] if at else None


def should_show(batch: Batch, last: Seen | None) -> bool:
    """Whether a full list would have to show a dossier that was last seen so.

    A list by receipt shows those received in its dates, any other those received up to its last
    day; a closed one stands only in lists of what was handled that go back to its end, or of all.
    """
    if last is None:
        return False
    received = (last.received_at.at if last.received_at else last.observed_local).date()
    field = batch.scope_date_field
    if field is None:
        return True
    if batch.scope_to is not None and received > batch.scope_to:
        return False
    if field == "received":
        return batch.scope_from is None or received >= batch.scope_from
    if last.account not in CLOSED:
        return True
    ended = last.finished_at or last.handed_over_at or last.refused_at
    return field == "handled" and (
        batch.scope_from is None or ended is None or ended.day >= batch.scope_from
    )


def settled(
    units: Sequence[Change], closings: Sequence[Closing], here: Sequence[Seen], received: datetime
) -> list[Change]:
    """The units of a life whose newest sighting is closed.

    A unit that no open time is left for, because it was only seen after the closing took effect or
    because the receipt is later, is not dated by anything: the dossier had been there since the
    last change of unit that counts (figures.md, event or correction).
    """
    if not closings or closings[-1].reopened is not None:
        return list(units)
    reopenings = [here[c.reopened].observed_local for c in closings if c.reopened is not None]
    ends = [c.effective_at for c in closings]
    open_times = list(zip([received, *reopenings], ends, strict=True))
    counted = [
        c
        for n, c in enumerate(units)
        if n == 0 or any(max(c.at, begin) < end for begin, end in open_times)
    ]
    return [*counted[:-1], counted[-1]._replace(value=units[-1].value)]


# --- the walk -------------------------------------------------------------------------------------


def walk(
    here: Sequence[Seen], received: datetime, closings: Sequence[Closing], units: Sequence[Change]
) -> Iterator[Step]:
    """The movements without timeliness and without ``overdue``, in their order."""
    unit, account = units[0].value, PROCESSING
    yield Step(received, "receipt", OUTSIDE, account, None, unit)
    begin, changes = received, [*changes_of(units[1:], accounts(here))]
    for closing in (*closings, None):
        end = closing.effective_at if closing else datetime.max
        for at, kind, value in in_order(changes, begin, end):
            if kind == "unit" and value != unit:
                yield Step(at, "transfer", account, account, unit, value)
                unit = value
            elif kind == "account" and value != account:
                name = "resume" if value == PROCESSING else "pause"
                yield Step(at, name, account, value, unit, unit)
                account = value
        if closing is None:
            return
        name = CLOSING_MOVEMENT[closing.account]
        yield Step(end, name, account, closing.account, unit, unit, closing)
        if closing.reopened is None:
            return
        # open again, from the sighting on that shows it: at the unit where it then stands
        begin, account = here[closing.reopened].observed_local, PROCESSING
        yield Step(begin, "reopening", closing.account, account, unit, unit)
        stood = [c for n, c in enumerate(units) if n == 0 or c.at <= begin]
        changes = changes_of(
            [stood[-1], *(c for c in units[1:] if c.at > begin)],
            accounts(here, after=closing.last),
        )


def changes_of(
    units: Sequence[Change], open_accounts: Sequence[Change]
) -> list[tuple[datetime, str, str]]:
    return [(c.at, "unit", c.value) for c in units] + [
        (c.at, "account", c.value) for c in open_accounts
    ]


def in_order(
    changes: Sequence[tuple[datetime, str, str]], begin: datetime, end: datetime
) -> list[tuple[datetime, str, str]]:
    """Changes within an open time, none before it begins; at one time the unit changes first."""
    clamped = [(max(at, begin), kind, value) for at, kind, value in changes]
    return sorted((c for c in clamped if c[0] < end), key=lambda c: (c[0], c[1] != "unit"))


# --- timeliness -----------------------------------------------------------------------------------


def with_timeliness(
    steps: Sequence[Step], terms: Sequence[Term]
) -> list[tuple[Step, Timeliness, Timeliness]]:
    """Each movement with its timeliness before and after; ``overdue`` put in where it belongs."""
    waits = timeliness.supplement_waits(steps)
    moments = timeliness.overdue_moments(steps, terms, waits)
    told: list[tuple[Step, Timeliness, Timeliness]] = []
    current, while_open = Timeliness(), Timeliness()
    for step in put_in(steps, set().union(*moments)):
        if step.closing:
            while_open = current
            after = timeliness.of_closing(step.closing, terms, waits)
        elif step.movement == "receipt":
            after = Timeliness("in_time", "in_time", "in_time")
        elif step.movement == "resume":
            after = timeliness.judged_anew(current, step.at, terms, waits)
        elif step.movement == "reopening":
            after = timeliness.judged_anew(while_open, step.at, terms, waits)
        elif step.movement == "overdue":
            pairs = zip(current, moments, strict=True)
            after = Timeliness(*("overdue" if step.at in late else now for now, late in pairs))
            if after == current:
                continue
        else:
            after = current
        told.append((step, current, after))
        current = after
    return told


def put_in(steps: Sequence[Step], moments: Iterable[datetime]) -> list[Step]:
    """One ``overdue`` for each moment, behind everything else that happens at that moment."""
    told = list(steps)
    for at in sorted(moments):
        place = sum(1 for s in told if s.at <= at)
        unit = told[place - 1].to_unit
        told.insert(place, Step(at, "overdue", PROCESSING, PROCESSING, unit, unit))
    return told
