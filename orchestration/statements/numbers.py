"""Number tokens of a report and what each of them is, before anything is understood.

A *number token* is a run of characters without blanks or brackets that holds a digit
(``1.387``, ``08/23``, ``96,70%``, ``s6``, the ``448`` of ``448/QĐ-UBND``). Each gets one class;
what is left as ``number`` is a quantity that the grammar reads or that stays unread.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.statements.calendar_words import (
    DAY,
    FULL_DATE,
    LOOSE_MONTH,
    LOOSE_YEAR,
    MONTH,
    YEAR,
)
from orchestration.statements.layout import Block, Text

DATE, REFERENCE, LIST_MARK, MISREAD, NUMBER = "date", "reference", "list_mark", "misread", "number"

_DAY, _MONTH, _YEAR = DAY, MONTH, YEAR
_LETTERS = r"[A-Z][A-Za-z&]*"

# first match wins; each is tried on the accent-stripped text of a block
_SPANS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        # numbers of documents: 448/QĐ-UBND, 61/2018/NĐ-⏎CP, 788/2019/NQ-UBTVQH14, 83/2015/QH13
        (REFERENCE, rf"\d+\s*/\s*(?:\d{{4}}\s*/\s*)?{_LETTERS}(?:\s?[-–/]\s*{_LETTERS}\d*)*\d*"),
        (REFERENCE, r"[I1l]SO\s*[/\d][\d\s:]*\d"),
        (REFERENCE, r"[Cc]ovid\s?-?\s?19"),
        (
            REFERENCE,
            r"\b(?:[Dd]e an|[Mm]au(?: so)?|[Pp]hu luc|[Bb]ieu(?: so)?|[Dd]ieu|[Kk]hoan)"
            r"\s+\d{1,3}\b(?!\s*%)",
        ),
        (REFERENCE, r"[Tt]ong d[a-z]i[^.;:0-9]{0,40}\d{3,}"),
        # levels of online service: "mức độ 3, 4", "mức độ 3 và mức độ 4"
        (
            REFERENCE,
            r"\b(?:m|rn)[a-z0-9¢]{1,4}\s+[d3][a-z0-9§]{1,2}\s?[34]\b"
            r"(?:\s?(?:,|\.|va)\s?(?:(?:m|rn)[a-z0-9¢]{1,4}\s+[d3][a-z0-9§]{1,2}\s)?[34]\b)?",
        ),
        (REFERENCE, r"(?<=cong )3\s?,\s?4\b"),
        # thresholds in the definition of a class: "đạt từ 70% số điểm trở lên", "mức 70% số điểm"
        (REFERENCE, r"\d+\s?%\s+s[ob6d]?\s+di[a-z]m(?:\s+tr[a-z0-9&]{1,2}\s+[1l]en)"),
        (DATE, FULL_DATE),
        (DATE, rf"{_DAY}\s*\d{{1,2}}\s*{_MONTH}\s*\d{{1,2}}\b"),
        (DATE, rf"{LOOSE_MONTH}\s*\d{{1,2}}\s*(?:/|{LOOSE_YEAR})\s*\d{{4}}"),
        (DATE, r"[Qq][Uu][Yy]\s+(?:[IVl1-4]+)\s*(?:/|[Nn][a-zA]{1,2}[mM])?\s*\d{4}"),
        (DATE, r"(?:19|20)\d\d\s*[-–]\s*(?:20)?\d\d\b"),
        (DATE, rf"\b{_YEAR}\s*\d{{4}}\b"),
        (DATE, r"(?i:index)\s*\d{4}"),
        (DATE, rf"\b{_MONTH}\s*\d{{1,2}}\b(?!\s*%)"),
        (DATE, rf"\b{_DAY}\s*\d{{1,2}}(?:\s?/\s?\d{{1,2}})?\b"),
        (DATE, r"\b[Tt][a-z]{1,2}\s+\d{1,2}/\d{1,2}\s+d[a-z]n\s+(?:h[a-z]t\s+)?\d{1,2}/\d{1,2}\b"),
        (DATE, rf"\b\d{{1,2}}\s+{_MONTH}\b(?:\s+(?:d[a-z]{{1,2}}u|cu[a-z]{{1,2}}i))?"),
        (DATE, r"(?<=[ (])\d{1,2}/(?:19|20)\d\d\b"),
        # enumerations within a paragraph: ": (1) …", ". (2). …"
        (LIST_MARK, r"(?<=[:;.])\s{0,2}\(\d{1,2}\)\.?(?=\s+[A-Z]|\s*$)"),
    )
)

# a run without blanks and brackets; "." "," "/" belong to it between digits (or letters read for
# digits)
_CHUNK = re.compile(r"(?:[^\s.,;:()\[\]{}\"“”«»!?+*~=<>%/\\–—-]|(?<=[\dOolI|])[.,/](?=[\dOolI|]))+")
_PERCENT = re.compile(r"\s{0,2}%")
_PURE = re.compile(r"\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?$")
_REPAIRABLE = re.compile(r"[\dOoQlI|]+(?:[.,/][\dOoQlI|]+)*$")
_AROUND = 130
_REPAIRS = str.maketrans("OoQlI|", "000111")

_THOUSANDS = r"\d{1,3}(?:[.,]\d{3})+"

# words that OCR reads as pure digits: token, what stands before, what follows, the word meant
_MISREAD_RULES: tuple[tuple[str, str, str, str], ...] = (
    (r"[58]6|80", r"(?:^|[-+*~.])\s*$", r"\s+\S{0,2}[uw][a-z]{0,3}ng\b", "so"),
    (
        r"[58]6",
        r"(?:^|[-+*~.])\s*$",
        r"\s+[a-z][^:;.()]{5,110}:\s*(?:\d|[Kk]h[a-z]{1,2}ng\s+c)",
        "so",
    ),
    (
        r"[58]0",
        r"\b[Tt][a-z]ng\s+$",
        r"\s+[a-z][^:;.()]{5,110}:\s*(?:\d|[Kk]h[a-z]{1,2}ng\s+c)",
        "so",
    ),
    (r"[58]0", r"\b[Hh][aoedb60]\s+$", r"", "so"),
    (r"1\d?", r"\b[Tt][yi]\s+$", r"\s+[A-Za-z]", "le"),
    (r"1[06]?", r"", r"\s+tr[a-z]nh\b", "lo"),
    (r"1[06]?", r"\bb[a-z]c\s+$", r"", "lo"),
    (r"16?1", r"\bbi\s+$", r"", "loi"),
    # là: before another number, after a counted noun that has its number, after "đây", "nhất"
    (
        r"1[2348]?",
        r"[a-z)]\s+$",
        rf"\s+(?:(?:\d{{1,2}}|\d{{4,}}|{_THOUSANDS})(?:\s+[A-Za-z]|\s*(?:[.;,)]\s|$))"
        r"|\d{1,3}(?:[.,]\d{1,2})?\s?%)",
        "la",
    ),
    (r"1[2348]?", r"[a-z)]\s+$", r"\s+\d{1,2}/\d", "la"),
    (r"1[2348]?", r"\d\s?%\s+$", r"\s+[a-z]", "la"),
    (r"1[2348]?", r"\d\s+[a-z]{2,5}\s+[a-z]{2,6}\s+$", r"\s+[a-z]", "la"),
    (r"1[2348]?", r"\b(?:nhat|nhet|nhit|day|d6|yeu|do)\s+$", r"\s+[a-z]", "la"),
)
_MISREADS = tuple(
    (re.compile(token + "$"), re.compile(before), re.compile(after), word)
    for token, before, after, word in _MISREAD_RULES
)

# after these a misread number is still a number: "O3 hồ sơ"
_AFTER_QUANTITY = re.compile(
    r"\s*(?:%|h[aoedb6][\s]|hs\b|bo\b|tthc|thu tuc|pakn|ph[a-z]n\s+anh|xa\b|don vi|can b"
    r"|cong ch|van ban|trieu|luot|[),;.]|$)",
    re.IGNORECASE,
)

_AFTER_NOUN = re.compile(
    r"\s+(?:h[aoedb6]\s+s|hs\b|tthc|thu tuc|pakn|ph[a-z]n\s+anh)", re.IGNORECASE
)


@dataclass(frozen=True)
class NumberToken:
    """A number token. ``values``: possible readings, the likelier first; ``word`` when misread."""

    kind: str
    text: str
    start: int
    end: int
    values: tuple[Decimal, ...] = ()
    out_of: Decimal | None = None
    percent: bool = False
    word: str = ""
    repaired: bool = False
    parts: tuple[tuple[str, int], ...] = ()


def number_tokens(report: Text, block: Block) -> list[NumberToken]:
    """Every number token of the block, in order."""
    text = report.plain
    spans = _spans(report.digits, block)
    found: list[NumberToken] = []
    for match in _CHUNK.finditer(text, block.start, block.end):
        token = match.group()
        if not any(ch.isdigit() for ch in token) and token not in {"OO", "0O", "O0"}:
            continue
        if block.mark and match.start() < block.body:
            kind = MISREAD if re.search("[A-Za-z]", token) and block.mark != "#" else LIST_MARK
            found.append(NumberToken(kind, token, match.start(), match.end()))
            continue
        kind = next(
            (k for k, start, end in spans if start < match.end() and match.start() < end), ""
        )
        if kind:
            found.append(NumberToken(kind, token, match.start(), match.end()))
        else:
            found.append(_quantity(text, block, match.start(), token))
    return _page_number(_joined(found, text), text, block)


def parse(token: str, percent: bool) -> Decimal | None:
    """Value of a written number: ``1.387`` is 1387, ``96,70`` is 96.70; a percentage has no
    thousands.
    """
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", token) and not percent:
        return Decimal(re.sub(r"[.,]", "", token))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", token):
        return Decimal(token.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", token):
        return Decimal(token.replace(".", "").replace(",", "."))
    return None


def _spans(text: str, block: Block) -> list[tuple[str, int, int]]:
    taken: list[tuple[str, int, int]] = []
    for kind, pattern in _SPANS:
        for match in pattern.finditer(text, block.start, block.end):
            if not any(start < match.end() and match.start() < end for _, start, end in taken):
                taken.append((kind, match.start(), match.end()))
    return taken


def _quantity(text: str, block: Block, start: int, token: str) -> NumberToken:
    end = start + len(token)
    percent = _PERCENT.match(text, end, block.end)
    before = text[max(block.body, start - _AROUND) : start]
    after = text[end : min(block.end, end + _AROUND)]
    if not percent:
        for pattern, preceding, following, word in _MISREADS:
            if pattern.match(token) and preceding.search(before) and following.match(after):
                return NumberToken(MISREAD, token, start, end, word=word)
    clean, repaired = token, False
    if not _PURE.match(token):
        sure = percent or "/" in token or _AFTER_QUANTITY.match(after) or before.endswith(": ")
        if not _REPAIRABLE.match(token) or not sure:
            return NumberToken(MISREAD, token, start, end, word=token)
        if re.search(r"\b[Hh][aoedb60]\s+$", before) or re.fullmatch("[58][oO]", token):
            return NumberToken(MISREAD, token, start, end, word=token)
        clean, repaired = token.translate(_REPAIRS), True
    top, _, bottom = clean.partition("/")
    value = parse(top, bool(percent))
    out_of = parse(bottom, False) if bottom else None
    if value is None or (bottom and out_of is None):
        return NumberToken(NUMBER, token, start, end)
    return NumberToken(
        NUMBER,
        token,
        start,
        percent.end() if percent else end,
        (value,),
        out_of,
        bool(percent),
        repaired=repaired,
    )


def _joined(tokens: Sequence[NumberToken], text: str) -> list[NumberToken]:
    """Thousands with a blank: ``22 725``. After a word a lone ``1`` may be *là*: doubtful."""
    out: list[NumberToken] = []
    for token in tokens:
        before = out[-1] if out else None
        if (
            before is not None
            and _may_join(before, token)
            and _is_thousands_gap(text, before.end, token)
        ):
            out[-1] = _join(before, token, text)
        else:
            out.append(token)
    return out


def _is_thousands_gap(text: str, start: int, token: NumberToken) -> bool:
    """A blank, or "1. 387 hồ sơ" with what is counted behind it."""
    gap = text[start : token.start]
    if gap in {". ", ", "}:
        return _AFTER_NOUN.match(text, token.end) is not None
    return gap in {" ", "\n"}


def _may_join(before: NumberToken, token: NumberToken) -> bool:
    return (
        before.kind in {NUMBER, MISREAD}
        and token.kind == NUMBER
        and re.fullmatch(r"[1-9]\d{0,2}", before.text) is not None
        and re.fullmatch(r"\d{3}", token.text) is not None
        and not (before.percent or token.percent)
    )


def _join(before: NumberToken, token: NumberToken, text: str) -> NumberToken:
    joined = Decimal(before.text) * 1000 + Decimal(token.text)
    after_word = re.search(r"[a-z)]\s+$", text[max(0, before.start - 4) : before.start]) is not None
    is_blank = not text[before.end : token.start].strip()
    doubtful = is_blank and after_word and before.text in {"1", "12", "13", "14"}
    values = (Decimal(token.text), joined) if doubtful else (joined,)
    return NumberToken(
        NUMBER,
        text[before.start : token.end],
        before.start,
        token.end,
        values,
        parts=((before.text, before.start), (token.text, token.start)),
    )


def _page_number(tokens: list[NumberToken], text: str, block: Block) -> list[NumberToken]:
    """A block that is nothing but a number is a page number."""
    if len(tokens) == 1 and text[block.body : block.end].strip(" -") == tokens[0].text:
        only = tokens[0]
        return [NumberToken(LIST_MARK, only.text, only.start, only.end)]
    return tokens
