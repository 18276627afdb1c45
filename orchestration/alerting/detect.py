"""Where problems are found: in what a run did, in what is published. Reads only.

What belongs here: facts into ``Problem`` values. What does not: whether anybody is told.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from orchestration.alerting import expected
from orchestration.alerting.model import EVERY_UNIT, Problem
from orchestration.alerting.route import Tree
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from orchestration.audit import CheckResult
    from orchestration.ingest import FileResult

MAX_ROWS: Final = 10_000
"""So many rows of a problem go into its sheet; ``count`` counts all."""

FILE_KINDS: Final = frozenset({"file_taken_in", "file_set_aside", "file_unreadable"})
CHECK_KINDS: Final = frozenset({"not_published", "check_errored", "check_failed"})

_KEPT_IN: Final = {"reconciliation.report_adds_up": "fct_identity_result"}
"""Checks of the audit whose hits stand in another table than a finding's."""

_KIND: Final = re.compile(r"^-- kind: (\w+)(?:  table: (\w+))?$", re.MULTILINE)


def of_files(settings: Settings, results: "Iterable[FileResult]") -> list[Problem]:
    """One notice per file that was looked at in this run; what had nothing new is not told."""
    units = _units_of_batches(settings, [r.batch_id for r in results if r.batch_id])
    return [
        problem
        for result in results
        for problem in [_file(settings, result, units)]
        if problem is not None
    ]


def _file(settings: Settings, result: "FileResult", units: dict[str, str]) -> Problem | None:
    counts = {
        name: getattr(result, name)
        for name in ("read", "stored", "unchanged", "duplicate", "quarantined")
    }
    file = _name(settings, result.file)
    common: dict[str, Any] = {
        "unit": units.get(result.batch_id or "", EVERY_UNIT),
        "since": settings.clock(),
        "facts": {"file": file, "message": result.message, **counts},
    }
    if result.status == "rejected":
        # the same bad file, sent again on another day, is another notice
        subject = f"{file}/{settings.clock():%Y-%m-%d}/{result.message}"
        return Problem(
            "file_unreadable", subject=subject, command="hoso source check FILE", **common
        )
    if result.status == "nothing_new" or result.batch_id is None:
        return None
    common["figures"] = tuple(counts.items())
    if result.quarantined == 0:
        return Problem("file_taken_in", subject=result.batch_id, count=result.read, **common)
    rows = _set_aside(settings, result.batch_id)
    common["facts"]["reasons"] = dict(Counter(row["reason"] for row in rows).most_common())
    return Problem(
        "file_set_aside",
        subject=result.batch_id,
        count=result.quarantined,
        rows=tuple(rows),
        command="hoso quarantine list",
        **common,
    )


def _name(settings: Settings, file: str) -> str:
    """As its sender knows it: no folder of ours, but the archive that a member came in."""
    path = PurePath(file)
    return (
        str(path.relative_to(settings.inbox)) if path.is_relative_to(settings.inbox) else path.name
    )


def _set_aside(settings: Settings, batch_id: str) -> list[dict[str, Any]]:
    """Rows set aside; of an unmapped status only words that other statuses have."""
    from orchestration.ingest.masking import UNMAPPED_STATUS, of_known_words
    from orchestration.ingest.quarantine import set_aside
    from orchestration.sources import load_sources

    known = {
        word
        for source in load_sources(settings).values()
        for key in source.status_map
        for word in key.split()
    }
    wanted = ("id", "file", "line", "column", "cell", "reason", "suggestion")
    return [
        {name: row[name] for name in wanted}
        | ({"cell": of_known_words(row["cell"], known)} if row["reason"] == UNMAPPED_STATUS else {})
        for row in set_aside(settings, batch_id=batch_id)[:MAX_ROWS]
    ]


def _units_of_batches(settings: Settings, batches: Sequence[str]) -> dict[str, str]:
    """Batch -> the unit whose list it is: declared by its scope, or the only one in its rows."""
    import duckdb

    from orchestration.eventstore import EventStore

    if not batches:
        return {}
    with duckdb.connect() as con:
        rows = con.execute(
            f"""
            select batch_id, data->>'$.scope.unit' as unit,
                json_keys(data, '$.units') as units
            from ({EventStore(settings).relation_sql()})
            where type = 'extract.completed' and batch_id in (select unnest($batches))
            """,
            {"batches": list(batches)},
        ).fetchall()
    return {
        batch: unit or units[0]
        for batch, unit, units in rows
        if unit or (units and len(units) == 1)
    }


