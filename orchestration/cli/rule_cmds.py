"""Commands about rulings: what people have decided about single dossiers."""

from datetime import date
from typing import Annotated

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.errors import HosoError
from orchestration.settings import Settings

rule_app = typer.Typer(
    no_args_is_help=True, help="Rulings: decisions about single dossiers, which win over lists."
)
ByOption = Annotated[str, typer.Option("--by", metavar="WHO", help="Who has decided it.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    rule_app.command("add")(rule_add)
    rule_app.command("list")(rule_list)
    rule_app.command("undo")(rule_undo)
    app.add_typer(rule_app, name="rule")


def rule_add(  # noqa: PLR0917 - options of a command
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="Code of the dossier.")],
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help="void_as_duplicate_of, unit_is, closed_on or keep."),
    ],
    by: ByOption,
    reason: ReasonOption,
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]",
            help="The other dossier; the unit's code; resolved, returned or withdrawn; a finding.",
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="D", help="closed_on: the day, 2026-09-30.")
    ] = None,
    system: Annotated[
        str | None,
        typer.Option("--system", metavar="NAME", help="Whose code it is, where several have it."),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Rule about one dossier; the next `hoso run` counts it.

    Example: hoso rule add H99-26-0007 void_as_duplicate_of H99-26-0003 --by "Trưởng phòng"
    --reason "Nhập hai lần"
    """
    from orchestration import rulings

    made = rulings.add(
        Settings(), dossier, kind, value, by=by, reason=reason, on=_day(on), system=system
    )
    emit([made.row()], fmt)
    say("It counts from the next `hoso run` on.")


def rule_list(fmt: FormatOption = Format.TABLE) -> None:
    """All rulings, also those that were undone.

    Example: hoso rule list --format csv > rulings.csv
    """
    from orchestration import rulings

    emit([each.row() for each in rulings.rulings(Settings())], fmt)


def rule_undo(
    ruling_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how it begins.")],
    by: ByOption,
    reason: ReasonOption,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take a ruling back, from the next `hoso run` on.

    Example: hoso rule undo 3f9a --by "Trưởng phòng" --reason "Hai hồ sơ khác nhau"
    """
    from orchestration import rulings

    made = rulings.undo(Settings(), ruling_id, by=by, reason=reason)
    emit([made.row()], fmt)
    say("It counts from the next `hoso run` on.")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise HosoError(f"--on {text!r} is not a day; write it as 2026-09-30", 2) from error
