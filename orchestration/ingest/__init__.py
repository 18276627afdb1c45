"""From files of an office to events of the store."""

from orchestration.ingest.inbox import ingest_inbox, waiting
from orchestration.ingest.result import Counts, FileResult
from orchestration.ingest.run import ingest_files

__all__ = ["Counts", "FileResult", "ingest_files", "ingest_inbox", "waiting"]
