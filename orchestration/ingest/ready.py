"""From a file to a list that can be taken in: its source, its moment, its unit, or why not.

What belongs here: what is known of a file before its rows are read, and what is refused. What does
not: how a format is read (``readers``), what a row means (``mapping``).
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from orchestration.errors import HosoError
from orchestration.ingest.facts import facts_from
from orchestration.ingest.fingerprint import Fingerprint, batch_id_of, fingerprint
from orchestration.ingest.incoming import Incoming, incoming
from orchestration.ingest.mapping import Typed
from orchestration.ingest.opened import Facts, Given, ObservedFrom, Opened
from orchestration.ingest.readers import open_file, source_of
from orchestration.ingest.result import FileResult, Postponed, Rejected, Unsteady, postponed, result
from orchestration.ingest.scratch import Scratch
from orchestration.settings import Settings
from orchestration.sources import Source

_FIRST_YEAR: Final = 1990
_AHEAD: Final = timedelta(days=366)
"""A slip in the year: of two lists the one exported later holds, so it would hold for ever."""
_PLACES: Final = {"content": "in its title", "name": "in its name", "option": "--observed-at"}


@dataclass(frozen=True)
class Options:
    """What the caller says beside the files; ``observed_at`` without offset is office time."""

    source: str | None = None
    observed_at: datetime | None = None
    unit: str | None = None
    backfill: bool = False
    retry: "Retry | None" = None
    name: str | None = None
    """What the store calls the file; else its own name."""


@dataclass(frozen=True)
class Retry:
    """Rows of an original that were set aside, to be read again (decision 014).

    ``of``: the batch that set them aside; ``lines``: where they stand; ``steps``: of the dated
    steps inside of the rows, which are counted apart, their numbers.
    """

    of: str
    lines: tuple[int, ...]
    steps: tuple[int, ...] = ()

    def narrowed(self, typed: Typed) -> Typed:
        """Only those of the rows that can be read by now."""
        listed = ", ".join(map(str, self.lines)) or "null"
        return replace(
            typed,
            relation=f"(select * from {typed.relation} where problem is null"
            f" and line_no in ({listed}))",
            control_total=None,
        )

    def narrowed_steps(self, relation: str) -> str:
        """Only those of the steps that can be read by now."""
        listed = ", ".join(map(str, self.steps)) or "null"
        return f"(select * from {relation} where problem is null and line_no in ({listed}))"

    def as_data(self) -> dict[str, Any]:
        """As ``extract.completed`` tells it."""
        return {"of": self.of, "lines": self.lines} | ({"steps": self.steps} if self.steps else {})


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


def look_at(
    settings: Settings, sources: dict[str, Source], path: Path, options: Options, work: Scratch
) -> list[Ready | FileResult]:
    """Everything about a file, or about each member of a ZIP, but the rows; or why it is refused.

    A file that cannot be read just now is ``Postponed``.
    """
    import duckdb

    try:
        return [
            _look(settings, sources, _called(each, options.name), options, work)
            for each in incoming(settings, path, work)
        ]
    except Rejected as refusal:
        return [result(str(path), "rejected", str(refusal), options.source)]
    except Unsteady as change:
        return [result(str(path), "rejected", str(change), options.source, kind=Postponed)]
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}; nothing of it was stored, try again"
        return [result(str(path), "rejected", message, options.source, kind=Postponed)]
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        return [postponed(str(path), options.source, str(error).splitlines()[0])]


def _called(file: Incoming, name: str | None) -> Incoming:
    return file if name is None else replace(file, name=name)


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
    latest = settings.clock() + _AHEAD
    if moment.year < _FIRST_YEAR or moment.date() > latest.date():
        raise Rejected(
            f"it says that it was exported on {moment:%d/%m/%Y} ({_PLACES[observed_from]}), which"
            " cannot be: no later list would count; mend the date and send it again"
        )
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
