"""The words of the simulated offices' reports: sentences of our own, three ways of writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.demo.province import Unit


_LIST = """\
1. Tổng số hồ sơ tiếp nhận trong kỳ: {received_total} hồ sơ. Trong đó:
- Số mới tiếp nhận: {received_new} hồ sơ (nộp trực tuyến: {online} hồ sơ);
- Số từ kỳ trước chuyển qua: {carried_over} hồ sơ.
2. Số hồ sơ đã giải quyết: {resolved_total} hồ sơ. Trong đó:
- Trước hạn: {resolved_early} hồ sơ;
- Đúng hạn: {resolved_on_time} hồ sơ;
- Quá hạn: {resolved_late} hồ sơ.
3. Số hồ sơ đang giải quyết: {open_total} hồ sơ. Trong đó:
- Trong hạn: {open_in_time} hồ sơ;
- Quá hạn: {open_overdue} hồ sơ.
4. Số hồ sơ trả lại do không đủ điều kiện: {returned} hồ sơ; số hồ sơ công dân xin rút:
{withdrawn} hồ sơ.
"""
_SENTENCES = """\
Trong tháng, đơn vị đã tiếp nhận {received_total} hồ sơ, trong đó tiếp nhận mới
{received_new} hồ sơ, từ kỳ trước chuyển sang {carried_over} hồ sơ. Số hồ sơ nộp trực tuyến là
{online} hồ sơ.

Đã giải quyết {resolved_total} hồ sơ, gồm: trước hạn {resolved_early} hồ sơ, đúng hạn
{resolved_on_time} hồ sơ, quá hạn {resolved_late} hồ sơ. Trả lại {returned} hồ sơ do không đủ
điều kiện giải quyết; công dân rút {withdrawn} hồ sơ.

Hiện đang giải quyết {open_total} hồ sơ, trong đó trong hạn {open_in_time} hồ sơ, quá hạn
{open_overdue} hồ sơ.
"""
_FORM = """\
a) Hồ sơ tiếp nhận: {received_total} hồ sơ (mới tiếp nhận trong kỳ: {received_new} hồ sơ; tồn
kỳ trước: {carried_over} hồ sơ); tiếp nhận trực tuyến: {online} hồ sơ.
b) Hồ sơ đã giải quyết: {resolved_total} hồ sơ (giải quyết trước hạn: {resolved_early} hồ sơ,
đúng hạn: {resolved_on_time} hồ sơ, trễ hạn: {resolved_late} hồ sơ).
c) Hồ sơ đang giải quyết: {open_total} hồ sơ (chưa đến hạn: {open_in_time} hồ sơ, quá hạn:
{open_overdue} hồ sơ).
d) Hồ sơ trả lại: {returned} hồ sơ. Hồ sơ rút: {withdrawn} hồ sơ.
"""
_BODIES = (_LIST, _SENTENCES, _FORM)


def text_of(unit: Unit, document: str, first: date, figures: Mapping[str, int]) -> str:
    """A report of one month; ``figures`` holds the codes of ``report_facts`` and ``online``."""
    after = (first + timedelta(days=31)).replace(day=1)
    named = unit.name.removeprefix("UBND ").upper()
    office = named if unit.level == "department" else f"ỦY BAN NHÂN DÂN\n{named}"
    said = {name: _count(value) for name, value in figures.items()}
    body = _BODIES[int(document.partition("/")[0]) % len(_BODIES)].format_map(said)
    return f"""{office}
Số: {document}
Ngày {after.day:02} tháng {after.month:02} năm {after.year}
BÁO CÁO
Kết quả tiếp nhận, giải quyết thủ tục hành chính tháng {first.month} năm {first.year}

{body}
Trên đây là báo cáo kết quả của tháng {first.month}; đề nghị cấp trên xem xét, tổng hợp./.
"""


def _count(value: int) -> str:
    return f"{value:02}" if value < 10 else f"{value:,}".replace(",", ".")
