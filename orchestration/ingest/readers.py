"""Which reader a file needs: decided by what the source allows and by the file's first bytes."""

from pathlib import Path

from orchestration.ingest.fingerprint import Fingerprint
from orchestration.ingest.opened import Opened
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source


def open_file(
    path: Path, source: Source, scratch: Scratch, mark: Fingerprint, max_bytes: int
) -> Opened:
    """Opens a file with the reader of its kind. Raises ``Rejected`` for a file of a wrong kind."""
    found = file_kind(path)
    if found not in source.formats:
        raise Rejected(
            f"this is {_SPOKEN[found]}, but {source.name} takes {' or '.join(source.formats)}"
        )
    if found == "xes":
        from orchestration.ingest.xes import open_xes

        return open_xes(path, source, scratch, max_bytes)
    if found == "xlsx":
        from orchestration.ingest.xlsx import open_xlsx

        return open_xlsx(path, source, scratch, max_bytes)
    from orchestration.ingest.csv_file import open_csv

    return open_csv(path, source, scratch, mark)


_SPOKEN = {
    "xes": "an XML or gzip file",
    "xlsx": "a ZIP or .xlsx file",
    "csv": "a text file",
    "xls": "an old binary .xls file",
    "pdf": "a PDF",
    "html": "an HTML page",
}


def file_kind(path: Path) -> str:
    """``xes``, ``xlsx``, ``csv`` or what else the first bytes betray, whatever the name says."""
    with path.open("rb") as stream:
        head = stream.read(512)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if head.startswith(b"%PDF"):
        return "pdf"
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return "html"
    if head.startswith(b"\x1f\x8b") or start.startswith(b"<"):
        return "xes"
    return "csv"
