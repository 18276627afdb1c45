"""The audit over a small warehouse: what it fetches, what blocks, what it remembers."""

from pathlib import Path

import duckdb
import pytest

from expectations.check import Check, Outcome
from orchestration.audit import (
    STATIC_SUITES,
    CheckResult,
    audit,
    check_frame,
    history,
    latest,
    run_audit,
)
from orchestration.audit_identities import figure_frame, hierarchy_frame
from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR, Settings

# Two dossiers at U1: one received and resolved in time, one received and still open.
WAREHOUSE = f"""
create schema raw;
create table raw.batch as select * from (values
    ('b1', 'lists', 'a.csv', timestamp '2026-01-31 10:00', timestamp '2026-01-31 10:00',
     3, 2, 0, 1, 0, 3)
) as t (batch_id, source, file, observed_at, known_at,
    rows_read, rows_stored, rows_unchanged, rows_duplicate, rows_quarantined, control_total);
create table raw.event as select * from (values
    ('dossier.observed', 'b1', 's/A', 'id1'),
    ('dossier.observed', 'b1', 's/B', 'id2'),
    ('extract.completed', 'b1', 's/batch/b1', 'id3')
) as t (type, batch_id, subject, id);
create table fct_dossier_posting as select
    *, effective_at::date as effective_date, timestamp '2026-01-31 10:00' as known_at,
    'b1' as batch_id, tl_before as tl_before_by_date, tl_before as tl_before_by_timestamp,
    tl_before as tl_before_index_766, tl_after as tl_after_by_date,
    tl_after as tl_after_by_timestamp, tl_after as tl_after_index_766, 'p1' as procedure_key
from (values
    (1, 'receipt', 'outside', 'open.processing', null, 'U1', 1, timestamp '2026-01-02 08:00',
     null, 'in_time'),
    (1, 'resolution', 'open.processing', 'closed.resolved', 'U1', 'U1', 1,
     timestamp '2026-01-05 08:00', 'in_time', 'early'),
    (2, 'receipt', 'outside', 'open.processing', null, 'U1', 1, timestamp '2026-01-03 08:00',
     null, 'in_time')
) as t (dossier_key, movement, from_account, to_account, from_unit, to_unit, quantity,
    effective_at, tl_before, tl_after);
create table fct_dossier as select * from (values
    (1, 'A', 'closed.resolved', 'U1'), (2, 'B', 'open.processing', 'U1')
) as t (dossier_key, code, account, unit_code);
create table fct_unit_day as
select to_unit as unit_code, effective_date as day, movement, 'to' as leg, to_account as account,
    tl_after as tl_by_date, tl_after as tl_by_timestamp, tl_after as tl_index_766,
    'online' as channel, null::varchar as counterpart_unit, sum(quantity) as quantity
from fct_dossier_posting where to_account <> 'outside' group by all
union all by name
select from_unit as unit_code, effective_date as day, movement, 'from' as leg,
    from_account as account, tl_before as tl_by_date, tl_before as tl_by_timestamp,
    tl_before as tl_index_766, 'online' as channel, -sum(quantity) as quantity
from fct_dossier_posting where from_account <> 'outside' group by all;
create table fct_unit_reach as select
    'U1' as unit_code, 'b1' as batch_id, timestamp '2026-01-31 10:00' as known_at,
    date '2026-01-31' as reach_date, 8191 as layout;
create table dim_unit_validity (unit_code varchar, parent_code varchar, valid_to date);
create table dim_unit as select 'U1' as unit_code, 'Unit 1' as unit_name,
    null::varchar as parent_code, null::date as valid_to, null::varchar as successor_code;
create table dim_date as select
    day::date as date_day, isodow(day) < 6 as is_working_day
from range(date '2025-10-01', date '2026-03-01', interval 1 day) as days (day);
create table fct_statement as select
    'report' as document, 'by_date' as rule_set, 'received_new' as figure, '' as dims,
    'all' as level, 'U1' as unit_code, date '2026-01-01' as period_from,
    date '2026-01-31' as period_to, stated_value, false as is_doubtful, true as is_current,
    'b2' as batch_id
from (values (2.0)) as stated (stated_value);
create table dim_procedure as select 'p1' as procedure_key;
create table dim_figure as
    select * replace (sort_order::integer as sort_order)
    from read_csv('{PROJECT_DIR}/seeds/figure.csv', all_varchar = true);
create table dim_rule_set as
    select unnest(['by_date', 'by_timestamp', 'index_766']) as rule_set;
create table dq_end_before_start (code varchar, unit_code varchar);
"""

