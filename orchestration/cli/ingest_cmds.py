"""Commands about files: taking them in, how they are understood, what was set aside."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.cli.progress import progress
from orchestration.errors import HosoError
from orchestration.settings import Settings

SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="NAME", help="Which source; else the file's name decides."),
]
ObservedOption = Annotated[
    str | None,
    typer.Option(
        "--observed-at",
        metavar="TS",
        help="When the list was exported (ISO 8601, office time without an offset), "
        "for lists that do not say it themselves.",
    ),
]
UnitOption = Annotated[
    str | None,
    typer.Option("--unit", metavar="CODE", help="Whose list it is, if it does not say it itself."),
]
sources_app = typer.Typer(no_args_is_help=True, help="Sources: which exports are understood, how.")
quarantine_app = typer.Typer(no_args_is_help=True, help="Rows that were set aside, and why.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(ingest)
    sources_app.command("list")(source_list)
    sources_app.command("check")(source_check)
    sources_app.command("new")(source_new)
    app.add_typer(sources_app, name="source")
    quarantine_app.command("list")(quarantine_list)
    quarantine_app.command("show")(quarantine_show)
    quarantine_app.command("retry")(quarantine_retry)
    app.add_typer(quarantine_app, name="quarantine")


def ingest(  # noqa: PLR0917 - options of a command
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files to take in.")],
    source: SourceOption = None,
    observed_at: ObservedOption = None,
    unit: UnitOption = None,
    backfill: Annotated[
        bool,
        typer.Option(
            "--backfill",
            help="Old lists, before any live one: known when they were exported.",
        ),
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take files into the event store; each is stored wholly or not at all.

    The files stay where they are. A file that cannot be read is rejected with the reason: exit
    code 1, after the others are done.

    Example: hoso ingest igate_province_20260901_20260930_20260930T1730.csv
    """
    from orchestration import pipeline

    results = pipeline.ingest(
        Settings(),
        paths,
        source=source,
        observed_at=_moment(observed_at),
        unit=unit,
        backfill=backfill,
        progress=progress(),
    )
    emit([each.row() for each in results], fmt)
    rejected = [each for each in results if each.status == "rejected"]
    for each in rejected:
        say(f"{each.file}: rejected: {each.message}")
    if rejected:
        raise typer.Exit(1)


def source_list(fmt: FormatOption = Format.TABLE) -> None:
    """The sources that are known: the package's, and those of HOSO_HOME/sources.

    Example: hoso source list
    """
    from orchestration.sources import load_sources

    emit(
        [
            {
                "source": each.name,
                "title": each.title,
                "system": each.system,
                "role": each.role,
                "formats": ", ".join(each.formats),
                "files": ", ".join(each.files),
            }
            for each in load_sources(Settings()).values()
        ],
        fmt,
    )


def source_check(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A file; nothing of it is stored.")],
    source: SourceOption = None,
    observed_at: ObservedOption = None,
    unit: UnitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show what is understood of a file: columns, moment, scope, what would be set aside.

    Example: hoso source check one_stop_list_20260930.xlsx
    """
    from orchestration.ingest.check import check_file
    from orchestration.ingest.ready import Options

    options = Options(source, _moment(observed_at), unit)
    found = check_file(Settings(), path, options)
    emit(found, fmt, f"{found['file']} as {found['source']}", rows=found["columns"])
    if fmt is Format.TABLE:
        for line in _explained(found):
            say(line)


def source_new(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A sample; nothing is stored.")],
) -> None:
    """Propose a YAML for lists like this one, and say what could not be decided.

    Save it in HOSO_HOME/sources, decide what is open, then: hoso source check FILE --source NAME

    Example: hoso source new list.xlsx > $HOSO_HOME/sources/list.yml
    """
    from orchestration.ingest.propose import propose

    found = propose(Settings(), path)
    typer.echo(found.text, nl=False)
    for each in found.undecided:
        say(f"to decide: {each}")


def quarantine_list(fmt: FormatOption = Format.TABLE) -> None:
    """All rows that were set aside: file, line, column, cell, reason, what to do.

    Example: hoso quarantine list --format csv > set-aside.csv
    """
    from orchestration.ingest.quarantine import set_aside

    emit(set_aside(Settings()), fmt)


def quarantine_show(
    row_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how it begins.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """One row that was set aside, with its code, its source and when it was read.

    Example: hoso quarantine show 3f9a
    """
    from orchestration.ingest.quarantine import set_aside_row

    row = set_aside_row(Settings(), row_id)
    emit(row, fmt, rows=[{"field": name, "value": value} for name, value in row.items()])


def quarantine_retry(fmt: FormatOption = Format.TABLE) -> None:
    """Read the rows set aside again, after a map or a source was mended.

    The originals come from the archive; what can be read now is known since now. `hoso run`
    publishes it.

    Example: hoso quarantine retry && hoso run
    """
    from orchestration import pipeline

    results = pipeline.retry_quarantine(Settings(), progress())
    emit([each.row() for each in results], fmt)
    taken = sum(each.read for each in results)
    left = [each for each in results if each.status == "rejected"]
    say(f"{taken} rows taken in" + ("; hoso run publishes them" if taken else ""))
    for each in left:
        say(f"{each.file}: {each.message}")
    if left:
        raise typer.Exit(1)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise HosoError(
            f"--observed-at {text!r} is not a moment; write it as 2026-09-30T17:30", exit_code=2
        ) from error


def _explained(found: dict[str, Any]) -> list[str]:
    """What the table of columns does not show."""
    said = {"content": "by the list itself", "name": "by its name", "option": "by the option"}
    lines = [
        f"{found['rows']} rows, {found['failing']} would be set aside",
        f"exported {found['observed_at']} UTC, said {said[found['observed_from']]}",
    ]
    if found["from"]:
        lines.append(f"period {found['from']} to {found['to']}")
    if found["unit"]:
        lines.append(f"unit {found['unit']}")
    if found["control_total"] is not None:
        lines.append(f"the list prints a total of {found['control_total']}")
    if found["dropped"]:
        lines.append("not kept: " + ", ".join(found["dropped"]))
    if found["statuses_unmapped"]:
        lines.append("unmapped statuses: " + ", ".join(found["statuses_unmapped"]))
    lines += [
        f"line {each['line']}, {each['column'] or 'row'}: {each['reason']}"
        + (f" ({each['cell']!r})" if each["cell"] else "")
        + f"; {each['suggestion']}"
        for each in found["first_failing"]
    ]
    return lines
