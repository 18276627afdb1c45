"""What the head of a report says: its number, its office, its date, its period."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from orchestration.statements.layout import Text
from orchestration.statements.model import Period
from orchestration.statements.spotting import similarity

_DAY = "[Nn][Gg][adei4A]{1,2}[yY]"
_MONTH = "[Tt][Hh][adei4A]{1,2}[nN][gG]"
_YEAR = "[Nn][adei4A]{1,2}[mM]"
_DATE = rf"(?:{_DAY}\s*)?(\d{{1,2}})(?:\s?/\s?|\s*{_MONTH}\s*)(\d{{1,2}})(?:\s?/\s?|\s*,?\s*{_YEAR}\s*)(\d{{4}})"
_SHORT = rf"(?:{_DAY}\s*)?(\d{{1,2}})(?:\s?/\s?|\s*{_MONTH}\s*)(\d{{1,2}})"
_TO = r"\s*(?:-|,?\s*d[a-z]n(?:\s+h[a-z]t)?)\s*"

_RANGE = re.compile(rf"[Tt][a-z]{{1,2}}\s+{_DATE}{_TO}{_DATE}")
_SHORT_RANGE = re.compile(rf"[Tt][a-z]{{1,2}}\s+{_SHORT}{_TO}{_DATE}")
_FIRST_MONTHS = re.compile(
    rf"\b(\d{{1,2}})\s+{_MONTH}\s+d[a-z]{{1,2}}u\s+{_YEAR}(?:[^.;]{{0,60}}?{_YEAR})?\s*(\d{{4}})?",
    re.IGNORECASE,
)
_QUARTER = re.compile(rf"\bquy\s+(IV|I{{1,3}}|[1-4])\s*(?:/|,)?\s*(?:{_YEAR})?\s*(\d{{4}})", re.IGNORECASE)
_IN_MONTH = re.compile(rf"{_MONTH}\s*(\d{{1,2}})\s*(?:/|{_YEAR})\s*(\d{{4}})", re.IGNORECASE)
_IN_YEAR = re.compile(rf"{_YEAR}\s*(\d{{4}})", re.IGNORECASE)
_ISSUED = re.compile(rf"{_DAY}\s*(\d{{1,2}})\s*{_MONTH}\s*(\d{{1,2}})\s*{_YEAR}\s*(\d{{4}})", re.IGNORECASE)
_NUMBER = re.compile(r"\bS\S{0,2}\s*:?\s*(\d{1,5})\s*/\s*([A-Z][A-Za-z]*(?:\s?-\s?[A-Z][A-Za-z]*)*)")
_MOTTO = re.compile(
    r"\s+(?:[DPB]\S{1,3}\s+\S?[l1]\S?p|[DPB]\S{2}\s+[Ll1]\S{1,2}\b|CONG HOA|C\S{2,4} HO?A).*$"
)
_OFFICE = re.compile(
    r"\b(UBND\s+|UY BAN NHAN DAN\s+)?(HUYEN|THANH PHO|TP\.?|THI XA|QUAN|XA|PHUONG|THI TRAN|TINH|SO|DAC KHU)"
    r"\s+([A-Z][A-Z' -]*[A-Z])"
)
_LEVELS = {
    "TINH": "province", "SO": "department", "HUYEN": "district", "THANH PHO": "district",
    "TP": "district", "THI XA": "district", "QUAN": "district", "XA": "commune", "PHUONG": "commune",
    "THI TRAN": "commune", "DAC KHU": "commune",
}  # fmt: skip
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_HEAD_LINES = 16
_TITLE_CHARS = 900


@dataclass(frozen=True)
class Head:
    """``document`` is the number (``406/BC-UBND``), empty when the head has none."""

    document: str
    unit: str
    level: str
    issued_on: date | None
    period: Period | None


def read_head(text: Text) -> Head:
    """Number, office, level, date of issue and period of a report."""
    head_end = text.line_starts[min(_HEAD_LINES, len(text.line_starts) - 1)] or len(text.plain)
    if len(text.line_starts) <= _HEAD_LINES:
        head_end = len(text.plain)
    head = text.plain[:head_end]
    number = _NUMBER.search(head)
    document = re.sub(r"\s", "", f"{number[1]}/{number[2]}") if number else ""
    unit, level = _office(text, head_end)
    issued = _ISSUED.search(head)
    issued_on = _day(*issued.groups()) if issued else None
    return Head(document, unit, level, issued_on, _period(text, issued_on, issued))


def ranges(text: str, start: int, end: int) -> list[tuple[int, Period]]:
    """Explicit ranges "từ ngày … đến (hết) ngày …" with the place where each ends."""
    found: list[tuple[int, Period]] = []
    for match in _RANGE.finditer(text, start, end):
        first, last = _day(*match.groups()[:3]), _day(*match.groups()[3:])
        if first and last and first <= last:
            found.append((match.end(), Period(first, last)))
    for match in _SHORT_RANGE.finditer(text, start, end):
        day, month, *rest = match.groups()
        last = _day(*rest)
        first = _day(day, month, str(last.year)) if last else None
        if first and last:
            first = first if first <= last else first.replace(year=first.year - 1)
            found.append((match.end(), Period(first, last)))
    return found


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def month(number: int, of_year: int) -> Period | None:
    """The calendar month; ``None`` when there is no such month."""
    if not 1 <= number <= 12:
        return None
    return Period(date(of_year, number, 1), date(of_year, number, monthrange(of_year, number)[1]))


def quarter(mark: str, of_year: int) -> Period:
    """The calendar quarter I–IV."""
    first = 3 * (_ROMAN.get(mark.upper()) or int(mark)) - 2
    return Period(date(of_year, first, 1), date(of_year, first + 2, monthrange(of_year, first + 2)[1]))


def shifted(period: Period, years: int) -> Period:
    """The same period some years later (negative: earlier)."""
    return Period(_moved(period.first, years), _moved(period.last, years))


def stated_period(text: str, start: int, end: int, default_year: int | None) -> Period | None:
    """The period that a title or sentence names: months from January, quarter, month or year."""
    firsts = _FIRST_MONTHS.search(text, start, end)
    if firsts:
        of_year = int(firsts[2]) if firsts[2] else default_year
        months = int(firsts[1])
        if of_year and 1 <= months <= 12:
            return Period(date(of_year, 1, 1), date(of_year, months, monthrange(of_year, months)[1]))
    named = _QUARTER.search(text, start, end)
    if named:
        return quarter(named[1], int(named[2]))
    named = _IN_MONTH.search(text, start, end)
    if named:
        return month(int(named[1]), int(named[2]))
    named = _IN_YEAR.search(text, start, end)
    return year(int(named[1])) if named else None


def _period(text: Text, issued_on: date | None, issued: re.Match[str] | None) -> Period | None:
    """An explicit range anywhere, else what the title names; the date of issue is no period."""
    explicit = ranges(text.plain, 0, len(text.plain))
    if explicit:
        return explicit[0][1]
    default_year = issued_on.year if issued_on else None
    start = issued.end() if issued else 0
    title = re.search(r"\bBAO CAO\b|\bV/v\b", text.plain[:_TITLE_CHARS])
    if title and title.start() > start:
        start = title.end()
    period: Period | None = None
    for block in text.blocks:
        if block.end <= start:
            continue
        sentence = _without_dates(text.plain, max(block.start, start), block.end)
        found = stated_period(sentence, 0, len(sentence), default_year)
        if found:
            months = _FIRST_MONTHS.search(sentence)
            if months or period is None:
                period = found
            if months:
                break
        if block.start > start + 3 * _TITLE_CHARS:
            break
    return period


def _without_dates(text: str, start: int, end: int) -> str:
    """Dates with a day, and the years of plans and terms, name no period of a report."""
    part = re.sub(_DATE, " ", text[start:end])
    return re.sub(r"\d{4}\s*-\s*\d{4}", " ", part)


def _office(text: Text, head_end: int) -> tuple[str, str]:
    """The last office named in the letterhead: a superior stands above it."""
    unit, level = "", "district"
    for number, start in enumerate(text.line_starts[:_HEAD_LINES]):
        end = text.line_starts[number + 1] - 1 if number + 1 < len(text.line_starts) else len(text.raw)
        line = text.plain[start:end]
        if start >= head_end or re.match(r"[\s,]*BAO CAO|\s*S\S{0,2}\s*:", line):
            if unit:
                break
            continue
        stop = _MOTTO.search(line)
        kept = line[: stop.start()] if stop else line
        found = _OFFICE.search(kept)
        if found and similarity(found[0], "cong hoa xa hoi chu nghia viet nam") < 0.5:
            unit = text.raw[start + found.start(2) : start + found.end()].strip()
            level = _LEVELS[found[2].rstrip(".")]
    return unit, level


def _day(day: str, month_number: str, of_year: str) -> date | None:
    try:
        return date(int(of_year), int(month_number), int(day))
    except ValueError:
        return None


def _moved(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))
