"""The single steps that ``benchmarks.ledger`` measures, each in a process of its own.

Usage: ``python -m benchmarks.ledger_steps STEP [ARGUMENT]`` with ``HOSO_HOME`` set; what a step has
to say is one line of JSON, the last on stdout.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import yaml

from orchestration import build_state, dbt_runner, pipeline, publish
from orchestration.audit import run_audit
from orchestration.demo import write_demo
from orchestration.demo.lists import C_HEADER, STATUS_TEXT
from orchestration.eventstore import EventStore
from orchestration.progress import Quiet
from orchestration.reporting.figures import default_range, figures
from orchestration.reporting.published import connect
from orchestration.reporting.question import Question
from orchestration.settings import PROJECT_DIR, Settings
from orchestration.sources import load_sources

YARDSTICK: Final = Path(__file__).with_name("ledger.sql")
CHANGES: Final = "changed_dossiers"
"""Source of the daily batch: the layout of iGate, but a list of changes only, not a full one."""

MIX: Final = {"closed": 0.5, "corrected": 0.3, "received": 0.2}
"""Of the daily batch: open dossiers that are closed, closed ones with another end, new ones."""


def demo(settings: Settings, dossiers: str) -> dict[str, Any]:
    """Write the simulated lists, and declare the source of the daily batch before all builds."""
    start = time.perf_counter()
    written = write_demo(settings, int(dossiers))
    seconds = time.perf_counter() - start
    path = PROJECT_DIR / "orchestration/sources/igate.yml"
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))
    declared["name"] = CHANGES
    declared["files"] = [f"{CHANGES}_*.csv"]
    declared["scope"]["full"] = False
    declared["name_pattern"] = declared["name_pattern"].replace("igate_", f"{CHANGES}_", 1)
    (settings.folder("sources") / f"{CHANGES}.yml").write_text(
        yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8"
    )
    return {"seconds": seconds, "rows": written.rows, "lists": len(written.files)}


def store(settings: Settings) -> dict[str, Any]:
    """Inbox to store."""
    rejected = [
        result for result in pipeline.land(settings, Quiet()) if result.status == "rejected"
    ]
    if rejected:
        sys.exit(f"not stored: {rejected}")
    return {}


def yardstick(settings: Settings, target: str) -> dict[str, Any]:
    """The hand-written script: the store's files to ``posting`` and ``unit_day`` in ``target``."""
    maps = [
        {"source": source.name, "status_key": key, "account": account}
        for source in load_sources(settings).values()
        for key, account in source.status_map.items()
    ]
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "preserve_insertion_order": False,
        "storage_compatibility_version": publish.STORAGE_VERSION,
        "temp_directory": str(Path(target).with_name("spill")),
    }
    with duckdb.connect(target, config=config) as con:
        con.execute("set variable events = $files", {"files": EventStore(settings).files()})
        con.execute("set variable status_map = $maps", {"maps": maps})
        con.execute(YARDSTICK.read_text(encoding="utf-8"))
    return {}


def build(settings: Settings) -> dict[str, Any]:
    """From stored to built, all models, no tests; dbt begins to load now."""
    with pipeline.dbt_ahead(settings) as dbt:
        return _build(settings, dbt)


def batch(settings: Settings) -> dict[str, Any]:
    """Inbox to built, no tests; dbt loads while the lists are taken in, as in ``hoso run``.

    ``stored_to_built``: seconds of it from when the lists were in the store.
    """
    with pipeline.dbt_ahead(settings) as dbt:
        store(settings)
        start = time.perf_counter()
        said = _build(settings, dbt)
        return {**said, "stored_to_built": time.perf_counter() - start}


def _build(settings: Settings, dbt: dbt_runner.Ahead) -> dict[str, Any]:
    plan = build_state.prepare(settings)
    if plan.is_built:
        sys.exit("nothing new to build")
    result = pipeline.build(settings, plan, Quiet(), dbt, with_tests=False)
    slowest = sorted(result.seconds.items(), key=lambda each: -each[1])[:6]
    return {
        "full_refresh": plan.full_refresh,
        "slowest": {name.rpartition(".")[2]: seconds for name, seconds in slowest},
        "nodes": len(result.seconds),
    }


def audit(settings: Settings) -> dict[str, Any]:
    """All suites of the audit, without dbt's own tests."""
    checks = run_audit(settings, settings.build_db)
    blocking = [check.check for check in checks if check.blocks]
    if blocking:
        sys.exit(f"the audit blocks: {blocking}")
    return {"checks": len(checks)}


def publication(settings: Settings) -> dict[str, Any]:
    """Copy, sync, swap."""
    made = publish.publish(settings, build_state.prepare(settings))
    if made is None:
        sys.exit("nothing new to publish")
    return {"mib": made.path.stat().st_size / 2**20}


