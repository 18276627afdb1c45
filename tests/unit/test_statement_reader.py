"""Sentences of reports → figures: own sentences, one promise a test."""

from decimal import Decimal

import pytest

from orchestration.statements.model import Figure, Statement
from orchestration.statements.reader import read_statement

HEAD = """ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN TÂN BÌNH         Độc lập - Tự do - Hạnh phúc
Số: 21/BC-UBND         Tân Bình, ngày 02 tháng 4 năm 2024

BÁO CÁO
Công tác kiểm soát thủ tục hành chính quý I năm 2024

"""


def read(body: str) -> Statement:
    return read_statement(HEAD + body, "a.txt")


def stated(body: str) -> list[tuple[str, str, Decimal]]:
    return [(f.code, f.level, f.value) for f in read(body).figures]


def only(body: str) -> Figure:
    (figure,) = read(body).figures
    return figure


@pytest.mark.parametrize(
    ("sentence", "code", "value"),
    [
        ("Tổng số hồ sơ đã tiếp nhận trong kỳ: 1.204 hồ sơ.", "received_total", 1204),
        ("Đơn vị tiếp nhận 512 hồ sơ.", "received_total", 512),
        ("Số hồ sơ mới tiếp nhận: 431 hồ sơ.", "received_new", 431),
        ("Hồ sơ từ kỳ trước chuyển sang: 67 hồ sơ.", "carried_over", 67),
        ("Tiếp nhận trực tuyến 300 hồ sơ.", "received_online", 300),
        ("Hồ sơ nộp trực tiếp và qua dịch vụ bưu chính: 21 hồ sơ.", "received_offline", 21),
        ("Trả kết quả qua dịch vụ bưu chính công ích: 45 hồ sơ.", "returned_by_post", 45),
        ("Đã giải quyết: 371 hồ sơ.", "resolved_total", 371),
        ("Giải quyết trước hạn: 347 hồ sơ.", "resolved_early", 347),
        ("Đã giải quyết đúng hạn 24 hồ sơ.", "resolved_on_time", 24),
        ("Giải quyết trước và đúng hạn 371 hồ sơ.", "resolved_in_time", 371),
        ("Có 06 hồ sơ giải quyết quá hạn.", "resolved_late", 6),
        ("Số hồ sơ đang giải quyết: 88 hồ sơ.", "open_total", 88),
        ("Hồ sơ đang giải quyết trong hạn: 80 hồ sơ.", "open_in_time", 80),
        ("Số hồ sơ đang giải quyết quá hạn: 08 hồ sơ.", "open_overdue", 8),
        ("Hồ sơ quá hạn: 23 hồ sơ.", "overdue_unspecified", 23),
        ("Hồ sơ đang tạm dừng: 28 hồ sơ.", "open_halted", 28),
        ("Hồ sơ chờ bổ sung: 9 hồ sơ.", "open_awaiting_supplement", 9),
        ("Hồ sơ trả lại do không đủ điều kiện giải quyết: 255 hồ sơ.", "returned", 255),
        ("Công dân rút hồ sơ: 02 hồ sơ.", "withdrawn", 2),
        ("Tỷ lệ số hóa hồ sơ khi tiếp nhận đạt 96,70%.", "digitised_intake_rate", "96.70"),
        ("Tỷ lệ số hóa kết quả giải quyết TTHC: 97,4%.", "digitised_result_rate", "97.4"),
        ("Tỷ lệ thanh toán trực tuyến đạt 45%.", "online_payment_rate", 45),
        ("Tỷ lệ hài lòng của người dân đạt 99%.", "satisfaction_rate", 99),
        ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%.", "on_time_rate", "98.5"),
        ("Số phản ánh, kiến nghị đã tiếp nhận: 03 PAKN.", "feedback_received", 3),
        ("Số phản ánh, kiến nghị đang xử lý: 01 PAKN.", "feedback_open", 1),
        ("Đã ban hành 506 văn bản đi.", "documents_out", 506),
        ("Giải ngân vốn đầu tư đạt 72.445 triệu đồng.", "disbursed", 72445),
        ("Có 15 lĩnh vực TTHC thường xuyên phát sinh hồ sơ.", "fields_with_dossiers", 15),
    ],
)
def test_a_sentence_states_its_figure(sentence: str, code: str, value: int | str) -> None:
    figure = only(sentence)
    assert (figure.code, figure.value) == (code, Decimal(value))
    assert figure.level == "district"
    assert str(figure.period) == "2024-01-01..2024-03-31"


