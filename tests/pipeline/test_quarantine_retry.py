"""After a map was mended the rows set aside come in, from the archive; nothing stored changes."""

import json

import duckdb
import pytest

from orchestration import pipeline
from orchestration.archive import Archive
from orchestration.eventstore import EventStore
from orchestration.ingest import ingest_files
from orchestration.ingest.masking import HIDDEN
from orchestration.ingest.quarantine import set_aside
from orchestration.settings import PROJECT_DIR
from tests.ingest_lists import c_row, events, types, write_c

ROWS = [c_row("H-1"), c_row("H-2", "Chờ ký số"), c_row("H-3", "Chờ ký số"), c_row("H-4", "Lạ")]
FILE = "igate_xa_20260901_20260930_20260907T1730.csv"
LATER = "igate_xa_20260901_20260930_20260908T1730.csv"


def mend(settings, status="Chờ ký số"):
    """The office maps a status of its own."""
    text = (PROJECT_DIR / "orchestration/sources/igate.yml").read_text(encoding="utf-8")
    mended = text.replace(
        "maps: [national]", f"maps: [national], map: {{{status}: open.processing}}"
    )
    assert mended != text
    (settings.folder("sources") / "igate.yml").write_text(mended, encoding="utf-8")


@pytest.fixture
def blocked(settings, tmp_path):
    """A home with a list of which three rows are set aside, and without the file."""
    path = write_c(tmp_path, ROWS, FILE)
    assert ingest_files(settings, [path])[0].quarantined == 3
    path.unlink()
    return settings


def said(each):
    return (each.status, each.read, each.stored, each.unchanged, each.duplicate, each.quarantined)


def test_rows_come_in_from_the_archive_once_the_map_is_mended(blocked):
    (before,) = pipeline.retry_quarantine(blocked)
    assert said(before) == ("nothing_new", 0, 0, 0, 0, 0)
    mend(blocked)
    (each,) = pipeline.retry_quarantine(blocked)
    assert said(each) == ("stored", 2, 2, 0, 0, 0)
    assert [row["line"] for row in set_aside(blocked)] == [5]
    assert events(blocked, "code, line_no", "status = 'Chờ ký số'") == [("H-2", 3), ("H-3", 4)]
    (again,) = pipeline.retry_quarantine(blocked)
    assert again.status == "nothing_new"
    assert types(blocked)["extract.completed"] == 2


def test_mending_a_map_changes_no_stored_event(blocked):
    stored = events(blocked)
    mend(blocked)
    pipeline.retry_quarantine(blocked)
    assert set(stored) <= set(events(blocked))


def test_what_a_retry_takes_in_is_known_since_now_and_claims_no_full_list(blocked):
    later = blocked.model_copy(update={"now": blocked.clock().replace(day=9)})
    mend(later)
    pipeline.retry_quarantine(later)
    now = later.clock().replace(tzinfo=None)
    rows = events(later, "distinct known_at, observed_at", "status = 'Chờ ký số'")
    (listed,) = events(later, "distinct observed_at", "code = 'H-1'")
    assert rows == [(now, *listed)]
    assert events(
        later,
        "data->>'$.scope.full', data->>'$.counts.read', data->>'$.retry.of' is not null",
        "type = 'extract.completed'",
    ) == [("false", "2", True), ("true", "4", False)]


def test_rows_that_came_by_another_list_meanwhile_are_not_doubled(blocked, tmp_path):
    mend(blocked)
    ingest_files(blocked, [write_c(tmp_path, [c_row("H-2", "Chờ ký số")], LATER)])
    (each,) = pipeline.retry_quarantine(blocked)
    assert said(each) == ("stored", 2, 1, 1, 0, 0)
    observed = events(blocked, "count(*)", "code = 'H-2' and type = 'dossier.observed'")
    assert observed == [(1,)]


def test_a_retry_that_is_killed_before_its_commit_has_the_same_name_again(blocked, monkeypatch):
    mend(blocked)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(EventStore, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        pipeline.retry_quarantine(blocked)
    monkeypatch.undo()
    (each,) = pipeline.retry_quarantine(blocked)
    retried = [m.batch_id for m in Archive(blocked).manifests() if m.retry_of]
    assert retried == [each.batch_id]


def test_without_the_original_the_rows_stay_and_the_reason_is_said(blocked):
    mend(blocked)
    for path in blocked.archive.rglob("*.age"):
        path.unlink()
    (each,) = pipeline.retry_quarantine(blocked)
    assert each.status == "rejected"
    assert "no original" in each.message
    assert len(set_aside(blocked)) == 3


def test_steps_inside_of_messages_come_in_too_and_no_line_is_taken_for_a_step(settings, tmp_path):
    message = {
        "MaHoSo": "H-1",
        "NgayTiepNhan": "20260901080000",
        "NgayHenTra": "20260910170000",
        "TrangThaiHoSo": "5",
        "DonViXuLy": "UBND xã Mẫu",
        "DanhSachHoSoBoSung": [
            {"NgayBoSung": "03.09.2026 09:00"},
            {"NgayBoSung": "20260907090000"},
        ],
    }
    bad_row = {**message, "MaHoSo": "H-2", "NgayHenTra": "never", "DanhSachHoSoBoSung": []}
    path = tmp_path / "dvcqg_20260930T1730.json"
    path.write_text(json.dumps([bad_row, message]), encoding="utf-8")
    (taken,) = ingest_files(settings, [path])
    assert said(taken) == ("stored", 4, 2, 0, 0, 2)
    # the row and the step have the same number
    assert [(row["line"], row["cell"]) for row in set_aside(settings)] == [
        (1, "03.09.2026 09:00"),
        (1, HIDDEN),
    ]
    text = (PROJECT_DIR / "orchestration/sources/dvcqg.yml").read_text(encoding="utf-8")
    mended = text.replace("dates: [", "dates: ['dd.MM.yyyy HH:mm', ")
    assert mended != text
    (settings.folder("sources") / "dvcqg.yml").write_text(mended, encoding="utf-8")
    (each,) = pipeline.retry_quarantine(settings)
    assert said(each) == ("stored", 1, 1, 0, 0, 0)
    assert [row["cell"] for row in set_aside(settings)] == [HIDDEN]
    assert events(settings, "occurred_at::varchar", "type = 'dossier.progressed'") == [
        ("2026-09-03 09:00:00",),
        ("2026-09-07 09:00:00",),
    ]


def test_old_lists_may_still_come_after_a_retry(settings, tmp_path):
    ingest_files(settings, [write_c(tmp_path, ROWS, LATER)], backfill=True)
    mend(settings)
    pipeline.retry_quarantine(settings)
    (old,) = ingest_files(settings, [write_c(tmp_path, [c_row("H-9")], FILE)], backfill=True)
    assert old.status == "stored", old.message


@pytest.mark.slow
def test_figures_count_the_rows_and_yesterday_stays_what_it_was(blocked):
    pipeline.run(blocked)
    mend(blocked)
    later = blocked.model_copy(update={"now": blocked.clock().replace(day=9)})
    pipeline.retry_quarantine(later)
    summary = pipeline.run(later)
    assert summary.published, summary.blocking
    with duckdb.connect(str(later.published_db), read_only=True) as con:
        known = con.execute(
            "select cast(known_at as date), sum(quantity) from fct_dossier_posting"
            " where movement = 'receipt' group by 1 order by 1"
        ).fetchall()
    assert [quantity for _, quantity in known] == [1, 2]
