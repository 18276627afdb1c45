"""A number's label → the rule that reads it.

A label stands before the number ("trễ hạn: 03 hồ sơ"), behind it ("00 hồ sơ quá hạn"), before the
bracket that it stands in, or in the sentence before; they are tried in this order. What names only
a level ("141 hồ sơ cấp huyện") makes a part of the figure before.
"""

from collections.abc import Sequence

from orchestration.statements.grammar import (
    DOSSIER,
    FEEDBACK,
    MONEY,
    PERCENT,
    PROCEDURE,
    RATE_OF,
    RELEVANT,
    STAFF,
    STATES,
    TIMES,
    UNITS,
    Rule,
    read_rule,
)
from orchestration.statements.items import BREAK, CONCEPT, OTHER, QUANTITY, Item
from orchestration.statements.labelling import Labelling
from orchestration.statements.labels import BEFORE_NUMBERS, LEVELS, Label, Reading
from orchestration.statements.neighbours import (
    concepts_in,
)
from orchestration.statements.numbers import NumberToken

_STAGES = frozenset({"INTAKE", "OUTPUT", "HANDOVER", "RESULT"})
_GENERAL = frozenset({"received_new", "received_total", "resolved_total", "open_total"})
_CHANNELS = frozenset({"ONLINE", "INPERSON", "POSTAL", "OFFLINE"})
_TIMELINESS = frozenset({"EARLY", "ONTIME", "INBOTH", "LATE", "INTIME"})
_OF_ALL = frozenset({"received_new", "received_total", "resolved_total"})
# what a bracket may hold besides the concept that it adds
_SURE = BEFORE_NUMBERS | {"bi", "deu", "nop", "qua", "theo", "so"}
_DENIED = frozenset({"NONE", "NONE_AROSE", "NOT", "NOT_LATE", "OF_WHICH"})
_UNFINISHED = frozenset({"dang", "chua"})
_MONEY = frozenset({"MILLION", "BILLION"})
_MEASURED = frozenset({"DOSSIER", "RESULT", "PAPERS", "DOC_OUT"})
# words that many a label holds besides what it says
_VAGUE = frozenset({"NUMBER_OF", "TOTAL", "SOLVE", "RESULT"})
# "chưa có do người dân chưa hiểu": a reason behind a zero is not what it counts
_BECAUSE = frozenset({"do", "vi", "nen"})
# ", đạt 47,76%": so few words behind a count say nothing else
_NEXT_CLAUSE = 5


