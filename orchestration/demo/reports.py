"""Reports that the simulated offices write about themselves, and why they differ from the ledger.

Each states a month as its author could know it from the month's last list: right, or wrong by a
slip, by another reading, by another unit's dossiers, by what came late or was rewritten. Truth, in
``demo/reports.jsonl``: ``{document, report, unit, from, to, kind, figure, stated, computed, causes,
reading}``, ``computed`` as known when all lists are in, null where no list carries the figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration.demo.lives import exports
from orchestration.demo.report_facts import Facts, facts_of
from orchestration.demo.report_texts import text_of

if TYPE_CHECKING:
    import duckdb

    from orchestration.demo.province import Unit

MOST_DOSSIERS: Final = 1_000_000
"""In a larger province every office has a dossier that moved or was reopened in any month, and
such months are not reported."""
MONTHS: Final = 12
EACH: Final = 4
"""Reports of each kind, where that many offices fit it."""
SLIP: Final = 30
"""A hand that writes from the sheet beside it."""
_ONLINE: Final = 40
"""Percent of the new dossiers that a report says came online: no list of theirs carries it."""
_WITH_STATUS: Final = ("returned", "withdrawn")
"""Figures of which a register without a column of statuses says nothing."""


@dataclass(frozen=True)
class Report:
    """What one office states of one month, and what is true of it."""

    kind: str
    unit: Unit
    first: date
    stated: Mapping[str, int]
    computed: Mapping[str, int]
    causes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)


def write_reports(
    connection: duckdb.DuckDBPyConnection, units: Sequence[Unit], folder: Path, truth: Path
) -> dict[Path, str]:
    """Reports as text files -> code of the unit; needs the tables ``life`` and ``watched``."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    (count,) = connection.execute("select count(*) from life").fetchall()
    reports = _chosen(connection, units) if count[0] <= MOST_DOSSIERS else []
    lines: list[str] = []
    written: dict[Path, str] = {}
    for number, report in enumerate(reports, 1):
        document = f"{number}/BC-{_office_mark(report.unit)}"
        path = folder / f"{report.first:%Y%m}_{report.unit.code.replace('.', '-')}.txt"
        online = report.stated["received_new"] * _ONLINE // 100
        text = text_of(report.unit, document, report.first, {**report.stated, "online": online})
        path.write_text(text, encoding="utf-8")
        written[path] = report.unit.code
        lines += _truth(report, document, path.name, online)
    truth.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return written


def _office_mark(unit: Unit) -> str:
    return "UBND" if unit.level != "department" else "VP"


def _truth(report: Report, document: str, name: str, online: int) -> Iterator[str]:
    after = (report.first + timedelta(days=31)).replace(day=1)
    of_report = {
        "document": document,
        "report": name,
        "unit": report.unit.code,
        "from": f"{report.first}",
        "to": f"{after - timedelta(days=1)}",
        "kind": report.kind,
    }
    for figure, stated in report.stated.items():
        is_carried = report.unit.layout != "B" or figure not in _WITH_STATUS
        computed = report.computed[figure] if is_carried else None
        yield json.dumps(
            of_report
            | {"figure": figure, "stated": stated, "computed": computed}
            | {"causes": report.causes.get(figure, {}), "reading": report.readings.get(figure)}
        )
    yield json.dumps(
        of_report
        | {"figure": "received_online", "stated": online, "computed": None}
        | {"causes": {}, "reading": None}
    )


def _chosen(connection: duckdb.DuckDBPyConnection, units: Sequence[Unit]) -> list[Report]:
    """Some of each kind, of as many offices and months as there are."""
    reports: list[Report] = []
    taken: dict[str, int] = {}
    for first, moment in _months():
        facts = facts_of(connection, first, moment)
        for report in _of_month(facts, units, first):
            if taken.get(report.kind, 0) < EACH:
                taken[report.kind] = taken.get(report.kind, 0) + 1
                reports.append(report)
    return reports


def _months() -> list[tuple[date, datetime]]:
    """First days of months with the moment of their last list; those that later lists follow."""
    last_of = {export.first: export.at for export in exports()}
    # nothing is carried over into the very first
    return sorted(last_of.items())[1 : MONTHS + 1]


def _of_month(facts: Mapping[str, Facts], units: Sequence[Unit], first: date) -> Iterator[Report]:
    """At most one report of each kind that an office can write; none of an office twice."""
    kinds: set[str] = set()
    # another office begins each month
    start = first.month * 5 % len(units)
    for unit in (*units[start:], *units[:start]):
        office = facts.get(unit.code)
        if office is None or not office.is_told:
            continue
        below = [facts.get(each.code) for each in units if each.parent == unit.code]
        for report in _possible(unit, office, below, first):
            if report.kind not in kinds:
                kinds.add(report.kind)
                yield report
                break


def _possible(
    unit: Unit, office: Facts, below: Sequence[Facts | None], first: date
) -> Iterator[Report]:
    known, later = office.known, office.later
    late = office.late()
    causes = {cause for split in late.values() for cause in split}
    if causes:
        kind = causes.pop() if len(causes) == 1 else "both"
        yield Report(kind, unit, first, known, later, late)
        return
    if any(office.twice.values()):
        stated = {name: known[name] + office.twice[name] for name in known}
        split = {name: {"other_unit": -n} for name, n in office.twice.items() if n}
        yield Report("other_unit", unit, first, stated, later, split)
        return
    if known["resolved_total"] < 2:
        return
    yield from _readings(unit, office, below, first)
    yield Report("right", unit, first, known, later)
    stated = {**known, "resolved_total": known["resolved_total"] + SLIP}
    slip = {"resolved_total": {"unexplained": -SLIP}}
    yield Report("slip", unit, first, stated, later, slip)


def _readings(
    unit: Unit, office: Facts, below: Sequence[Facts | None], first: date
) -> Iterator[Report]:
    """The same month counted by another understanding of what the form asks."""
    known = office.known
    told = {
        "with_returned": {
            "resolved_total": known["resolved_total"] + known["returned"] + known["withdrawn"]
        },
        "with_carried_over": {"received_new": known["received_total"]},
        "on_time_with_early": {
            "resolved_on_time": known["resolved_early"] + known["resolved_on_time"]
        },
    }
    if unit.layout != "B":
        told["by_timestamp"] = office.by_timestamp
    whole = [each for each in below if each is not None and each.is_told]
    if below and len(whole) == len(below):
        told["all_below"] = {
            name: value + sum(each.known[name] for each in whole) for name, value in known.items()
        }
    for reading, values in told.items():
        other = {name: value for name, value in values.items() if value != known[name]}
        if other:
            yield Report(
                reading,
                unit,
                first,
                {**known, **other},
                office.later,
                {name: {"other_reading": known[name] - value} for name, value in other.items()},
                dict.fromkeys(other, reading),
            )
