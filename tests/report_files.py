"""Reports as the files that offices send: written here byte by byte, so that no library is needed.

A PDF embeds the font whole (Debian: fonts-dejavu-core), so that it has a text layer and pages that
can be drawn; a scan is such a page drawn by ``pdftoppm`` and put into a PDF as a picture.
"""

import shutil
import struct
import subprocess
import textwrap
import zipfile
import zlib
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_SIZE, _LEADING, _LINES, _COLUMNS = 11, 15, 48, 84
_PAGE = (595, 842)


def need(*tools: str) -> None:
    """Skip where a program, the Vietnamese model or the font is not installed."""
    packages = {"tesseract": "tesseract-ocr"}
    for tool in tools:
        if shutil.which(tool) is None:
            pytest.skip(f"needs {tool} (Debian: {packages.get(tool, 'poppler-utils')})")
    if not FONT.is_file():
        pytest.skip("needs DejaVu Sans (Debian: fonts-dejavu-core)")
    if "tesseract" in tools:
        listed = subprocess.run(
            ("tesseract", "--list-langs"),  # noqa: S607 - whichever is installed
            capture_output=True,
            text=True,
            check=True,
        )
        if "vie" not in listed.stdout.split():
            pytest.skip("needs tesseract's Vietnamese model (Debian: tesseract-ocr-vie)")


