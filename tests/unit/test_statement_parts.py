"""Head, blocks, fuzzy spotting, noise: the parts that reading a statement is made of."""

import random
from datetime import date

import pytest

from orchestration.statements.head import ranges, read_head, stated_period
from orchestration.statements.layout import lay_out, plain
from orchestration.statements.ocr import error_rate, scan
from orchestration.statements.simulate import simulate
from orchestration.statements.spotting import Word, fold, similarity, spot


def concepts(text: str) -> list[str]:
    words = [Word(fold(word), place, False) for place, word in enumerate(plain(text).split())]
    return [span.concept for span in spot(words)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("trước hạn", "EARLY"),
        ("trudc han", "EARLY"),
        ("truéc han", "EARLY"),
        ("trudt han", "EARLY"),
        ("trong han", "WITHIN"),
        ("diung han", "ONTIME"),
        ("tré han", "LATE"),
        ("qud han", "LATE"),
        ("hd so", "DOSSIER"),
        ("HO so", "DOSSIER"),
        ("dang gidi quyet", "OPEN"),
        ("da xt Iy", "RESOLVED"),
        ("xép thir", "RANK"),
        ("cip x4", "COMMUNE_LEVEL"),
        ("Tiép nhdn", "RECEIVE"),
        ("buu chinh cong ich", "POSTAL"),
    ],
)
def test_a_damaged_phrase_is_found(text: str, concept: str) -> None:
    assert concepts(text) == [concept]


@pytest.mark.parametrize(
    "text", ["cơ sở vật chất", "toàn tỉnh", "một cửa liên thông", "thống kê số"]
)
def test_what_only_looks_like_a_concept_is_skipped(text: str) -> None:
    assert set(concepts(text)) == {"SKIP"}


def test_similarity_is_one_only_for_the_same_words() -> None:
    assert similarity("HO so", "ho so") == 1
    assert 0.5 < similarity("hd so", "ho so") < 1
    assert similarity("văn bản đến", "ho so") < 0.3


def test_plain_text_has_the_same_length() -> None:
    text = "Đã giải quyết đầy đủ – ﬁ “hồ sơ” 47,76%"
    assert len(plain(text)) == len(text)
    assert plain("Đã giải quyết") == "Da giai quyet"


def test_a_sentence_broken_by_a_page_stays_one_block() -> None:
    blocks = lay_out("- Số hồ sơ đã tiếp nhận\n\n\n\nqua mạng là 5 hồ sơ.\n- Số khác: 3.").blocks
    assert len(blocks) == 2


def test_line_numbers_count_every_line() -> None:
    text = lay_out("a\n\nb\r\nc 5")
    assert text.line_of(text.plain.index("5")) == 4


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("Kết quả tháng 10 năm 2023", date(2023, 10, 1), date(2023, 10, 31)),
        ("Kết quả quý III năm 2023", date(2023, 7, 1), date(2023, 9, 30)),
        ("Kết quả năm 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("Kết quả 9 tháng đầu năm 2023", date(2023, 1, 1), date(2023, 9, 30)),
        ("10 thang dAu nam", date(2023, 1, 1), date(2023, 10, 31)),
    ],
)
def test_a_title_names_the_period(title: str, first: date, last: date) -> None:
    bare = plain(title)
    period = stated_period(bare, 0, len(bare), 2023)
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "tu ngay 14 thang 9 nam 2023 den het ngay 12 thang 10 nam 2023",
        "tu ngay 14/9/2023 den ngay 12/10/2023",
        "(14/9/2023 - 12/10/2023)",
        "tu 14/9 den 12/10/2023",
        "tir ngay 14 thang 9 nim 2023 den hét ngay 12 thdng 10 narn 2023",
    ],
)
def test_an_explicit_range_is_read(text: str) -> None:
    bare = plain(text)
    ((_, period),) = ranges(bare, 0, len(bare))
    assert (period.first, period.last) == (date(2023, 9, 14), date(2023, 10, 12))


@pytest.mark.parametrize("text", ["tu ngay 31/2/2023 den ngay 1/3/2023", "1/1/2024 va 1/2/2024"])
def test_what_is_no_range_is_none(text: str) -> None:
    assert ranges(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("lines", "unit", "level"),
    [
        ("UBND TỈNH NAM HẢI\nUBND HUYỆN TÂN BÌNH    CỘNG HÒA XÃ HỘI", "HUYỆN TÂN BÌNH", "district"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG HÒA BÌNH", "PHƯỜNG HÒA BÌNH", "commune"),
        (" XA QUANG AN Doc 14p — Tu do — Hanh phic", "XA QUANG AN", "commune"),
        ("Ủy ban nhân dân xã Đại Lộc", "xã Đại Lộc", "commune"),
        ("UBND TỈNH NAM HẢI\nSỞ NỘI VỤ", "SỞ NỘI VỤ", "department"),
    ],
)
def test_the_office_that_wrote_it(lines: str, unit: str, level: str) -> None:
    head = read_head(lay_out(f"{lines}\nSố: 5/BC-UBND\nBÁO CÁO\nnăm 2023\n"))
    assert (head.unit, head.level) == (unit, level)
    assert head.document == "5/BC-UBND"


def test_no_noise_only_breaks_lines() -> None:
    text = "một hai ba " * 30
    assert scan(text, 0.0, random.Random(1)).split() == text.split()  # noqa: S311
    assert error_rate(text, text) == 0


def test_a_simulated_report_is_a_function_of_its_seed() -> None:
    assert simulate(5, 1.0) == simulate(5, 1.0)
    assert simulate(5).text != simulate(6).text
    assert simulate(11, failures=False).failures == ()
