"""What a file is, told by its bytes, whatever its name says."""

import re
import zipfile
from pathlib import Path
from typing import Final

_HEAD: Final = 4096
_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x09\x08", "xls"),
    (b"PAR1", "parquet"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "xes"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3", "database"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
SPOKEN: Final = {
    "xes": "an XML or gzip file",
    "xlsx": "an .xlsx workbook",
    "csv": "a text file",
    "json": "a JSON file",
    "xls": "an old binary .xls file",
    "html": "an HTML page",
    "parquet": "a Parquet file",
    "zip": "a ZIP file",
    "pdf": "a PDF",
    "image": "an image",
    "packed": "a packed file that is no ZIP",
    "rtf": "an RTF document",
    "database": "a database file",
    "program": "a program",
    "office": "a document of an office program, not an .xlsx workbook",
}


def file_kind(path: Path) -> str:
    """A key of ``SPOKEN``. Text that is nothing else is ``csv``."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    for magic, kind in _MAGIC:
        # the letters of a program, alone, may begin a list as well
        if head.startswith(magic) and (magic != b"MZ" or b"\0" in head[:64]):
            return kind
    return _text_kind(_as_ascii(head))


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
        # the reader of its kind says what is wrong with it
        return "zip" if path.suffix.lower() == ".zip" else "xlsx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "office" if {"[Content_Types].xml", "mimetype"} & set(names) else "zip"


def _as_ascii(head: bytes) -> str:
    """The first letters, without a mark, zero bytes of UTF-16 and white space."""
    bare = re.sub(rb"^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)", b"", head).replace(b"\0", b"")
    return bare.decode("latin-1").lstrip().lower()


def _text_kind(text: str) -> str:
    if re.match(r"\{\s*(\"|\}|$)|\[\s*(\{|\]|$)", text):
        return "json"
    if not text.startswith("<"):
        return "csv"
    return "html" if re.search(r"<(!doctype html|html|table|tr|body|div|meta)\b", text) else "xes"
