"""Ratings, feedback, payments, digitisation: figures from the fixtures, as known at any moment."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration import pipeline
from orchestration.reconciling.compare import compare
from orchestration.reporting.as_published import as_published
from orchestration.reporting.diff import diff
from orchestration.reporting.explain import explain
from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question
from orchestration.settings import Settings
from orchestration.stated_figures import Document
from orchestration.statements.model import Figure, Period

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sources"
LISTS = ("units_mau_20260901T0800.csv", "igate_mau_20260901_20260930_20260930T1730.csv")
LATER = (
    "thanh_toan_20260930T1730.csv",
    "danh_gia_20260930T1730.csv",
    "pakn_20260930T1730.csv",
    "so_hoa_20260930T1730.csv",
)
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
FIRST = datetime(2026, 10, 1, 1, tzinfo=UTC)
UNIT = "H99.41"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Two runs: the list of dossiers, and a day later all that is said beside it."""
    folder = tmp_path_factory.mktemp("beside")
    for day, names in enumerate((LISTS, LATER)):
        settings = Settings(home=folder, now=FIRST + timedelta(days=day))
        for name in names:
            shutil.copy(FIXTURES / name, settings.inbox / name)
        assert pipeline.run(settings).published
    yield settings


@pytest.fixture
def con(home):
    with duckdb.connect(str(home.published_db), read_only=True) as opened:
        yield opened


def counted(con, *codes, question=None):
    (entry,) = figures(con, question or Question(*SEPTEMBER, units=(UNIT,)))
    return tuple(entry["figures"][code] for code in codes)


def test_dossiers_count_by_their_movement_in_the_period(con):
    assert counted(con, "digitised_intake", "digitised_result") == (2, 1)
    assert counted(con, "fee_dossiers", "paid_online") == (2, 1)


def test_in_another_period_the_same_dossiers_count_nothing(con):
    october = Question(date(2026, 10, 1), date(2026, 10, 31), units=(UNIT,))
    assert counted(con, "digitised_intake", "fee_dossiers", question=october) == (0, 0)


def test_ratings_and_feedback_follow_their_own_dates(con):
    assert counted(con, "rated", "satisfied") == (2, 1)
    names = ("new", "carried_over", "received", "handled", "open", "published")
    assert counted(con, *(f"feedback_{name}" for name in names)) == (2, 1, 3, 2, 1, 1)
    assert counted(con, "feedback_received_regulation", "feedback_received_conduct") == (1, 2)


@pytest.mark.parametrize("last", range(1, 31))
def test_feedback_received_is_handled_plus_open_at_every_boundary(con, last):
    question = Question(date(2026, 9, 1), date(2026, 9, last), units=(UNIT,))
    names = ("received", "handled", "open", "new", "carried_over")
    values = counted(con, *(f"feedback_{name}" for name in names), question=question)
    received, handled, still_open, new, carried = values
    assert received == handled + still_open == new + carried


def test_what_no_source_of_the_unit_carries_is_null_and_never_zero(con):
    assert counted(con, "interlinked", "online_full", "returned_by_post") == (None, None, None)


def test_before_the_lists_were_known_nothing_carried_them(con):
    question = Question(*SEPTEMBER, units=(UNIT,), as_of=FIRST + timedelta(hours=1))
    codes = ("received_new", "digitised_intake", "paid_online", "rated", "feedback_received")
    assert counted(con, *codes, question=question) == (3, None, None, None, None)


def test_rates_divide_them(con):
    (entry,) = figures(con, Question(*SEPTEMBER, units=(UNIT,)))
    assert entry["rates"]["online_payment_rate"] == 50.0
    assert entry["rates"]["digitised_intake_rate"] == 66.67
    assert entry["rates"]["satisfaction_rate"] == 50.0


def test_parents_and_months_have_them_too(con):
    entries = figures(con, Question(*SEPTEMBER, rollup=True))
    assert {entry["unit"]: entry["figures"]["paid_online"] for entry in entries} == {
        UNIT: 1,
        "H99": 1,
        "*": 1,
    }
    months = figures(con, Question(date(2026, 8, 1), date(2026, 9, 30), units=(UNIT,), by="month"))
    assert [entry["figures"]["feedback_open"] for entry in months] == [1, 1]
    assert [entry["figures"]["feedback_carried_over"] for entry in months] == [0, 1]


