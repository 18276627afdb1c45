"""One sentence, one figure: what the reader must understand without any other words around."""

import pytest

from orchestration.statements.reader import read_statement
from tests.statements.sayings import SAYINGS

_HEAD = """ỦY BAN NHÂN DÂN
XÃ TÂN LẬP
Số: 12/BC-UBND    ngày 20 tháng 4 năm 2024

BÁO CÁO
Kết quả kiểm soát thủ tục hành chính tháng 3 năm 2024

"""


@pytest.mark.parametrize("stated", SAYINGS)
def test_a_figure_is_read_in_every_wording(stated: str) -> None:
    code, *dims = stated.split("|")
    wanted = dict(dim.split("=") for dim in dims)
    if code == "procedures":
        wanted["level"] = "commune"
    for saying in SAYINGS[stated]:
        number = "87,65" if "%" in saying else "1.234"
        read = read_statement(_HEAD + saying.replace("#", number) + "\n", "x").figures
        assert [(f.code, dict(f.dims), f.level) for f in read] == [(code, wanted, "commune")], (
            saying
        )


SIBLINGS = {
    "Hồ sơ mới: Cổng DVC 12; Bộ phận Một cửa 8.": {"received_online": 12, "received_in_person": 8},
    "Đã giải quyết: Cổng DVC 5; BPMC 3.": {},
    "Phản ánh, kiến nghị tiếp nhận: Cổng DVC 5; BPMC 3.": {},
    "Tổng số hồ sơ trong kỳ: 20, gồm: mới tiếp nhận 15, kỳ trước chuyển sang 5.": {
        "received_total": 20, "received_new": 15, "carried_over": 5
    },
    "Tổng số hồ sơ trong kỳ: 20.": {},
    "Hồ sơ mới nộp tại quầy (36 hồ sơ), nộp qua bưu điện (01 hồ sơ), cộng lại là 37 hồ sơ.": {
        "received_in_person": 36, "received_postal": 1, "received_offline": 37
    },
    "Hồ sơ mới nộp tại quầy (36 hồ sơ), nộp qua bưu điện (01 hồ sơ), cộng lại là 38 hồ sơ.": {
        "received_in_person": 36, "received_postal": 1
    },
    "Có 08 hồ sơ đang giải quyết bị cảnh báo (đã quá hạn).": {"open_overdue": 8},
    "Giải ngân vốn hạ tầng đạt 60 triệu đồng, bằng 48% kế hoạch.": {
        "disbursed": 60, "disbursed_rate": 48
    },
    "Toàn bộ hồ sơ mới còn lại (13 hồ sơ) đều do người dân tự làm.": {},
}  # fmt: skip
"""What neighbours decide: the place of intake, sums, brackets; and what stays unread."""


@pytest.mark.parametrize("saying", SIBLINGS)
def test_a_number_is_read_only_where_its_neighbours_decide_what_it_counts(saying: str) -> None:
    read = read_statement(_HEAD + saying + "\n", "x").figures
    assert {f.code: f.value for f in read} == SIBLINGS[saying]
