"""In which encoding a text file is written, and its text as a stream.

A byte order mark decides; then valid UTF-8; then what the source declares (``encoding:``), because
the old Vietnamese fonts cannot be told from each other; then Windows-1258. Text may come out
decomposed: every cell becomes NFC later (``hoso_clean``).
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from orchestration.ingest.fonts import decode_tcvn3, decode_vni
from orchestration.ingest.result import Rejected

_HEAD = 1 << 18
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTI = re.compile(rb"[\xc3-\xc6\xe1\xe2][\x80-\xbf]")
"""How every Vietnamese letter with an accent begins in UTF-8."""
_FONTS: dict[str, Callable[[bytes], str]] = {"tcvn3": decode_tcvn3, "vni": decode_vni}


def encoding_of(path: Path, declared: str | None) -> str:
    """``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-16-le``, ``utf-16-be``, ``windows-1258``,
    ``tcvn3`` or ``vni``, by the first 256 KiB.

    A file that is nearly UTF-8 is damaged UTF-8, and is called so.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    bare = _bare_utf16(head)
    if bare:
        return bare
    if _is_utf8(head):
        return "utf-8"
    if declared is not None:
        return declared
    high = sum(byte >= 0x80 for byte in head)
    return "utf-8" if len(_MULTI.findall(head)) * 4 > high else "windows-1258"


def text_stream(path: Path, encoding: str) -> IO[str]:
    """The text of the file, line ends as they are. Reading it raises ``UnicodeDecodeError``."""
    if encoding in _FONTS:
        return cast(IO[str], _Decoded(path, _FONTS[encoding]))
    return path.open(encoding=encoding, newline="")


def chunks(path: Path, encoding: str) -> Iterator[str]:
    """The text of the file in pieces. Raises ``Rejected`` that names the line that is no text."""
    try:
        with text_stream(path, encoding) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except UnicodeDecodeError as error:
        raise not_text(path, encoding) from error


def not_text(path: Path, encoding: str) -> Rejected:
    """What is said of a file with bytes that its encoding does not have."""
    name = encoding.removesuffix("-sig")
    decoder = codecs.getincrementaldecoder("cp1252" if name == "vni" else name)()
    line = 1
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                break
    return Rejected(f"line {line} is not {name.upper()} text; save the list as 'CSV UTF-8'")


def _bare_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: of Latin letters every second byte is zero."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    low, high = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if high * 2 > pairs and low * 20 < pairs:
        return "utf-16-le"
    if low * 2 > pairs and high * 20 < pairs:
        return "utf-16-be"
    return None


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return False
    return True


class _Decoded(io.TextIOBase):
    """Text of a font encoding; its letters do not cross line ends, so it goes line by line."""

    def __init__(self, path: Path, decode: Callable[[bytes], str]) -> None:
        self._raw = path.open("rb")
        self._decode = decode

    def read(self, size: int | None = -1) -> str:
        limit = -1 if size is None else size
        return self._decode(b"".join(self._raw.readlines(limit) if limit >= 0 else self._raw))

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        del size
        return self._decode(self._raw.readline())

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._raw.close()
        super().close()
