"""What the build warehouse was made from: is anything to be built, and from scratch or not."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration.errors import HosoError
from orchestration.raw import prepare_raw
from orchestration.settings import PROJECT_DIR, Settings

if TYPE_CHECKING:
    import duckdb

_RULES: Final = (
    "dbt_project.yml",
    "profiles.yml",
    "seeds/**/*.csv",
    "models/**/*.sql",
    "macros/**/*.sql",
    "orchestration/sources/**/*.yml",
)
"""Files of the project that the ledger depends on, and nothing else."""

_STATE: Final = """
create schema if not exists meta;
create table if not exists meta.build_state (rules_hash varchar, content_id varchar);
create table if not exists meta.applied_batch (model varchar, batch_id varchar);
"""

_MUST_START_ANEW: Final = """
with applied as (
    select distinct batch.batch_id, batch.known_at
    from raw.batch as batch
    inner join meta.applied_batch as applied on batch.batch_id = applied.batch_id
),

fresh as (
    select batch_id, known_at
    from raw.batch
    where batch_id not in (select batch_id from applied)
)

select
    exists (
        select 1
        from fresh
        where (known_at, batch_id) < (select max((known_at, batch_id)) from applied)
    )
    or (
        exists (select 1 from applied)
        and exists (
            select 1
            from raw.event as event
            inner join fresh on event.batch_id = fresh.batch_id
            where event.type in ('unit.observed', 'procedure.observed')
        )
    )
"""
"""New batches that an incremental run cannot carry on from: one known before an applied batch
(a backfill), or one that changes what the texts of units and procedures mean (decision 002)."""


@dataclass(frozen=True)
class Plan:
    """What a build would take in.

    ``content_id``: hash of the rules and of all batches; two builds with the same one are the same.
    ``full_refresh``: the rules changed, the last build did not come to its end, or the new batches
    cannot be carried on from.
    ``is_built``: the build warehouse is made of exactly this. ``is_empty``: of no list at all.
    """

    rules_hash: str
    content_id: str
    full_refresh: bool
    is_built: bool
    is_empty: bool = False


def prepare(settings: Settings) -> Plan:
    """Refresh schema ``raw`` of the build warehouse and say what is to be built.

    Raises ``HosoError`` when another program has the build warehouse open.
    """
    import duckdb

    try:
        prepare_raw(settings)
    except duckdb.IOException as error:
        if "lock" not in str(error):
            raise
        raise HosoError(
            f"Another program has {settings.build_db} open; close it (readers open"
            f" {settings.published_db.name} instead).\n{error}"
        ) from error
    own = settings.home.absolute() / "sources"
    rules = rules_hash(PROJECT_DIR, sorted(own.glob("**/*.yml")))
    with duckdb.connect(str(settings.build_db)) as con:
        con.execute(_STATE)
        batches = con.execute("select batch_id from raw.batch").fetchall()
        content = content_id(rules, (batch for (batch,) in batches))
        state = con.execute("select rules_hash, content_id from meta.build_state").fetchall()
        (must_start_anew,) = con.execute(_MUST_START_ANEW).fetchall()[0]
    return Plan(
        rules_hash=rules,
        content_id=content,
        full_refresh=[row[0] for row in state] != [rules] or must_start_anew,
        is_built=state == [(rules, content)],
        is_empty=not batches,
    )


def begin(settings: Settings) -> None:
    """Forget what the warehouse is made of: a build that is killed is done again from scratch."""
    with _open(settings) as con:
        con.execute("delete from meta.build_state")


def finish(settings: Settings, plan: Plan) -> None:
    """Note what the warehouse is now made of; after a build whose models were all built."""
    with _open(settings) as con:
        con.execute("begin")
        con.execute("delete from meta.build_state")
        con.execute(
            "insert into meta.build_state values (?, ?)", [plan.rules_hash, plan.content_id]
        )
        con.execute("commit")


def rules_hash(project: Path, more: Iterable[Path] = ()) -> str:
    """16 hex digits of everything that decides how events become a ledger."""
    paths = sorted({path for pattern in _RULES for path in project.glob(pattern)})
    digest = hashlib.sha256()
    for path in (*paths, *more):
        name = path.relative_to(project) if path.is_relative_to(project) else path.name
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def content_id(rules: str, batches: Iterable[str]) -> str:
    """16 hex digits of the rules and the batches, in any order."""
    return hashlib.sha256("\n".join([rules, *sorted(batches)]).encode()).hexdigest()[:16]


def _open(settings: Settings) -> "duckdb.DuckDBPyConnection":
    import duckdb

    return duckdb.connect(str(settings.build_db))
