"""Cells: cleaned as text.py does, dates typed as the source declares them, hashes that hold."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ingest.dates import is_day_sql, strptime_format, timestamp_sql
from orchestration.ingest.fingerprint import batch_id_of, fingerprint
from orchestration.ingest.result import Counts
from orchestration.ingest.scratch import scratch
from orchestration.settings import Settings
from orchestration.text import clean, text_key
from orchestration.workbook_rows import as_text

DATES = (
    *("dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"),
    *("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd", "excel_serial"),
)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    with scratch(Settings(home=tmp_path_factory.mktemp("home")), "test") as opened:
        yield opened


def typed(work, text, formats=DATES, zone="Asia/Ho_Chi_Minh", grain="as_written"):
    stamp = timestamp_sql("v", formats, zone)
    return work.one(
        f"select t, {is_day_sql('v', 't', formats, grain)}"
        f" from (select v, {stamp} as t from (select ? as v))",
        [text],
    )


@pytest.mark.parametrize(
    ("text", "expected", "is_day"),
    [
        ("05/09/2026", datetime(2026, 9, 5), True),
        ("5/9/2026", datetime(2026, 9, 5), True),
        ("05/09/2026 07:05", datetime(2026, 9, 5, 7, 5), False),
        ("05/09/2026 00:00", datetime(2026, 9, 5), False),
        ("05/09/2026 07:05:09", datetime(2026, 9, 5, 7, 5, 9), False),
        ("2026-09-05", datetime(2026, 9, 5), True),
        ("2026-09-05 07:05:09", datetime(2026, 9, 5, 7, 5, 9), False),
        ("46270", datetime(2026, 9, 5), True),
        ("46270.5", datetime(2026, 9, 5, 12), False),
        ("31/02/2026", None, None),
        ("09/2026", None, None),
        ("hôm qua", None, None),
        ("05/09/2026 24:00", None, None),
        (None, None, None),
    ],
)
def test_a_date_is_typed_as_declared_and_knows_whether_it_has_a_clock(work, text, expected, is_day):
    assert typed(work, text) == (expected, is_day)


def test_a_moment_with_an_offset_becomes_wall_clock_of_the_zone(work):
    winter, summer = "2011-01-11T12:45:40.276+00:00", "2011-07-11T12:45:40Z"
    assert typed(work, winter, ("iso",), "Europe/Amsterdam")[0].hour == 13
    assert typed(work, summer, ("iso",), "Europe/Amsterdam")[0].hour == 14


def test_formats_that_are_not_declared_are_not_guessed(work):
    assert typed(work, "09/05/2026", ("yyyy-MM-dd",))[0] is None


def test_grain_day_means_that_no_value_has_a_clock(work):
    assert typed(work, "05/09/2026 07:05", grain="day")[1] is True
    assert typed(work, "05/09/2026", grain="instant")[1] is False


def test_declared_formats_become_those_of_strptime():
    assert strptime_format("dd/MM/yyyy HH:mm:ss") == "%d/%m/%Y %H:%M:%S"


@given(st.text(max_size=40))
def test_sql_cleans_any_text_exactly_as_python_does(work, text):
    storable = text.replace("\0", "").encode("utf-8", "ignore").decode()
    assert work.one("select hoso_clean(?)", [storable])[0] == (clean(storable) or None)


@pytest.mark.parametrize("text", ["Đơn\u00a0 vị", "  Đang xử lý ", "Đang\nxử\tlý", "Đang xử lý"])
def test_sql_and_python_make_the_same_key(work, text):
    assert work.one("select hoso_key(hoso_clean(?))", [text])[0] == text_key(text)


@pytest.mark.parametrize(
    ("number", "signed"), [(0, 0), (2**63 - 1, 2**63 - 1), (2**63, -(2**63)), (2**64 - 1, -1)]
)
def test_a_hash_keeps_all_its_64_bits(work, number, signed):
    assert work.one(f"select hoso_low_bits('0123456789abcdef{number:016x}')")[0] == signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (5.5, "5.5"),
        (True, "true"),
        (None, None),
        ("", None),
        (datetime(2026, 9, 5), "2026-09-05"),
        (datetime(2026, 9, 5, 7, 5), "2026-09-05 07:05:00"),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_a_list_in_text_shows_it(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(("data", "lines"), [(b"a\nb\n", 2), (b"a\nb", 2), (b"\n\n", 2), (b"", 0)])
def test_a_fingerprint_counts_physical_lines(tmp_path, data, lines):
    path = tmp_path / "x"
    path.write_bytes(data)
    assert fingerprint(path).lines == lines


def test_a_batch_is_named_by_its_source_its_bytes_and_what_was_said_about_them():
    ids = {
        batch_id_of("igate", "aa"),
        batch_id_of("other", "aa"),
        batch_id_of("igate", "bb"),
        batch_id_of("igate", "aa", "2026-09-30"),
    }
    assert len(ids) == 4
    assert all(len(each) == 16 for each in ids)


def test_rows_read_are_the_sum_of_what_became_of_them():
    assert (Counts(1, 2, 3, 4) + Counts(1, 1, 1, 1)).read == 14
