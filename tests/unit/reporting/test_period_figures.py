"""Figures of all periods at once are those that ``figures`` gives for each period."""

import csv
from datetime import date, timedelta

import pytest

from orchestration import period_figures
from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question, RuleSet

from .conftest import SEEDS


def spread(rows):
    """Rows of ``period_figures`` as (unit, includes_below, period, rule set) → values."""
    return {
        (row["unit_code"], row["includes_below"], row["period_code"], row["rule_set"]): {
            name: value
            for name, value in row.items()
            if name not in {*period_figures.KEYS, "known_until"}
        }
        | {"known_until": row["known_until"]}
        for row in rows
    }


def all_at_once(con):
    period_figures.compute(con, "figure_now")
    cursor = con.execute("select * from figure_now")
    names = [column[0] for column in cursor.description]
    return spread(dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def one_by_one(con, periods):
    """The same from ``figures``: units alone, and where they are parents with all below."""
    found = {}
    for code, first, last in periods:
        for rule in RuleSet:
            alone = figures(con, Question(first, last, rule_set=rule))
            whole = figures(con, Question(first, last, rule_set=rule, rollup=True))
            for entries, below in ((alone, False), (whole, True)):
                for entry in entries:
                    until = date.fromisoformat(entry["known_until"] or "9999-12-31")
                    found[entry["unit"], below, code, rule.value] = {
                        **entry["figures"],
                        **entry["rates"],
                        "known_until": min(until, last) if entry["known_until"] else None,
                    }
    return found


def differences(con, periods):
    """Keys with other values, and keys that only one side has; a parent's are both its own."""
    mine, theirs = all_at_once(con), one_by_one(con, periods)
    # an entry with nothing below it is told once, alone
    expected = {
        key: value
        for key, value in theirs.items()
        if not key[1] or key in mine or (key[0], False, *key[2:]) not in theirs
    }
    told_alone = list(theirs.keys() - expected.keys())
    return (
        [(key, mine.get(key), expected.get(key)) for key in mine.keys() ^ expected.keys()]
        + [
            (key, name, mine[key][name], value[name])
            for key, value in expected.items()
            if key in mine
            for name in value
            if mine[key][name] != value[name]
        ]
        + [
            (key, "is more than the unit alone")
            for key in told_alone
            if theirs[key] != theirs[key[0], False, *key[2:]]
        ]
    )


PERIODS = [
    ("2025-11", date(2025, 11, 1), date(2025, 11, 30)),
    ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
    ("2026-01", date(2026, 1, 1), date(2026, 1, 31)),
    ("2026-01c", date(2025, 12, 15), date(2026, 1, 14)),
    ("2026-W02", date(2026, 1, 5), date(2026, 1, 11)),
    ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    ("2026", date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.fixture
def busy(world):
    """Three communes of two districts of a province: a merger on 1 January, and the abolition of
    the districts on 15 January; transfers, pauses, lateness, a silent unit, a missing column."""
    world.unit("P", reach=None)
    world.unit("D1", "P", reach="2026-03-31")
    world.unit("D2", "P", reach=None)
    world.unit("A", "P", reach="2026-01-20")
    world.unit("B", "P")
    world.unit("C", "P", layout=0)
    world.unit("old", "D1", until=date(2026, 1, 1), into="B", reach="2026-03-31")
    for commune, district in (("A", "D1"), ("B", "D1"), ("C", "D2")):
        world.moved(commune, district, "2026-01-15")
    for n, unit in enumerate(("A", "B", "C", "old", "D1", "A", "B", "old")):
        day = date(2025, 11, 20) + timedelta(days=9 * n)
        world.post(str(n), "receipt", day.isoformat(), unit=unit, channel="online" if n % 2 else "")
    world.post("0", "transfer", "2025-12-20", unit="B")
    world.post("0", "overdue", "2026-01-05")
    world.post("0", "transfer", "2026-01-12", unit="C")
    world.post("0", "transfer", "2026-02-02", unit="A")
    world.post("1", "resolution", "2026-01-13", after="late")
    world.post("3", "transfer", "2026-01-08", unit="B")
    world.post("4", "pause", "2026-01-02")
    world.post("5", "resolution", "2026-01-25", after="early")
    world.post("6", "withdrawal", "2026-02-10")
    wrong = world.post("2", "resolution", "2025-12-31", after="on_time")
    world.reverse(wrong, known="2026-01-20")
    con = world.connect()
    con.executemany(
        "insert into dim_period (period_code, kind, first_day, last_day) values (?, 'k', ?, ?)",
        [list(p) for p in PERIODS],
    )
    return con


def test_every_value_is_the_one_that_figures_gives(busy):
    assert differences(busy, PERIODS) == []
    # the world is not an empty one: transfers inside and outside, under both mappings
    found = all_at_once(busy)
    assert found["D1", True, "2025-12", "by_date"]["transferred_in"] == 0
    assert found["B", False, "2025-12", "by_date"]["transferred_in"] == 1
    assert found["D1", True, "2026-01c", "by_date"]["transferred_out"] == 1
    assert ("D2", True, "2026-02", "by_date") not in found


def test_a_period_that_has_not_begun_has_no_figures(busy):
    busy.execute(
        "insert into dim_period (period_code, kind, first_day, last_day)"
        " values ('2026-04', 'k', '2026-04-01', '2026-04-30')"
    )
    assert {key[2] for key in all_at_once(busy)} == {code for code, *_ in PERIODS}


def test_without_a_ledger_there_are_no_figures(world):
    con = world.connect()
    period_figures.compute(con, "figure_now")
    columns = [name for (name, *_) in con.execute("describe figure_now").fetchall()]
    with (SEEDS / "figure.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["figure"] for row in csv.DictReader(file)]
    assert columns == [*period_figures.KEYS, "known_until", *codes]
    assert con.execute("select count(*) from figure_now").fetchall() == [(0,)]
