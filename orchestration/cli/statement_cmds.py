"""Commands about what other offices state: reading a report, comparing its figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.errors import HosoError

if TYPE_CHECKING:
    from orchestration.statements.findings import Findings
    from orchestration.statements.model import Statement

statement_app = typer.Typer(no_args_is_help=True, help="Reports of other offices: what they state.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    statement_app.command("read")(statement_read)
    app.add_typer(statement_app, name="statement")
    app.command()(reconcile)


def statement_read(
    file: Annotated[Path, typer.Argument(help="A report: .txt, .docx, .pdf or an image.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Figures that a report states, with line and text. Example: hoso statement read bc.pdf"""
    statement = _read(file)
    body = statement.as_json()
    rows = [
        {
            "line": figure.line,
            "code": figure.code,
            "dims": " ".join(f"{name}={value}" for name, value in figure.dims.items()),
            "level": figure.level,
            "period": str(figure.period or ""),
            "value": figure.value,
            "unit_of_measure": figure.unit_of_measure,
            "qualifier": figure.qualifier,
            "confidence": round(figure.confidence, 2),
            "text": figure.text,
        }
        for figure in statement.figures
    ]
    emit(body, fmt, f"{statement.document}, {statement.unit}, {statement.period}", rows=rows)
    numbers = statement.numbers
    say(
        f"{numbers.total} number tokens: {numbers.read} read, {numbers.unread} unread, "
        f"{numbers.dates} in dates, {numbers.references} in references, "
        f"{numbers.list_marks} list marks, {numbers.misread_words} misread words."
    )
    for item in statement.unread if fmt is Format.TABLE else ():
        say(f"unread, line {item.line}: {item.text}")


def reconcile(
    document: Annotated[
        str | None,
        typer.Option(
            "--document",
            metavar="N",
            help="A report's file, or the number of one that is already known; else all known.",
        ),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """What the reports state against each other. Example: hoso reconcile --document 321/BC-UBND"""
    from orchestration.statements.findings import Findings
    from orchestration.statements.identities import judge
    from orchestration.statements.rules import load_rules
    from orchestration.statements.stated import load_stated

    rules = load_rules()
    if document is not None and Path(document).is_file():
        statement = _read(Path(document))
        findings = judge(statement.document, statement.figures, rules)
    else:
        known = load_stated()
        if document is not None and document not in known:
            raise HosoError(
                f"no file and no known document {document!r}. Known: {', '.join(known)}."
            )
        chosen = [document] if document is not None else list(known)
        findings = sum((judge(name, known[name], rules) for name in chosen), Findings())
    emit(findings.as_json(), fmt, rows=_rows(findings))


def _read(file: Path) -> "Statement":
    from orchestration.statements.files import text_of
    from orchestration.statements.reader import read_statement

    statement = read_statement(text_of(file), file.name)
    if not statement.numbers.total:
        raise HosoError(f"{file.name} holds no number at all: is it the right file?")
    return statement


def _rows(findings: "Findings") -> list[dict[str, Any]]:
    """One table of everything: failures first, what holds and does not apply last."""
    order = {"fails": 0, "contradiction": 1, "doubtful_reading": 2, "denominator": 3, "holds": 4}
    rows: list[dict[str, Any]] = [
        {
            "document": result.document,
            "level": result.level,
            "period": str(result.period or ""),
            "code": result.code,
            "status": result.status,
            "difference": result.difference,
            "what": f"{result.equation}{'; ' + result.note if result.note else ''}",
            "lines": " ".join(map(str, result.lines)),
        }
        for result in findings.identities
    ]
    rows += [
        {
            "document": item.document,
            "level": item.level,
            "period": str(item.period or ""),
            "code": item.code,
            "status": "contradiction",
            "difference": None,
            "what": "stated as " + " and as ".join(map(str, item.values)),
            "lines": " ".join(map(str, item.lines)),
        }
        for item in findings.contradictions
    ]
    rows += [
        {
            "document": remark.document,
            "level": remark.level,
            "period": "",
            "code": remark.code,
            "status": remark.kind,
            "difference": None,
            "what": remark.text,
            "lines": " ".join(map(str, remark.lines)),
        }
        for remark in findings.remarks
    ]
    return sorted(rows, key=lambda row: order.get(str(row["status"]), 9))
