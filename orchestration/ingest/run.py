"""From files to batches: which source, which moment, archive, one commit each.

What belongs here: the order of things and what is refused. What does not: how a format is read
(``csv_file``, ``xlsx``, ``xes``), what a row means (``mapping``), what is new (``batch``).
"""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.archive import Archive, Manifest
from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest import pseudonyms
from orchestration.ingest.batch import Judged, events_sql, judge
from orchestration.ingest.envelope import Envelope
from orchestration.ingest.facts import facts_from
from orchestration.ingest.fingerprint import Fingerprint, batch_id_of, fingerprint, stamp_of
from orchestration.ingest.identity import Identity
from orchestration.ingest.incoming import Incoming, incoming
from orchestration.ingest.known import Known
from orchestration.ingest.mapping import TABLES, Typed, type_progress, type_rows
from orchestration.ingest.nested import nested_steps
from orchestration.ingest.opened import Facts, Given, ObservedFrom, Opened
from orchestration.ingest.readers import open_file, source_of
from orchestration.ingest.result import Counts, FileResult, Postponed, Rejected, Unsteady, result
from orchestration.ingest.scratch import Scratch, scratch, sweep
from orchestration.progress import Progress, Quiet
from orchestration.pseudonym import key_for_writing
from orchestration.settings import Settings
from orchestration.sources import Source, load_sources
from orchestration.sources.kinds import KINDS

_PURPOSE = "ingest"


@dataclass(frozen=True)
class Options:
    """What the caller says beside the files; ``observed_at`` without offset is office time."""

    source: str | None = None
    observed_at: datetime | None = None
    unit: str | None = None
    backfill: bool = False
    retry: "Retry | None" = None


@dataclass(frozen=True)
class Retry:
    """Rows of an original that were set aside, to be read again (decision 014).

    ``of``: the batch that set them aside; ``lines``: where they stand.
    """

    of: str
    lines: tuple[int, ...]

    def narrowed(self, typed: Typed) -> Typed:
        """Only those of the rows that can be read by now."""
        listed = ", ".join(map(str, self.lines))
        return replace(
            typed,
            relation=f"(select * from {typed.relation} where problem is null"
            f" and line_no in ({listed}))",
            control_total=None,
        )


@dataclass(frozen=True)
class Ready:
    """A file that can be taken in: all is known but its rows. Moments are UTC without a zone."""

    file: Incoming
    source: Source
    print: Fingerprint
    opened: Opened
    facts: Facts
    unit: str | None
    observed_at: datetime
    observed_from: ObservedFrom
    batch_id: str
    key: str = ""
    """Finds its result again."""


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


def look_at(
    settings: Settings, sources: dict[str, Source], path: Path, options: Options, work: Scratch
) -> list[Ready | FileResult]:
    """Everything about a file, or about each member of a ZIP, but the rows; or why it is refused.

    A file that cannot be read just now is ``Postponed``.
    """
    import duckdb

    try:
        return [
            _look(settings, sources, each, options, work) for each in incoming(settings, path, work)
        ]
    except Rejected as refusal:
        return [result(str(path), "rejected", str(refusal), options.source)]
    except Unsteady as change:
        return [result(str(path), "rejected", str(change), options.source, kind=Postponed)]
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}; nothing of it was stored, try again"
        return [result(str(path), "rejected", message, options.source, kind=Postponed)]
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        return [_postponed(str(path), options.source, str(error).splitlines()[0])]


def _look(
    settings: Settings, sources: dict[str, Source], file: Incoming, options: Options, work: Scratch
) -> Ready | FileResult:
    name, path = options.source, file.path
    try:
        if file.refusal is not None:
            raise Rejected(file.refusal)
        source = sources[name] if name else source_of(path, sources)
        name = source.name
        limit = settings.max_file_mb * 1024 * 1024
        if path.stat().st_size > limit:
            raise Rejected(f"the file is larger than HOSO_MAX_FILE_MB ({settings.max_file_mb})")
        mark = fingerprint(path)
        if mark.size == 0:
            raise Rejected("the file is empty")
        opened = open_file(path, source, work, Given(mark, limit))
        return _ready(settings, file, source, mark=mark, opened=opened, options=options)
    except (Rejected, HosoError) as refusal:
        return result(file.shown, "rejected", str(refusal), name)


