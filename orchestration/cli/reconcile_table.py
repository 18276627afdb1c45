"""The table of ``hoso reconcile``: one row per finding; for people in Vietnamese words.

JSON and CSV keep the codes; the words are labels of the seeds.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from orchestration.settings import PROJECT_DIR

if TYPE_CHECKING:
    from orchestration.reconciling.compared import Compared
    from orchestration.reconciling.run import Reconciled
    from orchestration.statements.findings import Findings

Row = dict[str, Any]
_ORDER: Final = {
    **{"fails": 0, "contradiction": 1, "doubtful_reading": 2, "denominator": 3, "differs": 4},
    **{"holds": 5, "match": 6},
}
STATUS: Final = {
    "fails": "KHÔNG KHỚP",
    "contradiction": "MÂU THUẪN",
    "doubtful_reading": "đọc chưa chắc",
    "denominator": "lưu ý",
    "differs": "LỆCH",
    "holds": "khớp",
    "match": "đúng",
    "not_applicable": "không áp dụng",
}
LEVELS: Final = {
    "province": "tỉnh",
    "department": "sở",
    "district": "huyện",
    "commune": "xã",
    "all": "toàn bộ",
}
CAUSES: Final = {
    "duplicate": "hồ sơ trùng",
    "other_unit": "hồ sơ của đơn vị khác",
    "late_sync": "danh sách sau mới có",
    "rewritten": "bị sửa về sau",
    "rule_changed": "quy tắc đã đổi",
    "period_boundary": "ngày đầu hoặc cuối kỳ",
    "other_reading": "cách hiểu khác",
    "unexplained": "chưa rõ lý do",
}
_COLUMNS: Final = {
    "document": "báo cáo",
    "unit": "đơn vị",
    "level": "cấp",
    "period": "kỳ",
    "code": "mã",
    "status": "kết quả",
    "difference": "lệch",
    "what": "nội dung",
    "lines": "dòng",
}
_PHRASES: Final = {
    "the right side equals": "vế phải bằng",
    "not known:": "chưa biết:",
    "not stated:": "báo cáo không nêu:",
    "confirm the reading of": "xin xác nhận cách đọc",
    "depends on the denominator:": "tùy mẫu số:",
    " % of ": " % của ",
    " or ": " hay ",
    "par_index_change": "Mức tăng, giảm Chỉ số CCHC",
}
_WORD = re.compile(r"\b[a-z]+(?:_[a-z]+)*\b")


def reconciled_rows(result: "Reconciled") -> list[Row]:
    """Everything that was found, failures first, what does not apply last."""
    rows = [*_finding_rows(result.findings), *_figure_rows(result.figures)]
    return sorted(rows, key=lambda row: _ORDER.get(str(row["status"]), 9))


def is_wrong(row: Row) -> bool:
    """Whether somebody has to look at it."""
    return _ORDER.get(str(row["status"]), 9) <= _ORDER["differs"]


def in_words(row: Row) -> Row:
    """The same for a person."""
    words = dict(row)
    words["status"] = STATUS.get(row["status"], row["status"])
    words["level"] = LEVELS.get(row["level"], row["level"])
    words["period"] = _days(row["period"])
    what = row["what"]
    for phrase, meaning in _PHRASES.items():
        what = what.replace(phrase, meaning)
    words["what"] = _WORD.sub(lambda name: _labels().get(name[0], name[0]), what)
    return {title: words[name] for name, title in _COLUMNS.items()}


def counted(rows: Iterable[Row]) -> str:
    """How many of each, in one line."""
    numbers = Counter(STATUS.get(row["status"], row["status"]) for row in rows)
    order = [name for name in STATUS.values() if numbers[name]]
    return ", ".join(f"{numbers[name]} {name}" for name in order) or "Không có gì để đối chiếu."


def _days(period: str) -> str:
    days = [".".join(reversed(day.split("-"))) for day in period.split("..") if day]
    return "–".join(days)


@cache
def _labels() -> Mapping[str, str]:
    found = dict(CAUSES)
    for name, key in (
        *(("figure.csv", "figure"), ("composite_figure.csv", "figure")),
        ("reading.csv", "reading"),
    ):
        with (PROJECT_DIR / "seeds" / name).open(encoding="utf-8", newline="") as handle:
            found |= {row[key]: row["label_vi"] for row in csv.DictReader(handle)}
    return found


def _figure_rows(figures: "Sequence[Compared]") -> list[Row]:
    """Figures that differ or match; the others are in the JSON."""
    return [
        {
            "document": each.document,
            "unit": each.unit,
            "level": each.level,
            "period": str(each.period),
            "code": each.code,
            "status": each.status,
            "difference": each.difference,
            "what": f"{each.code}: báo cáo {each.stated}, tính được {each.computed}"
            + "".join(f"; {cause} {amount:+}" for cause, amount in each.causes.items())
            + (f" ({each.reading})" if each.reading else ""),
            "lines": str(each.line or ""),
        }
        for each in figures
        if each.status in {"match", "differs"}
    ]


def _finding_rows(findings: "Findings") -> list[Row]:
    rows: list[Row] = [
        {
            "document": result.document,
            "unit": result.unit,
            "level": result.level,
            "period": str(result.period or ""),
            "code": result.code,
            "status": result.status,
            "difference": result.difference,
            "what": f"{result.equation}{'; ' + result.note if result.note else ''}",
            "lines": " ".join(map(str, result.lines)),
        }
        for result in findings.identities
    ]
    rows += [
        {
            "document": item.document,
            "unit": item.unit,
            "level": item.level,
            "period": str(item.period or ""),
            "code": item.code,
            "status": "contradiction",
            "difference": None,
            "what": f"{item.code}: báo cáo nêu " + " và ".join(map(str, item.values)),
            "lines": " ".join(map(str, item.lines)),
        }
        for item in findings.contradictions
    ]
    rows += [
        {
            "document": remark.document,
            "unit": remark.unit,
            "level": remark.level,
            "period": "",
            "code": remark.code,
            "status": remark.kind,
            "difference": None,
            "what": remark.text,
            "lines": " ".join(map(str, remark.lines)),
        }
        for remark in findings.remarks
    ]
    return rows
