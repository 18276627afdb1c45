"""Every ready-made source takes in its fixture (tests/fixtures/sources, invented): what counts is
kept, nothing personal is, and traps stay visible."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.ingest import ingest_files
from orchestration.raw import prepare_raw
from orchestration.sources import load_sources
from tests.ingest_lists import events, everything_in

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sources"
PERSONAL = ("Bịa Đặt", "bi-mat", "0000000000", "Thôn Mẫu", "nhiệt tình", "Khai sinh cho cháu")
EXPECTED = {
    "dvcqg_20260930T1730.json": ("dvcqg", 2 + 3, 0),
    "dvcqg_20261031T1730.json": ("dvcqg", 1, 0),
    "tiendo_20260930T1730.json": ("dvcqg_progress", 2, 0),
    "thanh_toan_20260930T1730.csv": ("payments", 2, 0),
    "danh_gia_20260930T1730.csv": ("ratings", 2, 1),
    "pakn_20260930T1730.csv": ("feedback", 3, 0),
    "so_hoa_20260930T1730.csv": ("digitisation", 2, 0),
    "phieu_20260930T1730.csv": ("forms", 2, 0),
    "rulings_20260930T1730.csv": ("rulings", 2, 0),
    "igate_mau_20260901_20260930_20260930T1730.csv": ("igate", 3, 0),
    "one_stop_list_mau.csv": ("one_stop_list", 2, 0),
    "register_book_mau.csv": ("register_book", 2, 0),
    "procedures_mau_20260901T0800.csv": ("procedures", 2, 0),
    "units_mau_20260901T0800.csv": ("units", 2, 0),
}
"""Fixture -> source, rows stored, rows set aside."""


def take(settings, name):
    (each,) = ingest_files(settings, [FIXTURES / name])
    assert each.status == "stored", each.message
    return each


def data(settings, kind):
    rows = events(settings, "subject, line_no, data", f"type = '{kind}'")
    return [json.loads(text) for _, _, text in rows]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_fixture_is_known_by_its_name_and_taken_in_completely(settings, name):
    each = take(settings, name)
    assert (each.source, each.stored, each.quarantined) == EXPECTED[name]


def test_every_ready_made_source_but_real_logs_has_a_fixture(settings):
    # two real logs, and what `hoso period close` and `hoso statement add` write (tested there)
    others = {"wabo_receipt", "bpic15", "closed_periods", "statements"}
    assert {source for source, _, _ in EXPECTED.values()} == set(load_sources(settings)) - others


def test_nothing_personal_of_any_fixture_is_in_the_store(settings):
    ingest_files(settings, [FIXTURES / name for name in EXPECTED])
    rows = events(settings)
    assert len(rows) > 30
    for text in PERSONAL:
        assert text not in str(rows)
        assert text.encode() not in everything_in(settings.home / "logs")


def test_a_national_message_is_known_by_its_local_code_and_without_one_by_the_national(settings):
    take(settings, "dvcqg_20260930T1730.json")
    take(settings, "dvcqg_20261031T1730.json")
    assert events(settings, "subject, national_code", "type = 'dossier.observed'") == [
        ("province/H99-260902-0002", "H99-260902-0002"),
        ("province/H99-261001-0003", "H99-261001-0003"),
        ("province/MOT.0001", "H99-260901-0001"),
    ]


def test_both_date_styles_of_national_messages_are_read(settings):
    take(settings, "dvcqg_20260930T1730.json")
    take(settings, "dvcqg_20261031T1730.json")
    assert events(settings, "received_at, due_at", "type = 'dossier.observed'") == [
        (datetime(2026, 9, 1, 8, 30), datetime(2026, 9, 5, 17)),
        (datetime(2026, 9, 2, 8), datetime(2026, 9, 10, 17)),
        (datetime(2026, 10, 1, 8, 5), datetime(2026, 10, 6, 17)),
    ]


def test_supplements_inside_a_national_message_become_dated_rows_without_their_text(settings):
    take(settings, "dvcqg_20260930T1730.json")
    assert events(settings, "activity, occurred_at, due_at", "type = 'dossier.progressed'") == [
        ("Tiếp nhận bổ sung", datetime(2026, 9, 7, 8), datetime(2026, 9, 14, 17)),
        ("Yêu cầu bổ sung", datetime(2026, 9, 3, 9), None),
        ("Yêu cầu bổ sung", datetime(2026, 9, 8, 9), None),
    ]


def test_what_a_message_says_of_payment_is_kept_as_sent_and_read_through_a_map(settings):
    take(settings, "dvcqg_20260930T1730.json")
    extras = data(settings, "dossier.observed")
    assert [each["paid_online"] for each in extras] == [None, "1"]
    assert [each["has_fee"] for each in extras] == ["false", "true"]
    assert [each["owner_key"] for each in extras] == [None, None], "000000001 is no person"


def test_the_command_that_resets_overdue_dossiers_is_seen_and_no_other_free_text(settings):
    take(settings, "tiendo_20260930T1730.json")
    assert events(settings, "status, activity", "type = 'dossier.progressed'") == [
        ("4", None),
        ("9", "Đặt lại hồ sơ quá hạn"),
    ]


def test_a_rating_whose_meaning_nobody_has_declared_waits_for_it(settings):
    take(settings, "danh_gia_20260930T1730.csv")
    (aside,) = data(settings, "row.set_aside")
    assert (aside["cell"], aside["suggestion"]) == (
        "Bình thường",
        "add it to meanings/satisfied of sources/ratings.yml",
    )


def test_feedback_that_goes_back_to_what_it_was_is_seen_to(settings, tmp_path):
    def stands(day, finished):
        path = tmp_path / f"pakn_202609{day}T1730.csv"
        path.write_text(
            "Mã PAKN,Đơn vị xử lý,Ngày tiếp nhận,Ngày xử lý\n"
            f"PA-01,UBND xã Mẫu,01/09/2026,{finished}\n",
            encoding="utf-8",
        )
        return path

    ingest_files(settings, [stands("05", ""), stands("06", "06/09/2026"), stands("07", "")])
    rows = events(settings, "observed_at, finished_at", "type = 'feedback.observed'")
    assert [finished is None for _, finished in rows] == [True, False, True]


def test_what_words_mean_reaches_the_warehouse_as_a_map(settings):
    import duckdb

    prepare_raw(settings)
    with duckdb.connect(str(settings.build_db)) as con:
        found = con.execute(
            "select value_key, value from raw.map_value"
            " where source = 'dvcqg' and field = 'paid_online' order by 1"
        ).fetchall()
    assert found == [("0", "false"), ("1", "true"), ("2", "true"), ("3", "false")]
