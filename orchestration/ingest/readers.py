"""Which reader a file needs: decided by what the source allows and by the file's bytes."""

from importlib import import_module
from pathlib import Path
from typing import Final, cast

from orchestration.ingest.json_file import service_of
from orchestration.ingest.kinds import SPOKEN, file_kind
from orchestration.ingest.opened import Given, Opened
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source, match_source

_READERS: Final = {
    "csv": ("csv_file", "open_csv"),
    "html": ("html_file", "open_html"),
    "json": ("json_file", "open_json"),
    "parquet": ("parquet_file", "open_parquet"),
    "xes": ("xes", "open_xes"),
    "xls": ("workbook", "open_xls"),
    "xlsx": ("workbook", "open_xlsx"),
}


def source_of(path: Path, sources: dict[str, Source]) -> Source:
    """The source of a file, by its name and, for national messages, by the service they name.

    Raises ``HosoError`` when none or more than one fits.
    """
    return match_source(
        path, sources, lambda: service_of(path) if file_kind(path) == "json" else None
    )


def open_file(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Opens a file with the reader of its kind. Raises ``Rejected`` for a file of a wrong kind."""
    found = file_kind(path)
    if found not in source.formats:
        raise Rejected(
            f"this is {SPOKEN[found]}, but {source.name} takes {' or '.join(source.formats)}"
        )
    module, function = _READERS[found]
    # a reader brings a library with it: it is imported when its kind comes
    read = getattr(import_module(f"orchestration.ingest.{module}"), function)
    return cast(Opened, read(path, source, scratch, given))
