"""What a title or a file's name says about a whole list. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime

from orchestration.ingest.opened import Facts
from orchestration.text import clean

_MOMENTS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    # the shorter first: with seconds in the pattern, 1730 is read as 17:03:00
    "%Y%m%dT%H%M",
    "%Y%m%dT%H%M%S",
    "%Y%m%d",
)


def facts_from(lines: Iterable[str], patterns: Iterable[str]) -> Facts:
    """The first match of each named group (``from, to, observed, unit``) over the lines.

    A date that does not exist counts as not said.
    """
    found: dict[str, str] = {}
    cleaned = [clean(line) for line in lines]
    for pattern in patterns:
        compiled = re.compile(pattern, re.IGNORECASE)
        for line in cleaned:
            match = compiled.search(line)
            if match:
                groups = match.groupdict().items()
                found = {name: text for name, text in groups if text} | found
                break
    first, last = (_moment(found.get(name)) for name in ("from", "to"))
    return Facts(
        observed=_moment(found.get("observed")),
        first_day=first.date() if first else None,
        last_day=last.date() if last else None,
        unit=clean(found["unit"]) if "unit" in found else None,
    )


def _moment(text: str | None) -> datetime | None:
    for form in _MOMENTS if text else ():
        try:
            return datetime.strptime(clean(text or ""), form)
        except ValueError:
            continue
    return None
