"""The same said again: what is stored, what is only sighted, what adds nothing; and the inbox."""

from datetime import datetime

import pytest

from orchestration.archive import Archive
from orchestration.ingest import ingest_files, ingest_inbox, waiting, writer
from tests.ingest_lists import c_row, events, types, write_c

FIRST = "igate_xa_20260901_20260930_20260907T1730.csv"
SECOND = "igate_xa_20260901_20260930_20260908T1730.csv"
SAME_MOMENT = "igate_phuong_20260901_20260930_20260907T1730.csv"


def only(results):
    (each,) = results
    return each


def counts(each):
    return (each.read, each.stored, each.unchanged, each.duplicate, each.quarantined)


def test_a_later_list_sights_what_is_unchanged_and_stores_what_is_new(settings, tmp_path):
    ingest_files(settings, [write_c(tmp_path, [c_row("H-1"), c_row("H-2")], FIRST)])
    later = [c_row("H-1"), c_row("H-2", "Đã trả kết quả"), c_row("H-3")]
    each = only(ingest_files(settings, [write_c(tmp_path, later, SECOND)]))
    assert counts(each) == (3, 2, 1, 0, 0)
    assert types(settings) == {
        "dossier.observed": 4,
        "dossier.sighted": 1,
        "extract.completed": 2,
    }
    assert events(settings, "subject, line_no, code, status, id", "type = 'dossier.sighted'") == [
        ("province/H-1", 2, None, None, None)
    ]


def test_an_old_state_that_comes_back_is_sighted(settings, tmp_path):
    for day, status in (("07", "Đang xử lý"), ("08", "Dừng xử lý"), ("09", "Đang xử lý")):
        name = f"igate_xa_20260901_20260930_202609{day}T1730.csv"
        each = only(ingest_files(settings, [write_c(tmp_path, [c_row("H-1", status)], name)]))
    assert counts(each) == (1, 0, 1, 0, 0)
    assert types(settings)["dossier.sighted"] == 1


def test_the_same_row_twice_in_one_file_is_a_duplicate(settings, tmp_path):
    rows = [c_row("H-1"), c_row("H-2"), c_row("H-1"), c_row("H-1", owner="Ông Khác")]
    each = only(ingest_files(settings, [write_c(tmp_path, rows, FIRST)]))
    assert counts(each) == (4, 2, 0, 2, 0)
    assert events(settings, "line_no", "subject = 'province/H-1'") == [(2,)]


def test_two_contents_of_one_dossier_in_one_file_are_both_stored(settings, tmp_path):
    rows = [c_row("H-1", unit="UBND xã Mẫu"), c_row("H-1", unit="UBND xã Khác")]
    assert counts(only(ingest_files(settings, [write_c(tmp_path, rows, FIRST)])))[:2] == (2, 2)


