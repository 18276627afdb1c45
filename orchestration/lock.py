"""One writer at a time: whoever changes store or warehouse holds ``<home>/run.lock``."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.errors import BusyError
from orchestration.settings import Settings


@contextmanager
def exclusive(settings: Settings) -> Iterator[None]:
    """Hold the lock for the length of the ``with``; the kernel frees it when the process dies.

    Raises ``BusyError`` at once when another process holds it.
    """
    path = settings.home.absolute() / "run.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise BusyError(
                f"Another run is at work (process {file.read().strip() or 'unknown'}):"
                " wait until it is done, then try again."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
