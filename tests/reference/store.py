"""A world as the tables that the SQL models read: schema ``raw`` of ``docs/contracts.md`` §1, §2.

The rows of the event store are those that ingesting the world's lists in their stored order
leaves: a content seen for the first time is ``dossier.observed``, later ``dossier.sighted``; the
same row of the same list in another file leaves none.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.eventstore.schema import COLUMNS, DATE_FIELDS, LAYOUT_BITS, is_day
from orchestration.text import text_key

from .ledger import (
    HALTED,
    OUTSIDE,
    PAYMENT,
    PROCESSING,
    RESOLVED,
    RETURNED,
    SUPPLEMENT,
    WITHDRAWN,
    Batch,
    ProcedureRow,
    Sighting,
    UnitRow,
    World,
    in_stored_order,
)

STATUS_TEXT = {
    OUTSIDE: "Mới đăng ký",
    PROCESSING: "Đang xử lý",
    SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    HALTED: "Dừng xử lý",
    RESOLVED: "Đã xử lý xong",
    RETURNED: "Trả lại hồ sơ",
    WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
}
CHANNEL_TEXT = {"online": "Trực tuyến", "in_person": "Trực tiếp", "postal": "Bưu chính công ích"}

BATCH_COLUMNS = {
    **dict.fromkeys(("batch_id", "source", "system", "role", "kind", "zone"), "varchar"),
    **dict.fromkeys(("observed_at", "observed_local", "known_at", "recorded_at"), "timestamp"),
    **dict.fromkeys(("file", "sha256"), "varchar"),
    "bytes": "bigint",
    "format": "varchar",
    "is_full": "boolean",
    **dict.fromkeys(("scope_unit", "scope_date_field"), "varchar"),
    **dict.fromkeys(("scope_from", "scope_to"), "date"),
    "control_total": "bigint",
    **dict.fromkeys(
        ("rows_read", "rows_stored", "rows_unchanged", "rows_duplicate", "rows_quarantined"),
        "bigint",
    ),
    "layout": "integer",
    "is_backfill": "boolean",
    "kind": "varchar",
}
SOURCE_COLUMNS = ("source", "system", "role", "kind", "zone", "format", "status_from", "unit_from")


def load_world(con: duckdb.DuckDBPyConnection, world: World) -> None:
    """Makes schema ``raw`` anew with this world; the connection's zone is set to UTC."""
    events, counts, units = events_of(world)
    batches = [batch_row(b, counts) for b in world.batches]
    sources = sorted({source_row(b) for b in world.batches})
    names = [source[0] for source in sources]
    codes = {u for b in world.batches for u in (b.scope_unit,) if u}
    codes |= {s.unit for s in world.sightings if s.unit} | {u.code for u in world.unit_rows}
    con.execute("set timezone = 'UTC'; create schema if not exists raw;")
    _table(con, "event", COLUMNS, events)
    _table(con, "batch", BATCH_COLUMNS, batches)
    published = {"id": "integer", "published_at": "timestamp", "known_until": "date"}
    _table(con, "publication", published, [])
    _table(
        con,
        "batch_unit",
        {"batch_id": "varchar", "unit_name": "varchar", "row_count": "bigint"},
        [
            {"batch_id": batch_id, "unit_name": unit, "row_count": rows}
            for (batch_id, unit), rows in sorted(units.items())
        ],
    )
    _table(
        con,
        "source",
        dict.fromkeys(SOURCE_COLUMNS, "varchar"),
        [dict(zip(SOURCE_COLUMNS, source, strict=True)) for source in sources],
    )
    words = dict.fromkeys(("source", "field", "value_key", "value"), "varchar")
    _table(con, "map_value", words, [])
    statuses = [(text_key(text), account) for account, text in STATUS_TEXT.items()]
    channels = [(text_key(text), channel) for channel, text in CHANNEL_TEXT.items()]
    maps = {
        ("map_status", "status_key", "account"): statuses,
        ("map_channel", "channel_key", "channel"): channels,
    }
    for (table, key, value), pairs in maps.items():
        _table(
            con,
            table,
            {"source": "varchar", key: "varchar", value: "varchar"},
            [{"source": name, key: k, value: v} for name in names for k, v in pairs],
        )
    shared = {u.name for u in world.unit_rows if u.name}
    _table(
        con,
        "map_unit",
        {
            **dict.fromkeys(("source", "unit_key", "unit_code"), "varchar"),
            **dict.fromkeys(("valid_from", "valid_to"), "date"),
        },
        [
            {"source": name, "unit_key": text_key(code), "unit_code": code}
            for name in names
            for code in sorted(codes - shared)
        ],
    )
    _table(
        con,
        "map_progress",
        dict.fromkeys(("source", "progress_key", "account"), "varchar"),
        [
            {"source": name, "progress_key": k, "account": v}
            for name in sorted({b.source for b in world.batches if b.kind == "progress"})
            for k, v in statuses
        ],
    )
    _seeds(con, world)


