"""Typed rows of one file -> the events of one batch, compared with what the store knows."""

import json
from dataclasses import dataclass
from typing import Any, Final

from orchestration.eventstore.schema import COLUMNS, is_day
from orchestration.eventstore.store import quoted
from orchestration.ingest.envelope import Envelope
from orchestration.ingest.identity import SIGHTED_AGAIN, Identity
from orchestration.ingest.known import Known
from orchestration.ingest.masking import masked_sql
from orchestration.ingest.result import Counts
from orchestration.ingest.scratch import Scratch, moment
from orchestration.sources.kinds import KINDS

_OUTCOMES: Final = ("stored", "unchanged", "duplicate", "quarantined")


@dataclass(frozen=True)
class Judged:
    """Rows of one file with their ``outcome``; ``adds`` of them say what the store has not.

    ``relation`` is SQL: the typed columns and ``subject, outcome, is_seen``; ``fate`` is a table
    with the numbers of each row alone: ``line_no, subject_hash, content_hash, id_bits``, outcome.
    """

    relation: str
    fate: str
    type: str
    layout: int | None
    counts: Counts
    adds: int


def judge(
    scratch: Scratch,
    known: Known,
    typed: str,
    identity: Identity,
    *,
    source: str,
    layout: int | None = None,
) -> Judged:
    """Compares typed rows with each other and with the store.

    ``is_seen``: the very same sighting (subject, content, observed_at) is already in the store.
    """
    # only numbers are copied: the texts of a long list stay where they are
    fate = f"fate_{identity.kind.partition('.')[2]}"
    scratch.run(
        f"""
        create or replace table {fate} as
        with hashed as (
            select line_no, problem is not null as is_bad, content_hash,
                hash({identity.subject()}) as subject_hash, hoso_low_bits(id) as id_bits
            from {typed}
        ),
        firsts as (
            select subject_hash, content_hash, min(line_no) as first_line
            from hashed
            where not is_bad
            group by subject_hash, content_hash
        ),
        seen as (
            select distinct hash(subject) as subject_hash, content_hash
            from ({known.seen_at(identity.observed_at)})
            where content_hash is not null
        )
        select hashed.line_no, hashed.subject_hash, hashed.content_hash, hashed.id_bits,
            case
                when is_bad then 'quarantined'
                when hashed.line_no <> first_line then 'duplicate'
                when known.content_hash is not null then 'unchanged'
                else 'stored'
            end as outcome,
            seen.content_hash is not null as is_seen
        from hashed
        left join firsts
            on hashed.subject_hash = firsts.subject_hash
            and hashed.content_hash = firsts.content_hash
        left join known
            on hashed.subject_hash = known.subject_hash
            and hashed.content_hash = known.content_hash
        left join seen
            on hashed.subject_hash = seen.subject_hash
            and hashed.content_hash = seen.content_hash
        """
    )
    relation = f"""(
        select typed.*, {identity.subject()} as subject, fate.outcome, fate.is_seen
        from {typed} as typed
        join {fate} as fate on typed.line_no = fate.line_no
    )"""
    found = {
        (outcome, seen): int(rows)
        for outcome, seen, rows in scratch.rows(
            f"select outcome, is_seen, count(*) from {fate} group by outcome, is_seen"
        )
    }
    counts = Counts(*(found.get((o, True), 0) + found.get((o, False), 0) for o in _OUTCOMES))
    rows, lines = scratch.one(f"select count(*), count(distinct line_no) from {typed}")
    if counts.read != rows or lines != rows:
        raise RuntimeError(
            f"{rows} rows on {lines} lines were read but {counts} judged: a bug in ingest"
        )
    adds = counts.stored
    if identity.kind in SIGHTED_AGAIN:
        adds += found.get(("unchanged", False), 0)
    adds += _number_problems(scratch, known, relation, identity, source)
    return Judged(relation, fate, identity.kind, layout, counts, adds)


def _problem_table(kind: str) -> str:
    return f"problem_{kind.partition('.')[2]}"


def _number_problems(
    scratch: Scratch, known: Known, relation: str, identity: Identity, source: str
) -> int:
    """Table of the ids of rows set aside that are new to the store; returns how many.

    The same bad row of the same list, in whatever file, has the same id.
    """
    name = _problem_table(identity.kind)
    scratch.run(
        f"""
        create or replace table {name} as
        with bad as (
            select line_no, concat_ws('|', code, content_hash, problem) as said
            from {relation}
            where outcome = 'quarantined'
        ),
        numbered as (
            select line_no, md5(concat_ws('|', 'row.set_aside', {quoted(source)},
                epoch_us({moment(identity.observed_at)}), said,
                row_number() over (partition by said order by line_no))) as id
            from bad
        )
        select line_no, id
        from numbered
        where id not in (
            select id from ({known.seen_at(identity.observed_at)}) where type = 'row.set_aside'
        )
        """
    )
    return int(scratch.one(f"select count(*) from {name}")[0])


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
    for number, each in enumerate(judged):
        # steps inside of the rows have numbers of their own
        is_step = ", 'step', true" if number else ""
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
                    "id": f"{_problem_table(each.type)}.id",
                    "subject": "subject",
                    "code": "code",
                    "data": "json_object('column', problem.column_name, 'cell', "
                    f"{masked_sql('problem.cell', 'problem.reason')},"
                    " 'reason', problem.reason, 'suggestion', problem.suggestion"
                    f"{is_step})::varchar",
                },
                envelope,
            )
            + f" from {each.relation} join {_problem_table(each.type)} using (line_no)"
        )
    return " union all ".join(parts)


def _content_columns(judged: Judged) -> dict[str, str]:
    kind = next(each for each in KINDS.values() if each.type == judged.type)
    fields = ["code", *kind.texts, "data"]
    for field in kind.dates:
        fields += [field, is_day(field)]
    if kind.names_system:
        fields.append("system")
    columns = {field: field for field in fields}
    if judged.type in {"dossier.progressed", "form.issued"}:
        return columns | {"layout": "layout"}
    return columns if judged.layout is None else columns | {"layout": str(judged.layout)}


def _select(values: dict[str, str], envelope: Envelope) -> str:
    given = envelope.columns() | values
    columns = (f"{given.get(name, 'null')}::{kind} as {name}" for name, kind in COLUMNS.items())
    return f"select {', '.join(columns)}"