class Understanding(Labelling):
    """What each number of a block means."""

    def _reading(self, label: Label, token: NumberToken, index: int) -> Reading | None:
        bare_money = label.subject == MONEY and not label.noun
        if not label.subject or bare_money or self._counts_something_else(label, token, index):
            return None
        relevant = RELEVANT[label.subject]
        own = frozenset({label.noun} - {""}) | self._of_all(label, index)
        if index and self._items[index - 1].name == "con" and label.subject == FEEDBACK:
            own |= {"REST"}
        if any(item.name in _UNFINISHED for item in [*label.near, *label.right]):
            # "12 hồ sơ chưa được phòng chuyên môn giải quyết"
            own |= {"ONGOING"}
        if label.noun == "RESULT" and label.subject == DOSSIER:
            own = own - {"RESULT"} | {"RESULTS"}
        arose = frozenset({self._items[index].name} & {"NONE_AROSE"})
        coordinated = self._coordinated(label, index)
        if coordinated is not None:
            return coordinated
        enclosing, topic = self._row.enclosing(index), self._row.topic(index)
        wider = self._row.wider_right(label.end) if label.subject in {UNITS, STAFF} else ()
        tries: list[tuple[Sequence[Item], Sequence[Item], float]] = [
            (label.near, label.right, 1.0),
            (label.right, label.near, 1.0),
            (label.left, label.right, 0.9),
            (wider, (), 0.85),
            (enclosing, label.right, 0.85),
            (self._over_commas(label), label.near, 0.85),
            (self._bracket_before(index), label.near, 0.8),
            ([*label.among, *label.near], label.right, 0.8),
            (self._head_of_shares(label, index), [*label.near, *label.right], 0.75),
            (self._row.sentence(index) if label.noun in _MONEY else (), (), 0.8),
            (topic, label.right, 0.7),
        ]
        for main, side, trust in tries:
            names = concepts_in(main) | own
            if not names & relevant and not (trust == 1.0 and own & relevant):
                continue
            if label.subject == DOSSIER and not concepts_in(main) & relevant:
                continue
            features = names | concepts_in(side)
            rule = self._settled(label, features, index)
            if rule is not None:
                exact = self._in_bracket(rule, features, label, index)
                return Reading(exact, features, [*main, *side], trust)
            if trust == 1.0 and label.subject == DOSSIER and names & relevant - _VAGUE:
                return None
        by_heading = self._by_heading(label, index)
        if by_heading is not None:
            return by_heading
        return self._share_of_before(label, token, index) or self._without_features(
            label, index, arose
        )

    def _head_of_shares(self, label: Label, index: int) -> Sequence[Item]:
        """ "Số hóa hồ sơ đạt 98% ở khâu tiếp nhận, 97% ở khâu trả": what all shares are of."""
        if label.subject != PERCENT or not concepts_in([*label.near, *label.right]) & _STAGES:
            return ()
        sentence = self._row.sentence(index)
        ends = (n for n, item in enumerate(sentence) if item.kind == QUANTITY or item.name == ":")
        return [item for item in sentence[: next(ends, 0)] if item.name not in _STAGES]

    def _bracket_before(self, index: int) -> Sequence[Item]:
        return self._row.bracket_before(self._row.hard_left(index), self._claimed)

    def _in_bracket(self, rule: Rule, features: frozenset[str], label: Label, index: int) -> Rule:
        """ "hồ sơ nộp theo cách cũ (trực tiếp, bưu chính) là 12": a bracket right before or behind
        says more exactly what is counted, and so does what goes on behind a bracketed number.
        """
        if rule.code not in _GENERAL:
            return rule
        wanted = _CHANNELS if rule.code.startswith("received_") else _TIMELINESS
        start = self._row.hard_left(index)
        told = [item.name for item in self._items[start:index]]
        before = () if {",", "TOTAL"} & set(told) else self._bracket_before(index)
        behind = self._row.bracket_behind(label.end)
        if any(item.name not in _SURE and item.kind == OTHER for item in behind):
            behind = ()
        for part in (before, behind, self._row.behind_bracket(index, label.end)):
            named = concepts_in(part)
            says = named & wanted
            both = {"ONLINE"} < says or {"LATE"} < says or named & _DENIED
            if says and not both:
                exact = read_rule(label.subject, features | says, self._context_at(index))
                return exact if exact is not None and exact.code else rule
        # "hồ sơ mới còn lại": what is left of it, not all of it
        is_rest = rule.code in _OF_ALL and "REST" in concepts_in(label.near)
        return Rule(label.subject, "") if is_rest else rule

    def _of_all(self, label: Label, index: int) -> frozenset[str]:
        """ "trong tổng số 200 TTHC", "trong 12 kiến nghị, 9 kiến nghị đã …": the whole."""
        before = self._items[index - 1] if index else None
        if before is None or label.subject not in {FEEDBACK, PROCEDURE, DOSSIER}:
            return frozenset()
        is_whole = before.name in {"OUT_OF", "AMONG"} or (
            before.name == "trong" and label.subject == FEEDBACK
        )
        return frozenset({"TOTAL"}) if is_whole else frozenset()

    def _over_commas(self, label: Label) -> Sequence[Item]:
        """What is said of the noun behind a comma: "12 hồ sơ được người dân, hộ dân nộp"."""
        if label.subject in {DOSSIER, FEEDBACK}:
            return self._row.over_commas(label.end) if label.noun else ()
        first = next((item.name for item in label.right if item.kind == CONCEPT), "")
        return self._row.over_commas(label.end) if first in _MEASURED else ()

    def _is_own_context(self) -> bool:
        """Whether the group was opened in this block."""
        return self._context_from >= 0 or bool(self._implied)

    def _by_heading(self, label: Label, index: int) -> Reading | None:
        """With what the heading above says: "Số hóa hồ sơ:", "- Khi tiếp nhận: 98%"."""
        names = concepts_in([*label.near, *label.right]) | (frozenset({label.noun}) - {""})
        if not self._place.heading or not concepts_in(label.near):
            return None
        for heading in (self._place.heading, self._place.heading - {"DOSSIER"}):
            rule = read_rule(label.subject, names | heading, self._context_at(index))
            if rule is not None and rule.code:
                return Reading(rule, names, label.near, 0.75)
        return None

    def _settled(self, label: Label, features: frozenset[str], index: int) -> Rule | None:
        """The rule for the features; timeliness alone is completed by what says whether it is
        finished or open: nearby words, the group that it is in, the rest of the sentence.
        """
        context = self._context_at(index)
        if "TOTAL" in features and not context and label.subject == DOSSIER:
            # "… Cộng cả hai: 112 hồ sơ": a total in a sentence of its own
            context = self._implied
        if label.subject != DOSSIER or not features & TIMES or features & {"SOLVE", *STATES}:
            return read_rule(label.subject, features, context)
        for part in (label.left, label.among, self._row.enclosing(index)):
            if state := _state_in(part):
                return read_rule(label.subject, features | {state}, context)
        if context not in {"open", "resolved"} or not self._is_own_context():
            if state := _state_in(self._row.numbered_parts(index)):
                return read_rule(label.subject, features | {state}, context)
            for names in (self._place.heading, frozenset({self._place.sibling_state})):
                if state := _only_state(names):
                    return read_rule(label.subject, features | {state}, context)
        return read_rule(label.subject, features, context)

    def _context_at(self, index: int) -> str:
        """The group that a number belongs to, as far as earlier numbers say."""
        if self._implied and not self._ended(self._implied_from, index):
            return self._implied
        if self._context_from >= 0 and self._ended(self._context_from, index):
            return "" if not self._context else f"past {self._context}"
        return self._context

    def _ended(self, start: int, index: int) -> bool:
        """Whether the sentence has ended since, and what follows does not begin with "trong đó"."""
        part = self._items[start:index]
        stop = next((n for n, item in enumerate(part) if item.name == "."), None)
        return stop is not None and not any(item.name == "OF_WHICH" for item in part[stop:])

    def _without_features(self, label: Label, index: int, arose: frozenset[str]) -> Reading | None:
        """A noun that needs no further feature: "03 hội nghị", "không phát sinh phản ánh"."""
        features = frozenset({label.noun}) | arose
        rule = read_rule(label.subject, features, self._context_at(index)) if label.noun else None
        return Reading(rule, features, (), 0.9) if rule else None

    def _coordinated(self, label: Label, index: int) -> Reading | None:
        """A part of the figure before: "141 hồ sơ cấp huyện", "… và 06/12 cơ quan"."""
        if not self._found or label.subject == PERCENT:
            return None
        position, before = self._found[-1]
        names = concepts_in([*label.near, *label.right])
        relevant = RELEVANT[label.subject]
        same_sentence = not any(item.name == "." for item in self._items[position:index])
        if not same_sentence or before.unit_of_measure != self._measure(label):
            return None
        by_level = names & set(LEVELS) and not names & (relevant - set(LEVELS) - {"NUMBER_OF"})
        by_kind = (
            before.code == "inspected" or before.dims.get("kind", "").startswith("recruited")
        ) and not (names | concepts_in(label.left)) & relevant - {label.noun}
        if not (by_level or by_kind) or label.subject == PROCEDURE:
            return None
        if by_kind and label.subject == STAFF:
            recruited = read_rule(STAFF, frozenset({"RECRUIT", label.noun}), "")
            return Reading(recruited, names, (), 0.95) if recruited else None
        rule = Rule(label.subject, before.code, dims={} if by_kind else before.dims)
        return Reading(rule, names, [*label.near, *label.right], 0.95)

    def _share_of_before(self, label: Label, token: NumberToken, index: int) -> Reading | None:
        """A bare share behind a count is the rate of that count."""
        if not token.percent or not self._found:
            return None
        position, before = self._found[-1]
        between = self._items[position + 1 : index]
        if before.code == "target" and "RESULT" in concepts_in(between):
            return Reading(Rule(PERCENT, before.dims["of"]), frozenset(), (), 0.9)
        if before.code == "rank" and len(between) <= _NEXT_CLAUSE and not label.noun:
            of = before.dims["of"]
            if not any(i.kind == BREAK and i.name in ".;" for i in between) and of == "par_index":
                return Reading(Rule(PERCENT, of), frozenset(), (), 0.9)
        if before.code not in RATE_OF or any(i.name == "." for i in between) or len(between) > 14:
            return None
        joined = concepts_in(between) & {"RATE", "ABOVE"} or any(i.name == "(" for i in between)
        if not joined and len(between) > _NEXT_CLAUSE:
            return None
        return Reading(Rule(PERCENT, RATE_OF[before.code]), frozenset(), (), 0.9)

    def _is_word(self, place: int) -> bool:
        item = self._items[place]
        return (
            item.kind == OTHER
            and item.token is None
            and bool(item.name)
            and item.name not in BEFORE_NUMBERS
        )

    def _counts_something_else(self, label: Label, token: NumberToken, index: int) -> bool:
        """An unknown word right behind the number is what it counts, unless a label's colon says
        else.
        """
        if label.noun or token.percent or index + 1 >= len(self._items):
            return False
        following = self._items[index + 1]
        if following.name in LEVELS:
            return not self._found
        if self._items[index].kind == CONCEPT and following.name in _BECAUSE:
            return False
        # "tại 02 điểm", "đạt 9,5 điểm"
        is_point = following.name == "INDEX" and self._items[index].kind == QUANTITY
        if (
            following.name in {"SKIP", "PERSONS"}
            or is_point
            or (self._items[index].kind == QUANTITY and index and self._is_word(index - 1))
        ):
            return True
        if following.kind != OTHER or following.token is not None or not following.name:
            return False
        before = self._items[index - 1] if index else None
        answers = before is not None and before.name in {":", "IS"}
        return not (answers and concepts_in(label.near) & RELEVANT[label.subject])


def _state_in(part: Sequence[Item]) -> str:
    return _only_state(concepts_in(part))


def _only_state(names: frozenset[str]) -> str:
    """The one state that is named; empty when none is, or both are."""
    found = {STATES[name] for name in names if name in STATES}
    return found.pop() if len(found) == 1 else ""
