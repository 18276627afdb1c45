"""Finding the lexicon's phrases in words that OCR has damaged.

Words are folded (``S6`` → ``so``, ``x3`` → ``xa``) and glued, so that a broken or doubled blank
costs nothing; then compared with a weighted edit distance in which what OCR confuses is cheap.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from math import floor
from typing import Final

from orchestration.statements.lexicon import CONCEPTS
from orchestration.statements.phrases import phrases as patterns

_FOLD = str.maketrans(
    {
        "0": "o", "6": "o", "º": "o", "1": "i", "l": "i", "|": "i", "!": "i", "j": "i", "3": "a",
        "4": "a", "5": "s", "$": "s", "8": "s", "9": "g", "2": "z", "w": "u", "¢": "e", "€": "e",
        "&": "e", "@": "a", "§": "o", "©": "o", "®": "o",
    }
)  # fmt: skip

# letters that OCR takes for each other in accented Vietnamese text
_VOWEL_LIKE = frozenset("aeiouydg")
_CONFUSED = frozenset(
    frozenset(pair)
    for pair in (
        "ce", "ct", "dp", "db", "bp", "bo", "po", "so", "sb", "sd", "rt", "ir", "tu", "ti", "tr",
        "nm", "hb", "hi", "fi", "ft", "vy", "vu", "nu", "no", "fd", "eg", "cg", "oq", "co", "un",
        "mn", "au",
    )
)  # fmt: skip
_CONFUSION, _HORN, _SLIP, _OTHER = 0.4, 0.3, 0.5, 1.0
_SLIPPERY = frozenset("ituoeah")
# a phrase of eight letters or more may differ by this much of its length, and never by more than
# _MOST
_TOLERANCE, _MOST = 0.16, 2.0
# abbreviations have no letters to spare
_EXACT = frozenset({"tthc", "bcci", "bhxh", "pakn", "cbcc", "thue", "dang", "nhan"})
_LEAST_DAMAGED = 6
_SHORT_PHRASE = 7
_WORD_COST = 0.8
_MAX_WORDS = 10
_MOST_WORDS = 12


@dataclass(frozen=True)
class Word:
    """A folded word; ``after_break``: a comma, dash or slash stands before it; ``is_sure``: nothing
    suggests that it was misread.
    """

    key: str
    index: int
    after_break: bool
    is_sure: bool = False


@dataclass(frozen=True)
class Span:
    """``concept`` found in words ``first``..``last`` (both included); ``score`` 1 is letter by
    letter.
    """

    concept: str
    first: int
    last: int
    score: float


# syllables of Vietnamese without their accents: an onset and a rime
_SYLLABLE: Final = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|q|r|s|t|th|tr|v|x)?"
    r"(?:[aeiouy]|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ec|ech|em|en|eng|enh|eo|ep|et|eu|ia|ich|"
    r"iec|iem|ien|ieng|iep|iet|ieu|im|in|inh|ip|it|iu|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oat|"
    r"oay|oc|oe|oen|oeo|oet|oi|om|on|ong|op|ot|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uo"
    r"|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uyen|uyet|uynh|uyt|uych|uyu|yem|yen|yet|"
    r"yeu)"
)


def is_syllable(word: str) -> bool:
    """Whether a folded word can be Vietnamese: "giai", not "giei"."""
    return _SYLLABLE.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Letters only, lower case, digits and signs as the letters they are misread from."""
    return "".join(ch for ch in word.lower().translate(_FOLD) if "a" <= ch <= "z")


def spot(words: Sequence[Word]) -> list[Span]:
    """The best non-overlapping phrases in ``words``; a break of a clause must not lie within."""
    import numpy as np
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    candidates: list[list[tuple[int, str, float, float]]] = [[] for _ in words]
    unsure = [0, *accumulate(not word.is_sure for word in words)]
    for size, concepts, phrases, breaks in _by_size():
        windows = _windows(words, size, unsure)
        if not windows:
            continue
        texts = list(windows)
        close = cdist(
            texts, phrases, scorer=Levenshtein.normalized_similarity, score_cutoff=0.55, workers=1
        )
        for row, column in np.argwhere(close > 0):
            text, phrase = texts[row], phrases[column]
            cost = _cost(text, phrase)
            if cost <= _limit(phrase):
                gain = min(len(text), len(phrase)) - 1.5 * cost - 0.5
                for first, last, crossed in windows[text]:
                    if crossed <= breaks[column]:
                        badness = cost / len(phrase)
                        candidates[last].append((first, concepts[column], badness, gain))
    _add_exact(words, candidates, _exact_words())
    _add_exact(words, candidates, _exact())
    _add_damaged(words, candidates, unsure)
    return _best(candidates)


