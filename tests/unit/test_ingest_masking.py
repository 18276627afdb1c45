"""A cell that could not be read is shown without a name or a number that may be a person's."""

import pytest

from orchestration.ingest.masking import (
    HIDDEN,
    IMPOSSIBLE_DATE,
    UNMAPPED_STATUS,
    masked_sql,
    of_known_words,
)
from orchestration.ingest.scratch import scratch


@pytest.fixture
def shown(settings):
    """A cell as it is shown, for a reason."""
    with scratch(settings, "test") as work:

        def ask(cell, reason):
            sql = masked_sql("problem.cell", "problem.reason")
            work.run("create or replace table one as select {'cell': ?, 'reason': ?} as problem",
                     [cell, reason])  # fmt: skip
            return work.one(f"select {sql} from one")[0]

        yield ask


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2026",
        "2026-02-31 08:00:00",
        "2026-02-31T08:00:00Z",
        "31.02.2026",
        "ngày 31 tháng 02 năm 2026",
        "20260231080000",
        "99999",
        None,
    ],
)
def test_what_is_nearly_a_date_is_shown_in_full(shown, cell):
    assert shown(cell, IMPOSSIBLE_DATE) == cell


@pytest.mark.parametrize("cell", ["Nguyễn Văn Mẫu", "ông Mẫu", "chưa có", "31/02 gọi bà Hoa"])
def test_words_in_the_place_of_a_date_are_hidden(shown, cell):
    assert shown(cell, IMPOSSIBLE_DATE) == HIDDEN


@pytest.mark.parametrize("reason", [IMPOSSIBLE_DATE, UNMAPPED_STATUS, "not a number"])
@pytest.mark.parametrize(
    "cell", ["099000000123", "+84912000000", "0912 000 000", "090.000.0000", "099 000 000 123"]
)
def test_numbers_of_people_are_hidden_everywhere(shown, reason, cell):
    assert shown(cell, reason) == HIDDEN


def test_of_a_longer_text_the_number_alone_is_hidden(shown):
    assert shown("Chờ gọi 0912000000", UNMAPPED_STATUS) == f"Chờ gọi {HIDDEN}"
    assert shown("hỏi mau@example.vn nhé", UNMAPPED_STATUS) == f"hỏi {HIDDEN} nhé"


@pytest.mark.parametrize(
    "cell",
    [
        "Nguyễn Văn Mẫu",
        "NGUYỄN VĂN MẪU",
        "Bà Mẫu",
        "Trần Thị Mẫu (con)",
        "Ghi chú: gọi Lê Mẫu sau",
        "H\u1ed3 V\u0103n M\u1eabu",
    ],
)
def test_names_are_hidden(shown, cell):
    assert shown(cell, UNMAPPED_STATUS) == HIDDEN


@pytest.mark.parametrize(
    "cell",
    [
        "Chờ luân chuyển nội bộ (mã 47)",
        "Đã Trả Kết Quả",
        "ĐANG XỬ LÝ",
        "HỒ SƠ MỚI",
        "Hồ Sơ Đang Chờ",
        "Cho bo sung",
        "Lý do khác",
    ],
)
def test_a_status_that_no_map_knows_is_shown_for_somebody_has_to_map_it(shown, cell):
    assert shown(cell, UNMAPPED_STATUS) == cell


def test_a_mail_shows_of_an_unmapped_status_only_what_statuses_say():
    known = {"da", "tra", "ket", "qua"}
    assert of_known_words("Đã trả  kết quả", known) == "Đã trả  kết quả"
    assert of_known_words("Mẫu trả kết quả", known) == HIDDEN
    assert of_known_words(None, known) is None
