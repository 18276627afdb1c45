"""Figures that only their neighbours settle: "tiếp nhận" beside a stated total. Pure.

"Hồ sơ tiếp nhận trong kỳ: 12; kỳ trước chuyển sang: 3; tổng cộng: 15": what was received stands for
the new ones, as the total of both is named apart. Alone it stands for all (figures.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from orchestration.statements.model import Figure

# figures that far apart are of two tellings
_REACH: Final = 4
_TOTALS: Final = frozenset(
    {
        *("received_total", "received_new", "resolved_total", "open_total"),
        *("feedback_received", "feedback_handled"),
    }
)


def settled(figures: Sequence[Figure], bare: Collection[int]) -> list[Figure]:
    """The figures; ``bare``: where numbers stand that are only said to be received, with no word of
    a total or of what had to be handled.
    """
    out = list(figures)
    for place, figure in enumerate(out):
        if figure.code != "received_total" or not set(figure.positions) & set(bare):
            continue
        near = [
            other
            for other in out[max(0, place - _REACH) : place + _REACH + 1]
            if other is not figure and other.level == figure.level and other.period == figure.period
        ]
        carried = any(other.code == "carried_over" for other in near)
        whole = any(
            other.code == "received_total"
            and other.value >= figure.value
            and not set(other.positions) & set(bare)
            for other in near
        )
        if carried and whole and not any(other.code == "received_new" for other in near):
            out[place] = replace(figure, code="received_new")
    return out


def unrepeated(figures: Sequence[Figure], plain: Collection[int]) -> list[Figure]:
    """The figures of one block without a total's misread parts.

    "Đã giải quyết 90 hồ sơ, số hoàn tất ngay trong buổi là 12": a second, smaller value of a total,
    said with words that are not known, is a part of it and stays unread. ``plain``: where numbers
    stand of which every word is known; they are kept, whatever they contradict.
    """
    out = []
    for figure in figures:
        larger = any(
            other.value > figure.value
            and (other.code, other.level, other.period, dict(other.dims))
            == (figure.code, figure.level, figure.period, dict(figure.dims))
            for other in figures
        )
        is_part = figure.code in _TOTALS and larger and not set(figure.positions) & set(plain)
        if not is_part:
            out.append(figure)
    return out
