"""What a row of each kind of list becomes: event type, its own columns, and what goes to ``data``.

The names and types are those of docs/contracts.md §1. Pure.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from orchestration.eventstore.schema import DATE_FIELDS, EXTRA_FIELDS, TEXT_FIELDS

Cell = Literal["text", "day", "moment", "whole", "decimal", "yes", "word"]
"""How a value of ``data`` is written: ``yes``: true only for the text ``true``; ``word``: as read,
its meaning comes from the source's ``meanings`` (``raw.map_value``) when the warehouse is built."""


@dataclass(frozen=True)
class Kind:
    """One kind of list. ``texts`` and ``dates`` are columns of the store, ``data`` the rest."""

    type: str
    subject: str = ""
    """What stands between system and code in the subject."""
    texts: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    data: dict[str, Cell] = field(default_factory=dict, hash=False)
    sighted_again: str | None = None
    """Type of the event that a known content leaves; what happened once leaves none."""
    has_code_in_data: bool = False
    needs: tuple[str, ...] = ()
    """Fields without which a row says nothing, whatever the YAML says."""
    names_system: bool = False
    """A row may say of which system its dossier is (``system``); else it is the source's own."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that a source of this kind may name."""
        own = ("system",) if self.names_system else ()
        return ("code", *own, *self.texts, *self.dates, *self.data)


KINDS: Final[dict[str, Kind]] = {
    "dossiers": Kind(
        "dossier.observed",
        texts=TEXT_FIELDS,
        dates=DATE_FIELDS,
        data={
            name: "text" if name in {"reception_unit", "help_unit"} else "word"
            for name in EXTRA_FIELDS
        },
        sighted_again="dossier.sighted",
    ),
    # the next three are short and have no type of their own for "the same again": what goes back
    # to what it was must be seen to, so each list repeats the content
    "units": Kind(
        "unit.observed",
        subject="unit/",
        data={
            "name": "text",
            "level": "text",
            "parent": "text",
            "valid_from": "day",
            "valid_to": "day",
            "successor": "text",
        },
        sighted_again="unit.observed",
        has_code_in_data=True,
    ),
    "procedures": Kind(
        "procedure.observed",
        subject="procedure/",
        data={
            "name": "text",
            "field": "text",
            "limit": "whole",
            "limit_unit": "text",
            "fee": "yes",
        },
        sighted_again="procedure.observed",
        has_code_in_data=True,
    ),
    "feedback": Kind(
        "feedback.observed",
        subject="feedback/",
        texts=("unit_name",),
        dates=("received_at", "finished_at", "handed_over_at"),
        data={"kind": "word"},
        sighted_again="feedback.observed",
        needs=("received_at",),
    ),
    "progress": Kind(
        "dossier.progressed",
        texts=("status", "activity"),
        dates=("due_at", "occurred_at"),
        data={"unit": "text", "started_at": "moment", "step_due_at": "moment"},
        needs=("occurred_at",),
    ),
    "forms": Kind(
        "form.issued",
        texts=("activity",),
        dates=("due_at", "occurred_at"),
        data={"number": "text"},
        needs=("activity", "occurred_at"),
    ),
    "rulings": Kind(
        "dossier.ruled",
        texts=("activity",),
        dates=("occurred_at",),
        data={"value": "text", "by": "text", "reason": "text", "ruled_at": "moment"},
        needs=("activity", "by", "reason"),
        names_system=True,
    ),
    "ratings": Kind(
        "dossier.rated",
        texts=("unit_name",),
        dates=("occurred_at",),
        data={"satisfied": "word", "score": "decimal", "of": "decimal"},
        needs=("occurred_at",),
    ),
    "digitisation": Kind(
        "dossier.digitised",
        dates=("occurred_at",),
        data={"digitised_intake": "word", "digitised_result": "word"},
        needs=("occurred_at",),
    ),
    "statements": Kind(
        "statement.made",
        texts=("unit_name",),
        dates=("occurred_at",),
        data={
            "document": "text",
            "origin": "text",
            "figure": "text",
            "rule_set": "text",
            "period_code": "text",
            "period_from": "text",
            "period_to": "text",
            "figure_value": "decimal",
            "publication": "whole",
            "decimals": "whole",
            "level": "text",
            "dims": "text",
            "unit_code": "text",
            "unit_of_measure": "text",
            "qualifier": "text",
            "alternatives": "text",
            "confidence": "decimal",
            "report_line": "whole",
            "report_text": "text",
            "tokens": "text",
            "report": "text",
            "report_sha256": "text",
            "made_at": "moment",
        },
        needs=("document", "figure", "figure_value"),
    ),
    "payments": Kind(
        "payment.made",
        dates=("occurred_at",),
        data={"online": "word", "amount": "whole", "fee": "word"},
        needs=("occurred_at",),
    ),
}
"""Kind of a source YAML -> what its rows become."""

YES: Final = ("true", "1", "x", "co", "yes", "y", "da", "dung")
NO: Final = ("false", "0", "khong", "no", "n", "chua", "sai")
"""``text_key``s that mean yes and no where a source does not say it itself."""

BOOLEAN_WORDS: Final = frozenset(
    {*EXTRA_FIELDS, "satisfied", "online", "fee"} - {"reception_unit", "help_unit"}
)
"""Fields of type ``word`` that answer yes or no."""
