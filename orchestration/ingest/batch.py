"""Typed rows of one file -> the events of one batch, compared with what the store knows."""

import json
from dataclasses import dataclass
from typing import Any, Final

from orchestration.eventstore.schema import COLUMNS, DATE_FIELDS, TEXT_FIELDS, is_day
from orchestration.eventstore.store import quoted
from orchestration.ingest.envelope import Envelope
from orchestration.ingest.known import Known
from orchestration.ingest.result import Counts
from orchestration.ingest.scratch import Scratch, moment

_OUTCOMES: Final = ("stored", "unchanged", "duplicate", "quarantined")
_SUBJECT_PARTS: Final = {"unit.observed": "unit/", "procedure.observed": "procedure/"}
SIGHTED_AGAIN: Final = {
    "dossier.observed": "dossier.sighted",
    # these lists are short and have no type of their own for "the same again": content is repeated
    "unit.observed": "unit.observed",
    "procedure.observed": "procedure.observed",
}
"""Type of a content -> type of the event that a known content leaves; a step of a control slip
happened once, however often it is listed, and leaves none."""


@dataclass(frozen=True)
class Judged:
    """Rows of one file with their ``outcome``; ``adds`` of them say what the store has not.

    ``relation`` has the typed columns and ``subject, content_hash, id, outcome, is_seen``.
    """

    relation: str
    type: str
    layout: int | None
    counts: Counts
    adds: int


def judge(
    scratch: Scratch,
    known: Known,
    typed: str,
    envelope: Envelope,
    *,
    kind: str,
    layout: int | None = None,
) -> Judged:
    """Compares typed rows with each other and with the store; ``kind`` is the type of the content.

    ``is_seen``: the very same sighting (subject, content, observed_at) is already in the store.
    """
    name = f"judged_{kind.replace('.', '_')}"
    prefix = quoted(f"{envelope.system}/{_SUBJECT_PARTS.get(kind, '')}")
    # a content comes once into the store; of a list of units each sighting repeats it
    again = f", '|', epoch_us({moment(envelope.observed_at)})" if kind in _SUBJECT_PARTS else ""
    scratch.run(
        f"""
        create or replace table {name} as
        with hashed as (
            select *, {prefix} || code as subject,
                hoso_signed(md5_number_lower(concat({quoted(kind)}, chr(31), content)))
                    as content_hash
            from {typed}
        ),
        firsts as (
            select subject, content_hash, min(line_no) as first_line
            from hashed
            where problem is null
            group by subject, content_hash
        ),
        seen as (
            select distinct subject, content_hash
            from ({known.seen_at(envelope.observed_at)})
            where content_hash is not null
        )
        select hashed.*,
            md5(concat({quoted(kind)}, '|', hashed.subject, '|', content{again})) as id,
            case
                when problem is not null then 'quarantined'
                when hashed.line_no <> first_line then 'duplicate'
                when known.content_hash is not null then 'unchanged'
                else 'stored'
            end as outcome,
            seen.subject is not null as is_seen
        from hashed
        left join firsts
            on hashed.subject = firsts.subject and hashed.content_hash = firsts.content_hash
        left join known
            on hash(hashed.subject) = known.subject_hash
            and hashed.content_hash = known.content_hash
        left join seen
            on hashed.subject = seen.subject and hashed.content_hash = seen.content_hash
        """
    )
    judged = _counted(scratch, known, envelope, name, kind=kind, layout=layout)
    rows = int(scratch.one(f"select count(*) from {typed}")[0])
    if judged.counts.read != rows:
        raise RuntimeError(f"{rows} rows were read but {judged.counts} judged: a bug in ingest")
    return judged


