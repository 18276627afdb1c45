"""What the head of a report says: its number, its office, its date, its period."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from orchestration.statements.calendar_words import (
    FULL_DATE,
    LOOSE_MONTH,
    LOOSE_YEAR,
    SHORT_DATE,
)
from orchestration.statements.layout import Text
from orchestration.statements.model import Period
from orchestration.statements.spotting import similarity

_DATE = re.compile(FULL_DATE)
# "đến (hết) (ngày)", or a dash
_TO = re.compile(r"\s*(?:-|,?\s*[dDpP]\S{1,2}(?:\s+[hb]\S{1,2})?)\s*(?:ng\S{1,2}\s*)?")
_SHORT_RANGE = re.compile(
    rf"[Tt][a-z]{{1,2}}\s+{SHORT_DATE}\s*(?:-|,?\s*d[a-z]n(?:\s+h[a-z]t)?)\s*{FULL_DATE}"
)
_FIRST_MONTHS = re.compile(
    rf"\b(\d{{1,2}})\s+{LOOSE_MONTH}\s+[dD]\S{{1,3}}\s+{LOOSE_YEAR}(?:[^.;]{{0,60}}?{LOOSE_YEAR})?\s*(\d{{4}})?"
)
_QUARTER = re.compile(
    rf"\b[Qq]\S[yYv]\s+([IVlT1]{{1,3}}|[1-4])\s*(?:/|,)?\s*(?:{LOOSE_YEAR})?\s*(\d{{4}})"
)
_IN_MONTH = re.compile(rf"{LOOSE_MONTH}\s*(\d{{1,2}})\s*(?:/|{LOOSE_YEAR})\s*(\d{{4}})")
_IN_YEAR = re.compile(rf"{LOOSE_YEAR}\s*(\d{{4}})", re.IGNORECASE)
_ISSUED = re.compile(rf"\d{{1,2}}\s*{LOOSE_MONTH}\s*\d{{1,2}}\s*{LOOSE_YEAR}\s*\d{{4}}")
_NUMBER = re.compile(
    r"(?:^|\s)[S58$]\S{0,2}\s*:?\s*(\d{1,5})\s*/\s*([A-Z][A-Za-z]*(?:\s?-\s?[A-Z][A-Za-z]*)*)"
)
_BEFORE_TITLE = re.compile(r"[\s,]*B\SO\s+C\SO\b|\s*[S58$]\S{0,2}\s*:")
_COLUMN_GAP = re.compile(r"(?<=\S)\s{3,}")
# an office may sound like half of one: "giáo dục và đào tạo", "độc lập tự do"
_LIKE_A_MOTTO = 0.65
_MOTTOES = ("doc lap tu do hanh phuc", "cong hoa xa hoi chu nghia viet nam")
_KINDS = {
    "huyen": "district", "thanh pho": "district", "thi xa": "district", "quan": "district",
    "tinh": "province", "so": "department", "xa": "commune", "phuong": "commune",
    "thi tran": "commune", "dac khu": "commune", "ban quan ly": "department",
}  # fmt: skip
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_HEAD_LINES = 16
# an office's name is shorter, and so is the motto
_OFFICE_WORDS, _MOTTO_CHARS = 14, 60
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
    lines = _head_lines(text)
    bare = text.digits
    head = bare[: lines[-1][1]]
    title = re.search(r"\bB\SO C\SO\b", head)
    head = head[: title.start()] if title else head
    number = _NUMBER.search(head)
    document = re.sub(r"\s", "", f"{number[1]}/{number[2]}") if number else ""
    unit, level = _office(text, lines)
    issued = _ISSUED.search(head)
    date_parts = re.match(FULL_DATE, issued.group()) if issued else None
    issued_on = _day(*date_parts.groups()) if date_parts else None
    return Head(document, unit, level, issued_on, _period(text, bare, issued_on, issued))


def ranges(text: str, start: int, end: int) -> list[tuple[int, Period]]:
    """Explicit ranges "từ ngày … đến (hết) ngày …" with the place where each ends."""
    found: list[tuple[int, Period]] = []
    dates = list(_DATE.finditer(text, start, end))
    for before, after in pairwise(dates):
        first, last = _day(*before.groups()), _day(*after.groups())
        if _TO.fullmatch(text, before.end(), after.start()) and first and last and first <= last:
            found.append((after.end(), Period(first, last)))
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
    roman = re.sub("[lT1]", "I", mark.upper()) if not mark.isdigit() or len(mark) > 1 else mark
    first = 3 * (_ROMAN.get(roman) or int(mark)) - 2
    return Period(
        date(of_year, first, 1), date(of_year, first + 2, monthrange(of_year, first + 2)[1])
    )


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
            return Period(
                date(of_year, 1, 1), date(of_year, months, monthrange(of_year, months)[1])
            )
    named = _QUARTER.search(text, start, end)
    if named:
        return quarter(named[1], int(named[2]))
    named = _IN_MONTH.search(text, start, end)
    if named:
        return month(int(named[1]), int(named[2]))
    named = _IN_YEAR.search(text, start, end)
    return year(int(named[1])) if named else None


def _head_lines(text: Text) -> list[tuple[int, int]]:
    starts = text.line_starts[:_HEAD_LINES]
    ends = [*text.line_starts[1 : _HEAD_LINES + 1], len(text.plain) + 1]
    return [(start, end - 1) for start, end in zip(starts, ends, strict=False)]


def _period(
    text: Text, bare: str, issued_on: date | None, issued: re.Match[str] | None
) -> Period | None:
    """An explicit range anywhere, else what the title names; the date of issue is no period."""
    explicit = ranges(bare, 0, len(bare))
    if explicit:
        return explicit[0][1]
    default_year = issued_on.year if issued_on else None
    title = re.search(r"\bB\SO C\SO\b|\bV/v\b", bare[:_TITLE_CHARS])
    start = title.end() if title else issued.end() if issued else 0
    period: Period | None = None
    for block in text.blocks:
        if block.end <= start:
            continue
        sentence = _without_dates(bare, max(block.start, start), block.end)
        found = stated_period(sentence, 0, len(sentence), default_year)
        months = _FIRST_MONTHS.search(sentence)
        if found and (months or period is None):
            period = found
        if months or block.start > start + 3 * _TITLE_CHARS:
            break
    return period


def _without_dates(text: str, start: int, end: int) -> str:
    """Dates with a day, and the years of plans and terms, name no period of a report."""
    part = re.sub(FULL_DATE, " ", text[start:end])
    return re.sub(r"\d{4}\s*-\s*\d{4}", " ", part)


def _office(text: Text, lines: list[tuple[int, int]]) -> tuple[str, str]:
    """The last office named above the number: a superior stands above it."""
    unit, level = "", "district"
    for start, end in lines:
        line = text.plain[start:end]
        if _BEFORE_TITLE.match(line):
            if unit:
                break
            continue
        places = [(m.start(), m.end()) for m in re.finditer(r"\S+", _COLUMN_GAP.split(line)[0])]
        places = places[: _motto_at(line, places)]
        words = [line[a:b] for a, b in places]
        for skipped in _skips(words):
            found = _kind(words[skipped:], skipped > 0)
            if found:
                unit = text.raw[start + places[skipped][0] : start + places[-1][1]]
                level = found
                break
    return unit, level


def _motto_at(line: str, places: list[tuple[int, int]]) -> int:
    """Index of the word where the second column begins: the state's name or its motto."""
    best, cut = _LIKE_A_MOTTO, len(places)
    for index, (start, _) in enumerate(places[:_OFFICE_WORDS]):
        rest = line[start : start + _MOTTO_CHARS]
        close = max(similarity(rest, motto) for motto in _MOTTOES)
        if close > best:
            best, cut = close, index
    return cut


def _skips(words: list[str]) -> list[int]:
    """Where an office's kind may begin: at once, behind "UBND", behind "Ủy ban nhân dân"."""
    skips = [0]
    if words and similarity(words[0], "ubnd") >= 0.75:
        skips.append(1)
    if len(words) > 4 and similarity(" ".join(words[:4]), "uy ban nhan dan") >= 0.75:
        skips.append(4)
    return [skip for skip in skips if len(words) > skip + 1]


def _kind(words: list[str], is_told: bool) -> str:
    """Level of the office that these words name, empty when they name none.

    A name begins with a capital; its kind too, unless "ủy ban nhân dân" before it tells.
    """
    best, level = 0.74, ""
    for kind, of_level in _KINDS.items():
        count = len(kind.split())
        close = similarity(" ".join(words[:count]), kind) if len(words) > count else 0.0
        named = all(word[:1].isupper() for word in words[count * is_told : count + 1])
        if close > best and named:
            best, level = close, of_level
    return level


def _day(day: str, month_number: str, of_year: str) -> date | None:
    try:
        return date(int(of_year), int(month_number), int(day))
    except ValueError:
        return None


def _moved(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))