def daily(settings: Settings, dossiers: str) -> dict[str, Any]:
    """Put a list of ``dossiers`` changed dossiers, made a day after all others, into the inbox."""
    count = int(dossiers)
    shares = {kind: round(share * count) for kind, share in MIX.items()}
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        (last,) = con.execute("select max(reach_date) from fct_unit_reach").fetchall()[0]
        day = last + timedelta(days=1)
        sql = _changes_sql(shares, day)
        (rows,) = con.execute(f"select count(*) from ({sql})").fetchall()[0]
        if rows != count:
            sys.exit(f"only {rows} of {count} dossiers can change: the home is too small")
        name = f"{CHANGES}_province_{day:%Y%m%d}_{day:%Y%m%d}_{day:%Y%m%d}T1730.csv"
        con.execute(f"copy ({sql}) to '{settings.inbox / name}' (header true)")
    # else it would have to lie unchanged for a while first, in which dbt is loaded
    os.utime(settings.inbox / name, (0, 0))
    return {"file": name, **shares}


def _changes_sql(shares: dict[str, int], day: date) -> str:
    cells = (
        *("code", "procedure_name", "field_name", "received", "due", "ended", "unit_name"),
        *("''", "''", "''", "status", "''"),
    )
    columns = ", ".join(f'{cell} as "{title}"' for cell, title in zip(cells, C_HEADER, strict=True))
    closed = shares["closed"]
    return f"""
with known as (
    select
        dossier.code, procedure.procedure_name, procedure.field_name, dossier.received_at,
        dossier.due_at, dossier.ended_at, dossier.account, unit.unit_name, dossier.unit_code,
        row_number() over (partition by dossier.account order by dossier.code) as no
    from fct_dossier as dossier
    inner join dim_procedure as procedure using (procedure_key)
    inner join dim_unit as unit using (unit_code)
    where dossier.source = 'igate' or dossier.source = 'one_stop_list'
),

row as (
    select
        *, timestamp '{day} 09:00:00' + to_minutes(no % 400) as end_at,
        '{STATUS_TEXT["done"]}' as status
    from known where account = 'open.processing' and no <= {closed}
    union all
    select *, ended_at + interval 7 minute, '{STATUS_TEXT["done"]}'
    from known where account = 'closed.resolved' and no <= {shares["corrected"]}
    union all
    select
        * replace (
            unit_code || '-new-' || no as code, timestamp '{day} 08:00:00' as received_at,
            timestamp '{day} 17:00:00' + interval 10 day as due_at
        ),
        null, '{STATUS_TEXT["received"]}'
    from known where account = 'closed.resolved' and no <= {shares["received"]}
),

written as (
    select
        * exclude (status),
        strftime(received_at, '%d/%m/%Y %H:%M:%S') as received,
        strftime(due_at, '%d/%m/%Y %H:%M:%S') as due,
        strftime(end_at, '%d/%m/%Y %H:%M:%S') as ended,
        status
    from row
)

select {columns} from written order by code"""


def questions(settings: Settings) -> dict[str, Any]:
    """Figures of all units for ten periods and as of six days: the slowest of each."""

    def slowest(con: duckdb.DuckDBPyConnection, asked: list[Question]) -> float:
        seconds = []
        for question in asked:
            start = time.perf_counter()
            if not figures(con, question):
                sys.exit(f"no figures for {question}")
            seconds.append(time.perf_counter() - start)
        return max(seconds)

    with connect(settings) as con:
        first, last = default_range(con, None)
        span = (last - first).days
        ends = [first + timedelta(days=span * share // 8) for share in range(1, 9)]
        periods = [Question(max(first, end - timedelta(days=45)), end) for end in ends]
        periods += [Question(first, last), Question(first, last, by="month", rollup=True)]
        known = con.execute("select distinct known_at from dim_batch order by 1").fetchall()
        moments = [known[len(known) * share // 6 - 1][0] for share in range(1, 7)]
        as_of = [
            Question(first, last, as_of=moment.replace(tzinfo=UTC), rollup=rollup)
            for moment in moments
            for rollup in (False, True)
            if _is_known(con, moment)
        ]
        return {
            "figures": slowest(con, periods),
            "as_of": slowest(con, as_of),
            "asked": {"figures": len(periods), "as_of": len(as_of)},
        }


def _is_known(con: duckdb.DuckDBPyConnection, moment: datetime) -> bool:
    found = con.execute("select 1 from fct_unit_reach where known_at <= $1 limit 1", [moment])
    return bool(found.fetchall())


STEPS: Final[dict[str, Callable[..., dict[str, Any]]]] = {
    step.__name__: step
    for step in (demo, store, yardstick, build, batch, audit, publication, daily, questions)
}


if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](Settings(), *sys.argv[2:])))
