"""Due dates that we compute: limit, office, calendar and pauses (docs/decisions/010, its readings).

Counted the plain way: day by day, and through the spans of work of each day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from .ledger import PAUSED, PROCESSING, SUPPLEMENT, Moment, OfficeRule, World
from .timeliness import Term
from .units import unit_rows

if TYPE_CHECKING:
    from .life import Step

Limit = tuple[int, str]
"""How many, of ``working_day``, ``calendar_day`` or ``hour``."""


class Pause(NamedTuple):
    since: datetime
    until: datetime
    is_supplemented: bool
    """A wait for a supplement was part of it, and the dossier was handled again."""


@dataclass(frozen=True)
class Limits:
    """What is needed to compute a due date. None of it is a matter of knowledge."""

    of_procedure: Mapping[str, Limit]
    offices: Sequence[OfficeRule]
    parents: Mapping[str, str | None]
    days: Mapping[date, bool]
    """The days on which the week of Monday to Friday does not hold, and whether they are worked."""

    @staticmethod
    def of(world: World) -> Limits:
        order = {b.batch_id: (b.observed_at, *b.known_order) for b in world.batches}
        found: dict[str, Limit] = {}
        for row in sorted(world.procedure_rows, key=lambda r: (order[r.batch_id], r.line_no)):
            found.pop(row.code, None)
            if row.limit:
                found[row.code] = row.limit
        parents = {code: rows[-1].parent for code, rows in unit_rows(world).items()}
        return Limits(found, world.offices, parents, dict(world.calendar))

    def office(self, unit: str | None, day: date) -> OfficeRule:
        """The rule of the unit itself in force that day, of the nearest above it, or everybody's"""
        above: list[str] = []
        while unit is not None and unit not in above:
            above.append(unit)
            unit = self.parents.get(unit)
        for each in [*above, "*"]:
            begun = [o for o in self.offices if o.unit == each and o.valid_from <= day]
            if begun:
                return max(begun, key=lambda o: o.valid_from)
        raise LookupError("no rule of any office")

    # --- the calendar -----------------------------------------------------------------------------

    def works(self, day: date) -> bool:
        return self.days.get(day, day.isoweekday() <= 5)

    def working_after(self, day: date) -> Iterator[date]:
        while True:
            day += timedelta(days=1)
            if self.works(day):
                yield day

    def worked_or_next(self, day: date) -> date:
        return day if self.works(day) else next(self.working_after(day))

    def spans(self, since: datetime, office: OfficeRule) -> Iterator[tuple[datetime, datetime]]:
        """The spans of work from an instant on."""
        day = since.date()
        while True:
            if self.works(day):
                for opens, closes in (
                    (office.opens, office.lunch_from),
                    (office.lunch_to, office.closes),
                ):
                    begin = max(datetime.combine(day, opens), since)
                    end = datetime.combine(day, closes)
                    if begin < end:
                        yield begin, end
            day += timedelta(days=1)

    def worked(self, since: datetime, until: datetime, office: OfficeRule) -> timedelta:
        """The working time between two instants."""
        total = timedelta(0)
        for begin, end in self.spans(since, office):
            if begin >= until:
                return total
            total += min(end, until) - begin
        raise AssertionError("days do not end")

    # --- limits -----------------------------------------------------------------------------------

    def counted_from(self, received: Moment, limit: Limit, office: OfficeRule) -> Moment:
        """The due date of a limit that begins with a receipt, or anew with a resumption."""
        day, at = received.day, received.at
        if not self.works(day) or (not received.is_day and at.time() > office.cut_off):
            day = next(self.working_after(day))
            at = datetime.combine(day, time())
        if limit[1] == "hour":
            return self.moved(Moment(at), timedelta(hours=limit[0]), "hour", office)
        return self.moved(Moment(datetime.combine(day, time()), True), limit[0], limit[1], office)

    def moved(self, due: Moment, length: timedelta | int, kind: str, office: OfficeRule) -> Moment:
        """A due date put off by so many days, or by so much working time."""
        if isinstance(length, timedelta):
            if not length:
                return due
            for begin, end in self.spans(due.at, office):
                if length <= end - begin:
                    return Moment(begin + length)
                length -= end - begin
        elif kind == "calendar_day":
            return Moment(due.at + timedelta(days=length), True)
        elif length:
            days = self.working_after(due.day)
            last = [next(days) for _ in range(length)][-1]
            return Moment(datetime.combine(last, time()), True)
        return due

    def length(self, pause: Pause, kind: str, office: OfficeRule) -> timedelta | int:
        """What passes of a limit's unit in a pause."""
        first, last = pause.since.date(), pause.until.date()
        if kind == "hour":
            return self.worked(pause.since, pause.until, office)
        if kind == "calendar_day":
            return (last - first).days
        end = self.worked_or_next(last)
        days = self.working_after(self.worked_or_next(first))
        return len(list(takewhile(lambda day: day <= end, days)))

    def is_used_up(self, due: Moment, at: datetime, kind: str, office: OfficeRule) -> bool:
        """Whether a limit that ends so is over when a pause begins."""
        if kind == "hour":
            return at > due.at and self.worked(due.at, at, office) > timedelta(0)
        day = self.worked_or_next(at.date()) if kind == "working_day" else at.date()
        return day > due.day


