"""Differences between what is stated and what is computed, split into causes dossier by dossier."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.reconciling.across import across_documents
from orchestration.reconciling.causes import split
from orchestration.reconciling.compare import compare
from orchestration.stated_figures import Document
from orchestration.statements.model import Figure, Period
from tests.unit.reporting.conftest import World

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
MORE = """
alter table dim_batch add column observed_local timestamp;
update dim_batch
set observed_local = strptime('2026-' || batch_id[7:8] || '-' || batch_id[9:10], '%Y-%m-%d');
alter table dim_batch add column batch_no integer;
update dim_batch set batch_no = (
    select count(*) from dim_batch as other where other.batch_id <= dim_batch.batch_id
);
update fct_dossier_posting set batch_no = dim_batch.batch_no
from dim_batch where dim_batch.batch_id = fct_dossier_posting.batch_id;
alter table dim_unit add column level varchar;
update dim_unit set unit_name = unit_code,
    level = case when unit_code = 'P' then 'district' else 'commune' end;
update fct_dossier set system = 's';
create table fct_ruling (dossier_key bigint, kind varchar, is_in_force boolean);
create table dq_listed_twice
    (code varchar, system varchar, unit_code varchar, also_in_unit varchar, since timestamp);
"""


@pytest.fixture
def world():
    """Three dossiers of January at A, one resolved in time, all known by the end of the month."""
    world = World()
    world.unit("P", reach=None)
    world.unit("A", "P")
    world.unit("B", "P")
    for code, day in (("1", "2026-01-05"), ("2", "2026-01-12"), ("3", "2026-01-20")):
        world.post(code, "receipt", day, unit="A", known="2026-01-31")
    world.post("1", "resolution", "2026-01-15", known="2026-01-31")
    return world


def report(  # noqa: PLR0917 - a report in one line
    values, unit="A", level="commune", name="1/BC", issued=date(2026, 2, 3), period=JANUARY
):
    figures = tuple(
        Figure(code, unit, level, period, Decimal(value), "dossier", line, "")
        for line, (code, value) in enumerate(values.items(), start=1)
    )
    return Document(name, "read", unit, None, issued, figures)


def compared(world, document, *, more=""):
    con = world.connect()
    con.execute(MORE + more)
    stated = [each for each in compare(con, [document]) if each.stated is not None]
    for each in stated:
        if each.status == "differs":
            assert sum(each.causes.values()) == each.difference
    return {each.code: each for each in stated}


def test_a_figure_that_is_stated_as_it_is_computed_matches(world):
    found = compared(world, report({"received_new": 3, "open_total": 2}))
    assert {each.status for each in found.values()} == {"match"}


def test_a_fact_that_a_list_after_the_report_shows_first_is_a_late_sync(world):
    world.post("4", "receipt", "2026-01-28", unit="A", known="2026-02-10")
    found = compared(world, report({"received_new": 3}))["received_new"]
    assert (found.status, found.difference, found.causes) == ("differs", 1, {"late_sync": 1})


def test_a_closing_that_a_later_list_took_back_was_rewritten(world):
    world.reverse(world.postings[-1], "2026-02-10")
    found = compared(world, report({"resolved_total": 1, "open_total": 2}))
    assert found["resolved_total"].causes == {"rewritten": -1}
    assert found["open_total"].causes == {"rewritten": 1}


def test_what_was_taken_back_and_told_anew_by_the_row_of_before_is_no_difference(world):
    closing = world.postings[-1]
    world.reverse(closing, "2026-02-10")
    world.postings.append(replace(closing, known=datetime(2026, 2, 10)))
    anew = "update fct_dossier_posting set batch_id = 'batch-0131' where not is_reversal"
    assert compared(world, report({"resolved_total": 1}), more=anew)["resolved_total"].causes == {}
    found = compared(world, report({"resolved_total": 4}), more=anew)["resolved_total"]
    assert found.causes == {"unexplained": -3}


def test_overdue_that_another_due_date_took_back_was_rewritten(world):
    overdue = world.post("3", "overdue", "2026-01-30", known="2026-01-31")
    world.reverse(overdue, "2026-02-10")
    found = compared(world, report({"open_overdue": 1, "open_in_time": 1}))
    assert found["open_overdue"].causes == {"rewritten": -1}
    assert found["open_in_time"].causes == {"rewritten": 1}


def test_overdue_that_a_closing_of_before_took_back_is_late(world):
    overdue = world.post("3", "overdue", "2026-01-30", known="2026-01-31")
    world.reverse(overdue, "2026-02-10")
    closing = world.post("3", "resolution", "2026-01-29", after="early", known="2026-02-10")
    world.postings[-1] = replace(closing, before="in_time")
    found = compared(world, report({"open_overdue": 1, "resolved_total": 1}))
    assert found["open_overdue"].causes == {"late_sync": -1}
    assert found["resolved_total"].causes == {"late_sync": 1}


def test_of_two_readings_that_fit_a_figure_that_of_the_whole_report_is_named(world):
    world.covers("P", "2026-03-31")
    world.post("2", "resolution", "2026-01-25", after="late", known="2026-01-31")
    world.post("9", "receipt", "2026-01-10", unit="P", known="2026-01-31")
    world.post("9", "overdue", "2026-01-28", known="2026-01-31")
    stated = {"received_new": 4, "resolved_total": 2, "resolved_late": 1}
    found = compared(world, report(stated, unit="P", level="district"))
    assert {each.reading for each in found.values()} == {"all_below"}
    alone = compared(world, report({"resolved_late": 1}, unit="P", level="district"))
    assert alone["resolved_late"].reading == "with_open_overdue"


def test_a_receipt_that_a_later_list_moved_to_another_unit_is_of_another_unit(world):
    moved = world.postings[1]
    world.reverse(moved, "2026-02-10")
    world.postings.append(replace(moved, to_unit="B", known=world.postings[-1].known))
    assert compared(world, report({"received_new": 3}))["received_new"].causes == {"other_unit": -1}


def test_a_receipt_that_was_void_as_a_duplicate_is_a_duplicate(world):
    world.reverse(world.postings[1], "2026-02-10")
    found = compared(
        world,
        report({"received_new": 3}),
        more="insert into fct_ruling values (2, 'void_as_duplicate_of', true)",
    )
    assert found["received_new"].causes == {"duplicate": -1}


def test_a_dossier_in_the_lists_of_two_units_explains_what_the_other_unit_counts_too_many(world):
    twice = "insert into dq_listed_twice values ('3', 's', 'A', 'B', timestamp '2026-01-31')"
    found = compared(world, report({"received_new": 1}, unit="B"), more=twice)
    assert found["received_new"].causes == {"other_unit": -1}


def test_a_slip_stays_unexplained(world):
    found = compared(world, report({"received_new": 17}))["received_new"]
    assert (found.causes, found.reading) == ({"unexplained": -14}, None)


def test_a_late_fact_and_a_slip_are_told_apart(world):
    world.post("4", "receipt", "2026-01-28", unit="A", known="2026-02-10")
    found = compared(world, report({"received_new": 13}))["received_new"]
    assert found.causes == {"late_sync": 1, "unexplained": -10}


def test_another_reading_of_a_figure_is_named_when_it_leaves_nothing(world):
    world.post("2", "resolution", "2026-01-25", after="late", known="2026-01-31")
    world.post("3", "overdue", "2026-01-30", known="2026-01-31")
    found = compared(world, report({"resolved_late": 2}))["resolved_late"]
    assert (found.causes, found.reading) == ({"other_reading": -1}, "with_open_overdue")


def test_a_report_that_counts_the_units_below_is_another_reading(world):
    world.post("9", "receipt", "2026-01-10", unit="P", known="2026-01-31")
    world.covers("P", "2026-03-31")
    found = compared(world, report({"received_new": 4}, unit="P", level="district"))
    assert found["received_new"].reading == "all_below"


def test_days_moved_by_one_are_a_period_boundary_when_they_fit_the_whole_report(world):
    world.post("5", "receipt", "2026-01-31", unit="A", known="2026-01-31")
    values = {"received_new": 3, "open_total": 2, "resolved_total": 1}
    found = compared(world, report(values))
    assert found["received_new"].causes == {"period_boundary": 1}
    assert found["open_total"].causes == {"period_boundary": 1}
    assert found["resolved_total"].status == "match"


def test_what_no_list_carries_is_not_computed_and_what_is_left_out_not_stated(world):
    con = world.connect()
    con.execute(MORE)
    rows = compare(con, [report({"received_new": 3, "interlinked": 5})])
    status = {each.code: each.status for each in rows}
    assert (status["interlinked"], status["open_total"]) == ("not_computed", "not_stated")


def test_a_unit_that_sends_no_lists_is_not_computed(world):
    found = compared(world, report({"received_new": 3}, unit="xã Không Tên"))
    assert found["received_new"].status == "not_computed"


def test_reports_of_neighbouring_periods_must_carry_over_what_was_open(world):
    con = world.connect()
    con.execute(MORE)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    first = report({"open_total": 2})
    second = report({"carried_over": 5}, name="2/BC", period=february)
    (result,) = across_documents(con, [first, second])
    assert (result.code, result.status, result.difference) == ("I6", "fails", 3)


def test_what_a_parent_states_of_its_communes_must_be_the_sum_of_what_they_state(world):
    con = world.connect()
    con.execute(MORE)
    parent = report({"received_new": 9}, unit="P")
    a = report({"received_new": 3}, name="a")
    b = report({"received_new": 4}, unit="B", name="b")
    (result,) = across_documents(con, [parent, a, b])
    assert (result.code, result.status, result.difference) == ("I7", "fails", 2)
    (result,) = across_documents(con, [parent, a])
    assert result.status == "not_applicable"


amounts = st.integers(-50, 50)


@given(
    amounts,
    st.dictionaries(st.sampled_from(["duplicate", "late_sync", "rewritten"]), amounts),
    amounts,
    amounts,
    st.lists(st.tuples(st.sampled_from(["a", "b"]), amounts)),
)
def test_the_parts_always_add_up_and_a_reading_leaves_nothing(
    difference, late, twice, boundary, readings
):
    found = split(difference, late, twice, boundary, readings)
    assert sum(found.causes.values()) == difference
    assert 0 not in found.causes.values()
    assert found.reading is None or "unexplained" not in found.causes
