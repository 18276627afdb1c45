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


REWRITTEN = """
    select
        finding.code
        , finding.unit_code
        , if(movement in ('receipt', 'overdue'), movement, 'closing')
        , strftime(before_effective_at, '%Y-%m-%d %H:%M')
        , strftime(after_effective_at, '%Y-%m-%d %H:%M')
        , batch.file
        , finding.line_no
    from dq_rewritten_history as finding
    inner join dim_batch as batch on finding.batch_id = batch.batch_id
"""


@pytest.mark.slow
def test_each_movement_that_a_list_takes_back_is_found_and_no_other(province, truth):
    names = ("code", "unit", "movement", "before", "after", "file", "line")
    planted = Counter(tuple(line[name] for name in names) for line in truth["rewritten"])
    kinds = {(line["movement"], line["after"] is None) for line in truth["rewritten"]}
    assert kinds >= {("receipt", False), ("closing", False), ("closing", True), ("overdue", True)}
    listed = Counter(found(province, REWRITTEN))
    assert (listed - planted, planted - listed) == (Counter(), Counter())


SIGNS = {
    "is_set_to_due": ("finish_reset",),
    "is_late_made_in_time": ("finish_reset", "end_backdated"),
    "before_account <> after_account": ("closing_changed",),
    "movement = 'receipt' and rewritten = 'fact'": ("receipt_moved",),
    "rewritten = 'attribute'": ("procedure_changed",),
    "movement not in ('receipt', 'overdue') and after_effective_at is null": ("end_date_gone",),
    "movement not in ('receipt', 'overdue') and after_effective_at <> before_effective_at"
    " and not is_late_made_in_time": ("end_moved",),
}
"""Condition over dq_rewritten_history -> the kinds of truth that it tells from all others."""


@pytest.mark.slow
@pytest.mark.parametrize("sign", SIGNS)
def test_signs_of_rewriting_tell_its_kinds_apart(province, truth, sign):
    listed = found(province, f"select code from dq_rewritten_history where {sign}")
    planted = {line["code"] for kind in SIGNS[sign] for line in truth[kind]}
    assert planted, "this size plants none: precision and recall of nothing"
    assert {code for (code,) in listed} == planted


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
