"""Commands on alerts: what is open, who was told, what a mail looks like."""

import getpass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.errors import HosoError
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.alerting.model import Alert


class Language(StrEnum):
    """Languages of mails."""

    VI = "vi"
    EN = "en"


IdArgument = Annotated[str, typer.Argument(help="Id of the alert; its beginning is enough.")]


def register(app: typer.Typer) -> None:
    """Add ``hoso alerts``."""
    group = typer.Typer(help="What is wrong, who was told, and the mails.", no_args_is_help=True)
    group.command("list")(list_alerts)
    for command in (show, ack, test, preview, send):
        group.command()(command)
    app.add_typer(group, name="alerts")


def list_alerts(
    all_alerts: Annotated[bool, typer.Option("--all", help="Also those that are over.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the alerts, the newest first.

    Example: hoso alerts list
    """
    from orchestration.alerting.book import opened

    settings = Settings()
    with opened(settings) as book:
        found = [_row(settings, each) for each in book.alerts() if all_alerts or not each.is_over]
    emit(found, fmt)


def show(alert: IdArgument, fmt: FormatOption = Format.TABLE) -> None:
    """Show one alert: its facts, its mails and where they are.

    Example: hoso alerts show 1a2b3c4d-1
    """
    from orchestration.alerting.book import opened

    settings = Settings()
    with opened(settings) as book:
        found = book.find(alert)
        mails = [
            {
                "address": each.address,
                "reason": each.reason,
                "state": each.state,
                "attempts": each.attempts,
                "written": _local(settings, each.created_at),
                "sent": _local(settings, each.sent_at),
                "error": each.error,
                "message_id": each.message_id,
            }
            for each in book.deliveries(found)
        ]
    row = {**_row(settings, found), "facts": dict(found.problem.facts)}
    row |= {"items": list(found.problem.items), "command": found.problem.command}
    emit({**row, "mails": mails}, fmt, rows=[*({"what": n, "value": v} for n, v in row.items())])
    if fmt is Format.TABLE:
        emit(mails, fmt)


def ack(
    alert: IdArgument,
    suppress: Annotated[
        bool, typer.Option("--suppress", help="No mail at all until the problem is over.")
    ] = False,
    by: Annotated[
        str | None, typer.Option("--by", help="Who says so (default: this user).")
    ] = None,
) -> None:
    """Acknowledge an alert: no more reminders of it.

    Example: hoso alerts ack 1a2b3c4d-1
    """
    from orchestration.alerting.book import opened
    from orchestration.alerting.states import acknowledge

    with opened(Settings()) as book, book.transaction():
        found = book.find(alert)
        if found.is_over:
            raise HosoError(f"Alert {found.id} is over already: there is nothing to acknowledge.")
        book.save([acknowledge(found, by or getpass.getuser(), suppress=suppress)])
    say(f"{found.id}: {'no mail until it is over' if suppress else 'no more reminders'}.")


def test(
    to: Annotated[str, typer.Option("--to", help="Address that gets the mail.")],
    language: Annotated[Language, typer.Option("--language", help="Of the mail.")] = Language.VI,
) -> None:
    """Send a test mail now, through the settings in force.

    Example: hoso alerts test --to it@example.vn
    """
    from orchestration.alerting.recipients import is_address
    from orchestration.alerting.route import Tree
    from orchestration.alerting.run import Desk
    from orchestration.alerting.transport import Refused, Temporary, transport

    if not is_address(to):
        raise HosoError(f"{to!r} is no e-mail address.", 2)
    settings = Settings()
    mail = Desk(settings, Tree({}, {}), settings.clock()).test(to, language.value)
    try:
        transport(settings).send(to, mail.message_id, mail.mail)
    except (Temporary, Refused) as error:
        server = f"{settings.smtp_host}:{settings.smtp_port} ({settings.smtp_security})"
        raise HosoError(f"The mail did not leave through {server}: {error}") from error
    where = (
        f"through {settings.smtp_host}:{settings.smtp_port}"
        if settings.smtp_host
        else f"as a file in {settings.folder('outbox')} (no HOSO_SMTP_HOST is set)"
    )
    say(f"Sent to {to} {where}.")


def preview(
    alert: IdArgument,
    output: Annotated[Path, typer.Option("--output", help="Folder for the .eml.")] = Path(),
    language: Annotated[Language, typer.Option("--language", help="Of the mail.")] = Language.VI,
) -> None:
    """Write the mail of an alert as an .eml file, without sending it.

    Example: hoso alerts preview 1a2b3c4d-1 --output /tmp
    """
    from orchestration.alerting.book import opened
    from orchestration.alerting.model import Note, Reason, Recipient
    from orchestration.alerting.run import Desk, units

    settings = Settings()
    with opened(settings) as book:
        found = book.find(alert)
    person = Recipient(
        "preview@example.invalid",
        found.problem.unit,
        "operator",
        language=language.value,
        attach=True,
    )
    desk = Desk(settings, units(settings), settings.clock())
    reason = Reason.RESOLVED if found.is_over else Reason.OPENED
    output.mkdir(parents=True, exist_ok=True)
    path = output / f"{found.id}.eml"
    path.write_bytes(desk.about(Note(reason, found), person).mail)
    say(f"Written: {path}")


def send(fmt: FormatOption = Format.TABLE) -> None:
    """Try to send what waits in the outbox.

    Example: hoso alerts send
    """
    from orchestration.alerting.run import flush

    done = flush(Settings())
    emit({"sent": done.sent, "waiting": done.waiting, "refused": done.refused}, fmt)


def _row(settings: Settings, alert: "Alert") -> dict[str, Any]:
    return {
        "id": alert.id,
        "state": alert.state.value,
        "kind": alert.problem.kind,
        "unit": alert.problem.unit,
        "subject": alert.problem.subject,
        "count": alert.problem.count,
        "since": alert.problem.since,
        "opened": _local(settings, alert.opened_at),
        "told": _local(settings, alert.last_told_at if alert.state.value != "open" else None),
        "over": _local(settings, alert.resolved_at),
        "by": alert.acknowledged_by,
    }


def _local(settings: Settings, moment: datetime | None) -> str | None:
    return moment.astimezone(settings.zone).strftime("%Y-%m-%d %H:%M") if moment else None
