"""What became of a file, and why one is refused."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["stored", "nothing_new", "rejected"]


class Rejected(Exception):  # noqa: N818 - it is a verdict on the file, not an error of ours
    """The file as a whole cannot be taken in; the message says why and what to do."""


class Unsteady(Exception):  # noqa: N818
    """The file changed while it was read; it may be complete the next time."""


@dataclass(frozen=True)
class Counts:
    """Data rows of one file; ``read`` is always the sum of the others (I10)."""

    stored: int = 0
    unchanged: int = 0
    duplicate: int = 0
    quarantined: int = 0

    @property
    def read(self) -> int:
        """All data rows."""
        return self.stored + self.unchanged + self.duplicate + self.quarantined

    def __add__(self, other: "Counts") -> "Counts":
        """Traces and events of a log are counted together."""
        return Counts(
            self.stored + other.stored,
            self.unchanged + other.unchanged,
            self.duplicate + other.duplicate,
            self.quarantined + other.quarantined,
        )


@dataclass(frozen=True)
class FileResult:
    """One line of ``hoso ingest``; the field names are the CLI's contract."""

    file: str
    source: str | None
    batch_id: str | None
    read: int
    stored: int
    unchanged: int
    duplicate: int
    quarantined: int
    status: Status
    message: str

    def row(self) -> dict[str, Any]:
        """As a row of output."""
        return asdict(self)


class Postponed(FileResult):
    """Rejected now for what may pass (written to meanwhile, disk full): worth another try."""


def result(
    file: str,
    status: Status,
    message: str,
    source: str | None = None,
    batch_id: str | None = None,
    *,
    counts: Counts | None = None,
    kind: type[FileResult] = FileResult,
) -> FileResult:
    """A ``FileResult`` from its parts; a rejected file has no rows."""
    rows = counts or Counts()
    return kind(
        file=file,
        source=source,
        batch_id=batch_id,
        read=rows.read,
        stored=rows.stored,
        unchanged=rows.unchanged,
        duplicate=rows.duplicate,
        quarantined=rows.quarantined,
        status=status,
        message=message,
    )


def postponed(file: str, source: str | None, reason: str) -> FileResult:
    """A file that could not be stored just now; it waits for the next run."""
    message = f"could not be stored ({reason}); nothing of it was, try again"
    return result(file, "rejected", message, source, kind=Postponed)
