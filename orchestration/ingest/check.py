"""What is understood of a file, without storing anything of it."""

from pathlib import Path
from typing import Any

from orchestration.errors import HosoError
from orchestration.eventstore.store import quoted
from orchestration.ingest import pseudonyms
from orchestration.ingest.identity import Identity
from orchestration.ingest.mapping import Typed, type_rows
from orchestration.ingest.masking import UNMAPPED_STATUS, masked_sql
from orchestration.ingest.ready import Options, Ready, look_at
from orchestration.ingest.scratch import Scratch, scratch
from orchestration.pseudonym import PseudonymKey
from orchestration.settings import Settings
from orchestration.sources import load_sources
from orchestration.sources.kinds import KINDS

_FIRST = 10
_NO_KEY = PseudonymKey(0, b"")
"""What is only looked at needs no real one."""


def check_file(settings: Settings, path: Path, options: Options) -> dict[str, Any]:
    """A dry run: columns with the share of their cells that is understood, scope, moment, unmapped
    statuses, the first failing cells, the columns that are dropped.

    Raises ``HosoError`` with the reason when the file would be rejected.
    """
    sources = load_sources(settings)
    if options.source is not None and options.source not in sources:
        known = ", ".join(sorted(sources))
        raise HosoError(f"no source is called {options.source!r}; there are: {known}", 2)
    with scratch(settings, "check") as work:
        ready, *others = look_at(settings, sources, path, options, work)
        if others:
            raise HosoError(f"{path.name} is a ZIP file of several lists; check each by itself")
        if not isinstance(ready, Ready):
            raise HosoError(f"{path.name} would be rejected: {ready.message}")
        pseudonyms.install(work, _NO_KEY)
        raw = ready.opened.load()
        typed = type_rows(
            work,
            ready.source,
            ready.opened,
            raw,
            identity=Identity(
                KINDS[ready.source.kind].type, ready.source.system, ready.observed_at
            ),
            unit=ready.unit,
            max_cell=settings.max_cell_chars,
        )
        return _report(work, ready, typed)


def _report(work: Scratch, ready: Ready, typed: Typed) -> dict[str, Any]:
    rows, failing = work.one(f"select count(*), count(problem) from {typed.relation}")
    by_column = dict(
        work.rows(
            f"select problem.column_name, count(*) from {typed.relation}"
            " where problem is not null group by all"
        )
    )
    facts, opened = ready.facts, ready.opened
    keyed = pseudonyms.columns(ready.source, opened)
    fields = opened.fields | keyed
    return {
        "file": ready.file.name,
        "source": ready.source.name,
        "format": opened.format,
        "observed_at": ready.observed_at,
        "observed_from": ready.observed_from,
        "unit": ready.unit,
        "from": facts.first_day,
        "to": facts.last_day,
        "control_total": typed.control_total,
        "rows": rows,
        "failing": failing,
        "columns": [
            _column(opened.headers[n], field, rows, by_column) for field, n in fields.items()
        ],
        "dropped": [
            header
            for header in opened.dropped
            if header not in {opened.headers[n] for n in keyed.values()}
        ],
        "statuses_unmapped": [
            status
            for (status,) in work.rows(
                f"select distinct {masked_sql('status', quoted(UNMAPPED_STATUS))} from unmapped"
                " order by 1"
            )
        ],
        "first_failing": [
            dict(zip(("line", "column", "cell", "reason", "suggestion"), row, strict=True))
            for row in work.rows(
                f"select line_no, problem.column_name,"
                f" {masked_sql('problem.cell', 'problem.reason')},"
                f" problem.reason, problem.suggestion from {typed.relation}"
                f" where problem is not null order by line_no limit {_FIRST}"
            )
        ],
    }


def _column(header: str, field: str, rows: int, failing: dict[str, int]) -> dict[str, Any]:
    bad = failing.get(header, 0)
    share = round(100 * (rows - bad) / rows, 2) if rows else None
    return {"column": header, "field": field, "failing": bad, "understood_percent": share}
