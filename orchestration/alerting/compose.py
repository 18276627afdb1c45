"""From a page to a mail: text and HTML parts, a sheet, headers nobody can inject into."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from typing import Any, Final

from orchestration.alerting.model import Note
from orchestration.alerting.page import Page, sheet_rows
from orchestration.alerting.words import one_line
from orchestration.errors import HosoError
from orchestration.text import no_formula

COLOURS: Final = {"error": "#b91c1c", "warning": "#d97706", "info": "#2563eb", "over": "#15803d"}
"""The bar above a mail."""

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def message_id(domain: str, address: str, *parts: object) -> str:
    """The same mail to the same address has the same Message-ID, however often it is sent."""
    text = "\0".join(map(str, (address, *parts)))
    return f"<{hashlib.sha256(text.encode()).hexdigest()[:32]}@{domain}>"


def note_id(domain: str, address: str, note: Note) -> str:
    """Message-ID of the mail about an alert: its key, episode, reason and number."""
    alert = note.alert
    return message_id(domain, address, alert.key, alert.episode, note.reason.value, note.number)


def mail(
    page: Page,
    *,
    sender: str,
    address: str,
    identifier: str,
    moment: datetime,
    language: str,
    severity: str,
    sheet: tuple[str, bytes] | None = None,
) -> bytes:
    """A complete message as it goes over the wire (RFC 5322, CRLF)."""
    message = EmailMessage(policy=policy.SMTP)
    message["To"] = address
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = identifier
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    message.set_content(_text(page))
    message.add_alternative(_html(page, language, severity), subtype="html")
    if sheet is not None:
        file, content = sheet
        message.add_attachment(content, maintype=_XLSX[0], subtype=_XLSX[1], filename=file)
    name, own = parseaddr(sender)
    # the header folding of Python 3.11 loses blanks between encoded words of Vietnamese
    words = {"From": formataddr((one_line(name), own)), "Subject": one_line(page.subject)}
    return b"".join(_header(*each) for each in words.items()) + message.as_bytes()


def _header(name: str, value: str) -> bytes:
    charset = None if value.isascii() else "utf-8"
    text = Header(value, charset, header_name=name).encode(linesep="\r\n")
    return f"{name}: {text}\r\n".encode("ascii")


def workbook(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """An .xlsx of all rows; text stays text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("hoso")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            sheet.write_string(0, column, no_formula(name), bold)
            sheet.set_column(column, column, 22)
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(columns):
                _cell(sheet, number, column, row.get(name))
        sheet.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))
    return out.getvalue()


def attachment(note: Note, day: date) -> tuple[str, bytes] | None:
    """Name and content of the sheet of a note; null when there are no rows to list."""
    columns, rows = sheet_rows(note.alert.problem)
    if not rows:
        return None
    name = f"{note.alert.problem.kind}_{note.alert.id}_{day:%Y%m%d}.xlsx"
    return name, workbook(columns, rows)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = value.isoformat(" ") if isinstance(value, datetime) else str(value)
        sheet.write_string(row, column, no_formula(text))
    else:
        sheet.write_number(row, column, value)


@lru_cache(maxsize=1)
def _templates() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("orchestration.alerting"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
    )


def _text(page: Page) -> str:
    text: str = _templates().get_template("mail.txt").render(page=page)
    return text.strip() + "\n"


def _html(page: Page, language: str, severity: str) -> str:
    import css_inline

    if severity not in COLOURS:
        raise HosoError(f"Unknown severity {severity!r}.")
    html = (
        _templates()
        .get_template("mail.html")
        .render(page=page, language=language, colour=COLOURS[severity])
    )
    inlined: str = css_inline.CSSInliner(load_remote_stylesheets=False).inline(html)
    return inlined
