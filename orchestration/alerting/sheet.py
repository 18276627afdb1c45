"""The lists that an office keeps by hand beside its data (recipients, expected reports)."""

import csv
from pathlib import Path

from orchestration.errors import HosoError


def sheet(path: Path) -> "csv.DictReader[str]":
    """Rows of a CSV in UTF-8, or UTF-16 with its mark; ``;`` where the header has no comma.

    Raises ``HosoError`` that names the file when it is nothing of the kind.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_csv(path) from error
    if "\0" in text:
        raise _no_csv(path)
    lines = text.splitlines(keepends=True)
    head = lines[0] if lines else ""
    return csv.DictReader(lines, delimiter=";" if ";" in head and "," not in head else ",")


def _no_csv(path: Path) -> HosoError:
    return HosoError(f"{path.name} is no CSV in UTF-8: save it as 'CSV UTF-8'.")
