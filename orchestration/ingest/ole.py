"""Whether the sectors of an old Office file (OLE compound file) are chained as they should be.

A loop in a chain has no end for who follows it: it is found here before anything does.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER: Final = 512
_LAST_SECTOR: Final = 0xFFFFFFFA
_ENTRY: Final = 128


def is_sound(path: Path) -> bool:
    """Every chain of the file ends; its sectors lie in the file. A bare BIFF stream is sound."""
    data = path.read_bytes()
    if not data.startswith(_MAGIC):
        return data.startswith(b"\x09\x08")
    try:
        return _chains_end(data)
    except (struct.error, IndexError):
        return False


def _chains_end(data: bytes) -> bool:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in {9, 12} or mini_shift != 6:
        return False
    size = 1 << shift
    fat = [
        number
        for sector in _fat_sectors(data, size)
        for number in struct.unpack_from(f"<{size // 4}I", data, _place(sector, size))
    ]
    first_directory, mini_fat = (struct.unpack_from("<I", data, at)[0] for at in (48, 60))
    directory = _chain(fat, first_directory)
    if directory is None or _chain(fat, mini_fat) is None:
        return False
    small = [
        number
        for sector in _chain(fat, mini_fat) or []
        for number in struct.unpack_from(f"<{size // 4}I", data, _place(sector, size))
    ]
    (cutoff,) = struct.unpack_from("<I", data, 56)
    for sector in directory:
        for at in range(_place(sector, size), _place(sector, size) + size, _ENTRY):
            kind = data[at + 66]
            start, length = struct.unpack_from("<II", data, at + 116)
            table = small if kind == 2 and length < cutoff else fat
            if kind in {2, 5} and length and _chain(table, start) is None:
                return False
    return True


def _fat_sectors(data: bytes, size: int) -> Iterator[int]:
    """Sectors of the allocation table, as header and DIFAT list them."""
    sectors = len(data) // size + 1
    listed = struct.unpack_from("<109I", data, 76)
    (further,) = struct.unpack_from("<I", data, 68)
    seen = 0
    while True:
        yield from (number for number in listed if number < _LAST_SECTOR)
        seen += 1
        if further >= _LAST_SECTOR or seen > sectors:
            return
        sector = struct.unpack_from(f"<{size // 4}I", data, _place(further, size))
        listed, further = sector[:-1], sector[-1]


def _place(sector: int, size: int) -> int:
    return _HEADER + sector * size if size == _HEADER else (sector + 1) * size


def _chain(table: list[int], sector: int) -> list[int] | None:
    """The sectors from here to the end, null where there is none."""
    found: list[int] = []
    while sector < _LAST_SECTOR:
        if sector >= len(table) or len(found) > len(table):
            return None
        found.append(sector)
        sector = table[sector]
    return found
