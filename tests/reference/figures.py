"""Figures over postings, and the identities that must hold between them.

Flows are sums of movements, balances are Σ to − Σ from. Days are office days. Nothing here knows
how the postings came about: the same functions count the reference's and anybody else's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .ledger import (
    CLOSED,
    HALTED,
    OPEN,
    OUTSIDE,
    PAYMENT,
    RULE_SETS,
    SUPPLEMENT,
    Batch,
    Dossier,
    Posting,
    World,
    as_of,
    due_dates_computed,
    known_until,
    ledger_batches,
    units_covered,
)

Figures = dict[str, int | None]

CHANNEL_CODES = {
    "online": "received_online",
    "in_person": "received_in_person",
    "postal": "received_postal",
    None: "received_channel_unknown",
}
OUTCOMES = {"resolution": "resolved", "return": "returned", "withdrawal": "withdrawn"}
CLOSING_TIMELINESS = ("early", "on_time", "late")

COUNTED_BY = {
    ("channel",): ("received_online", "received_in_person", "received_postal"),
    ("due_at",): (
        *(f"{o}_{t}" for o in OUTCOMES.values() for t in CLOSING_TIMELINESS),
        "open_in_time",
        "open_overdue",
    ),
    ("status",): (
        *("open_awaiting_supplement", "open_awaiting_payment", "open_halted", "withdrawn"),
        *(f"withdrawn_{t}" for t in CLOSING_TIMELINESS),
    ),
    ("status", "refused_at"): ("returned", *(f"returned_{t}" for t in CLOSING_TIMELINESS)),
}
"""Columns -> the counts that mean nothing where no list carries any of them."""


class Balance(NamedTuple):
    """What a balance is kept by; ``timeliness`` under one rule set."""

    unit: str
    account: str
    timeliness: str | None


def figures(
    posted: Iterable[Posting],
    units: Iterable[str],
    first_day: date,
    last_day: date,
    rule_set: str = "by_date",
    *,
    as_of_instant: datetime | None = None,
    reach_days: Mapping[str, date] | None = None,
    columns: frozenset[str] | None = None,
) -> Figures:
    """The figures of one unit, or of several as one parent, over [first_day, last_day].

    ``reach_days``: unit -> the last day that its lists tell about. Its balances are taken there
    when the period goes on after it, and what happens there later is not counted either, or I5
    would not hold; so a transfer is inside the parent only when both of its ends are told.
    ``columns`` are those that the units' lists carry: a count without its column is None, never 0.
    """
    within = frozenset(units)
    rule = RULE_SETS.index(rule_set)
    told_to = {u: min(last_day, (reach_days or {}).get(u, last_day)) for u in within}
    known = as_of(posted, as_of_instant)
    flows = [p for p in known if first_day <= p.of.effective_at.date() <= last_day]
    told: Figures = dict.fromkeys(CHANNEL_CODES.values(), 0)
    told |= dict.fromkeys(("received_new", "transferred_in", "transferred_out", "reopened"), 0)
    for outcome in OUTCOMES.values():
        told |= {f"{outcome}_{t}": 0 for t in CLOSING_TIMELINESS}

    def count(code: str, quantity: int) -> None:
        told[code] = (told[code] or 0) + quantity

    def is_told(unit: str | None, on: date) -> bool:
        return unit in told_to and on <= told_to[unit]

    for p in flows:
        m, here = p.of, is_told(p.of.to_unit, p.of.effective_at.date())
        if m.movement == "transfer":
            was_here = is_told(m.from_unit, m.effective_at.date())
            if here and not was_here:
                count("transferred_in", p.quantity)
            if was_here and not here:
                count("transferred_out", p.quantity)
        elif here and m.movement == "receipt":
            count("received_new", p.quantity)
            count(CHANNEL_CODES[m.channel], p.quantity)
        elif here and m.movement == "reopening":
            count("reopened", p.quantity)
        elif here and m.movement in OUTCOMES:
            count(f"{OUTCOMES[m.movement]}_{m.after[rule]}", p.quantity)
    for outcome in OUTCOMES.values():
        total = "resolved_total" if outcome == "resolved" else outcome
        told[total] = sum(told[f"{outcome}_{t}"] or 0 for t in CLOSING_TIMELINESS)

    day_before = first_day - timedelta(days=1)
    before = balances(known, {u: min(day_before, day) for u, day in told_to.items()}, rule)
    after = balances(known, told_to, rule)
    told["carried_over"] = open_in(before)
    told["received_total"] = sum(
        told[c] or 0 for c in ("received_new", "transferred_in", "reopened", "carried_over")
    )
    told["open_total"] = open_in(after)
    told["open_in_time"] = open_in(after, timeliness="in_time")
    told["open_overdue"] = open_in(after, timeliness="overdue")
    told["open_awaiting_supplement"] = open_in(after, account=SUPPLEMENT)
    told["open_awaiting_payment"] = open_in(after, account=PAYMENT)
    told["open_halted"] = open_in(after, account=HALTED)
    if columns is not None:
        for needed, codes in COUNTED_BY.items():
            if not columns.intersection(needed):
                told |= dict.fromkeys(codes)
    return told


def balances(posted: Iterable[Posting], days: Mapping[str, date], rule: int) -> Counter[Balance]:
    """Σ to − Σ from by unit, account and timeliness, at the end of each unit's day."""
    total: Counter[Balance] = Counter()
    for p in posted:
        m, on = p.of, p.of.effective_at.date()
        if m.to_account != OUTSIDE and m.to_unit in days and on <= days[m.to_unit]:
            total[Balance(m.to_unit, m.to_account, m.after[rule])] += p.quantity
        if m.from_account != OUTSIDE and m.from_unit in days and on <= days[m.from_unit]:
            total[Balance(m.from_unit, m.from_account, m.before[rule])] -= p.quantity
    return total


