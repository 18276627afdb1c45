"""``hoso quarantine retry``: rows set aside, read again from the archived original.

What belongs here: which originals have rows set aside, and reading them again with the sources as
they are now. How the rows become a batch is ``run``'s. Decision 014 says why it is one of its own.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from orchestration.archive import Archive, Manifest
from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest.quarantine import lines_set_aside
from orchestration.ingest.ready import Options, Ready, Retry, look_at
from orchestration.ingest.result import FileResult, result
from orchestration.ingest.scratch import Scratch, scratch
from orchestration.ingest.writer import Writer
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings
from orchestration.sources import Source, load_sources


def retry_all(settings: Settings, progress: Progress | None = None) -> list[FileResult]:
    """Reads every row that is still set aside again; one result per original that has some.

    Nothing that is stored changes; what can be read now becomes a batch of its own.
    """
    archive = Archive(settings)
    kept = {each.batch_id: each for each in archive.manifests()}
    waiting = lines_set_aside(settings)
    results = []
    with (progress or Quiet()).step("Reading again", len(waiting)) as advance:
        for batch_id, places in waiting.items():
            manifest = kept.get(batch_id)
            if manifest is None:
                message = f"the archive has no original of batch {batch_id}"
                results.append(result(batch_id, "rejected", message))
            else:
                results.append(retry_one(settings, archive, manifest, Retry(batch_id, *places)))
            advance(1)
    return results


def retry_one(settings: Settings, archive: Archive, manifest: Manifest, retry: Retry) -> FileResult:
    """One original, as its manifest describes it."""
    sources = load_sources(settings)
    store = EventStore(settings)
    with store.writing(), scratch(settings, "retry") as work:
        try:
            ready = _open(settings, sources, archive, manifest, work)
        except HosoError as trouble:
            return result(manifest.name, "rejected", str(trouble), manifest.source)
        if not isinstance(ready, Ready):
            return replace(ready, file=manifest.name)
        if not _has_same_steps(manifest.yaml, ready.source.text):
            retry = replace(retry, steps=())
        return Writer(settings, store, work).take(ready, Options(retry=retry))


def _has_same_steps(then: str, now: str) -> bool:
    """Steps inside of rows are numbered along those that the source declares: where it declares
    others by now, the numbers of then name others.
    """
    import yaml

    before, after = (yaml.safe_load(text).get("steps") for text in (then, now))
    return bool(before == after)


def _open(
    settings: Settings,
    sources: dict[str, Source],
    archive: Archive,
    manifest: Manifest,
    work: Scratch,
) -> Ready | FileResult:
    if manifest.source not in sources:
        raise HosoError(f"its source {manifest.source!r} is gone")
    path = work.folder / Path(manifest.name).name
    path.write_bytes(archive.get(manifest.sha256))
    observed_at = datetime.fromisoformat(manifest.observed_at)
    options = Options(manifest.source, observed_at, manifest.unit)
    (looked,) = look_at(settings, sources, path, options, work)
    if not isinstance(looked, Ready):
        return looked
    file = replace(looked.file, shown=manifest.name, name=manifest.name)
    return replace(looked, file=file, observed_at=observed_at.replace(tzinfo=None))
