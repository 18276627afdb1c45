"""The inbox: what lies there is taken in, and leaves it once its original is in the archive."""

from collections.abc import Sequence
from pathlib import Path

from orchestration.ingest.fingerprint import stamp_of
from orchestration.ingest.result import FileResult, Postponed
from orchestration.ingest.run import ingest_files
from orchestration.progress import Progress
from orchestration.settings import Settings

REJECTED = "rejected"
_UNFINISHED = (".part", ".tmp", ".crdownload")


def waiting(settings: Settings) -> list[Path]:
    """Files of the inbox itself, by name; hidden and unfinished ones and folders stay alone."""
    return sorted(
        path
        for path in settings.inbox.iterdir()
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix.lower() not in _UNFINISHED
    )


def ingest_inbox(
    settings: Settings,
    paths: Sequence[Path] | None = None,
    *,
    backfill: bool = False,
    progress: Progress | None = None,
) -> list[FileResult]:
    """Takes in every file that waits, or only ``paths`` of them.

    Stored ones, and those that add nothing, are removed: the archive has them. A rejected one goes
    to ``inbox/rejected`` beside ``<name>.reason.txt``. One that is written to meanwhile stays for
    the next time.
    """
    chosen = waiting(settings) if paths is None else paths
    stamps = {path: stamp_of(path) for path in chosen}
    results = ingest_files(settings, list(stamps), backfill=backfill, progress=progress)
    for (path, stamp), each in zip(stamps.items(), results, strict=True):
        unchanged = path.exists() and stamp_of(path) == stamp
        if not unchanged or isinstance(each, Postponed):
            continue
        if each.status == "rejected":
            _set_aside(path, settings.inbox / REJECTED, each.message)
        else:
            path.unlink()
    return results


def _set_aside(path: Path, folder: Path, message: str) -> None:
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    path.rename(target)
    target.with_name(f"{target.name}.reason.txt").write_text(f"{message}\n", encoding="utf-8")
