"""Columns that are kept only as keyed pseudonyms: which they are, and their SQL.

The macros compute HMAC-SHA256 (RFC 2104) from DuckDB's ``sha256``: no cell leaves the database.
The key stands in variables of the connection, never in the text of a statement.
"""

from typing import Final

from orchestration.ingest.headers import match_columns
from orchestration.ingest.opened import Opened
from orchestration.ingest.scratch import Scratch
from orchestration.pseudonym import BLOCK, HEX_DIGITS, PseudonymKey
from orchestration.sources import Source, header_key

MACROS: Final = f"""
create or replace macro hoso_pseudonym(kind, said) as if(said is null, null,
    getvariable('hoso_key_version') || left(sha256(getvariable('hoso_outer_pad') || unhex(
        sha256(getvariable('hoso_inner_pad') || encode(kind || '|' || said)))), {HEX_DIGITS}));
create or replace macro hoso_bare_number(cell) as
    ltrim(regexp_replace(upper(nfc_normalize(cell)), '[^0-9A-Z]', '', 'g'), '0');
create or replace macro hoso_owner(cell) as case
    when length(hoso_bare_number(cell)) < 6 then null
    when length(replace(hoso_bare_number(cell), left(hoso_bare_number(cell), 1), '')) = 0 then null
    when starts_with('12345678901234567890', hoso_bare_number(cell)) then null
    else hoso_bare_number(cell)
end;
create or replace macro hoso_officer(cell) as
    if(regexp_matches(cell, '[\\p{{L}}\\p{{N}}]'), lower(hoso_clean(cell)), null);
"""
"""``hoso_owner``: an ID number without blanks, dots and leading zeros (a workbook drops them); null
for what offices write who have none: ``000000001`` (domain.md §2), 111111111, 123456789."""

_KINDS: Final = {"owner_key": "owner", "officer_key": "officer"}


def install(scratch: Scratch, key: PseudonymKey) -> None:
    """Makes the macros of this connection use ``key``."""
    padded = key.secret.ljust(BLOCK, b"\0")
    scratch.run("set variable hoso_key_version = ?", [f"p{key.version}:"])
    for name, byte in (("hoso_inner_pad", 0x36), ("hoso_outer_pad", 0x5C)):
        scratch.run(f"set variable {name} = ?::blob", [bytes(each ^ byte for each in padded)])
    scratch.run(MACROS)


def columns(source: Source, opened: Opened) -> dict[str, int]:
    """``owner_key``, ``officer_key`` -> position of the cell; of those that the file has."""
    keys = [
        set() if n in opened.fields.values() else {header_key(text), _lower(text)} - {""}
        for n, text in enumerate(opened.headers)
    ]
    return match_columns(keys, source.pseudonyms)


def is_needed(source: Source, opened: Opened) -> bool:
    """Whether the file has anything that is kept as a pseudonym."""
    return bool(columns(source, opened)) or "officer" in source.progress


def sql(field: str, cell: str) -> str:
    """SQL of the pseudonym of a raw cell."""
    kind = _KINDS[field]
    return f"hoso_pseudonym('{kind}', hoso_{kind}({cell}))"


def _lower(header: str) -> str:
    """The lower of two header rows."""
    return header_key(header.rpartition(" / ")[2])
