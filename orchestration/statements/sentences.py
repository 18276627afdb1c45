"""One block → its figures, in the order of its numbers.

``labelling`` finds the words around a number, ``understanding`` the rule that they mean, ``making``
the rest of the figure.
"""

from dataclasses import replace

from orchestration.statements.grammar import (
    DOSSIER,
    FEEDBACK,
    PERCENT,
    RELEVANT,
    STAFF,
    WHOLE_OF,
    Rule,
    rates_named,
)
from orchestration.statements.items import BREAK, CONCEPT, OTHER, QUANTITY, zero_token
from orchestration.statements.labels import LEVELS, Label, Reading, heading_of
from orchestration.statements.making import Making
from orchestration.statements.model import Figure
from orchestration.statements.neighbours import (
    concepts_in,
)
from orchestration.statements.numbers import NumberToken
from orchestration.statements.settling import unrepeated
from orchestration.statements.understanding import Understanding

# a label of these says that it is a whole, not of what
_NAMELESS = frozenset({"TOTAL", "DOSSIER", "PAKN", "NUMBER_OF", "IS", "ALL", "SKIP", "RATE"})
_ZEROES = frozenset({"NONE", "NONE_AROSE", "NOT"})


class BlockReader(Understanding, Making):
    """Reads one block. ``opened``: the groups that its head figures opened, the last of them
    ``opened_subject``; ``bare``: where numbers stand that are said to be received, and no more.
    """

    @property
    def last_state(self) -> str:
        """What the block's dossiers are, for the next item of its list."""
        group = self._implied or self._context
        return {"resolved": "RESOLVED", "open": "OPEN"}.get(group, "")

    def figures(self) -> list[Figure]:
        """Every figure of the block that is certain, in the order of their numbers."""
        for index, item in enumerate(self._items):
            token = item.token
            if item.kind == CONCEPT and item.name in _ZEROES:
                token = self._zero(index)
            if token is None or item.kind not in {QUANTITY, CONCEPT}:
                continue
            self._read(index, token, is_zero=item.kind == CONCEPT)
        found = unrepeated(self._with_whole_levels(), self._plain_totals)
        for whole in self._nameless:
            behind = (n for n, each in enumerate(found) if each.positions > whole.positions)
            found.insert(next(behind, len(found)), whole)
        return found

    def _read(self, index: int, token: NumberToken, is_zero: bool) -> None:
        label = self._label(index, token)
        for figure in self._ranked(label, token, index) or self._targets(label, token, index):
            self._found.append((index, figure))
        if any(found == index for found, _ in self._found):
            self._claimed = label.end
            return
        if token.out_of is not None and token.values[0] > token.out_of:
            # "khóa sổ 14/6": more than the whole, so a day
            return
        reading = self._reading(label, token, index)
        if reading is None and not is_zero and self._is_nameless_whole(label):
            nameless = Reading(Rule(label.subject, ""), frozenset(), label.near, 0.75)
            self._nameless.append(self._figure(nameless, label, token, index, {}))
        if reading is None or not reading.rule.code:
            return
        self._state(reading, label, token, index, is_zero)

    def _state(
        self, reading: Reading, label: Label, token: NumberToken, index: int, is_zero: bool
    ) -> None:
        """The figures of a number that is understood, and what they open."""
        if is_zero and not self._is_stated_zero(index, label):
            return
        if "TOTAL" in reading.features or self._is_said_plainly(label):
            self._plain_totals.add(token.start)
        if reading.rule.code == "received_total" and not reading.features & {"TOTAL", "MUST"}:
            self.bare.add(token.start)
        self._claimed = label.end
        self._claimed_levels |= {id(item) for item in label.right}
        for dims in self._dims(reading, label, token, is_zero):
            self._found.append((index, self._figure(reading, label, token, index, dims)))
        if label.subject == STAFF and token.out_of is not None:
            self._add_whole("staff", reading, label, token, index)
        elif token.out_of is not None and label.noun:
            whole = WHOLE_OF.get(reading.rule.code)
            if reading.rule.code == "received_online" and "NEW" in reading.features:
                whole = "received_new"
            if whole is not None:
                self._add_whole(whole, reading, label, token, index)
        self._open(reading.rule, label)
        if reading.rule.dims.get("kind") == "autonomous":
            self._add_named_parts(label.end, index)

    def _is_nameless_whole(self, label: Label) -> bool:
        """ "cộng lại là 37 hồ sơ", "Tổng số hồ sơ trong kỳ: 20", "Hồ sơ: 20": of what?"""
        if label.subject not in {DOSSIER, FEEDBACK} or not self._is_said_plainly(label):
            return False
        names = concepts_in([*label.near, *label.right])
        is_head = bool(names) and label.near[-1].name == ":" if label.near else False
        return names <= _NAMELESS and ("TOTAL" in names or is_head)

    def _ranked(self, label: Label, token: NumberToken, index: int) -> list[Figure]:
        word = self._items[index - 1].name if index else ""
        is_ranked = "RANK" in concepts_in(label.near) or (
            word in {"hang", "thu"} and token.out_of is not None
        )
        if not is_ranked or token.percent:
            return []
        of = ""
        for part in (label.near, label.left):
            named = rates_named(concepts_in(part))
            of = of or (named[0] if named else "")
        if not of and self._found:
            of = self._found[-1][1].code.removesuffix("_change")
        if not of:
            named = rates_named(concepts_in(self._row.topic(index)))
            of = named[0] if named else "par_index"
        dims = {"of": of}
        if token.out_of is not None:
            dims["out_of"] = str(token.out_of)
        rule = Rule("rank", "rank", dims=dims)
        reading = Reading(rule, frozenset(), label.near, 1.0)
        figure = self._figure(reading, label, token, index, dims)
        # "01/11 đơn vị cấp huyện": those behind the stroke are whom the office is compared with
        rivals = [item for item in label.right if item.name in LEVELS]
        self._claimed_levels |= {id(item) for item in rivals}
        level = self._place.level if rivals or label.noun == "COMMUNE" else figure.level
        if self._opens_index(of):
            self._context, self._context_from = of, index
        return [replace(figure, unit_of_measure="rank", level=level)]

    @staticmethod
    def _opens_index(of: str) -> bool:
        """Behind a rank a bare "kết quả chỉ số" is that of what was ranked."""
        return of == "par_index"

    def _targets(self, label: Label, token: NumberToken, index: int) -> list[Figure]:
        around = concepts_in([*label.near, *label.right]) | heading_of(label)
        is_target = "TARGET" in around or (
            index <= self._target_until and "RESULT" not in concepts_in(label.near)
        )
        if not token.percent or not is_target:
            return []
        sentence = self._row.sentence(index)
        tries = (
            (label.near, 1.0), (label.right, 1.0), (label.left, 0.9), (sentence, 0.85),
            (self._row.enclosing(index), 0.85), (self._row.topic(index), 0.7),
        )  # fmt: skip
        for part, trust in tries:
            codes = rates_named(concepts_in(part))
            if codes and (trust < 1.0 or concepts_in(part) & RELEVANT[PERCENT]):
                self._target_until = max(self._target_until, index + len(sentence))
                reading = Reading(Rule(PERCENT, "target"), frozenset(), part, trust)
                return [
                    replace(
                        self._figure(reading, label, token, index, {"of": code}),
                        qualifier="at_least",
                    )
                    for code in (codes if trust < 0.8 else codes[:1])
                ]
        return []

    def _zero(self, index: int) -> NumberToken | None:
        item = self._items[index]
        before = self._items[index - 1] if index else None
        after = self._items[index + 1] if index + 1 < len(self._items) else None
        ends = after is None or (after.kind == BREAK and after.name in ".;,)")
        if item.name == "NOT":
            answers = before is not None and before.name in {":", "IS"}
            return zero_token(item, self._text.raw) if answers and ends else None
        return zero_token(item, self._text.raw)

    def _is_stated_zero(self, index: int, label: Label) -> bool:
        """ "Không có" is a figure as an answer to a label, or before what it counts."""
        before = self._items[index - 1] if index else None
        relevant = RELEVANT[label.subject]
        is_sure = self._items[index].score == 1.0
        if before is not None and (
            before.name in {":", "IS"} or (before.name in relevant and is_sure)
        ):
            return True
        arose = self._items[index].name == "NONE_AROSE"
        says_more = any(item.kind == OTHER and item.name not in {"nao", ""} for item in label.right)
        if arose and says_more and not concepts_in([*label.near, *label.right]) & relevant:
            # "không phát sinh hồ sơ nộp sai thẩm quyền" is not said of all that came in
            return False
        return bool(label.noun) and (arose or bool(concepts_in(label.right) & relevant))

    def _open(self, rule: Rule, label: Label) -> None:
        if label.subject != PERCENT:
            self._subject = self.last_subject = label.subject
        if rule.opens:
            self._context, self._context_from = rule.opens, label.end
        if rule.opens or rule.implies:
            self._implied, self._implied_from = rule.implies, label.end
        if rule.opens and label.subject != PERCENT:
            self.opened = [*self.opened, rule.opens]
            self.opened_subject = label.subject
