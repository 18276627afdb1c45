"""The audit judges what reports state: that it adds up, and that the lists say the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from orchestration import audit_reconciliation, kept_reconciliation
from orchestration.audit_reconciliation import judge, reports_among
from orchestration.reconciling.run import Asked, reconcile
from orchestration.stated_figures import CLOSED, SEED, Document
from orchestration.statements.model import Figure, Period
from tests.unit.reporting.conftest import World
from tests.unit.reporting.test_reconcile import MORE

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
SOUND = {"received_new": 3, "resolved_early": 0, "resolved_on_time": 1, "resolved_late": 0}


@pytest.fixture
def con():
    return january(duckdb.connect())


def january(connection):
    """Three dossiers of January at A, one resolved on time."""
    world = World()
    world.unit("A")
    for code, day in (("1", "2026-01-05"), ("2", "2026-01-12"), ("3", "2026-01-20")):
        world.post(code, "receipt", day, unit="A", known="2026-01-31")
    world.post("1", "resolution", "2026-01-15", known="2026-01-31")
    world.covers("A", "2026-03-31")
    world.write(connection)
    connection.execute(MORE)
    return connection


def report(**values):
    figures = tuple(
        Figure(code, "A", "commune", JANUARY, Decimal(value), "dossier", line, "")
        for line, (code, value) in enumerate((SOUND | values).items(), start=1)
    )
    return Document("1/BC", "read", "A", "A", date(2026, 2, 3), figures)


def judged(con, *known):
    found = reconcile(con, known, Asked(), known)
    return judge(con, reports_among(known), found)


def outcomes(con, *known):
    return {each.check.name.partition(".")[2]: each for each in judged(con, *known)}


def test_report_that_adds_up_and_agrees_passes(con):
    found = outcomes(con, report(resolved_total=1))
    assert {each.status for each in found.values()} == {"passed"}


def test_report_that_does_not_add_up_fails_with_its_equation(con):
    found = outcomes(con, report(resolved_total=40))["report_adds_up"]
    assert (found.status, found.by_unit) == ("failed", {"A": 1})
    (row,) = found.rows
    assert (row["document"], row["code"], row["period"]) == ("1/BC", "I3", "2026-01-01..2026-01-31")
    assert (row["left"], row["right"], row["difference"]) == (40, 1, 39)


def test_figure_that_nothing_explains_fails_with_what_is_left(con):
    found = outcomes(con, report(received_new=17))["difference_explained"]
    assert (found.status, found.failing, found.by_unit) == ("failed", 1, {"A": 1})
    (row,) = found.rows
    assert (row["code"], row["stated"], row["computed"], row["unexplained"]) == (
        "received_new", 17, 3, -14,
    )  # fmt: skip


def test_without_reports_there_is_nothing_to_judge(con):
    wrong = report(received_new=17)
    for known in ([], [replace(wrong, origin=CLOSED)], [replace(wrong, origin=SEED)]):
        assert {each.status for each in judged(con, *known)} == {"not_applicable"}


def test_what_others_state_does_not_count_with_the_reports(con):
    wrong = report(received_new=17, resolved_total=40)
    beside = [
        replace(wrong, document=name, origin=origin)
        for name, origin in (("example", SEED), ("closed", CLOSED))
    ]
    found = outcomes(con, report(resolved_total=1), *beside)
    assert {each.status for each in found.values()} == {"passed"}


def test_what_the_audit_reconciled_is_what_the_publication_keeps(settings, monkeypatch):
    wrong = report(received_new=17)
    monkeypatch.setattr("orchestration.stated_figures.documents", lambda _: {wrong.document: wrong})
    monkeypatch.setattr(kept_reconciliation, "documents", lambda _: {wrong.document: wrong})
    with duckdb.connect(str(settings.build_db)) as build:
        january(build).execute(
            "create table fct_statement (document varchar);"
            "create schema meta;"
            "create table meta.build_state as select 'rules' as rules_hash, 'c1' as content_id"
        )
    kept_reconciliation.keep(settings, 1)
    with duckdb.connect(str(settings.build_db), read_only=True) as build:
        audit_reconciliation.run_all(settings, build)

    def again(*_):
        raise AssertionError("reconciled twice")

    with monkeypatch.context() as patch:
        patch.setattr(kept_reconciliation, "reconcile", again)
        kept_reconciliation.keep(settings, 2)
        # the very same rows: the second publication adds none
        assert [n for n, _ in kept_reconciliation.FIGURES.files(settings)] == [1]
        # what was laid by is of one build, and used once
        with pytest.raises(AssertionError, match="twice"):
            kept_reconciliation.keep(settings, 3)
