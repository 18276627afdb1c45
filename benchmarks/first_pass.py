"""``hoso run`` from the inbox to published, beside one hand-written script on the same lists.

Both run in one call of this module, one after the other, each in a process of its own with the same
threads and memory limit; so the ratio says what everything that hoso adds (archive, event store,
ledger with history, three rule sets, findings, checks, publication) costs. Usage: ``make bench`` or
``python -m benchmarks.first_pass --dossiers 1000000 --write docs/performance.md``.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.measuring import Measured, environment, machine, measure, write_section
from orchestration.demo import write_demo
from orchestration.settings import PROJECT_DIR, Settings

YARDSTICK = Path(__file__).with_name("unit_day.sql")


def yardstick(lists: Path, target: Path, settings: Settings) -> None:
    """The hand-written script: csv lists of layouts A and C to table ``unit_day`` in ``target``."""
    config = {"memory_limit": settings.memory_limit, "threads": settings.threads}
    with duckdb.connect(str(target), config=config) as con:
        for name, pattern in (("igate", "igate_*.csv"), ("one_stop", "one_stop_list_*.csv")):
            files = sorted(map(str, lists.glob(pattern)))
            con.execute(
                f"set variable {name} = $files::varchar[]", {"files": files or [no_rows(lists)]}
            )
        (units,) = lists.glob("units_*.csv")
        con.execute("set variable units = $units::varchar", {"units": str(units)})
        con.execute(YARDSTICK.read_text(encoding="utf-8"))


def no_rows(lists: Path) -> str:
    """Stands in for lists of layout A, which are xlsx (and left out) below 30,000 rows each."""
    path = lists / "none_20000101.csv"
    path.write_text(",".join(["x"] * 13) + "\n", encoding="utf-8")
    return str(path)


def agreement(build: Path, ours: Path) -> tuple[int, int]:
    """Σ of quantities of the script, and how much of them hoso has otherwise (planted faults,
    pauses).

    Compared by unit, day, movement, leg, account and timeliness by date, in units that the script
    read.
    """
    keys = "unit_code, day, movement, leg, account, tl_by_date"
    with duckdb.connect() as con:
        con.execute(f"attach '{build}' as hoso (read_only)")
        con.execute(f"attach '{ours}' as script (read_only)")
        row = con.execute(
            f"""
            with hoso_sum as (
                select {keys}, sum(quantity) as quantity
                from hoso.main.fct_unit_day
                where unit_code in (select unit_code from script.main.unit_day)
                group by {keys}
            ),
            script_sum as (
                select {keys}, sum(quantity) as quantity
                from script.main.unit_day
                group by {keys}
            )
            select
                sum(abs(coalesce(script_sum.quantity, 0))),
                sum(abs(coalesce(script_sum.quantity, 0) - coalesce(hoso_sum.quantity, 0)))
            from script_sum
            full outer join hoso_sum using ({keys})
            """
        ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def run(dossiers: int, threads: int, memory_limit: str) -> list[str]:
    """The whole benchmark in a temporary home; returns the section of ``docs/performance.md``."""
    with tempfile.TemporaryDirectory(prefix="hoso-bench-") as folder:
        settings = Settings(home=Path(folder) / "home", threads=threads, memory_limit=memory_limit)
        env = environment(settings.home, threads, memory_limit)
        start = time.perf_counter()
        written = write_demo(settings, dossiers)
        writing = time.perf_counter() - start
        lists = Path(folder) / "lists"
        shutil.copytree(settings.inbox, lists)
        size = sum(path.stat().st_size for path in lists.iterdir()) / 2**20
        script = Path(folder) / "script.duckdb"
        me = [sys.executable, "-m", "benchmarks.first_pass"]
        by_hand = measure([*me, "--yardstick", str(lists), str(script)], env)
        hoso = measure([str(Path(sys.executable).parent / "hoso"), "run"], env)
        again = measure([str(Path(sys.executable).parent / "hoso"), "run"], env)
        total, different = agreement(settings.published_db.resolve(), script)
        results = json.loads((settings.home / "dbt/target/run_results.json").read_text("utf-8"))
    return section(
        f"{dossiers:,} simulated dossiers: {written.rows:,} rows in {len(written.files)} lists,"
        f" {size:,.0f} MiB (written in {writing:.1f} s). {machine()}, {threads} threads, "
        "memory limit"
        f" {memory_limit}.",
        [
            ("hand-written DuckDB script (`benchmarks/unit_day.sql`)", by_hand, 1.0),
            ("`hoso run`, inbox to published", hoso, hoso.seconds / by_hand.seconds),
            ("of this: `dbt build`, models and data tests", None, results["elapsed_time"]),
            ("`hoso run` again: nothing new", again, again.seconds / by_hand.seconds),
        ],
        f"The script's table agrees with `fct_unit_day` but for {different / total:.2%} of the"
        " quantities: it takes the newest due date for a dossier's whole life and knows nothing of"
        " corrections, reopenings and dossiers in two lists, which the simulation plants. It reads"
        " the csv lists of layouts A and C; `hoso run` also reads the xlsx.",
    )


def section(
    what: str, rows: Sequence[tuple[str, Measured | None, float]], remark: str
) -> list[str]:
    """Markdown that the next run replaces."""
    lines = ["## Whole run", "", what, "", "| | seconds | ratio | peak MiB |", "|---|--:|--:|--:|"]
    for title, measured, number in rows:
        if measured is None:
            lines.append(f"| {title} | {number:.1f} | | |")
        else:
            lines.append(
                f"| {title} | {measured.seconds:.1f} | {number:.1f} | {measured.peak_mib:,.0f} |"
            )
    return [*lines, "", remark, "", f"Written by `make bench` with DuckDB {duckdb.__version__}."]


def main() -> None:
    """Arguments, then either the whole benchmark or, in its process, the yardstick alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--memory-limit", default="6GB")
    parser.add_argument("--write", type=Path, help="file that gets the table of results")
    parser.add_argument("--yardstick", nargs=2, metavar=("LISTS", "TARGET"), type=Path)
    given = parser.parse_args()
    if given.yardstick:
        yardstick(*given.yardstick, Settings())
        return
    lines = run(given.dossiers, given.threads, given.memory_limit)
    print("\n".join(lines))
    if given.write:
        write_section(PROJECT_DIR / given.write, "first_pass", lines)


if __name__ == "__main__":
    main()
