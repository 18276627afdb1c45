"""A report's file → its text. Text and DOCX here; PDF and images through tools in a subprocess.

Tools: ``pdftotext`` and ``pdftoppm`` (Debian: poppler-utils), ``tesseract`` with the Vietnamese
model (tesseract-ocr, tesseract-ocr-vie). Pages without a text layer are read by OCR: their figures
always want a person's look.
"""

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from orchestration.errors import HosoError

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
_PACKAGES = {
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "tesseract": "tesseract-ocr and tesseract-ocr-vie",
}
_MAX_BYTES = 100 * 1024 * 1024
_TIMEOUT_SECONDS = 600
# tesseract's threads wait for each other by spinning: on a busy machine four are slower than one
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_SCAN_DPI = "300"
# a page of text has more letters than a stamp or a page number
_LEAST_LETTERS = 40


def text_of(path: Path) -> str:
    """The text of a report: .txt, .docx, .pdf (with or without a text layer) or an image.

    Raises:
        HosoError: no such file, a kind that is not read, a tool that is not installed.
    """
    if not path.is_file():
        raise HosoError(f"{path} is no file: give the path of a report.")
    if path.stat().st_size > _MAX_BYTES:
        raise HosoError(f"{path.name} is larger than 100 MB: no report is. Split or shrink it.")
    kind = path.suffix.lower()
    if kind == ".docx":
        return docx_text(path)
    if kind == ".pdf":
        return _pdf_text(path)
    if kind in IMAGES:
        return _image_text(path)
    if kind in {".doc", ".rtf", ".odt", ".xls", ".xlsx", ".zip"}:
        raise HosoError(f"{path.name}: {kind} is not read. Save it as .docx, .pdf or .txt.")
    return _decoded(path)


def docx_text(path: Path) -> str:
    """Paragraphs and table rows of a DOCX, a line each; from its XML, without Word.

    Raises:
        HosoError: the file is no DOCX.
    """
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.getinfo("word/document.xml")
            if entry.file_size > _MAX_BYTES:
                raise HosoError(f"{path.name}: its text unpacks to more than 100 MB; not read.")
            data = archive.read(entry)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise HosoError(f"{path.name} declares XML entities, which no report does; not read.")
        root = fromstring(data)  # noqa: S314 - entities are refused above
    except (zipfile.BadZipFile, KeyError, ParseError) as error:
        raise HosoError(f"{path.name} is no readable DOCX ({error}). Save it anew.") from error
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    breaks = {f"{space}tab": " ", f"{space}br": "\n", f"{space}cr": "\n"}
    lines: list[str] = []
    for paragraph in root.iter(f"{space}p"):
        parts = [
            node.text or "" if node.tag == f"{space}t" else breaks.get(node.tag, "")
            for node in paragraph.iter()
        ]
        lines.append("".join(parts))
    return "\n".join(lines)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\x00" in data[:4096]:
        raise HosoError(f"{path.name} is no text. A scan must end in .pdf, .png, .jpg or .tif.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace")


def _pdf_text(path: Path) -> str:
    text = _run(["pdftotext", "-layout", "-enc", "UTF-8", str(path.resolve()), "-"], path)
    if sum(ch.isalpha() for ch in text) >= _LEAST_LETTERS:
        return text
    with tempfile.TemporaryDirectory() as folder:
        stem = str(Path(folder) / "page")
        _run(["pdftoppm", "-r", _SCAN_DPI, "-gray", "-png", str(path.resolve()), stem], path)
        pages = sorted(Path(folder).glob("page*.png"))
        return "\n".join(_image_text(page) for page in pages)


def _image_text(path: Path) -> str:
    languages = _run(["tesseract", "--list-langs"], path)
    if "vie" not in languages.split():
        raise HosoError(
            "tesseract has no Vietnamese model: install tesseract-ocr-vie, "
            "or give the report as .txt, .docx or a PDF with text."
        )
    return _run(["tesseract", str(path.resolve()), "stdout", "-l", "vie"], path)


def _run(command: Sequence[str], path: Path) -> str:
    """Standard output of a tool; when it fails, its last word is in the message."""
    tool = command[0]
    if shutil.which(tool) is None:
        raise HosoError(
            f"{path.name} needs the program {tool}, which is not installed "
            f"(Debian: apt-get install {_PACKAGES[tool]}). Or give the report as .txt or .docx."
        )
    try:
        done = subprocess.run(
            list(command),
            capture_output=True,
            check=True,
            timeout=_TIMEOUT_SECONDS,
            env={**os.environ, **_ONE_THREAD},
        )
    except subprocess.TimeoutExpired as error:
        raise HosoError(f"{tool} took more than 10 minutes over {path.name}.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HosoError(
            f"{tool} cannot read {path.name}: {said[-1] if said else 'no reason given'}"
        ) from error
    return done.stdout.decode("utf-8", "replace")
