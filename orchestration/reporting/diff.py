"""``hoso diff``: which figures changed between two states of knowledge, and by which dossiers."""

from dataclasses import replace
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orchestration.reporting import beside, definitions, legs
from orchestration.reporting.as_published import Publication, as_published, publication_at
from orchestration.reporting.definitions import Figure
from orchestration.reporting.explain import counts, leg_ctes
from orchestration.reporting.figures import Entry, figures, refuse_before_all_knowledge, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import Question, members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import duckdb


def diff(
    con: "duckdb.DuckDBPyConnection", question: Question, before: "datetime", after: "datetime"
) -> list[dict[str, Any]]:
    """``{figure, unit, before, after, rows: [{code, why, file, line}]}`` of each changed figure.

    ``question`` says period, units and rule set. Rows: what is counted now, and no longer counted,
    of each dossier whose share in the figure changed; the first less the second is ``after`` less
    ``before`` (null as 0). File and line are those of the row from which the change was learnt.
    """
    refuse_before_all_knowledge(con, before)
    then, now = replace(question, as_of=before), replace(question, as_of=after)
    changes = _changes(con, figures(con, then), figures(con, now))
    return [
        {**change, "rows": rows_of} for change, rows_of, _ in _explained(con, changes, then, now)
    ]


def diff_publications(
    con: "duckdb.DuckDBPyConnection", question: Question, before: "datetime", after: "datetime"
) -> list[dict[str, Any]]:
    """The same between what was published at two moments, for a period of ``dim_period``.

    Rows: the dossiers whose share changed between what was known at the two publications, under
    today's rules. A row without a dossier comes first where that does not tell all of the change:
    the rules changed in between, or lists that came later are counted as known earlier.
    """
    old, new = publication_at(con, before), publication_at(con, after)
    changes = _changes(con, as_published(con, question, before), as_published(con, question, after))
    then, now = (
        replace(question, as_of=each.published_at.replace(tzinfo=UTC)) for each in (old, new)
    )
    return [
        {**change, "rows": [*_not_told(change, told, old, new), *rows_of]}
        for change, rows_of, told in _explained(con, changes, then, now)
    ]


def _not_told(
    change: dict[str, Any], told: int, old: Publication, new: Publication
) -> "Iterator[dict[str, Any]]":
    """What dossiers do not tell of a change between publications; ``told``: what they do."""
    if old.rules_hash != new.rules_hash:
        why = (
            f"rule_changed: publication {old.id} was made under rules {old.rules_hash},"
            f" publication {new.id} under rules {new.rules_hash}"
        )
    elif told != (change["after"] or 0) - (change["before"] or 0):
        why = (
            "known_earlier_now: lists or units that came after these publications changed what"
            " counts as known then"
        )
    else:
        return
    yield {"code": None, "why": why, "file": None, "line": None}


def _changes(
    con: "duckdb.DuckDBPyConnection", before: list[Entry], after: list[Entry]
) -> list[dict[str, Any]]:
    """``{figure, unit, before, after}`` of each figure, in the order of figures, then units."""
    old, new = _by_unit(before), _by_unit(after)
    return [
        {"figure": code, "unit": unit, "before": was, "after": became}
        for code in (figure.code for figure in definitions.load(con).values() if not figure.whole)
        for unit in dict.fromkeys([*old, *new])
        for was, became in [(_value(old, unit, code), _value(new, unit, code))]
        if was != became
    ]


def _explained(
    con: "duckdb.DuckDBPyConnection",
    changes: list[dict[str, Any]],
    then: Question,
    now: Question,
) -> "Iterator[tuple[dict[str, Any], list[dict[str, Any]], int]]":
    """Each change with its dossiers, and what they add up to."""
    known = definitions.load(con)
    for code, group in groupby(changes, key=lambda change: change["figure"]):
        changed = list(group)
        reasons = _reasons(con, then, now, known[code], changed)
        for change in changed:
            told = reasons.get(change["unit"], [])
            yield change, told, sum(row.pop("sign") for row in told)


def _by_unit(entries: list[Entry]) -> dict[str, Entry]:
    return {entry["unit"]: entry for entry in entries}


def _value(entries: dict[str, Entry], unit: str, code: str) -> int | None:
    value: int | None = entries[unit]["figures"].get(code) if unit in entries else None
    return value


