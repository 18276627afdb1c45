"""What a source YAML says, as typed values. Pure: no files, no database."""

import fnmatch
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal

from orchestration.sources.kinds import BOOLEAN_WORDS, KINDS, NO, YES
from orchestration.sources.unit_names import UnitMeaning, unit_meanings
from orchestration.text import text_key

ACCOUNTS: Final = (
    "outside",
    "refused",
    "open.processing",
    "open.awaiting_supplement",
    "open.awaiting_payment",
    "open.halted",
    "closed.resolved",
    "closed.returned",
    "closed.withdrawn",
)
"""Accounts of figures.md that a status may be mapped to; ``refused`` (national status 3) is
``closed.returned`` after a receipt and ``outside`` before one."""


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """How two headers are compared: accents, case, spacing and punctuation do not count."""
    return re.sub(r"[^0-9a-z:]+", " ", text_key(text)).strip()


@dataclass(frozen=True)
class Column:
    """A canonical field and the headers under which lists show it, the preferred one first."""

    name: str
    headers: tuple[str, ...]
    required: bool = False
    """Without the column the file is rejected."""
    filled: bool = False
    """A row with an empty cell is set aside (``code`` and ``status`` always are)."""
    or_else: str | None = None
    """The field whose cell counts where this one's is empty."""
    only: tuple[str, ...] = ()
    """Of a column of free text: kept is which of these the text begins with, nothing else."""

    @property
    def path(self) -> str | None:
        """The path into a nested list (``a[].b``, ``a[]``) when one of the headers is one."""
        return next((header for header in self.headers if "[" in header), None)


@dataclass(frozen=True)
class Step:
    """A dated step in a list nested in each dossier: its name and the keys of its dates."""

    activity: str
    occurred_at: str
    due_at: str | None
    account: str | None


@dataclass(frozen=True)
class Source:
    """One kind of export, as its YAML declares it (``schema.json`` says what may stand there)."""

    name: str
    title: str
    system: str
    role: Literal["ledger", "mirror"]
    kind: str
    """One of ``orchestration.sources.kinds.KINDS``."""
    files: tuple[str, ...]
    formats: tuple[str, ...]
    encoding: Literal["windows-1258", "tcvn3", "vni"] | None
    """Of text that is not Unicode; null: Windows-1258."""
    service: str | None
    """The only service whose national messages it takes."""
    zone: str
    grain: Literal["day", "instant", "as_written"]
    header_rows: int
    columns: tuple[Column, ...]
    personal: tuple[str, ...]
    pseudonyms: tuple[Column, ...]
    """``owner_key`` (an ID number), ``officer_key``: kept only as keyed pseudonyms."""
    dates: tuple[str, ...]
    status_from: Literal["column", "dates"] | None
    status_map: dict[str, str] = field(hash=False)
    unit_from: Literal["column", "title", "name", "option"]
    unit_map: dict[str, tuple[UnitMeaning, ...]] = field(hash=False)
    """Text of a unit -> what it means, in lists of which days."""
    channel_map: dict[str, str] = field(hash=False)
    values: dict[str, tuple[str, ...]] = field(hash=False)
    meanings: dict[str, dict[str, str]] = field(hash=False)
    """Field of type ``word`` -> ``text_key`` of a value -> its meaning (``true``, ``false``, …)."""
    steps_list: str | None
    """Key of the nested list that holds ``steps`` (national messages)."""
    steps: tuple[Step, ...]
    progress: dict[str, str] = field(hash=False)
    """Canonical field of a dated row (``activity, occurred_at, status, due_at``) -> attribute."""
    progress_map: dict[str, str] = field(hash=False)
    """Status, else activity, of a dated row -> account; the status map where none is declared."""
    scope_full: bool
    scope_date_field: str | None
    title_patterns: tuple[str, ...]
    name_pattern: str | None
    observed_from: tuple[str, ...]
    group_rows: bool
    total_label: str | None
    text: str
    """The YAML as it was read; the archive's manifests keep it."""

    def column(self, name: str) -> Column | None:
        """The declaration of a field, null when the source does not have it."""
        return next((column for column in self.columns if column.name == name), None)

    def takes(self, file_name: str) -> bool:
        """Whether one of the file patterns fits, whatever the case of the letters."""
        lower = file_name.lower()
        return any(fnmatch.fnmatchcase(lower, pattern.lower()) for pattern in self.files)


