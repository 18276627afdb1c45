"""Commands about periods: which there are, and freezing what was sent."""

from typing import Annotated

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.reporting.question import RuleSet
from orchestration.settings import Settings

period_app = typer.Typer(no_args_is_help=True, help="Reporting periods: list, close.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    period_app.command("list")(period_list)
    period_app.command("close")(period_close)
    app.add_typer(period_app, name="period")


def period_list(
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="week, month, quarter, half, nine_months or year only."),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Periods that have begun: open, finished or closed; when first published, when closed.

    Example: hoso period list --kind month
    """
    from orchestration.periods import periods

    emit(periods(Settings(), kind), fmt)


def period_close(
    code: Annotated[str, typer.Argument(help="Code of a period, as `hoso period list` has it.")],
    *,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", help="Unit with all below it; default: every unit and the total."),
    ] = None,
    rule_set: Annotated[
        RuleSet, typer.Option("--rule-set", help="Under which rules it was reported.")
    ] = RuleSet.BY_DATE,
    force: Annotated[
        bool, typer.Option("--force", help="Also units whose data does not reach the last day.")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Freeze what was sent for a period, as published now, as our own statement.

    Example: hoso period close 2026-01 --unit H99.31
    """
    from orchestration.periods import close

    done = close(Settings(), code, tuple(unit or ()), rule_set.value, force=force)
    row = done.as_row()
    flat = {**row, "units": len(done.units), "already": len(done.already)}
    emit(row, fmt, rows=[flat])
    if done.already:
        say(f"{len(done.already)} units were closed before; what was sent for them stays.")
