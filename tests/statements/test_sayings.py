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
