"""Files that only their owner can read, and that are there wholly or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from orchestration.disk import sync


@contextmanager
def private(path: Path) -> Iterator[BinaryIO]:
    """A new file of mode 0600, synced at its end; what was there is replaced."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def write_private(path: Path, content: bytes) -> None:
    """Writes beside ``path`` and renames: a kill leaves the old file or the new one.

    On the disk when it returns, and what was renamed in the same folder before is too.
    """
    partial = path.with_name(f"{path.name}.part")
    with private(partial) as stream:
        stream.write(content)
    partial.replace(path)
    sync(path.parent)
