"""What the simulated province plants is found, by code, and nothing else is."""

import json
from collections import Counter, defaultdict

import duckdb
import pytest

from orchestration.ingest.quarantine import set_aside
from orchestration.settings import Settings

DOSSIERS = 20_000

FOUND = {
    "end_before_start": "select code from dq_end_before_start",
    "closed_without_end_date": "select code from dq_closed_without_end_date",
    "open_with_end_date": "select code from dq_open_with_end_date",
    "listed_twice": "select code from dq_listed_twice",
    "missing": "select code from dq_missing",
    "reappeared": "select code from dq_reappeared",
    "duplicate": "select code from dq_duplicate_candidate",
    "finish_reset": "select code from dq_finish_equals_due",
    "sent_as_finished": "select code from dq_finish_equals_receipt",
    "submitted_equals_received": "select source from dq_submitted_equals_received",
    "paid_online_in_cash": "select code from dq_paid_online_in_cash",
    "late_without_apology": "select code from dq_late_without_apology",
    "finished_but_overdue_elsewhere": "select code from dq_finished_but_overdue_elsewhere",
    "quiet_unit": "select unit from dq_check_result"
    " where check_name = 'volume.weekly_receipts' and unit <> '*'",
}
"""Kind of truth -> whom the warehouse finds."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def province(home):
    """A home in which the demo has run."""
    from orchestration.cli import main

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_HOME", str(home))
        try:
            main(["demo", "--dossiers", str(DOSSIERS), "--format", "json"])
        except SystemExit as end:
            assert not end.code
    return home


@pytest.fixture(scope="module")
def truth(province):
    lines = (province / "demo" / "truth.jsonl").read_text("utf-8").splitlines()
    kinds = defaultdict(list)
    for line in map(json.loads, lines):
        kinds[line["kind"]].append(line)
    kinds["quiet_unit"] = kinds["silent_unit"] + kinds["volume_drop"]
    return kinds


def found(home, sql):
    with duckdb.connect(str(home / "warehouse" / "hoso.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def whom(line):
    return line["code"] or line["unit"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", FOUND)
def test_each_planted_trap_is_found_and_no_other(province, truth, kind):
    planted = {whom(line) for line in truth[kind]}
    listed = [code for (code,) in found(province, FOUND[kind])]
    assert planted, "this size plants none: precision and recall of nothing"
    assert (set(listed) - planted, planted - set(listed)) == (set(), set())
    assert len(listed) == len(set(listed))


@pytest.mark.slow
def test_rows_that_cannot_be_read_are_those_that_were_planted(province, truth):
    planted = [*truth["unmapped_status"], *truth["impossible_date"]]
    aside = [(row["file"], row["line"]) for row in set_aside(Settings(home=province))]
    assert sorted(aside) == sorted((line["file"], line["line"]) for line in planted)


@pytest.mark.slow
def test_rows_repeated_in_a_list_are_those_that_were_planted(province, truth):
    planted = Counter(line["file"] for line in truth["repeated_row"])
    counted = "select file, rows_duplicate from dim_batch where rows_duplicate > 0"
    assert Counter(dict(found(province, counted))) == planted


@pytest.mark.slow
def test_ends_reset_after_the_fact_are_told_from_other_rewriting(province, truth):
    reset = found(province, "select code from dq_rewritten_history where is_set_to_due")
    assert {code for (code,) in reset} == {line["code"] for line in truth["finish_reset"]}
    rewritten = {code for (code,) in found(province, "select code from dq_rewritten_history")}
    planted = {
        line["code"]
        for kind in ("finish_reset", "late_sync", "end_date_gone", "due_changed_without_pause")
        for line in truth[kind]
    }
    assert rewritten <= planted


def failing_rows(home, check):
    """The rows of a failed check, all of them."""
    sql = f"select failing, rows from dq_check_result where check_name = '{check}' and unit = '*'"
    ((failing, rows),) = found(home, sql)
    assert len(json.loads(rows)) == failing
    return json.loads(rows)


@pytest.mark.slow
def test_reports_that_are_wrong_are_those_that_were_planted(province):
    lines = (province / "demo" / "reports.jsonl").read_text("utf-8").splitlines()
    stated = [json.loads(line) for line in lines]
    slips = {
        (each["document"], each["figure"]) for each in stated if "unexplained" in each["causes"]
    }
    left = failing_rows(province, "reconciliation.difference_explained")
    assert slips and {(row["document"], row["code"]) for row in left} == slips

    within = {"I1", "I2", "I3", "I4", "I5", "I12"}
    rows = failing_rows(province, "reconciliation.report_adds_up")
    broken = {row["document"] for row in rows if row["code"] in within}
    # the other kinds state figures that add up, of other days, units or lists
    kinds = {"with_carried_over", "with_returned", "on_time_with_early", "slip"}
    assert broken == {each["document"] for each in stated if each["kind"] in kinds}