def open_in(
    total: Counter[Balance],
    account: str | None = None,
    timeliness: str | None = None,
) -> int:
    return sum(
        quantity
        for b, quantity in total.items()
        if (b.account == account if account else b.account in OPEN)
        and timeliness in (None, b.timeliness)
    )


# --- what the lists carry and how far they reach --------------------------------------------------


def reach(world: World, unit: str, as_of_instant: datetime | None = None) -> date | None:
    """The last office day that the lists of a unit tell about; None: no list of it is known."""
    lists, covered = known_lists(world, as_of_instant), units_covered(world)
    days = [b.observed_local.date() for b in lists if unit in covered[b.batch_id]]
    return max(days, default=None)


def unit_figures(
    world: World,
    posted: Iterable[Posting],
    unit: str,
    first_day: date,
    last_day: date,
    *,
    rule_set: str = "by_date",
    as_of_instant: datetime | None = None,
) -> Figures:
    """The figures of one unit as they are told: up to the day that its lists reach, and null where
    none of them carries the column.
    """
    return figures(
        posted,
        (unit,),
        first_day,
        last_day,
        rule_set,
        as_of_instant=as_of_instant,
        reach_days={unit: day} if (day := reach(world, unit, as_of_instant)) else {},
        columns=carried(world, (unit,), as_of_instant),
    )


def carried(
    world: World, units: Iterable[str], as_of_instant: datetime | None = None
) -> frozenset[str]:
    """The columns that any list of these units carries; ``due_at`` also once we computed one.

    A unit of which no list tells (a ruling moved a dossier there) carries nothing.
    """
    lists, covered = known_lists(world, as_of_instant), units_covered(world)
    layouts = [b.layout for b in lists if covered[b.batch_id].intersection(units)]
    told = set().union(*(covered[b.batch_id] for b in lists)).intersection(units)
    since = [at for unit, at in due_dates_computed(world).items() if unit in told]
    if any(as_of_instant is None or at <= as_of_instant for at in since):
        layouts.append(frozenset({"due_at"}))
    return frozenset().union(*layouts)


def known_lists(world: World, as_of_instant: datetime | None = None) -> list[Batch]:
    return [
        b for b in ledger_batches(world) if as_of_instant is None or b.known_at <= as_of_instant
    ]


# --- identities -----------------------------------------------------------------------------------

IDENTITIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "I1": (("received_total",), ("received_new", "transferred_in", "reopened", "carried_over")),
    "I2": (
        ("received_new",),
        ("received_online", "received_in_person", "received_postal", "received_channel_unknown"),
    ),
    "I3": (("resolved_total",), ("resolved_early", "resolved_on_time", "resolved_late")),
    "I4": (("open_total",), ("open_in_time", "open_overdue")),
    "I5": (
        ("received_total",),
        ("resolved_total", "returned", "withdrawn", "transferred_out", "open_total"),
    ),
}
SUMMED = (
    "received_new",
    "carried_over",
    "reopened",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "resolved_total",
    "returned",
    "withdrawn",
    "open_total",
    "open_in_time",
    "open_overdue",
)
"""I7: what a parent has is the sum of what its children have; transfers are apart."""


