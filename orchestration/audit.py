"""The audit between build and publish: fetch small frames, run the suites, add dbt's tests, keep
the results, for programs and as pages (``data_docs``).

What belongs here: which frame feeds which suite, and the history of results. What does not: the
checks (``expectations/``), the SQL of the frames (``orchestration/audit_sql.py``), the decision to
publish (the pipeline).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from expectations import beside_suites, suites
from expectations.check import MAX_ROWS, Check, Outcome, errored
from expectations.titles_vi import observed_vi
from orchestration import (
    audit_identities,
    audit_reconciliation,
    audit_sql,
    audit_sql_beside,
    data_docs,
)
from orchestration.errors import HosoError
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb
    from pandas import DataFrame

TABLE: Final = "dq_check_result"
"""Name of the published table of results; grain: run × check × unit, ``*`` for all of a check."""

_ALL: Final = "*"

STATIC_SUITES: Final[Mapping[str, tuple[str, tuple[Check, ...]]]] = {
    "arriving_files": (audit_sql.FILES, suites.ARRIVING_FILES),
    "event_store": (audit_sql.EVENTS, suites.EVENT_STORE),
    "movements": (audit_sql.MOVEMENTS, suites.MOVEMENTS),
    "trial_balance": (audit_sql.TRIAL_BALANCE, suites.TRIAL_BALANCE),
    "unit_day": (audit_sql.UNIT_DAY, suites.UNIT_DAY),
    "knowledge": (audit_sql.KNOWLEDGE, suites.KNOWLEDGE),
    "units": (audit_sql_beside.UNITS, beside_suites.UNITS),
    "unit_tree": (audit_sql_beside.UNIT_TREE, beside_suites.UNIT_TREE),
    "procedures": (audit_sql_beside.PROCEDURES, beside_suites.PROCEDURES),
    "calendar": (audit_sql_beside.CALENDAR, beside_suites.CALENDAR),
    "volume": (audit_sql_beside.VOLUME, beside_suites.VOLUME),
    "statements": (audit_sql_beside.STATEMENTS, beside_suites.STATEMENTS),
    "freshness": (audit_sql_beside.FRESHNESS, beside_suites.FRESHNESS),
}
"""Suite -> SQL of its frame, its checks. The suite of findings depends on the ``dq_`` tables that
there are.
"""


@dataclass(frozen=True)
class CheckResult:
    """What one check said in one audit; ``content_id`` is that of the audited build."""

    run: str
    run_at: datetime
    content_id: str | None
    check: str
    owner: str
    severity: str
    status: str
    observed: str
    expected: str
    failing: int
    meaning: str
    meaning_vi: str = ""
    title_vi: str = ""
    expected_vi: str = ""
    rows: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    by_unit: Mapping[str, int] = field(default_factory=dict, repr=False)

    @property
    def blocks(self) -> bool:
        """Whether nothing may be published: a blocking check failed, or any check could not be
        carried out.
        """
        return self.status == "errored" or (self.severity == "blocking" and self.status == "failed")

    @property
    def observed_vi(self) -> str:
        """What was found, in Vietnamese."""
        return observed_vi(self.observed)

    def as_row(self) -> dict[str, str | int]:
        """The fields of ``hoso check``."""
        return {
            "check": self.check,
            "owner": self.owner,
            "severity": self.severity,
            "status": self.status,
            "observed": self.observed,
            "expected": self.expected,
            "failing": self.failing,
        }


def run_audit(
    settings: Settings, db_path: Path, dbt_results: Iterable[Outcome] = ()
) -> list[CheckResult]:
    """Audit the build warehouse (opened read-only), add dbt's tests, and keep all of it in the
    history.

    Nobody may hold ``db_path`` for writing. Never raises for bad data: look at
    ``CheckResult.blocks``.
    """
    outcomes = [*audit(settings, db_path), *dbt_results]
    moment = settings.clock()
    run, content = run_id(settings, moment), content_of(db_path)
    results = [
        _result(outcome, moment, run, content)
        for outcome in sorted(outcomes, key=lambda outcome: outcome.check.name)
    ]
    if results:
        _keep(settings, results)
        data_docs.write(settings, results)
    return results


def audit(settings: Settings, db_path: Path) -> list[Outcome]:
    """Outcomes of all suites over the warehouse file ``db_path``."""
    import duckdb

    if not db_path.exists():
        raise HosoError("There is no warehouse to check yet: `hoso run` builds one.", 4)
    with duckdb.connect(
        str(db_path),
        read_only=True,
        config={"memory_limit": settings.memory_limit, "threads": settings.threads},
    ) as con:
        outcomes = [
            outcome
            for sql, checks in STATIC_SUITES.values()
            for outcome in _run_suite(con, sql, checks)
        ]
        return [
            *outcomes,
            *audit_identities.run_all(con),
            *audit_reconciliation.run_all(settings, con),
            *_run_findings(con),
        ]


def check_frame(suite: str, frame: "DataFrame") -> list[Outcome]:
    """Run a suite of ``STATIC_SUITES`` on a frame with that suite's columns."""
    from expectations.runner import run

    return run(frame, STATIC_SUITES[suite][1])


