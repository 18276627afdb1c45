"""When a list was made, of which days and of whom: from itself, its name, or who hands it in."""

import json
from datetime import datetime

import pytest

from orchestration.ingest import ingest_files
from tests.ingest_lists import (
    C_HEADER,
    a_row,
    a_rows,
    c_row,
    events,
    write_c,
    write_xlsx,
)


def moments(settings):
    return [at for (at,) in events(settings, "observed_at", "type = 'extract.completed'")]


def said(settings):
    ((text,),) = events(settings, "data", "type = 'extract.completed'")
    return json.loads(text)


def test_what_the_list_prints_wins_over_what_is_said_about_it(settings, tmp_path):
    path = write_xlsx(tmp_path / "one_stop_list_1.xlsx", a_rows([[a_row(1, "H-1")]], 1))
    ingest_files(settings, [path], observed_at=datetime(2026, 12, 31))
    assert moments(settings) == [datetime(2026, 9, 30, 10, 30)], "17:30 in Việt Nam"
    assert said(settings)["observed_from"] == "content"


def test_a_list_that_does_not_say_when_it_was_made_is_refused_until_somebody_does(
    settings, tmp_path
):
    path = write_c(tmp_path, [c_row("H-1")], "igate_mau.csv")
    (refused,) = ingest_files(settings, [path])
    assert refused.status == "rejected"
    assert "--observed-at" in refused.message
    (taken,) = ingest_files(settings, [path], observed_at=datetime(2026, 9, 30, 17, 30))
    assert taken.status == "stored"
    assert moments(settings) == [datetime(2026, 9, 30, 10, 30)]


def test_the_same_bytes_of_another_day_are_another_statement(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")], "igate_mau.csv")
    for day in (29, 30):
        ingest_files(settings, [path], observed_at=datetime(2026, 9, day, 17, 30))
    assert len(moments(settings)) == 2
    kinds = [kind for (kind,) in events(settings, "type", "code = 'H-1' or type like '%sighted'")]
    assert kinds == ["dossier.observed", "dossier.sighted"], "its content is stored once"


@pytest.mark.parametrize(
    ("name", "full"),
    [("igate_x_20260901_20260930_20260930T1730.csv", True), ("igate_x.csv", False)],
)
def test_a_list_that_does_not_say_its_period_cannot_miss_anybody(settings, tmp_path, name, full):
    path = write_c(tmp_path, [c_row("H-1")], name)
    ingest_files(settings, [path], observed_at=datetime(2026, 9, 30, 17, 30))
    assert said(settings)["scope"]["full"] is full


def test_a_column_that_is_not_there_is_something_else_than_an_empty_cell(settings, tmp_path):
    due = C_HEADER.index("Ngày hẹn trả")
    without = tuple(text for n, text in enumerate(C_HEADER) if n != due)
    row = c_row("H-1", due="")
    shorter = tuple(text for n, text in enumerate(row) if n != due)
    for day, header, cells in ((29, C_HEADER, row), (30, without, shorter)):
        name = f"igate_x_20260901_20260930_202609{day}T1730.csv"
        ingest_files(settings, [write_c(tmp_path, [cells], name, header=header)])
    found = events(settings, "due_at, layout & 4", "type = 'dossier.observed'")
    assert found == [(None, 0), (None, 4)]


def test_the_printed_total_must_be_the_rows_read_also_when_it_stands_beside_its_label(
    settings, tmp_path
):
    path = tmp_path / "thanh_toan_20260930T1730.csv"
    rows = "Mã hồ sơ,Ngày thanh toán,Hình thức thanh toán\nH-1,01/09/2026,Tiền mặt\nTổng số,{},\n"
    path.write_text(rows.format(2), encoding="utf-8")
    (refused,) = ingest_files(settings, [path])
    assert refused.status == "rejected"
    path.write_text(rows.format(1), encoding="utf-8")
    (taken,) = ingest_files(settings, [path])
    assert (taken.status, taken.read) == ("stored", 1)
