"""Which period a place in a block speaks of, where it is not the document's own."""

import re
from dataclasses import dataclass
from datetime import date

from orchestration.statements.calendar_words import LOOSE_MONTH, LOOSE_YEAR
from orchestration.statements.head import month, quarter, shifted, year
from orchestration.statements.model import Period

_IN_YEAR = re.compile(rf"\b{LOOSE_YEAR}\s*(?P<year>(?:19|20)\d\d)\b")
_IN_MONTH = re.compile(
    rf"\b[Tt]rong\s+{LOOSE_MONTH}\s*(\d{{1,2}})\s*(?:/|{LOOSE_YEAR})\s*(\d{{4}})"
)
_IN_QUARTER = re.compile(rf"\b[Qq]uy\s+(IV|I{{1,3}})\s*(?:/|{LOOSE_YEAR})\s*(\d{{4}})")
_AS_OF = re.compile(
    r"(?:thoi|thdi|th[a-z]{2,3})\s+di[a-z]{1,2}m\s+(?:ng[a-z]{2}\s+)?(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4})"
)
_BRACKET = re.compile(r"\s{0,2}\(")
_NOW = re.compile(r"\b[DPB][a-z]n nay\b|\b[Hh]i[a-z¢]{1,2}n nay\b")
_SAME_TERM = re.compile(
    r"\b[Cc][a-z]ng\s+k[yi]\b(?:\s+" + LOOSE_YEAR + r"\s*(\d{4}|tr[a-z]{2,4}))?"
)
_TO_DATE = re.compile(r"\b[Ll][uy]{1,2}\s+k[ae]\b")
# a year behind these words is not the sentence's period
_NOT_A_PERIOD = re.compile(
    r"(?:so\s+\S{2,4}|hoach|h[a-z]ch|giao|doan|tir|tu|den|tieu|Index|CCHC)\s*$"
)


@dataclass(frozen=True)
class PeriodSpan:
    """``period`` holds from ``start`` to ``end``; ``None`` goes back to the document's period."""

    start: int
    end: int
    period: Period | None


def period_spans(bare: str, start: int, end: int, default: Period | None) -> list[PeriodSpan]:
    """The periods named in a block, each to the end of its sentence or bracket."""
    spans: list[PeriodSpan] = []
    for match in _IN_YEAR.finditer(bare, start, end):
        of_year = int(match["year"])
        compared = _NOT_A_PERIOD.search(bare[max(start, match.start() - 24) : match.start()])
        # "so với năm 2020 (76,10%)": only what the bracket holds is of that year
        bracket = _BRACKET.match(bare, match.end(), end)
        if not compared or bracket:
            same = default is not None and of_year == default.last.year
            place = bracket.end() if compared and bracket else match.start("year")
            spans.append(_span(bare, place, end, None if same else year(of_year)))
    for match in _IN_MONTH.finditer(bare, start, end):
        spans.append(_span(bare, match.end(), end, month(int(match[1]), int(match[2]))))
    for match in _IN_QUARTER.finditer(bare, start, end):
        spans.append(_span(bare, match.end(), end, quarter(match[1], int(match[2]))))
    for match in _AS_OF.finditer(bare, start, end):
        day = _day(match)
        is_own = day is None or (default is not None and default.first <= day <= default.last)
        spans.append(
            _span(bare, match.end(), end, None if is_own or day is None else Period(day, day))
        )
    for match in _NOW.finditer(bare, start, end):
        spans.append(PeriodSpan(match.end(), end, None))
    if default is not None:
        for match in _TO_DATE.finditer(bare, start, end):
            first = date(default.last.year, 1, 1)
            spans.append(_span(bare, match.end(), end, Period(first, default.last)))
        for match in _SAME_TERM.finditer(bare, start, end):
            if not re.search(
                r"so\s+\S{2,4}\s*$", bare[max(start, match.start() - 8) : match.start()]
            ):
                named = match[1] if match[1] and match[1].isdigit() else ""
                years = int(named) - default.last.year if named else -1
                spans.append(_span(bare, match.end(), end, shifted(default, years)))
    return sorted(spans, key=lambda span: span.start)


def period_at(spans: list[PeriodSpan], place: int) -> Period | None:
    """The period that holds at a place; ``None``: the document's."""
    holding = [span for span in spans if span.start <= place < span.end]
    return holding[-1].period if holding else None


def _span(bare: str, start: int, end: int, period: Period | None) -> PeriodSpan:
    """To the closing bracket when within one, else to the end of the sentence."""
    depth = bare.count("(", max(0, start - 200), start) - bare.count(
        ")", max(0, start - 200), start
    )
    for place in range(start, end):
        ch = bare[place]
        depth += (ch == "(") - (ch == ")")
        if depth < 0:
            return PeriodSpan(start, place, period)
        if ch == ")" and depth == 0 and "(" not in bare[start:place]:
            return PeriodSpan(start, place, period)
        if ch == "." and re.match(r"\.\s+[A-Z]", bare[place : place + 4]):
            return PeriodSpan(start, place, period)
    return PeriodSpan(start, end, period)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
