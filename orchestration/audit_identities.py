"""The identities of ``seeds/identity.csv`` over computed figures, by unit, month and rule set.

What belongs here: figures laid into frames whose two sides the suites compare, and what a failing
row says: ``left`` and ``terms``, so that a mail can say "498 ≠ 371 + 88".
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from expectations import suites
from expectations.check import Check, Outcome, errored
from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR

if TYPE_CHECKING:
    import duckdb
    from pandas import DataFrame, Series

FLOWS: Final = ("received_new", "resolved_total", "returned", "withdrawn", "reopened")
BALANCES: Final = ("carried_over", "open_total")
"""What a parent has exactly as much of as the units below it; of transfers the net."""


def identity_seed() -> list[dict[str, str]]:
    """The rows of ``seeds/identity.csv``."""
    with (PROJECT_DIR / "seeds" / "identity.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run_all(con: "duckdb.DuckDBPyConnection") -> list[Outcome]:
    """Outcomes of the identities within a unit and between a parent and the units below it."""
    import duckdb

    from expectations.runner import run
    from orchestration.reporting.figures import default_range, figures, units
    from orchestration.reporting.question import Question, parents

    checks = suites.identities(identity_seed())
    every = [*checks, *suites.HIERARCHY]
    try:
        first, last = default_range(con, None)
        rule_sets = con.execute("select rule_set from dim_rule_set order by rule_set").fetchall()
        entries = [
            entry
            for (rule_set,) in rule_sets
            for entry in figures(con, Question(first, last, by="month", rule_set=rule_set))
        ]
        own = figures(con, Question(first, last))
        above = figures(con, Question(first, last, rollup=True))
        tree = parents(units(con), last)
    except HosoError as error:
        return [Outcome(check, "not_applicable", str(error)) for check in every]
    except duckdb.Error as error:
        return [errored(check, str(error)) for check in every]
    if not entries:
        return [Outcome(check, "not_applicable", "no unit has figures") for check in every]
    within = run(figure_frame(entries), checks)
    between = run(hierarchy_frame(own, above, tree), suites.HIERARCHY)
    return [*(_in_words(outcome) for outcome in within), *between]


def figure_frame(entries: Sequence[Mapping[str, Any]]) -> "DataFrame":
    """The frame of ``suites.identities`` from entries of ``reporting.figures`` by month.

    Both sides of each identity and the terms of its right one; null where a figure of it is.
    """
    import pandas as pd

    keys = ["unit", "rule_set"]
    frame = pd.DataFrame([{**entry, **entry["figures"]} for entry in entries])
    frame = frame.sort_values([*keys, "month"])
    made: dict[str, Any] = {name: frame[name] for name in (*keys, "month")}
    for code, kind, left, right in suites.sides(identity_seed()):
        if kind == "continuity":  # "<figure> of the period before"
            made[f"{code}_left"] = frame[left]
            terms = [frame.groupby(keys)[right.split()[0]].shift()]
        else:
            made[f"{code}_left"] = _total(_columns(frame, left))
            terms = _columns(frame, right)
        made[f"{code}_right"] = _total(terms)
        made |= {f"{code}_term_{number}": term for number, term in enumerate(terms)}
    return pd.DataFrame(made)


def hierarchy_frame(
    own: Sequence[Mapping[str, Any]],
    above: Iterable[Mapping[str, Any]],
    parents: Mapping[str, str | None],
) -> "DataFrame":
    """The frame of ``suites.HIERARCHY``: each entry of ``above`` that holds others, each figure.

    ``own``: entries of units by themselves; ``parents``: unit -> unit above it. A balance is
    compared only where all units stand at the same day.
    """
    import pandas as pd

    below: dict[str, list[Mapping[str, Any]]] = {}
    for entry in own:
        for unit in ("*", *_upwards(entry["unit"], parents)):
            below.setdefault(unit, []).append(entry)
    rows = [
        {"unit": whole["unit"], "figure": figure, **_compared(whole, parts, figure)}
        for whole in above
        for parts in [below.get(whole["unit"], [])]
        if [part["unit"] for part in parts] != [whole["unit"]] and parts
        for figure in (*FLOWS, *BALANCES, "transferred_net")
    ]
    columns = ["unit", "figure", "left", "right", "terms"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"left": "float64", "right": "float64"})


def _compared(
    whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]], figure: str
) -> dict[str, Any]:
    """The figure of the whole beside those of its parts, as far as these are known."""
    same_day = {part["balance_day"] for part in parts} == {whole["balance_day"]}
    left = _value(whole, figure)
    if left is None or (figure in BALANCES and not same_day):
        return {"left": None, "right": None, "terms": []}
    values = [value for part in parts for value in [_value(part, figure)] if value is not None]
    return {"left": left, "right": sum(values), "terms": values}


def _value(entry: Mapping[str, Any], figure: str) -> int | None:
    found = entry["figures"]
    if figure != "transferred_net":
        value: int | None = found[figure]
        return value
    came, went = found["transferred_in"], found["transferred_out"]
    return None if came is None or went is None else came - went


def _upwards(unit: str, parents: Mapping[str, str | None]) -> list[str]:
    """The unit and all above it; a ring of parents ends where it closes."""
    way: list[str] = []
    at: str | None = unit
    while at is not None and at not in way:
        way.append(at)
        at = parents.get(at)
    return way


def _columns(frame: "DataFrame", terms: str) -> "list[Series[float]]":
    return [frame[name.strip()].astype("float64") for name in terms.split("+")]


def _total(terms: "Sequence[Series[float]]") -> "Series[float]":
    import pandas as pd

    return pd.concat(terms, axis=1).sum(axis=1, skipna=False)


def _in_words(outcome: Outcome) -> Outcome:
    """Failing rows of the one identity, instead of all columns of the frame."""
    code = outcome.check.name.removeprefix("figures.")
    return replace(outcome, rows=tuple(_said(row, code, outcome.check) for row in outcome.rows))


def _said(row: Mapping[str, Any], code: str, check: Check) -> dict[str, Any]:
    start = f"{code}_term_"
    terms = [value for name, value in row.items() if name.startswith(start) and value is not None]
    return {
        **{name: row[name] for name in ("unit", "month", "rule_set")},
        "identity": check.expected,
        "left": row[f"{code}_left"],
        "terms": terms,
    }