def _add_exact(
    words: Sequence[Word],
    candidates: list[list[tuple[int, str, float, float]]],
    table: Mapping[str, Sequence[tuple[str, int]]],
) -> None:
    """Phrases, letter by letter."""
    for first in range(len(words)):
        text, breaks = "", 0
        for last in range(first, min(len(words), first + _MOST_WORDS)):
            if words[last].index != words[first].index + last - first:
                break
            text += words[last].key
            breaks += words[last].after_break and last > first
            for concept, commas in table.get(text, ()):
                if breaks <= commas:
                    candidates[last].append((first, concept, 0.0, len(text) - 0.5))


def _add_damaged(
    words: Sequence[Word],
    candidates: list[list[tuple[int, str, float, float]]],
    unsure: Sequence[int],
) -> None:
    """Patterns with some words damaged, word by word."""
    for first in range(len(words)):
        if unsure[min(first + _MOST_WORDS, len(words))] == unsure[first]:
            continue
        paths: list[tuple[_Node, float, int]] = [(_trie(), 0.0, 0)]
        for last in range(first, min(len(words), first + _MOST_WORDS)):
            word = words[last]
            if not paths or word.index != words[first].index + last - first:
                break
            broken = word.after_break and last > first
            paths = [
                (node.children[meant], cost + more, breaks + broken)
                for node, cost, breaks in paths
                for meant, more in (((word.key, 0.0),) if word.is_sure else _meant(word.key))
                if meant in node.children and cost + more <= _MOST
            ]
            seen = sum(len(each.key) for each in words[first : last + 1])
            # "toi chu" are words of their own, and no damaged "toi cho"
            if seen <= _SHORT_PHRASE and all(is_syllable(w.key) for w in words[first : last + 1]):
                continue
            for node, cost, breaks in paths:
                if not 0 < cost <= _limit(node.text) or len(node.text) < _LEAST_DAMAGED:
                    continue
                for concept, commas in _exact()[node.text]:
                    if breaks <= commas:
                        gain = min(len(node.text), seen) - 1.5 * cost - 0.5
                        badness = cost / len(node.text)
                        candidates[last].append((first, concept, badness, gain))


@dataclass(slots=True)
class _Node:
    """``text`` is the phrase that ends here, glued; empty where none does."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    text: str = ""


@cache
def _trie() -> _Node:
    """The patterns word by word."""
    root = _Node()
    for found in patterns().values():
        for phrase in found:
            node = root
            for word in phrase.split():
                if key := fold(word):
                    below = node.children.get(key)
                    if below is None:
                        below = node.children[key] = _Node()
                    node = below
            node.text = fold_phrase(phrase)
    return root


@cache
def _vocabulary() -> tuple[str, ...]:
    found = {fold(w) for every in patterns().values() for phrase in every for w in phrase.split()}
    return tuple(sorted(found - {""}))


@lru_cache(maxsize=50_000)
def _meant(word: str) -> tuple[tuple[str, float], ...]:
    """What a word may have been before it was damaged, with the cost of that."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    most = _SLIP if is_syllable(word) else _WORD_COST
    near = extract(word, _vocabulary(), scorer=Levenshtein.distance, score_cutoff=2, limit=None)
    costs = [(other, _cost(word, other)) for other, _, _ in near if other != word]
    return ((word, 0.0), *(pair for pair in costs if pair[1] <= most))


@cache
def _exact() -> dict[str, tuple[tuple[str, int], ...]]:
    """Glued phrase → the concepts that it may be, and the commas that it may hold."""
    return _table(patterns())


@cache
def _exact_words() -> dict[str, tuple[tuple[str, int], ...]]:
    """The same of the lexicon."""
    return _table(CONCEPTS)


def _table(phrases: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[str, int], ...]]:
    table: dict[str, dict[str, int]] = {}
    for concept, found in phrases.items():
        for phrase in found:
            commas = table.setdefault(fold_phrase(phrase), {})
            commas[concept] = max(phrase.count(","), commas.get(concept, 0))
    return {text: tuple(commas.items()) for text, commas in table.items()}


