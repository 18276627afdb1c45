"""What one pass over the bytes of a file tells: its hash, its size, its line ends."""

import fcntl
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from orchestration.ingest.result import Unsteady

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Stamp:
    """What changes when a file is written to."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True)
class Fingerprint:
    """``lines`` counts line ends (the last line counts with or without one)."""

    sha256: str
    size: int
    lines: int
    has_nul: bool
    stamp: Stamp


def stamp_of(path: Path) -> Stamp:
    """The file's present stamp."""
    stat = path.stat()
    return Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def fingerprint(path: Path) -> Fingerprint:
    """Reads the whole file once, in pieces. Raises ``Unsteady`` while another program locks it."""
    stamp = stamp_of(path)
    digest = hashlib.sha256()
    size = lines = 0
    has_nul = False
    last = b""
    with path.open("rb") as stream:
        _refuse_locked(stream)
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            lines += chunk.count(b"\n")
            has_nul = has_nul or b"\0" in chunk
            last = chunk[-1:]
    lines += last not in {b"", b"\n"}
    return Fingerprint(digest.hexdigest(), size, lines, has_nul, stamp)


def _refuse_locked(stream: IO[bytes]) -> None:
    try:
        fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.flock(stream, fcntl.LOCK_UN)
    except BlockingIOError as error:
        raise Unsteady("another program is still writing the file; it waits") from error
    except OSError:
        return  # a file system without locks


def batch_id_of(source: str, sha256: str, said: str = "") -> str:
    """16 hex: of the source's name and the file's bytes.

    ``said`` is what was said about the list outside its bytes (file name, options): the same bytes
    exported on another day are another statement.
    """
    return hashlib.sha256(f"{source}\0{sha256}\0{said}".encode()).hexdigest()[:16]


def sync_folder(path: Path) -> None:
    """Makes a rename in this folder last."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
