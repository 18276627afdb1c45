"""The columns of the event store, as ``docs/contracts.md`` §1 defines them."""

from typing import Final

TEXT_FIELDS: Final = (
    "status",
    "unit_name",
    "channel",
    "procedure_code",
    "procedure_name",
    "field_name",
    "national_code",
)
DATE_FIELDS: Final = (
    "submitted_at",
    "received_at",
    "due_at",
    "finished_at",
    "handed_over_at",
    "refused_at",
)
EXTRA_FIELDS: Final = (
    "interlinked",
    "online_full",
    "returned_by_post",
    "digitised_intake",
    "digitised_result",
    "has_fee",
    "paid_online",
    "reception_unit",
    "help_unit",
)
"""What only some lists say of a dossier; kept in ``data`` as read."""
LAYOUT_BITS: Final = {
    name: 1 << n for n, name in enumerate((*DATE_FIELDS, *TEXT_FIELDS, *EXTRA_FIELDS))
}
"""Field -> its bit in ``layout``; a field that a list lacks is *absent*, not empty."""

CARRIED_BITS: Final = LAYOUT_BITS | {
    "satisfied": 1 << 24,
    "feedback": 1 << 25,
    "feedback_published": 1 << 26,
    "feedback_kind": 1 << 27,
}
"""Bits of ``fct_unit_carrier.layout``: what lists beside those of dossiers tell of a unit."""


def is_day(field: str) -> str:
    """Name of the flag beside a date field: ``received_at`` -> ``received_is_day``."""
    return field.removesuffix("_at") + "_is_day"


COLUMNS: Final[dict[str, str]] = {
    "type": "varchar",
    "source": "varchar",
    "system": "varchar",
    "batch_id": "varchar",
    "known_at": "timestamp",
    "recorded_at": "timestamp",
    "observed_at": "timestamp",
    "subject": "varchar",
    "id": "varchar",
    "line_no": "integer",
    "content_hash": "bigint",
    "layout": "integer",
    "code": "varchar",
    "national_code": "varchar",
    "procedure_code": "varchar",
    "procedure_name": "varchar",
    "field_name": "varchar",
    "unit_name": "varchar",
    "status": "varchar",
    "channel": "varchar",
    **dict.fromkeys(DATE_FIELDS, "timestamp"),
    **{is_day(field): "boolean" for field in DATE_FIELDS},
    "occurred_at": "timestamp",
    "occurred_is_day": "boolean",
    "activity": "varchar",
    "data": "varchar",
}
"""Column -> DuckDB type, in the store's order. Knowledge times are UTC without a zone."""

REQUIRED: Final = ("type", "source", "system", "batch_id", "known_at", "recorded_at")
