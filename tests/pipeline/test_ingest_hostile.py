"""Files that mean harm, or come to harm: refused in words, nothing half, nothing lost."""

import errno
import fcntl
import os
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from orchestration.archive import Archive
from orchestration.cli.output import to_csv
from orchestration.eventstore import EventStore
from orchestration.ingest import ingest_files, ingest_inbox
from orchestration.ingest.quarantine import set_aside
from tests.ingest_formats import STEM, html_of, text_of, write_c_as, write_zip
from tests.ingest_lists import C_HEADER, C_NAME, c_row, events, write_c

ONE = text_of([C_HEADER, c_row("H-1")]).encode()


def statuses(results):
    return [each.status for each in results]


# ZIP


def test_each_member_of_a_zip_is_a_file_of_its_own(settings, tmp_path):
    other = text_of([C_HEADER, c_row("H-2"), c_row("H-3", "Trạng thái lạ")]).encode()
    path = write_zip(
        tmp_path / "send.zip",
        {C_NAME: ONE, f"thang 9/{STEM}.tsv": other, "__MACOSX/x": b"", "doc.pdf": b"%PDF-1.7"},
    )
    first, second, pdf = ingest_files(settings, [path])
    assert [first.file, second.file, pdf.file] == [
        f"{path}/{C_NAME}",
        f"{path}/thang 9/{STEM}.tsv",
        f"{path}/doc.pdf",
    ]
    assert statuses([first, second, pdf]) == ["stored", "stored", "rejected"]
    assert (first.read, second.read, second.quarantined) == (1, 2, 1)
    files = {row["file"] for row in set_aside(settings)}
    assert files == {f"send.zip/thang 9/{STEM}.tsv"}
    assert {each.name for each in Archive(settings).manifests()} == {
        f"send.zip/{C_NAME}",
        f"send.zip/thang 9/{STEM}.tsv",
    }


def test_a_zip_leaves_the_inbox_when_all_of_it_is_taken(settings, tmp_path):
    good = write_zip(settings.inbox / "good.zip", {C_NAME: ONE})
    bad = write_zip(settings.inbox / "bad.zip", {C_NAME: ONE, "letter.txt": b"Dear"})
    ingest_inbox(settings)
    assert not good.exists()
    assert not bad.exists()
    reason = settings.inbox / "rejected" / "bad.zip.reason.txt"
    assert reason.read_text().startswith("letter.txt: no source fits")


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv"]
)
def test_a_member_cannot_lead_out_of_its_archive(settings, tmp_path, name):
    path = write_zip(tmp_path / "x.zip", {name: ONE, C_NAME: ONE})
    before = set(tmp_path.rglob("*.csv"))
    evil, good = ingest_files(settings, [path])
    assert (evil.status, good.status) == ("rejected", "stored")
    assert "leads outside" in evil.message
    assert set(tmp_path.rglob("*.csv")) == before


def test_a_zip_inside_a_zip_is_refused(settings, tmp_path):
    inner = write_zip(tmp_path / "inner.zip", {C_NAME: ONE}).read_bytes()
    path = write_zip(tmp_path / "outer.zip", {f"{STEM}.zip": inner, C_NAME: ONE})
    nested, good = ingest_files(settings, [path])
    assert (nested.status, good.status) == ("rejected", "stored")
    assert "inside a ZIP" in nested.message


def test_a_bomb_is_refused_before_it_is_unpacked(settings, tmp_path):
    small = settings.model_copy(update={"max_file_mb": 1, "max_zip_members": 3})
    bomb = write_zip(tmp_path / "bomb.zip", {C_NAME: b"0" * (2 << 20)})
    many = write_zip(tmp_path / "many.zip", {f"{n}.csv": b"0" for n in range(4)})
    first, second = ingest_files(small, [bomb, many])
    assert "larger than HOSO_MAX_FILE_MB" in first.message
    assert "more than HOSO_MAX_ZIP_MEMBERS (3)" in second.message


def test_a_member_that_lies_about_its_size_is_refused(settings, tmp_path):
    path = write_zip(tmp_path / "lie.zip", {C_NAME: ONE + b"\r\n" * 5000})
    data = bytearray(path.read_bytes())
    real = (len(ONE) + 10000).to_bytes(4, "little")
    assert data.count(real) == 2
    path.write_bytes(data.replace(real, (100).to_bytes(4, "little")))
    (result,) = ingest_files(settings, [path])
    assert (result.status, "damaged" in result.message) == ("rejected", True)


def test_a_zip_without_files_and_a_cut_one_are_refused(settings, tmp_path):
    empty = write_zip(tmp_path / "empty.zip", {})
    cut = tmp_path / "cut.zip"
    cut.write_bytes(write_zip(tmp_path / "x.zip", {C_NAME: ONE}).read_bytes()[:-30])
    said = [each.message for each in ingest_files(settings, [empty, cut])]
    assert said == [
        "the ZIP file has no files",
        "the ZIP file is damaged or cut off; send it again",
    ]


