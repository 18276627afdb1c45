"""A block as a row of items: concepts, quantities, separators and words that mean nothing here."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.statements.layout import Block, Text
from orchestration.statements.numbers import MISREAD, NUMBER, REFERENCE, NumberToken, number_tokens
from orchestration.statements.spotting import Span, Word, fold, is_syllable, spot

CONCEPT, QUANTITY, BREAK, OTHER = "concept", "quantity", "break", "other"

_PIECE = re.compile(r"[^\s.,;:()\[\]{}\"“”«»!?+*~=<>%/\\–—-]+|[.,;:()/-]")
_HARD = ".;()"
_NOUN_WORDS = (("ho", "so"), ("hs",))
_SHORT = {"moi": "NEW", "cu": "CARRY", "dung": "ONTIME"}
_PAPERS = {"den": "DOC_IN", "di": "DOC_OUT"}
# what an unaccented word of a concept is not, where the accents stand: "hạ tầng" is no "tăng"
_OTHER_WORDS = frozenset(
    {
        *("tầng", "tảng", "tặng", "giám", "trẻ", "muốn", "mượn", "chấm", "chăm", "chạm", "tôn"),
        *("nhân", "nhãn", "nhấn", "sở", "sổ", "đất", "đặt", "phương", "thuê", "tống", "lạ"),
        *("bố", "bỏ", "bổ"),
    }
)
_ABBREVIATIONS = frozenset({"hs", "tthc", "dvc", "pakn", "ubnd", "bpmc", "bcci", "cchc", "vb"})
_CHANNELS = {
    **dict.fromkeys(("cong dvc", "cong dich vu cong", "cong dvc quoc gia"), "ONLINE"),
    **dict.fromkeys(("cong dich vu cong quoc gia", "cong dvcqg"), "ONLINE"),
    **dict.fromkeys(("bo phan mot cua", "bpmc", "quay", "quay mot cua"), "INPERSON"),
    **dict.fromkeys(("bo phan tiep nhan va tra ket qua", "mot cua", "bo phan tntkq"), "INPERSON"),
}
_INTAKE = frozenset({"RECEIVE", "NEW"})
# "12 hồ sơ trong số đó đã quá hạn"
_AUXILIARY = frozenset({"da", "bi", "con", "dang", "duoc", "van", "la", "chua", "deu"})
# "tổng hợp đạt từ 80% đến dưới 90%", "dưới 65%"
_BAND = re.compile(
    r"\b(?:t[a-z]{1,2}r?|tren)\s+(\d{1,3})\s?%\s+d[a-z]n\s+(d[a-z]{2,3}i\s+)?(\d{1,3})\s?%"
    r"|\b(d[a-z]{2,3}i)\s+(\d{1,3})\s?%\s+so\s+v"
)


@dataclass(frozen=True)
class Item:
    """One item; ``name`` is the concept, the sign, or the word; ``token`` only for quantities."""

    kind: str
    name: str
    start: int
    end: int
    score: float = 1.0
    token: NumberToken | None = None

    @property
    def is_hard(self) -> bool:
        """A sentence end, a semicolon or a bracket: no label reaches over it."""
        return self.kind == BREAK and self.name in _HARD


@dataclass(frozen=True)
class Row:
    """The items of a block and all its number tokens, with the class of each."""

    items: tuple[Item, ...]
    tokens: tuple[NumberToken, ...]


def row_of(text: Text, block: Block, with_concepts: bool = True) -> Row:
    """The block's items; without concepts (prose that states nothing) only its tokens."""
    tokens = number_tokens(text, block)
    bands, tokens = _bands(text.plain, block, tokens)
    if not with_concepts:
        return Row((), tuple(tokens))
    items = _with_channels(_without_asides(_items(text, block, tokens, bands)), text.plain)
    return Row(tuple(items), tuple(tokens))


def zero_token(item: Item, raw: str) -> NumberToken:
    """ "Không có" as the number 0."""
    return NumberToken(NUMBER, raw[item.start : item.end], item.start, item.end, (Decimal(0),))