# what to do to the warehouse -> the checks that then fail, and nothing else
PLANTED = {
    "update raw.batch set rows_read = 4, control_total = null": {"arriving_files.row_equation"},
    "delete from raw.event where id = 'id2'": {"arriving_files.row_equation_in_store"},
    "update raw.batch set control_total = 9": {"arriving_files.control_total"},
    "update raw.event set id = 'id1'": {"event_store.ids_unique"},
    "update raw.event set subject = null where id = 'id1'": {"event_store.subject_present"},
    "update raw.batch set observed_at = timestamp '2026-02-01'": {
        "event_store.known_after_observed"
    },
    "update fct_dossier_posting set movement = 'return' where movement = 'resolution';"
    "update fct_unit_day set movement = 'return' where movement = 'resolution'": {
        "ledger.movement_allowed"
    },
    "update fct_dossier set unit_code = 'U2' where code = 'B'": {"ledger.trial_balance"},
    "delete from fct_dossier where code = 'B'": {"ledger.trial_balance"},
    "insert into fct_dossier select 3, 'C', 'open.processing', 'U1'": {"ledger.trial_balance"},
    "update fct_unit_day set quantity = quantity * 2 where movement = 'resolution'": {
        "ledger.unit_day_adds_up"
    },
    "update fct_dossier_posting set known_at = timestamp '2026-01-01' where dossier_key = 2": {
        "ledger.known_after_its_row"
    },
    "update fct_unit_day set account = 'closed.returned'"
    " where movement = 'resolution' and leg = 'to';"
    "update fct_unit_day set account = 'closed.returned' where leg = 'from'": {"figures.i5"},
    "update fct_unit_day set tl_by_timestamp = null where account = 'closed.resolved'": {
        "figures.i3"
    },
    "update fct_unit_day set tl_index_766 = null where movement = 'receipt'": {"figures.i4"},
    "update dim_unit set unit_code = 'U9'": {"dimensions.unit_known"},
    "delete from dim_procedure": {"dimensions.procedure_known"},
    "update dim_unit set parent_code = 'P9'": {"dimensions.parent_known"},
    "delete from dim_date where date_day = date '2026-01-05'": {"dimensions.calendar_covers"},
    "update raw.batch set rows_read = 12, rows_quarantined = 9, control_total = null": {
        "arriving_files.nothing_set_aside",
        "arriving_files.mostly_read",
    },
    "insert into fct_unit_day select 'U1', day, 'receipt', 'to', 'open.processing', 'in_time',"
    " 'in_time', 'in_time', 'online', null, 3 from range(date '2025-11-24', date '2026-01-19',"
    " interval 1 day) as days (day)": {"volume.weekly_receipts", "ledger.unit_day_adds_up"},
    "update fct_statement set period_from = null": {"statements.figure_complete"},
    "update fct_statement set is_doubtful = true": {"statements.reading_certain"},
    "insert into fct_statement select * replace (3.0 as stated_value) from fct_statement": {
        "statements.stated_once"
    },
    "insert into fct_unit_reach select 'U0', 'b1', known_at, date '2025-11-30', 0"
    " from fct_unit_reach": {"freshness.unit_reach"},
    "insert into dq_end_before_start values ('B', 'U1')": {"findings.end_before_start"},
}


@pytest.fixture
def build_db(settings: Settings) -> Path:
    with duckdb.connect(str(settings.build_db)) as con:
        con.execute(WAREHOUSE)
    return settings.build_db


def failed(outcomes: list[Outcome]) -> set[str]:
    return {each.check.name for each in outcomes if each.status not in {"passed", "not_applicable"}}


def test_sound_warehouse_passes_every_check(settings: Settings, build_db: Path) -> None:
    outcomes = audit(settings, build_db)
    assert failed(outcomes) == set()
    passed = {each.check.name for each in outcomes if each.status == "passed"}
    # no unit has a parent, and none has received for eight weeks
    passed |= {"dimensions.parent_known", "volume.weekly_receipts"}
    assert {name for _, checks in STATIC_SUITES.values() for name in map(name_of, checks)} <= passed
    assert {f"figures.i{n}" for n in (1, 2, 3, 4, 5, 12)} <= passed


