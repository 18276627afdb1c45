"""Which words of a block label which number, and what it counts."""

from collections.abc import Sequence

from orchestration.statements.grammar import (
    CLASSES,
    DOSSIER,
    FEEDBACK,
    MONEY,
    PERCENT,
    PROCEDURE,
    RELEVANT,
    STAFF,
    SUBJECT_OF_FEATURE,
    SUBJECTS,
    UNITS,
    UNITS_OF_MEASURE,
)
from orchestration.statements.items import BREAK, CONCEPT, OTHER, QUANTITY, Item
from orchestration.statements.labels import BEFORE_NUMBERS, Label, Place
from orchestration.statements.layout import Block, Text
from orchestration.statements.model import Figure, Period
from orchestration.statements.neighbours import (
    Neighbours,
    concepts_in,
    nearest_clause,
)
from orchestration.statements.numbers import NumberToken
from orchestration.statements.periods import PeriodSpan, period_spans

# nouns that say in a label what is counted; of the others ("lĩnh vực", "nhiệm vụ") every prose is
# full
_COUNTED = frozenset(SUBJECTS) - {"RESULT", "FIELD", "OBJECTIVE", "TASK", "ACTIVITY", "HOUR"}
_WHERE = frozenset({"cua", "tai", "thuoc", "cho", "o", "do", "boi", "toan", "cap", "ubnd", "den"})


class Labelling:
    """A block, what its numbers so far have opened, and the label of each number."""

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
        self._nameless: list[Figure] = []
        self._target_until = -1
        self.opened: list[str] = []
        self.opened_subject = ""
        self.last_subject = ""
        self.bare: set[int] = set()
        self._plain_totals: set[int] = set()

    def _topic_subject(self) -> str:
        """What the words before the block's first colon count: "Phản ánh, kiến nghị: nhận 5; …"."""
        colon = next((n for n, i in enumerate(self._items) if i.name == ":"), 0)
        head = self._items[:colon]
        named = {SUBJECTS.get(item.name, "") for item in head} & {FEEDBACK, DOSSIER, PROCEDURE}
        is_short = not any(item.kind in {QUANTITY, BREAK} and item.name != "," for item in head)
        return FEEDBACK if is_short and FEEDBACK in named else ""

    @staticmethod
    def _is_said_plainly(label: Label) -> bool:
        """Whether hardly a word of the label is unknown."""
        words = [*label.near, *label.right]
        unknown = [i for i in words if i.kind == OTHER and i.name not in BEFORE_NUMBERS | _WHERE]
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
        else:
            noun = self._noun_of_whole(after)
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

    def _noun_of_whole(self, after: int) -> str:
        """ "12 trên tổng số 15 phản ánh": both count the same."""
        names = [item.name for item in self._items[after : after + 3]]
        is_whole = len(names) == 3 and names[0] in {"OUT_OF", "AMONG"}
        return names[2] if is_whole and names[2] in {"DOSSIER", "PAKN", "PROC"} else ""

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

    def _measure(self, label: Label) -> str:
        if label.subject == MONEY:
            return "million_vnd"
        return UNITS_OF_MEASURE.get(label.subject, label.subject)
