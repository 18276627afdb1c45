"""``hoso replay --verify``: everything rebuilt from the store, or from the archived originals, and
compared with what readers have, table by table and row by row.

What belongs here: the scratch home, its rebuild, the comparison. What does not: ingest, models.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orchestration import (
    audit,
    build_state,
    kept_figures,
    kept_reconciliation,
    pipeline,
    publish,
    service_levels,
)
from orchestration.archive import REPORT, Archive, Manifest
from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.eventstore.schema import COLUMNS
from orchestration.eventstore.store import quoted
from orchestration.ingest.quarantine import lines_set_aside
from orchestration.ingest.ready import Options, Retry
from orchestration.ingest.retry import retry_one
from orchestration.ingest.run import ingest_each
from orchestration.ingest.scratch import sweep
from orchestration.lock import exclusive
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

EVENTS: Final = "events"
EXAMPLES: Final = 3
_NOT_OF_THE_STORE: Final = {
    *("publication", kept_figures.TABLE, audit.TABLE),
    *(service_levels.RUNS, service_levels.PERIODS),
    *(kept.table for kept in kept_reconciliation.TABLES),
}
"""Published tables that tell of runs, not of what sources said."""


@dataclass(frozen=True)
class Compared:
    """One table. ``only_there``: rows that only the home has, ``only_here``: only the replay."""

    table: str
    rows: int
    only_there: int = 0
    only_here: int = 0
    columns: str | None = None
    examples: tuple[dict[str, Any], ...] = ()

    @property
    def equal(self) -> bool:
        """Same columns, same types, same rows."""
        return not self.only_there and not self.only_here and self.columns is None

    def as_row(self) -> dict[str, Any]:
        """The fields of ``hoso replay``."""
        return {"equal": self.equal, **vars(self), "examples": list(self.examples)}


@dataclass
class Replay:
    """What a replay came to; ``said``: what could not be replayed, in words."""

    tables: list[Compared] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Nothing differs and everything was replayed."""
        return not self.said and bool(self.tables) and all(each.equal for each in self.tables)


def verify(settings: Settings, *, from_archive: bool, progress: Progress | None = None) -> Replay:
    """Rebuild in a scratch folder of the home, compare, remove the scratch.

    Raises ``HosoError`` when there is nothing published, or what is published was not made from
    this store under these rules: then a run comes first.
    """
    show = progress or Quiet()
    newest = publish.latest(settings)
    if newest is None:
        raise HosoError("Nothing is published yet: there is nothing to compare with.", 4)
    found = Replay()
    with exclusive(settings), _scratch(settings) as home:
        other = settings.model_copy(update={"home": home})
        if from_archive:
            found.said += ingest_again(settings, other, show)
            found.tables.append(compare_events(settings, other))
        else:
            (home / "events").symlink_to(settings.events)
        _use_sources(settings, home)
        # which publications there were is known from the home
        (other.warehouse / settings.published_db.name).symlink_to(newest.path)
        try:
            plan = build_state.prepare(other)
            if not from_archive and plan.content_id != newest.content_id:
                raise HosoError(
                    "What is published was made from another store or under other rules:"
                    " `hoso run` first, then `hoso replay --verify`."
                )
            pipeline.build(other, plan, show)
        except _duckdb_error() as error:
            found.said.append(f"the store cannot be read: {str(error).splitlines()[0]}")
        except HosoError as error:
            if not str(error).startswith("The warehouse could not be built"):
                raise
            # where the log lies is of no use: it goes with the scratch
            found.said.append("\n".join(str(error).splitlines()[:-1]))
        else:
            found.tables += _compare_tables(settings, other, newest.path, show)
    return found


def _duckdb_error() -> type[Exception]:
    import duckdb

    return duckdb.Error


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    """A home of its own below the home; what a killed replay left is swept first."""
    sweep(settings, "replay")
    home = Path(tempfile.mkdtemp(prefix="replay-", dir=settings.folder("scratch")))
    try:
        yield home
    finally:
        shutil.rmtree(home)


def _use_sources(settings: Settings, home: Path) -> None:
    """The office's own sources, as they are now: the rules of the build."""
    shutil.rmtree(home / "sources", ignore_errors=True)
    own = settings.home.absolute() / "sources"
    if own.is_dir():
        shutil.copytree(own, home / "sources")


def ingest_again(settings: Settings, other: Settings, progress: Progress) -> list[str]:
    """Take in all originals as they were taken in then; what could not be, in words."""
    archive = Archive(settings)
    manifests = sorted((m for m in archive.manifests() if m.source != REPORT), key=_order)
    # the same persons get the same pseudonyms; originals are encrypted with a key of the scratch's
    for key in settings.folder("secrets").glob("pseudonym*"):
        shutil.copy2(key, other.folder("secrets") / key.name)
    said = []
    with progress.step("Taking originals in again", len(manifests)) as advance:
        for manifest in manifests:
            try:
                said += _ingest_one(archive, manifest, other)
            except HosoError as error:
                said.append(f"{manifest.name}: {error}")
            advance(1)
    return said


def _order(manifest: Manifest) -> tuple[str, bool, bool, str, str]:
    """As they were taken in: of one run the backfill first, then by observation and name."""
    live = manifest.known_at == manifest.recorded_at
    again = manifest.retry_of is not None
    return (manifest.recorded_at, again, live, manifest.observed_at, manifest.name)


