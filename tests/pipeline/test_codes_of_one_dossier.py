"""The national message as a list of the ledger: a dossier that is sent by its national code alone,
and later by its own code and the national one, is one dossier, as of any day.
"""

import json

import pytest

from orchestration import build_state
from orchestration.settings import PROJECT_DIR

YEAR = ("--from", "2026-01-01", "--to", "2026-12-31", "--unit", "*")
MESSAGE = {
    "DonViXuLy": "UBND xã Mẫu",
    "TenTTHC": "Đăng ký khai sinh",
    "NgayTiepNhan": "20260302080000",
    "NgayHenTra": "20260310170000",
    "TrangThaiHoSo": "4",
}


@pytest.fixture
def told(home, hoso, monkeypatch):
    """Messages of one evening are sent and taken in; whether the ledger was then built anew."""
    own = home / "sources"
    own.mkdir(parents=True, exist_ok=True)
    declared = (PROJECT_DIR / "orchestration/sources/dvcqg.yml").read_text(encoding="utf-8")
    own.joinpath("dvcqg.yml").write_text(
        declared.replace("role: mirror", "role: ledger"), encoding="utf-8"
    )
    plans = []
    prepare = build_state.prepare
    monkeypatch.setattr(
        build_state, "prepare", lambda settings: plans.append(prepare(settings)) or plans[-1]
    )

    def tell(day, *messages):
        monkeypatch.setenv("HOSO_NOW", f"2026-03-0{day}T18:00:00")
        rows = [
            MESSAGE | {"SoBienNhan": own, "MaHoSo": national} | dict(*more)
            for own, national, *more in messages
        ]
        inbox = home / "inbox"
        inbox.mkdir(exist_ok=True)
        inbox.joinpath(f"dvcqg_2026030{day}T1730.json").write_text(
            json.dumps({"service": "DongBoHoSoMC", "data": rows}), encoding="utf-8"
        )
        assert hoso("run")["published"]
        return plans[-1].full_refresh

    return tell


def received(hoso, *options):
    (whole,) = hoso("figures", *YEAR, *options)
    return whole["figures"]["received_new"]


@pytest.mark.slow
def test_a_dossier_under_two_codes_counts_once_as_of_any_day(told, hoso):
    assert told(2, ("", "N1"), ("L9", ""))
    assert received(hoso) == 2

    # N1 has a code of its own by now; nothing was known of L1 before: the ledger is carried on
    done = {"TrangThaiHoSo": "9", "NgayKetThucXuLy": "20260303100000"}
    assert not told(3, ("L1", "N1", done), ("", "N9"))
    assert received(hoso) == 3
    assert received(hoso, "--as-of", "2026-03-02") == 2
    (row,) = hoso("explain", "resolved_total", *YEAR)["rows"]
    assert row["code"] == "L1"
    assert hoso("query", "select movement from dq_rewritten_history") == []

    # two dossiers turn out to be one: what was told of either was told of it, as of any day
    assert told(4, ("L9", "N9"))
    assert received(hoso) == 2
    assert received(hoso, "--as-of", "2026-03-03") == 2
    assert received(hoso, "--as-published", "2026-03-03") == 3
    codes = "select code, account from fct_dossier order by code"
    assert hoso("query", codes) == [
        {"code": "L1", "account": "closed.resolved"},
        {"code": "L9", "account": "open.processing"},
    ]

    # known again, and in other words: that changes no map
    assert not told(5, ("L1", "N1"), ("", "N9"), ("L9", "N1"))
    assert received(hoso) == 2
    assert all(each["equal"] for each in hoso("replay", "--verify")["tables"])
