"""Commands about what other offices state: reading a report, comparing its figures."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.cli.report_cmds import From, To
from orchestration.errors import HosoError
from orchestration.reporting.question import RuleSet
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.stated_figures import Document
    from orchestration.statements.model import Statement

statement_app = typer.Typer(no_args_is_help=True, help="Reports of other offices: what they state.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    statement_app.command("read")(statement_read)
    statement_app.command("add")(statement_add)
    statement_app.command("list")(statement_list)
    app.add_typer(statement_app, name="statement")
    app.command()(reconcile)


def statement_read(
    file: Annotated[Path, typer.Argument(help="A report: .txt, .docx, .pdf or an image.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Figures that a report states, with line and text. Example: hoso statement read bc.pdf"""
    from orchestration.statements.editing import sheet_rows

    statement = _read(file)
    body = statement.as_json()
    rows = sheet_rows(statement.figures)
    emit(body, fmt, f"{statement.document}, {statement.unit}, {statement.period}", rows=rows)
    numbers = statement.numbers
    say(
        f"{numbers.total} number tokens: {numbers.read} read, {numbers.unread} unread, "
        f"{numbers.dates} in dates, {numbers.references} in references, "
        f"{numbers.list_marks} list marks, {numbers.misread_words} misread words."
    )
    for item in statement.unread if fmt is Format.TABLE else ():
        say(f"unread, line {item.line}: {item.text}")


def statement_add(
    file: Annotated[Path, typer.Argument(help="A report: .txt, .docx, .pdf or an image.")],
    *,
    edit: Annotated[
        bool, typer.Option("--edit", help="Confirm or correct the reading first, in $EDITOR.")
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="CSV",
            help="The corrected reading, made of `hoso statement read FILE --format csv`.",
        ),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="Code of the unit whose report it is.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Store what a report states. A correction is a reading of its own, and wins.

    Example: hoso statement add bc.pdf --edit
    """
    from orchestration import stated_figures
    from orchestration.statements.editing import from_sheet

    settings = Settings()
    statement = _read(file)
    _need_unit(settings, unit)
    is_edited = edit or sheet is not None
    if is_edited:
        text = _sheet_text(sheet) if sheet is not None else _in_editor(statement)
        figures = from_sheet(text, statement.unit, dict(enumerate(statement.figures)))
        statement = stated_figures.with_figures(statement, figures)
    stored = stated_figures.add(settings, file, statement, unit_code=unit, edited=is_edited)
    emit([stored.row()], fmt)
    if stored.doubtful:
        say(
            f"{stored.doubtful} doubtful readings are used in no identity until somebody has looked"
            f" at them: hoso statement add {file.name} --edit"
        )
    if stored.unit_code is None:
        say(f"No unit is called {stored.unit!r}: say whose report it is with --unit CODE.")


def statement_list(fmt: FormatOption = Format.TABLE) -> None:
    """Documents that are known, each with its newest reading.

    Example: hoso statement list --format csv
    """
    from orchestration.stated_figures import documents

    emit([each.row() for each in documents(Settings()).values()], fmt)


def reconcile(
    document: Annotated[
        str | None,
        typer.Option(
            "--document",
            metavar="N",
            help="A report's file, or the number of one that is already known; else all known.",
        ),
    ] = None,
    first: From = None,
    last: To = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="Only reports of this unit and those below it.")
    ] = None,
    rule_set: Annotated[
        RuleSet | None, typer.Option("--rule-set", help="Under which rules they were written.")
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="In the table also what holds and what matches.")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """What the reports state against each other and against the ledger.

    Example: hoso reconcile --document 321/BC-UBND
    """
    from orchestration.cli.reconcile_table import counted, in_words, is_wrong, reconciled_rows
    from orchestration.reconciling.run import Asked, reconcile_all

    settings = Settings()
    if document is not None and Path(document).is_file():
        reports = [_unstored(settings, Path(document), unit)]
    else:
        reports = _chosen(settings, document)
    asked = Asked(_day(first), _day(last), unit, rule_set.value if rule_set else None)
    result = reconcile_all(settings, reports, asked, is_one=document is not None)
    body = result.findings.as_json() | {"figures": [each.as_json() for each in result.figures]}
    rows = reconciled_rows(result)
    if fmt is Format.TABLE:
        shown = rows if everything or document is not None else [r for r in rows if is_wrong(r)]
        emit(body, fmt, rows=[in_words(row) for row in shown])
        say(counted(rows))
        if len(shown) < len(rows):
            say("Những gì khớp: hoso reconcile --all, hoặc --document SỐ")
    else:
        emit(body, fmt, rows=rows)
    if not result.is_computed:
        say("Nothing is published yet: only what the reports state was compared.")


def _chosen(settings: Settings, document: str | None) -> "list[Document]":
    from orchestration.stated_figures import CLOSED, documents

    known = documents(settings)
    if document is None:
        return list(known.values())
    if document not in known:
        names = [name for name, each in known.items() if each.origin != CLOSED]
        raise HosoError(f"no file and no known document {document!r}. Known: {', '.join(names)}.")
    return [known[document]]


def _unstored(settings: Settings, file: Path, unit: str | None) -> "Document":
    """A report that is only looked at."""
    from orchestration.stated_figures import READ, Document

    _need_unit(settings, unit)
    said = _read(file)
    return Document(said.document, READ, said.unit, unit, said.issued_on, said.figures)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _need_unit(settings: Settings, unit: str | None) -> None:
    from orchestration.stated_figures import unit_names

    known = unit_names(settings)
    if unit is not None and known and unit not in known.values():
        raise HosoError(f"no unit has the code {unit!r}; see: hoso coverage", 2)


def _sheet_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise HosoError(f"{path.name} cannot be read as a CSV in UTF-8: {error}", 2) from error


def _in_editor(statement: "Statement") -> str:
    """The reading as the person left it; what ended badly is kept in a file that is named."""
    import os
    import shlex
    import subprocess
    import sys
    import tempfile

    from orchestration.statements.editing import sheet

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor or not sys.stdin.isatty():
        raise HosoError(
            "--edit needs a terminal and an editor ($EDITOR). Without them: hoso statement read"
            " FILE --format csv > reading.csv, correct it, then --from reading.csv",
            2,
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reading.csv"
        path.write_text(sheet(statement.figures), encoding="utf-8")
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        if done.returncode:
            raise HosoError("the editor ended with an error; nothing was stored")
        return path.read_text(encoding="utf-8-sig")


def _read(file: Path) -> "Statement":
    from orchestration.statements.files import text_of
    from orchestration.statements.reader import read_statement

    statement = read_statement(text_of(file), file.name)
    if not statement.numbers.total:
        raise HosoError(f"{file.name} holds no number at all: is it the right file?")
    return statement
