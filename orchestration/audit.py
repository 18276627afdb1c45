"""The audit between build and publish: fetch small frames, run the suites, add dbt's tests, keep
the results.

What belongs here: which frame feeds which suite, and the history of results. What does not: the
checks (``expectations/``), the SQL of the frames (``orchestration/audit_sql.py``), the decision to
publish (the pipeline).
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from expectations import suites
from expectations.check import MAX_ROWS, Check, Outcome, errored
from orchestration import audit_sql
from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR, Settings

if TYPE_CHECKING:
    import duckdb
    from pandas import DataFrame, Series

TABLE: Final = "dq_check_result"
"""Name of the published table of results; grain: check × run."""

STATIC_SUITES: Final[Mapping[str, tuple[str, tuple[Check, ...]]]] = {
    "arriving_files": (audit_sql.FILES, suites.ARRIVING_FILES),
    "event_store": (audit_sql.EVENTS, suites.EVENT_STORE),
    "movements": (audit_sql.MOVEMENTS, suites.MOVEMENTS),
    "trial_balance": (audit_sql.TRIAL_BALANCE, suites.TRIAL_BALANCE),
    "unit_day": (audit_sql.UNIT_DAY, suites.UNIT_DAY),
    "knowledge": (audit_sql.KNOWLEDGE, suites.KNOWLEDGE),
    "units": (audit_sql.UNITS, suites.UNITS),
    "procedures": (audit_sql.PROCEDURES, suites.PROCEDURES),
    "freshness": (audit_sql.FRESHNESS, suites.FRESHNESS),
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
    rows: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    @property
    def blocks(self) -> bool:
        """Whether nothing may be published: a blocking check failed, or any check could not be
        carried out.
        """
        return self.status == "errored" or (self.severity == "blocking" and self.status == "failed")

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
    _keep(settings, results)
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
        return [*outcomes, *_run_identities(con), *_run_findings(con)]


def figure_frame(entries: Sequence[Mapping[str, Any]]) -> "DataFrame":
    """The frame of ``suites.identities`` from entries of ``reporting.figures`` by month.

    Both sides of each identity; null where a figure of it is.
    """
    import pandas as pd

    keys = ["unit", "rule_set"]
    frame = pd.DataFrame([{**entry, **entry["figures"]} for entry in entries])
    frame = frame.sort_values([*keys, "month"])
    for code, kind, left, right in suites.sides(identity_seed()):
        if kind == "continuity":  # "<figure> of the period before"
            frame[f"{code}_left"] = frame[left]
            frame[f"{code}_right"] = frame.groupby(keys)[right.split()[0]].shift()
        else:
            frame[f"{code}_left"] = _total(frame, left)
            frame[f"{code}_right"] = _total(frame, right)
    sides = [name for name in map(str, frame.columns) if name.endswith(("_left", "_right"))]
    return frame[[*keys, "month", *sides]]


def _total(frame: "DataFrame", terms: str) -> "Series[float]":
    names = [name.strip() for name in terms.split("+")]
    return frame[names].astype("float64").sum(axis=1, skipna=False)


def identity_seed() -> list[dict[str, str]]:
    """The rows of ``seeds/identity.csv``."""
    with (PROJECT_DIR / "seeds" / "identity.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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

    found = duckdb.execute(
        'select run, run_at, content_id, check_name as "check", owner, severity, status, observed,'
        " expected, failing, meaning, rows from read_parquet(?) order by check_name",
        [str(files[-1])],
    )
    names = [column[0] for column in found.description or ()]
    return [_read(dict(zip(names, row, strict=True))) for row in found.fetchall()]


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


def _run_identities(con: "duckdb.DuckDBPyConnection") -> list[Outcome]:
    """Every identity, for every unit, calendar month and rule set."""
    import duckdb

    from expectations.runner import run
    from orchestration.reporting.figures import default_range, figures
    from orchestration.reporting.question import Question

    checks = suites.identities(identity_seed())
    try:
        first, last = default_range(con, None)
        rule_sets = con.execute("select rule_set from dim_rule_set order by rule_set").fetchall()
        entries = [
            entry
            for (rule_set,) in rule_sets
            for entry in figures(con, Question(first, last, by="month", rule_set=rule_set))
        ]
    except HosoError as error:
        return [Outcome(check, "not_applicable", str(error)) for check in checks]
    except duckdb.Error as error:
        return [errored(check, str(error)) for check in checks]
    if not entries:
        return [Outcome(check, "not_applicable", "no unit has figures") for check in checks]
    return run(figure_frame(entries), checks)


def _run_findings(con: "duckdb.DuckDBPyConnection") -> list[Outcome]:
    """Count every finding table; of a table with findings the first rows go along."""
    tables = [name for (name,) in con.execute(audit_sql.FINDING_TABLES).fetchall()]
    if not tables:
        return []
    counts = ", ".join(f"(select count(*) from {table}) as {table}" for table in tables)
    outcomes = _run_suite(con, f"select {counts}", suites.findings(tables))
    return [
        replace(outcome, observed=f"{outcome.failing} rows", rows=_head(con, table))
        if outcome.status == "failed"
        else outcome
        for table, outcome in zip(tables, outcomes, strict=True)
    ]


def _head(con: "duckdb.DuckDBPyConnection", table: str) -> tuple[Mapping[str, Any], ...]:
    frame = con.execute(f"select * from {table} order by all limit {MAX_ROWS}").df()
    return tuple(json.loads(frame.to_json(orient="records", date_format="iso")))


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
        rows=outcome.rows,
    )


def _read(kept: dict[str, Any]) -> CheckResult:
    moment = kept["run_at"].replace(tzinfo=UTC)
    return CheckResult(**kept | {"run_at": moment, "rows": tuple(json.loads(kept["rows"]))})


def _keep(settings: Settings, results: Sequence[CheckResult]) -> None:
    """Write one audit as ``warehouse/checks/<run>.parquet``: complete under a temporary name, then
    renamed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not results:
        return
    folder = settings.warehouse / "checks"
    folder.mkdir(exist_ok=True)
    table = pa.table(
        {
            "run": [each.run for each in results],
            "run_at": pa.array(
                [each.run_at.astimezone(UTC).replace(tzinfo=None) for each in results],
                pa.timestamp("us"),
            ),
            "content_id": pa.array([each.content_id for each in results], pa.string()),
            "check_name": [each.check for each in results],
            "owner": [each.owner for each in results],
            "severity": [each.severity for each in results],
            "status": [each.status for each in results],
            "observed": [each.observed for each in results],
            "expected": [each.expected for each in results],
            "failing": pa.array([each.failing for each in results], pa.int64()),
            "meaning": [each.meaning for each in results],
            "rows": [json.dumps(each.rows, ensure_ascii=False, default=str) for each in results],
        }
    )
    target = folder / f"{results[0].run}.parquet"
    partial = target.with_suffix(".partial")
    pq.write_table(table, partial, compression="zstd")
    partial.rename(target)
    for old in history(settings)[: -settings.keep_audits]:
        old.unlink()
