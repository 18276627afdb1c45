"""Text of a report → blocks (a bullet or paragraph each) with their line numbers.

Every later step works on offsets into ``Text.plain``, which is as long as ``Text.raw``: accents are
taken off letter by letter, so a place in one is the same place in the other.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_LIGATURES = {
    "ﬁ": "a", "ﬂ": "a", "đ": "d", "Đ": "D", "—": "-", "–": "-", "’": "'", "‘": "'",
    "[": "(", "]": ")",
}  # fmt: skip

# what opens a block: a bullet (several when OCR saw dirt), or a numbered or lettered mark
_BULLET = re.compile(r"[\s'`,.‘]*(?P<mark>[-+*~_•])[\s\-+*~_•]*(?=\S)")
_NUMBERED = re.compile(
    r"[\s'`‘]*(?:(?P<roman>[IVX1l|]{1,4})\.\s*(?=[A-Z][A-Z])"
    r"|(?P<roman2>[IVX][IVX1l|]{0,3})\.\s*(?=[A-Z])"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2})*[.)]\s*|\d{1,2}(?:\.\d{1,2})+\s+)(?=[A-Z])"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2})+)\.\s+(?=\d))"
    r"|[\s'`‘]*(?P<letter>[a-h])[.)]\s+(?=[A-Z])"
)
_DIGITS_WITH_LETTERS = re.compile(r"(?<![A-Za-z0-9])(?=[OolI|]*\d)[\dOolI|]+(?![A-Za-z0-9])")
_DIGIT_LETTERS = str.maketrans("OolI|", "00111")
_OPEN_END = re.compile(r"[^.;:!?]\s*$")
_CLOSED_END = re.compile(r"[.;:!?]\s*$")


_FULL_LINE = 60
# how far back an open bracket counts
_RECENT = 400
# share of the letters of Vietnamese that carry an accent: a third; fewer where OCR lost them
_ACCENTED = 0.2
# no paragraph is longer; what is, is a column of figures or no report
_LONGEST = 8000


@dataclass(frozen=True)
class Block:
    """A bullet or paragraph: ``mark`` is ``-``, ``+``, ``*``, ``#`` (roman), ``1``, ``1.1``, ``a``
    or empty.
    """

    mark: str
    start: int
    body: int
    end: int


@dataclass(frozen=True)
class Text:
    """A report's text: ``raw`` (NFC), and as long as it: ``plain`` (no accents), ``digits`` (plain,
    with letters read for digits put right, for dates and numbers of documents).
    """

    raw: str
    plain: str
    digits: str
    blocks: tuple[Block, ...]
    line_starts: tuple[int, ...]
    has_accents: bool = False
    """Written or well scanned: words that are Vietnamese stand there as they were meant."""

    def line_of(self, offset: int) -> int:
        """1-based line of a place in the text."""
        return bisect_right(self.line_starts, offset)


def plain(text: str) -> str:
    """``text`` without accents, letter by letter: the result is exactly as long as ``text``."""
    return "".join(_plain_char(ch) for ch in text)


def _repaired(bare: str) -> str:
    """``2O23``, ``l4``: letters among digits."""
    return _DIGITS_WITH_LETTERS.sub(lambda found: found.group().translate(_DIGIT_LETTERS), bare)


def lay_out(text: str) -> Text:
    """Split the text of a report into blocks; line ends inside a sentence do not split."""
    raw = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))
    raw = raw.replace("\r", "\n").replace("\f", " ")
    bare = plain(raw)
    starts = [0, *(match.end() for match in re.finditer("\n", raw))]
    bounds = [*starts[1:], len(raw) + 1]
    lines = [(start, end - 1) for start, end in zip(starts, bounds, strict=True)]
    accented = sum(ch.isalpha() and ch != other for ch, other in zip(raw, bare, strict=True))
    has_accents = accented >= _ACCENTED * sum(ch.isalpha() for ch in raw)
    return Text(raw, bare, _repaired(bare), tuple(_blocks(bare, lines)), tuple(starts), has_accents)


def _plain_char(ch: str) -> str:
    if ch in _LIGATURES:
        return _LIGATURES[ch]
    if ch.isascii():
        return ch
    base = unicodedata.normalize("NFD", ch)[0]
    return _LIGATURES.get(base, base)


def _blocks(bare: str, lines: list[tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    current: tuple[str, int, int, int] | None = None
    blank = False
    for number, (start, end) in enumerate(lines):
        line = bare[start:end]
        if not line.strip():
            blank = True
            continue
        mark, body = _mark(line)
        is_short = current is not None and current[3] - current[1] < _LONGEST
        if (
            current is not None
            and is_short
            and _continues(bare, current, lines, number, mark, blank)
        ):
            current = (*current[:3], end)
        else:
            if current is not None:
                blocks.append(Block(*current))
            current = (mark, start, start + body, end)
        blank = False
    if current is not None:
        blocks.append(Block(*current))
    return blocks


def _continues(  # noqa: PLR0911, PLR0917 - the line, and all that stands around it
    bare: str,
    current: tuple[str, int, int, int],
    lines: list[tuple[int, int]],
    number: int,
    mark: str,
    blank: bool,
) -> bool:
    """Whether the line goes on with the block: a sentence broken by a line or page end."""
    so_far = bare[max(current[1], current[3] - _RECENT) : current[3]]
    here = bare[lines[number][0] : lines[number][1]].strip()
    if mark in {"1", "1.1"} and not blank and _OPEN_END.search(so_far):
        # "… đạt⏎12. Trong đó": a number at the end of a full line's sentence, no heading
        return len(so_far.split("\n")[-1]) >= _FULL_LINE
    if mark:
        # a dash within parentheses that close on this or the next line is no bullet
        following = here + (bare[slice(*lines[number + 1])] if number + 1 < len(lines) else "")
        return (
            mark in {"-", "+"}
            and so_far.count("(") > so_far.count(")")
            and 0 <= following.find(")") < (following.find("(") % (len(following) + 1))
            and bool(_OPEN_END.search(so_far))
        )
    if so_far.count("(") > so_far.count(")") and not blank:
        return True
    if here[0].isdigit() and blank:
        # a paragraph may begin with a number; one that goes on over a page had a full line before
        return bool(_OPEN_END.search(so_far)) and len(so_far.split("\n")[-1]) >= _FULL_LINE
    if here[0].islower() or here[0].isdigit():
        return not blank or bool(_OPEN_END.search(so_far)) or here[0].islower()
    if blank:
        return False
    return not _CLOSED_END.search(so_far) and not _is_heading(so_far, here)


def _is_heading(so_far: str, here: str) -> bool:
    """Two lines of capitals are a letterhead or a title: each line by itself."""
    letters = [ch for ch in so_far.rsplit("\n", maxsplit=1)[-1] + here if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) > 0.75 * len(letters)


def _mark(line: str) -> tuple[str, int]:
    found = _NUMBERED.match(line)
    if found:
        if found["roman"] or found["roman2"]:
            return "#", found.end()
        if found["letter"]:
            return "a", found.end()
        return ("1.1" if "." in (found["number"] or "..").rstrip(". )") else "1"), found.end()
    found = _BULLET.match(line)
    if found:
        mark = "-" if found["mark"] in "-_~•" else found["mark"]
        inner = re.search(r"\+", line[: found.end()])
        return ("+" if inner else mark), found.end()
    return "", len(line) - len(line.lstrip())
