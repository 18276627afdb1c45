"""Who hears of what: a unit of its own data, those above it of the sum. Pure."""

import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from orchestration.alerting.model import EVERY_UNIT, Note, Problem, Recipient, kinds

SUM: Final = "sum"
"""Subject of the problem that adds up those of the units below."""


@dataclass(frozen=True)
class Tree:
    """The units: parent by code, and names to show."""

    parent: Mapping[str, str | None]
    name: Mapping[str, str]

    def above(self, unit: str) -> Iterator[str]:
        """Units above this one, the nearest first, and at last the whole warehouse."""
        seen = {unit}
        code = self.parent.get(unit)
        while code is not None and code not in seen:
            seen.add(code)
            yield code
            code = self.parent.get(code)
        if unit != EVERY_UNIT:
            yield EVERY_UNIT

    def label(self, unit: str) -> str:
        """Name of the unit, else its code."""
        return self.name.get(unit) or unit


def with_sums(
    problems: Iterable[Problem], tree: Tree, recipients: Iterable[Recipient]
) -> list[Problem]:
    """The problems, and for each unit above them that somebody answers for their sum.

    Grain of a sum: kind × upper unit. It names lower units and numbers, never a dossier. What
    concerns a file, or the warehouse, is not summed.
    """
    own = list(problems)
    listening = {recipient.unit for recipient in recipients}
    below: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in own:
        kind = kinds()[problem.kind]
        if kind.grain != "unit" or problem.unit == EVERY_UNIT:
            continue
        # notices of another day are other notices, and other reports are missing: so is their sum
        subject = f"{SUM}/{problem.subject}" if problem.subject else SUM
        for upper in tree.above(problem.unit):
            if upper in listening:
                below.setdefault((problem.kind, upper, subject), []).append(problem)
    return own + [_sum(*key, parts, tree) for key, parts in below.items()]


def _sum(kind: str, unit: str, subject: str, parts: Sequence[Problem], tree: Tree) -> Problem:
    by_unit: dict[str, int] = {}
    for part in parts:
        by_unit[part.unit] = by_unit.get(part.unit, 0) + part.count
    since = {part.unit: _day(part.since) for part in parts if part.since is not None}
    # what the sentences name is that of the unit where it began
    oldest = min(parts, key=lambda part: since.get(part.unit, date.max))
    return Problem(
        kind=kind,
        unit=unit,
        subject=subject,
        since=min(since.values(), default=None),
        count=sum(by_unit.values()),
        items=(),
        rows=tuple(
            {"unit": code, "name": tree.label(code), "count": count}
            for code, count in sorted(by_unit.items())
        ),
        facts={**oldest.facts, "units": len(by_unit)},
        figures=tuple((tree.label(code), count) for code, count in sorted(by_unit.items())),
        command=parts[0].command.split(" --unit ")[0],
    )


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def readers(note: Note, recipients: Iterable[Recipient]) -> list[Recipient]:
    """Those who get this mail (or find it in their digest); each address once.

    A unit hears of its own; of a sum only those of that unit. What concerns the whole warehouse
    goes to those of every unit (``*``). A file concerns who sent it, by its name or its unit.
    """
    chosen: dict[str, Recipient] = {}
    for each in recipients:
        if each.wants(kinds()[note.alert.problem.kind]) and _concerns(note.alert.problem, each):
            chosen.setdefault(each.address, each)
    return list(chosen.values())


def _concerns(problem: Problem, recipient: Recipient) -> bool:
    if kinds()[problem.kind].grain != "file":
        return recipient.unit == problem.unit
    if recipient.role != "sender":
        return recipient.unit in {problem.unit, EVERY_UNIT}
    file = str(problem.facts.get("file", "")).lower()
    return any(fnmatch.fnmatchcase(file, pattern.lower()) for pattern in recipient.files) or (
        recipient.unit == problem.unit != EVERY_UNIT
    )
