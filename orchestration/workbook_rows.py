"""Reads the cells of an old workbook (.xls), in a process of its own.

python-calamine believes what a damaged .xls says of its sizes and chains: it can ask for all the
memory there is, and a failed request ends the process. So it happens where it harms nobody, within
limits. Run as ``python -m orchestration.workbook_rows FILE``; prints JSON, one
``[rows, merged cells]`` per sheet. Imports nothing heavy: it starts for each file.
"""

import json
import resource
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

_MEMORY: Final = 2 << 30
_CPU_SECONDS: Final = 60
_ROOT: Final = Path(__file__).resolve().parent.parent

Sheets = list[tuple[list[list[Any]], list[tuple[tuple[int, int], tuple[int, int]]]]]


class UnreadableError(Exception):
    """No workbook, a damaged one, or one that is larger than any office's list."""


def read_apart(path: Path) -> Sheets:
    """Texts and merged cells of each sheet. Raises ``UnreadableError``."""
    command = [sys.executable, "-m", "orchestration.workbook_rows", str(path.absolute())]
    try:
        ran = subprocess.run(
            command, cwd=_ROOT, capture_output=True, check=True, timeout=2 * _CPU_SECONDS
        )
        return [(rows, merged) for rows, merged in json.loads(ran.stdout)]
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableError from error


def as_text(value: Any) -> str | None:
    """A cell as a list in text would show it; whole numbers without decimals, dates in ISO form.

    A date with the clock at midnight is a day: a workbook does not tell the two apart.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        day = value.time() == time()
        return f"{value:%Y-%m-%d}" if day else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return None if value is None else str(value)


def main(path: str) -> None:
    """Reads the file and prints it."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sheets: Sheets = []
    # from a path calamine would go by the file's name
    with Path(path).open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
        for each in book.sheets_metadata:
            if each.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(each.name)
                rows = sheet.to_python(skip_empty_area=False)
                texts = [[as_text(cell) for cell in row] for row in rows]
                sheets.append((texts, sheet.merged_cell_ranges or []))
    json.dump(sheets, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
