"""What ``hoso figures`` must answer: every entry, with its figures and how far they are known.

Units, parents and the total; periods of any two days; now and as of any instant; split by channel,
procedure, field or month. Written over ``figures.py``; knows nothing of the product's query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .figures import IDENTITIES, Figures, carried, figures, reach
from .ledger import Posting, UnitRow, World, as_of
from .units import TOTAL, path, row_on, unit_rows


@dataclass(frozen=True)
class Question:
    first: date
    last: date
    rule_set: str = "by_date"
    known: datetime | None = None
    """As of this instant; None: now."""
    asked: tuple[str, ...] = ()
    rollup: bool = False
    by: str | None = None
    units_as_of: date | None = None


class Entry(NamedTuple):
    balance_day: date
    known_until: date | None
    complete: bool
    figures: Figures


Key = tuple[str, str | None]
"""Unit (or ``*``), and the value of the split; None: not split, or not known."""


def entries(world: World, posted: Sequence[Posting], question: Question) -> dict[Key, Entry]:
    """All entries of an answer. Of a split only those that count something."""
    rows = unit_rows(world)
    day = question.units_as_of or question.last
    known = as_of(posted, question.known)
    own = {u for p in known for u in (p.of.from_unit, p.of.to_unit) if u is not None}
    members: dict[str, set[str]] = {}
    for unit in {*rows, *own}:
        for entry in chosen([*path(rows, unit, day), TOTAL], question):
            members.setdefault(entry, set()).add(unit)
    found: dict[Key, Entry] = {}
    for entry, units in members.items():
        if entry not in question.asked and not (units & own):
            continue  # no dossiers of its own, nor below it
        parts = split(known, question)
        for (part, first, last), postings in parts.items():
            asked = replace(question, first=first, last=last)
            told = one(world, postings, sorted(units), asked, begins=question.first)
            if question.by in (None, "month") or any(told.figures.values()):
                found[entry, part] = told
    return found


def chosen(above: Sequence[str], question: Question) -> Iterable[str]:
    """The entries that a unit adds to, of those above it (itself first)."""
    if not question.asked:
        return above if question.rollup else above[:1]
    places = [n for n, each in enumerate(above) if each in question.asked]
    below = above[: max(places, default=-1) + 1]
    return [each for each in below if question.rollup or each in question.asked]


def one(
    world: World, posted: Sequence[Posting], units: Sequence[str], question: Question, begins: date
) -> Entry:
    """One entry: flows and balances of each unit as far as its lists reach, added up.

    ``known_until``: of the least known unit that there still was when the period begins and of
    which any list has told; where all have ended, of the best known.
    """
    rows = unit_rows(world)
    days = {u: d for u in units if (d := reach(world, u, question.known))}
    current = [d for u, d in days.items() if is_there(row_on(rows, u, begins), begins)]
    until = min(current, default=max(days.values(), default=None))
    return Entry(
        balance_day=min(question.last, until or question.last),
        known_until=until,
        complete=until is not None and until >= question.last,
        figures=figures(
            posted,
            units,
            question.first,
            question.last,
            question.rule_set,
            reach_days=days,
            columns=carried(world, units, question.known),
        ),
    )


def is_there(row: UnitRow | None, day: date) -> bool:
    return row is None or row.valid_to is None or row.valid_to > day


def split(
    posted: Sequence[Posting], question: Question
) -> dict[tuple[str | None, date, date], list[Posting]]:
    """The parts of an answer: the split's value and the days it is for, with its postings."""
    first, last = question.first, question.last
    if question.by == "month":
        return {(f"{a:%Y-%m}", a, b): list(posted) for a, b in months(first, last)}
    parts: dict[tuple[str | None, date, date], list[Posting]] = {}
    attribute = {"channel": "channel", "procedure": "procedure", "field": "field_name"}
    for p in posted:
        value = getattr(p.of, attribute[question.by]) if question.by else None
        if question.by == "channel":
            value = value or "unknown"
        parts.setdefault((value, first, last), []).append(p)
    return parts or {(None, first, last): []}


def months(first: date, last: date) -> Iterable[tuple[date, date]]:
    """The calendar months of a period, cut to it."""
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        yield first, min(last, following - timedelta(days=1))
        first = following


# --- rates and identities -------------------------------------------------------------------------

RATES = {
    "on_time_rate": (("resolved_early", "resolved_on_time"), "resolved_total"),
    "early_rate": (("resolved_early",), "resolved_total"),
    "online_rate": (("received_online",), "received_new"),
}


def rates(told: Figures) -> dict[str, float | None]:
    """Percent with two decimals, half up; null where the denominator is 0 or anything is null."""
    found: dict[str, float | None] = {}
    for code, (parts, whole) in RATES.items():
        terms, below = [told[c] for c in parts], told[whole]
        if not below or None in terms:
            found[code] = None
            continue
        percent = Decimal(100 * sum(t or 0 for t in terms)) / Decimal(below)
        found[code] = float(percent.quantize(Decimal("0.01"), ROUND_HALF_UP))
    return found


def broken(told: Figures) -> list[str]:
    """The identities I1–I5 that an entry breaks; one with a null term says nothing."""
    return [
        code
        for code, (left, right) in IDENTITIES.items()
        if None not in (terms := [told[c] for c in (*left, *right)])
        and sum(t or 0 for t in terms[: len(left)]) != sum(t or 0 for t in terms[len(left) :])
    ]
