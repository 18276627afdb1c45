"""One block → its figures: which words label which number.

A number's label stands before it ("trễ hạn: 03 hồ sơ"), behind it ("00 hồ sơ quá hạn"), before the
bracket that it stands in, or in the sentence before; they are tried in this order. What names only
a level ("141 hồ sơ cấp huyện") makes a part of the figure before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from orchestration.statements.grammar import (
    CLASSES,
    DOSSIER,
    FEEDBACK,
    MONEY,
    PERCENT,
    PROCEDURE,
    RATE_OF,
    RELEVANT,
    STAFF,
    STATES,
    SUBJECT_OF_FEATURE,
    SUBJECTS,
    TIMES,
    UNITS,
    UNITS_OF_MEASURE,
    WHOLE_OF,
    Rule,
    rates_named,
    read_rule,
)
from orchestration.statements.head import stated_period
from orchestration.statements.items import BREAK, CONCEPT, OTHER, QUANTITY, Item, zero_token
from orchestration.statements.labels import Label, Place, Reading, heading_of
from orchestration.statements.layout import Block, Text
from orchestration.statements.model import Figure, Period
from orchestration.statements.neighbours import (
    BOUNDS,
    Neighbours,
    concepts_in,
    nearest_clause,
    split,
)
from orchestration.statements.numbers import NumberToken
from orchestration.statements.periods import PeriodSpan, period_at, period_spans
from orchestration.statements.settling import unrepeated
from orchestration.statements.spotting import fold

_LEVELS = {"DISTRICT": "district", "COMMUNE_LEVEL": "commune", "PROVINCE": "province"}
_KIND_OF_NOUN = {"COMMUNE": "commune", "AGENCY": "agency", "OFFICE": "unit", "AUTON": "autonomous"}
# nouns that say in a label what is counted; of the others ("lĩnh vực", "nhiệm vụ") every prose is
# full
_COUNTED = frozenset(SUBJECTS) - {"RESULT", "FIELD", "OBJECTIVE", "TASK", "ACTIVITY", "HOUR"}
_STAGES = frozenset({"INTAKE", "OUTPUT", "HANDOVER", "RESULT"})
_GENERAL = frozenset({"received_new", "received_total", "resolved_total", "open_total"})
_CHANNELS = frozenset({"ONLINE", "INPERSON", "POSTAL", "OFFLINE"})
_TIMELINESS = frozenset({"EARLY", "ONTIME", "INBOTH", "LATE", "INTIME"})
_UNFINISHED = frozenset({"dang", "chua"})
_MONEY = frozenset({"MILLION", "BILLION"})
_MEASURED = frozenset({"DOSSIER", "RESULT", "PAPERS", "DOC_OUT"})
# words that many a label holds besides what it says
_VAGUE = frozenset({"NUMBER_OF", "TOTAL", "SOLVE", "RESULT"})
_ZEROES = frozenset({"NONE", "NONE_AROSE", "NOT"})
# "chưa có do người dân chưa hiểu": a reason behind a zero is not what it counts
_BECAUSE = frozenset({"do", "vi", "nen"})
# what may stand right before a number that the words behind it explain
_BEFORE_NUMBERS = frozenset(
    {
        *(
            "con",
            "co",
            "duoc",
            "la",
            "da",
            "dat",
            "khoang",
            "gan",
            "hon",
            "chi",
            "moi",
            "van",
            "len",
        ),
        *("toi", "bang", "voi", "gom", "them", "nay", "hien", "tong", "dung", "chiem", "ca"),
    }
)
_WHERE = frozenset({"cua", "tai", "thuoc", "cho", "o", "do", "boi", "toan", "cap", "ubnd", "den"})
_TEXT_CHARS = 200
# ", đạt 47,76%": so few words behind a count say nothing else
_NEXT_CLAUSE = 5


class BlockReader:
    """Reads one block. ``opened``: the groups that its head figures opened, the last of them
    ``opened_subject``; ``bare``: where numbers stand that are said to be received, and no more.
    """

    def __init__(
        self,
        text: Text,
        block: Block,
        items: Sequence[Item],
        place: Place,
        document_period: Period | None,
    ) -> None:
        """``items`` is the block's row; nothing is read before ``figures`` is called."""
        self._text = text
        self._block = block
        self._items = items
        self._row = Neighbours(items)
        self._place = place
        self._periods: list[PeriodSpan] = period_spans(
            text.digits, block.body, block.end, place.period or document_period
        )
        self._context = place.context
        self._context_from = -1
        self._implied = ""
        self._implied_from = -1
        self._subject = self._topic_subject() or place.subject or place.sibling_subject
        self._claimed = 0
        self._claimed_levels: set[int] = set()
        self._found: list[tuple[int, Figure]] = []
        self._target_until = -1
        self.opened: list[str] = []
        self.opened_subject = ""
        self.last_subject = ""
        self.bare: set[int] = set()
        self._plain_totals: set[int] = set()

    @property
    def last_state(self) -> str:
        """What the block's dossiers are, for the next item of its list."""
        group = self._implied or self._context
        return {"resolved": "RESOLVED", "open": "OPEN"}.get(group, "")

    def _topic_subject(self) -> str:
        """What the words before the block's first colon count: "Phản ánh, kiến nghị: nhận 5; …"."""
        colon = next((n for n, i in enumerate(self._items) if i.name == ":"), 0)
        head = self._items[:colon]
        named = {SUBJECTS.get(item.name, "") for item in head} & {FEEDBACK, DOSSIER, PROCEDURE}
        is_short = not any(item.kind in {QUANTITY, BREAK} and item.name != "," for item in head)
        return FEEDBACK if is_short and FEEDBACK in named else ""

    def figures(self) -> list[Figure]:
        """Every figure of the block that is certain, in the order of their numbers."""
        for index, item in enumerate(self._items):
            token = item.token
            if item.kind == CONCEPT and item.name in _ZEROES:
                token = self._zero(index)
            if token is None or item.kind not in {QUANTITY, CONCEPT}:
                continue
            self._read(index, token, is_zero=item.kind == CONCEPT)
        return unrepeated(self._with_whole_levels(), self._plain_totals)

    # reading one number

    def _read(self, index: int, token: NumberToken, is_zero: bool) -> None:
        label = self._label(index, token)
        for figure in self._ranked(label, token, index) or self._targets(label, token, index):
            self._found.append((index, figure))
        if any(found == index for found, _ in self._found):
            self._claimed = label.end
            return
        reading = self._reading(label, token, index)
        if reading is None or not reading.rule.code:
            return
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

    @staticmethod
    def _is_said_plainly(label: Label) -> bool:
        """Whether hardly a word of the label is unknown."""
        words = [*label.near, *label.right]
        unknown = [i for i in words if i.kind == OTHER and i.name not in _BEFORE_NUMBERS | _WHERE]
        return not unknown

    def _label(self, index: int, token: NumberToken) -> Label:
        items = self._items
        anchor = index
        after = index + 1
        noun = ""
        if token.out_of is not None and after < len(items) and items[after].name == "ubnd":
            after += 1
        if after < len(items) and items[after].kind == CONCEPT and items[after].name in SUBJECTS:
            noun = items[after].name
            after += 1
        bracketed = (
            index > 0
            and items[index - 1].name == "("
            and after < len(items)
            and items[after].name == ")"
        )
        if bracketed:
            anchor = index - 1
        start = max(self._row.hard_left(anchor), self._claimed if not bracketed else 0)
        if bracketed:
            start = max(start, self._row.last_comma(anchor, start))
        left = self._row.over_bracket(start, anchor, self._claimed)
        end = after if bracketed else self._row.right_end(after)
        stopped_by_number = end < len(items) and items[end].kind == QUANTITY and not bracketed
        right: Sequence[Item] = () if bracketed else items[after:end]
        subject = self._subject_of(token, noun, left, right)
        left, among = self._taken_out_of(left)
        near = nearest_clause(left, RELEVANT.get(subject, frozenset()))
        if subject == PROCEDURE and "PUBLISH" in concepts_in(near) and not self._counted(near):
            near = left
        if subject == UNITS and concepts_in(left) & set(CLASSES):
            near = left
        if stopped_by_number and concepts_in(near) & RELEVANT.get(subject, frozenset()):
            right, end = (), after
        return Label(left, near, right, end, noun, subject, among)

    def _taken_out_of(self, left: Sequence[Item]) -> tuple[Sequence[Item], Sequence[Item]]:
        """What labels the number, and what it is a part of: "trong số hồ sơ mới thì 12 hồ sơ …"."""
        start = next((n for n, item in enumerate(left) if item.name == "AMONG"), None)
        if start is None:
            return left, ()
        end = next(
            (n for n in range(start, len(left)) if left[n].name in {",", ":", "thi", "co", "da"}),
            len(left),
        )
        return [*left[:start], *left[end:]], left[start:end]

    def _subject_of(
        self, token: NumberToken, noun: str, left: Sequence[Item], right: Sequence[Item]
    ) -> str:
        if token.percent:
            return PERCENT
        if noun:
            return SUBJECTS[noun]
        names = concepts_in([*left, *right])
        by_feature = [s for features, s in SUBJECT_OF_FEATURE if features & names]
        if by_feature[:1] == [UNITS]:
            return UNITS
        named = [SUBJECTS[name] for name in self._counted(left)]
        behind = [SUBJECTS[name] for name in self._counted(right)]
        if named or behind:
            return (named[-1:] or behind[:1])[0]
        if names & {"REVIEW", "SIMPLIFY"} and "PROC" in concepts_in(self._items):
            return PROCEDURE
        return self._subject or "".join(by_feature[:1])

    def _counted(self, items: Sequence[Item]) -> list[str]:
        """Nouns that may be what is counted; "của xã", "tại đơn vị" only say where."""
        return [
            item.name
            for place, item in enumerate(items)
            if item.name in _COUNTED
            and not (
                SUBJECTS[item.name] in {UNITS, STAFF} and place and items[place - 1].name in _WHERE
            )
            and not (
                item.name in {"OFFICE", "AGENCY"}
                and not concepts_in(items) & RELEVANT[UNITS] - {item.name}
            )
        ]

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
            (self._row.bracket_before(self._row.hard_left(index)), label.near, 0.8),
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

    def _in_bracket(self, rule: Rule, features: frozenset[str], label: Label, index: int) -> Rule:
        """ "hồ sơ nộp theo cách cũ (trực tiếp, bưu chính) là 12": a bracket right before the number
        says more exactly what is counted.
        """
        inner = concepts_in(self._row.bracket_before(self._row.hard_left(index)))
        says = inner & (_CHANNELS if rule.code.startswith("received_") else _TIMELINESS)
        all_of_them = {"ONLINE"} < says
        if rule.code not in _GENERAL or not says or all_of_them:
            return rule
        exact = read_rule(label.subject, features | says, self._context_at(index))
        return exact if exact is not None and exact.code else rule

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
        by_level = names & set(_LEVELS) and not names & (relevant - set(_LEVELS) - {"NUMBER_OF"})
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
            and item.name not in _BEFORE_NUMBERS
        )

    def _counts_something_else(self, label: Label, token: NumberToken, index: int) -> bool:
        """An unknown word right behind the number is what it counts, unless a label's colon says
        else.
        """
        if label.noun or token.percent or index + 1 >= len(self._items):
            return False
        following = self._items[index + 1]
        if following.name in _LEVELS:
            return not self._found
        if self._items[index].kind == CONCEPT and following.name in _BECAUSE:
            return False
        if following.name in {"SKIP", "PERSONS"} or (
            self._items[index].kind == QUANTITY and index and self._is_word(index - 1)
        ):
            return True
        if following.kind != OTHER or following.token is not None or not following.name:
            return False
        before = self._items[index - 1] if index else None
        answers = before is not None and before.name in {":", "IS"}
        return not (answers and concepts_in(label.near) & RELEVANT[label.subject])

    # ranks and targets

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
        level = figure.level if label.noun != "COMMUNE" else self._place.level
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

    # what a figure is made of

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
                (_LEVELS[i.name] for i in part if i.name in _LEVELS and not self._is_joined(i)), ""
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
        places = [n for n in range(anchor) if self._items[n].name in _LEVELS]
        for place in range(anchor - 1, -1, -1):
            item = self._items[place]
            depth = max(0, depth + (item.name == ")") - (item.name == "("))
            crossed = crossed or (item.kind == BREAK and item.name == ".")
            if depth or item.name not in _LEVELS or id(item) in self._claimed_levels:
                continue
            joint = self._is_joined(item) or any(
                abs(other - place) <= 2 and self._items[other].name != item.name for other in places
            )
            if not joint and (not crossed or self._heads_block(item)):
                return _LEVELS[item.name]
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

    def _measure(self, label: Label) -> str:
        if label.subject == MONEY:
            return "million_vnd"
        return UNITS_OF_MEASURE.get(label.subject, label.subject)

    def _snippet(self, label: Label, token: NumberToken) -> str:
        start = label.left[0].start if label.left else token.start
        end = label.right[-1].end if label.right else token.end
        start = max(start, token.start - _TEXT_CHARS // 2)
        end = max(token.end, min(end, token.end + _TEXT_CHARS // 2))
        if label.noun and not label.right:
            end = max(end, self._items[label.end - 1].end) if label.end else end
        return " ".join(self._text.raw[start:end].split()).lstrip(",;: ")

    # zero in words

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

    # afterwards

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


def _state_in(part: Sequence[Item]) -> str:
    return _only_state(concepts_in(part))


def _only_state(names: frozenset[str]) -> str:
    """The one state that is named; empty when none is, or both are."""
    found = {STATES[name] for name in names if name in STATES}
    return found.pop() if len(found) == 1 else ""