def _seeds(con: duckdb.DuckDBPyConnection, world: World) -> None:
    """Schema ``given``: seeds that stand in for the project's own (``models.py``)."""
    con.execute("create schema if not exists given")
    clocks = ("cut_off", "opens", "lunch_from", "lunch_to", "closes")
    columns = {"unit_code": "varchar", "valid_from": "date", **dict.fromkeys(clocks, "time")}
    rules = [
        {
            "unit_code": rule.unit,
            "valid_from": rule.valid_from,
            **{clock: getattr(rule, clock) for clock in clocks},
            "restart_mode": "restart" if rule.restarts else "shift",
        }
        for rule in world.offices
    ]
    _table(con, "office_rule", columns | {"restart_mode": "varchar"}, rules, "given")
    days = {"override_date": "date", "is_working_day": "boolean"}
    decided = [dict(zip(days, row, strict=True)) for row in world.calendar]
    _table(con, "calendar_override", days, decided, "given")


def _table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: dict[str, str],
    rows: list[dict[str, Any]],
    schema: str = "raw",
) -> None:
    ddl = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    con.execute(f"create or replace table {schema}.{name} ({ddl})")
    if rows:
        arrow = pa.Table.from_pylist([{c: row.get(c) for c in columns} for row in rows])
        con.register("world_rows", arrow)
        con.execute(f"insert into {schema}.{name} select * from world_rows")
        con.unregister("world_rows")


# --- rows -----------------------------------------------------------------------------------------


