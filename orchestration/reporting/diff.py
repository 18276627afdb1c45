"""``hoso diff``: which figures changed between two states of knowledge, and by which dossiers."""

from dataclasses import replace
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orchestration.reporting import beside, definitions, legs
from orchestration.reporting.as_published import as_published, publication_at
from orchestration.reporting.definitions import Figure
from orchestration.reporting.explain import rows_ctes
from orchestration.reporting.figures import Entry, figures, refuse_before_all_knowledge, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import Question, members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    import duckdb


def diff(
    con: "duckdb.DuckDBPyConnection", question: Question, before: "datetime", after: "datetime"
) -> list[dict[str, Any]]:
    """``{figure, unit, before, after, rows: [{code, why, file, line}]}`` of each changed figure.

    ``question`` says period, units and rule set. Rows: the dossiers whose share in the figure
    changed; file and line are those of the row from which the later state was learnt.
    """
    refuse_before_all_knowledge(con, before)
    then, now = replace(question, as_of=before), replace(question, as_of=after)
    changes = _changes(con, figures(con, then), figures(con, now))
    return [{**change, "rows": rows_of} for change, rows_of in _explained(con, changes, then, now)]


def diff_publications(
    con: "duckdb.DuckDBPyConnection", question: Question, before: "datetime", after: "datetime"
) -> list[dict[str, Any]]:
    """The same between what was published at two moments, for a period of ``dim_period``.

    Rows: the dossiers whose share changed between what was known at the two publications, under
    today's rules; where the rules changed in between, a row without a dossier says ``rule_changed``
    first.
    """
    old, new = publication_at(con, before), publication_at(con, after)
    changes = _changes(con, as_published(con, question, before), as_published(con, question, after))
    told = []
    if old.rules_hash != new.rules_hash:
        why = (
            f"rule_changed: publication {old.id} was made under rules {old.rules_hash},"
            f" publication {new.id} under rules {new.rules_hash}"
        )
        told = [{"code": None, "why": why, "file": None, "line": None}]
    then, now = (
        replace(question, as_of=each.published_at.replace(tzinfo=UTC)) for each in (old, new)
    )
    return [
        {**change, "rows": [*told, *rows_of]}
        for change, rows_of in _explained(con, changes, then, now)
    ]


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
) -> "Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]":
    """Each change with its dossiers."""
    known = definitions.load(con)
    for code, group in groupby(changes, key=lambda change: change["figure"]):
        reasons = _reasons(con, then, now, known, code)
        for change in group:
            yield change, reasons.get(change["unit"], [])


def _by_unit(entries: list[Entry]) -> dict[str, Entry]:
    return {entry["unit"]: entry for entry in entries}


def _value(entries: dict[str, Entry], unit: str, code: str) -> int | None:
    value: int | None = entries[unit]["figures"].get(code) if unit in entries else None
    return value


def _reasons(
    con: "duckdb.DuckDBPyConnection",
    then: Question,
    now: Question,
    known: "Mapping[str, Figure]",
    code: str,
) -> dict[str, list[dict[str, Any]]]:
    """Per unit the dossiers (of feedback: the petitions) whose share changed."""
    for table, question in (("was", then), ("became", now)):
        values = {**legs.parameters(question), **members(question, units(con)).parameters()}
        if known[code].kind == "feedback":
            values |= {"starts": [question.first], "ends": [question.last]}
        shares = _shares(question, known, code)
        rows(con, f"create or replace temp table {table} as {shares}", values)
    found = rows(con, _CHANGED)
    reasons: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        reasons.setdefault(row.pop("entry"), []).append(row)
    return reasons


def _shares(question: Question, known: "Mapping[str, Figure]", code: str) -> str:
    """SQL: what each dossier has in a figure; 0 is one that was counted or might have been."""
    figure = known[code]
    if figure.kind not in beside.KINDS:
        parts = definitions.counted_parts(known, code)
        return f"""
            with {rows_ctes(question, parts)}
            select counted.*, cast(null as varchar) as code from counted
        """
    name = "told.code" if figure.kind == "feedback" else "cast(null as varchar)"
    return f"""
        with {beside.told_ctes(question, figure.kind)}
        select
            member.entry, told.dossier_key, {name} as code, told.movement,
            case when {beside.condition(figure)} then told.quantity else 0 end as quantity,
            told.effective_at, told.known_at, told.batch_id, told.line_no
        from told
        inner join member on told.unit_code = member.unit_code
    """


_CHANGED = """
with share as (
    select entry, dossier_key, code, quantity, 0 as later, null as detail
    from was
    union all
    select
        entry, dossier_key, code, 0 as quantity, quantity as later,
        {
            'known_at': known_at, 'effective_at': effective_at, 'movement': movement,
            'batch_id': batch_id, 'line_no': line_no
        } as detail
    from became
),

changed as (
    select
        entry,
        dossier_key,
        code,
        sum(quantity) as quantity,
        sum(later) as later,
        max(detail) as detail
    from share
    group by entry, dossier_key, code
    having sum(quantity) <> sum(later)
)

select
    changed.entry,
    coalesce(changed.code, dossier.code) as code,
    case when changed.later > changed.quantity then 'counted now' else 'no longer counted' end
    -- a petition of another unit now has no share here, and nothing to tell of it
    || coalesce(': ' || changed.detail.movement || ' of '
    || strftime(changed.detail.effective_at, '%Y-%m-%d') || ', known since '
    || strftime(changed.detail.known_at, '%Y-%m-%d %H:%M') || ' UTC', '') as why,
    batch.file,
    changed.detail.line_no as line
from changed
left join fct_dossier as dossier on changed.dossier_key = dossier.dossier_key
left join dim_batch as batch on changed.detail.batch_id = batch.batch_id
order by changed.entry, code
"""