def _ready(
    settings: Settings,
    file: Incoming,
    source: Source,
    *,
    mark: Fingerprint,
    opened: Opened,
    options: Options,
) -> Ready:
    named = facts_from([file.path.name], [source.name_pattern] if source.name_pattern else [])
    given: tuple[tuple[ObservedFrom, datetime | None], ...] = (
        ("content", opened.title.observed),
        ("name", named.observed),
        ("option", options.observed_at),
    )
    allowed = [
        (place, moment) for place, moment in given if moment and place in source.observed_from
    ]
    if not allowed:
        raise Rejected(
            "nothing says when the list was exported (its title, its name); "
            "say it with --observed-at 'yyyy-MM-dd HH:mm'"
        )
    observed_from, moment = allowed[0]
    first_day = opened.title.first_day or named.first_day
    last_day = opened.title.last_day or named.last_day
    if first_day and last_day and last_day < first_day:
        raise Rejected(f"its period ends ({last_day}) before it begins ({first_day})")
    zone = settings.zone if observed_from == "option" else ZoneInfo(source.zone)
    unit = _unit(source, opened, named, options)
    # the same moment is the same however it was written: a replay says it in office time
    said = "" if observed_from == "content" else _wall_clock(moment, zone).isoformat()
    said += f"|{unit}" if unit and source.unit_from in {"name", "option"} else ""
    return Ready(
        file=file,
        source=source,
        print=mark,
        opened=opened,
        facts=Facts(first_day=first_day, last_day=last_day),
        unit=unit,
        observed_at=_utc(moment, zone),
        observed_from=observed_from,
        batch_id=batch_id_of(source.name, mark.sha256, said),
    )


