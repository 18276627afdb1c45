"""What `hoso reconcile` shows to a person at nine on Monday: what is wrong, in Vietnamese."""

import pytest

from orchestration.cli import app
from orchestration.cli.reconcile_table import CAUSES, in_words
from orchestration.reconciling import causes, computed


@pytest.fixture
def shown(home, capsys):
    """Run a command; gives the lines of its table and what it said."""
    del home

    def run(*argv):
        app(["reconcile", *argv], standalone_mode=False)
        out, err = capsys.readouterr()
        return out.splitlines(), err

    return run


def test_without_a_document_only_what_is_wrong_is_shown_and_the_rest_is_counted(shown):
    lines, said = shown()
    of_five = ("KHÔNG KHỚP", "MÂU THUẪN", "đọc chưa chắc", "lưu ý")
    assert [sum(f"  {word}  " in line for line in lines) for word in of_five] == [8, 2, 1, 1]
    assert len(lines) == 2 + 12
    assert said.startswith("8 KHÔNG KHỚP, 2 MÂU THUẪN, 1 đọc chưa chắc, 1 lưu ý, ")
    assert "hoso reconcile --all" in said


def test_all_and_one_document_show_what_holds_too(shown):
    everything, _ = shown("--all")
    one, _ = shown("--document", "321/BC-UBND")
    for lines in (everything, one):
        sums = [line for line in lines if "  khớp  " in line]
        assert any("Đang giải quyết 88 = Đang giải quyết trong hạn 88" in line for line in sums)


def test_a_failure_is_told_in_the_words_of_the_forms(shown):
    lines, _ = shown("--document", "321/BC-UBND")
    assert any(
        "Tổng số nhận giải quyết 498 = Đã giải quyết 371 + Đang giải quyết 88" in line
        for line in lines
    )


def test_a_difference_is_told_with_its_causes_and_reading():
    row = {
        **{"document": "1/BC", "unit": "xã A", "level": "commune", "code": "resolved_total"},
        **{"period": "2026-01-01..2026-01-31", "status": "differs", "difference": -1, "lines": "8"},
        "what": "resolved_total: báo cáo 5, tính được 4; late_sync +1; other_reading -2"
        " (with_returned)",
    }
    assert in_words(row)["nội dung"] == (
        "Đã giải quyết: báo cáo 5, tính được 4; danh sách sau mới có +1; cách hiểu khác -2"
        " (Tính cả hồ sơ trả lại và rút là đã giải quyết)"
    )
    assert in_words(row)["kỳ"] == "01.01.2026–31.01.2026"


def test_every_cause_has_words():
    assert set(CAUSES) >= {
        *(computed.DUPLICATE, computed.OTHER_UNIT, computed.LATE_SYNC, computed.REWRITTEN),
        *(causes.PERIOD_BOUNDARY, causes.OTHER_READING, causes.UNEXPLAINED),
    }