def source_from(document: dict[str, Any], text: str, maps: dict[str, dict[str, str]]) -> Source:
    """A valid YAML document as a ``Source``.

    ``maps`` are the shared status maps by name; a source's own entries win over theirs.
    Keys of all maps are ``text_key``s. Raises ``ValueError`` where the map of units contradicts
    itself.
    """
    status = document.get("status", {})
    shared = [maps[name] for name in status.get("maps", [])]
    unit = document.get("unit", {})
    scope = document.get("scope", {})
    rows = document.get("rows", {})
    progress = document.get("progress", {})
    nested = document.get("steps", {})
    steps = tuple(
        Step(row["activity"], row["occurred_at"], row.get("due_at"), row.get("account"))
        for row in nested.get("rows", [])
    )
    accounts = {step.activity: step.account for step in steps if step.account}
    status_map = _keyed(*shared, status.get("map", {}))
    return Source(
        name=document["name"],
        title=document["title"],
        system=document["system"],
        role=document["role"],
        kind=document["kind"],
        files=tuple(document["files"]),
        formats=tuple(document["formats"]),
        encoding=document.get("encoding"),
        service=document.get("service"),
        zone=document["zone"],
        grain=document.get("grain", "as_written"),
        header_rows=document.get("header", {}).get("rows", 1),
        columns=tuple(
            Column(
                name,
                tuple(column["headers"]),
                column.get("required", False),
                column.get("filled", False),
                column.get("or_else"),
                tuple(column.get("only", [])),
            )
            for name, column in document["columns"].items()
        ),
        personal=tuple(document.get("personal", [])),
        pseudonyms=tuple(
            Column(name, tuple(column["headers"]))
            for name, column in document.get("pseudonym", {}).items()
        ),
        dates=tuple(document.get("dates", [])),
        status_from=status.get("from"),
        status_map=status_map,
        unit_from=unit.get("from", "column"),
        unit_map=unit_meanings(unit.get("map", {})),
        channel_map=_keyed(document.get("channel", {}).get("map", {})),
        values={name: tuple(allowed) for name, allowed in document.get("values", {}).items()},
        meanings=_meanings(document),
        steps_list=nested.get("list"),
        steps=steps,
        progress={name: key for name, key in progress.items() if name != "map"},
        progress_map=_keyed(progress.get("map", status_map), accounts),
        scope_full=scope.get("full", False),
        scope_date_field=scope.get("date_field"),
        title_patterns=tuple(document.get("title_patterns", [])),
        name_pattern=document.get("name_pattern"),
        observed_from=tuple(document["observed_at"]),
        group_rows=rows.get("groups", False),
        total_label=rows.get("total"),
        text=text,
    )


def _meanings(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What is declared; a field that answers yes or no and is not declared has the usual words."""
    declared = document.get("meanings", {})
    usual = dict.fromkeys(YES, "true") | dict.fromkeys(NO, "false")
    cells = KINDS[document["kind"]].data
    meanings = {
        name: dict(usual) if name in BOOLEAN_WORDS else {}
        for name, cell in cells.items()
        if cell == "word"
    }
    for name, words in declared.items():
        said = {key: str(value).lower() for key, value in words.items()}
        meanings[name] = _keyed(said)
    return meanings


def _keyed(*maps: dict[str, str]) -> dict[str, str]:
    return {text_key(str(key)): value for each in maps for key, value in each.items()}
