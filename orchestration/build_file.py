"""The file of the build warehouse: written without waiting for the disk, trusted only when on it.

What belongs here: the mark that lies beside the file while it is built. What does not: what the
file holds (``build_state``). dbt's process does not wait for the disk after each model
(``fsync_mode`` in ``profiles.yml``; decision 002): after a cut of the power the file may hold
anything, so one whose build did not come to its end is removed, and built from scratch as it would
be anyway.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

from orchestration.disk import sync
from orchestration.settings import Settings

SECONDS: Final = 2.0
"""Between two times that what is written is put on the disk."""


def mark(settings: Settings) -> None:
    """From now on, and until ``settle``, the file is not to be trusted."""
    _mark(settings).touch()
    sync(settings.warehouse)


def put_on_disk(settings: Settings) -> None:
    """Wait until all of the file is on the disk."""
    for path in _files(settings):
        with suppress(FileNotFoundError):
            sync(path)


@contextmanager
def on_its_way(settings: Settings) -> Iterator[None]:
    """While the block runs, put on the disk what is written: little is left for the end."""
    ended = Event()

    def keep_up() -> None:
        while not ended.wait(SECONDS):
            # a disk that fails is said by the end of the build, which waits for it
            with suppress(OSError):
                put_on_disk(settings)

    thread = Thread(target=keep_up, name="to disk", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def settle(settings: Settings) -> None:
    """The build has ended, and all of it is on the disk."""
    _mark(settings).unlink(missing_ok=True)
    sync(settings.warehouse)


def remove_unfinished(settings: Settings) -> None:
    """Remove the file of a build that did not end; what it is made of is in the store.

    Raises ``duckdb.IOException`` when another program has it open.
    """
    if not _mark(settings).exists():
        return
    import duckdb

    try:
        duckdb.connect(str(settings.build_db)).close()
    except duckdb.Error as error:
        if "lock" in str(error):
            raise
    for path in _files(settings):
        path.unlink(missing_ok=True)


def _mark(settings: Settings) -> Path:
    return settings.build_db.with_suffix(".unfinished")


def _files(settings: Settings) -> tuple[Path, Path]:
    return settings.build_db, settings.build_db.with_name(f"{settings.build_db.name}.wal")
