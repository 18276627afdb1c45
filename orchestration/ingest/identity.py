"""Deterministic ids: the same thing said in another file, on another day, has the same id. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestration.eventstore.store import quoted
from orchestration.ingest.scratch import moment
from orchestration.sources.kinds import KINDS

SIGHTED_AGAIN: Final = {
    kind.type: kind.sighted_again for kind in KINDS.values() if kind.sighted_again
}
"""Type of a content -> type of the event that a known content leaves; a step of a control slip
happened once, however often it is listed, and leaves none."""

_SUBJECT_PARTS: Final = {kind.type: kind.subject for kind in KINDS.values()}
_NAMING_SYSTEM: Final = {kind.type for kind in KINDS.values() if kind.names_system}


@dataclass(frozen=True)
class Identity:
    """How rows of one content type are named; all methods give SQL over ``code`` and ``content``.

    Where rows may be of another system than their source, ``system`` is a column, too.

    ``observed_at`` is UTC without a zone.
    """

    kind: str
    system: str
    observed_at: datetime

    def subject(self) -> str:
        """``system/code``; units, procedures and feedback have their kind between the two."""
        if self.kind in _NAMING_SYSTEM:
            return "system || '/' || code"
        return f"{quoted(f'{self.system}/{_SUBJECT_PARTS.get(self.kind, str())}')} || code"

    def named(self, relation: str) -> str:
        """SQL of ``relation`` with ``content_hash`` and ``id`` in the place of ``content``.

        ``content_hash`` is the lower 64 bits of the content's MD5, ``id`` the MD5 of type, subject
        and that MD5 (an MD5 of a long text is what ingest spends most time on: one is enough).
        """
        # a content comes once into the store; of a list of units each sighting repeats it
        repeated = SIGHTED_AGAIN.get(self.kind) == self.kind
        again = f", '|', epoch_us({moment(self.observed_at)})" if repeated else ""
        kind = quoted(self.kind)
        return f"""
            with digested as (
                select * exclude (content), md5(concat({kind}, chr(31), content)) as digest
                from ({relation})
            )
            select * exclude (digest), hoso_low_bits(digest) as content_hash,
                md5(concat({kind}, '|', {self.subject()}, '|', digest{again})) as id
            from digested
        """
