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
# what adds up to what, where nothing but the arithmetic says it
_PARTS: Final = {
    "received_total": (("received_new", "carried_over"),),
    "received_offline": (("received_in_person", "received_postal"),),
    "resolved_in_time": (("resolved_early", "resolved_on_time"),),
    "resolved_total": (
        ("resolved_early", "resolved_on_time", "resolved_late"),
        ("resolved_in_time", "resolved_late"),
    ),
    "open_total": (("open_in_time", "open_overdue"),),
    "feedback_received": (("feedback_handled", "feedback_open"),),
}
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


def summed(figures: Sequence[Figure]) -> list[Figure]:
    """Wholes that only their parts name ("tại quầy (36), qua bưu điện (1), cộng lại 37"): a figure
    without a code gets that whose parts stand right before or behind it and add up to it.

    One whose whole is already named nearby, or that nothing adds up to, is dropped.
    """
    out = []
    for place, figure in enumerate(figures):
        code = figure.code or _whole_of(figures, place)
        if figure.code:
            out.append(figure)
        elif code:
            out.append(replace(figure, code=code, confidence=min(figure.confidence, 0.75)))
    return out


def _whole_of(figures: Sequence[Figure], place: int) -> str:
    """The code of the whole whose parts are this figure's neighbours; empty for none or several."""
    whole = figures[place]
    near = figures[max(0, place - _REACH) : place + _REACH + 1]
    found = set()
    for code, every in _PARTS.items():
        if any(
            (other.code, other.level, other.period) == (code, whole.level, whole.period)
            for other in near
        ):
            continue
        for parts in every:
            for first in (place - len(parts), place + 1):
                chosen = figures[max(0, first) : first + len(parts)]
                if (
                    sorted(other.code for other in chosen) == sorted(parts)
                    and {(other.level, other.period) for other in chosen}
                    == {(whole.level, whole.period)}
                    and sum(other.value for other in chosen) == whole.value
                ):
                    found.add(code)
    return found.pop() if len(found) == 1 else ""


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