# entities, formulas, sizes


def with_entities(path):
    """A workbook whose shared strings expand an entity."""
    write_c_as(path.parent, "xlsx", [c_row("H-1")])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    strings = parts["xl/sharedStrings.xml"].decode()
    dtd = '<!DOCTYPE sst [<!ENTITY a "SECRET"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    head, rest = strings.split("?>", 1)
    strings = f"{head}?>{dtd}{rest.replace('H-1', 'H-1&a;&b;')}"
    return write_zip(path, parts | {"xl/sharedStrings.xml": strings.encode()})


def test_entities_of_a_workbook_are_not_expanded(settings, tmp_path):
    ingest_files(settings, [with_entities(tmp_path / f"{STEM}.xlsx")])
    codes = {code for (code,) in events(settings, "code")}
    assert not any(code and ("SECRET" in code or "root:" in code) for code in codes)


def test_entities_of_a_page_are_not_expanded(settings, tmp_path):
    page = html_of([C_HEADER, c_row("H-1&a;&b;")])
    dtd = '<!DOCTYPE html [<!ENTITY a "SECRET"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    path = tmp_path / f"{STEM}.xls"
    path.write_text(dtd + page)
    ingest_files(settings, [path])
    codes = {code for (code,) in events(settings, "code")}
    assert not any(code and ("SECRET" in code or "root:" in code) for code in codes)


def test_a_formula_is_text_and_leaves_as_text(settings, tmp_path):
    evil = "=cmd|' /C calc'!A0"
    path = write_c(tmp_path, [c_row(evil, "=1+1"), c_row("H-2", unit="@SUM(A1)")])
    ingest_files(settings, [path])
    stored = dict(events(settings, "code, unit_name", "type = 'dossier.observed'"))
    assert stored == {"H-2": "@SUM(A1)"}
    printed = to_csv([*set_aside(settings), {"code": evil, "=header": "＝1"}])
    cells = [cell for line in printed.splitlines() for cell in line.split(",")]
    assert not any(cell.lstrip('\ufeff"').startswith(("=", "@", "＝")) for cell in cells)


def test_a_header_of_a_million_characters_is_refused(settings, tmp_path):
    for number, header in enumerate([("x" * 1_000_000, *C_HEADER), (*C_HEADER, "x" * 1_000_000)]):
        path = tmp_path / f"igate_{number}.csv"
        path.write_text(text_of([header, ("", *c_row("H-1"))]))
        (result,) = ingest_files(settings, [path])
        assert result.status == "rejected"
        assert len(result.message) < 700


def test_a_header_of_a_hundred_thousand_columns_is_refused(settings, tmp_path):
    path = tmp_path / C_NAME
    path.write_text(text_of([(*C_HEADER, *map(str, range(50_000))), c_row("H-1")]))
    (result,) = ingest_files(settings, [path])
    assert (result.status, "columns" in result.message) == ("rejected", True)


def test_a_nearly_empty_sheet_that_reaches_far_down_is_refused(settings, tmp_path):
    path = tmp_path / f"{STEM}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, C_HEADER)
        sheet.write(999_000, 90, "x")
    (result,) = ingest_files(settings, [path])
    assert (result.status, "far outside" in result.message) == ("rejected", True)


@pytest.mark.parametrize("year", ["9999", "0001"])
def test_impossible_years_are_set_aside(settings, tmp_path, year):
    path = write_c(tmp_path, [c_row("H-1", due=f"20/09/{year}")])
    (result,) = ingest_files(settings, [path])
    assert (result.read, result.quarantined) == (1, 1)
    assert set_aside(settings)[0]["reason"] == "impossible date"


