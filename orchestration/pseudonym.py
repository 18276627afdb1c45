"""The key of the pseudonyms: where it lies, how its loss or change is noticed, and plain HMAC.

An ID number or an officer's name enters the store only as ``p<key version>:<32 hex>``, the first
half of an HMAC-SHA256 (domain.md §9). Without its key a pseudonym cannot be made again: the same
person would look like another one. So a check value of the key is kept beside the store.
"""

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from typing import Final

from orchestration.errors import HosoError
from orchestration.private_file import write_private
from orchestration.settings import Settings

KEY_FILE: Final = "pseudonym.key"
CHECK_FILE: Final = "pseudonym.json"
BLOCK: Final = 64
"""Bytes of a block of SHA-256; a key of HMAC is filled up to it."""
HEX_DIGITS: Final = 32
_FORM: Final = re.compile(r"(?:(?P<version>[1-9]\d{0,3}):)?(?P<secret>[0-9a-f]{64})", re.IGNORECASE)


@dataclass(frozen=True, repr=False)
class PseudonymKey:
    """A key and its version, which stands in every pseudonym made with it."""

    version: int
    secret: bytes

    def pseudonym(self, kind: str, normalised: str) -> str:
        """``p<version>:<32 hex>``; the same text of another ``kind`` has another pseudonym."""
        said = f"{kind}|{normalised}".encode()
        digest = hmac.new(self.secret, said, hashlib.sha256).hexdigest()
        return f"p{self.version}:{digest[:HEX_DIGITS]}"

    @property
    def check(self) -> str:
        """What tells this key from another without giving it away."""
        return self.pseudonym("check", "hoso")


def key_for_writing(settings: Settings) -> PseudonymKey:
    """The key, made where there never was one.

    Raises ``HosoError`` when the home has pseudonyms of a key that is lost, or of another key.
    """
    key = _given(settings)
    known = _checks(settings)
    if key is None and known:
        raise HosoError(
            f"the key of the pseudonyms is missing: restore secrets/{KEY_FILE} from the backup, or"
            " set HOSO_PSEUDONYM_KEY"
        )
    if key is None:
        key = PseudonymKey(1, secrets.token_bytes(32))
        path = settings.folder("secrets") / KEY_FILE
        write_private(path, f"{key.version}:{key.secret.hex()}\n".encode())
    if known.get(key.version, key.check) != key.check:
        raise HosoError(
            f"the key of the pseudonyms is not the one that this home's pseudonyms of version"
            f" {key.version} were made with: restore the old one; a new key needs a new version,"
            f" for example '{max(known) + 1}:…' in secrets/{KEY_FILE}"
        )
    if key.version not in known:
        text = json.dumps({**known, key.version: key.check}, sort_keys=True)
        write_private(settings.home.absolute() / CHECK_FILE, text.encode())
    return key


def trouble(settings: Settings) -> str | None:
    """What is wrong with the key, for ``hoso doctor``; null when nothing is. Changes nothing."""
    try:
        key, known = _given(settings), _checks(settings)
    except HosoError as error:
        return str(error)
    if known and key is None:
        return "the key of the pseudonyms is missing"
    if key is not None and known.get(key.version, key.check) != key.check:
        return f"the key of the pseudonyms was changed without a new version (now {key.version})"
    return None


def _given(settings: Settings) -> PseudonymKey | None:
    """The key of the environment, else of the file."""
    path = settings.home.absolute() / "secrets" / KEY_FILE
    place, text = "HOSO_PSEUDONYM_KEY", None
    if settings.pseudonym_key is not None:
        text = settings.pseudonym_key.get_secret_value()
    elif path.exists():
        place, text = f"secrets/{KEY_FILE}", path.read_text(encoding="utf-8", errors="replace")
    if text is None:
        return None
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise HosoError(
            f"{place} is no key of pseudonyms: 64 hex digits, before them a version and a colon"
        )
    return PseudonymKey(int(match["version"] or 1), bytes.fromhex(match["secret"]))


def _checks(settings: Settings) -> dict[int, str]:
    path = settings.home.absolute() / CHECK_FILE
    if not path.exists():
        return {}
    try:
        return {int(k): str(v) for k, v in json.loads(path.read_text(encoding="utf-8")).items()}
    except (ValueError, AttributeError) as error:
        raise HosoError(f"{path.name} is damaged; restore it from the backup") from error