def write_docx(path: Path, text: str) -> Path:
    """A DOCX of one paragraph a line."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return path


def write_pdf(path: Path, text: str) -> Path:
    """A PDF with a text layer, long lines broken as a typist does."""
    glyphs, widths = _glyphs()
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, _COLUMNS) or [""]]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    used = sorted({glyphs.get(ord(ch), 0) for ch in text} | {0})
    names = {glyphs[ord(ch)]: ch for ch in text if ord(ch) in glyphs}
    unicode = "\n".join(f"<{gid:04x}> <{ord(names[gid]):04x}>" for gid in used if gid in names)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "".join(
            f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar\n"
            for chunk in _chunks(unicode.splitlines(), 100)
        )
        + "endcmap end end"
    )
    font = FONT.read_bytes()
    spread = " ".join(f"{gid} [{widths[gid]}]" for gid in used)
    objects = {
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /DejaVuSans /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /DejaVuSans /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R"
        b" /CIDToGIDMap /Identity /W [" + spread.encode() + b"] >>",
        5: b"<< /Type /FontDescriptor /FontName /DejaVuSans /Flags 4"
        b" /FontBBox [-1021 -463 1793 1232] /ItalicAngle 0 /Ascent 928 /Descent -236"
        b" /CapHeight 729 /StemV 80 /FontFile2 7 0 R >>",
        6: _stream(cmap.encode()),
        7: _stream(font, f"/Length1 {len(font)}"),
    }
    contents = []
    for page in pages:
        shown = "\n".join(
            f"<{''.join(f'{glyphs.get(ord(ch), 0):04x}' for ch in line)}> Tj T*" for line in page
        )
        start = f"BT /F1 {_SIZE} Tf {_LEADING} TL 50 {_PAGE[1] - 60} Td\n"
        contents.append(_stream(f"{start}{shown}\nET".encode()))
    return _write(path, objects, contents, "/Font << /F1 3 0 R >>")


def draw(path: Path, folder: Path, dpi: int, quality: int = 40) -> list[Path]:
    """The pages of a PDF as grey JPEGs of a poor copier."""
    stem = folder / path.stem
    subprocess.run(
        [
            *("pdftoppm", "-r", str(dpi), "-gray", "-jpeg", "-jpegopt", f"quality={quality}"),
            *(str(path), str(stem)),
        ],
        check=True,
    )
    return sorted(folder.glob(f"{path.stem}*.jpg"))


def write_scan(path: Path, pictures: list[Path]) -> Path:
    """A PDF of pictures alone."""
    objects: dict[int, bytes] = {}
    contents, names = [], []
    for number, picture in enumerate(pictures, start=3):
        data = picture.read_bytes()
        width, height, colours = _jpeg_size(data)
        space = {1: "DeviceGray", 3: "DeviceRGB"}[colours]
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
            f" /ColorSpace /{space} /Filter /DCTDecode /Length {len(data)} >>\nstream\n"
        )
        objects[number] = head.encode() + data + b"\nendstream"
        names.append(f"/P{number} {number} 0 R")
        contents.append(_stream(f"{_PAGE[0]} 0 0 {_PAGE[1]} 0 0 cm /P{number} Do".encode()))
    return _write(path, objects, contents, f"/XObject << {' '.join(names)} >>")


def _write(path: Path, objects: dict[int, bytes], contents: list[bytes], resources: str) -> Path:
    first = max(objects) + 1
    kids = []
    for number, content in enumerate(contents):
        page = first + 2 * number
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE[0]} {_PAGE[1]}]"
            f" /Resources << {resources} >> /Contents {page + 1} 0 R >>"
        ).encode()
        objects[page + 1] = content
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    body, places = b"%PDF-1.5\n", []
    for number in range(1, len(objects) + 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    body_end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>"
    )
    path.write_bytes(body + f"{body_end}\nstartxref\n{len(body)}\n%%EOF\n".encode())
    return path


def _stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {more} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _chunks(lines: list[str], size: int) -> list[list[str]]:
    return [lines[at : at + size] for at in range(0, len(lines), size)]


def _jpeg_size(data: bytes) -> tuple[int, int, int]:
    """Width, height, colours."""
    at = 2
    while data[at + 1] not in {0xC0, 0xC1, 0xC2}:
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    height, width, colours = struct.unpack(">HHB", data[at + 5 : at + 10])
    return width, height, colours


@cache
def _glyphs() -> tuple[dict[int, int], dict[int, int]]:
    """Code point → glyph, glyph → width in thousandths; of a TrueType font's own tables."""
    font = FONT.read_bytes()
    tables = {}
    for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16):
        tag, _, start, _ = struct.unpack(">4sIII", font[at : at + 16])
        tables[tag.decode()] = start
    glyphs = _characters(font, tables["cmap"])
    count = struct.unpack(">H", font[tables["hhea"] + 34 : tables["hhea"] + 36])[0]
    em = struct.unpack(">H", font[tables["head"] + 18 : tables["head"] + 20])[0]
    start = tables["hmtx"]
    advances = struct.unpack(f">{2 * count}H", font[start : start + 4 * count])[::2]
    widths = {
        gid: round(advances[min(gid, count - 1)] * 1000 / em) for gid in {0, *glyphs.values()}
    }
    return glyphs, widths


def _characters(font: bytes, cmap: int) -> dict[int, int]:
    """Of the font's map of format 4."""
    for at in range(cmap + 4, cmap + 4 + 8 * struct.unpack(">H", font[cmap + 2 : cmap + 4])[0], 8):
        start = cmap + struct.unpack(">I", font[at + 4 : at + 8])[0]
        if struct.unpack(">H", font[start : start + 2])[0] == 4:
            break
    segments = struct.unpack(">H", font[start + 6 : start + 8])[0] // 2
    places = [start + 14 + step * 2 * segments + (2 if step else 0) for step in range(4)]
    ends, starts, deltas, offsets = (
        struct.unpack(f">{segments}H", font[place : place + 2 * segments]) for place in places
    )
    found = {}
    for number in range(segments):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            if not offsets[number]:
                found[code] = (code + deltas[number]) & 0xFFFF
                continue
            place = places[3] + 2 * number + offsets[number] + 2 * (code - starts[number])
            gid = struct.unpack(">H", font[place : place + 2])[0]
            if gid:
                found[code] = (gid + deltas[number]) & 0xFFFF
    return found