def _reasons(
    con: "duckdb.DuckDBPyConnection",
    then: Question,
    now: Question,
    figure: Figure,
    changes: list[dict[str, Any]],
) -> dict[str, list[dict[str, Any]]]:
    """Per unit what changed of each dossier (of feedback: petition), with its ``sign``."""
    parts = definitions.counted_parts(definitions.load(con), figure.code)
    given: dict[str, dict[str, Any]] = {}
    for table, question, value in (("was", then, "before"), ("became", now, "after")):
        given[table] = {**legs.parameters(question), **members(question, units(con)).parameters()}
        if figure.kind == "feedback":
            given[table] |= {"starts": [question.first], "ends": [question.last]}
        # where a figure is null nothing of it is counted
        entries = [change["unit"] for change in changes if change[value] is not None]
        rows(
            con,
            f"""
            create or replace temp table {table} as
            with {_told(question, figure, parts)}
            select entry, dossier_key, code, sum(quantity) as quantity
            from counted
            where list_contains($entries::varchar[], entry)
            group by entry, dossier_key, code
            """,
            {**given[table], "entries": entries},
        )
    con.execute(_CHANGED)
    reasons: dict[str, list[dict[str, Any]]] = {}
    for row in rows(con, _WHY.format(told=_told(now, figure, parts)), given["became"]):
        reasons.setdefault(row.pop("entry"), []).append(row)
    return reasons


def _told(question: Question, figure: Figure, parts: "Iterable[Figure]") -> str:
    """CTEs up to ``counted``: all that adds up to a figure, and what takes away from it again.

    Grain: entry × posting × leg of the ledger; of what is beside it as ``beside.told_ctes``.
    """
    if figure.kind in beside.KINDS:
        name = "told.code" if figure.kind == "feedback" else "cast(null as varchar)"
        return f"""
            {beside.told_ctes(question, figure.kind)},
            counted as (
                select
                    member.entry, told.dossier_key, {name} as code, told.movement,
                    case when {beside.condition(figure)} then told.quantity else 0 end as quantity,
                    told.effective_at, false as is_reversal, told.known_at,
                    epoch_us(told.known_at) as batch_no, told.batch_id, told.line_no
                from told
                inner join member on told.unit_code = member.unit_code
            )
        """
    counted = " union all ".join(
        f"""
        select
            entry, dossier_key, cast(null as varchar) as code, movement,
            {definitions.sign(part)} * quantity as quantity,
            effective_at, is_reversal, known_at, batch_no, batch_id, line_no
        from known_leg
        where {counts(part)}
        """
        for part in parts
    )
    return f"{leg_ctes(question)}, counted as ({counted})"


_CHANGED = """
create or replace temp table changed as
select entry, dossier_key, code, sum(quantity) as more
from (
    select entry, dossier_key, code, quantity from became
    union all
    select entry, dossier_key, code, -quantity from was
) as share
group by entry, dossier_key, code
having sum(quantity) <> 0
"""

_WHY = """
with {told},

-- what leads from one account that counts into another that does changes nothing
netted as (
    select
        counted.entry,
        counted.dossier_key,
        counted.code,
        counted.movement,
        counted.effective_at,
        counted.is_reversal,
        counted.known_at,
        counted.batch_no,
        counted.batch_id,
        counted.line_no,
        changed.more,
        sum(counted.quantity) as quantity
    from counted
    inner join changed
        on
            counted.entry = changed.entry
            and counted.dossier_key is not distinct from changed.dossier_key
            and counted.code is not distinct from changed.code
    group by all
    having sum(counted.quantity) <> 0
),

-- the newest of what adds to it, or takes from it, told it
reason as (
    select
        *,
        row_number() over (
            partition by entry, dossier_key, code
            order by
                sign(quantity) = sign(more) desc, batch_no desc, effective_at desc, is_reversal,
                movement, line_no
        ) as nth
    from netted
),

changed_by_one as (
    select
        entry,
        dossier_key,
        code,
        cast(sign(more) as integer) as sign,
        unnest(range(1, cast(abs(more) as bigint) + 1)) as nth
    from changed
)

select
    changed.entry,
    changed.sign,
    coalesce(changed.code, dossier.code) as code,
    case when changed.sign > 0 then 'counted now' else 'no longer counted' end
    -- a petition of another unit now has no share here, and nothing to tell of it
    || coalesce(': ' || reason.movement || ' of ' || strftime(reason.effective_at, '%Y-%m-%d')
    || case when reason.is_reversal then ' taken back' else '' end || ', known since '
    || strftime(reason.known_at, '%Y-%m-%d %H:%M') || ' UTC', '') as why,
    batch.file,
    reason.line_no as line
from changed_by_one as changed
left join reason
    on
        changed.entry = reason.entry
        and changed.dossier_key is not distinct from reason.dossier_key
        and changed.code is not distinct from reason.code
        and changed.nth = reason.nth
left join fct_dossier as dossier on changed.dossier_key = dossier.dossier_key
left join dim_batch as batch on reason.batch_id = batch.batch_id
order by changed.entry, code, changed.nth
"""