def test_a_split_by_field_divides_what_has_a_field(con):
    (entry,) = figures(con, Question(*SEPTEMBER, units=(UNIT,), by="field"))
    assert entry["field"] == "Hộ tịch"
    assert entry["figures"]["paid_online"] == 1
    assert entry["figures"]["rated"] == 2
    assert entry["figures"]["feedback_received"] is None


def test_they_are_published_for_every_period_as_they_are_counted(con):
    now = datetime(2026, 10, 3, tzinfo=UTC)
    periods = con.execute(
        "select distinct first_day, last_day from fct_published_figure order by all"
    ).fetchall()
    assert (SEPTEMBER in periods) and (date(2026, 1, 1), date(2026, 12, 31)) in periods
    for first, last in periods:
        question = Question(first, last, rollup=True)
        counted = {entry["unit"]: entry for entry in figures(con, question)}
        for entry in as_published(con, question, now):
            was = counted.get(entry["unit"], entry)
            assert (entry["figures"], entry["rates"]) == (was["figures"], was["rates"])
    (entry,) = as_published(con, Question(*SEPTEMBER, units=(UNIT,)), now)
    names = ("paid_online", "rated", "feedback_open", "feedback_received_conduct", "interlinked")
    assert [entry["figures"][name] for name in names] == [1, 2, 1, 2, None]
    before = as_published(con, Question(*SEPTEMBER, units=(UNIT,)), FIRST + timedelta(hours=1))
    assert [before[0]["figures"][name] for name in names] == [None] * 5


def test_what_a_report_states_of_them_is_compared_with_what_was_counted(con):
    period = Period(*SEPTEMBER)
    stated = {"received_new": 3, "paid_online": 1, "satisfaction_rate": 50, "feedback_open": 4}
    figures_of = tuple(
        Figure(code, UNIT, "commune", period, Decimal(value), "dossier", line, "")
        for line, (code, value) in enumerate(stated.items(), start=1)
    )
    report = Document("1/BC", "read", UNIT, UNIT, date(2026, 10, 1), figures_of)
    found = {each.code: each for each in compare(con, [report]) if each.status != "not_stated"}
    assert {code: each.status for code, each in found.items()} == {
        "received_new": "match",
        "paid_online": "match",
        "satisfaction_rate": "match",
        "feedback_open": "differs",
    }
    assert found["feedback_open"].causes == {"unexplained": -3}


@pytest.mark.parametrize(
    ("figure", "codes"),
    [
        ("paid_online", ["MOT.0001"]),
        ("digitised_result", ["MOT.0001"]),
        ("rated", ["MOT.0001", "MOT.0002"]),
        ("feedback_open", ["PA-02"]),
    ],
)
def test_explain_names_what_a_figure_adds_up_with_its_file_and_line(con, figure, codes):
    answer = explain(con, figure, Question(*SEPTEMBER, units=(UNIT,)))
    assert [row["code"] for row in answer["rows"]] == codes
    assert answer["total"] == len(codes)
    assert all(row["file"] in LATER and row["line"] > 1 for row in answer["rows"])


def test_diff_names_what_changed_them_with_its_file_and_line(con):
    then, now = FIRST + timedelta(hours=1), FIRST + timedelta(days=2)
    changes = diff(con, Question(*SEPTEMBER, units=(UNIT,)), then, now)
    changed = {change["figure"]: change for change in changes}
    assert (changed["paid_online"]["before"], changed["paid_online"]["after"]) == (None, 1)
    for figure, codes in (
        ("paid_online", ["MOT.0001"]),
        ("rated", ["MOT.0001", "MOT.0002"]),
        ("feedback_open", ["PA-02"]),
    ):
        told = changed[figure]["rows"]
        assert [row["code"] for row in told] == codes
        assert all(row["file"] in LATER and row["line"] > 1 for row in told)
        assert all(row["why"].startswith("counted now: ") for row in told)


def test_what_was_appended_day_by_day_is_what_a_rebuild_gives(home):
    def attributes():
        with duckdb.connect(str(home.build_db), read_only=True) as con:
            return con.execute("select * from fct_dossier_attribute order by all").fetchall()

    from orchestration import dbt_runner
    from orchestration.progress import Quiet

    before = attributes()
    assert len(before) == 4, "two dossiers, each told of by two batches"
    dbt_runner.build(home, Quiet(), full_refresh=True)
    assert attributes() == before
