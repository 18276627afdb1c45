"""The ledger's speed: full refresh, daily batch, audit, publish, figures, start-up, memory.

``make bench`` runs this after ``benchmarks.first_pass``. All rows come from one run, each command
in a process of its own with the same threads and memory limit; a row that cannot be measured ends
the run. Usage: ``python -m benchmarks.ledger --dossiers 10000000 --write docs/performance.md``.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import duckdb

from benchmarks.measuring import Measured, environment, machine, measure, write_section
from orchestration.settings import PROJECT_DIR, Settings

BATCH: Final = 30_000
"""Changed dossiers of a daily batch; fewer where the smaller home has not so many open ones."""

PEAK_LIMIT_MIB: Final = 8 * 1024


@dataclass(frozen=True)
class Row:
    """One row of the table. ``is_kept``: null where the row has no limit."""

    case: str
    limit: str
    number: str
    is_kept: bool | None
    command: str
    measured: Measured | None = None

    def cells(self) -> str:
        """The row in Markdown; a missed limit stands out."""
        kept = {None: "", True: "yes", False: "**MISSED**"}[self.is_kept]
        cost = ("", "", "")
        if self.measured:
            cost = (
                f"{self.measured.seconds:.1f}",
                f"{self.measured.cpu_seconds:.1f}",
                f"{self.measured.peak_mib:,.0f}",
            )
        cells = (self.case, self.limit, self.number, kept, *cost, self.command)
        return f"| {' | '.join(cells)} |"


@dataclass
class Home:
    """A home with simulated lists, and what its steps took and said."""

    path: Path
    dossiers: int
    threads: int
    memory_limit: str
    took: dict[str, Measured] = field(default_factory=dict)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)

    def step(self, name: str, *arguments: str, label: str | None = None) -> Measured:
        """Run one step of ``benchmarks.ledger_steps`` in its own process; keep it as ``label``."""
        out = self.path.with_suffix(".json")
        command = [sys.executable, "-m", "benchmarks.ledger_steps", name, *arguments]
        env = environment(self.path, self.threads, self.memory_limit)
        start = time.perf_counter()
        measured = measure(command, env, quiet_to=out)
        self.took[label or name] = measured
        self.said[label or name] = json.loads(out.read_text("utf-8").splitlines()[-1])
        note = f"{self.dossiers:,} dossiers, {label or name}: {time.perf_counter() - start:.1f} s"
        print(note, file=sys.stderr, flush=True)
        return measured

    def daily(self, changed: int, *, is_built: bool) -> None:
        """One daily batch of ``changed`` dossiers on top of the home, from the inbox to built."""
        if not is_built:
            self.step("demo", str(self.dossiers))
            for name in ("store", "build", "publication"):
                self.step(name)
        self.step("daily", str(changed))
        self.step("batch")
        self._compare_with("batch")

    def next_day(self, changed: int) -> None:
        """The batch of the day after: stored, and then built by a process that begins anew."""
        self.step("publication", label="publication of the day")
        self.step("daily", str(changed), label="next day")
        self.step("store", label="store next day")
        self.step("build", label="build next day")
        self._compare_with("build next day")

    def _compare_with(self, label: str) -> None:
        if not self.said["build"]["full_refresh"] or self.said[label]["full_refresh"]:
            sys.exit("not a full refresh and an incremental build: nothing to compare")

    def stored_to_built(self) -> Measured:
        """Of the daily batch: the seconds after it was in the store; the rest of the whole step."""
        return replace(self.took["batch"], seconds=self.said["batch"]["stored_to_built"])


def mean(one: Measured, other: Measured) -> Measured:
    """Of the seconds; the peak is the higher one."""
    return Measured(
        seconds=(one.seconds + other.seconds) / 2,
        cpu_seconds=(one.cpu_seconds + other.cpu_seconds) / 2,
        peak_mib=max(one.peak_mib, other.peak_mib),
    )


def startup(home: Home, *arguments: str) -> Measured:
    """The fastest of five starts of ``hoso``."""
    command = [str(Path(sys.executable).parent / "hoso"), *arguments]
    env = environment(home.path, home.threads, home.memory_limit)
    out = home.path.with_suffix(".out")
    return min((measure(command, env, quiet_to=out) for _ in range(5)), key=lambda m: m.seconds)


COMPARED: Final = {
    "posting": (
        "fct_dossier_posting",
        "movement, from_account, to_account, from_unit, to_unit, effective_at, is_reversal,"
        " batch_no, tl_after_by_date, tl_after_by_timestamp, tl_after_index_766",
    ),
    "unit_day": (
        "fct_unit_day",
        "unit_code, day, movement, leg, account, tl_by_date, tl_by_timestamp, tl_index_766",
    ),
}
"""Table of the script -> table of hoso, and the columns by which quantities are compared."""


def difference(build: Path, script: Path, table: str) -> float:
    """Share of the script's quantities that hoso has otherwise."""
    ours, columns = COMPARED[table]
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute(f"attach '{build}' as hoso (read_only)")
        con.execute(f"attach '{script}' as script (read_only)")
        ((share,),) = con.execute(
            f"""
            with beside as (
                select {columns}, quantity as by_script, 0 as by_hoso from script.main.{table}
                union all
                select {columns}, 0 as by_script, quantity as by_hoso from hoso.main.{ours}
            ),

            summed as (
                select {columns}, sum(by_script) as by_script, sum(by_hoso) as by_hoso
                from beside
                group by all
            )

            select sum(abs(by_script - by_hoso)) / sum(abs(by_script)) from summed
            """
        ).fetchall()
    return float(share)


