"""``read_statement``: the text of a report → the figures that it states. Pure; a function of its
text.

State carried from block to block: the section's level (district, commune), the period of an
explicit range, and the group that a head figure opened ("đã giải quyết 371 hồ sơ, trong đó:").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from orchestration.statements.grammar import DOSSIER, FEEDBACK, PROCEDURE, SUBJECTS
from orchestration.statements.head import Head, ranges, read_head
from orchestration.statements.items import CONCEPT, QUANTITY, Row, row_of
from orchestration.statements.labels import Place
from orchestration.statements.layout import Block, Text, lay_out
from orchestration.statements.model import Figure, Numbers, Period, Statement, Unread
from orchestration.statements.neighbours import concepts_in
from orchestration.statements.numbers import (
    DATE,
    LIST_MARK,
    MISREAD,
    NUMBER,
    REFERENCE,
    NumberToken,
)
from orchestration.statements.sentences import BlockReader
from orchestration.statements.settling import settled, summed

_LEVEL_OF = {"DISTRICT": "district", "COMMUNE_LEVEL": "commune", "PROVINCE": "province"}
_NUMBERED = frozenset({"#", "1", "1.1", "a"})
_ZERO_WORDS = re.compile(r"\b(?:[Kk]h|[Cc]h)[a-z]{1,4}\s+\S?[cp]")
_HEADING_WORDS = 16
_UNMARKED = "a paragraph"
_ORDER = ("#", "1", "1.1", "a", "*", _UNMARKED, "-", "+", "")


@dataclass(frozen=True)
class _Section:
    """Where in the document a block stands; ``level_mark`` is the mark of the heading that set it.

    A context is ``is_loose`` when its block named several groups and did not end in a colon: then
    only "Trong đó …" goes on with it.
    """

    level: str
    level_mark: str | None = None
    context: str = ""
    context_mark: str | None = None
    is_loose: bool = False
    subject: str = ""
    period: Period | None = None
    heading: frozenset[str] = frozenset()
    heading_mark: str = ""


def read_statement(text: str, name: str = "") -> Statement:
    """Read a report. ``name`` stands for the document where its head has no number.

    Every number token gets exactly one class; what holds a number and is not understood is
    ``unread``.
    """
    laid = lay_out(text)
    head = read_head(laid)
    section = _Section(head.level, period=head.period)
    figures: list[Figure] = []
    tokens: list[NumberToken] = []
    bare: set[int] = set()
    siblings: dict[str, tuple[str, str]] = {}
    for block in laid.blocks:
        row = row_of(laid, block, _is_worth_reading(laid, block))
        section = _entered(laid, block, row, section, head)
        place = Place(
            head.unit or name,
            section.level,
            section.period,
            section.context,
            section.subject,
            section.heading,
            *siblings.get(block.mark, ("", "")),
        )
        reader = BlockReader(laid, block, row.items, place, head.period)
        found = reader.figures()
        figures.extend(found)
        tokens.extend(row.tokens)
        bare |= reader.bare
        _remember(siblings, block, reader)
        section = _left(laid, block, section, reader)
    figures = settled(summed(figures), bare)
    return Statement(
        head.document or name,
        head.unit or name,
        head.level,
        head.issued_on,
        head.period,
        tuple(figures),
        tuple(_unread(laid, tokens, figures)),
        _count(tokens, figures),
    )


def _remember(siblings: dict[str, tuple[str, str]], block: Block, reader: BlockReader) -> None:
    """What the items of a list share; a higher mark, or a paragraph, ends the lists below it."""
    for mark in list(siblings):
        if block.mark == "" or _ORDER.index(mark) > _ORDER.index(block.mark):
            del siblings[mark]
    if block.mark and reader.last_subject in {DOSSIER, FEEDBACK, PROCEDURE}:
        siblings[block.mark] = (reader.last_subject, reader.last_state)


def _is_worth_reading(text: Text, block: Block) -> bool:
    """Prose without a number or a "không có", too long for a heading, states nothing."""
    part = text.plain[block.body : block.end]
    opening = part.split(":")[0] if block.mark else part
    return (
        len(opening.split()) <= _HEADING_WORDS
        or re.search(r"\d", part) is not None
        or _ZERO_WORDS.search(part) is not None
    )


def _entered(text: Text, block: Block, row: Row, section: _Section, head: Head) -> _Section:
    """The section as the block begins."""
    explicit = ranges(text.digits, block.start, block.end)
    if explicit:
        section = replace(section, period=explicit[-1][1])
    level = _heading_level(text, block, row)
    if level:
        section = replace(
            section, level=level, level_mark=block.mark, context="", context_mark=None, subject=""
        )
    elif section.level_mark is not None and _closes(block.mark, section.level_mark):
        section = replace(section, level=head.level, level_mark=None)
    first = next((item.name for item in row.items), "")
    if section.context_mark is not None and (
        block.mark in _NUMBERED
        or (block.mark == section.context_mark and block.mark != "")
        or (section.is_loose and first != "OF_WHICH")
    ):
        # "- Phản ánh tiếp nhận: 08", "- Đã giải quyết: 07": the next item counts the same
        goes_on = block.mark not in _NUMBERED and section.subject == FEEDBACK
        subject = section.subject if goes_on else ""
        section = replace(section, context="", context_mark=None, subject=subject)
    return _under_heading(text, block, row, section)


def _under_heading(text: Text, block: Block, row: Row, section: _Section) -> _Section:
    """A short block without numbers is the heading of the deeper ones below it."""
    if section.heading and (
        block.mark == "" or _ORDER.index(block.mark) <= _ORDER.index(section.heading_mark)
    ):
        section = replace(section, heading=frozenset(), subject="")
    body = text.plain[block.body : block.end].rstrip()
    is_heading = body.endswith(":") or (block.mark and body[-1:] not in ".;")
    if (
        any(item.kind == QUANTITY for item in row.items)
        or not is_heading
        or len(body.split()) > _HEADING_WORDS
        or _ZERO_WORDS.search(body)
    ):
        return section
    names = concepts_in(row.items)
    named = [
        SUBJECTS[item.name]
        for item in row.items
        if SUBJECTS.get(item.name) in {DOSSIER, FEEDBACK, PROCEDURE}
    ]
    subject = FEEDBACK if FEEDBACK in named else "".join(named[:1])
    mark = block.mark or _UNMARKED
    return replace(section, heading=names, heading_mark=mark, subject=subject or section.subject)


def _left(text: Text, block: Block, section: _Section, reader: BlockReader) -> _Section:
    """The section after the block: a head figure of it opens a group for the blocks below it."""
    if not reader.opened:
        return section
    return replace(
        section,
        context=reader.opened[-1],
        context_mark=block.mark,
        is_loose=len(reader.opened) > 1
        and not text.plain[block.body : block.end].rstrip().endswith(":"),
        subject=reader.opened_subject,
    )


def _closes(mark: str, level_mark: str) -> bool:
    """A sibling or a higher heading ends what a level heading began."""
    return mark != "" and _ORDER.index(mark) <= _ORDER.index(level_mark)


def _heading_level(text: Text, block: Block, row: Row) -> str:
    """The level that a block's opening sets: "* Đối với cấp xã:", "b. Đối với cấp xã: Căn cứ …"."""
    body = text.plain[block.body : block.end]
    opening = body.split(":")[0]
    is_whole = len(body.split()) <= _HEADING_WORDS
    if len(opening.split()) > _HEADING_WORDS or not (is_whole or (block.mark and ":" in body)):
        return ""
    levels: set[str] = set()
    for item in row.items:
        if item.name == ":":
            break
        if item.kind == QUANTITY:
            return ""
        if item.kind == CONCEPT and item.name in _LEVEL_OF:
            levels.add(_LEVEL_OF[item.name])
    return levels.pop() if len(levels) == 1 else ""