def test_the_same_file_again_is_nothing_new(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")], FIRST)
    first, again = (only(ingest_files(settings, [path])) for _ in range(2))
    assert (first.status, again.status) == ("stored", "nothing_new")
    assert again.batch_id == first.batch_id
    assert types(settings)["extract.completed"] == 1


def test_the_same_rows_in_another_file_of_that_moment_are_nothing_new(settings, tmp_path):
    rows = [c_row("H-1"), c_row("H-2"), c_row("H-3", status="?")]
    ingest_files(settings, [write_c(tmp_path, rows, FIRST)])
    reordered = write_c(tmp_path, [rows[2], rows[1]], SAME_MOMENT, delimiter=";")
    each = only(ingest_files(settings, [reordered]))
    assert (each.status, counts(each)) == ("nothing_new", (2, 0, 1, 0, 1))
    assert types(settings)["extract.completed"] == 1


def test_the_same_bytes_exported_on_another_day_are_another_list(settings, tmp_path):
    rows = [c_row("H-1")]
    ingest_files(settings, [write_c(tmp_path, rows, FIRST)])
    each = only(ingest_files(settings, [write_c(tmp_path, rows, SECOND)]))
    assert (each.status, each.unchanged) == ("stored", 1)
    assert len(Archive(settings).manifests()) == 2


def test_an_empty_list_is_stored_because_it_says_that_there_is_nothing(settings, tmp_path):
    each = only(ingest_files(settings, [write_c(tmp_path, [], FIRST)]))
    assert (each.status, each.read) == ("stored", 0)
    assert types(settings) == {"extract.completed": 1}


def test_files_are_taken_in_the_order_of_their_moment(settings, tmp_path):
    late = write_c(tmp_path, [c_row("H-1")], SECOND)
    early = write_c(tmp_path, [c_row("H-1")], FIRST)
    results = ingest_files(settings, [late, early])
    assert [(each.file, each.stored, each.unchanged) for each in results] == [
        (str(late), 0, 1),
        (str(early), 1, 0),
    ]


def test_a_live_list_is_known_when_it_is_recorded(settings, tmp_path):
    ingest_files(settings, [write_c(tmp_path, [c_row("H-1")], FIRST)])
    now = settings.clock().replace(tzinfo=None)
    observed = datetime(2026, 9, 7, 10, 30)
    assert events(settings, "distinct known_at, recorded_at, observed_at") == [(now, now, observed)]


def test_the_inbox_is_emptied_of_what_is_stored_and_keeps_what_is_not_ready(settings):
    inbox = settings.inbox
    write_c(inbox, [c_row("H-1")], FIRST)
    write_c(inbox, [c_row("H-1")], SECOND + ".part")
    (inbox / ".hidden.csv").write_text("x")
    (inbox / "letter.txt").write_text("Dear office")
    assert [path.name for path in waiting(settings)] == [FIRST, "letter.txt"]
    statuses = [each.status for each in ingest_inbox(settings)]
    assert statuses == ["stored", "rejected"]
    left = sorted(str(p.relative_to(inbox)) for p in inbox.rglob("*") if p.is_file())
    assert left == [
        ".hidden.csv",
        f"{SECOND}.part",
        "rejected/letter.txt",
        "rejected/letter.txt.reason.txt",
    ]
    reason = (inbox / "rejected/letter.txt.reason.txt").read_text(encoding="utf-8")
    assert "no source fits its name" in reason
    assert ingest_inbox(settings) == []


def test_a_second_rejected_file_of_that_name_does_not_replace_the_first(settings):
    for text in ("one", "two"):
        (settings.inbox / "letter.txt").write_text(text)
        ingest_inbox(settings)
    rejected = settings.inbox / "rejected"
    assert (rejected / "letter.txt").read_text() == "one"
    assert (rejected / "letter (2).txt").read_text() == "two"


def test_a_file_that_is_written_to_while_it_is_read_waits(settings, monkeypatch):
    path = write_c(settings.inbox, [c_row("H-1")], FIRST)
    typed = writer.type_rows

    def grows(*arguments, **named):
        with path.open("ab") as stream:
            stream.write(b"\r\n")
        return typed(*arguments, **named)

    monkeypatch.setattr(writer, "type_rows", grows)
    each = only(ingest_inbox(settings))
    assert (each.status, "changed while" in each.message) == ("rejected", True)
    assert path.exists()
    assert types(settings) == {}
    monkeypatch.undo()
    assert only(ingest_inbox(settings)).status == "stored"


def test_a_full_disk_stores_nothing_and_keeps_the_file(settings, monkeypatch):
    path = write_c(settings.inbox, [c_row("H-1")], FIRST)

    def full(*_arguments, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Archive, "put", full)
    each = only(ingest_inbox(settings))
    assert "No space left" in each.message
    assert path.exists()
    assert types(settings) == {}


@pytest.mark.parametrize("name", ["igate_a[1]*_20260901_20260930_20260907T1730.csv"])
def test_signs_of_patterns_in_a_file_name_are_only_signs(settings, tmp_path, name):
    path = write_c(tmp_path, [c_row("H-1")], name)
    write_c(tmp_path, [c_row("H-2")], name.replace("[1]*", "1x"))
    assert only(ingest_files(settings, [path])).read == 1


def test_nothing_stays_in_the_scratch_folder(settings, tmp_path):
    (settings.folder("scratch") / "ingest-of-a-killed-process").mkdir()
    ingest_files(settings, [write_c(tmp_path, [c_row("H-1")], FIRST)])
    assert list(settings.folder("scratch").iterdir()) == []
