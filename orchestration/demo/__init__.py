"""A simulated province: what ``hoso demo`` puts into the inbox (``docs/decisions/004-demo.md``)."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import HosoError
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings

MOST_DOSSIERS = 100_000_000


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was written; ``rows`` = data rows of the lists, ``planted`` = truth lines by kind,
    ``reports`` = file -> code of the office that states it."""

    dossiers: int
    rows: int
    files: tuple[Path, ...]
    truth: Path
    figures: Path
    planted: dict[str, int]
    reports: dict[Path, str]


def write_demo(
    settings: Settings,
    dossiers: int = 20_000,
    seed: int = 766,
    progress: Progress | None = None,
) -> DemoSummary:
    """Write the exports of fifteen months into the inbox, and what is true into ``<home>/demo``.

    The same ``dossiers`` and ``seed`` give the same bytes. Files appear in the inbox only when
    complete. Raises ``HosoError`` where ``dossiers`` is not between 1 and 100 million.
    """
    import duckdb

    from orchestration.demo.beside import write_beside
    from orchestration.demo.lists import CREATE_WATCHED, write_catalogues, write_lists
    from orchestration.demo.lives import create_lives, exports
    from orchestration.demo.province import procedures, units
    from orchestration.demo.reports import write_reports
    from orchestration.demo.truth import write_figures, write_truth
    from orchestration.ingest.inbox import declare_backfill

    if not 1 <= dossiers <= MOST_DOSSIERS:
        raise HosoError(
            f"Cannot simulate {dossiers} dossiers: ask for 1 to {MOST_DOSSIERS:,}.", exit_code=2
        )
    progress = progress or Quiet()
    demo = settings.folder("demo")
    work = demo / ".writing"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    all_units, moments = units(dossiers), exports()
    register = next(unit.name for unit in all_units if unit.layout == "B")
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "temp_directory": str(work / "spill"),
    }
    with duckdb.connect(config=config) as connection:
        with progress.step("Simulating the province", total=None) as advance:
            create_lives(connection, all_units, procedures(), dossiers, seed)
            connection.execute(CREATE_WATCHED)
            advance(1)
        files, rows = write_catalogues(work, all_units, procedures()), 0
        connection.execute(
            "create table list_file (moment timestamp, layout varchar, file varchar)"
        )
        with progress.step("Writing lists", total=len(moments)) as advance:
            for export in moments:
                written, count = write_lists(connection, export, work, register)
                connection.executemany(
                    "insert into list_file values (?, ?, ?)",
                    [
                        [export.at, layout, path.name]
                        for layout, path in zip("ABC", written, strict=True)
                    ],
                )
                files += written
                rows += count
                advance(1)
        files += write_beside(connection, moments[-1], work)
        planted = write_truth(connection, demo / "truth.jsonl")
        write_figures(connection, demo / "figures.csv")
        reports = write_reports(connection, all_units, demo / "reports", demo / "reports.jsonl")
    inbox = settings.inbox
    declare_backfill(settings, [path.name for path in files])
    placed = tuple(path.replace(inbox / path.name) for path in files)
    shutil.rmtree(work)
    return DemoSummary(
        dossiers, rows, placed, demo / "truth.jsonl", demo / "figures.csv", planted, reports
    )


def take_reports(settings: Settings, reports: Mapping[Path, str]) -> int:
    """Read the offices' reports and store what they state; how many of them were new."""
    from orchestration.stated_figures import add_all
    from orchestration.statements.files import text_of
    from orchestration.statements.reader import read_statement

    read = [(path, read_statement(text_of(path), path.name), reports[path]) for path in reports]
    return add_all(settings, "demo", read)
