"""Number tokens: what each is, and what it is worth."""

from decimal import Decimal

import pytest

from orchestration.statements.layout import lay_out
from orchestration.statements.numbers import (
    DATE,
    LIST_MARK,
    MISREAD,
    NUMBER,
    REFERENCE,
    number_tokens,
    parse,
)


def kinds(text: str) -> list[tuple[str, str]]:
    laid = lay_out(text)
    return [
        (token.text, token.kind) for block in laid.blocks for token in number_tokens(laid, block)
    ]


@pytest.mark.parametrize(
    ("token", "percent", "value"),
    [
        ("1.387", False, "1387"),
        ("22.725", False, "22725"),
        ("1,387", False, "1387"),
        ("00", False, "0"),
        ("03", False, "3"),
        ("96,70", True, "96.70"),
        ("97.415", True, "97.415"),
        ("93,5", True, "93.5"),
        ("1.234.567", False, "1234567"),
        ("1.234,56", False, "1234.56"),
        ("3.4", False, "3.4"),
    ],
)
def test_a_written_number_has_its_value(token: str, percent: bool, value: str) -> None:
    assert parse(token, percent) == Decimal(value)


@pytest.mark.parametrize("token", ["1.2.3", "12,3456,7", "", "a"])
def test_what_is_no_number_has_no_value(token: str) -> None:
    assert parse(token, False) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 05 tháng 12 năm 2022", [("05", DATE), ("12", DATE), ("2022", DATE)]),
        ("từ 5/12/2022 đến", [("5/12/2022", DATE)]),
        ("giai đoạn 2021-2025", [("2021", DATE), ("2025", DATE)]),
        ("Quyết định 448/QD-UBND", [("448", REFERENCE)]),
        ("Nghị định số 61/2018/NĐ-\nCP ngày", [("61/2018", REFERENCE)]),
        ("dịch vụ công mức độ 3, 4 đạt", [("3", REFERENCE), ("4", REFERENCE)]),
        ("tiêu chuẩn ISO 9001:2015 vào", [("9001", REFERENCE), ("2015", REFERENCE)]),
        ("2.1. Công tác chung", [("2.1", LIST_MARK)]),
        ("nhóm: (1) Liên thông", [("1", LIST_MARK)]),
        ("nhất 13 tập trung", [("13", MISREAD)]),
        ("Tỷ 18 hồ sơ đạt", [("18", MISREAD)]),
        ("S6 lượng hồ sơ", [("S6", MISREAD)]),
        ("+ 86 lượng hồ sơ: 3", [("86", MISREAD), ("3", NUMBER)]),
        ("có 08/23 xã", [("08/23", NUMBER)]),
        ("đạt 47,76% kế hoạch", [("47,76", NUMBER)]),
        ("hạn:1.127 hồ sơ", [("1.127", NUMBER)]),
        ("có O3 hồ sơ", [("O3", NUMBER)]),
    ],
)
def test_a_token_has_its_class(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_a_repaired_number_has_its_value_and_says_so() -> None:
    laid = lay_out("có O3 hồ sơ")
    (token,) = number_tokens(laid, laid.blocks[0])
    assert token.values == (3,)
    assert token.repaired


def test_a_number_wrapped_to_the_next_line_is_no_list_mark() -> None:
    long_line = "Tổng số hồ sơ phản ánh về quy định hành chính của các cơ quan là"
    assert kinds(f"{long_line}\n12. Trong đó có nhiều loại") == [("12", NUMBER)]
