"""A home copied elsewhere, and a home made of such a copy (decision 014).

What belongs here: which files, their checksums, all or nothing. What does not: what is in them.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.lock import exclusive
from orchestration.private_file import write_private
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings
from orchestration.version import code_version

MANIFEST: Final = "backup.json"
_FORMAT: Final = 1
_KEYS: Final = "secrets"
_LEFT_OUT: Final = {"inbox", "scratch", "dbt", "dagster", "demo", "run.lock", "events.lock"}
"""What can be made again, or is not ours yet (the inbox: personal data in the clear)."""
_TOML: Final = "hoso.toml"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Saved:
    """What a backup has, or a restored home."""

    path: Path
    files: int
    bytes: int
    has_keys: bool
    has_originals: bool
    waiting: int
    """Files of the inbox, which are in no backup."""


def backup(
    settings: Settings, target: Path, keys: bool = False, progress: Progress | None = None
) -> Saved:
    """Copies the home into the new folder ``target``, while nobody writes.

    With ``keys`` also those of archive and pseudonyms. Raises ``HosoError`` when the target is not
    empty, lies in the home, or a run is at work.
    """
    home = settings.home.absolute()
    target = target.absolute()
    if not home.is_dir():
        raise HosoError(f"there is no home at {home}: nothing to back up")
    if target.is_relative_to(home):
        raise HosoError(f"{target} lies in the home itself; choose a folder on another disk")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise HosoError(f"{target} is not an empty folder; choose a new one")
    with exclusive(settings), EventStore(settings).writing():
        chosen = list(_chosen(home, keys))
        waiting = sum(1 for path in (home / "inbox").glob("*") if path.is_file())
        target.mkdir(parents=True, exist_ok=True)
        target.chmod(0o700)
        noted: dict[str, dict[str, Any]] = {}
        with (progress or Quiet()).step("Copying", len(chosen)) as advance:
            for path in chosen:
                name = path.relative_to(home).as_posix()
                noted[name] = _copied(path, target / name)
                advance(1)
        toml = Path(_TOML)
        if toml.is_file():
            noted[f"settings/{_TOML}"] = _copied(toml, target / "settings" / _TOML)
        said = {
            "format": _FORMAT,
            "made_at": settings.clock().isoformat(),
            "code_version": code_version(),
            "has_keys": keys,
            "files": noted,
        }
        # last: a folder without it is no backup
        write_private(target / MANIFEST, json.dumps(said, ensure_ascii=False, indent=1).encode())
    return _saved(target, noted, keys, waiting)


def restore(settings: Settings, source: Path, progress: Progress | None = None) -> Saved:
    """Makes the home, which must not exist or be empty, of a backup.

    Every checksum is compared before the home appears, in one step. Raises ``HosoError`` for a
    home that is not empty, and for a backup that is not whole.
    """
    home = settings.home.absolute()
    said = _manifest(source)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise HosoError(f"{home} is not empty; restore into a new home: set HOSO_HOME")
    home.parent.mkdir(parents=True, exist_ok=True)
    partial = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    try:
        with (progress or Quiet()).step("Restoring", len(said["files"])) as advance:
            for name, noted in said["files"].items():
                _bring_back(source, partial, name, noted)
                advance(1)
        partial.chmod(0o755)
        partial.replace(home)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return _saved(home, said["files"], said["has_keys"], 0)


def _manifest(source: Path) -> dict[str, Any]:
    path = source / MANIFEST
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != _FORMAT:
            raise HosoError(f"{path} is of another version of hoso")
    except FileNotFoundError as error:
        raise HosoError(f"{source} is no backup, or one that never came to its end") from error
    except (ValueError, KeyError, TypeError) as error:
        raise HosoError(f"{path} is damaged; take another backup") from error
    return said


def _chosen(home: Path, keys: bool) -> Iterator[Path]:
    left_out = _LEFT_OUT | (set() if keys else {_KEYS})
    for top in sorted(home.iterdir()):
        if top.name in left_out:
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if (path.is_file() or path.is_symlink()) and not _is_passing(path, home):
                yield path


def _is_passing(path: Path, home: Path) -> bool:
    """Build file, spill and half copies of the warehouse; what SQLite keeps beside its file."""
    name = path.name
    if path.parent == home / "warehouse" and not name.startswith("hoso"):
        return True
    passing = (".part", ".partial", ".wal", "-wal", "-shm", "-journal")
    return name.endswith(passing) or "spill" in path.parts


def _copied(path: Path, target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        link = str(path.readlink())
        target.symlink_to(link)
        return {"link": link}
    if path.suffix == ".sqlite":
        # what is still in its journal comes along
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        shutil.copymode(path, target)
    else:
        shutil.copy2(path, target)
    digest, size = _digest(target)
    return {"sha256": digest, "bytes": size}


def _bring_back(source: Path, home: Path, name: str, noted: dict[str, Any]) -> None:
    target = home / name
    if not target.resolve().is_relative_to(home.resolve()):
        raise HosoError(f"{name!r} leads out of the home; this backup was tampered with")
    target.parent.mkdir(parents=True, exist_ok=True)
    if name.split("/", 1)[0] in {_KEYS, "archive"}:
        target.parent.chmod(0o700)
        (home / name.split("/", 1)[0]).chmod(0o700)
    if "link" in noted:
        if "/" in noted["link"]:
            raise HosoError(f"{name!r} leads out of the home; this backup was tampered with")
        target.symlink_to(noted["link"])
        return
    try:
        shutil.copy2(source / name, target)
    except FileNotFoundError as error:
        raise HosoError(f"{name} is missing in the backup; take another one") from error
    if _digest(target) != (noted["sha256"], noted["bytes"]):
        raise HosoError(f"{name} is damaged in the backup; take another one")


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
        os.fsync(stream.fileno())
    return digest.hexdigest(), size


def _saved(path: Path, noted: dict[str, dict[str, Any]], keys: bool, waiting: int) -> Saved:
    return Saved(
        path=path,
        files=len(noted),
        bytes=sum(each.get("bytes", 0) for each in noted.values()),
        has_keys=keys,
        has_originals=any(name.endswith(".age") for name in noted),
        waiting=waiting,
    )
