"""What changed between two days of knowledge; a reader's own SQL; how far the data reaches."""

from dataclasses import replace
from datetime import date

import pytest

from orchestration.errors import HosoError
from orchestration.eventstore.schema import LAYOUT_BITS
from orchestration.reporting import published
from orchestration.reporting.coverage import coverage
from orchestration.reporting.diff import diff
from orchestration.reporting.query import query
from orchestration.reporting.question import Question, instant
from orchestration.settings import Settings

JANUARY = Question(date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def con(world, settings):
    """The tiny world, published."""
    import duckdb

    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    with duckdb.connect(str(settings.warehouse / "hoso-1.duckdb")) as file:
        world.write(file)
    settings.published_db.symlink_to("hoso-1.duckdb")
    return published.connect(settings)


def test_diff_names_the_figures_that_changed_and_the_dossiers_that_did_it(world, settings):
    world.unit("A", known="2026-01-10")
    world.post("kept", "receipt", "2026-01-04", known="2026-01-10")
    wrong = world.post("wrong", "receipt", "2026-01-05", known="2026-01-10")
    world.post("late", "receipt", "2026-01-06", known="2026-02-10")
    world.post("late", "resolution", "2026-01-07", known="2026-02-10", after="late")
    world.reverse(wrong, known="2026-02-20")
    zone = settings.zone
    before, middle, after = (instant(f"2026-{day}", zone) for day in ("01-31", "02-15", "02-28"))
    con = world.connect()
    changes = {c["figure"]: c for c in diff(con, JANUARY, before, middle)}
    assert set(changes) == {
        *("received_new", "received_online", "received_total", "resolved_late", "resolved_total"),
    }
    assert (changes["received_new"]["before"], changes["received_new"]["after"]) == (2, 3)
    assert changes["received_new"]["rows"] == [
        {
            "code": "late",
            "why": "counted now: receipt of 2026-01-06, known since 2026-02-10 00:00 UTC",
            "file": "list-0210.csv",
            "line": 3,
        }
    ]
    (gone,) = (c for c in diff(con, JANUARY, middle, after) if c["figure"] == "received_new")
    assert gone["rows"] == [
        {
            "code": "wrong",
            "why": "no longer counted: receipt of 2026-01-05 taken back,"
            " known since 2026-02-20 00:00 UTC",
            "file": "list-0220.csv",
            "line": 5,
        }
    ]


def change_of(world, settings, figure, *days):
    """The change of one figure of all units in January, and what its rows add up to."""
    before, after = (instant(day, settings.zone) for day in days)
    changes = diff(world.connect(), replace(JANUARY, units=("*",)), before, after)
    (change,) = (c for c in changes if c["figure"] == figure)
    return change, sum(1 if r["why"].startswith("counted now") else -1 for r in change["rows"])


def test_a_dossier_that_counts_twice_has_two_rows(world, settings):
    world.unit("A", known="2026-01-02")
    world.post("twice", "receipt", "2026-01-05", known="2026-01-10")
    world.post("twice", "resolution", "2026-01-06", known="2026-01-20")
    world.post("twice", "reopening", "2026-01-08", known="2026-01-20")
    world.post("twice", "resolution", "2026-01-09", known="2026-01-20")
    change, added_up = change_of(world, settings, "resolved_total", "2026-01-15", "2026-01-31")
    assert (change["before"], change["after"], added_up) == (0, 2, 2)
    assert [row["line"] for row in change["rows"]] == [4, 2]


def test_what_left_a_balance_names_the_movement_that_took_it_away(world, settings):
    world.unit("A", known="2026-01-02")
    world.post("late", "receipt", "2026-01-05", known="2026-01-10")
    world.post("late", "overdue", "2026-01-20", known="2026-01-21")
    change, added_up = change_of(world, settings, "open_in_time", "2026-01-15", "2026-01-31")
    assert (change["before"], change["after"], added_up) == (1, 0, -1)
    (row,) = change["rows"]
    said = "no longer counted: overdue of 2026-01-20, known since 2026-01-21 00:00 UTC"
    assert (row["why"], row["file"], row["line"]) == (said, "list-0121.csv", 2)


def test_what_happens_while_it_stands_there_did_not_bring_it_there(world, settings):
    world.unit("A", known="2026-01-02")
    world.post("new", "receipt", "2026-01-05", known="2026-01-20")
    world.post("new", "overdue", "2026-01-10", known="2026-01-20")
    world.post("new", "pause", "2026-01-12", known="2026-01-21", after="overdue")
    change, added_up = change_of(world, settings, "open_total", "2026-01-15", "2026-01-31")
    assert (change["before"], change["after"], added_up) == (0, 1, 1)
    (row,) = change["rows"]
    assert row["why"] == "counted now: receipt of 2026-01-05, known since 2026-01-20 00:00 UTC"


def test_where_a_figure_was_not_carried_all_that_is_counted_now_is_told(world, settings):
    world.unit("A", known="2026-01-02", layout=LAYOUT_BITS["status"])
    world.post("1", "receipt", "2026-01-05", known="2026-01-10")
    world.covers("A", "2026-03-31", known="2026-01-20")
    change, added_up = change_of(world, settings, "received_online", "2026-01-15", "2026-01-31")
    assert (change["before"], change["after"], added_up) == (None, 1, 1)


def test_diff_of_a_state_with_itself_is_empty(world, settings):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    moment = instant("2026-02-01", settings.zone)
    assert diff(world.connect(), JANUARY, moment, moment) == []


def test_query_gives_rows_and_keeps_columns_of_the_same_name(con):
    found = query(con, "select code, 1 as n, 2 as n from fct_dossier")
    assert found == [{"code": "1", "n": 1, "n_2": 2}]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from fct_dossier",
        "create table x (a int)",
        "set enable_external_access = true",
        "copy fct_dossier to 'out.csv'",
        "attach 'other.duckdb'",
        "select 1; select 2",
        "install httpfs",
    ],
)
def test_query_refuses_everything_but_one_select(con, sql):
    with pytest.raises(HosoError, match="Only one SELECT") as error:
        query(con, sql)
    assert error.value.exit_code == 2


