"""A number that is understood → a figure with its dims, level, period and text."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from orchestration.statements.grammar import (
    CLASSES,
    PROCEDURE,
    STAFF,
    UNITS,
    Rule,
)
from orchestration.statements.head import stated_period
from orchestration.statements.items import BREAK, CONCEPT, OTHER, QUANTITY, Item
from orchestration.statements.labelling import Labelling
from orchestration.statements.labels import LEVELS, Label, Reading
from orchestration.statements.model import Figure, Period
from orchestration.statements.neighbours import (
    BOUNDS,
    concepts_in,
    split,
)
from orchestration.statements.numbers import NumberToken
from orchestration.statements.periods import period_at
from orchestration.statements.spotting import fold

_KIND_OF_NOUN = {"COMMUNE": "commune", "AGENCY": "agency", "OFFICE": "unit", "AUTON": "autonomous"}
_TEXT_CHARS = 200


class Making(Labelling):
    """What the figures of a block are made of."""

    def _figure(
        self,
        reading: Reading,
        label: Label,
        token: NumberToken,
        index: int,
        dims: Mapping[str, str],
    ) -> Figure:
        doubtful = len(token.values) > 1
        trust = reading.trust * min(
            (i.score for i in reading.used if i.kind == CONCEPT), default=1.0
        )
        if doubtful:
            trust = min(trust, 0.5)
        elif token.repaired:
            trust = min(trust, 0.8)
        value = token.values[0]
        if label.noun == "BILLION":
            value *= 1000
        return Figure(
            code=reading.rule.code,
            unit=self._place.unit,
            level=self._level(label, index),
            period=self._period(reading.rule, token),
            value=value,
            unit_of_measure=self._measure(label),
            line=self._text.line_of(token.start),
            text=self._snippet(label, token),
            dims=dict(dims),
            qualifier="doubtful" if doubtful else self._qualifier(label, index),
            confidence=trust,
            tokens=tuple(text for text, _ in token.parts) or (token.text,),
            positions=tuple(start for _, start in token.parts) or (token.start,),
            alternatives=token.values if doubtful else (),
        )

    def _period(self, rule: Rule, token: NumberToken) -> Period | None:
        """The period of the sentence, else the document's; items of a plan are of its year."""
        own = period_at(self._periods, token.start) or self._place.period
        if rule.code != "plan_items":
            return own
        if self._found and self._found[-1][1].code == rule.code:
            return self._found[-1][1].period
        start = max(self._block.body, token.start - _TEXT_CHARS)
        return stated_period(self._text.digits, start, token.start, None) or own

    def _dims(
        self, reading: Reading, label: Label, token: NumberToken, is_zero: bool
    ) -> list[Mapping[str, str]]:
        dims = dict(reading.rule.dims)
        if token.out_of is not None and label.subject in {UNITS, STAFF}:
            dims["out_of"] = str(token.out_of)
        if label.subject == UNITS:
            if reading.rule.code == "inspected":
                dims = {"kind": _KIND_OF_NOUN.get(label.noun, "unit"), **dims}
            band = next((i.name for i in reading.used if i.name.startswith("BAND:")), "")
            if band and "BAND" in reading.rule.needs:
                dims["band"] = band.removeprefix("BAND:")
            if reading.rule.code == "units_in_class":
                if any(item.name == "CHAIR" for item in label.left):
                    dims["of"] = "head"
                classes = [CLASSES[i.name] for i in reading.used if i.name in CLASSES]
                if is_zero and len(set(classes)) > 1:
                    return [{**dims, "class": name} for name in dict.fromkeys(classes)]
        if label.subject == PROCEDURE and reading.rule.code == "procedures":
            dims["level"] = self._level(label, -1)
        return [dims]

    def _level(self, label: Label, index: int) -> str:
        if label.subject == UNITS and (
            label.noun == "COMMUNE" or (not label.noun and concepts_in(label.left) & set(CLASSES))
        ):
            return "commune"
        for part in (label.right, label.near[::-1]):
            named = next(
                (LEVELS[i.name] for i in part if i.name in LEVELS and not self._is_joined(i)), ""
            )
            if named:
                return named
        anchor = self._items.index(label.near[0]) if label.near else max(index, 0)
        return self._level_before(anchor) or self._place.level

    def _level_before(self, anchor: int) -> str:
        """The nearest level named earlier in the sentence, or before the block's colon.

        Not within brackets, not one that belongs to another number, and not one of several at once.
        """
        depth = 0
        crossed = False
        places = [n for n in range(anchor) if self._items[n].name in LEVELS]
        for place in range(anchor - 1, -1, -1):
            item = self._items[place]
            depth = max(0, depth + (item.name == ")") - (item.name == "("))
            crossed = crossed or (item.kind == BREAK and item.name == ".")
            if depth or item.name not in LEVELS or id(item) in self._claimed_levels:
                continue
            joint = self._is_joined(item) or any(
                abs(other - place) <= 2 and self._items[other].name != item.name for other in places
            )
            if not joint and (not crossed or self._heads_block(item)):
                return LEVELS[item.name]
        return ""

    def _is_joined(self, level: Item) -> bool:
        """ "các sở, ngành và UBND các xã": one of several levels, and not the one that is meant."""
        place = self._items.index(level)
        before = self._items[max(0, place - 5) : place]
        return (
            bool(before)
            and before[-1].name == "AND"
            and not any(item.kind == QUANTITY for item in before)
        )

    def _heads_block(self, level: Item) -> bool:
        """A level before the block's first colon holds for the whole block."""
        first = next((item.start for item in self._items if item.name == ":"), -1)
        return level.start < first

    def _qualifier(self, label: Label, index: int) -> str | None:
        names = concepts_in([*label.left, *label.right])
        if "FACT" in names:
            return "in_fact"
        if "SOFTWARE" in names:
            return "on_software"
        before = self._items[index - 1] if index > 0 else None
        if before is not None and before.name == "ABOVE":
            return "above"
        return None

    def _snippet(self, label: Label, token: NumberToken) -> str:
        start = label.left[0].start if label.left else token.start
        end = label.right[-1].end if label.right else token.end
        start = max(start, token.start - _TEXT_CHARS // 2)
        end = max(token.end, min(end, token.end + _TEXT_CHARS // 2))
        if label.noun and not label.right:
            end = max(end, self._items[label.end - 1].end) if label.end else end
        return " ".join(self._text.raw[start:end].split()).lstrip(",;: ")

    def _add_whole(
        self, code: str, reading: Reading, label: Label, token: NumberToken, index: int
    ) -> None:
        """ "15/18 cán bộ …", "đã giải quyết 90/95 hồ sơ" state two figures, part and whole."""
        whole = replace(token, values=(token.out_of or Decimal(0),), out_of=None)
        of_all = replace(reading, rule=Rule(label.subject, code))
        self._found.append((index, self._figure(of_all, label, whole, index, {})))

    def _add_named_parts(self, start: int, index: int) -> None:
        """ "(Trong đó: 25 trường Tiểu học, Trung tâm văn hóa, …)": parts with a number, and named
        ones.
        """
        items = self._items
        if start >= len(items) or items[start].name != "(":
            return
        end = next((p for p in range(start, len(items)) if items[p].name == ")"), len(items))
        inner = items[start + 1 : end]
        if not any(item.kind == QUANTITY for item in inner):
            return
        whole = self._found[-1][1]
        named = 0
        for part in split(inner, ","):
            number = next((item for item in part if item.kind == QUANTITY), None)
            words = [
                item for item in part if item.kind in {OTHER, CONCEPT} and item.name not in BOUNDS
            ]
            if number is None or number.token is None:
                named += 1 if words else 0
                continue
            after = [item for item in words if item.start > number.start]
            kind = "_".join(
                fold(word)
                for item in after
                for word in self._text.plain[item.start : item.end].split()
            )
            self._found.append((index, self._part(whole, number.token, {"part": kind or "other"})))
        if named:
            counted = NumberToken("", "", items[start].start, items[start].end, (Decimal(named),))
            rest = self._part(whole, counted, {"part": "named"})
            self._found.append((index, replace(rest, qualifier="counted", tokens=(), positions=())))
        self._claimed = end

    def _part(self, whole: Figure, token: NumberToken, dims: Mapping[str, str]) -> Figure:
        return replace(
            whole,
            value=token.values[0],
            line=self._text.line_of(token.start),
            dims={**whole.dims, **dims},
            tokens=(token.text,),
            positions=(token.start,),
        )

    def _with_whole_levels(self) -> list[Figure]:
        """A figure whose parts are of two levels is the whole of both."""
        figures = [figure for _, figure in self._found]
        for place, whole in enumerate(figures):
            parts = []
            for part in figures[place + 1 :]:
                if part.code != whole.code or dict(part.dims) != dict(whole.dims):
                    break
                parts.append(part)
            levels = {part.level for part in parts}
            if len(parts) >= 2 and len(levels) == len(parts) and any(part.value for part in parts):
                figures[place] = replace(whole, level="all")
        return figures
