"""Which units an entry adds up: hierarchy and successions, as of a day (figures.md, ``Units``)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from .ledger import UnitRow, World

TOTAL = "*"
"""The entry of all units together."""


def unit_rows(world: World) -> dict[str, list[UnitRow]]:
    """Unit -> what the newest units list that names it says of it, by validity.

    What an older list said of the days before the first that the newer one speaks of stays.

    Units are not a matter of knowledge: today's list holds for every question (``figures.md``:
    ``--as-of`` is under today's rules). A unit that only dossiers name has no row.
    """
    order = {b.batch_id: (b.observed_at, *b.known_order) for b in world.batches}
    rows: dict[str, list[UnitRow]] = {}
    for batch_id in sorted({r.batch_id for r in world.unit_rows}, key=order.__getitem__):
        said: dict[str, list[UnitRow]] = {}
        for row in world.unit_rows:
            if row.batch_id == batch_id:
                said.setdefault(row.code, []).append(row)
        for code, news in said.items():
            first = min(begin(row) for row in news)
            before = [row for row in rows.get(code, []) if begin(row) < first]
            rows[code] = sorted((*before, *news), key=begin)
    return rows


def begin(row: UnitRow) -> date:
    return row.valid_from or date.min


def with_codes(world: World) -> World:
    """The world with the codes of units where its lists have names, each as of the list's day."""
    rows = unit_rows(world)
    day_of = {b.batch_id: b.observed_local.date() for b in world.batches}
    return replace(
        world,
        batches=tuple(
            replace(b, scope_unit=b.scope_unit and called(rows, b.scope_unit, day_of[b.batch_id]))
            for b in world.batches
        ),
        sightings=tuple(
            replace(s, unit=s.unit and called(rows, s.unit, day_of[s.batch_id]))
            for s in world.sightings
        ),
    )


def called(rows: dict[str, list[UnitRow]], name: str, day: date) -> str:
    """The unit that a list of a day means by a name: the one that had it on that day.

    Where none had it, the last that had it before, else the first that has it after. Where two had
    it, neither: the text itself, a unit of its own.
    """
    held: list[tuple[date, date, str]] = []
    for code, of_unit in rows.items():
        for row, following in zip(of_unit, [*of_unit[1:], None], strict=True):
            if name == (row.name or code):
                ends = row.valid_to or date.max
                until = min(ends, begin(following)) if following else ends
                held.append((taken_over(rows, code, name, row), until, code))
    on_the_day = {code for since, until, code in held if since <= day < until}
    gone = [(until, code) for _, until, code in held if until <= day]
    coming = [(since, code) for since, _, code in held if since > day]
    last = {code for until, code in gone if until == max(gone)[0]}
    first = {code for since, code in coming if since == min(coming)[0]}
    meant = on_the_day or last or first
    return meant.pop() if len(meant) == 1 else name


def taken_over(rows: dict[str, list[UnitRow]], code: str, name: str, row: UnitRow) -> date:
    """Since when a unit has its name; without a day of its own, since it took it over."""
    since = [
        each.valid_to
        for before, of_unit in rows.items()
        for each in of_unit[-1:]
        if each.valid_to and name in {r.name or before for r in of_unit}
        if row.valid_from is None and code in successors(rows, before, each.valid_to)
    ]
    return max(since, default=begin(row))


def row_on(rows: dict[str, list[UnitRow]], code: str, day: date) -> UnitRow | None:
    """What holds of a unit on a day: the row valid then, else the last before, else the first."""
    begun = [r for r in rows.get(code, []) if r.valid_from is None or r.valid_from <= day]
    return begun[-1] if begun else next(iter(rows.get(code, [])), None)


def successors(rows: dict[str, list[UnitRow]], code: str, day: date) -> Iterator[str]:
    """The units that carry on the work of a unit on a day, one after the other."""
    seen = {code}
    while (row := row_on(rows, code, day)) and row.successor and row.valid_to:
        if row.valid_to > day or row.successor in seen:
            return
        code = row.successor
        seen.add(code)
        yield code


def home(rows: dict[str, list[UnitRow]], code: str, day: date) -> str:
    """The unit in which a unit's dossiers are told on a day."""
    return [code, *successors(rows, code, day)][-1]


def path(rows: dict[str, list[UnitRow]], code: str, day: date) -> list[str]:
    """The unit in which it is told on a day, and those above it; of an ended one its successor."""
    found: list[str] = []
    above: str | None = code
    while above is not None:
        above = home(rows, above, day)
        if above in found:
            break
        found.append(above)
        row = row_on(rows, above, day)
        above = row.parent if row else None
    return found


def mergers(world: World) -> list[date]:
    """The days from which on a unit's work is carried on by another."""
    rows = unit_rows(world).values()
    return sorted({r.valid_to for each in rows for r in each if r.successor and r.valid_to})


class Successions:
    """Which unit carries on which, whatever the system: a unit is one in all of them."""

    def __init__(self, rows: dict[str, list[UnitRow]]) -> None:
        self.rows = rows

    @staticmethod
    def of(world: World) -> "Successions":
        return Successions(unit_rows(world))

    def carried_on_by(self, unit: str | None, other: str | None, day: date) -> bool:
        """Whether ``other`` carries on the work of ``unit`` on a day."""
        return unit is not None and other in successors(self.rows, unit, day)

    def predecessors(self, units: set[str], day: date) -> set[str]:
        """The units whose work any of these carries on."""
        return {
            unit for unit in self.rows if any(u in units for u in successors(self.rows, unit, day))
        }
