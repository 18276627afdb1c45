"""The inbox: what lies there is taken in, and leaves it once its original is in the archive."""

import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from orchestration.ingest.fingerprint import Stamp, stamp_of
from orchestration.ingest.ready import Options
from orchestration.ingest.result import FileResult, Postponed
from orchestration.ingest.run import ingest_each
from orchestration.private_file import write_private
from orchestration.progress import Progress
from orchestration.settings import Settings

REJECTED = "rejected"
_BACKFILL = "backfill.json"
_UNFINISHED = (".part", ".tmp", ".crdownload")


def waiting(settings: Settings) -> list[Path]:
    """Files of the inbox itself, by name; hidden and unfinished ones and folders stay alone.

    A name that is no text (of another computer's alphabet, with line breaks) is changed first: it
    could be neither stored nor told, and would keep the files beside it from being taken in.
    """
    return sorted(
        _named_as_text(path)
        for path in settings.inbox.iterdir()
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix.lower() not in _UNFINISHED
    )


def _named_as_text(path: Path) -> Path:
    name = "".join(letter if letter.isprintable() else "_" for letter in path.name)
    return path if name == path.name else path.rename(_free(path.with_name(name)))


def _free(target: Path) -> Path:
    """The path, or with a number where something lies there; not longer than a name may be."""
    ending = target.suffix[:20]
    stem = target.name.removesuffix(ending)
    # a name may have 255 bytes; some are left for the number and ``.reason.txt``
    stem = stem.encode()[: 230 - len(ending.encode())].decode(errors="ignore")
    target, number = target.with_name(f"{stem}{ending}"), 1
    while target.exists():
        number += 1
        target = target.with_name(f"{stem} ({number}){ending}")
    return target


def declare_backfill(settings: Settings, names: Iterable[str]) -> None:
    """Notes in the home that files of the inbox with these names are old lists.

    The note outlives a kill: what one process said, the next one that takes them in knows. Without
    it they would be taken in as live, and what was known when would be lost for good.
    """
    settings.folder("inbox")
    said = sorted({*_declared(settings), *names})
    write_private(settings.path(_BACKFILL), json.dumps(said, ensure_ascii=False).encode())


def land(settings: Settings, progress: Progress | None = None) -> list[FileResult]:
    """Takes in the whole inbox, first what was declared as backfill."""
    declared = _declared(settings)
    early = [path for path in waiting(settings) if path.name in declared]
    old = ingest_inbox(settings, early, backfill=True, progress=progress) if early else []
    left = {path.name for path in early if path.exists()}
    if declared and not left:
        settings.path(_BACKFILL).unlink()
    live = [path for path in waiting(settings) if path.name not in left]
    return old + ingest_inbox(settings, live, progress=progress)


def _declared(settings: Settings) -> set[str]:
    path = settings.path(_BACKFILL)
    return set(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else set()


def ingest_inbox(
    settings: Settings,
    paths: Sequence[Path] | None = None,
    *,
    backfill: bool = False,
    progress: Progress | None = None,
) -> list[FileResult]:
    """Takes in every file that waits, or only ``paths`` of them.

    Stored ones, and those that add nothing, are removed: the archive has them. A rejected one goes
    to ``inbox/rejected`` beside ``<name>.reason.txt``; so does a ZIP of which a member is. One that
    is still written to (``HOSO_INBOX_QUIET_SECONDS``) stays for the next time.
    """
    stamps = _settled(settings, waiting(settings) if paths is None else paths)
    taken = ingest_each(settings, list(stamps), Options(backfill=backfill), progress)
    for path, results in taken.items():
        unchanged = _stamp(path) == stamps[path]
        if not unchanged or any(isinstance(each, Postponed) for each in results):
            continue
        refused = [each for each in results if each.status == "rejected"]
        if refused:
            _set_aside(path, settings.inbox / REJECTED, _reasons(path, refused))
        else:
            path.unlink()
    return [each for results in taken.values() for each in results]


def _settled(settings: Settings, paths: Sequence[Path]) -> dict[Path, Stamp]:
    """The files that nobody has written to for a while, with their stamps.

    A file that was just written is looked at again after that while; one that was moved in keeps
    the time of its last writing and does not wait.
    """
    stamps = {path: stamp for path in paths if (stamp := _stamp(path)) is not None}
    quiet = settings.inbox_quiet_seconds
    if quiet == 0 or not stamps:
        return stamps
    # the time of the disk that the files lie on, which may be another computer's
    with tempfile.NamedTemporaryFile(prefix=".", dir=settings.inbox) as now:
        limit = Path(now.name).stat().st_mtime_ns - int(quiet * 1e9)
    if any(stamp.mtime_ns > limit for stamp in stamps.values()):
        time.sleep(quiet)
    return {path: stamp for path, stamp in stamps.items() if _stamp(path) == stamp}


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except FileNotFoundError:
        return None


def _reasons(path: Path, refused: list[FileResult]) -> str:
    """The reason, or that of each member of a ZIP."""
    if [each.file for each in refused] == [str(path)]:
        return refused[0].message
    return "\n".join(f"{each.file.removeprefix(f'{path}/')}: {each.message}" for each in refused)


def _set_aside(path: Path, folder: Path, message: str) -> None:
    folder.mkdir(exist_ok=True)
    target = path.rename(_free(folder / path.name))
    target.with_name(f"{target.name}.reason.txt").write_text(f"{message}\n", encoding="utf-8")
