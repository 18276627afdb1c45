"""What the store already holds, for one run of ingest: loaded once, kept up after each batch."""

from datetime import datetime

from orchestration.eventstore import EventStore, relation_sql
from orchestration.eventstore.store import quoted
from orchestration.ingest.envelope import Envelope
from orchestration.ingest.identity import SIGHTED_AGAIN
from orchestration.ingest.scratch import Scratch, moment
from orchestration.sources.kinds import KINDS

_REPEATED = ", ".join(quoted(kind) for kind, again in SIGHTED_AGAIN.items() if kind == again)
_ONCE = ", ".join(quoted(kind.type) for kind in KINDS.values() if kind.type != kind.sighted_again)


class Known:
    """Tables of the scratch: ``known`` (each subject and content ever observed, once, as hashes
    of this connection) and ``extract`` (one row per batch)."""

    def __init__(self, scratch: Scratch, store: EventStore) -> None:
        """Reads the store."""
        self._scratch = scratch
        self._store = store
        events = relation_sql(store.files())
        self._batches = store.batches()
        scratch.run(
            f"""
            create table known as
            select hash(subject) as subject_hash, content_hash
            from ({events}) where type in ({_ONCE})
            union all
            select distinct hash(subject), content_hash
            from ({events}) where type in ({_REPEATED})
            """
        )
        scratch.run(
            f"""
            create table extract as
            select batch_id, source, observed_at,
                -- what a retry takes in was told with its list
                data->>'$.backfill' = 'true' or data->>'$.retry' is not null as is_backfill
            from ({events}) where type = 'extract.completed'
            """
        )

    def has(self, batch_id: str) -> bool:
        """Whether this very file is in the store."""
        return batch_id in self._batches

    def has_live(self, source: str) -> bool:
        """Whether the source has a batch that was no backfill."""
        rows = self._scratch.rows(
            "select 1 from extract where source = ? and not is_backfill limit 1", [source]
        )
        return bool(rows)

    def seen_at(self, observed_at: datetime) -> str:
        """SQL of the events of all batches with this very ``observed_at``."""
        rows = self._scratch.rows(
            f"select batch_id from extract where observed_at = {moment(observed_at)}"
        )
        return relation_sql(self._store.files_of({row[0] for row in rows}))

    def add(self, fates: list[str], envelope: Envelope, is_backfill: bool) -> None:
        """A batch that has just been committed, with the fates of its rows."""
        self._batches.add(envelope.batch_id)
        for fate in fates:
            self._scratch.run(
                "insert into known select subject_hash, content_hash"
                f" from {fate} where outcome = 'stored'"
            )
        self._scratch.run(
            "insert into extract values (?, ?, ?, ?)",
            [envelope.batch_id, envelope.source, envelope.observed_at, is_backfill],
        )
