"""Lists without due dates: the procedure's limit makes them, batch by batch as in one build."""

from datetime import datetime

import duckdb
import pytest

from orchestration.settings import Settings
from tests.ingest_lists import C_HEADER, c_row, write_c

DUE = C_HEADER.index("Ngày hẹn trả")


def without_due(row):
    """A row, or the header, of layout C without its column of due dates."""
    return (*row[:DUE], *row[DUE + 1 :])


def write_list(folder, moment, *rows):
    """A list of September up to ``moment``, in which no column gives a due date."""
    name = f"igate_xa_20260901_{moment[:8]}_{moment}.csv"
    return write_c(folder, map(without_due, rows), name, header=without_due(C_HEADER))


@pytest.mark.slow
def test_due_dates_of_limits_move_over_pauses_and_make_the_figures_known(
    hoso, home, tmp_path, monkeypatch
):
    limits = tmp_path / "procedures_all_20260801T0800.csv"
    limits.write_text(
        "code,name,limit,limit_unit\n1.001,Đăng ký khai sinh,5,working_day\n",
        encoding="utf-8",
    )
    other = list(c_row("H-3"))
    other[1] = "Thủ tục không có thời hạn"
    lists = [
        ("20260904T1730", c_row("H-1"), c_row("H-2"), tuple(other)),
        ("20260908T0800", c_row("H-1", "Yêu cầu bổ sung giấy tờ"), c_row("H-2"), tuple(other)),
        ("20260910T0800", c_row("H-1"), c_row("H-2"), tuple(other)),
        (
            *("20260916T1730", c_row("H-1")),
            *(c_row("H-2", "Đã xử lý xong", ended="11/09/2026 10:00"), tuple(other)),
        ),
    ]
    for number, each in enumerate(lists):
        moment = datetime.strptime(each[0], "%Y%m%dT%H%M")
        monkeypatch.setenv("HOSO_NOW", f"{moment:%Y-%m-%dT%H:%M}:30+07:00")
        files = [write_list(tmp_path, *each)] if number else [limits, write_list(tmp_path, *each)]
        hoso("ingest", *files)
        # the first list alone, the next two in one build, then the last
        assert number == 1 or hoso("run")["published"]

    # 1 and 2 September are holidays: received on the next working day, the 3rd, due on the 10th
    with duckdb.connect(str(Settings(home=home).published_db), read_only=True) as con:
        dues = con.execute(
            "select code, due.from_at, due.due_at, because from fct_due_date as due"
            " inner join fct_dossier using (dossier_key) order by code, due_no"
        ).fetchall()
        now = con.execute("select code, due_at from fct_dossier where due_is_computed order by 1")
        assert now.fetchall() == [("H-1", datetime(2026, 9, 14)), ("H-2", datetime(2026, 9, 10))]
        assert con.execute("select code from dq_no_due_date").fetchall() == [("H-3",)]
    received = datetime(2026, 9, 1, 8)
    assert dues == [
        ("H-1", received, datetime(2026, 9, 10), "receipt"),
        ("H-1", datetime(2026, 9, 10, 8), datetime(2026, 9, 14), "pause"),
        ("H-2", received, datetime(2026, 9, 10), "receipt"),
    ]
    (entry,) = hoso("figures", "--from", "2026-09-01", "--to", "2026-09-16")
    figures = entry["figures"]
    assert (figures["resolved_late"], figures["resolved_early"]) == (1, 0)
    assert (figures["open_overdue"], figures["open_in_time"]) == (1, 1)

    replayed = hoso("replay", "--verify")
    assert [each["table"] for each in replayed["tables"] if not each["equal"]] == []