def similarity(text: str, phrase: str) -> float:
    """1 when ``text`` is ``phrase`` letter by letter, 0 when it is nothing like it."""
    wanted = fold_phrase(phrase)
    return max(0.0, 1 - _cost(fold_phrase(text), wanted) / max(1, len(wanted)))


def fold_phrase(phrase: str) -> str:
    """All words of a phrase folded and glued."""
    return "".join(fold(word) for word in phrase.split())


@cache
def _limit(phrase: str) -> float:
    """How far a text may be from the phrase: the shorter the phrase, the fewer confusions."""
    if len(phrase) <= 3 or phrase in _EXACT:
        return 0.0
    if len(phrase) <= 7:
        return _CONFUSION if len(phrase) == 4 else 2 * _CONFUSION
    return min(_TOLERANCE * len(phrase), _MOST)


@cache
def _by_size() -> tuple[tuple[int, tuple[str, ...], tuple[str, ...], tuple[int, ...]], ...]:
    """(words in a window, concepts, glued phrases that it may be, commas that it may hold)."""
    table: dict[int, list[tuple[str, str, int]]] = {}
    for concept, phrases in CONCEPTS.items():
        for phrase in phrases:
            count = len(phrase.split())
            glued = fold_phrase(phrase)
            low = count if len(glued) <= 4 else max(1, count - 1)
            high = count if len(glued) <= 3 else count + 1
            for size in range(low, high + 1):
                table.setdefault(size, []).append((concept, glued, phrase.count(",")))
    return tuple(
        (size, tuple(r[0] for r in rows), tuple(r[1] for r in rows), tuple(r[2] for r in rows))
        for size, rows in sorted(table.items())
        if size <= _MAX_WORDS
    )


def _windows(
    words: Sequence[Word], size: int, unsure: Sequence[int]
) -> dict[str, list[tuple[int, int, int]]]:
    """Glued text → (first, last, breaks within), where a word may be damaged.

    Words that a full stop parts are no window.
    """
    found: dict[str, list[tuple[int, int, int]]] = {}
    for first in range(len(words) - size + 1):
        if unsure[first + size] == unsure[first]:
            continue
        chosen = words[first : first + size]
        if chosen[-1].index != chosen[0].index + size - 1:
            continue
        text = "".join(word.key for word in chosen)
        breaks = sum(word.after_break for word in chosen[1:])
        found.setdefault(text, []).append((first, first + size - 1, breaks))
    return found


def _best(candidates: Sequence[Sequence[tuple[int, str, float, float]]]) -> list[Span]:
    """Weighted interval scheduling: most letters explained, few and good phrases preferred."""
    gains = [0.0]
    choice: list[Span | None] = [None]
    for last, ending in enumerate(candidates):
        best, chosen = gains[last], None
        for first, concept, badness, gain in ending:
            total = gains[first] + gain
            if total > best + 1e-9:
                best, chosen = total, Span(concept, first, last, 1 - badness)
        gains.append(best)
        choice.append(chosen)
    spans: list[Span] = []
    place = len(candidates)
    while place > 0:
        span = choice[place]
        if span is None:
            place -= 1
        else:
            spans.append(span)
            place = span.first
    return spans[::-1]


@lru_cache(maxsize=200_000)
def _cost(text: str, phrase: str) -> float:
    """Weighted edit distance from what stands there to what is meant."""
    if text == phrase:
        return 0.0
    if abs(len(text) - len(phrase)) > floor(_limit(phrase) / _HORN) + 1:
        return float(len(phrase))
    row = [0.0]
    for ch in phrase:
        row.append(row[-1] + _gap(ch))
    for seen in text:
        above, diagonal = row, row[0]
        row = [diagonal + _gap(seen)]
        for place, meant in enumerate(phrase, 1):
            row.append(
                min(
                    diagonal + _swap(seen, meant),
                    above[place] + _gap(seen),
                    row[-1] + _gap(meant),
                )
            )
            diagonal = above[place]
    return row[-1]


def _gap(ch: str) -> float:
    # an r too many is the horn of ư: "thir", "thtr" for thứ
    return _HORN if ch == "r" else _SLIP if ch in _SLIPPERY else _OTHER


def _swap(seen: str, meant: str) -> float:
    if seen == meant:
        return 0.0
    if seen in _VOWEL_LIKE and meant in _VOWEL_LIKE:
        return _CONFUSION
    return _CONFUSION if frozenset((seen, meant)) in _CONFUSED else _OTHER
