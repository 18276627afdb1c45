"""Which reader a file needs: decided by what the source allows and by the file's bytes."""

from pathlib import Path

from orchestration.ingest.fingerprint import Fingerprint
from orchestration.ingest.json_file import service_of
from orchestration.ingest.kinds import SPOKEN, file_kind
from orchestration.ingest.opened import Opened
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source, match_source


def source_of(path: Path, sources: dict[str, Source]) -> Source:
    """The source of a file, by its name and, for national messages, by the service they name.

    Raises ``HosoError`` when none or more than one fits.
    """
    return match_source(
        path, sources, lambda: service_of(path) if file_kind(path) == "json" else None
    )


def open_file(
    path: Path, source: Source, scratch: Scratch, mark: Fingerprint, max_bytes: int
) -> Opened:
    """Opens a file with the reader of its kind. Raises ``Rejected`` for a file of a wrong kind."""
    found = file_kind(path)
    if found not in source.formats:
        raise Rejected(
            f"this is {SPOKEN[found]}, but {source.name} takes {' or '.join(source.formats)}"
        )
    if found == "xes":
        from orchestration.ingest.xes import open_xes

        return open_xes(path, source, scratch, max_bytes)
    if found == "xlsx":
        from orchestration.ingest.xlsx import open_xlsx

        return open_xlsx(path, source, scratch, max_bytes)
    if found == "json":
        from orchestration.ingest.json_file import open_json

        return open_json(path, source, scratch)
    from orchestration.ingest.csv_file import open_csv

    return open_csv(path, source, scratch, mark)