def pauses(steps: Sequence[Step]) -> list[Pause]:
    """The pauses that ended; from one paused account into another a pause goes on."""
    found: list[Pause] = []
    since, waited = None, False
    for step in steps:
        if step.to_account in PAUSED:
            since = since or step.at
            waited = waited or step.to_account == SUPPLEMENT
        elif since is not None:
            found.append(Pause(since, step.at, waited and step.to_account == PROCESSING))
            since, waited = None, False
    return found


def computed_terms(  # noqa: PLR0917 - what a due date follows from
    told: Sequence[Term],
    steps: Sequence[Step],
    limits: Limits,
    received: Moment,
    unit: str,
    limit: Limit,
) -> list[Term]:
    """The due dates in force where the newest row has none: computed, and moved by each pause."""
    office, kind = limits.office(unit, received.day), limit[1]
    due = limits.counted_from(received, limit, office)
    *before, last = told
    terms = [last._replace(due=due, unpaused=due)]
    is_used_up = False
    for pause in pauses(steps):
        restarts = office.restarts and pause.is_supplemented
        if restarts:
            due, is_used_up = limits.counted_from(Moment(pause.until), limit, office), False
        else:
            is_used_up = is_used_up or limits.is_used_up(due, pause.since, kind, office)
            if not is_used_up:
                due = limits.moved(due, limits.length(pause, kind, office), kind, office)
        begins = max(last.begins, pause.until)
        because = "restart" if restarts else "pause"
        terms.append(Term(begins, last.first, due, terms[0].due, begins, because))
    return [*before, *terms]


class DueDate(NamedTuple):
    """A due date that is or was in force; ``due`` None: from then on it has none."""

    begins: datetime
    due: Moment | None
    is_computed: bool
    because: str


def in_force(terms: Sequence[Term], received: datetime) -> list[DueDate]:
    """The due dates that were in force for any time, one after the other, from the receipt on."""
    dates = [
        DueDate(max(received, t.begins), t.due, t.unpaused is not None, t.because) for t in terms
    ]
    changes = changed(dates)
    ends = [*(d.begins for d in changes[1:]), datetime.max]
    return changed([d for d, end in zip(changes, ends, strict=True) if d.begins < end])


def changed(dates: Sequence[DueDate]) -> list[DueDate]:
    """Without those that say what the one before says."""
    return [
        d
        for n, d in enumerate(dates)
        if n == 0 or (d.due, d.is_computed) != (dates[n - 1].due, dates[n - 1].is_computed)
    ]