def _bands(
    bare: str, block: Block, tokens: Sequence[NumberToken]
) -> tuple[list[Item], list[NumberToken]]:
    """Bands are concepts; their bounds are terms of a definition and count as references."""
    bands: list[Item] = []
    for match in _BAND.finditer(bare, block.body, block.end):
        if match[5]:
            name = f"BAND:<{match[5]}"
        else:
            name = f"BAND:{match[1]}-{'<' if match[2] else ''}{match[3]}"
        bands.append(Item(CONCEPT, name, match.start(), match.end()))
    kept = [
        NumberToken(REFERENCE, token.text, token.start, token.end)
        if any(band.start <= token.start < band.end for band in bands)
        else token
        for token in tokens
    ]
    return bands, kept


def _items(
    text: Text, block: Block, tokens: Sequence[NumberToken], bands: Sequence[Item]
) -> list[Item]:
    bare = text.plain
    by_start = {token.start: token for token in tokens}
    flat: list[Item] = []
    words: list[Word] = []
    word_items: list[int] = []
    other_words: set[int] = set()
    index, after_break = 0, False
    place = block.body
    while match := _PIECE.search(bare, place):
        if match.start() >= block.end:
            break
        place = match.end()
        band = next((band for band in bands if band.start <= match.start() < band.end), None)
        token = by_start.get(match.start())
        if band is not None:
            if not flat or flat[-1] is not band:
                flat.append(band)
            index += 2
            place = max(place, min(band.end, block.end))
        elif token is not None and token.kind != MISREAD:
            kind = QUANTITY if token.kind == NUMBER and token.values else OTHER
            flat.append(Item(kind, token.text, token.start, token.end, token=token))
            index += 2
            place = token.end
        elif token is None and len(match.group()) == 1 and match.group() in ".,;:()/-":
            if not (match.group() == "." and _is_abbreviation(bare, match.start())):
                flat.append(Item(BREAK, match.group(), match.start(), match.end()))
            if match.group() in ".;:()":
                index += 2
            after_break = True
            continue
        else:
            end = token.end if token is not None else match.end()
            place = end
            key = fold(
                token.word if token is not None and token.word else bare[match.start() : end]
            )
            flat.append(Item(OTHER, key, match.start(), end))
            if key:
                index += 1
                is_sure = (
                    text.has_accents
                    and token is None
                    and (is_syllable(bare[match.start() : end].lower()) or key in _ABBREVIATIONS)
                )
                if text.has_accents and text.raw[match.start() : end].lower() in _OTHER_WORDS:
                    other_words.add(len(words))
                words.append(Word(key, index, after_break, is_sure))
                word_items.append(len(flat) - 1)
        after_break = False
    return _with_concepts(flat, words, word_items, other_words)


def _with_channels(items: list[Item], bare: str) -> list[Item]:
    """ "Tiếp nhận: Cổng DVC 12; Bộ phận Một cửa 8": places beside each other are channels."""
    found: dict[int, tuple[int, str]] = {}
    start = 0
    for place, item in enumerate(items):
        is_last = place + 1 == len(items) or items[place + 1].kind != QUANTITY
        if item.kind == QUANTITY and place > start:
            last = place - (items[place - 1].name == ":")
            words = bare[items[start].start : items[last - 1].end] if last > start else ""
            channel = _CHANNELS.get(" ".join(words.lower().split()), "")
            if channel:
                found[start] = (last, channel)
        if item.kind == QUANTITY or (item.kind == BREAK and (item.name != ":" or is_last)):
            start = place + 1
    is_intake = any(item.name in _INTAKE for item in items[: min(found, default=0)])
    if not is_intake or {channel for _, channel in found.values()} != {"ONLINE", "INPERSON"}:
        return items
    of_dossiers = not any(item.name == "PAKN" for item in items)
    out: list[Item] = []
    place = 0
    while place < len(items):
        end, channel = found.get(place, (place + 1, ""))
        named = Item(
            CONCEPT, channel if of_dossiers else "PLACE", items[place].start, items[end - 1].end
        )
        out.append(named if channel else items[place])
        place = end
    return out


