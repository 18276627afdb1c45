"""From files to batches: all are looked at, then stored in the order in which they were exported.

What belongs here: the order of things. What does not: what is refused (``ready``), what is stored
(``writer``).
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest.ready import Options, Ready, look_at
from orchestration.ingest.result import FileResult
from orchestration.ingest.scratch import scratch, sweep
from orchestration.ingest.writer import Writer
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings
from orchestration.sources import load_sources

_PURPOSE = "ingest"


def ingest_files(
    settings: Settings,
    paths: Sequence[Path],
    *,
    source: str | None = None,
    observed_at: datetime | None = None,
    unit: str | None = None,
    backfill: bool = False,
    progress: Progress | None = None,
) -> list[FileResult]:
    """Takes files into the event store, each as one batch, in the order of ``observed_at``.

    A file that cannot be taken in is ``rejected`` with the reason and stores nothing; the others go
    on. Results come in the order of ``paths``; each member of a ZIP has one of its own. Raises
    ``HosoError`` for an unknown ``source`` or an invalid YAML, before anything is stored.
    """
    options = Options(source, observed_at, unit, backfill)
    taken = ingest_each(settings, paths, options, progress)
    return [each for path in dict.fromkeys(paths) for each in taken[path]]


def ingest_each(
    settings: Settings, paths: Sequence[Path], options: Options, progress: Progress | None = None
) -> dict[Path, list[FileResult]]:
    """``ingest_files`` with the results of each path by themselves."""
    source = options.source
    sources = load_sources(settings)
    if source is not None and source not in sources:
        known = ", ".join(sorted(sources))
        raise HosoError(f"no source is called {source!r}; there are: {known}", exit_code=2)
    found: dict[str, FileResult] = {}
    groups: dict[Path, list[str]] = {path: [] for path in paths}
    show = progress or Quiet()
    store = EventStore(settings)
    with ExitStack() as stack:
        stack.enter_context(store.writing())
        sweep(settings, _PURPOSE)
        work = stack.enter_context(scratch(settings, _PURPOSE))
        ready: list[Ready] = []
        with show.step("Looking at files", len(groups)) as advance:
            for path, shown in groups.items():
                for number, looked in enumerate(look_at(settings, sources, path, options, work)):
                    # a ZIP can have two members of one name
                    key = f"{number} {path}"
                    shown.append(key)
                    if isinstance(looked, Ready):
                        ready.append(replace(looked, key=key))
                    else:
                        found[key] = looked
                advance(1)
        ready.sort(key=lambda each: (each.observed_at, each.file.name))
        if ready:
            writer = Writer(settings, store, work)
            with show.step("Storing rows", len(ready)) as advance:
                for each in ready:
                    found[each.key] = writer.take(each, options)
                    advance(1)
    return {path: [found[key] for key in shown] for path, shown in groups.items()}