def name_of(check: Check) -> str:
    return check.name


@pytest.mark.parametrize(
    ("change", "caught"),
    PLANTED.items(),
    ids=lambda value: value[:60] if isinstance(value, str) else " ",
)
def test_planted_fault_in_the_warehouse_is_caught(
    settings: Settings, build_db: Path, change: str, caught: set[str]
) -> None:
    with duckdb.connect(str(build_db)) as con:
        con.execute(change)
    assert failed(audit(settings, build_db)) == caught


def test_failing_dossiers_are_named(settings: Settings, build_db: Path) -> None:
    with duckdb.connect(str(build_db)) as con:
        con.execute(
            "insert into fct_dossier_posting select * from fct_dossier_posting"
            " where dossier_key = 2;"
            "insert into dq_end_before_start values ('B', 'U1')"
        )
    found = {each.check.name: each for each in audit(settings, build_db)}
    (row,) = found["ledger.trial_balance"].rows
    assert row["codes"] == ["B"]
    assert row["ledger_holds"] == "open.processing at U1: 2"
    assert row["register_says"] == "open.processing at U1: 1 (register)"
    assert found["findings.end_before_start"].rows == ({"code": "B", "unit_code": "U1"},)


def test_failing_identity_says_its_left_side_and_its_terms(
    settings: Settings, build_db: Path
) -> None:
    with duckdb.connect(str(build_db)) as con:
        con.execute(
            "update fct_unit_day set account = 'closed.unknown' where movement = 'resolution'"
        )
    found = {each.check.name: each for each in audit(settings, build_db)}
    (row,) = (row for row in found["figures.i5"].rows if row["rule_set"] == "by_date")
    assert (row["unit"], row["month"], row["left"]) == ("U1", "2026-01", 2)
    assert sum(row["terms"]) != 2
    assert found["figures.i5"].by_unit == {"U1": 3}, "one per rule set"


def test_parent_is_compared_with_the_units_below_it_where_all_stand_at_one_day() -> None:
    names = ("received_new", "resolved_total", "returned", "withdrawn", "reopened", "carried_over")

    def entry(unit: str, received: int, day: str = "2026-01-31") -> dict[str, object]:
        counts = dict.fromkeys(names, 0) | {"received_new": received, "open_total": received}
        moved = {"transferred_in": 1, "transferred_out": 1}
        return {"unit": unit, "balance_day": day, "figures": counts | moved}

    above = {"A": "P", "B": "P", "P": None}
    own = [entry("A", 2), entry("B", 3)]
    frame = hierarchy_frame(own, [entry("P", 6), entry("A", 2)], above)
    wrong = frame[frame["left"] != frame["right"]]
    assert wrong[["unit", "figure", "left", "right", "terms"]].values.tolist() == [
        ["P", "received_new", 6, 5, [2, 3]],
        ["P", "open_total", 6, 5, [2, 3]],
    ]
    own = [entry("A", 2), entry("B", 3, "2026-01-30")]
    frame = hierarchy_frame(own, [entry("P", 5)], above)
    assert frame[frame["figure"] == "open_total"]["left"].isna().all()


def test_results_tell_how_much_is_of_which_unit(settings: Settings, build_db: Path) -> None:
    with duckdb.connect(str(build_db)) as con:
        con.execute("insert into dq_end_before_start values ('B', 'U1'), ('C', 'U2'), ('D', 'U2')")
    run_audit(settings, build_db)
    kept = duckdb.execute(
        "select unit, failing, status from read_parquet(?)"
        " where check_name = 'findings.end_before_start' order by unit",
        [str(history(settings)[-1])],
    ).fetchall()
    assert kept == [("*", 3, "failed"), ("U1", 1, "failed"), ("U2", 2, "failed")]


def test_missing_table_is_an_errored_check_that_blocks(settings: Settings, build_db: Path) -> None:
    with duckdb.connect(str(build_db)) as con:
        con.execute("drop table fct_unit_reach")
    results = {each.check: each for each in run_audit(settings, build_db)}
    assert results["freshness.unit_reach"].status == "errored"
    assert results["freshness.unit_reach"].blocks


