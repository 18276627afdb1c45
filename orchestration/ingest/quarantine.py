"""Rows set aside: what is wrong with them and what to do. A view over the store."""

from typing import Any

from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.settings import Settings

_SQL = """
with event as (
    {events}
),
extract as (
    select batch_id, data->>'$.file' as file from event where type = 'extract.completed'
),
-- rows that a later retry took in (decision 014)
taken as (
    select data->>'$.retry.of' as batch_id,
        unnest(cast(data->'$.retry.lines' as integer[])) as line_no, false as is_step
    from event where type = 'extract.completed' and data->>'$.retry' is not null
    union all
    select data->>'$.retry.of', unnest(cast(data->'$.retry.steps' as integer[])), true
    from event where type = 'extract.completed' and data->>'$.retry.steps' is not null
)
select event.id, extract.file, event.line_no as line, data->>'$.column' as "column",
    data->>'$.cell' as cell, data->>'$.reason' as reason, data->>'$.suggestion' as suggestion,
    event.code, event.source, event.batch_id, event.observed_at, event.known_at,
    coalesce(data->>'$.step' = 'true', false) as is_step
from event
left join extract on event.batch_id = extract.batch_id
anti join taken
    on event.batch_id = taken.batch_id
    and event.line_no = taken.line_no
    and coalesce(data->>'$.step' = 'true', false) = taken.is_step
where event.type = 'row.set_aside' and starts_with(event.id, ?)
order by event.observed_at, extract.file, event.line_no
"""
_LISTED = ("id", "file", "line", "column", "cell", "reason", "suggestion")


def set_aside(settings: Settings, batch_id: str | None = None) -> list[dict[str, Any]]:
    """All rows set aside, ``{id, file, line, column, cell, reason, suggestion}``, oldest first.

    With ``batch_id`` only those of that file. ``cell`` is null where the column is personal.
    """
    return [
        {name: row[name] for name in _LISTED}
        for row in _read(settings, "")
        if batch_id in {None, row["batch_id"]}
    ]


def lines_set_aside(settings: Settings) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Batch -> lines of its rows that are still set aside, and numbers of its steps; batches in the
    order of their lists.
    """
    found: dict[str, tuple[set[int], set[int]]] = {}
    for row in _read(settings, ""):
        found.setdefault(row["batch_id"], (set(), set()))[row["is_step"]].add(row["line"])
    return {
        batch: (tuple(sorted(lines)), tuple(sorted(steps)))
        for batch, (lines, steps) in found.items()
    }


def set_aside_row(settings: Settings, row_id: str) -> dict[str, Any]:
    """One row with its code, source and times; the beginning of the id is enough.

    Raises ``HosoError`` when no row, or more than one, has it.
    """
    rows = _read(settings, row_id)
    if len(rows) != 1:
        found = "no row set aside" if not rows else f"{len(rows)} rows set aside"
        raise HosoError(f"{found} with the id {row_id}…; see: hoso quarantine list")
    return rows[0]


def _read(settings: Settings, prefix: str) -> list[dict[str, Any]]:
    import duckdb

    with duckdb.connect() as con:
        found = con.execute(
            _SQL.format(events=EventStore(settings).relation_sql()), [prefix.lower()]
        )
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
