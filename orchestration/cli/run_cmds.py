"""Commands that move data: the daily run and what belongs to it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.cli.progress import progress
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.pipeline import RunSummary

BLOCKED = 3


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (demo, run, check, serve, doctor, logs):
        app.command()(command)


def demo(
    dossiers: Annotated[int, typer.Option("--dossiers", help="How many dossiers to simulate.")] = (
        20_000
    ),
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 766,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Simulate a province's exports and reports, take them in and publish their figures.

    Example: hoso demo --dossiers 5000
    """
    from orchestration.demo import take_reports, write_demo

    settings = Settings()
    written = write_demo(settings, dossiers, seed, progress())
    say(
        f"Simulated {written.dossiers} dossiers: {len(written.files)} files with {written.rows}"
        f" lines on dossiers in {settings.inbox}; what is true lies in {written.truth.parent}."
    )
    taken = take_reports(settings, written.reports)
    say(f"Read {len(written.reports)} reports of the offices, {taken} of them new: hoso reconcile")
    _run(settings, fmt, written.files)


def run(fmt: FormatOption = Format.TABLE) -> None:
    """Take in the inbox, build, check and publish; does nothing when nothing is new.

    Exit code 3: a check keeps the new data from being published; readers keep what they have.

    Example: hoso run
    """
    _run(Settings(), fmt, ())


def _run(settings: Settings, fmt: Format, backfill: Sequence[Path]) -> None:
    from orchestration import pipeline

    summary = pipeline.run(settings, progress(), backfill)
    if fmt is Format.TABLE:
        row = summary.as_row()
        checks = row.pop("checks")
        values = {**row, **{f"checks {status}": count for status, count in checks.items()}}
        emit([{"what": name, "value": str(value)} for name, value in values.items()], fmt)
    else:
        emit(summary.as_row(), fmt)
    for line in closing(summary):
        say(line)
    if summary.alerts:
        say(summary.alerts)
    if summary.blocking:
        raise typer.Exit(BLOCKED)


def closing(summary: "RunSummary") -> list[str]:
    """What a run did, in words."""
    row = summary.as_row()
    lines = [
        f"{row['files']} files, {row['read']} rows read = {row['stored']} stored"
        f" + {row['unchanged']} unchanged + {row['duplicate']} duplicate"
        f" + {row['quarantined']} set aside"
    ]
    lines += [
        f"Not taken in: {result.file}: {result.message}"
        for result in summary.results
        if result.status == "rejected"
    ]
    if row["quarantined"]:
        lines.append("Why rows were set aside: hoso quarantine list")
    if summary.nothing_new and summary.version is None:
        return [*lines, "Nothing is published: the store has no list yet."]
    if summary.nothing_new:
        return [*lines, f"Nothing new: version {summary.version} stays, {summary.path}"]
    counts = ", ".join(
        f"{count} {status.replace('_', ' ')}" for status, count in summary.checks.items() if count
    )
    lines.append(f"Checks: {counts or 'none'}; see hoso check")
    for check in summary.blocking:
        lines.append(f"Blocking: {check.check}: {check.observed}. {check.meaning}")
    if summary.blocking:
        kept = (
            f"version {summary.version}" if summary.version else "nothing, for nothing was before"
        )
        lines.append(f"Not published: readers keep {kept}.")
    elif summary.published:
        lines.append(f"Published version {summary.version}: {summary.path}")
    else:
        lines.append(f"Published already: version {summary.version}, {summary.path}")
    return lines


def check(
    all_checks: Annotated[
        bool, typer.Option("--all", help="In the table also those that passed.")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show what the checks of the last run found; exit code 3 when one of them blocks publishing.

    Example: hoso check --format json
    """
    from orchestration import data_docs
    from orchestration.audit import latest

    results = latest(Settings())
    shown = [result for result in results if all_checks or result.status not in {"passed"}]
    title = f"{len(results)} checks, {sum(r.status == 'passed' for r in results)} passed"
    emit(
        [result.as_row() for result in results],
        fmt,
        title,
        rows=[result.as_row() for result in (shown if fmt is Format.TABLE else results)],
    )
    say(f"As a page: {data_docs.newest(Settings())}")
    if any(result.blocks for result in results):
        raise typer.Exit(BLOCKED)


def serve(
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="Port on this machine.")
    ] = 3000,
) -> None:
    """Open Dagster (page and daemon) on 127.0.0.1 until Ctrl-C.

    Example: hoso serve --port 3001
    """
    from orchestration.serve import serve as keep_serving

    keep_serving(Settings(), port, lambda url: say(f"Dagster: {url} (Ctrl-C ends it)"))


def doctor(fmt: FormatOption = Format.TABLE) -> None:
    """Look at settings, versions, keys, disk and locks: what is wrong and what to do.

    Exit code 1 when something must be mended.

    Example: hoso doctor
    """
    from orchestration.doctor import examine

    findings = examine(Settings())
    emit([finding.as_row() for finding in findings], fmt)
    if any(finding.status == "wrong" for finding in findings):
        raise typer.Exit(1)


def logs(
    run_id: Annotated[
        str | None, typer.Option("--run", help="Only this run; the beginning of its id is enough.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show what was logged, the oldest first, readable or as JSON.

    Example: hoso logs --run 20261121T06
    """
    import sys

    from orchestration.log import lines, readable

    found = lines(Settings(), run_id)
    if fmt is Format.TABLE:
        sys.stdout.writelines(readable(line) + "\n" for line in found)
    else:
        emit(list(found), fmt)
