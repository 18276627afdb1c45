"""The append-only table of everything any source said: one Delta commit per batch, read by DuckDB.

What belongs here: where the table lies, how a batch gets in, which files hold it.
What does not: what an event means (``orchestration.ingest``), how it is folded (``models/``).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from orchestration.disk import sync
from orchestration.eventstore.schema import COLUMNS, REQUIRED
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb
    from deltalake import DeltaTable

_DELTA_TYPES = {
    "varchar": "string",
    "timestamp": "timestamp_ntz",
    "integer": "integer",
    "bigint": "long",
    "boolean": "boolean",
}


def quoted(text: str) -> str:
    """``text`` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def relation_sql(files: list[str]) -> str:
    """A select of all columns of the event table from ``files``; of no rows without a file."""
    if not files:
        columns = ", ".join(f"null::{kind} as {name}" for name, kind in COLUMNS.items())
        return f"select {columns} where false"
    listed = ", ".join(quoted(file) for file in files)
    return (
        f"select {', '.join(COLUMNS)} from read_parquet([{listed}], "
        "hive_partitioning = true, hive_types = {'batch_id': varchar})"
    )


class EventStore:
    """The Delta table ``<home>/events``; grain: one thing a source said.

    The object keeps the table's state between commits, so one writer per process is enough.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is made before the first batch comes."""
        self._path = settings.events
        self._lock_path = settings.home.absolute() / "events.lock"
        self._table: DeltaTable | None = None

    def table(self) -> "DeltaTable":
        """The Delta table, made (``delta.appendOnly``) when it is not there yet."""
        from deltalake import DeltaTable, Field, Schema
        from deltalake.schema import PrimitiveType

        if self._table is not None:
            return self._table
        if self._is_made():
            self._table = DeltaTable(self._path)
            return self._table
        fields = [
            Field(name, PrimitiveType(_DELTA_TYPES[kind]), nullable=name not in REQUIRED)
            for name, kind in COLUMNS.items()
        ]
        self._path.mkdir(parents=True, exist_ok=True)
        self._table = DeltaTable.create(
            self._path,
            Schema(fields),
            partition_by=["batch_id"],
            configuration={"delta.appendOnly": "true"},
        )
        self._sync_commit(self._table)
        return self._table

    def _is_made(self) -> bool:
        """Whether the first commit is there: a process may die between making the log and it."""
        if not (self._path / "_delta_log").is_dir():
            return False
        from deltalake import DeltaTable

        return DeltaTable.is_deltatable(str(self._path))

    def files(self) -> list[str]:
        """Absolute paths of the Parquet files that make up the table now, sorted."""
        if not self._is_made():
            return []
        return sorted(_local(uri) for uri in self.table().file_uris())

    def files_of(self, batch_ids: set[str]) -> list[str]:
        """The files of some batches only."""
        return [file for file in self.files() if batch_of(file) in batch_ids]

    def batches(self) -> set[str]:
        """Ids of all batches in the store."""
        return {batch_of(file) for file in self.files()}

    def relation_sql(self) -> str:
        """SQL of the whole event table as it is now."""
        return relation_sql(self.files())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the store for one writing process; a second one waits until the first is done."""
        self._lock_path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock_path.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if self._table is not None:
                self._table.update_incremental()
            yield

    def append(
        self, con: "duckdb.DuckDBPyConnection", relation: str, batch_id: str, rows: int
    ) -> None:
        """Commits the ``rows`` rows of ``relation`` (of ``con``, with all ``COLUMNS``).

        The file is complete and synced before the one commit that makes it part of the table, and
        that commit before anything that relies on it: a crash, and a cut of the power, leave the
        batch wholly there or not there at all.
        """
        from deltalake.transaction import AddAction

        name = f"batch_id={batch_id}/events.zstd.parquet"
        target = self._path / name
        table = self.table()
        target.parent.mkdir(exist_ok=True)
        columns = ", ".join(column for column in COLUMNS if column != "batch_id")
        con.execute(
            f"copy (select {columns} from {relation}) to {quoted(str(target))} "
            "(format parquet, compression zstd, compression_level 1, overwrite_or_ignore true)"
        )
        for each in (target, target.parent, target.parent.parent):
            sync(each)
        stat = target.stat()
        action = AddAction(
            path=name,
            size=stat.st_size,
            partition_values={"batch_id": batch_id},
            modification_time=stat.st_mtime_ns // 1_000_000,
            data_change=True,
            stats=f'{{"numRecords": {rows}}}',
        )
        table.create_write_transaction(
            [action], mode="append", schema=table.schema(), partition_by=["batch_id"]
        )
        table.update_incremental()
        self._sync_commit(table)

    def _sync_commit(self, table: "DeltaTable") -> None:
        # the library links a commit's file into the log without waiting for the disk
        log = self._path / "_delta_log"
        for each in (log / f"{table.version():020}.json", log):
            sync(each)


def batch_of(file: str) -> str:
    """The batch whose rows a file of the store holds."""
    return Path(file).parent.name.removeprefix("batch_id=")


def _local(uri: str) -> str:
    path = uri.removeprefix("file://")
    # quoted also without the scheme: a home may have a blank in its name, or a real percent sign
    return path if Path(path).exists() else unquote(path)
