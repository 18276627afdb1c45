"""What happened, as JSON lines: ``<home>/logs/hoso-YYYYMMDD.jsonl``, one file a day.

One run id goes through all lines of a run, into dbt's own log, and into the history of runs. Each
line is one write to a file opened for appending, so several processes may log at once. No personal
data: names of files, counts, codes of checks, never a cell.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from orchestration.progress import Progress
from orchestration.settings import Settings

RUN: Final[ContextVar[str | None]] = ContextVar("hoso_run", default=None)
"""Id of the run at work; null outside one."""

RUN_VARIABLE: Final = "DBT_ENV_CUSTOM_ENV_HOSO_RUN"
"""dbt repeats variables of this prefix in its log and its results."""


def folder(settings: Settings) -> Path:
    """Where the logs lie."""
    return settings.folder("logs")


@contextmanager
def run(settings: Settings, run_id: str) -> Iterator[None]:
    """All lines until the end of the ``with`` belong to this run; old files go first."""
    token = RUN.set(run_id)
    prune(settings)
    try:
        yield
    finally:
        RUN.reset(token)


def event(settings: Settings, name: str, level: str = "info", **facts: Any) -> None:
    """Append one line: moment, level, run, event, facts. A full disk must not stop what is told."""
    moment = settings.clock()
    line = {
        "at": moment.astimezone(settings.zone).isoformat(timespec="milliseconds"),
        "level": level,
        "run": RUN.get(),
        "process": os.getpid(),
        "event": name,
        **facts,
    }
    name = f"hoso-{moment.astimezone(settings.zone):%Y%m%d}.jsonl"
    text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
    try:
        path = folder(settings) / name
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            os.write(handle, text.encode(errors="replace"))
        finally:
            os.close(handle)
    except OSError:
        return


def prune(settings: Settings) -> None:
    """Files older than ``log_days`` go."""
    oldest = (settings.clock() - timedelta(days=settings.log_days)).astimezone(settings.zone)
    for path in folder(settings).glob("hoso-*.jsonl"):
        if path.stem < f"hoso-{oldest:%Y%m%d}":
            path.unlink(missing_ok=True)


def lines(settings: Settings, run_id: str | None = None) -> Iterator[dict[str, Any]]:
    """What was logged, oldest first; of one run (the beginning of its id is enough) or all.

    A line that was cut off by a power failure is left out.
    """
    for path in sorted(folder(settings).glob("hoso-*.jsonl")):
        for text in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if run_id is None or str(line.get("run") or "").startswith(run_id):
                yield line


def readable(line: dict[str, Any]) -> str:
    """One line as a person reads it on a terminal."""
    known = {"at", "level", "run", "process", "event"}
    facts = "  ".join(
        f"{name}={_short(value)}" for name, value in line.items() if name not in known
    )
    at = datetime.fromisoformat(line["at"])
    return f"{at:%Y-%m-%d %H:%M:%S}  {line['level']:<7}  {line['event']:<16}  {facts}".rstrip()


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if " " not in text else json.dumps(text, ensure_ascii=False)


class Logged:
    """Progress that also notes when each step ended and how long it took."""

    def __init__(self, settings: Settings, inner: Progress) -> None:
        """Steps are shown by ``inner``."""
        self._settings = settings
        self._inner = inner

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """One step, shown and noted."""
        start = time.perf_counter()
        with self._inner.step(title, total) as advance:
            yield advance
        seconds = round(time.perf_counter() - start, 3)
        event(self._settings, "step", title=title, seconds=seconds, total=total)