def _unit(source: Source, opened: Opened, named: Facts, options: Options) -> str | None:
    """The unit of a list without a column for it."""
    if source.kind != "dossiers" or "unit_name" in opened.fields:
        return None
    unit = {"title": opened.title.unit, "name": named.unit}.get(source.unit_from) or options.unit
    if unit is None and source.unit_from != "column":
        raise Rejected("nothing says whose list it is; say it with --unit CODE")
    return unit


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def _utc(moment: datetime, zone: ZoneInfo) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).replace(tzinfo=None)


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
            return _postponed(file, name, error.strerror or str(error))
        except (duckdb.IOException, duckdb.OutOfMemoryException, DeltaError) as error:
            return _postponed(file, name, str(error).splitlines()[0])
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
            options, ready = self._named_again(ready, options, options.retry, typed)
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
            _manifest(ready, envelope, options.retry),
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
        extract = self._extract(ready, options, typed, judged, counts)
        events = "batch_events"
        self._work.run(
            f"create or replace view {events} as {events_sql(judged, envelope, extract)}"
        )
        self._store.append(self._work.con, events, ready.batch_id, adds + 1)
        is_old = options.backfill or options.retry is not None
        self._known.add([each.fate for each in judged], envelope, is_old)
        return result(file, "stored", _remarks(ready, counts), name, ready.batch_id, counts=counts)

    def _named_again(
        self, ready: Ready, options: Options, retry: Retry, typed: Typed
    ) -> tuple[Options, Ready]:
        """The batch of a retry is named by what it takes in: after a kill it has the same name."""
        rows = self._work.rows(f"select line_no from {typed.relation} order by line_no")
        lines = tuple(line for (line,) in rows)
        said = f"retry|{retry.of}|{','.join(map(str, lines))}"
        batch_id = batch_id_of(ready.source.name, ready.print.sha256, said)
        return replace(options, retry=Retry(retry.of, lines)), replace(ready, batch_id=batch_id)

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
        if raw.progress and retry is None:
            steps = Identity("dossier.progressed", source.system, ready.observed_at)
            rows = type_progress(work, steps_of, raw.progress, steps, limit)
            judged.append(judge(work, self._known, rows, steps, source=source.name))
        work.drop(*raw.tables)
        return typed, judged

    def _extract(
        self, ready: Ready, options: Options, typed: Typed, judged: list[Judged], counts: Counts
    ) -> dict[str, Any]:
        """``data`` of ``extract.completed`` (docs/contracts.md)."""
        units: dict[str, int] = {}
        if ready.source.kind == "dossiers":
            sql = (
                f"select unit_name, count(*) from {typed.relation}"
                " where problem is null and unit_name is not null group by unit_name order by 1"
            )
            units = {str(unit): int(number) for unit, number in self._work.rows(sql)}
        for names in _named_units(ready):
            sql = f"select distinct {names} from {typed.relation} where problem is null"
            # named, but no dossier stands in its list
            units |= {
                str(each): 0 for (each,) in self._work.rows(sql) if each not in {None, *units}
            }
        digest = self._work.one(
            f"select to_hex(coalesce(bit_xor(id_bits), 0)) from {judged[0].fate}"
            " where outcome in ('stored', 'unchanged')"
        )[0]
        headers = ready.opened.headers
        keyed = pseudonyms.columns(ready.source, ready.opened)
        kept = {headers[n]: field for field, n in (ready.opened.fields | keyed).items()}
        source, facts = ready.source, ready.facts
        known_period = facts.first_day is not None and facts.last_day is not None
        return {
            "file": ready.file.name,
            "sha256": ready.print.sha256,
            "bytes": ready.print.size,
            "format": ready.opened.format,
            "scope": {
                # a list of no known period cannot tell who is missing from it
                "full": source.scope_full
                and options.retry is None
                and (source.scope_date_field is None or known_period),
                "unit": ready.unit,
                "date_field": source.scope_date_field,
                "from": facts.first_day.isoformat() if facts.first_day else None,
                "to": facts.last_day.isoformat() if facts.last_day else None,
            },
            "control_total": typed.control_total,
            "counts": {
                "read": counts.read,
                "stored": counts.stored,
                "unchanged": counts.unchanged,
                "duplicate": counts.duplicate,
                "quarantined": counts.quarantined,
            },
            "columns": kept,
            "dropped": [header for header in ready.opened.dropped if header not in kept],
            "units": units,
            "layout": typed.layout,
            "observed_from": ready.observed_from,
            "backfill": options.backfill,
            "retry": asdict(options.retry) if options.retry else None,
            "list_digest": digest,
            "yaml_sha256": _sha256(source.text),
        }


def _named_units(ready: Ready) -> list[str]:
    """SQL of the cells that name a unit without listing its dossiers."""
    if ready.source.kind == "dossiers":
        roles = ("reception_unit", "help_unit")
        return [f"data->>'$.{role}'" for role in roles if role in ready.opened.fields]
    # a report may be of an office that sends no lists, and of all units at once
    if ready.source.kind == "statements":
        return []
    return ["unit_name"] if "unit_name" in ready.opened.fields else []


def _postponed(file: str, source: str | None, reason: str) -> FileResult:
    message = f"could not be stored ({reason}); nothing of it was, try again"
    return result(file, "rejected", message, source, kind=Postponed)


def _remarks(ready: Ready, counts: Counts) -> str:
    parts = list(ready.opened.remarks)
    if counts.quarantined:
        parts.append(f"{counts.quarantined} rows set aside, see: hoso quarantine list")
    return "; ".join(parts)


def _manifest(ready: Ready, envelope: Envelope, retry: Retry | None) -> Manifest:
    return Manifest(
        sha256=ready.print.sha256,
        name=ready.file.name,
        source=ready.source.name,
        batch_id=ready.batch_id,
        observed_at=f"{envelope.observed_at.isoformat()}Z",
        known_at=f"{envelope.known_at.isoformat()}Z",
        recorded_at=f"{envelope.recorded_at.isoformat()}Z",
        unit=ready.unit,
        yaml_sha256=_sha256(ready.source.text),
        yaml=ready.source.text,
        retry_of=retry.of if retry else None,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
