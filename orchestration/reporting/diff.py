"""``hoso diff``: which figures changed between two states of knowledge, and by which dossiers."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orchestration.reporting import definitions, legs
from orchestration.reporting.definitions import Figure
from orchestration.reporting.explain import rows_ctes
from orchestration.reporting.figures import Entry, figures, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import Question, members

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import duckdb


def diff(
    con: "duckdb.DuckDBPyConnection", question: Question, before: "datetime", after: "datetime"
) -> list[dict[str, Any]]:
    """``{figure, unit, before, after, rows: [{code, why, file, line}]}`` of each changed figure.

    ``question`` says period, units and rule set. Rows: the dossiers whose share in the figure
    changed; file and line are those of the row from which the later state was learnt.
    """
    known = definitions.load(con)
    then, now = replace(question, as_of=before), replace(question, as_of=after)
    old, new = _by_unit(figures(con, then)), _by_unit(figures(con, now))
    changes = []
    for code in (figure.code for figure in known.values() if figure.kind != "rate"):
        changed = {
            unit: (_value(old, unit, code), _value(new, unit, code))
            for unit in dict.fromkeys([*old, *new])
            if _value(old, unit, code) != _value(new, unit, code)
        }
        if not changed:
            continue
        reasons = _reasons(con, then, now, definitions.counted_parts(known, code))
        changes += [
            {
                "figure": code,
                "unit": unit,
                "before": was,
                "after": became,
                "rows": reasons.get(unit, []),
            }
            for unit, (was, became) in changed.items()
        ]
    return changes


def _by_unit(entries: list[Entry]) -> dict[str, Entry]:
    return {entry["unit"]: entry for entry in entries}


def _value(entries: dict[str, Entry], unit: str, code: str) -> int | None:
    value: int | None = entries[unit]["figures"][code] if unit in entries else None
    return value


def _reasons(
    con: "duckdb.DuckDBPyConnection", then: Question, now: Question, parts: "Sequence[Figure]"
) -> dict[str, list[dict[str, Any]]]:
    """Per unit the dossiers whose share changed."""
    for table, question in (("was", then), ("became", now)):
        values = {**legs.parameters(question), **members(question, units(con)).parameters()}
        rows(
            con,
            f"create or replace temp table {table} as with {rows_ctes(question, parts)}"
            " select * from counted",
            values,
        )
    found = rows(con, _CHANGED)
    reasons: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        reasons.setdefault(row.pop("entry"), []).append(row)
    return reasons


_CHANGED = """
with share as (
    select entry, dossier_key, quantity, 0 as later, null as detail
    from was
    union all
    select
        entry, dossier_key, 0 as quantity, quantity as later,
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
        sum(quantity) as quantity,
        sum(later) as later,
        max(detail) as detail
    from share
    group by entry, dossier_key
    having sum(quantity) <> sum(later)
)

select
    changed.entry,
    dossier.code,
    case when changed.later > changed.quantity then 'counted now' else 'no longer counted' end
    || ': ' || changed.detail.movement || ' of '
    || strftime(changed.detail.effective_at, '%Y-%m-%d') || ', known since '
    || strftime(changed.detail.known_at, '%Y-%m-%d %H:%M') || ' UTC' as why,
    batch.file,
    changed.detail.line_no as line
from changed
left join fct_dossier as dossier on changed.dossier_key = dossier.dossier_key
left join dim_batch as batch on changed.detail.batch_id = batch.batch_id
order by changed.entry, dossier.code
"""