def test_only_failed_blocking_checks_and_errors_block(settings: Settings, build_db: Path) -> None:
    with duckdb.connect(str(build_db)) as con:
        con.execute("update raw.batch set control_total = 9, rows_duplicate = 5")
    results = run_audit(settings, build_db)
    assert {each.check for each in results if each.status == "failed"} == {
        "arriving_files.row_equation",
        "arriving_files.control_total",
    }
    assert [each.check for each in results if each.blocks] == ["arriving_files.row_equation"]


def test_results_outlive_the_warehouse_and_the_newest_come_back(
    settings: Settings, build_db: Path
) -> None:
    first = run_audit(settings, build_db)
    with duckdb.connect(str(build_db)) as con:
        con.execute("insert into dq_end_before_start values ('B', 'U1')")
    second = run_audit(settings, build_db)
    build_db.unlink()
    assert len(history(settings)) == 2
    assert latest(settings) == second
    assert {each.run for each in first}.isdisjoint({each.run for each in second})


def test_results_say_which_build_they_judged(settings: Settings, build_db: Path) -> None:
    assert {each.content_id for each in run_audit(settings, build_db)} == {None}
    with duckdb.connect(str(build_db)) as con:
        con.execute(
            "create schema meta; create table meta.build_state as select 'abc' as content_id"
        )
    assert {each.content_id for each in run_audit(settings, build_db)} == {"abc"}
    assert latest(settings)[0].content_id == "abc"


def test_rows_of_hoso_check_have_the_fields_of_the_contract(
    settings: Settings, build_db: Path
) -> None:
    fields = ["check", "owner", "severity", "status", "observed", "expected", "failing"]
    assert all(list(each.as_row()) == fields for each in run_audit(settings, build_db))


def test_dbt_tests_stand_among_the_results(settings: Settings, build_db: Path) -> None:
    check = Check("dbt.unique_x", "warehouse", "blocking", "m", "no row", "dbt")
    results = run_audit(settings, build_db, [Outcome(check, "failed", "2 rows", 2)])
    (mine,) = (each for each in results if each.check == "dbt.unique_x")
    assert (mine.status, mine.failing, mine.blocks) == ("failed", 2, True)


def test_nothing_checked_yet_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(HosoError, match="hoso run") as raised:
        latest(settings)
    assert raised.value.exit_code == 4


def test_frame_can_be_checked_by_itself() -> None:
    import pandas as pd

    frame = pd.DataFrame([{"unit_code": "U1", "days_behind": 40}])
    assert [each.status for each in check_frame("freshness", frame)] == ["failed"]


def test_carried_over_is_compared_with_the_month_before_of_the_same_unit() -> None:
    from orchestration.reporting.definitions import parse

    def entry(unit: str, month: str, carried: int, still_open: int) -> dict[str, object]:
        counts = dict.fromkeys(codes, None) | {"carried_over": carried, "open_total": still_open}
        return {"unit": unit, "month": month, "rule_set": "by_date", "figures": counts}

    with duckdb.connect() as con:
        seed = con.execute(f"select * from read_csv('{PROJECT_DIR}/seeds/figure.csv')")
        names = [column[0] for column in seed.description]
        codes = list(parse(dict(zip(names, row, strict=True)) for row in seed.fetchall()))
    frame = figure_frame(
        [entry("U1", "2026-02", 3, 4), entry("U1", "2026-01", 0, 3), entry("U2", "2026-01", 9, 9)]
    )
    pairs = frame[["unit", "month", "i6_left", "i6_right"]].fillna(-1).values.tolist()
    assert pairs == [["U1", "2026-01", 0, -1], ["U1", "2026-02", 3, 3], ["U2", "2026-01", 9, -1]]


def test_run_is_numbered_so_that_a_clock_set_back_does_not_hide_the_newest(
    settings: Settings, build_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_audit(settings, build_db)
    monkeypatch.setenv("HOSO_NOW", "2020-01-01T00:00:00")
    earlier: list[CheckResult] = run_audit(Settings(), build_db)
    assert latest(Settings())[0].run == earlier[0].run
