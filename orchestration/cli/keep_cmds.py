"""Commands that keep: originals in the archive, backups, a home restored from one."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.cli.progress import progress
from orchestration.errors import HosoError
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.backup import Saved

archive_app = typer.Typer(no_args_is_help=True, help="The encrypted originals.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    archive_app.command("list")(archive_list)
    archive_app.command("get")(archive_get)
    archive_app.command("purge")(archive_purge)
    app.add_typer(archive_app, name="archive")
    app.command()(backup)
    app.command()(restore)


def archive_list(fmt: FormatOption = Format.TABLE) -> None:
    """All originals: hash, file, source, moments, and whether they can still be read.

    Example: hoso archive list --format csv
    """
    from orchestration.archive import Archive

    emit(Archive(Settings()).rows(), fmt)


def archive_get(
    sha256: Annotated[str, typer.Argument(metavar="HASH", help="Its hash, or how it begins.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="A new file; else the bytes go to stdout.")
    ] = None,
) -> None:
    """Decrypt one original. Who asked, when, for which, is written to archive/access.log.

    Example: hoso archive get 3f9a01bc --output list.xlsx
    """
    from orchestration.archive import Archive
    from orchestration.private_file import write_private

    archive = Archive(Settings())
    if output is not None and output.exists():
        raise HosoError(f"{output} exists; nothing is replaced")
    found = archive.find(sha256.lower())
    clear = archive.get(found)
    archive.note_access(found)
    if output is None:
        sys.stdout.buffer.write(clear)
    else:
        write_private(output, clear)
        say(f"{len(clear)} bytes in {output}; it has personal data, delete it when done")


def archive_purge(
    before: Annotated[str, typer.Option("--before", metavar="DAY", help="yyyy-MM-dd")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Give up the originals of months that ended before a day: keys first, then files.

    Manifests, events and figures stay. This cannot be undone.

    Example: hoso archive purge --before 2021-01-01 --dry-run
    """
    from orchestration.archive import Archive
    from orchestration.lock import exclusive

    try:
        day = date.fromisoformat(before)
    except ValueError as error:
        raise HosoError(f"--before {before!r} is no day; write it as 2021-01-01", 2) from error
    settings = Settings()
    if dry_run or not settings.home.is_dir():
        months = Archive(settings).purgeable(day)
    else:
        with exclusive(settings):
            months = Archive(settings).purge(day)
    emit(months, fmt)
    many = sum(month["originals"] for month in months)
    say(f"{many} originals {'would be' if dry_run else 'were'} given up")


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    keys: Annotated[
        bool, typer.Option("--keys", help="The keys, too: keep that copy as safe as the home.")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Copy store, archive, publications, quarantine and settings, with checksums.

    Example: hoso backup /mnt/backup/2026-10-01 --keys
    """
    from orchestration.backup import backup as save

    saved = save(Settings(), folder, keys, progress())
    _show(saved, fmt)
    if saved.waiting:
        say(f"{saved.waiting} files wait in the inbox; they are not in the backup")


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What hoso backup wrote.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Make HOSO_HOME, which must be empty, of a backup.

    Example: hoso restore /mnt/backup/2026-10-01
    """
    from orchestration.backup import restore as bring_back

    saved = bring_back(Settings(), folder, progress())
    _show(saved, fmt)
    say("hoso run builds the warehouse again and goes on; hoso doctor says what is missing")


def _show(saved: "Saved", fmt: Format) -> None:
    emit(
        {
            "path": str(saved.path),
            "files": saved.files,
            "bytes": saved.bytes,
            "keys": saved.has_keys,
        },
        fmt,
    )
    if not saved.has_keys and saved.has_originals:
        say(
            "Without keys: the originals in this copy CANNOT BE READ, and new pseudonyms would not"
            " match the old ones, unless secrets/ is kept elsewhere (hoso backup --keys)."
        )
