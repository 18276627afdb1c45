"""What is not taken in: whole files with a reason, single rows with line, column and advice."""

import gzip

import pytest
import xlsxwriter

from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest import ingest_files
from orchestration.ingest.quarantine import set_aside, set_aside_row
from tests.ingest_lists import (
    A_HEADER,
    C_HEADER,
    C_NAME,
    a_row,
    a_rows,
    b_rows,
    c_row,
    events,
    types,
    write_c,
    write_xlsx,
)

LOG = b'<log xmlns="http://www.xes-standard.org/"><trace></trace></log>'
BOMB = b'<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><log>&b;</log>'


def only(results):
    (each,) = results
    return each


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (C_NAME, b"", "the file is empty"),
        (C_NAME, b"\r\n\r\n", "no header found"),
        (C_NAME, b"%PDF-1.7 ...", "this is a PDF, but igate takes csv or xlsx or xls"),
        (C_NAME, b"<html><table></table></html>", "the file has no filled cell"),
        (C_NAME, b"\xd0\xcf\x11\xe0 old", "the workbook is damaged or cut off"),
        (C_NAME, b"PK\x03\x04 cut off", "the workbook is damaged or cut off"),
        (C_NAME, b"\x89PNG\r\n\x1a\n and so on", "this is an image, but igate takes csv"),
        (C_NAME, ",".join(C_HEADER).encode() + b"\r\nH-1,\xd0\x00\xff\r\n", "line 2 is not UTF-8"),
        (C_NAME, b"a,b,c\r\n1,2,3\r\n", "no header found"),
        ("receipt.xes.gz", gzip.compress(LOG)[:-9], "the gzip file is damaged or cut off"),
        ("receipt.xes.gz", b"\x1f\x8b not gzip at all", "the gzip file is damaged or cut off"),
        ("receipt.xes", LOG[:-3], "not a complete XML file"),
        ("receipt.xes", BOMB, "has a DTD"),
        ("receipt.xes", b"<page/>", "not an XES log"),
        ("receipt.xes", LOG, "no trace has the required attribute concept:name"),
        ("receipt.xes", LOG.replace(b"<trace></trace>", b""), "the log has no traces"),
        ("letter.txt", b"Dear office", "no source fits its name"),
    ],
)
def test_a_file_of_a_wrong_kind_is_rejected_and_the_others_are_done(
    settings, tmp_path, name, data, reason
):
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.mkdir()
    good.mkdir()
    (bad / name).write_bytes(data)
    results = ingest_files(settings, [bad / name, write_c(good, [c_row("H-1")])])
    assert [each.status for each in results] == ["rejected", "stored"]
    assert reason in results[0].message
    assert results[0].read == 0
    assert len(EventStore(settings).batches()) == 1


def test_a_cut_off_real_log_is_rejected(settings, shared, tmp_path):
    cut = tmp_path / "receipt.xes.gz"
    whole = shared("data/wabo_receipt/receipt.xes.gz").read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    each = only(ingest_files(settings, [cut]))
    assert (each.status, types(settings)) == ("rejected", {})
    assert "cut off" in each.message


def test_a_file_that_is_not_there_is_rejected(settings, tmp_path):
    assert only(ingest_files(settings, [tmp_path / C_NAME])).message == "there is no such file"


def test_a_small_gzip_of_a_huge_log_is_not_unpacked_to_the_end(settings, tmp_path):
    small = settings.model_copy(update={"max_file_mb": 1})
    bomb = tmp_path / "receipt.xes.gz"
    bomb.write_bytes(gzip.compress(b"<log>" + b" " * 5_000_000 + b"</log>"))
    assert "larger than HOSO_MAX_FILE_MB" in only(ingest_files(small, [bomb])).message


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 0), (9, 110)])
def test_a_cell_far_outside_the_list_does_not_end_the_process(settings, tmp_path, row, column):
    path = tmp_path / "one_stop_list_1.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, A_HEADER)
        sheet.write(row, column, "x")
    assert "far outside any list" in only(ingest_files(settings, [path])).message


def test_an_unknown_source_is_refused_before_anything_is_read(settings, tmp_path):
    with pytest.raises(HosoError, match=r"no source is called 'nobody'.*igate"):
        ingest_files(settings, [tmp_path / "x"], source="nobody")


