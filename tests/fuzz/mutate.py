"""A seeded mutator: the same seed makes the same damage."""

import gzip
import io
import zipfile
from random import Random

_CELLS = (b",", b";", b"\t", b"</td><td class=x>", b'"', b"\r\n", b"\n", b">", b"<")
_WORDS = (
    *(b"", b"0", b"-1", b"9999-12-31", b"0001-01-01", b"31/02/2026", b"=cmd|' /C calc'!A0"),
    *(b"\0", b"\x1b[31m", b"NaN", b"null", b"1e999", b"9" * 40, b"<!DOCTYPE a [", b"&a;", b"]}"),
    *("Trạng thái".encode(), "Số hồ sơ".encode(), "Tổng số".encode(), b"rowspan=99999 ", b"{"),
)
_BYTES = (b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88", b"\x80", b"\xd2")


def mutant(data: bytes, random: Random) -> bytes:
    """One to three kinds of damage; of packed files often to what is inside."""
    if random.random() < 0.6:
        inside = _inside(data, random)
        if inside is not None:
            return inside
    for _ in range(random.randint(1, 3)):
        data = random.choice(_DAMAGES)(data, random)
    return data


def _inside(data: bytes, random: Random) -> bytes | None:
    """Damage to a member of a ZIP (a workbook is one) or to the content of a gzip file."""
    if data.startswith(b"\x1f\x8b"):
        return gzip.compress(_plain(gzip.decompress(data), random), mtime=0)
    if not data.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice(sorted(members))
    for name in sorted(members):
        if "sheet1.xml" in name or "sharedStrings" in name:
            chosen = name if random.random() < 0.4 else chosen
    members[chosen] = _plain(members[chosen], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _plain(data: bytes, random: Random) -> bytes:
    return random.choice(_DAMAGES)(data, random)


def _flip_bits(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 16)):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _repeat(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, 2000)
    return data[:end] + data[start:end] * random.randint(1, 20) + data[end:]


def _cut_out(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, 200)
    return data[:start] + data[end:]


def _swap_cells(data: bytes, random: Random) -> bytes:
    separator = random.choice([each for each in _CELLS if each in data] or [b" "])
    cells = data.split(separator)
    for _ in range(random.randint(1, 5)):
        one, other = random.randrange(len(cells)), random.randrange(len(cells))
        cells[one], cells[other] = cells[other], cells[one]
    return separator.join(cells)


def _edit_header(data: bytes, random: Random) -> bytes:
    place = random.randrange(min(len(data), 250) + 1)
    return data[:place] + random.choice(_WORDS) + data[place + random.randint(0, 20) :]


def _edit_cell(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random, 20)
    return data[:start] + random.choice(_WORDS) + data[end:]


def _damage_encoding(data: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(data) + 1)
        data = data[:place] + random.choice(_BYTES) + data[place:]
    return data


def _huge_cell(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice((b"x", b",", b"[", b"<td>", b"\0")) * 50_000 + data[place:]


def _span(data: bytes, random: Random, most: int) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randint(0, most))


_DAMAGES = (
    *(_flip_bits, _truncate, _repeat, _cut_out, _swap_cells, _edit_header, _edit_cell),
    *(_damage_encoding, _huge_cell),
)
