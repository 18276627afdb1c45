"""Originals as they came, encrypted with age, and a manifest each: a replay starts from here.

Keys are one X25519 identity per month of recording, so that destroying a month's key destroys its
originals. Files: ``archive/<yyyy-MM>/<sha256>.age`` and ``…/<sha256>.json``;
keys: ``secrets/archive-<yyyy-MM>.key`` (0600).
"""

import hashlib
import json
import os
import pwd
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from orchestration.errors import HosoError
from orchestration.private_file import private, write_private
from orchestration.settings import Settings

ACCESS_LOG: Final = "access.log"
REPORT: Final = "report"
"""Stands for the source of a report: its figures are a list of their own, which a replay takes."""
_SHORTEST: Final = 8
"""Digits of a hash that are enough to ask for an original."""


@dataclass(frozen=True)
class Manifest:
    """What a replay must know of an original; moments are ISO 8601, UTC."""

    sha256: str
    name: str
    source: str
    batch_id: str
    observed_at: str
    known_at: str
    recorded_at: str
    unit: str | None
    yaml_sha256: str
    yaml: str
    retry_of: str | None = None
    """The batch whose rows set aside were read again (``hoso quarantine retry``)."""
    purged_at: str | None = None
    """When the original was given up; the manifest stays."""


class Archive:
    """The encrypted originals of one home."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is made until the first original comes."""
        self._settings = settings
        self._folder = settings.archive
        self._secrets = settings.path("secrets")

    def put(
        self,
        path: Path,
        manifest: Manifest,
        recorded_at: datetime,
        is_steady: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Encrypts the original, then writes its manifest; what is there already stays.

        False, and nothing kept, when what was encrypted does not have the hash of the manifest, or
        when after the last byte ``is_steady`` says that the original is no longer what was read.

        One original can have several manifests (``<sha256>.<batch_id>.json``): the same bytes can
        be sent as the list of another day.
        """
        import pyrage

        month = f"{recorded_at:%Y-%m}"
        there = self._find(manifest.sha256)
        folder = there.parent if there else self._settings.folder("archive") / month
        folder.mkdir(mode=0o700, exist_ok=True)
        if there is None:
            target = folder / f"{manifest.sha256}.age"
            partial = target.with_suffix(".part")
            recipient = self._identity(month).to_public()
            with path.open("rb") as original, private(partial) as encrypted:
                counted = _Hashed(original)
                pyrage.encrypt_io(cast(BinaryIO, counted), encrypted, [recipient])
            if counted.sha256 != manifest.sha256 or not is_steady():
                partial.unlink()
                return False
            partial.rename(target)
        elif not is_steady():
            return False
        note = folder / f"{manifest.sha256}.{manifest.batch_id}.json"
        if not note.exists():
            text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
            write_private(note, text.encode())
        return True

    def get(self, sha256: str) -> bytes:
        """The original with this hash. Raises ``HosoError`` when it, or its key, is not there."""
        import pyrage

        there = self._find(sha256)
        if there is None:
            purged = [each.purged_at for each in self.manifests() if each.sha256 == sha256]
            why = f"; it was purged at {purged[0]}" if purged and purged[0] else ""
            raise HosoError(f"the archive has no original {sha256}{why}")
        identity = self._identity(there.parent.name, make=False)
        clear = BytesIO()
        try:
            with there.open("rb") as encrypted:
                pyrage.decrypt_io(encrypted, clear, [identity])
        except (pyrage.DecryptError, OSError) as error:
            # a damaged stream is an OSError of pyrage's
            raise HosoError(f"{there.name} cannot be decrypted: {error}") from error
        return clear.getvalue()

    def manifests(self) -> list[Manifest]:
        """All manifests, in the order in which their files were recorded."""
        read = (
            Manifest(**json.loads(path.read_text(encoding="utf-8")))
            for path in self._folder.glob("*/*.json")
        )
        return sorted(read, key=lambda each: (each.recorded_at, each.observed_at, each.batch_id))

    def find(self, beginning: str) -> str:
        """The one hash that begins so. Raises ``HosoError`` for none or several."""
        found = {each.sha256 for each in self.manifests() if each.sha256.startswith(beginning)}
        if len(found) != 1 or len(beginning) < _SHORTEST:
            said = f"{len(found)} originals have" if found else "the archive has no original with"
            raise HosoError(
                f"{said} a hash that begins with {beginning[:64]!r} (at least {_SHORTEST} digits);"
                " see: hoso archive list"
            )
        return found.pop()

    def rows(self) -> list[dict[str, Any]]:
        """``{sha256, file, source, batch_id, observed_at, recorded_at, month, bytes, status}`` per
        manifest; status: kept, purged, no key. ``bytes`` of the encrypted original, else null."""
        found = []
        for each in self.manifests():
            there = self._find(each.sha256)
            month = there.parent.name if there else each.recorded_at[: len("yyyy-MM")]
            has_key = (self._secrets / f"archive-{month}.key").exists()
            found.append(
                {
                    "sha256": each.sha256,
                    "file": each.name,
                    "source": each.source,
                    "batch_id": each.batch_id,
                    "observed_at": each.observed_at,
                    "recorded_at": each.recorded_at,
                    "month": month,
                    "bytes": there.stat().st_size if there else None,
                    "status": ("kept" if has_key else "no key") if there else "purged",
                }
            )
        return found

    def note_access(self, sha256: str) -> None:
        """One line in ``archive/access.log``: when, who, which original. Before it is given out."""
        line = {
            "at": self._settings.clock().isoformat(),
            "user": _user(),
            "sha256": sha256,
        }
        path = self._settings.folder("archive") / ACCESS_LOG
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def purgeable(self, before: date) -> list[dict[str, Any]]:
        """Months that ended before that day, and how much lies in them; never the present one."""
        present = f"{self._settings.clock():%Y-%m}"
        months = sorted(path.name for path in self._folder.glob("????-??") if path.is_dir())
        return [
            {
                "month": month,
                "originals": len(sealed),
                "bytes": sum(p.stat().st_size for p in sealed),
            }
            for month in months
            if month < present
            and month < f"{before:%Y-%m}"
            and (sealed := sorted((self._folder / month).glob("*.age")))
        ]

    def purge(self, before: date) -> list[dict[str, Any]]:
        """Destroys the keys, then the originals of ``purgeable`` months; manifests are marked.

        A kill in between leaves originals that nobody can read; the next purge removes them.
        """
        months = self.purgeable(before)
        for each in months:
            folder = self._folder / each["month"]
            (self._secrets / f"archive-{each['month']}.key").unlink(missing_ok=True)
            gone = sorted(folder.glob("*.age"))
            for note in sorted(folder.glob("*.json")):
                manifest = json.loads(note.read_text(encoding="utf-8"))
                manifest["purged_at"] = self._settings.clock().isoformat()
                text = json.dumps(manifest, ensure_ascii=False, indent=1)
                write_private(note, text.encode())
            for path in gone:
                path.unlink()
        return months

    def _find(self, sha256: str) -> Path | None:
        return next(self._folder.glob(f"*/{sha256}.age"), None)

    def _identity(self, month: str, make: bool = True) -> Any:
        import pyrage

        path = self._secrets / f"archive-{month}.key"
        if not path.exists():
            if not make:
                raise HosoError(f"the key {path.name} is missing; restore it into secrets/")
            self._settings.folder("secrets")
            write_private(path, f"{pyrage.x25519.Identity.generate()}\n".encode())
        try:
            return pyrage.x25519.Identity.from_str(path.read_text(encoding="utf-8").strip())
        except (pyrage.IdentityError, UnicodeDecodeError) as error:
            raise HosoError(
                f"the key {path.name} is damaged; restore it from the backup"
            ) from error


def _user() -> str:
    """Who asks, as the operating system knows him, whatever the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


class _Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        return data

    @property
    def sha256(self) -> str:
        """Of all that was read."""
        return self._digest.hexdigest()