def _unread(
    text: Text, tokens: Iterable[NumberToken], figures: Iterable[Figure]
) -> Iterable[Unread]:
    read = {position for figure in figures for position in figure.positions}
    for token in tokens:
        if token.kind == NUMBER and not _starts(token) & read:
            around = text.raw[max(0, token.start - 40) : token.end + 40]
            yield Unread(" ".join(around.split()), text.line_of(token.start))


def _count(tokens: Iterable[NumberToken], figures: Iterable[Figure]) -> Numbers:
    """Every token once; "không có" counts where it was read as 0."""
    spans = {
        (position, position + len(text))
        for figure in figures
        for position, text in zip(figure.positions, figure.tokens, strict=True)
    }
    positions = {start for start, _ in spans}
    kinds = dict.fromkeys((DATE, REFERENCE, LIST_MARK, MISREAD, NUMBER), 0)
    read: set[int] = set(positions)
    for token in tokens:
        starts = _starts(token)
        if starts & positions:
            read |= starts
        elif not any(start < token.start < end for start, end in spans):
            # else the "c6" within a read "khong c6", which is counted as one
            kinds[token.kind] += len(starts)
    return Numbers(
        len(read), kinds[NUMBER], kinds[DATE], kinds[REFERENCE], kinds[LIST_MARK], kinds[MISREAD]
    )


def _starts(token: NumberToken) -> set[int]:
    return {start for _, start in token.parts} or {token.start}