def _without_asides(items: Sequence[Item]) -> list[Item]:
    """Without ", kể cả hồ sơ kỳ trước chuyển sang,": what a number includes is not what it is."""
    out: list[Item] = []
    skipping = False
    for place, item in enumerate(items):
        if item.name in {"INCLUSIVE", "EXCLUSIVE"}:
            end = next(
                (n for n in range(place, len(items)) if items[n].kind in {BREAK, QUANTITY}), -1
            )
            skipping = end < 0 or items[end].kind == BREAK
            aside = items[place : end if end >= 0 else len(items)]
            if (
                skipping
                and item.name == "EXCLUSIVE"
                and any(other.name == "CARRY" for other in aside)
            ):
                # "tiếp nhận (không tính kỳ trước chuyển sang)": the new ones alone
                out.append(Item(CONCEPT, "NEW", item.start, item.end))
        elif item.kind == BREAK:
            skipping = False
        if not skipping:
            out.append(item)
    return out


def _with_concepts(
    flat: list[Item],
    words: Sequence[Word],
    word_items: Sequence[int],
    other_words: Collection[int],
) -> list[Item]:
    out: list[Item] = []
    done = 0
    for span in spot(words):
        first, last = word_items[span.first], word_items[span.last]
        out.extend(flat[done:first])
        done = last + 1
        # "08 lượt" counts what the sentence is about
        if span.concept == "TIMES":
            continue
        if span.concept == "PLAIN" or (span.first == span.last and span.first in other_words):
            out.extend(flat[first:done])
            continue
        start = flat[first].start
        noun = next((n for n in _NOUN_WORDS if _begins(words, span, n)), None)
        if noun and span.concept != "DOSSIER":
            # "hồ sơ mới" says what is counted, and what of it
            end = word_items[span.first + len(noun) - 1]
            out.append(Item(CONCEPT, "DOSSIER", start, flat[end].end, span.score))
            start = flat[end + 1].start
        out.append(Item(CONCEPT, span.concept, start, flat[last].end, span.score))
    return _with_clauses([*out, *flat[done:]])


def _begins(words: Sequence[Word], span: Span, noun: Sequence[str]) -> bool:
    keys = [word.key for word in words[span.first : span.last + 1]]
    return len(keys) > len(noun) and keys[: len(noun)] == list(noun)


def _with_clauses(items: Sequence[Item]) -> list[Item]:
    """ "… thì …" parts two clauses where a number follows, "đến: 12; đi: 7" tells papers apart."""
    out: list[Item] = []
    papers = False
    for place, item in enumerate(items):
        if item.kind == OTHER and item.name == "thi":
            end = next((i for i in items[place:] if i.kind in {BREAK, QUANTITY}), None)
            if end is not None and end.kind == QUANTITY:
                out.append(Item(BREAK, ",", item.start, item.end))
            continue
        papers = papers or item.name in {"PAPERS", "DOC_IN", "DOC_OUT"}
        following = items[place + 1] if place + 1 < len(items) else None
        if item.name == "OF_WHICH" and _is_within(items, place):
            continue
        answers = following is not None and (following.kind == QUANTITY or following.name == ":")
        stands_alone = answers and (not out or out[-1].kind == BREAK)
        short = (_SHORT | _PAPERS if papers else _SHORT).get(item.name)
        if stands_alone and item.kind == OTHER and short:
            out.append(Item(CONCEPT, short, item.start, item.end))
        else:
            out.append(item)
    return out


def _is_within(items: Sequence[Item], place: int) -> bool:
    """ "12 hồ sơ trong số đó đúng hạn, …": a part named before its "trong số đó"."""
    before = items[max(0, place - 2) : place]
    behind = next(
        (i for i in items[place:] if i.kind in {BREAK, QUANTITY} or i.name == "AND"), None
    )
    first = next((i for i in items[place + 1 :] if i.name not in _AUXILIARY), None)
    return (
        [item.kind for item in before] == [QUANTITY, CONCEPT]
        and first is not None
        and first.kind == CONCEPT
        and (behind is None or behind.kind != QUANTITY)
        and (behind is None or behind.name != ":")
    )


def _is_abbreviation(bare: str, dot: int) -> bool:
    """A full stop ends a sentence only before a blank and a capital, or at the end."""
    rest = bare[dot + 1 : dot + 4]
    if not rest.strip():
        return False
    return not (rest[0].isspace() and rest.strip()[:1].isupper())
