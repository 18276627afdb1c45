"""Which units an entry adds up: hierarchy and successions, as of a day (figures.md, ``Units``)."""

from collections.abc import Iterator
from datetime import date

from .ledger import UnitRow, World

TOTAL = "*"
"""The entry of all units together."""


def unit_rows(world: World) -> dict[str, list[UnitRow]]:
    """Unit -> what the newest units list that names it says of it, by validity.

    Units are not a matter of knowledge: today's list holds for every question (``figures.md``:
    ``--as-of`` is under today's rules). A unit that only dossiers name has no row.
    """
    order = {b.batch_id: (b.observed_at, *b.known_order) for b in world.batches}
    newest: dict[str, str] = {}
    for row in sorted(world.unit_rows, key=lambda r: order[r.batch_id]):
        newest[row.code] = row.batch_id
    rows: dict[str, list[UnitRow]] = {}
    for row in world.unit_rows:
        if newest[row.code] == row.batch_id:
            rows.setdefault(row.code, []).append(row)
    for of_unit in rows.values():
        of_unit.sort(key=lambda r: r.valid_from or date.min)
    return rows


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
