"""Who hears of what: ``<home>/recipients.csv``, kept by the office, never in the repository."""

import csv
import re
from collections.abc import Iterator, Mapping
from email.headerregistry import Address
from pathlib import Path
from typing import Any, Final, Literal, cast

from orchestration.alerting.model import EVERY_UNIT, ROLES, SEVERITIES, Recipient, kinds
from orchestration.alerting.sheet import sheet
from orchestration.alerting.words import LANGUAGES
from orchestration.errors import HosoError
from orchestration.settings import Settings

COLUMNS: Final = (
    "address", "unit", "role", "kinds", "severity", "language", "delivery", "attach", "files",
)  # fmt: skip
"""Columns of the file; the first three are needed. ``kinds``: names with blanks
between them, or ``*``; ``files``: name patterns of what a sender sends."""

_ADDRESS: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")


def path_of(settings: Settings) -> Path:
    """Where the list lies."""
    return settings.home.absolute() / "recipients.csv"


def load(settings: Settings) -> list[Recipient]:
    """All recipients; none when there is no list.

    Raises ``HosoError`` that names line, column and what may stand there.
    """
    path = path_of(settings)
    if not path.exists():
        return []
    reader = sheet(path)
    unknown = [name for name in reader.fieldnames or () if name not in COLUMNS]
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if unknown or missing:
        raise HosoError(
            f"{path.name}: "
            + (f"unknown column {', '.join(unknown)}; " if unknown else "")
            + (f"missing column {', '.join(missing)}; " if missing else "")
            + f"its columns are {', '.join(COLUMNS)}."
        )
    return list(_rows(path, reader))


def _rows(path: Path, reader: "csv.DictReader[str]") -> Iterator[Recipient]:
    for row in reader:
        given = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(given.values()):
            continue
        wrong = _wrong(given)
        if wrong:
            raise HosoError(f"{path.name}, line {reader.line_num}, {wrong}")
        yield Recipient(
            address=given["address"],
            unit=given["unit"],
            role=given["role"],
            kinds=tuple(given["kinds"].split()) or ("*",),
            severity=given["severity"] or SEVERITIES[0],
            language=given["language"] or LANGUAGES[0],
            delivery=cast(Literal["at_once", "digest"], given["delivery"] or "at_once"),
            attach=given["attach"] == "yes",
            files=tuple(given["files"].split()),
        )


def _wrong(given: Mapping[str, Any]) -> str | None:
    if not is_address(given["address"]):
        return f"column address: {given['address']!r} is no e-mail address."
    if not given["unit"]:
        return f"column unit: write the code of a unit, or {EVERY_UNIT} for the whole warehouse."
    allowed: dict[str, tuple[str, ...]] = {
        "role": ROLES,
        "severity": ("", *SEVERITIES),
        "language": ("", *LANGUAGES),
        "delivery": ("", "at_once", "digest"),
        "attach": ("", "yes", "no"),
    }
    for name, values in allowed.items():
        if given[name] not in values:
            return f"column {name}: {given[name]!r} is none of {', '.join(filter(None, values))}."
    for name in given["kinds"].split():
        if name != "*" and name not in kinds():
            return f"column kinds: {name!r} is none of {', '.join(kinds())}."
    return None


def is_address(text: str) -> bool:
    """Whether a mail can go there; nothing that could end a header line."""
    if not _ADDRESS.fullmatch(text):
        return False
    try:
        Address(addr_spec=text)
    except (ValueError, IndexError):
        return False
    return True
