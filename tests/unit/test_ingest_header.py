"""Headers and titles: found wherever they stand, however they are written."""

from datetime import date, datetime

import pytest

from orchestration.ingest.facts import facts_from
from orchestration.ingest.headers import find_header, require
from orchestration.ingest.result import Rejected
from orchestration.sources import load_sources
from tests.ingest_lists import A_HEADER, C_HEADER, a_rows, b_rows


@pytest.fixture
def sources(settings):
    return load_sources(settings)


def numbered(rows):
    return list(enumerate([list(row) for row in rows], 1))


def test_a_header_is_found_below_the_motto(sources):
    header = find_header(numbered(a_rows([[]], 0)), sources["one_stop_list"])
    assert header.first == header.last == 5
    assert {field: A_HEADER[n] for field, n in header.fields.items()} == {
        "code": "Mã hồ sơ",
        "unit_name": "Đơn vị tiếp nhận",
        "procedure_name": "Tên thủ tục hành chính",
        "status": "Trạng thái",
        "submitted_at": "Ngày nộp hồ sơ",
        "received_at": "Ngày nhận",
        "due_at": "Ngày hẹn trả",
        "finished_at": "Ngày kết thúc xử lý",
    }


def test_two_header_rows_are_read_as_one(sources):
    header = find_header(numbered(b_rows([])), sources["register_book"])
    assert (header.first, header.last) == (3, 4)
    assert {field: header.headers[n] for field, n in header.fields.items()} == {
        "code": "Mã hồ sơ",
        "received_at": "Ngày, tháng, năm / Nhận hồ sơ",
        "due_at": "Ngày, tháng, năm / Hẹn trả kết quả",
        "handed_over_at": "Trả kết quả / Ngày nhận kết quả",
    }


@pytest.mark.parametrize(
    "written",
    [
        C_HEADER,
        [text.upper() for text in C_HEADER],
        [
            "so ho so",
            "Tên TTHC",
            "linh vuc",
            "ngày nhận",
            "hẹn trả",
            "hoàn thành",
            "đơn vị",
            "chu ho so",
            "so dien thoai",
            "can bo",
            "tình trạng",
        ],
    ],
)
def test_headers_match_by_synonym_with_and_without_accents(sources, written):
    header = find_header(numbered([written]), sources["igate"])
    assert header.fields == {
        "code": 0,
        "procedure_name": 1,
        "field_name": 2,
        "received_at": 3,
        "due_at": 4,
        "finished_at": 5,
        "unit_name": 6,
        "status": 10,
    }


def test_the_preferred_synonym_wins_and_no_column_serves_twice(sources):
    both = ["Số biên nhận", "Số hồ sơ", "Ngày tiếp nhận", "Đơn vị", "Trạng thái"]
    assert find_header(numbered([both]), sources["igate"]).fields["code"] == 1


def test_a_missing_required_column_is_named_with_what_there_is(sources):
    rows = numbered([[text for text in C_HEADER if text != "Trạng thái"]])
    with pytest.raises(
        Rejected, match=r"'Trạng thái' or 'Tình trạng' is missing.*line 1.*Số hồ sơ"
    ):
        require(find_header(rows, sources["igate"]), sources["igate"], rows)


def test_a_list_without_any_header_shows_none_of_its_cells(sources):
    rows = numbered([["Nguyễn Văn Ví Dụ", "0123"]])
    with pytest.raises(Rejected, match="no header found") as refusal:
        require(find_header(rows, sources["igate"]), sources["igate"], rows)
    assert "Ví Dụ" not in str(refusal.value)


@pytest.mark.parametrize(
    "line",
    [
        "(Từ ngày 01/09/2026 đến ngày 30/09/2026)",
        "tu ngay 1/9/2026 den ngay 30/9/2026",
        "(Từ  ngày 01/09/2026 đến ngày 30/09/2026)",
    ],
)
def test_the_period_is_read_from_the_title(sources, line):
    facts = facts_from([line], sources["one_stop_list"].title_patterns)
    assert (facts.first_day, facts.last_day) == (date(2026, 9, 1), date(2026, 9, 30))


def test_unit_and_moment_are_read_from_the_title(sources):
    facts = facts_from(
        ["SỔ THEO DÕI HỒ SƠ – UBND xã Mẫu", "Thời điểm xuất: 30/09/2026 17:30"],
        sources["register_book"].title_patterns,
    )
    assert facts.unit == "UBND xã Mẫu"
    assert facts.observed == datetime(2026, 9, 30, 17, 30)


def test_period_and_moment_are_read_from_the_name(sources):
    facts = facts_from(
        ["igate_xa_mau_20260901_20260930_20260930T1730.csv"], [sources["igate"].name_pattern]
    )
    assert (facts.first_day, facts.last_day) == (date(2026, 9, 1), date(2026, 9, 30))
    assert facts.observed == datetime(2026, 9, 30, 17, 30)


def test_a_date_that_does_not_exist_says_nothing(sources):
    facts = facts_from(
        ["Thời điểm xuất: 31/02/2026 17:30"], sources["one_stop_list"].title_patterns
    )
    assert facts.observed is None
