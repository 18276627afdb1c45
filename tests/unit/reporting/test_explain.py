"""A figure and the movements behind it: the rows must add up to it, and lead to file and line."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orchestration.errors import HosoError
from orchestration.eventstore.schema import LAYOUT_BITS
from orchestration.reporting import definitions
from orchestration.reporting.explain import explain
from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question

JANUARY = Question(date(2026, 1, 1), date(2026, 1, 31))


@pytest.fixture
def busy(world):
    """Two units under one parent, with something of everything."""
    world.unit("P")
    world.unit("A", "P")
    world.unit("B", "P", reach="2026-01-25")
    world.post("moved", "receipt", "2026-01-02", unit="A")
    world.post("moved", "transfer", "2026-01-10", unit="B")
    world.post("old", "receipt", "2025-12-02", unit="A", channel="unknown")
    world.post("old", "pause", "2025-12-20")
    world.post("old", "resume", "2026-01-04")
    world.post("old", "resolution", "2026-01-20", after="late")
    world.post("waits", "receipt", "2026-01-03", unit="B", channel="postal")
    world.post("waits", "overdue", "2026-01-15")
    world.post("waits", "pause", "2026-01-20", after="overdue")
    wrong = world.post("wrong", "receipt", "2026-01-09", unit="B")
    world.reverse(wrong, known="2026-01-28")
    world.post("back", "receipt", "2026-01-05", unit="B")
    world.post("back", "return", "2026-01-06")
    world.post("back", "reopening", "2026-01-12", after="in_time")
    world.post("unseen", "receipt", "2026-01-30", unit="B")
    return world


def test_a_row_names_the_system_where_dossiers_of_two_are_told(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    world.post("other 1", "receipt", "2026-01-06")
    con = world.connect()
    con.execute("update fct_dossier set code = '1', system = 'departments' where code = 'other 1'")
    rows = explain(con, "received_new", JANUARY)["rows"]
    assert [(row["code"], row["system"]) for row in rows] == [
        ("1", "province"),
        ("1", "departments"),
    ]


@pytest.mark.parametrize("unit", ["A", "B", "P", "*"])
def test_the_rows_of_every_figure_add_up_to_it(busy, unit):
    con = busy.connect()
    question = Question(JANUARY.first, JANUARY.last, (unit,))
    (entry,) = figures(con, question)
    for code, value in entry["figures"].items():
        answer = explain(con, code, question)
        assert answer["total"] == value, code
        if value is not None:
            assert sum(row["quantity"] for row in answer["rows"]) == value, code


def test_a_row_names_dossier_movement_file_and_line(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05", known="2026-01-06")
    answer = explain(world.connect(), "received_new", JANUARY)
    assert answer == {
        "figure": "received_new",
        "unit": "*",
        "from": "2026-01-01",
        "to": "2026-01-31",
        "total": 1,
        "rows": [
            {
                "code": "1",
                "unit": "A",
                "movement": "receipt",
                "account": "open.processing",
                "quantity": 1,
                "effective_at": "2026-01-05T09:00:00",
                "known_at": "2026-01-06T00:00:00+00:00",
                "source": "igate",
                "file": "list-0106.csv",
                "line": 1,
            }
        ],
    }


def test_a_balance_lists_each_dossier_once_with_the_movement_that_brought_it_there(busy):
    answer = explain(busy.connect(), "open_total", Question(JANUARY.first, JANUARY.last, ("B",)))
    found = {row["code"]: (row["movement"], row["account"]) for row in answer["rows"]}
    assert found == {
        "moved": ("transfer", "open.processing"),
        "waits": ("pause", "open.awaiting_supplement"),
        "back": ("reopening", "open.processing"),
    }


def test_a_movement_that_was_taken_back_is_left_out_but_shown_as_of_the_day_before(busy):
    con = busy.connect()
    question = Question(JANUARY.first, JANUARY.last, ("B",))
    assert "wrong" not in {row["code"] for row in explain(con, "received_new", question)["rows"]}
    before = replace(question, as_of=datetime(2026, 1, 27, tzinfo=UTC))
    assert "wrong" in {row["code"] for row in explain(con, "received_new", before)["rows"]}


def test_a_total_is_explained_by_all_its_parts(busy):
    answer = explain(
        busy.connect(), "received_total", Question(JANUARY.first, JANUARY.last, ("A",))
    )
    assert {row["code"]: row["movement"] for row in answer["rows"]} == {
        "old": "pause",
        "moved": "receipt",
    }


def test_what_no_list_carries_is_null_and_has_no_rows(world):
    world.unit("A", layout=LAYOUT_BITS["status"])
    world.post("1", "receipt", "2026-01-05")
    answer = explain(world.connect(), "received_online", JANUARY)
    assert (answer["total"], answer["rows"]) == (None, [])


def test_a_limit_cuts_the_rows_and_not_the_total(busy):
    answer = explain(busy.connect(), "received_new", JANUARY, limit=1)
    assert (answer["total"], len(answer["rows"])) == (3, 1)


def test_rates_and_unknown_codes_are_usage_errors(world):
    con = world.connect()
    with pytest.raises(HosoError, match="Unknown figure 'received'"):
        explain(con, "received", JANUARY)
    with pytest.raises(HosoError, match="on_time_rate is a rate; explain what it divides") as error:
        explain(con, "on_time_rate", JANUARY)
    assert error.value.exit_code == 2


def test_derived_figures_are_made_of_counted_ones_only(world):
    known = definitions.load(world.connect())
    parts = definitions.counted_parts(known, "received_total")
    assert [part.code for part in parts] == [
        *("received_new", "transferred_in", "reopened", "carried_over"),
    ]


def test_where_a_dossier_was_lodged_and_received_is_told_as_known_then(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05", known="2026-01-06")
    world.post("2", "receipt", "2026-01-06", known="2026-01-06")
    con = world.connect()
    con.execute(
        "create table fct_dossier_attribute as from (values"
        " (1::bigint, 'B', null::varchar, timestamp '2026-01-06', 1),"
        " (1, 'B', 'C', timestamp '2026-01-20', 2)"
        ") as a (dossier_key, help_unit_code, reception_unit_code, known_at, batch_no)"
    )
    now = explain(con, "received_new", JANUARY)["rows"]
    assert [(r["code"], r["unit"], r["help_unit"], r["reception_unit"]) for r in now] == [
        ("1", "A", "B", "C"),
        ("2", "A", None, None),
    ]
    before = replace(JANUARY, as_of=datetime(2026, 1, 10, tzinfo=UTC))
    then = explain(con, "received_new", before)["rows"]
    assert [row["help_unit"] for row in then] == ["B", None]
    assert "reception_unit" not in then[0]
