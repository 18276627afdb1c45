"""Schema ``raw`` of the build warehouse: what dbt reads, made anew before each build.

What belongs here: the event store, its batches and the maps of the source YAMLs as relations
(docs/contracts.md §2). What does not: any rule of the domain (``models/``).
"""

from datetime import date
from typing import TYPE_CHECKING

from orchestration.eventstore import EventStore
from orchestration.eventstore.store import quoted
from orchestration.settings import Settings
from orchestration.sources import Source, load_sources

if TYPE_CHECKING:
    import duckdb

_BATCH = """
create or replace table raw.batch as
with extract as (
    select * from raw.event where type = 'extract.completed'
)
select extract.batch_id, extract.source, extract.system, source.role, source.kind, source.zone,
    extract.observed_at,
    timezone(source.zone, timezone('UTC', extract.observed_at)) as observed_local,
    extract.known_at, extract.recorded_at,
    data->>'$.file' as file,
    data->>'$.sha256' as sha256,
    (data->>'$.bytes')::bigint as bytes,
    data->>'$.format' as format,
    (data->>'$.scope.full')::boolean as is_full,
    data->>'$.scope.unit' as scope_unit,
    data->>'$.scope.date_field' as scope_date_field,
    (data->>'$.scope.from')::date as scope_from,
    (data->>'$.scope.to')::date as scope_to,
    (data->>'$.control_total')::bigint as control_total,
    (data->>'$.counts.read')::bigint as rows_read,
    (data->>'$.counts.stored')::bigint as rows_stored,
    (data->>'$.counts.unchanged')::bigint as rows_unchanged,
    (data->>'$.counts.duplicate')::bigint as rows_duplicate,
    (data->>'$.counts.quarantined')::bigint as rows_quarantined,
    (data->>'$.layout')::integer as layout,
    (data->>'$.backfill')::boolean as is_backfill
from extract
left join raw.source as source on source.source = extract.source
order by extract.known_at, extract.batch_id
"""

_BATCH_UNIT = """
create or replace table raw.batch_unit as
with extract as (
    select batch_id, data from raw.event where type = 'extract.completed'
),
units as (
    select batch_id, map_entries(cast(data->'$.units' as map(varchar, bigint))) as entries
    from extract
),
unnested as (
    select batch_id, unnest(entries) as entry from units
)
select batch_id, entry.key as unit_name, entry.value as row_count
from unnested
order by batch_id, unit_name
"""


def prepare_raw(settings: Settings) -> None:
    """Makes or refreshes schema ``raw`` in ``<home>/warehouse/build.duckdb``.

    With an empty store all relations are there, without rows. The file is made in storage version
    1.4, which other clients can open. Raises ``HosoError`` for an invalid source YAML.
    """
    import duckdb

    sources = load_sources(settings)
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": "v1.4.0"
    }
    with duckdb.connect(str(settings.build_db), config=config) as con:
        con.execute("set timezone = 'UTC'; create schema if not exists raw;")
        con.execute(f"create or replace view raw.event as {EventStore(settings).relation_sql()}")
        _sources(con, list(sources.values()))
        con.execute(_BATCH)
        con.execute(_BATCH_UNIT)
        _publications(settings, con)


def _publications(settings: Settings, con: "duckdb.DuckDBPyConnection") -> None:
    """What readers had so far: `dq_rewritten_history` names the published figures that changed."""
    con.execute(
        "create or replace table raw.publication"
        " (id integer, published_at timestamp, known_until date)"
    )
    if settings.published_db.exists():
        con.execute(f"attach {quoted(str(settings.published_db.resolve()))} as pub (read_only)")
        con.execute(
            "insert into raw.publication select id, published_at, known_until from pub.publication"
        )
        con.execute("detach pub")


def _sources(con: "duckdb.DuckDBPyConnection", sources: list[Source]) -> None:
    rows: dict[str, tuple[str, list[tuple[str | date | None, ...]]]] = {
        "source": (
            "source varchar, system varchar, role varchar, kind varchar, zone varchar,"
            " format varchar, status_from varchar, unit_from varchar",
            [
                (
                    *(s.name, s.system, s.role, s.kind, s.zone),
                    *(",".join(s.formats), s.status_from, s.unit_from),
                )
                for s in sources
            ],
        ),
        "map_status": (
            "source varchar, status_key varchar, account varchar",
            [(s.name, key, account) for s in sources for key, account in s.status_map.items()],
        ),
        "map_progress": (
            "source varchar, progress_key varchar, account varchar",
            [(s.name, key, account) for s in sources for key, account in s.progress_map.items()],
        ),
        "map_channel": (
            "source varchar, channel_key varchar, channel varchar",
            [(s.name, key, channel) for s in sources for key, channel in s.channel_map.items()],
        ),
        "map_value": (
            "source varchar, field varchar, value_key varchar, value varchar",
            [
                (s.name, field, key, value)
                for s in sources
                for field, words in s.meanings.items()
                for key, value in words.items()
            ],
        ),
        "map_unit": (
            "source varchar, unit_key varchar, unit_code varchar, valid_from date, valid_to date",
            [
                (s.name, key, *meaning)
                for s in sources
                for key, meanings in s.unit_map.items()
                for meaning in meanings
            ],
        ),
    }
    for table, (columns, values) in rows.items():
        con.execute(f"create or replace table raw.{table} ({columns})")
        if values:
            # by column in one statement: executemany takes a millisecond for each row
            lists = ", ".join(f"unnest(${number + 1})" for number in range(len(values[0])))
            con.execute(
                f"insert into raw.{table} select {lists}",
                [list(column) for column in zip(*values, strict=True)],
            )