def _ingest_one(archive: Archive, manifest: Manifest, other: Settings) -> list[str]:
    folder = other.folder("originals")
    path = folder / Path(manifest.name).name
    sources = other.folder("sources")
    (sources / f"{manifest.source}.yml").write_text(manifest.yaml, encoding="utf-8")
    then = other.model_copy(update={"now": datetime.fromisoformat(manifest.recorded_at)})
    if manifest.retry_of is not None:
        places = lines_set_aside(then).get(manifest.retry_of, ((), ()))
        again = retry_one(then, archive, manifest, Retry(manifest.retry_of, *places))
        return [f"{manifest.name}: {again.message}"] if again.status == "rejected" else []
    path.write_bytes(archive.get(manifest.sha256))
    observed = datetime.fromisoformat(manifest.observed_at).astimezone(other.zone)
    said = Options(
        source=manifest.source,
        observed_at=observed.replace(tzinfo=None),
        unit=manifest.unit,
        backfill=manifest.known_at != manifest.recorded_at,
        # one that came in a ZIP has its name in it
        name=manifest.name,
    )
    results = ingest_each(then, [path], said)[path]
    path.unlink()
    return [f"{manifest.name}: {each.message}" for each in results if each.status == "rejected"]


def compare_events(settings: Settings, other: Settings) -> Compared:
    """The stores of two homes, event by event."""
    import duckdb

    with duckdb.connect(config=_config(other)) as con:
        con.execute("set timezone = 'UTC'")
        try:
            return _compare(
                con,
                EVENTS,
                f"({EventStore(settings).relation_sql()})",
                f"({EventStore(other).relation_sql()})",
                [(name, kind) for name, kind in COLUMNS.items()],
            )
        except duckdb.Error as error:
            said = f"the store cannot be read: {str(error).splitlines()[0]}"
            return Compared(EVENTS, 0, columns=said)


def _compare_tables(
    settings: Settings, other: Settings, published: Path, progress: Progress
) -> list[Compared]:
    """Every public table of the replay and of the publication."""
    import duckdb

    with duckdb.connect(config=_config(other)) as con:
        con.execute("set timezone = 'UTC'")
        con.execute(f"attach {quoted(str(published))} as there (read_only)")
        # its views name their tables with the name that it has as a file of its own
        con.execute(f"attach {quoted(str(other.build_db))} as build (read_only)")
        here, there = _described(con, "build"), _described(con, "there")
        names = sorted(name for name in here.keys() | there.keys() if name not in _NOT_OF_THE_STORE)
        compared = []
        with progress.step("Comparing tables", len(names)) as advance:
            for name in names:
                said = _columns_differ(here.get(name), there.get(name))
                if said is not None:
                    compared.append(Compared(name, 0, columns=said))
                else:
                    sides = (f'there.main."{name}"', f'build.main."{name}"')
                    compared.append(_compare(con, name, *sides, here[name]))
                advance(1)
    return compared


def _described(con: "duckdb.DuckDBPyConnection", database: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in con.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = ? and schema_name = 'main' order by table_name, column_name",
        [database],
    ).fetchall():
        if table.startswith(publish.PUBLIC) or table == "publication":
            found.setdefault(table, []).append((column, kind))
    return found


def _columns_differ(
    here: Sequence[tuple[str, str]] | None, there: Sequence[tuple[str, str]] | None
) -> str | None:
    if here is None or there is None:
        return "only the replay has this table" if there is None else "only the home has this table"
    differing = sorted(set(here) ^ set(there))
    if not differing:
        return None
    named = ", ".join(
        f"{name} {kind} ({'replay' if (name, kind) in here else 'home'})"
        for name, kind in differing
    )
    return f"other columns or types: {named}"


def _compare(
    con: "duckdb.DuckDBPyConnection",
    name: str,
    there: str,
    here: str,
    columns: Sequence[tuple[str, str]],
) -> Compared:
    """Order-free hashes first; rows one by one only where those differ."""
    listed = ", ".join(f'"{column}"' for column, _ in columns)
    marks = [
        con.execute(
            "select count(*), bit_xor(hash(t)), sum(cast(hash(t) as hugeint))"
            f" from (select {listed} from {side}) as t"
        ).fetchall()[0]
        for side in (there, here)
    ]
    rows = marks[0][0]
    if marks[0] == marks[1]:
        return Compared(name, rows)
    counts = []
    examples: list[dict[str, Any]] = []
    for where, left, right in (("there", there, here), ("here", here, there)):
        only = f"select {listed} from {left} except all select {listed} from {right}"
        ((count,),) = con.execute(f"select count(*) from ({only})").fetchall()
        counts.append(count)
        cursor = con.execute(f"select * from ({only}) order by all limit {EXAMPLES}")
        names = [column[0] for column in cursor.description or ()]
        examples += [
            {"only": where, **dict(zip(names, row, strict=True))} for row in cursor.fetchall()
        ]
    return Compared(name, rows, counts[0], counts[1], examples=tuple(examples))


def _config(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "temp_directory": str(settings.home / "spill"),
    }
