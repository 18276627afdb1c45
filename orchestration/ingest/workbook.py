"""Reads workbooks, new (.xlsx) and old (.xls), with python-calamine."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from orchestration.ingest.ole import is_sound
from orchestration.ingest.opened import Given, Opened
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.ingest.sheets import Sheet, many_cells, open_sheets
from orchestration.sources import Source
from orchestration.workbook_rows import UnreadableError, read_apart

_CHUNK = 1 << 22
_REFERENCE = 40
_FAR = re.compile(
    rb"""[ ]r\s*=\s*["']((?:[D-Z][A-Z]|[A-Z]{3,})[0-9]+|[A-Z]*[0-9]{7,})["']""", re.IGNORECASE
)
"""A reference beyond column CZ or row 999,999."""
_LOW = re.compile(rb"""[ ]r\s*=\s*["'][A-Z]*([1-9][0-9]{5})["']""", re.IGNORECASE)
"""The row of a reference to row 100,000 or lower down."""
_ROW_BYTES = 10
"""No row of a sheet's XML is shorter."""
_DAMAGED = "the workbook is damaged or cut off; send it again"
_LOCKED = "the workbook has a password; save it without one"


def open_xlsx(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Raises ``Rejected`` for what is not a workbook, is too large unpacked, or has no list."""
    with many_cells():
        with _reading():
            _look_inside(path, given.max_bytes)
            sheets = _sheets(path)
        return open_sheets("xlsx", sheets, source, scratch)


def open_xls(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Raises ``Rejected`` for what is not a workbook, has a password, or has no list."""
    del given  # nothing is packed in it
    try:
        if not is_sound(path):
            raise Rejected(_DAMAGED)
        sheets = [Sheet(rows, merged=merged) for rows, merged in read_apart(path)]
    except UnreadableError as error:
        raise Rejected(_DAMAGED) from error
    return open_sheets("xls", sheets, source, scratch)


@contextmanager
def _reading() -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise Rejected(_LOCKED) from error
    # NotImplementedError: an unknown compression; RuntimeError: an encrypted member
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Rejected(_DAMAGED) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise Rejected(_DAMAGED) from error
    except BaseException as error:
        # a failed assertion inside calamine, which is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise Rejected(_DAMAGED) from error


def _sheets(path: Path) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    # from a path calamine would go by the file's name
    with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
        names = [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        sheets = []
        for name in names:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            sheets.append(Sheet(rows, merged=sheet.merged_cell_ranges or ()))
    return sheets


def _look_inside(path: Path, max_bytes: int) -> None:
    """Refuses what would fill the memory: calamine trusts sizes and allots every cell."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > max_bytes:
            raise Rejected("the unpacked workbook is larger than HOSO_MAX_FILE_MB allows")
        for member in members:
            if member.filename.startswith("xl/") and member.filename.endswith((".xml", ".rels")):
                is_sheet = member.filename.startswith("xl/worksheets/")
                # reading to the end makes zipfile compare size and checksum with what it says
                with archive.open(member) as stream:
                    _refuse_far_cells(stream, is_sheet, member.file_size)


def _refuse_far_cells(stream: IO[bytes], is_sheet: bool, size: int) -> None:
    rest = b""
    lowest = b""
    while chunk := stream.read(_CHUNK):
        if not is_sheet:
            continue
        text = rest + chunk
        far = _FAR.search(text)
        if far:
            raise _far_away(far.group(1).decode())
        # a short sheet that reaches far down is nearly empty
        if size < _ROW_BYTES * 1_000_000:
            lowest = max([lowest, *_LOW.findall(text)])
        rest = chunk[-_REFERENCE:]
    if lowest and int(lowest) * _ROW_BYTES > size:
        raise _far_away(f"row {int(lowest)}")


def _far_away(place: str) -> Rejected:
    where = place if place.startswith("row ") else f"cell {place}"
    return Rejected(f"a sheet has something in {where}, far outside any list; delete it there")
