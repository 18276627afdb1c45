"""What is published tells what is wrong: each kind of alert, in numbers that equal the figures."""

from datetime import date, timedelta

import duckdb
import pytest

from orchestration import pipeline, stated_figures
from orchestration.alerting import detect
from orchestration.alerting.book import opened
from orchestration.alerting.model import Alert, Note, Reason, State
from orchestration.alerting.page import alert_page
from orchestration.alerting.route import Tree
from orchestration.alerting.words import words
from orchestration.reporting.figures import figures
from orchestration.reporting.published import connect
from orchestration.reporting.question import Question
from orchestration.statements.reader import read_statement
from tests.ingest_lists import write_c
from tests.pipeline.test_simulated_week import SOURCE, UNITS

NOW = date(2026, 3, 2)


REPORT = """BÁO CÁO
Kết quả giải quyết thủ tục hành chính tháng 01 năm 2026

Tổng số hồ sơ tiếp nhận giải quyết: 498 hồ sơ. Đã giải quyết 371 hồ sơ, đang giải quyết 88 hồ sơ.
"""
EXPECTED_REPORTS = """unit,kind,scheme,working_days,from,source
P/*,month,calendar,1,2026-01-01,công văn 1
A,week,calendar,0,2026-02-23,
"""


def row(code, due, status="Đang xử lý", ended="", received="10/02/2026 08:00:00"):
    return (code, "Đăng ký", "Hộ tịch", received, due, ended, "", "Bà X", "0", "Cán bộ X", status)


def deliver(settings, unit, day, *rows):
    stamp = f"{day:%Y%m%d}"
    write_c(settings.inbox, rows, f"commune_{unit}_20260201_{stamp}_{stamp}T0700.csv")


@pytest.fixture(scope="module")
def office(tmp_path_factory, monkeypatch_module):
    from orchestration.settings import Settings

    home = tmp_path_factory.mktemp("detect") / "home"
    monkeypatch_module.setenv("HOSO_HOME", str(home))
    monkeypatch_module.setenv("HOSO_NOW", "2026-03-02T08:00:00")
    monkeypatch_module.setenv("HOSO_INBOX_QUIET_SECONDS", "0")
    settings = Settings(silent_after_days=3)
    assert settings.now is not None
    (settings.folder("sources") / "commune_list.yml").write_text(SOURCE, encoding="utf-8")
    (settings.inbox / "units_p_20260101T0800.csv").write_text(UNITS, encoding="utf-8")
    late = row("A-5", "20/02/2026", "Đã trả kết quả", "26/02/2026")
    first = [
        row("A-1", "04/03/2026"),
        row("A-2", "27/02/2026"),
        row("A-3", "25/02/2026"),
        row("A-4", "27/02/2026", "Yêu cầu bổ sung giấy tờ", received="24/02/2026 08:00:00"),
    ]
    deliver(settings, "a", NOW - timedelta(days=3), *first, late)
    deliver(settings, "b", NOW - timedelta(days=7), row("B-1", "30/06/2026"))
    # what two runs of one moment know, nobody can put in order
    friday = settings.model_copy(update={"now": settings.now - timedelta(days=3)})
    assert pipeline.run(friday).published
    mended = row("A-5", "20/02/2026", "Đã trả kết quả", "20/02/2026")
    deliver(settings, "a", NOW, *first, mended)
    paper = home / "report.txt"
    paper.write_text(REPORT, encoding="utf-8")
    stated_figures.add(settings, paper, read_statement(REPORT, paper.name), unit_code="A")
    (home / "expected_reports.csv").write_text(EXPECTED_REPORTS, encoding="utf-8")
    assert pipeline.run(settings).published
    return settings


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def found(settings, kind):
    with connect(settings) as con:
        problems, examined = detect.of_publication(con, settings)
    assert kind in examined
    return {each.unit: each for each in problems if each.kind == kind}


@pytest.mark.slow
def test_dossiers_due_in_two_working_days_are_named(office):
    problems = found(office, "due_soon")
    assert problems.keys() == {"A"}
    assert (problems["A"].items, problems["A"].facts["due"]) == (("A-1",), "04/03/2026")


@pytest.mark.slow
def test_nothing_is_due_soon_on_a_day_off(office):
    sunday = office.model_copy(update={"now": office.now - timedelta(days=1)})
    assert found(sunday, "due_soon") == {}