def of_checks(results: "Sequence[CheckResult]", version: int | None) -> list[Problem]:
    """What the audit of a build found: blocked, errored, failed."""
    found = [
        Problem(
            "check_errored",
            subject=each.check,
            since=each.run_at,
            facts={name: getattr(each, name) for name in ("check", "title_vi", "observed")},
            command="hoso check",
        )
        for each in results
        if each.status == "errored"
    ]
    blocking = [each for each in results if each.blocks]
    if blocking:
        found.append(
            Problem(
                "not_published",
                since=blocking[0].run_at,
                count=len(blocking),
                facts={
                    "version": version or "-",
                    "identities": _identities(blocking),
                    "titles_vi": {each.check: each.title_vi for each in blocking if each.title_vi},
                },
                figures=tuple((each.check, each.failing) for each in blocking),
                rows=tuple({"check": each.check, **row} for each in blocking for row in each.rows)[
                    :MAX_ROWS
                ],
                command="hoso check",
            )
        )
    return found + [
        Problem(
            "check_failed",
            subject=each.check,
            since=each.run_at,
            count=each.failing,
            facts={
                name: getattr(each, name, "")
                for name in (
                    *("check", "observed", "expected", "meaning"),
                    *("title_vi", "observed_vi", "expected_vi", "meaning_vi"),
                )
            },
            rows=tuple(each.rows)[:MAX_ROWS],
            command="hoso check",
        )
        for each in results
        if each.status == "failed" and not each.blocks and not _has_own_kind(each.check)
    ]


def _has_own_kind(check: str) -> bool:
    """Findings with a kind of their own go to the unit, not to the operator a second time."""
    tables = {table for table, _ in _findings().values()}
    return _KEPT_IN.get(check, f"dq_{check.partition('.')[2]}") in tables


def _identities(blocking: "Sequence[CheckResult]") -> list[dict[str, Any]]:
    """Left side and terms of the identities that fail, where the check says them."""
    return [
        {"left": int(row["left"]), "terms": [int(term) for term in row["terms"]]}
        for each in blocking
        for row in each.rows
        if row.get("terms") and row.get("left") is not None
    ][:5]


def of_publication(
    con: "duckdb.DuckDBPyConnection", settings: Settings
) -> tuple[list[Problem], set[str]]:
    """What the published tables say; also which kinds could be looked for."""
    tables = {name for (name,) in con.execute("show tables").fetchall()}
    examined = [kind for kind, (table, _) in _findings().items() if not table or table in tables]
    found = [problem for kind in examined for problem in of_kind(con, settings, kind)]
    return found, set(examined)


def of_kind(con: "duckdb.DuckDBPyConnection", settings: Settings, kind: str) -> list[Problem]:
    """Problems of one kind of ``findings.sql``; its tables have to be there."""
    now = settings.clock()
    _, sql = _findings()[kind]
    values = {
        "today": now.astimezone(settings.zone).date(),
        "now": now.replace(tzinfo=None),
        "zone": settings.timezone,
        "silent_after": settings.silent_after_days,
        "expected": expected.load(settings),
    }
    given = {name: value for name, value in values.items() if f"${name}" in sql}
    return [
        Problem(
            kind,
            unit=unit or EVERY_UNIT,
            subject=subject,
            since=since,
            count=amount,
            items=tuple(items or ()),
            rows=tuple(json.loads(listed)[:MAX_ROWS]) if listed else (),
            facts=json.loads(facts) if facts else {},
            command=command,
        )
        for unit, subject, since, amount, items, listed, facts, command in con.execute(
            sql, given
        ).fetchall()
    ]


def tree(con: "duckdb.DuckDBPyConnection") -> Tree:
    """Units, their parents and names, as published."""
    rows = con.execute("select unit_code, parent_code, unit_name from dim_unit").fetchall()
    return Tree({code: parent for code, parent, _ in rows}, {code: name for code, _, name in rows})


@lru_cache(maxsize=1)
def _findings() -> dict[str, tuple[str | None, str]]:
    """Kind -> the table without which it cannot be looked for, and the statement."""
    text = files(__package__).joinpath("findings.sql").read_text(encoding="utf-8")
    parts = _KIND.split(text)[1:]
    return {
        kind: (table, sql.rstrip().rstrip(";"))
        for kind, table, sql in zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    }