def test_query_cannot_read_files_or_variables_of_the_program(con, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    outside = query  # a name that a replacement scan would find
    assert outside is query
    for table in (f"read_csv('{secret}')", f"'{secret}'", f"read_text('{secret}')", "outside"):
        with pytest.raises(HosoError, match="The query failed"):
            query(con, f"select * from {table}")


def test_query_names_the_mistake(con):
    with pytest.raises(HosoError, match="cannot be read"):
        query(con, "selct 1")
    with pytest.raises(HosoError, match="no_such_table"):
        query(con, "select * from no_such_table")


def test_nothing_published_yet_is_said_with_exit_code_4(settings):
    with pytest.raises(HosoError, match="hoso run") as error:
        published.connect(settings)
    assert error.value.exit_code == 4


def test_coverage_says_how_far_each_unit_reaches_and_which_finished_period_it_lacks(world):
    world.unit("A", reach="2026-01-31", known="2026-01-01")
    world.unit("B", reach="2026-01-20", known="2026-01-01")
    world.unit("C", reach=None)
    world.post("1", "receipt", "2026-01-05", unit="A")
    con = world.connect()
    con.execute("alter table dim_unit add column level varchar")
    con.execute("alter table fct_dossier add column unit_code varchar default 'A'")
    con.execute(
        "create or replace table dim_period as select * from (values"
        " ('2025-12', 'month', 'calendar', date '2025-12-31'),"
        " ('2026-01', 'month', 'calendar', date '2026-01-31'),"
        " ('2026-02', 'month', 'calendar', date '2026-02-28')"
        ") as t (period_code, kind, scheme, last_day)"
    )
    found = {row["unit"]: row for row in coverage(con, date(2026, 2, 5))}
    assert (found["A"]["known_until"], found["A"]["due"], found["A"]["dossiers"]) == (
        *("2026-01-31", None, 1),
    )
    assert (found["B"]["due"], found["B"]["sources"]) == ("2026-01", "igate")
    assert found["B"]["last_list"] == "list-0101.csv"
    assert (found["C"]["known_until"], found["C"]["sources"]) == (None, None)
