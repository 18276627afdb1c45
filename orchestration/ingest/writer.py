"""Stores lists that are ready: original, rows and what is said of them, in one commit each."""

from dataclasses import replace
from datetime import UTC

from orchestration.archive import Archive
from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest import pseudonyms
from orchestration.ingest.batch import Judged, events_sql, judge
from orchestration.ingest.envelope import Envelope
from orchestration.ingest.extract import extract_of, manifest_of, remarks_on
from orchestration.ingest.fingerprint import batch_id_of, stamp_of
from orchestration.ingest.identity import Identity
from orchestration.ingest.known import Known
from orchestration.ingest.mapping import TABLES, Typed, type_rows
from orchestration.ingest.nested import nested_steps
from orchestration.ingest.ready import Options, Ready, Retry
from orchestration.ingest.result import (
    Counts,
    FileResult,
    Postponed,
    Rejected,
    Unsteady,
    postponed,
    result,
)
from orchestration.ingest.scratch import Scratch
from orchestration.ingest.typed_steps import type_progress
from orchestration.pseudonym import key_for_writing
from orchestration.settings import Settings
from orchestration.sources.kinds import KINDS


class Writer:
    """Stores files that are ready, one after the other."""

    def __init__(self, settings: Settings, store: EventStore, work: Scratch) -> None:
        """Loads what the store already has."""
        self._settings = settings
        self._store = store
        self._work = work
        self._known = Known(work, store)
        self._archive = Archive(settings)

    def take(self, ready: Ready, options: Options) -> FileResult:
        """One file: archive, then the one commit; or nothing at all."""
        import duckdb
        from deltalake.exceptions import DeltaError

        name = ready.source.name
        file = ready.file.shown
        try:
            if options.retry is None and self._known.has(ready.batch_id):
                message = "this very file is already stored"
                return result(file, "nothing_new", message, name, ready.batch_id)
            return self._store_rows(ready, options)
        except Rejected as refusal:
            return result(file, "rejected", str(refusal), name)
        except Unsteady as change:
            return result(file, "rejected", str(change), name, kind=Postponed)
        except OSError as error:
            return postponed(file, name, error.strerror or str(error))
        except (duckdb.IOException, duckdb.OutOfMemoryException, DeltaError) as error:
            return postponed(file, name, str(error).splitlines()[0])
        finally:
            self._work.drop(*TABLES)

    def _store_rows(self, ready: Ready, options: Options) -> FileResult:
        if options.backfill and self._known.has_live(ready.source.name):
            raise Rejected(
                f"{ready.source.name} has live batches: what it says now is known since now; "
                "ingest it without --backfill"
            )
        if pseudonyms.is_needed(ready.source, ready.opened):
            self._use_key()
        typed, judged = self._judge(ready, options.retry)
        counts = sum((each.counts for each in judged), Counts())
        if options.retry is not None:
            if counts.read == 0:
                message = "none of its rows set aside can be read yet"
                return result(ready.file.shown, "nothing_new", message, ready.source.name)
            options, ready = self._named_again(ready, options, options.retry, judged)
        recorded_at = self._settings.clock().astimezone(UTC).replace(tzinfo=None)
        envelope = Envelope(
            source=ready.source.name,
            system=ready.source.system,
            batch_id=ready.batch_id,
            observed_at=ready.observed_at,
            known_at=ready.observed_at if options.backfill else recorded_at,
            recorded_at=recorded_at,
        )
        if typed.control_total is not None and typed.control_total != judged[0].counts.read:
            raise Rejected(
                f"the list prints a total of {typed.control_total} but has "
                f"{judged[0].counts.read} rows; export it again"
            )
        steady = self._archive.put(
            ready.file.path,
            manifest_of(ready, envelope, options.retry),
            recorded_at,
            lambda: stamp_of(ready.file.path) == ready.print.stamp,
        )
        if not steady:
            raise Unsteady("the file was changed while it was read; send it again when complete")
        file, name = ready.file.shown, ready.source.name
        adds = sum(each.adds for each in judged)
        if adds == 0 and counts.read > 0 and options.retry is None:
            message = "all its rows are already stored"
            return result(file, "nothing_new", message, name, ready.batch_id, counts=counts)
        extract = extract_of(self._work, ready, options, typed=typed, judged=judged)
        events = "batch_events"
        self._work.run(
            f"create or replace view {events} as {events_sql(judged, envelope, extract)}"
        )
        self._store.append(self._work.con, events, ready.batch_id, adds + 1)
        is_old = options.backfill or options.retry is not None
        self._known.add([each.fate for each in judged], envelope, is_old)
        return result(
            file, "stored", remarks_on(ready, counts), name, ready.batch_id, counts=counts
        )

    def _named_again(
        self, ready: Ready, options: Options, retry: Retry, judged: list[Judged]
    ) -> tuple[Options, Ready]:
        """The batch of a retry is named by what it takes in: after a kill it has the same name."""
        places = [
            tuple(
                line for (line,) in self._work.rows(f"select line_no from {each.fate} order by 1")
            )
            for each in judged
        ]
        said = "|".join(("retry", retry.of, *(",".join(map(str, lines)) for lines in places)))
        batch_id = batch_id_of(ready.source.name, ready.print.sha256, said)
        return replace(options, retry=Retry(retry.of, *places)), replace(ready, batch_id=batch_id)

    def _use_key(self) -> None:
        """Raises ``Unsteady`` when the key of the pseudonyms is lost: the file waits for it."""
        try:
            pseudonyms.install(self._work, key_for_writing(self._settings))
        except HosoError as trouble:
            raise Unsteady(f"{trouble}; nothing was stored") from trouble

    def _judge(self, ready: Ready, retry: Retry | None) -> tuple[Typed, list[Judged]]:
        work, source = self._work, ready.source
        raw = ready.opened.load()
        limit = self._settings.max_cell_chars
        identity = Identity(KINDS[source.kind].type, source.system, ready.observed_at)
        typed = type_rows(
            work,
            source,
            ready.opened,
            raw,
            identity=identity,
            unit=ready.unit,
            max_cell=limit,
        )
        if retry is not None:
            typed = retry.narrowed(typed)
        layout = typed.layout if source.kind == "dossiers" else None
        judged = [
            judge(work, self._known, typed.relation, identity, source=source.name, layout=layout)
        ]
        steps_of = source
        nested = nested_steps(work, source, ready.opened, raw)
        if nested:
            raw = replace(raw, progress=nested, tables=(*raw.tables, nested))
            # the relation has the canonical names already
            names = ("activity", "occurred_at", "due_at")
            steps_of = replace(source, progress={name: name for name in names})
        if raw.progress and (retry is None or retry.steps):
            steps = Identity("dossier.progressed", source.system, ready.observed_at)
            rows = type_progress(work, steps_of, raw.progress, steps, limit)
            if retry is not None:
                rows = retry.narrowed_steps(rows)
            judged.append(judge(work, self._known, rows, steps, source=source.name))
        work.drop(*raw.tables)
        return typed, judged