def check_identities(
    posted: Sequence[Posting],
    units: Sequence[str],
    periods: Sequence[tuple[date, date]],
    as_of_instant: datetime | None = None,
) -> list[str]:
    """The identities I1–I7 that fail, in words; empty when all hold."""
    failures: list[str] = []
    groups = [*((u,) for u in units), tuple(units)]
    for rule_set in RULE_SETS:
        for first, last in periods:
            told = {
                g: figures(posted, g, first, last, rule_set, as_of_instant=as_of_instant)
                for g in groups
            }
            where = f"{first}..{last} {rule_set}"
            for group, f in told.items():
                for code, (left, right) in IDENTITIES.items():
                    sums = [sum(f[c] or 0 for c in side) for side in (left, right)]
                    if sums[0] != sums[1]:
                        failures.append(f"{code} {group} {where}: {sums[0]} <> {sums[1]}")
                length = last - first
                day_before = first - timedelta(days=1)
                before = figures(
                    posted,
                    group,
                    day_before - length,
                    day_before,
                    rule_set,
                    as_of_instant=as_of_instant,
                )
                if f["carried_over"] != before["open_total"]:
                    failures.append(f"I6 {group} {where}")
            parent, children = told[groups[-1]], [told[g] for g in groups[:-1]]
            for code in SUMMED:
                if parent[code] != sum(c[code] or 0 for c in children):
                    failures.append(f"I7 {code} {where}")
            nets = [(c["transferred_in"] or 0) - (c["transferred_out"] or 0) for c in children]
            if sum(nets) != (parent["transferred_in"] or 0) - (parent["transferred_out"] or 0):
                failures.append(f"I7 transfers {where}")
    return failures


def check_dossiers(posted: Sequence[Posting], world: World) -> list[str]:
    """I8: at any instant, as known at any instant, a dossier is in one account, with quantity 1.

    Timeliness is part of the account up to the end of the days that the lists tell about. After
    them it is not: a dossier whose end lies in the future is posted overdue only when a list
    reaches the day on which it falls due.
    """
    failures: list[str] = []
    covered = units_covered(world)
    by_dossier: dict[Dossier, list[Posting]] = {}
    for p in posted:
        by_dossier.setdefault(p.of.dossier, []).append(p)
    for dossier, theirs in by_dossier.items():
        for known_at in {p.known_at for p in theirs}:
            known = as_of(theirs, known_at)
            lists = known_lists(world, known_at)
            horizon = min(known_until(p.of.to_unit, lists, covered) for p in known)
            for at in {p.of.effective_at for p in known}:
                legs = _legs([p for p in known if p.of.effective_at <= at], at < horizon)
                if legs and list(legs.values()) != [1]:
                    failures.append(f"I8 {dossier} at {at} known {known_at}: {dict(legs)}")
    return failures


def _legs(posted: Iterable[Posting], with_timeliness: bool) -> Counter[tuple[object, ...]]:
    total: Counter[tuple[object, ...]] = Counter()
    for p in posted:
        m = p.of
        total[m.to_account, m.to_unit, m.after if with_timeliness else None] += p.quantity
        if m.from_account != OUTSIDE:
            total[m.from_account, m.from_unit, m.before if with_timeliness else None] -= p.quantity
    return Counter({leg: n for leg, n in total.items() if n})


def check_allowed(posted: Iterable[Posting]) -> list[str]:
    """The movements that the table of ``figures.md`` does not allow, in words."""
    return [f"{p.of.movement}: {p.of}" for p in posted if not allowed(p)]


def allowed(p: Posting) -> bool:
    """The table of movements, word by word."""
    m = p.of
    transfer, pauses = m.movement == "transfer", OPEN[1:]
    from_to: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "receipt": ((OUTSIDE,), OPEN),
        "pause": (OPEN, pauses),
        "resume": (pauses, OPEN[:1]),
        "overdue": ((m.to_account,), OPEN),
        "transfer": ((m.to_account,), OPEN),
        "resolution": (OPEN, CLOSED[:1]),
        "return": (OPEN, CLOSED[1:2]),
        "withdrawal": (OPEN, CLOSED[2:]),
        "reopening": (CLOSED, OPEN),
    }
    if m.movement not in from_to:
        return False
    starts, ends = from_to[m.movement]
    changes = {pair for pair in zip(m.before, m.after, strict=True) if pair[0] != pair[1]}
    return (
        m.from_account in starts
        and m.to_account in ends
        and (m.movement == "receipt" or transfer == (m.from_unit != m.to_unit))
        and (m.movement != "overdue" or changes == {("in_time", "overdue")})
    )
