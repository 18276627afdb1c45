"""``hoso replay --verify``: does everything follow from the store, and that from the archive?"""

from typing import Annotated

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.cli.progress import progress
from orchestration.errors import HosoError
from orchestration.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(replay)


def replay(
    *,
    verify: Annotated[
        bool, typer.Option("--verify", help="Rebuild in a scratch folder and compare.")
    ] = False,
    from_archive: Annotated[
        bool,
        typer.Option("--from-archive", help="From the encrypted originals, not from the store."),
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Rebuild everything from the store and compare each published table; exit code 1: differs.

    Nothing of the home is changed. Example: hoso replay --verify --from-archive
    """
    from orchestration.replay import verify as rebuild

    if not verify:
        raise HosoError(
            "Say --verify: a replay compares and changes nothing. The warehouse itself is rebuilt"
            " from the store by `hoso run` whenever it is missing.",
            2,
        )
    found = rebuild(Settings(), from_archive=from_archive, progress=progress())
    rows = [each.as_row() for each in found.tables]
    shown = [{name: row[name] for name in row if name != "examples"} for row in rows]
    emit({"equal": found.equal, "said": found.said, "tables": rows}, fmt, rows=shown)
    for line in found.said:
        say(line)
    for each in found.tables:
        for example in each.examples:
            say(f"{each.table}, only {'replayed' if example['only'] == 'here' else 'in the home'}:")
            say("  " + ", ".join(f"{n}={v}" for n, v in example.items() if n != "only"))
    if not found.equal:
        raise typer.Exit(1)
    say(f"All {len(found.tables)} tables are as the replay makes them.")