@pytest.mark.parametrize(
    "sentence",
    [
        "Số hồ sơ tăng 25 hồ sơ so với cùng kỳ.",
        "Bộ phận một cửa có 5 máy tính, 2 máy in.",
        "Đã đăng 15 tin bài tuyên truyền.",
        "Thực hiện 3 không trong giải quyết thủ tục hành chính.",
    ],
)
def test_a_number_of_something_else_is_unread_not_guessed(sentence: str) -> None:
    statement = read(sentence)
    assert statement.figures == ()
    assert statement.numbers.unread > 0
    assert statement.unread[0].line == 8


def test_ocr_damage_of_the_same_sentence_changes_nothing() -> None:
    clean = "+ Số lượng hồ sơ đã giải quyết: 371 hồ sơ (Trong đó, giải quyết trước hạn: 347 hồ sơ, "
    clean += "đúng hạn: 24 hồ sơ, trễ hạn: 00 hồ sơ)."
    damaged = (
        "+ 86 luong hd so da gidi quyet: 371 ho\n5o (Trong d6, giai quyét trudc han:347 h6 so, "
    )
    damaged += "ding han: 24 hé so, tré han: O0 ho so)."
    assert stated(damaged) == stated(clean)
    assert [code for code, _, _ in stated(clean)] == [
        "resolved_total", "resolved_early", "resolved_on_time", "resolved_late",
    ]  # fmt: skip


def test_late_belongs_to_the_group_that_its_head_opened() -> None:
    body = """- Đã giải quyết: 371 hồ sơ, trong đó:
+ Trước hạn: 347;
+ Quá hạn: 24.
- Đang giải quyết: 88 hồ sơ, trong đó:
+ Trong hạn: 80;
+ Quá hạn: 8.
"""
    assert stated(body) == [
        ("resolved_total", "district", 371),
        ("resolved_early", "district", 347),
        ("resolved_late", "district", 24),
        ("open_total", "district", 88),
        ("open_in_time", "district", 80),
        ("open_overdue", "district", 8),
    ]


def test_a_section_sets_the_level_until_the_next_heading() -> None:
    body = """1. Kết quả giải quyết
- Cấp huyện:
+ Đã giải quyết: 10 hồ sơ.
- Cấp xã:
+ Đã giải quyết: 20 hồ sơ.
2. Phản ánh, kiến nghị
- Số phản ánh, kiến nghị đã tiếp nhận: 3 PAKN.
"""
    assert stated(body) == [
        ("resolved_total", "district", 10),
        ("resolved_total", "commune", 20),
        ("feedback_received", "district", 3),
    ]


def test_a_count_with_parts_of_two_levels_is_the_whole_of_both() -> None:
    body = "Tiếp nhận trực tuyến 142 hồ sơ (141 hồ sơ cấp huyện và 01 hồ sơ cấp xã)."
    assert stated(body) == [
        ("received_online", "all", 142),
        ("received_online", "district", 141),
        ("received_online", "commune", 1),
    ]


def test_a_figure_carries_its_own_period() -> None:
    figures = read(
        "Chỉ số CCHC của huyện đạt 83,30% (năm 2023: 63,19%), tăng 20,11% so với năm 2023."
    ).figures
    assert [(f.code, f.value, str(f.period)) for f in figures] == [
        ("par_index", Decimal("83.30"), "2024-01-01..2024-03-31"),
        ("par_index", Decimal("63.19"), "2023-01-01..2023-12-31"),
        ("par_index_change", Decimal("20.11"), "2024-01-01..2024-03-31"),
    ]


def test_the_same_term_of_the_year_before_and_a_running_total_have_their_periods() -> None:
    figures = read(
        "Cùng kỳ năm 2023 tiếp nhận 150 hồ sơ.\nLũy kế từ đầu năm tiếp nhận 180 hồ sơ."
    ).figures
    assert [(f.value, str(f.period)) for f in figures] == [
        (150, "2023-01-01..2023-03-31"),
        (180, "2024-01-01..2024-03-31"),
    ]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Hồ sơ trễ hạn: không có.", "overdue_unspecified"),
        ("Trong kỳ không có hồ sơ giải quyết quá hạn.", "resolved_late"),
        ("Số phản ánh, kiến nghị từ kỳ trước chuyển qua: Không có.", "feedback_carried_over"),
        ("Việc trả kết quả qua dịch vụ bưu chính công ích chưa có.", "returned_by_post"),
        ("Trong quý không phát sinh phản ánh, kiến nghị.", "feedback_received"),
    ],
)
def test_none_in_words_is_zero(sentence: str, code: str) -> None:
    figure = only(sentence)
    assert (figure.code, figure.value) == (code, 0)
    assert read(sentence).numbers.read == 1