def _counted(
    scratch: Scratch, known: Known, envelope: Envelope, name: str, *, kind: str, layout: int | None
) -> Judged:
    found = dict(scratch.rows(f"select outcome, count(*) from {name} group by outcome"))
    counts = Counts(*(int(found.get(outcome, 0)) for outcome in _OUTCOMES))
    adds = counts.stored
    if kind in SIGHTED_AGAIN:
        sql = f"select count(*) from {name} where outcome = 'unchanged' and not is_seen"
        adds += int(scratch.one(sql)[0])
    if counts.quarantined:
        adds += _number_problems(scratch, known, name, envelope)
    return Judged(name, kind, layout, counts, adds)


def _number_problems(scratch: Scratch, known: Known, name: str, envelope: Envelope) -> int:
    """Gives rows set aside their ids: the same bad row of the same list, in whatever file, has the
    same id. Returns how many are new to the store."""
    scratch.run(
        f"""
        create or replace temp table problem_id as
        select line_no, md5(concat_ws('|', 'row.set_aside', {quoted(envelope.source)},
            epoch_us({moment(envelope.observed_at)}), code, content, problem.column_name,
            problem.reason, problem.cell,
            row_number() over (partition by code, content, problem order by line_no))) as id
        from {name} where outcome = 'quarantined'
        """
    )
    scratch.run(
        f"""
        update {name} set id = problem_id.id, is_seen = problem_id.id in (
            select id from ({known.seen_at(envelope.observed_at)}) where type = 'row.set_aside'
        )
        from problem_id where {name}.line_no = problem_id.line_no
        """
    )
    sql = f"select count(*) from {name} where outcome = 'quarantined' and not is_seen"
    return int(scratch.one(sql)[0])


def events_sql(judged: list[Judged], envelope: Envelope, extract: dict[str, Any]) -> str:
    """SQL of all events of the batch; ``extract`` is the ``data`` of its ``extract.completed``."""
    parts = [
        _select(
            {
                "type": "'extract.completed'",
                "subject": quoted(f"{envelope.system}/batch/{envelope.batch_id}"),
                "id": f"md5('extract.completed|{envelope.batch_id}')",
                "data": quoted(json.dumps(extract, ensure_ascii=False, sort_keys=True)),
            },
            envelope,
        )
    ]
    for each in judged:
        content = _content_columns(each)
        row = {"line_no": "line_no", "subject": "subject", "content_hash": "content_hash"}
        parts.append(
            _select({"type": quoted(each.type), "id": "id", **row, **content}, envelope)
            + f" from {each.relation} where outcome = 'stored'"
        )
        again = SIGHTED_AGAIN.get(each.type)
        if again is not None:
            repeated = content | {"id": "id"} if again == each.type else {}
            parts.append(
                _select({"type": quoted(again), **row, **repeated}, envelope)
                + f" from {each.relation} where outcome = 'unchanged' and not is_seen"
            )
        parts.append(
            _select(
                {
                    "type": "'row.set_aside'",
                    "line_no": "line_no",
                    "id": "id",
                    "subject": "subject",
                    "code": "code",
                    "data": "json_object('column', problem.column_name, 'cell', problem.cell,"
                    " 'reason', problem.reason, 'suggestion', problem.suggestion)::varchar",
                },
                envelope,
            )
            + f" from {each.relation} where outcome = 'quarantined' and not is_seen"
        )
    return " union all ".join(parts)


def _content_columns(judged: Judged) -> dict[str, str]:
    if judged.type == "dossier.progressed":
        return {"code": "code", "activity": "activity", "occurred_at": "occurred_at"}
    if judged.type != "dossier.observed":
        return {"code": "code", "data": "data"}
    fields = ["code", *TEXT_FIELDS]
    for field in DATE_FIELDS:
        fields += [field, is_day(field)]
    return {"layout": str(judged.layout)} | {field: field for field in fields}


def _select(values: dict[str, str], envelope: Envelope) -> str:
    given = envelope.columns() | values
    columns = (f"{given.get(name, 'null')}::{kind} as {name}" for name, kind in COLUMNS.items())
    return f"select {', '.join(columns)}"
