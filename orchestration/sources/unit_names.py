"""What a source's YAML says that texts of units mean, and in lists of which days. Pure."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from orchestration.text import text_key


class UnitMeaning(NamedTuple):
    """A unit's code, and the lists in which a text means it: from the first day on, until the day
    before ``valid_to``; null: no limit. It is the day of the list (``observed_at``) that counts.
    """

    code: str
    valid_from: date | None = None
    valid_to: date | None = None

    def __str__(self) -> str:
        """As the pages about sources say it."""
        since = f" from {self.valid_from}" if self.valid_from else ""
        until = f" until before {self.valid_to}" if self.valid_to else ""
        return f"{self.code}{since}{until}"


def unit_meanings(declared: dict[str, Any]) -> dict[str, tuple[UnitMeaning, ...]]:
    """``text_key`` of a text -> what it means, in order of time.

    ``declared``: text -> code, or a list of ``{code, valid_from, valid_to}``. Raises ``ValueError``
    for what is no day and for days on which a text would mean two units.
    """
    found: dict[str, list[UnitMeaning]] = {}
    for text, said in declared.items():
        rows = [{"code": said}] if isinstance(said, str) else said
        found[text_key(str(text))] = sorted(
            (UnitMeaning(row["code"], *_days(text, row)) for row in rows),
            key=lambda meaning: meaning.valid_from or date.min,
        )
    for key, meanings in found.items():
        for before, after in pairwise(meanings):
            if (before.valid_to or date.max) > (after.valid_from or date.min):
                raise ValueError(
                    f"unit.map: {key!r} means {before.code} and {after.code} on the same days;"
                    " valid_to is the first day on which it means the unit no more"
                )
    return {key: tuple(meanings) for key, meanings in found.items()}


def _days(text: str, row: dict[str, Any]) -> Iterator[date | None]:
    for name in ("valid_from", "valid_to"):
        value = row.get(name)
        try:
            yield None if value is None else date.fromisoformat(str(value))
        except ValueError as error:
            said = f"unit.map: {text!r}: {name}: {str(value)!r} is not a day; write 2025-07-01"
            raise ValueError(said) from error