def test_none_in_prose_is_no_figure() -> None:
    assert stated("Không có trường hợp cán bộ gây phiền hà; quy trình không có thay đổi.") == []


def test_a_one_before_a_number_may_be_a_misread_word_and_is_doubtful() -> None:
    figure = only("Trả kết quả qua dịch vụ bưu chính công ích 1 231 hồ sơ.")
    assert figure.value == 231
    assert figure.alternatives == (231, 1231)
    assert figure.qualifier == "doubtful"
    assert figure.tokens == ("1", "231")
    assert figure.confidence <= 0.5


def test_a_blank_between_thousands_is_no_doubt() -> None:
    figure = only("Tiếp nhận: 22 725 hồ sơ.")
    assert (figure.value, figure.alternatives) == (22725, ())
    assert only("Tiếp nhận: 1. 387 hồ sơ.").value == 1387


def test_a_rank_says_of_what_and_out_of_how_many() -> None:
    figures = read("+ Hồ sơ quá hạn: 23 hồ sơ, xếp thứ 8/12 toàn tỉnh.").figures
    assert [(f.code, f.value, dict(f.dims)) for f in figures] == [
        ("overdue_unspecified", 23, {}),
        ("rank", 8, {"of": "overdue_unspecified", "out_of": "12"}),
    ]


def test_a_target_is_not_what_was_reached() -> None:
    figures = read("Chỉ tiêu: tỷ lệ hồ sơ trực tuyến phấn đấu đạt 70%; kết quả đạt 75,76%.").figures
    assert [(f.code, dict(f.dims), f.value) for f in figures] == [
        ("target", {"of": "online_rate"}, 70),
        ("online_rate", {}, Decimal("75.76")),
    ]


def test_procedures_by_sector_in_brackets() -> None:
    figures = read(
        "- Số lượng TTHC cấp huyện (bao gồm cả ngành dọc), gồm: 340 TTHC, trong đó Công an (08), "
        "Bảo hiểm xã hội (63), thủ tục hành chính cấp huyện (269)."
    ).figures
    assert [(f.value, f.dims.get("sector")) for f in figures] == [
        (340, None),
        (8, "police"),
        (63, "social_insurance"),
        (269, "district"),
    ]


def test_named_parts_of_a_list_count_one_each() -> None:
    figures = read(
        "Số đơn vị sự nghiệp công lập do Nhà nước đảm bảo chi thường xuyên: 30 đơn vị (Trong đó: "
        "27 trường Tiểu học, Trung tâm văn hóa, Đài phát thanh, Hạt giao thông)."
    ).figures
    assert [f.value for f in figures] == [30, 27, 3]
    assert figures[2].qualifier == "counted"


def test_a_report_without_its_own_number_is_called_by_its_file() -> None:
    statement = read_statement("Đã giải quyết: 3 hồ sơ.", "quy1.txt")
    assert statement.document == "quy1.txt"
    assert statement.period is None
    assert [f.value for f in statement.figures] == [3]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "   ", "%%%", "((((", "0" * 5000, "1/" * 500, ":" * 99]
)
def test_no_text_is_a_crash(text: str) -> None:
    numbers = read_statement(text, "x").numbers
    assert numbers.total == sum(numbers.as_json().values()) - numbers.total


def test_json_has_the_contract_s_keys() -> None:
    body = read("Đã giải quyết: 371 hồ sơ.").as_json()
    assert body.keys() == {"document", "figures", "unread", "numbers"}
    assert body["figures"][0].keys() >= {
        "code", "unit", "level", "dims", "period", "value", "unit_of_measure", "qualifier", "text",
        "line", "confidence", "tokens",
    }  # fmt: skip
    assert body["numbers"].keys() == {
        "total", "read", "unread", "dates", "references", "list_marks", "misread_words",
    }  # fmt: skip
    assert body["figures"][0]["value"] == 371
    assert body["figures"][0]["line"] == 8


@pytest.mark.parametrize("mark", ["-", "+", "*", "~", "_", "•", "a)", "1.", "1.1", "I."])
def test_any_bullet_that_a_scan_gives_below_a_level_is_read(mark: str) -> None:
    text = (
        "Ủy ban nhân dân\nHUYỆN BÌNH AN\nSố: 5/BC-UBND\nBÁO CÁO\nnăm 2023\n\n"
        f"* Đối với cấp xã:\n{mark} Đã giải quyết: 371 hồ sơ.\n"
    )
    assert [figure.value for figure in read_statement(text, "x").figures] == [371]
