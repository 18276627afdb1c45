"""Files as they came, and the members of ZIP files, each as a file of its own.

Members are unpacked into the scratch under names that we choose; one that claims to lie elsewhere
is refused, as is a ZIP inside a ZIP.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from orchestration.ingest.fingerprint import stamp_of
from orchestration.ingest.kinds import file_kind
from orchestration.ingest.result import Rejected, Unsteady
from orchestration.ingest.scratch import Scratch
from orchestration.settings import Settings

_CHUNK: Final = 1 << 20
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
_DAMAGED: Final = "the ZIP file is damaged or cut off; send it again"
_NO_LISTS: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Incoming:
    """A file to be taken in. ``path``: where its bytes lie; ``shown``: what results call it, the
    path, or ``<path of the ZIP>/<member>``; ``name``: what the store calls it, without folders."""

    path: Path
    shown: str
    name: str
    refusal: str | None = None
    """Why a member is not taken in."""


def incoming(settings: Settings, path: Path, work: Scratch) -> Iterator[Incoming]:
    """The file itself, or the members of a ZIP. Raises ``Rejected``, ``Unsteady``, ``OSError``."""
    if path.is_dir():
        raise Rejected("this is a folder; give the files in it")
    if not path.is_file():
        raise Rejected("there is no such file")
    if path.stat().st_size == 0 or file_kind(path) != "zip":
        yield Incoming(path, _text(str(path)), _text(path.name))
        return
    before = stamp_of(path)
    folder = work.folder / work.fresh("zip")
    folder.mkdir()
    members = list(_members(settings, path, folder))
    if stamp_of(path) != before:
        raise Unsteady("the file was changed while it was read; send it again when complete")
    if not members:
        raise Rejected("the ZIP file has no files")
    yield from members


def _members(settings: Settings, path: Path, folder: Path) -> Iterator[Incoming]:
    limit = settings.max_file_mb * 1024 * 1024
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [each for each in archive.infolist() if _is_list(each)]
            if len(listed) > settings.max_zip_members:
                raise Rejected(
                    f"the ZIP file has {len(listed)} files, more than HOSO_MAX_ZIP_MEMBERS"
                    f" ({settings.max_zip_members})"
                )
            if sum(each.file_size for each in listed) > limit:
                raise Rejected("the unpacked ZIP file is larger than HOSO_MAX_FILE_MB allows")
            for number, each in enumerate(listed):
                yield _unpacked(archive, each, path, folder / str(number))
    except _BROKEN as error:
        raise Rejected(_DAMAGED) from error


def _text(name: str) -> str:
    """A name as it can be stored and told: bytes that are no text become ``_``."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)


def _is_list(member: zipfile.ZipInfo) -> bool:
    return not member.is_dir() and not any(part in member.filename for part in _NO_LISTS)


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, folder: Path
) -> Incoming:
    inner = member.filename.replace("\\", "/")
    base = "".join(letter for letter in PurePosixPath(inner).name if letter.isprintable())[:100]
    folder.mkdir()
    target = folder / (base if base.strip(". ") else "member")
    shown = "".join(letter for letter in inner if letter.isprintable())[:500]
    came = Incoming(target, f"{path}/{shown}", f"{path.name}/{shown}", None)
    refusal = None
    if inner.startswith("/") or ".." in PurePosixPath(inner).parts or ":" in inner[:2]:
        refusal = "its name in the ZIP file leads outside of it; pack it again"
    elif member.flag_bits & 1:
        refusal = "the ZIP file has a password; pack it without one"
    else:
        try:
            _copy(archive, member, target)
            if member.file_size and file_kind(target) == "zip":
                refusal = "a ZIP file inside a ZIP file; send it by itself"
        except _BROKEN:
            refusal = "it is damaged in the ZIP file; send it again"
    return came if refusal is None else Incoming(came.path, came.shown, came.name, refusal)


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """zipfile stops at the size that the member claims, and compares its checksum."""
    with archive.open(member) as stream, target.open("wb") as copy:
        while chunk := stream.read(_CHUNK):
            copy.write(chunk)