def latest(settings: Settings) -> list[CheckResult]:
    """The results of the newest audit; none yet: exit code 4."""
    files = history(settings)
    if not files:
        raise HosoError("Nothing was checked yet: `hoso run` checks what it builds.", 4)
    import duckdb

    # an audit of before may lack what was added since
    found = duckdb.execute(
        'select * rename (check_name as "check") from read_parquet(?) order by check_name, unit',
        [str(files[-1])],
    )
    names = [column[0] for column in found.description or ()]
    kept = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    units: dict[str, dict[str, int]] = {}
    for row in kept:
        if row["unit"] != _ALL:
            units.setdefault(row["check"], {})[row["unit"]] = row["failing"]
    return [_read(row, units.get(row["check"], {})) for row in kept if row["unit"] == _ALL]


def history(settings: Settings) -> list[Path]:
    """One Parquet file per audit, oldest first; they outlive every rebuild of the warehouse."""
    return sorted((settings.path("warehouse") / "checks").glob("*.parquet"))


def run_id(settings: Settings, moment: datetime) -> str:
    """Name of an audit, sorted as they were made: its number (the clock may be set back) and its
    moment.
    """
    files = history(settings)
    number = int(files[-1].name.partition("-")[0]) if files else 0
    return f"{number + 1:06d}-{moment:%Y%m%dT%H%M%SZ}"


def content_of(db_path: Path) -> str | None:
    """What the build warehouse was made from (``build_state``); null when its build did not end."""
    import duckdb

    with duckdb.connect(str(db_path), read_only=True) as con:
        try:
            row = con.execute("select content_id from meta.build_state").fetchone()
        except duckdb.CatalogException:
            return None
    return row[0] if row else None


def _run_suite(
    con: "duckdb.DuckDBPyConnection", sql: str, checks: Sequence[Check]
) -> list[Outcome]:
    """Fetch and judge; SQL that fails is an errored check, like any other that could not be carried
    out.
    """
    import duckdb

    from expectations.runner import run

    try:
        frame = con.execute(sql).df()
    except duckdb.Error as error:
        return [errored(check, str(error)) for check in checks]
    return run(frame, checks)


def _run_findings(con: "duckdb.DuckDBPyConnection") -> list[Outcome]:
    """Count every finding table; of a table with findings the first rows go along."""
    tables = [name for (name,) in con.execute(audit_sql.FINDING_TABLES).fetchall()]
    if not tables:
        return []
    counts = ", ".join(f"(select count(*) from {table}) as {table}" for table in tables)
    outcomes = _run_suite(con, f"select {counts}", suites.findings(tables))
    return [
        replace(
            outcome,
            observed=f"{outcome.failing} rows",
            rows=_head(con, table),
            by_unit=_by_unit(con, table),
        )
        if outcome.status == "failed"
        else outcome
        for table, outcome in zip(tables, outcomes, strict=True)
    ]


