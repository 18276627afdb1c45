"""Rulings: what people decided of single dossiers wins over lists (figures.md; decision 010)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from .ledger import Batch, Dossier, Moment, Ruling, Seen, World

Rulings = Mapping[str, Ruling]
"""Kind -> the ruling of that kind that holds."""


def in_force(world: World, known: Sequence[Batch]) -> dict[Dossier, dict[str, Ruling]]:
    """What holds for each dossier once these batches are known.

    The newest of a kind holds; one that was undone does not count, and an older one holds again.
    """
    order = {b.batch_id: b.known_order for b in known}
    told = sorted(
        (r for r in world.rulings if r.batch_id in order),
        key=lambda r: (order[r.batch_id], r.line_no),
    )
    undone = {r.value for r in told if r.kind == "undo"}
    found: dict[Dossier, dict[str, Ruling]] = {}
    for ruling in told:
        if ruling.kind != "undo" and ruling.ruling_id not in undone:
            dossier = world.code_map.get(ruling.dossier, ruling.dossier)
            other = Dossier(ruling.dossier.system, ruling.value)
            is_itself = world.code_map.get(other, other) == dossier
            if ruling.kind == "void_as_duplicate_of" and is_itself:
                continue  # a dossier does not repeat itself, by whatever code
            found.setdefault(dossier, {})[ruling.kind] = ruling
    return found


def apply(seen: Sequence[Seen], rulings: Rulings) -> list[Seen]:
    """The rows of a dossier as the rulings say they should have been read.

    Ruled void as a duplicate: it was never here. Ruled closed: after the newest row it is closed on
    that day, whatever end it shows. Ruled to be of a unit: every row is.
    """
    if "void_as_duplicate_of" in rulings:
        return []
    rows = list(seen)
    if rows and "closed_on" in rulings:
        ruling = rulings["closed_on"]
        assert ruling.day is not None
        on = Moment(datetime.combine(ruling.day, time()), True)
        closed = replace(
            rows[-1],
            observed_local=on.at,
            moment=on,
            account=ruling.value,
            says_account=True,
            says_unit=False,
            says_due=False,
            by_dates=False,
            finished_at=None,
            handed_over_at=None,
            refused_at=None,
            ended_on=on,
        )
        rows.append(closed)
    if "unit_is" in rulings:
        rows = [replace(s, unit=rulings["unit_is"].value) for s in rows]
    return rows
