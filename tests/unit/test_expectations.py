"""Every check catches its planted failure and passes a clean frame."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from expectations import beside_suites, suites
from expectations.check import Check, Outcome
from expectations.meanings_vi import MEANINGS
from expectations.runner import run
from orchestration import audit_reconciliation
from orchestration.audit import STATIC_SUITES
from orchestration.audit_identities import identity_seed
from orchestration.settings import PROJECT_DIR

FILE = {
    "file": "a.csv",
    "rows_read": 10,
    "rows_accounted": 10,
    "rows_in_store": 9,
    "rows_stored": 9,
    "control_total": 10,
    "rows_quarantined": 0,
    "share_set_aside": 0.0,
}
EVENTS = {"batch_id": "b1", "duplicate_ids": 0, "null_subjects": 0, "known_too_early": 0}
IDENTITIES = suites.identities(identity_seed())
IDENTITY = {
    f"{check.name.removeprefix('figures.')}_{side}": 5
    for check in IDENTITIES
    for side in ("left", "right")
}
# suite, a clean row, and for each check: what to plant and how many failing things it must count
CASES: list[tuple[tuple[Check, ...], dict[str, Any], dict[str, tuple[dict[str, Any], int]]]] = [
    (
        suites.ARRIVING_FILES,
        FILE,
        {
            "arriving_files.row_equation": ({"rows_accounted": 9}, 1),
            "arriving_files.row_equation_in_store": ({"rows_in_store": 8}, 1),
            "arriving_files.control_total": ({"control_total": 11}, 1),
            "arriving_files.nothing_set_aside": ({"rows_quarantined": 3}, 3),
            "arriving_files.mostly_read": ({"share_set_aside": 0.21}, 1),
        },
    ),
    (
        suites.EVENT_STORE,
        EVENTS,
        {
            "event_store.ids_unique": ({"duplicate_ids": 4}, 4),
            "event_store.subject_present": ({"null_subjects": 2}, 2),
            "event_store.known_after_observed": ({"known_too_early": 1}, 1),
        },
    ),
    (
        suites.MOVEMENTS,
        {"movement": "receipt", "postings": 7, "is_allowed": True},
        {"ledger.movement_allowed": ({"movement": "leap", "is_allowed": False}, 7)},
    ),
    (
        suites.TRIAL_BALANCE,
        {"ledger_holds": "one account", "register_says": "one account", "dossiers": 3},
        {"ledger.trial_balance": ({"ledger_holds": "open.processing at U1: 2"}, 3)},
    ),
    (
        suites.UNIT_DAY,
        {"movement": "receipt", "leg": "to", "in_unit_day": 8, "in_postings": 8},
        {"ledger.unit_day_adds_up": ({"in_unit_day": 7}, 1)},
    ),
    (
        suites.KNOWLEDGE,
        {"batch_id": "b1", "known_too_early": 0},
        {"ledger.known_after_its_row": ({"known_too_early": 6}, 6)},
    ),
    (
        beside_suites.UNITS,
        {"unit_code": "U1", "postings": 9, "is_known": True},
        {"dimensions.unit_known": ({"is_known": False}, 9)},
    ),
    (
        beside_suites.PROCEDURES,
        {"procedure_key": "p", "postings": 2, "is_known": True},
        {"dimensions.procedure_known": ({"is_known": False}, 2)},
    ),
    (
        IDENTITIES,
        {"unit": "U1", "month": "2026-01", **IDENTITY},
        {
            check.name: ({f"{check.name.removeprefix('figures.')}_right": 6}, 1)
            for check in IDENTITIES
        },
    ),
    (
        suites.HIERARCHY,
        {"unit": "P", "figure": "received_new", "left": 498.0, "right": 498.0},
        {"figures.i7": ({"right": 459.0}, 1)},
    ),
    (
        beside_suites.UNIT_TREE,
        {"unit_code": "U1", "parent_code": "P", "is_parent_known": True},
        {"dimensions.parent_known": ({"is_parent_known": False}, 1)},
    ),
    (
        beside_suites.CALENDAR,
        {"year": 2026, "postings_outside": 0},
        {"dimensions.calendar_covers": ({"postings_outside": 4}, 4)},
    ),
    (
        beside_suites.VOLUME,
        {"unit_code": "U1", "received": 19, "usual": 36.0},
        {"volume.weekly_receipts": ({"received": 18}, 1)},
    ),
    (
        beside_suites.STATEMENTS,
        {"document": "d", "incomplete": 0, "doubtful": 0, "contradicted": 0},
        {
            "statements.figure_complete": ({"incomplete": 2}, 2),
            "statements.reading_certain": ({"doubtful": 3}, 3),
            "statements.stated_once": ({"contradicted": 2}, 2),
        },
    ),
    (
        beside_suites.STATED_IDENTITIES,
        {"document": "d", "unit_code": "U1", "status": "holds"},
        {"reconciliation.report_adds_up": ({"status": "fails"}, 1)},
    ),
    (
        beside_suites.STATED_FIGURES,
        {"document": "d", "unit_code": "U1", "unexplained": 0},
        {"reconciliation.difference_explained": ({"unexplained": -39}, 1)},
    ),
    (
        beside_suites.FRESHNESS,
        {"unit_code": "U1", "days_behind": 31},
        {"freshness.unit_reach": ({"days_behind": 32}, 1)},
    ),
    (
        suites.findings(["dq_end_before_start", "dq_brand_new"]),
        {"dq_end_before_start": 0, "dq_brand_new": 0},
        {
            "findings.end_before_start": ({"dq_end_before_start": 2}, 2),
            "findings.brand_new": ({"dq_brand_new": 5}, 5),
        },
    ),
]
PLANTED = [
    pytest.param(suite, clean, name, *plant, id=name)
    for suite, clean, plants in CASES
    for name, plant in plants.items()
]


def outcomes(suite: tuple[Check, ...], *rows: Mapping[str, Any]) -> dict[str, Outcome]:
    return {outcome.check.name: outcome for outcome in run(pd.DataFrame(rows), suite)}


@pytest.mark.parametrize(("suite", "clean", "name", "planted", "failing"), PLANTED)
def test_planted_failure_is_caught_and_nothing_else_fails(
    suite: tuple[Check, ...],
    clean: dict[str, Any],
    name: str,
    planted: dict[str, Any],
    failing: int,
) -> None:
    found = outcomes(suite, clean, clean | planted)
    assert found[name].status == "failed"
    assert found[name].failing == failing
    assert [row | planted for row in found[name].rows] == list(found[name].rows), "the row itself"
    assert len(found[name].rows) == 1
    assert {other.status for key, other in found.items() if key != name} <= {"passed"}


@pytest.mark.parametrize(("suite", "clean"), [(suite, clean) for suite, clean, _ in CASES])
def test_clean_frame_passes_every_check(suite: tuple[Check, ...], clean: dict[str, Any]) -> None:
    assert {outcome.status for outcome in outcomes(suite, clean, clean).values()} == {"passed"}


def test_every_check_of_every_suite_has_a_planted_failure() -> None:
    assert all({check.name for check in suite} == set(plants) for suite, _, plants in CASES)
    planted = {name for _, _, plants in CASES for name in plants}
    audited = [*(suite for _, suite in STATIC_SUITES.values()), IDENTITIES, suites.HIERARCHY]
    named = {check.name for suite in (*audited, audit_reconciliation.CHECKS) for check in suite}
    assert named <= planted


def test_every_check_says_in_vietnamese_what_it_is_called_expects_and_means() -> None:
    tables = [path.stem for path in (PROJECT_DIR / "models" / "quality").glob("dq_*.sql")]
    checks = [check for suite, _, _ in CASES for check in suite] + [*suites.findings(tables)]
    assert [check.name for check in checks if len(check.meaning_vi) < 20] == []
    known = [check for check in checks if check.name != "findings.brand_new"]
    assert [c.name for c in known if c.title_vi == c.name or c.title_vi.startswith("Phát")] == []
    assert [check.name for check in checks if check.expected_vi == check.expected] == []
    own = {check.name: check for check in suites.findings(tables)}
    assert [name for name, check in own.items() if "its description says" in check.meaning] == []
    assert set(own) <= set(MEANINGS)


def test_small_unit_that_receives_nothing_for_a_week_is_no_drop() -> None:
    for usual in (8.0, 0.4, 0.0):
        found = outcomes(beside_suites.VOLUME, {"unit_code": "U1", "received": 0, "usual": usual})
        assert found["volume.weekly_receipts"].status == "passed"
    found = outcomes(beside_suites.VOLUME, {"unit_code": "U1", "received": 0, "usual": 9.0})
    assert found["volume.weekly_receipts"].by_unit == {"U1": 1}


def test_absent_is_not_applicable_never_passed() -> None:
    found = outcomes(suites.ARRIVING_FILES, FILE | {"control_total": None})
    assert found["arriving_files.control_total"].status == "not_applicable"
    assert found["arriving_files.row_equation"].status == "passed"


def test_empty_frame_is_not_applicable() -> None:
    empty = pd.DataFrame(columns=list(EVENTS))
    assert {outcome.status for outcome in run(empty, suites.EVENT_STORE)} == {"not_applicable"}


def test_broken_check_is_errored_and_says_why_without_counting_as_bad_data() -> None:
    found = outcomes(suites.EVENT_STORE, {"duplicate_ids": 0, "null_subjects": 0})
    broken = found["event_store.known_after_observed"]
    assert broken.status == "errored"
    assert "known_too_early" in broken.observed
    assert broken.failing == 0
    assert found["event_store.ids_unique"].status == "passed"


def test_unknown_expectation_is_errored() -> None:
    check = Check("a.b", "office", "warning", "m", "e", "ExpectTheImpossible")
    (outcome,) = run(pd.DataFrame({"a": [1]}), [check])
    assert outcome.status == "errored"


def test_only_the_rules_of_the_architecture_block() -> None:
    blocking = {
        check.name for suite, _, _ in CASES for check in suite if check.severity == "blocking"
    }
    assert blocking == {
        "arriving_files.row_equation",
        "arriving_files.row_equation_in_store",
        "ledger.movement_allowed",
        "ledger.trial_balance",
        "ledger.unit_day_adds_up",
        "figures.i7",
        *(check.name for check in IDENTITIES),
    }


def test_failing_rows_are_kept_up_to_the_limit_and_all_are_counted() -> None:
    rows = [EVENTS | {"batch_id": str(n), "null_subjects": 1} for n in range(1200)]
    outcome = outcomes(suites.EVENT_STORE, *rows)["event_store.subject_present"]
    assert outcome.failing == 1200
    assert len(outcome.rows) == 1000