@pytest.mark.slow
def test_overdue_dossiers_are_those_of_the_figure(office):
    problems = found(office, "overdue")
    with connect(office) as con:
        (entry,) = figures(con, Question(date(2026, 2, 1), NOW, units=("A",)))
    assert problems["A"].count == entry["figures"]["open_overdue"] == 2
    # A-4 was seen waiting for a supplement before it fell due
    assert problems["A"].items == ("A-2", "A-3")


@pytest.mark.slow
def test_a_unit_without_lists_for_longer_than_set_is_silent_and_no_other(office):
    problems = found(office, "unit_silent")
    assert problems.keys() == {"B"}
    assert problems["B"].since == NOW - timedelta(days=7)
    assert found(office.model_copy(update={"silent_after_days": 30}), "unit_silent") == {}


@pytest.mark.slow
def test_a_past_fact_that_a_new_list_changed_is_told_with_its_signs(office):
    (problem,) = found(office, "history_rewritten").values()
    assert problem.unit == "A"
    assert problem.items == ("A-5",)
    assert (problem.facts["late_made_in_time"], problem.facts["set_to_due"]) == (1, 1)


@pytest.mark.slow
def test_alerts_of_a_run_are_kept_though_nobody_listens(office):
    with opened(office) as book:
        kinds = {alert.problem.kind for alert in book.alerts()}
    assert {"overdue", "unit_silent"} <= kinds
    assert "file_taken_in" not in kinds, "a notice that nobody wants to hear is not kept"


@pytest.mark.slow
def test_a_report_that_is_not_there_after_its_day_is_told_of_its_unit_alone(office):
    missing = found(office, "report_missing")
    # A sent January's; February's is due today, the first working day after it
    assert missing.keys() == {"A", "B"}
    assert (missing["B"].subject, missing["B"].since) == ("2026-01", date(2026, 2, 2))
    # due on the period's last day: the Friday before that Sunday was its last working day
    assert (missing["A"].subject, missing["A"].since) == ("2026-W09", date(2026, 2, 27))
    tomorrow = office.model_copy(update={"now": office.now + timedelta(days=1)})
    with connect(tomorrow) as con:
        problems, _ = detect.of_publication(con, tomorrow)
    told = {(each.unit, each.subject) for each in problems if each.kind == "report_missing"}
    assert told == {("A", "2026-W09"), ("A", "2026-02"), ("B", "2026-01"), ("B", "2026-02")}


@pytest.mark.slow
def test_sums_of_a_report_that_do_not_add_up_are_said_in_words(office):
    (problem,) = found(office, "statement_fails").values()
    assert (problem.unit, problem.count) == ("A", 1)
    mail = alert_page(
        Note(Reason.OPENED, Alert(problem.key, 1, State.OPEN, problem, office.now)),
        words("vi", office.zone),
        Tree({}, {"A": "Xã An"}),
    )
    assert mail.identities == (
        "Tổng số nhận giải quyết 498 ≠ Đã giải quyết 371 + Đang giải quyết 88, thiếu 39 hồ sơ",
    )


def test_dossiers_late_without_a_form_and_finished_but_overdue_elsewhere_go_to_their_unit(settings):
    tables = """
        create table dq_late_without_apology as select * from (values
            ('A-1', 'A', timestamp '2026-01-05', timestamp '2026-01-20', timestamp '2026-01-22'),
            ('A-2', 'A', timestamp '2026-01-05', timestamp '2026-01-19', null),
            ('B-1', 'B', timestamp '2026-01-05', timestamp '2026-01-21', null)
        ) as t (code, unit_code, received_at, due_at, ended_at);
        create table dq_finished_but_overdue_elsewhere as select
            'A-3' as code, '000.A-3' as national_code, 'A' as unit_code, 'dvcqg' as mirror_source,
            '4' as national_status, timestamp '2026-01-08 14:00' as ended_at,
            timestamp '2026-01-09' as due_at, timestamp '2026-01-31 17:30' as observed_at;
    """
    with duckdb.connect() as con:
        con.execute(tables)
        late, elsewhere = (
            detect.of_kind(con, settings, kind)
            for kind in ("late_without_apology", "finished_overdue_elsewhere")
        )
    assert [(each.unit, each.count, each.items, each.since) for each in late] == [
        ("A", 2, ("A-1", "A-2"), date(2026, 1, 19)),
        ("B", 1, ("B-1",), date(2026, 1, 21)),
    ]
    (problem,) = elsewhere
    assert (problem.unit, problem.items, problem.since) == ("A", ("A-3",), date(2026, 1, 8))
    assert problem.rows[0]["national_code"] == "000.A-3"
