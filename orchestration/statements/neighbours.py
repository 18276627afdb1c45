"""What stands around a number in a row of items: clauses, brackets, sentences."""

from collections.abc import Sequence

from orchestration.statements.items import BREAK, CONCEPT, QUANTITY, Item

BOUNDS = frozenset({"OF_WHICH", "OUT_OF"})
"""Concepts that part one label from the next."""


class Neighbours:
    """Finds the parts of a row that may label the number at an index."""

    def __init__(self, items: Sequence[Item]) -> None:
        """``items`` is the row of one block."""
        self._items = items

    def hard_left(self, index: int) -> int:
        """Where the clause begins: behind the last sentence end, semicolon or bracket."""
        for place in range(index - 1, -1, -1):
            if self._items[place].is_hard:
                return place + 1
        return 0

    def over_bracket(self, start: int, end: int, claimed: int) -> Sequence[Item]:
        """What stands before the number, over a bracket without numbers just before it."""
        items = self._items
        if start == 0 or items[start - 1].name != ")" or start <= claimed:
            return items[start:end]
        opening = next((p for p in range(start - 1, -1, -1) if items[p].name == "("), None)
        if opening is None or any(item.kind == QUANTITY for item in items[opening:start]):
            return items[start:end]
        first = max(self.hard_left(opening), claimed)
        inner = items[opening + 1 : start - 1]
        # "tiếp nhận (không tính kỳ trước chuyển sang)" has become (NEW)
        kept = inner if [item.name for item in inner] == ["NEW"] else []
        return [*items[first:opening], *kept, *items[start:end]]

    def last_comma(self, index: int, start: int) -> int:
        """Behind the last comma, joint or number between ``start`` and ``index``."""
        for place in range(index - 1, start - 1, -1):
            item = self._items[place]
            if item.name in {",", "AND"} or item.kind == QUANTITY or item.name in BOUNDS:
                return place + 1
        return start

    def right_end(self, start: int) -> int:
        """Where what stands behind a number ends: at a break, a joint, another number."""
        items = self._items
        for place in range(start, len(items)):
            item = items[place]
            if item.is_hard or item.kind == QUANTITY or item.name in {",", ":"} | BOUNDS:
                return place
            if item.name == "AND" and self._number_follows(place):
                return place
        return len(items)

    def _number_follows(self, place: int) -> bool:
        for item in self._items[place + 1 :]:
            if item.is_hard or item.name == ",":
                return False
            if item.kind == QUANTITY:
                return True
        return False

    def over_commas(self, end: int) -> Sequence[Item]:
        """Behind the number, over commas, as long as what they part has no number of its own.

        A part right before another number may be that one's label and is left to it.
        """
        items = self._items
        stop = end
        start = end
        for place in range(end, len(items) + 1):
            item = items[place] if place < len(items) else None
            if item is None or item.is_hard or item.name in {",", ":"} | BOUNDS:
                if item is None or item.is_hard:
                    return items[end:place]
                if (
                    item.name == ","
                    and place + 1 < len(items)
                    and items[place + 1].kind == QUANTITY
                ):
                    return items[end:place]
                stop, start = place, place + 1
                if item.name != ",":
                    return items[end:stop]
            elif item.kind == QUANTITY:
                return items[end:stop] if start > end else ()
        return items[end:stop]

    def wider_right(self, end: int) -> Sequence[Item]:
        """Behind the number up to the sentence's end, if no other number stands there."""
        for place in range(end, len(self._items)):
            if self._items[place].is_hard:
                return self._items[end:place]
            if self._items[place].kind == QUANTITY:
                return ()
        return self._items[end:]

    def enclosing(self, index: int) -> Sequence[Item]:
        """What stands before the bracket that the number stands in, if no number stands there."""
        depth = 0
        for place in range(index - 1, -1, -1):
            name = self._items[place].name
            depth += (name == ")") - (name == "(")
            if depth < 0:
                start = self.hard_left(place)
                part = self._items[start:place]
                numbers = [item for item in part if item.kind == QUANTITY]
                return part if not numbers or self._is_outer_head(numbers) else ()
            if name == ".":
                return ()
        return ()

    def _is_outer_head(self, numbers: Sequence[Item]) -> bool:
        """A share that a bracket compares with another year's has the label of the one before."""
        return len(numbers) == 1 and numbers[0].token is not None and numbers[0].token.percent

    def bracket_before(self, start: int, claimed: int) -> Sequence[Item]:
        """What a bracket right before says, if it has no number: "HS giấy (nộp tại chỗ) là"."""
        items = self._items
        if start == 0 or items[start - 1].name != ")" or start < claimed:
            return ()
        opening = next((p for p in range(start - 1, -1, -1) if items[p].name == "("), start)
        inner = items[opening + 1 : start - 1]
        return () if any(item.kind == QUANTITY for item in inner) else inner

    def bracket_behind(self, start: int) -> Sequence[Item]:
        """What a bracket right behind says, if it has no number: "8 hồ sơ đang xử lý (quá hạn)"."""
        items = self._items
        if start >= len(items) or items[start].name != "(":
            return ()
        closing = next((n for n in range(start, len(items)) if items[n].name == ")"), start)
        inner = items[start + 1 : closing]
        return () if any(item.kind == QUANTITY for item in inner) else inner

    def behind_bracket(self, index: int, end: int) -> Sequence[Item]:
        """How the clause goes on behind the bracket that holds no more than the number."""
        items = self._items
        if not index or items[index - 1].name != "(" or items[end : end + 1] == []:
            return ()
        if items[end].name != ")":
            return ()
        stop = next(
            (n for n in range(end + 1, len(items)) if items[n].kind in {BREAK, QUANTITY}),
            len(items),
        )
        is_cut = stop < len(items) and items[stop].kind == QUANTITY
        return () if is_cut else items[end + 1 : stop]

    def sentence(self, index: int) -> Sequence[Item]:
        """The sentence that the number stands in."""
        start, end = index, index
        while start > 0 and self._items[start - 1].name != ".":
            start -= 1
        while end < len(self._items) and self._items[end].name != ".":
            end += 1
        return self._items[start:end]

    def numbered_parts(self, index: int) -> Sequence[Item]:
        """The parts of the sentence, between its commas, that have a number."""
        parts: list[list[Item]] = [[]]
        depth = 0
        for item in self.sentence(index):
            depth += (item.name == "(") - (item.name == ")")
            if depth > 0 or item.name == ")":
                continue
            if item.kind == BREAK and item.name in {",", ";"}:
                parts.append([])
            else:
                parts[-1].append(item)
        return [i for part in parts if any(x.kind == QUANTITY for x in part) for i in part]

    def topic(self, index: int) -> Sequence[Item]:
        """The sentences of the block before this one, back to the last that has a number."""
        end = index
        while end > 0 and self._items[end - 1].name != ".":
            end -= 1
        start = end
        while start > 0 and self._items[start - 1].kind != QUANTITY:
            start -= 1
        return self._items[start:end] if end else ()


def nearest_clause(left: Sequence[Item], relevant: frozenset[str]) -> Sequence[Item]:
    """The clause right before the number: behind the last comma, and behind a colon if that says
    enough.
    """
    start = 0
    for place, item in enumerate(left):
        if item.name == "," or item.name in BOUNDS:
            start = place + 1
    near = left[start:]
    for place, item in enumerate(near[:-1]):
        if item.name == ":" and concepts_in(near[place + 1 :]) & relevant:
            near = near[place + 1 :]
            break
    return near


def concepts_in(items: Sequence[Item]) -> frozenset[str]:
    """The concepts among the items."""
    return frozenset(
        "BAND" if item.name.startswith("BAND:") else item.name
        for item in items
        if item.kind == CONCEPT
    )


def split(items: Sequence[Item], sign: str) -> list[list[Item]]:
    """The items between the signs."""
    parts: list[list[Item]] = [[]]
    for item in items:
        if item.kind == BREAK and item.name == sign:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts
