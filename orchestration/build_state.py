"""What the build warehouse was made from: is anything to be built, and from scratch or not."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration import build_file
from orchestration.errors import HosoError
from orchestration.eventstore.store import quoted
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

_FRESH: Final = """
with applied as (
    select distinct batch.batch_id, batch.known_at
    from raw.batch as batch
    inner join meta.applied_batch as applied on batch.batch_id = applied.batch_id
)

select
    batch_id,
    coalesce((known_at, batch_id) < (select max((known_at, batch_id)) from applied), true)
from raw.batch
where batch_id not in (select batch_id from applied)
"""
"""Batches to be taken in; and was one known before an applied one (a backfill), or is none applied?
"""

_NEWS: Final = """
with fresh as materialized (select * from raw.batch where batch_id in ({ids})),

told as (select * from raw.event where batch_id in ({ids}))

select distinct type from told
union
select unnest([
    case when bool_or(national_code is not null) then 'national_code' end,
    case when bool_or(submitted_at is not null) then 'submitted_at' end,
    case when bool_or(layout & {attributes} <> 0) then 'attribute' end
])
from told
where type = 'dossier.observed'
union
select 'attribute' from fresh where layout & {attributes} <> 0
union
select 'unit_name'
from raw.batch_unit as batch_unit
inner join fresh on batch_unit.batch_id = fresh.batch_id
where
    (fresh.source, batch_unit.unit_name) not in (
        select (batch.source, known.unit_name)
        from raw.batch_unit as known
        inner join raw.batch as batch on known.batch_id = batch.batch_id
        where known.batch_id not in ({ids}) and known.unit_name is not null
    )
"""
"""What the batches hold that are to be taken in, in the words of the models' ``meta: fed_by``."""

_JOINED: Final = """
with fresh as (
    select distinct
        event.system || '/' || event.code as local_subject,
        event.system || '/' || event.national_code as national_subject,
        event.system,
        event.national_code
    from raw.event as event
    inner join raw.batch as batch on event.batch_id = batch.batch_id
    where
        event.batch_id in ({ids})
        and batch.role = 'ledger'
        and event.type = 'dossier.observed'
        and event.national_code <> event.code
),

keyed as (
    select
        system,
        national_code,
        cast(hash(local_subject, reverse(local_subject)) >> 1 as bigint) as local_key,
        cast(hash(national_subject, reverse(national_subject)) >> 1 as bigint) as national_key
    from fresh
),

pair as (
    select
        keyed.*,
        coalesce(own.dossier_key, keyed.local_key) as dossier_key,
        coalesce(other.dossier_key, keyed.national_key) as other_key
    from keyed
    left join intermediate.int_dossier_code as own on keyed.local_key = own.code_key
    left join intermediate.int_dossier_code as other on keyed.national_key = other.code_key
),

asked as (
    select dossier_key as code_key from pair where dossier_key <> other_key
    union
    select other_key as code_key from pair where dossier_key <> other_key
),

told as (
    select dossier_key from main.fct_dossier
    where dossier_key in (select code_key from asked)
    union
    select dossier_key from intermediate.int_dossier_sighting
    where is_dated and dossier_key in (select code_key from asked)
    union
    select dossier_key from intermediate.int_ruling
    where dossier_key in (select code_key from asked)
)

select system, national_code from pair
where
    dossier_key <> other_key
    and dossier_key in (select dossier_key from told)
    and other_key in (select dossier_key from told)
"""
"""National codes that the batches name beside a local one, where both are dossiers already. The
keys are those of ``macros/keys.sql``."""

_DECIDED: Final = """
select event.system, event.national_code
from raw.event as event
inner join raw.batch as batch on event.batch_id = batch.batch_id
where
    event.batch_id not in ({ids})
    and batch.role = 'ledger'
    and event.type = 'dossier.observed'
    and event.national_code <> event.code
    and (event.system, event.national_code) in ({codes})
group by event.system, event.national_code, event.batch_id
having min(event.code) = max(event.code)
"""
"""Those of them of which an earlier list said whose they are: a later one changes nothing."""

_ATTRIBUTES: Final = 2**22 - 2**13
"""The bits of attributes in a layout (docs/contracts.md)."""

_MEAN_ANEW: Final = {"unit.observed", "procedure.observed"}
"""Lists that change what the texts of units and procedures mean (decision 002)."""


@dataclass(frozen=True)
class Plan:
    """What a build would take in.

    ``content_id``: hash of the rules and of all batches; two builds with the same one are the same.
    ``full_refresh``: the rules changed, the last build did not come to its end, or the new batches
    cannot be carried on from.
    ``is_built``: the build warehouse is made of exactly this. ``is_empty``: of no list at all.
    ``news``: what the new batches hold (``read_news``); null for a full refresh.
    """

    rules_hash: str
    content_id: str
    full_refresh: bool
    is_built: bool
    is_empty: bool = False
    news: frozenset[str] | None = None


def prepare(settings: Settings) -> Plan:
    """Refresh schema ``raw`` of the build warehouse and say what is to be built.

    Raises ``HosoError`` when another program has the build warehouse open.
    """
    import duckdb

    try:
        build_file.remove_unfinished(settings)
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
        is_of_these_rules = [row[0] for row in state] == [rules]
        news = read_news(con) if is_of_these_rules else None
    return Plan(
        rules_hash=rules,
        content_id=content,
        full_refresh=news is None,
        is_built=state == [(rules, content)],
        is_empty=not batches,
        news=news,
    )


def read_news(con: "duckdb.DuckDBPyConnection") -> frozenset[str] | None:
    """What the batches hold that are not applied yet; null when they cannot be carried on from.

    They cannot where an applied batch is known later, where units or procedures are listed anew,
    and where a list of the ledger shows that two codes, both of them dossiers so far, are one.

    Types of events; ``national_code``, ``submitted_at``, ``attribute`` where rows of dossiers have
    such columns filled; ``unit_name`` where a list names a unit that its source never named.
    """
    fresh = con.execute(_FRESH).fetchall()
    if any(is_before for _, is_before in fresh):
        return None
    if not fresh:
        return frozenset()
    # as constants, so that files of other batches are not opened
    ids = ", ".join(f"'{batch}'" for batch, _ in fresh)
    rows = con.execute(_NEWS.format(ids=ids, attributes=_ATTRIBUTES)).fetchall()
    news = frozenset(word for (word,) in rows if word)
    if news & _MEAN_ANEW or ("national_code" in news and _joins_dossiers(con, ids)):
        return None
    return news


def _joins_dossiers(con: "duckdb.DuckDBPyConnection", ids: str) -> bool:
    """Whether a list says that two dossiers are one (``int_dossier_code``): both are told anew."""
    joined = set(con.execute(_JOINED.format(ids=ids)).fetchall())
    if not joined:
        return False
    codes = ", ".join(f"({quoted(system)}, {quoted(code)})" for system, code in joined)
    decided = con.execute(_DECIDED.format(ids=ids, codes=codes)).fetchall()
    return not joined <= set(decided)


def may_be_behind(settings: Settings) -> bool:
    """Whether lists were stored after the last build: a hint that costs nothing and opens nothing.

    Other rules and a build that did not end are no part of it; ``prepare`` knows for certain.
    """
    log = settings.events / "_delta_log"
    if not log.is_dir():
        return False
    built = settings.build_db
    return not built.exists() or built.stat().st_mtime < log.stat().st_mtime


def begin(settings: Settings) -> None:
    """Forget what the warehouse is made of: a build that is killed is done again from scratch."""
    with _open(settings) as con:
        con.execute("delete from meta.build_state")
    build_file.mark(settings)


def finish(settings: Settings, plan: Plan) -> None:
    """Note what the warehouse is now made of; after a build whose models were all built."""
    build_file.put_on_disk(settings)
    with _open(settings) as con:
        con.execute("begin")
        con.execute("delete from meta.build_state")
        con.execute(
            "insert into meta.build_state values (?, ?)", [plan.rules_hash, plan.content_id]
        )
        con.execute("commit")
    build_file.settle(settings)


def rules_hash(project: Path, more: Iterable[Path] = ()) -> str:
    """16 hex digits of everything that decides how events become a ledger.

    DuckDB's version is part of it: keys of dossiers are hashes of it (macros/keys.sql).
    """
    paths = sorted({path for pattern in _RULES for path in project.glob(pattern)})
    digest = hashlib.sha256(version("duckdb").encode())
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
