"""Early, on time, late; in time, overdue: the three rule sets of ``figures.md``, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from .ledger import (
    PAUSED,
    PROCESSING,
    RULE_SETS,
    SUPPLEMENT,
    Moment,
    Seen,
    Timeliness,
    start_of_day_after,
)

if TYPE_CHECKING:
    from .life import Closing, Step


class Term(NamedTuple):
    """A due date and the time from which it is in force, by the sightings that showed it."""

    begins: datetime
    first: int
    """Position of the sighting that showed it first."""
    due: Moment | None
    unpaused: Moment | None = None
    """Of a due date that we computed: the one before any pause."""
    since: datetime = datetime.min
    """Of one that a pause moved: the end of the pause; a closing before it is not judged by it."""
    because: str = "receipt"
    """Why it is in force: ``receipt``, ``moved`` by a list or row, ``pause``, ``restart``."""


class Wait(NamedTuple):
    """One wait for a supplement; ``until`` None: it goes on."""

    since: datetime
    until: datetime | None


def terms(here: Sequence[Seen]) -> list[Term]:
    """The due dates in force one after the other.

    Changed without a pause seen since the old date was first shown: a correction, the new date
    takes the old one's place from its beginning. Changed with or after such a pause: moved, from
    the sighting on that shows it; before it the old date stays. A row of its own date moves it on
    that date. A first date changes nothing: as long as no list had the column, nothing was said.
    """
    told = [Term(datetime.min, 0, None)]
    said = [(position, s) for position, s in enumerate(here) if s.due_ever_said]
    pause_seen = False
    for n, (position, s) in enumerate(said):
        is_paused = s.account in PAUSED
        if s.due_at == told[-1].due:
            pause_seen = pause_seen or is_paused
            continue
        if n > 0 and (pause_seen or is_paused or (s.is_dated and s.says_due)):
            told.append(Term(s.observed_local, position, s.due_at, because="moved"))
        else:
            told[-1] = told[-1]._replace(due=s.due_at)
        pause_seen = is_paused
    return told


def supplement_waits(steps: Sequence[Step]) -> list[Wait]:
    """The waits for a supplement, each ended by whatever takes the dossier out of that account."""
    waits: list[Wait] = []
    for step in steps:
        if step.from_account == step.to_account:
            continue
        if step.from_account == SUPPLEMENT:
            waits[-1] = waits[-1]._replace(until=step.at)
        if step.to_account == SUPPLEMENT:
            waits.append(Wait(step.at, None))
    return waits


# --- overdue --------------------------------------------------------------------------------------


def overdue_moments(
    steps: Sequence[Step], in_force: Sequence[Term], waits: Sequence[Wait]
) -> list[set[datetime]]:
    """When the dossier becomes overdue under each rule set: at most once for each due date."""
    ends = [*(t.begins for t in in_force[1:]), None]
    found: list[set[datetime]] = []
    for rule_set in RULE_SETS:
        moments = {
            becomes_overdue(steps, term, end, falls_due(rule_set, due_under(rule_set, term), waits))
            for term, end in zip(in_force, ends, strict=True)
        }
        if rule_set == "index_766" and len(waits) > 1:
            moments.add(first_processing(steps, waits[1].since))
        found.append({at for at in moments if at is not None})
    return found


def judged_anew(
    before: Timeliness, at: datetime, in_force: Sequence[Term], waits: Sequence[Wait]
) -> Timeliness:
    """Timeliness on resumption: a due date moved meanwhile counts from there on.

    Lateness under an earlier date stays where it was, but the dossier goes on in time when the date
    now in force has not passed.
    """
    term = [t for t in in_force if t.begins <= at][-1]
    after: list[str | None] = []
    for rule_set, now in zip(RULE_SETS, before, strict=True):
        falls = falls_due(rule_set, due_under(rule_set, term), waits)
        late = falls is not None and falls <= at
        if rule_set == "index_766" and len(waits) > 1:
            late = late or waits[1].since <= at
        after.append(now if late else "in_time")
    return Timeliness(*after)


def due_under(rule_set: str, term: Term) -> Moment | None:
    """``index_766`` takes off the wait itself: it begins with the due date before any pause."""
    return term.unpaused or term.due if rule_set == "index_766" else term.due


def falls_due(rule_set: str, due: Moment | None, waits: Sequence[Wait]) -> datetime | None:
    """The first instant at which an unfinished dossier is overdue, were it never paused."""
    if due is None:
        return None
    if rule_set == "by_timestamp" and not due.is_day:
        return due.at
    day_after = start_of_day_after(due.at)
    # a wait that begins when it is overdue already takes nothing back
    if rule_set == "index_766" and waits and day_after >= waits[0].since:
        return day_after + waited(waits[0])
    return day_after


def waited(wait: Wait) -> timedelta:
    """The length of a wait in days, as due dates are compared by day; a wait that goes on: none."""
    return (wait.until.date() - wait.since.date()) if wait.until else timedelta(0)


def becomes_overdue(
    steps: Sequence[Step], term: Term, ends: datetime | None, falls: datetime | None
) -> datetime | None:
    """When lateness under one due date takes effect, while that date is in force."""
    if falls is None:
        return None
    at = first_processing(steps, max(falls, term.begins))
    return at if at is not None and (ends is None or at < ends) else None


def first_processing(steps: Sequence[Step], since: datetime) -> datetime | None:
    """The first instant from ``since`` on at whose end the dossier is being handled."""
    for at in sorted({since, *(s.at for s in steps if s.at > since)}):
        so_far = [s for s in steps if s.at <= at]
        if so_far and so_far[-1].to_account == PROCESSING:
            return at
    return None


# --- closing --------------------------------------------------------------------------------------


def of_closing(closing: Closing, in_force: Sequence[Term], waits: Sequence[Wait]) -> Timeliness:
    """Early, on time or late under each rule set. Without a due date: on time."""
    shown = [t for t in in_force if t.first <= closing.last and t.since <= closing.effective_at]
    term = shown[-1]
    due = term.due
    earlier_waits = [w for w in waits if w.since < closing.effective_at]
    return Timeliness(
        by_date=compare(closing.end.day, due.day) if due else "on_time",
        by_timestamp=by_timestamp(closing.end, due) if due else "on_time",
        index_766=index_766(closing, due_under("index_766", term), earlier_waits),
    )


def by_timestamp(end: Moment, due: Moment) -> str:
    if end.is_day or due.is_day:
        return compare(end.day, due.day)
    return compare(end.at, due.at)


def index_766(closing: Closing, due: Moment | None, waits: Sequence[Wait]) -> str:
    """By day, against the due date put off by the first wait; late from the second request on."""
    if len(waits) > 1:
        return "late"
    if due is None:
        return "on_time"
    shown = closing.shown
    end = shown.finished_at or shown.handed_over_at or shown.refused_at or closing.end
    return compare(end.day, due.day + (waited(waits[0]) if waits else timedelta(0)))


def compare(end: date, due: date) -> str:
    if end < due:
        return "early"
    return "on_time" if end == due else "late"