def _head(con: "duckdb.DuckDBPyConnection", table: str) -> tuple[Mapping[str, Any], ...]:
    frame = con.execute(f"select * from {table} order by all limit {MAX_ROWS}").df()
    return tuple(json.loads(frame.to_json(orient="records", date_format="iso")))


def _by_unit(con: "duckdb.DuckDBPyConnection", table: str) -> dict[str, int]:
    """How many rows a finding has of which unit; nothing where it tells none."""
    columns = {name for name, *_ in con.execute(f"describe {table}").fetchall()}
    if "unit_code" not in columns:
        return {}
    sql = f"select unit_code, count(*) from {table} where unit_code is not null group by unit_code"
    return dict(con.execute(sql).fetchall())


def _result(outcome: Outcome, moment: datetime, run: str, content: str | None) -> CheckResult:
    return CheckResult(
        run=run,
        run_at=moment,
        content_id=content,
        check=outcome.check.name,
        owner=outcome.check.owner,
        severity=outcome.check.severity,
        status=outcome.status,
        observed=outcome.observed,
        expected=outcome.check.expected,
        failing=outcome.failing,
        meaning=outcome.check.meaning,
        meaning_vi=outcome.check.meaning_vi,
        title_vi=outcome.check.title_vi,
        expected_vi=outcome.check.expected_vi,
        rows=outcome.rows,
        by_unit=outcome.by_unit,
    )


def _read(kept: dict[str, Any], by_unit: Mapping[str, int]) -> CheckResult:
    moment = kept["run_at"].replace(tzinfo=UTC)
    told = {name: value for name, value in kept.items() if name != "unit"}
    rows = tuple(json.loads(kept["rows"]))
    return CheckResult(**told | {"run_at": moment, "rows": rows, "by_unit": by_unit})


def _kept_rows(result: CheckResult) -> list[dict[str, Any]]:
    """The row of the whole check, which has its failing rows, and one for each unit that fails."""
    whole = {
        "run": result.run,
        "run_at": result.run_at.astimezone(UTC).replace(tzinfo=None),
        "content_id": result.content_id,
        "check_name": result.check,
        "unit": _ALL,
        "owner": result.owner,
        "severity": result.severity,
        "status": result.status,
        "observed": result.observed,
        "expected": result.expected,
        "failing": result.failing,
        "meaning": result.meaning,
        "meaning_vi": result.meaning_vi,
        "title_vi": result.title_vi,
        "expected_vi": result.expected_vi,
        "rows": json.dumps(result.rows, ensure_ascii=False, default=str),
    }
    units = sorted(result.by_unit.items())
    return [
        whole,
        *(
            whole | {"unit": unit, "observed": f"{count} of {unit}", "failing": count, "rows": "[]"}
            for unit, count in units
        ),
    ]


def _keep(settings: Settings, results: Sequence[CheckResult]) -> None:
    """Write one audit as ``warehouse/checks/<run>.parquet``: complete under a temporary name, then
    renamed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = settings.warehouse / "checks"
    folder.mkdir(exist_ok=True)
    text, count, moment = pa.string(), pa.int64(), pa.timestamp("us")
    rows = [row for result in results for row in _kept_rows(result)]
    own = {"run_at": moment, "failing": count}
    schema = pa.schema([(name, own.get(name, text)) for name in rows[0]])
    table = pa.Table.from_pylist(rows, schema)
    target = folder / f"{results[0].run}.parquet"
    partial = target.with_suffix(".partial")
    pq.write_table(table, partial, compression="zstd")
    partial.rename(target)
    for old in history(settings)[: -settings.keep_audits]:
        old.unlink()