def test_nul_bytes_are_set_aside(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1\0"), c_row("H-2")])
    (result,) = ingest_files(settings, [path])
    assert (result.stored, result.quarantined) == (1, 1)


def test_a_folder_is_no_file(settings, tmp_path):
    (result,) = ingest_files(settings, [tmp_path])
    assert (result.status, result.message) == (
        "rejected",
        "this is a folder; give the files in it",
    )


@pytest.mark.parametrize(
    "name",
    [
        b"igate_\xff_20260901_20260930_20260930T1730.csv",
        b"igate_\n\x1b[31m_20260901_20260930_20260930T1730.csv",
        b"no_source_" + b"x" * 241 + b".csv",
    ],
)
def test_a_name_that_is_no_text_or_very_long_does_not_stop_the_inbox(settings, name):
    write_c(settings.inbox, [c_row("H-1")])
    good = settings.inbox / C_NAME
    odd = Path(os.fsdecode(os.fsencode(settings.inbox) + b"/" + name))
    odd.write_bytes(good.read_bytes().replace(b"H-1", b"H-2"))
    results = ingest_inbox(settings)
    assert len(results) == 2
    assert "rejected" not in {each.status for each in results if C_NAME in each.file}
    assert all(each.file.isprintable() for each in results)
    assert [path.name for path in settings.inbox.iterdir() if path.is_file()] == []


# files that change


def test_a_file_that_is_still_written_waits_in_the_inbox(settings):
    busy = settings.model_copy(update={"inbox_quiet_seconds": 0.6})
    path = write_c(settings.inbox, [c_row("H-1")])
    done = threading.Event()

    def write():
        with path.open("ab") as stream:
            while not done.wait(0.05):
                stream.write(b"H-2,")
                stream.flush()

    writer = threading.Thread(target=write)
    writer.start()
    assert ingest_inbox(busy) == []
    done.set()
    writer.join()
    assert path.exists()
    path.write_bytes(ONE)
    assert statuses(ingest_inbox(busy)) == ["stored"]


def test_a_file_that_is_moved_in_does_not_wait(settings, tmp_path):
    slow = settings.model_copy(update={"inbox_quiet_seconds": 60})
    path = write_c(tmp_path, [c_row("H-1")])
    os.utime(path, (time.time() - 3600,) * 2)
    path.rename(settings.inbox / path.name)
    assert statuses(ingest_inbox(slow)) == ["stored"]


def test_a_locked_file_waits(settings):
    path = write_c(settings.inbox, [c_row("H-1")])
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        (result,) = ingest_inbox(settings)
        assert (result.status, "still writing" in result.message) == ("rejected", True)
        assert path.exists()
    assert statuses(ingest_inbox(settings)) == ["stored"]


def test_a_file_that_vanishes_is_no_error(settings, monkeypatch):
    path = write_c(settings.inbox, [c_row("H-1")])
    from orchestration.ingest import inbox

    monkeypatch.setattr(inbox, "waiting", lambda _: [path, settings.inbox / "gone.csv"])
    assert statuses(ingest_inbox(settings)) == ["stored"]


@pytest.mark.parametrize("same_stamp", [False, True])
def test_a_file_that_is_replaced_while_read_is_not_stored(
    settings, tmp_path, monkeypatch, same_stamp
):
    path = write_c(tmp_path, [c_row("H-1")])
    stamp = path.stat()
    other = path.read_bytes().replace(b"H-1", b"H-9")
    real = Archive.put

    def replaced(self, *arguments):
        path.write_bytes(other)
        if same_stamp:
            os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        return real(self, *arguments)

    monkeypatch.setattr(Archive, "put", replaced)
    (result,) = ingest_files(settings, [path])
    assert (result.status, "was changed" in result.message) == ("rejected", True)
    assert events(settings) == []
    assert not list(settings.archive.rglob("*.age"))
    monkeypatch.undo()


# a full disk


@pytest.mark.parametrize("place", ["archive", "store"])
def test_a_full_disk_stores_nothing_and_the_file_is_retried(settings, monkeypatch, place):
    path = write_c(settings.inbox, [c_row("H-1")])

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        if place == "archive":
            patched.setattr("pyrage.encrypt_io", full)
        else:
            patched.setattr(EventStore, "append", full)
        (result,) = ingest_inbox(settings)
    assert result.status == "rejected"
    assert "No space left on device" in result.message
    assert "nothing of it was" in result.message
    assert (path.exists(), events(settings)) == (True, [])
    assert statuses(ingest_inbox(settings)) == ["stored"]


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [1, 64, 256, 300])
def test_no_file_can_grow_and_the_store_stays_whole(settings, tmp_path, kilobytes):
    """As on a full disk, every library that writes meets the end, wherever it is."""
    rows = [c_row(f"H-{n}") for n in range(4000)]
    path = write_c_as(tmp_path, "UTF-16", rows)
    program = (
        "import sys; from resource import RLIMIT_FSIZE, setrlimit;"
        "from orchestration.cli import main;"
        f"setrlimit(RLIMIT_FSIZE, ({kilobytes} * 1024,) * 2); main(['ingest', sys.argv[1]])"
    )
    command = [sys.executable, "-c", program, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr, ran.stderr
    assert "try again" in ran.stderr
    assert events(settings) == []
    assert statuses(ingest_files(settings, [path])) == ["stored"]
    assert len(events(settings, where="type = 'dossier.observed'")) == 4000


def test_nothing_of_an_unpacked_file_stays_behind(settings, tmp_path):
    path = write_zip(
        tmp_path / "x.zip", {C_NAME: text_of([C_HEADER, c_row("H-1")]).encode("utf-16")}
    )
    ingest_files(settings, [path])
    assert not list(settings.folder("scratch").iterdir())