def test_a_missing_required_column_rejects_the_file(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")], header=(*C_HEADER[:-1], "Ghi chú"))
    each = only(ingest_files(settings, [path]))
    assert each.status == "rejected"
    assert "'Trạng thái' or 'Tình trạng' is missing" in each.message


def test_a_list_that_does_not_say_when_it_was_exported_needs_the_option(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")], name="igate_xa.csv")
    each = only(ingest_files(settings, [path]))
    assert (each.status, "--observed-at" in each.message) == ("rejected", True)


def test_a_register_without_its_unit_needs_the_option(settings, tmp_path):
    rows = [("1", "H-1", "", "", "01/09/2026", "", "", "", "")]
    path = write_xlsx(tmp_path / "register_book_1.xlsx", [("SỔ",), *b_rows(rows)[1:]])
    assert "--unit" in only(ingest_files(settings, [path])).message
    assert only(ingest_files(settings, [path], unit="H99.1")).status == "stored"
    assert events(settings, "unit_name", "code = 'H-1'") == [("H99.1",)]


def test_a_control_total_that_is_not_the_rows_read_rejects_the_file(settings, tmp_path):
    path = write_xlsx(tmp_path / "one_stop_list_1.xlsx", a_rows([[a_row(1, "H-1")]], 2))
    each = only(ingest_files(settings, [path]))
    assert each.status == "rejected"
    assert "prints a total of 2 but has 1 rows" in each.message
    assert types(settings) == {}


def test_a_control_total_with_thousands_is_a_number(settings, tmp_path):
    rows = [[a_row(n, f"H-{n}") for n in range(1200)]]
    path = write_xlsx(tmp_path / "one_stop_list_1.xlsx", a_rows(rows, "1.200"))
    assert only(ingest_files(settings, [path])).status == "stored"


def test_a_period_that_ends_before_it_begins_rejects_the_file(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")], name="igate_x_20260930_20260901_20260930T1730.csv")
    assert "before it begins" in only(ingest_files(settings, [path])).message


@pytest.mark.parametrize("day", ["99991231", "20990930", "00010101"])
def test_a_list_from_an_impossible_day_is_rejected_for_no_later_list_would_count(
    settings, tmp_path, day
):
    path = write_c(tmp_path, [c_row("H-1")], name=f"igate_xa_20260901_20260930_{day}T0000.csv")
    result = only(ingest_files(settings, [path]))
    assert result.status == "rejected"
    assert f"exported on {day[6:]}/{day[4:6]}/" in result.message


def test_a_backfill_is_refused_once_the_source_has_a_live_batch(settings, tmp_path):
    older, old, new = (
        write_c(tmp_path, [c_row("H-1")], f"igate_x_20260901_20260930_202609{day}T1730.csv")
        for day in ("06", "07", "08")
    )
    assert only(ingest_files(settings, [old], backfill=True)).status == "stored"
    assert only(ingest_files(settings, [new])).status == "stored"
    each = only(ingest_files(settings, [older], backfill=True))
    assert (each.status, "live" in each.message) == ("rejected", True)
    assert events(settings, "known_at = observed_at", "type = 'extract.completed'") == [
        (False,),
        (True,),
    ]


@pytest.mark.parametrize(
    ("row", "place", "reason"),
    [
        (c_row("H-1", "Chờ sao"), ("Trạng thái", "Chờ sao"), "unmapped status"),
        (c_row("H-1", status=""), ("Trạng thái", None), "the status is missing"),
        (c_row("H-1", due="31/02/2026"), ("Ngày hẹn trả", "31/02/2026"), "impossible date"),
        (c_row("H-1", due="20/09/9999"), ("Ngày hẹn trả", "20/09/9999"), "impossible date"),
        (c_row("H-1", due="20/09/0001"), ("Ngày hẹn trả", "20/09/0001"), "impossible date"),
        (c_row("  "), ("Số hồ sơ", None), "the code is missing"),
        (c_row("H-1", unit=""), ("Cơ quan/đơn vị", None), "the cell is empty"),
        (c_row("H-1", unit="x" * 40_000), ("Cơ quan/đơn vị", None), "more than 32767"),
        (c_row("H-1", owner="x" * 40_000), ("Chủ hồ sơ", None), "more than 32767"),
        (c_row("H-1", unit="UB\0ND"), ("Cơ quan/đơn vị", "UBND"), "NUL byte"),
        ((*c_row("H-1"), "more"), (None, None), "the row has 12 cells, the header 11"),
        (c_row("H-1")[:7], (None, None), "the row has 7 cells, the header 11"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_place_and_the_others_go_in(
    settings, tmp_path, row, place, reason
):
    path = write_c(tmp_path, [c_row("H-0"), row, c_row("H-2")])
    each = only(ingest_files(settings, [path]))
    assert (each.read, each.stored, each.quarantined) == (3, 2, 1)
    (found,) = set_aside(settings)
    assert (found["file"], found["line"]) == (C_NAME, 3)
    assert (found["column"], found["cell"]) == place
    assert reason in found["reason"]
    assert found["suggestion"]


def test_rows_that_an_unclosed_quote_swallowed_are_noticed(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1", owner="Bà X"), c_row("H-2"), c_row("H-3")])
    path.write_bytes(path.read_bytes().replace("Bà X".encode(), '"Bà X'.encode(), 1))
    each = only(ingest_files(settings, [path]))
    assert each.stored == 0
    assert each.quarantined == each.read == 1


def test_a_row_set_aside_is_shown_by_the_beginning_of_its_id(settings, tmp_path):
    ingest_files(settings, [write_c(tmp_path, [c_row("H-1", status="?")])])
    (found,) = set_aside(settings)
    shown = set_aside_row(settings, found["id"][:8])
    assert (shown["code"], shown["source"], shown["line"]) == ("H-1", "igate", 2)
    with pytest.raises(HosoError, match="no row set aside"):
        set_aside_row(settings, "zz")


def test_of_a_personal_column_nothing_is_shown(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1", owner="Bà Riêng Tư" * 4000)])
    ingest_files(settings, [path])
    assert "Riêng" not in str(events(settings))
