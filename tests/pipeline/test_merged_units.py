"""Communes are merged into a new one that has the name of one of them: lists tell only names."""

import duckdb
import pytest

from orchestration.settings import Settings
from tests.ingest_lists import c_row, write_c

UNITS = """code,name,level,parent,valid_from,valid_to,successor
H99,UBND tỉnh Mẫu,province,,,,
H99.D,Huyện Mẫu,district,H99,,2025-07-01,H99
H99.1,Xã Thượng Lâm,commune,H99.D,,2025-07-01,H99.90
H99.2,Xã Khuôn Hà,commune,H99.D,,2025-07-01,H99.90
H99.90,Xã Thượng Lâm,commune,H99,2025-07-01,,
"""


def row(code, unit, received, status="Đang xử lý", ended=""):
    """A dossier of layout C, due on 31 July 2025."""
    return c_row(code, status, received=received, due="31/07/2025", ended=ended, unit=unit)


def of(entries, unit, *figures):
    """Some figures of a unit's entry."""
    (entry,) = (each for each in entries if each["unit"] == unit)
    return tuple(entry["figures"][figure] for figure in figures)


@pytest.mark.slow
def test_lists_of_before_and_after_a_merger_mean_each_their_own_unit_of_one_name(
    hoso, home, tmp_path, monkeypatch
):
    one = row("H-1", "Xã Thượng Lâm", "02/06/2025")
    four = row("H-4", "Xã Thượng Lâm", "27/06/2025")
    three = row("H-3", "Xã Thượng Lâm", "03/07/2025")
    two = row("H-2", "Xã Khuôn Hà", "03/06/2025")
    two_after = row("H-2", "Xã Thượng Lâm", "03/06/2025")
    handled = row("H-1", "Xã Thượng Lâm", "02/06/2025", "Đã xử lý xong", "10/07/2025")

    def take_in(now, moment, *rows, units=False, run=True):
        monkeypatch.setenv("HOSO_NOW", f"{now}+07:00")
        name = f"igate_xa_20250601_{moment[:8]}_{moment}.csv"
        files = [write_c(tmp_path, rows, name)]
        if units:
            files.append(tmp_path / "units_all_20250701T0700.csv")
            files[1].write_text(UNITS, encoding="utf-8")
        hoso("ingest", *files)
        assert not run or hoso("run")["published"]

    take_in("2025-06-16T09:00", "20250616T0800", one, two)
    # the units list comes with the first list after the merger; then one of before it comes late
    take_in("2025-07-07T09:00", "20250707T0800", one, two_after, three, four, units=True)
    take_in("2025-07-08T09:00", "20250630T0800", one, two, four, run=False)
    take_in("2025-07-31T20:00", "20250731T1930", handled, two_after, three, four)

    with duckdb.connect(str(Settings(home=home).published_db), read_only=True) as con:
        at = con.execute("select code, unit_code from fct_dossier order by code").fetchall()
        moved = con.execute("from fct_dossier_posting where movement = 'transfer'").fetchall()
        guessed = con.execute("select unit_code from dim_unit where is_provisional").fetchall()
    assert at == [("H-1", "H99.1"), ("H-2", "H99.2"), ("H-3", "H99.90"), ("H-4", "H99.1")]
    assert (moved, guessed) == ([], [])

    counted = ("received_new", "carried_over", "resolved_total", "open_total")
    june = ("figures", "--from", "2025-06-01", "--to", "2025-06-30")
    then = hoso(*june, "--rollup")
    assert {entry["unit"] for entry in then} == {"*", "H99", "H99.D", "H99.1", "H99.2"}
    assert of(then, "H99.1", *counted) == (2, 0, 0, 2)
    assert of(then, "H99.2", *counted) == (1, 0, 0, 1)
    assert of(then, "H99.D", *counted) == (3, 0, 0, 3)
    today = hoso(*june, "--rollup", "--units-as-of", "2025-07-31")
    assert {entry["unit"] for entry in today} == {"*", "H99", "H99.90"}
    assert of(today, "H99.90", *counted) == (3, 0, 0, 3)

    july = ("figures", "--from", "2025-07-01", "--to", "2025-07-31")
    assert of(hoso(*july), "H99.90", *counted) == (1, 3, 1, 3)
    before = hoso(*july, "--units-as-of", "2025-06-30")
    assert of(before, "H99.1", *counted) == (0, 2, 1, 1)
    assert of(before, "H99.2", *counted) == (0, 1, 0, 1)

    replayed = hoso("replay", "--verify")
    assert [each["table"] for each in replayed["tables"] if not each["equal"]] == []