def events_of(
    world: World,
) -> tuple[list[dict[str, Any]], Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """The event rows, the rows of each batch by outcome, and the rows of each batch by unit."""
    batch_of = {b.batch_id: b for b in world.batches}
    events: list[dict[str, Any]] = []
    counts: Counter[tuple[str, str]] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    contents: set[tuple[str, int]] = set()
    stood: set[tuple[str, int, datetime]] = set()
    in_batch: set[tuple[str, str, int]] = set()
    for row in in_stored_order(world):
        batch = batch_of[row.batch_id]
        content = content_row(row, batch)
        subject, content_hash = f"{batch.system}/{row.code}", hash_of(row, batch)
        units[batch.batch_id, row.unit or ""] += 1
        if (batch.batch_id, subject, content_hash) in in_batch:
            counts[batch.batch_id, "duplicate"] += 1
            continue
        in_batch.add((batch.batch_id, subject, content_hash))
        is_new = (subject, content_hash) not in contents
        counts[batch.batch_id, "stored" if is_new else "unchanged"] += 1
        if (subject, content_hash, batch.observed_at) in stood:
            continue
        stood.add((subject, content_hash, batch.observed_at))
        contents.add((subject, content_hash))
        event = envelope(batch) | {
            "type": "dossier.observed" if is_new else "dossier.sighted",
            "subject": subject,
            "line_no": row.line_no,
            "content_hash": content_hash,
            "layout": layout_bits(batch),
        }
        if is_new:
            event |= content | {"id": hashlib.md5(repr(content).encode()).hexdigest()}  # noqa: S324
        events.append(event)
    for unit_row in world.unit_rows:
        counts[unit_row.batch_id, "stored"] += 1
        events.append(unit_event(unit_row, batch_of[unit_row.batch_id]))
    for procedure in world.procedure_rows:
        counts[procedure.batch_id, "stored"] += 1
        events.append(procedure_event(procedure, batch_of[procedure.batch_id]))
    said: set[str] = set()
    for own in (*dated_events(world), *ruling_events(world)):
        outcome = "unchanged" if own["id"] in said else "stored"
        counts[own["batch_id"], outcome] += 1
        if own["id"] not in said:
            events.append(own)
        said.add(own["id"])
    events += [extract_row(b, counts, units) for b in world.batches]
    return events, counts, units


def unit_event(row: UnitRow, batch: Batch) -> dict[str, Any]:
    data = {
        "code": row.code,
        "name": row.name or row.code,
        "level": row.level,
        "parent": row.parent,
        "valid_from": row.valid_from and row.valid_from.isoformat(),
        "valid_to": row.valid_to and row.valid_to.isoformat(),
        "successor": row.successor,
    }
    text = json.dumps(data, ensure_ascii=False)
    return envelope(batch) | {
        "type": "unit.observed",
        "subject": f"{batch.system}/unit/{row.code}",
        "line_no": row.line_no,
        "id": hashlib.md5(text.encode()).hexdigest(),  # noqa: S324
        "data": text,
    }


def procedure_event(row: ProcedureRow, batch: Batch) -> dict[str, Any]:
    amount, kind = row.limit or (None, None)
    data = {"code": row.code, "name": None, "field": None, "limit": amount, "limit_unit": kind}
    text = json.dumps(data)
    return envelope(batch) | {
        "type": "procedure.observed",
        "subject": f"{batch.system}/procedure/{row.code}",
        "line_no": row.line_no,
        "id": hashlib.md5(text.encode()).hexdigest(),  # noqa: S324
        "data": text,
    }


def dated_events(world: World) -> Iterator[dict[str, Any]]:
    """The rows of their own date, in the order in which they were stored."""
    batch_of = {b.batch_id: b for b in world.batches}
    order = {i: (b.recorded_at, i) for i, b in batch_of.items()}
    for row in sorted(world.dated, key=lambda r: (order[r.batch_id], r.line_no)):
        batch = batch_of[row.batch_id]
        subject = f"{batch.system}/{row.code}"
        text = f"{subject} {replace(row, batch_id='', line_no=0)}"
        digest = hashlib.md5(text.encode())  # noqa: S324
        yield envelope(batch) | {
            # a form sets a new due date and nothing else
            "type": "form.issued" if row.due_at and not row.account else "dossier.progressed",
            "subject": subject,
            "line_no": row.line_no,
            "code": row.code,
            "id": digest.hexdigest(),
            "content_hash": int.from_bytes(digest.digest()[:8], "big", signed=True),
            # only the bits of what the row says
            "layout": (LAYOUT_BITS["status"] if row.account else 0)
            + (LAYOUT_BITS["due_at"] if row.due_at else 0),
            "status": STATUS_TEXT[row.account] if row.account else None,
            "activity": "step",
            "occurred_at": row.at.at,
            "occurred_is_day": row.at.is_day,
            "due_at": row.due_at and row.due_at.at,
            is_day("due_at"): row.due_at and row.due_at.is_day,
            "data": "{}",
        }


def ruling_events(world: World) -> Iterator[dict[str, Any]]:
    batch_of = {b.batch_id: b for b in world.batches}
    for ruling in world.rulings:
        yield envelope(batch_of[ruling.batch_id]) | {
            "type": "dossier.ruled",
            "subject": f"{ruling.dossier.system}/{ruling.dossier.code}",
            "line_no": ruling.line_no,
            "code": ruling.dossier.code,
            "id": ruling.ruling_id,
            "content_hash": int(ruling.ruling_id[:15], 16),
            "activity": ruling.kind,
            "occurred_at": ruling.day and datetime.combine(ruling.day, time()),
            "occurred_is_day": True if ruling.day else None,
            "data": json.dumps({"value": ruling.value, "by": "A", "reason": "B"}),
        }


def envelope(batch: Batch) -> dict[str, Any]:
    return {
        "source": batch.source,
        "system": batch.system,
        "batch_id": batch.batch_id,
        "known_at": naive(batch.known_at),
        "recorded_at": naive(batch.recorded_at),
        "observed_at": naive(batch.observed_at),
    }


def content_row(row: Sighting, batch: Batch) -> dict[str, Any]:
    """The columns of the store that hold what the row says, as read."""
    said: dict[str, Any] = {
        "code": row.code,
        "national_code": row.national,
        "procedure_code": row.procedure,
        "field_name": row.field_name,
        "unit_name": row.unit,
        "status": STATUS_TEXT[row.account] if row.account else None,
        "channel": CHANNEL_TEXT[row.channel] if row.channel else None,
    }
    for name in DATE_FIELDS:
        moment = getattr(row, name, None)
        said[name] = moment.at if moment else None
        said[is_day(name)] = moment.is_day if moment else None
    return said


def hash_of(row: Sighting, batch: Batch) -> int:
    """A number of 64 bits with a sign: of the layout and of what the row says, not of whom."""
    said = f"{layout_bits(batch)} {content_row(row, batch) | {'code': ''}}"
    digest = hashlib.md5(said.encode()).digest()  # noqa: S324 - no secret
    return int.from_bytes(digest[:8], "big", signed=True)


def layout_bits(batch: Batch) -> int:
    return sum(LAYOUT_BITS[column] for column in batch.layout)


def extract_row(
    batch: Batch, counts: Counter[tuple[str, str]], units: Counter[tuple[str, str]]
) -> dict[str, Any]:
    data = {
        "file": f"{batch.batch_id}.csv",
        "scope": {
            "full": batch.is_full,
            "unit": batch.scope_unit,
            "date_field": batch.scope_date_field,
            "from": batch.scope_from and batch.scope_from.isoformat(),
            "to": batch.scope_to and batch.scope_to.isoformat(),
        },
        "counts": {
            "read": rows_read(batch, counts),
            **{o: counts[batch.batch_id, o] for o in ("stored", "unchanged", "duplicate")},
            "quarantined": 0,
        },
        "units": {unit: n for (batch_id, unit), n in units.items() if batch_id == batch.batch_id},
        "layout": layout_bits(batch),
        "backfill": is_backfill(batch),
    }
    return envelope(batch) | {
        "type": "extract.completed",
        "subject": f"{batch.system}/batch/{batch.batch_id}",
        "layout": layout_bits(batch),
        "data": json.dumps(data),
    }


def batch_row(batch: Batch, counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    return envelope(batch) | {
        "role": batch.role,
        "zone": batch.zone,
        "observed_local": batch.observed_local,
        "file": f"{batch.batch_id}.csv",
        "sha256": hashlib.sha256(batch.batch_id.encode()).hexdigest(),
        "bytes": 0,
        "format": "csv",
        "is_full": batch.is_full,
        "scope_unit": batch.scope_unit,
        "scope_date_field": batch.scope_date_field,
        "scope_from": batch.scope_from,
        "scope_to": batch.scope_to,
        "rows_read": rows_read(batch, counts),
        "rows_stored": counts[batch.batch_id, "stored"],
        "rows_unchanged": counts[batch.batch_id, "unchanged"],
        "rows_duplicate": counts[batch.batch_id, "duplicate"],
        "rows_quarantined": 0,
        "layout": layout_bits(batch),
        "is_backfill": is_backfill(batch),
        "kind": batch.kind,
    }


def source_row(batch: Batch) -> tuple[str, ...]:
    status_from = "column" if "status" in batch.layout else "dates"
    return (
        batch.source,
        batch.system,
        batch.role,
        batch.kind,
        batch.zone,
        "csv",
        status_from,
        "column",
    )


def rows_read(batch: Batch, counts: Counter[tuple[str, str]]) -> int:
    return sum(counts[batch.batch_id, o] for o in ("stored", "unchanged", "duplicate"))


def is_backfill(batch: Batch) -> bool:
    return batch.recorded_at != batch.known_at


def naive(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)