def run(dossiers: int, threads: int, memory_limit: str, folder: Path) -> list[str]:
    """The whole benchmark below ``folder``; returns the section of ``docs/performance.md``."""
    big = Home(folder / "big", dossiers, threads, memory_limit)
    small = Home(folder / "small", dossiers // 10, threads, memory_limit)
    script = folder / "script.duckdb"
    big.step("demo", str(dossiers))
    big.step("store")
    big.step("yardstick", str(script))
    big.step("build")
    # before and after: the machine's speed changes within minutes
    big.step("yardstick", str(folder / "again.duckdb"), label="yardstick again")
    settings = Settings(home=big.path)
    differences = {table: difference(settings.build_db, script, table) for table in COMPARED}
    script.unlink()
    (folder / "again.duckdb").unlink()
    for name in ("audit", "publication", "questions"):
        big.step(name)
    starts = {
        "`hoso --help`": startup(big, "--help"),
        "`hoso query`": startup(big, "query", "select count(*) as n from fct_dossier"),
        "`hoso figures`": startup(big, "figures", "--from", "2026-01-01", "--to", "2026-01-31"),
    }
    changed = min(BATCH, small.dossiers * 3 // 100)
    for home in (big, small):
        home.daily(changed, is_built=home is big)
    big.next_day(changed)
    rows = [*table(big, small, starts, changed)]
    return section(big, rows, differences)


def table(big: Home, small: Home, starts: dict[str, Measured], changed: int) -> Iterator[Row]:
    """Every row of the issue's table, in its order."""
    step = "python -m benchmarks.ledger_steps"
    full = big.took["build"]
    before, after = big.took["yardstick"], big.took["yardstick again"]
    script = mean(before, after)
    yield Row(
        f"hand-written script (`benchmarks/ledger.sql`), the yardstick: {before.seconds:.1f} s"
        f" before the full refresh, {after.seconds:.1f} s after it",
        "",
        "1.0",
        None,
        f"`{step} yardstick`",
        script,
    )
    ratio = full.seconds / script.seconds
    yield Row(
        f"full refresh, {big.dossiers:,} dossiers, {big.said['build']['nodes']} models and seeds,"
        " no tests",
        "3 × the script",
        f"{ratio:.1f} ×",
        ratio <= 3,
        f"`{step} build`",
        full,
    )
    batch, same = big.stored_to_built(), small.stored_to_built()
    share = batch.seconds / full.seconds
    yield Row(
        f"daily batch of {changed:,} changed dossiers on top, from stored to built in a run that"
        " takes it in (dbt loads meanwhile, as in `hoso run`; CPU seconds with the taking in)",
        "10 % of the full refresh",
        f"{share:.1%}",
        share <= 0.1,
        f"`{step} batch`",
        batch,
    )
    factor = batch.seconds / same.seconds
    yield Row(
        f"the same batch on {small.dossiers:,}: times within",
        "a factor of 1.5",
        f"{factor:.2f}",
        factor <= 1.5,
        f"`{step} batch`",
        same,
    )
    cold = big.took["build next day"]
    yield Row(
        "such a batch that was stored before, built by a process that begins anew (no limit: a run"
        " takes in what it builds)",
        "",
        f"{cold.seconds / full.seconds:.1%} of the full refresh",
        None,
        f"`{step} build`",
        cold,
    )
    for name, title in (("audit", "audit"), ("publication", "publish")):
        took = big.took[name]
        part = took.seconds / full.seconds
        yield Row(title, "", f"{part:.0%} of the full refresh", None, f"`{step} {name}`", took)
    said = big.said["questions"]
    for name, title, limit in (
        ("figures", "`hoso figures`, all units, any period, in the process after start-up", 1),
        ("as_of", "`hoso figures --as-of`, all units, any day, in the process after start-up", 3),
    ):
        seconds = said[name]
        which = f"slowest of {said['asked'][name]}"
        yield Row(
            f"{title} ({which})",
            f"{limit} s",
            f"{seconds:.2f} s",
            seconds <= limit,
            f"`{step} questions`",
        )
    for title, took in starts.items():
        most = "" if "figures" in title else "0.8 s"
        yield Row(
            f"start-up to end of {title}, best of 5",
            most,
            f"{took.seconds:.2f} s",
            took.seconds <= 0.8 if most else None,
            title,
        )
    peak = max(took.peak_mib for home in (big, small) for took in home.took.values())
    yield Row(
        f"peak memory of all of the above (`memory_limit` {big.memory_limit})",
        "8 GiB",
        f"{peak / 1024:.1f} GiB",
        peak <= PEAK_LIMIT_MIB,
        "",
    )
    rate = big.dossiers / big.said["demo"]["seconds"]
    yield Row(
        f"`hoso demo --dossiers {big.dossiers}` writes its lists",
        "100,000 dossiers a second",
        f"{rate:,.0f} a second",
        rate > 100_000,
        f"`{step} demo`",
        big.took["demo"],
    )


def section(big: Home, rows: list[Row], differences: dict[str, float]) -> list[str]:
    """Markdown that the next run replaces."""
    said = big.said["demo"]
    slowest = ", ".join(f"{name} {s:.1f}" for name, s in big.said["build"]["slowest"].items())
    missed = [row.case for row in rows if row.is_kept is False]
    return [
        "## Ledger",
        "",
        f"{big.dossiers:,} simulated dossiers, {said['rows']:,} sightings in {said['lists']} lists."
        f" {machine()}, {big.threads} threads, memory limit {big.memory_limit}.",
        "",
        "| case | limit | measured | kept | seconds | CPU seconds | peak MiB | command |",
        "|---|---|--:|---|--:|--:|--:|---|",
        *(row.cells() for row in rows),
        "",
        f"Missed: {'; '.join(missed)}." if missed else "All limits are kept.",
        "",
        f"Slowest nodes of the full refresh, in seconds: {slowest}.",
        "",
        "The script's postings agree with ours but for"
        f" {differences['posting']:.2%} of the quantities, its unit × day table but for"
        f" {differences['unit_day']:.2%}: what it leaves out stands at its head.",
        "",
        f"Written by `make bench` with DuckDB {duckdb.__version__}.",
    ]


def main() -> None:
    """Arguments, the benchmark in a temporary folder, the table on stdout and in a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--memory-limit", default="7GB")
    parser.add_argument("--folder", type=Path, help="where the homes lie; default: temporary")
    parser.add_argument("--write", type=Path, help="file that gets the table of results")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hoso-ledger-", dir=given.folder))
    try:
        lines = run(given.dossiers, given.threads, given.memory_limit, folder)
    finally:
        shutil.rmtree(folder)
    print("\n".join(lines))
    if given.write:
        write_section(PROJECT_DIR / given.write, "ledger", lines)


if __name__ == "__main__":
    main()
