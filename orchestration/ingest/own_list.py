"""Lists that the product writes itself: rulings, closed periods, figures of reports.

They go through the inbox like any other, so that archive and replay hold them.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence

from orchestration.ingest.inbox import ingest_inbox
from orchestration.ingest.result import FileResult
from orchestration.settings import Settings


def take_own_list(
    settings: Settings, stem: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> FileResult:
    """Write ``<stem>_<moment>_<hash>.csv`` into the inbox and take it in.

    ``stem`` must fit one source's file patterns; the moment (office time) is the list's.
    """
    now = settings.clock().astimezone(settings.zone)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    content = text.getvalue().encode()
    name = f"{stem}_{now:%Y%m%dT%H%M%S}_{hashlib.sha256(content).hexdigest()[:8]}.csv"
    path = settings.inbox / name
    # the inbox is watched: a file that is not complete has another name
    unfinished = path.with_name(f"{name}.part")
    unfinished.write_bytes(content)
    unfinished.rename(path)
    (taken,) = ingest_inbox(settings, [path])
    return taken
