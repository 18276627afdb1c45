"""The cost of the whole audit: suites and dbt's data tests on two cores, with their memory.

``make bench`` runs this before ``benchmarks.ledger``, which measures the audit beside the full
refresh at its own size. A row that cannot be measured ends the run. Usage:
``python -m benchmarks.audit --dossiers 1000000 --write docs/performance.md``.
"""

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.ledger import Home, Row
from benchmarks.measuring import Measured, environment, machine, measure, write_section
from orchestration import dbt_runner
from orchestration.settings import PROJECT_DIR, Settings

CORES: Final = 2
MEMORY_LIMIT: Final = "1GB"
"""What DuckDB may use while it is audited; Python and Great Expectations come on top."""

SECONDS: Final = 60
PEAK_MIB: Final = 2 * 1024


def built(home: Home) -> None:
    """A warehouse of the simulated province, as ``hoso run`` has it before the audit."""
    home.step("demo", str(home.dossiers))
    home.step("store")
    home.step("build")


def data_tests(home: Home) -> Measured:
    """``dbt test`` without the unit tests; a test that finds something or breaks ends the run."""
    settings = Settings(home=home.path, threads=home.threads, memory_limit=home.memory_limit)
    base = environment(home.path, home.threads, home.memory_limit)
    command = [
        *(sys.executable, "-c", "from dbt.cli.main import cli; cli()"),
        *("test", "--exclude-resource-type", "unit_test"),
        *dbt_runner.place_arguments(settings),
    ]
    env = dbt_runner.environment(settings, base)
    return measure(command, env, quiet_to=home.path.with_suffix(".dbt"))


def run(dossiers: int, folder: Path) -> list[str]:
    """The whole benchmark below ``folder``; returns the section of ``docs/performance.md``."""
    whole = Home(folder / "home", dossiers, os.cpu_count() or CORES, "6GB")
    built(whole)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # of all that follows
    home = replace(whole, threads=CORES, memory_limit=MEMORY_LIMIT)
    suites, tests = home.step("audit"), data_tests(home)
    both = suites.seconds + tests.seconds
    peak = max(suites.peak_mib, tests.peak_mib)
    checks = home.said["audit"]["checks"]
    step = "python -m benchmarks.ledger_steps audit"
    rows = [
        Row(f"suites: {checks} checks, results kept, Data Docs", "", "", None, f"`{step}`", suites),
        Row("data tests of the models", "", "", None, "`dbt test`", tests),
        Row("both together", f"{SECONDS} s", f"{both:.1f} s", both < SECONDS, ""),
        Row("largest process", "2 GiB", f"{peak / 1024:.2f} GiB", peak < PEAK_MIB, ""),
    ]
    return [
        "## Audit",
        "",
        f"{dossiers:,} simulated dossiers, {whole.said['demo']['rows']:,} sightings. {machine()},"
        f" of which {CORES} were used; memory limit {MEMORY_LIMIT}.",
        "",
        "| case | limit | measured | kept | seconds | CPU seconds | peak MiB | command |",
        "|---|---|--:|---|--:|--:|--:|---|",
        *(row.cells() for row in rows),
    ]


def main() -> None:
    """Arguments, the benchmark in a temporary folder, the table on stdout and in a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the home lies; default: temporary")
    parser.add_argument("--write", type=Path, help="file that gets the table of results")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hoso-audit-", dir=given.folder))
    try:
        lines = run(given.dossiers, folder)
    finally:
        shutil.rmtree(folder)
    print("\n".join(lines))
    if given.write:
        write_section(PROJECT_DIR / given.write, "audit", lines)


if __name__ == "__main__":
    main()
