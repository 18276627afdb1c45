"""What is said beside the lists of a random world: messages, forms, rulings, units that end.

Rows are chosen by hashes of what they belong to: the same world and seed say the same. They are put
straight into schema ``raw`` (docs/contracts.md §1); the reference model does not read them.
"""

import duckdb

LINKS = (("A", "2024-06-06", "B"), ("B", "2024-06-14", "C"))
"""Unit, the day on which it is no more, successor."""

_CHANCE = "(hash({}, ?) % 1000)"
_DOSSIER = """
with dossier as (
    select distinct subject, code, source, system from raw.event
    where type = 'dossier.observed'
),
said as (
    select dossier.subject, dossier.code, batch.*, n
    from dossier
    join raw.batch as batch on dossier.system = batch.system and dossier.source = batch.source
    cross join range(2) as twice (n)
    where batch.role = 'ledger'
)
"""
_ENVELOPE = "source, system, batch_id, known_at, recorded_at, observed_at, subject, code"
_ENVELOPE_OF = ", ".join(f"said.{name.strip()}" for name in _ENVELOPE.split(","))


def say_beside_the_lists(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Adds dated rows, rulings and successions to a world that ``load_world`` has laid."""
    chance = _CHANCE.format("said.subject, said.batch_id, said.n")
    con.execute(
        f"""
        insert into raw.event ({_ENVELOPE}, type, id, line_no, content_hash, activity, status,
            occurred_at, occurred_is_day, due_at, due_is_day)
        {_DOSSIER}, drawn as (select *, {chance} as draw from said)
        select {_ENVELOPE_OF}, if(draw % 2 = 0, 'dossier.progressed', 'form.issued'),
            md5(concat(subject, batch_id, n)), 1000 + row_number() over (order by subject, n),
            (hash(subject, batch_id, n) >> 2)::bigint, 'step',
            case when draw % 5 < 4 then (
                select list(distinct progress_key order by progress_key)
                from raw.map_progress)[(draw % 8 + 1)::integer] end,
            observed_local - to_hours((draw % 97)::integer), false,
            case when draw % 5 > 2
                then date_trunc('day', observed_local) + to_days((draw % 9)::integer) end, true
        from drawn as said
        where draw < 60
        """,
        [seed],
    )
    con.execute(
        f"""
        insert into raw.event ({_ENVELOPE}, type, id, line_no, activity, occurred_at,
            occurred_is_day, data)
        {_DOSSIER}, drawn as (select *, {chance} as draw from said),
        ruling as (
            select {_ENVELOPE_OF}, md5(concat('ruling', subject, batch_id, n)) as id,
                2000 + row_number() over (order by subject, n) as line_no,
                ['void_as_duplicate_of', 'unit_is', 'closed_on', 'keep'][nth] as kind,
                date_trunc('day', observed_local) - to_days((draw % 5)::integer) as day,
                ['X', 'A', 'closed.returned', 'listed_twice'][nth] as value
            from (select *, (draw % 4 + 1)::integer as nth from drawn) as said
            where draw between 950 and 979
        )
        select {_ENVELOPE}, 'dossier.ruled', id, line_no, kind, day, true,
            json_object('value', value, 'by', 'x', 'reason', 'y')::varchar
        from ruling
        union all
        select {_ENVELOPE.replace(", ", ", batch.", 5).replace("source", "batch.source", 1)},
            'dossier.ruled', md5(concat('undo', ruling.id)), ruling.line_no + 5000, 'undo', null,
            null, json_object('value', ruling.id, 'by', 'x', 'reason', 'y')::varchar
        from ruling
        join raw.batch as batch
            on batch.source = ruling.source and hash(ruling.id, batch.batch_id) % 6 = 0
        """,
        [seed],
    )
    for number, (unit, until, successor) in enumerate(LINKS):
        con.execute(
            """
            insert into raw.event (type, source, system, batch_id, known_at, recorded_at,
                observed_at, subject, line_no, data)
            select 'unit.observed', 'units', 'province', 'units', min(known_at), min(known_at),
                max(observed_at), concat('province/unit/', ?), ?,
                json_object('code', ?, 'name', ?, 'level', 'commune', 'valid_to', ?,
                    'successor', ?)::varchar
            from raw.batch
            """,
            [unit, number + 1, unit, unit, until, successor],
        )
