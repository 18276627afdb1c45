"""Date formats of a source as SQL: text -> timestamp (office wall clock) and whether it is a day.

Pure: strings in, SQL out.
"""

import re
from typing import Final

from orchestration.eventstore.store import quoted

_PARTS: Final = {"yyyy": "%Y", "dd": "%d", "MM": "%m", "HH": "%H", "mm": "%M", "ss": "%S"}
_ISO: Final = r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?)?"
_ISO_OFFSET: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?)"
_SERIAL: Final = r"\d{5}(\.\d+)?"
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
"""A year outside is a mistyped one: the row is set aside."""


def strptime_format(declared: str) -> str:
    """``dd/MM/yyyy HH:mm`` -> ``%d/%m/%Y %H:%M``."""
    return re.sub("|".join(_PARTS), lambda part: _PARTS[part.group()], declared)


def timestamp_sql(value: str, formats: tuple[str, ...], zone: str) -> str:
    """SQL that types the cleaned text ``value`` (an SQL expression); null where no format fits.

    Values with an offset become wall-clock time of ``zone``; an Excel serial number counts days
    from 1899-12-30, to the second.
    """
    clock = [strptime_format(each) for each in formats if "HH" in each]
    has_clock = _has_clock(value, formats)
    days = [strptime_format(each) for each in formats if "yyyy" in each and "HH" not in each]
    tries = []
    if clock or days:
        tries.append(
            f"case when {has_clock} then {_tried(value, clock)} else {_tried(value, days)} end"
        )
    if "iso" in formats:
        tries.append(
            f"case when regexp_full_match({value}, {quoted(_ISO_OFFSET)})"
            f" then timezone({quoted(zone)}, try_cast({value} as timestamptz))"
            f" when regexp_full_match({value}, {quoted(_ISO)})"
            f" then try_cast({value} as timestamp) end"
        )
    if "excel_serial" in formats:
        tries.append(
            f"case when regexp_full_match({value}, {quoted(_SERIAL)}) then timestamp '1899-12-30'"
            f" + to_seconds(round(try_cast({value} as double) * 86400)::bigint) end"
        )
    return f"coalesce({', '.join(tries)})" if tries else "null::timestamp"


def is_day_sql(value: str, typed: str, formats: tuple[str, ...], grain: str) -> str:
    """SQL that says whether the value had no clock; null where ``typed`` is null."""
    if grain != "as_written":
        return f"case when {typed} is not null then {'true' if grain == 'day' else 'false'} end"
    serial = ""
    if "excel_serial" in formats:
        serial = (
            f" when regexp_full_match({value}, {quoted(_SERIAL)})"
            f" then {typed} = date_trunc('day', {typed})"
        )
    return (
        f"case when {typed} is null then null{serial} else not ({_has_clock(value, formats)}) end"
    )


def _has_clock(value: str, formats: tuple[str, ...]) -> str:
    """A clock has colons, but in the national messages' yyyyMMddHHmmss."""
    if any("HH" in each and ":" not in each for each in formats):
        return f"contains({value}, ':') or regexp_full_match({value}, '[0-9]{{12,14}}')"
    return f"contains({value}, ':')"


def _tried(value: str, formats: list[str]) -> str:
    """Only formats with the separators that the value has are tried: one that does not fit costs
    DuckDB twenty times as much as one that does."""
    groups: dict[tuple[int, str], list[str]] = {}
    for each in formats:
        mark = re.sub(r"%.|[ :T]", "", each)[:1]
        groups.setdefault((each.count(":"), mark), []).append(each)
    cases = []
    for (colons, mark), alike in sorted(groups.items(), reverse=True):
        has = [f"{value} like '%:%:%'"] if colons > 1 else []
        has += [f"contains({value}, {quoted(mark)})"] if mark else []
        listed = ", ".join(quoted(each) for each in alike)
        cases.append(f"when {' and '.join(has) or 'true'} then try_strptime({value}, [{listed}])")
    return f"case {' '.join(cases)} end" if cases else "null::timestamp"
