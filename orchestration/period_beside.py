"""Attributes, ratings and feedback for every period at once: what ``reporting.beside`` counts.

What belongs here: their legs per unit and span of ``period_figures`` (table ``pf_beside``), which
units carry them (``pf_carrier``), and a period's value from the totals at its two ends. A petition
that is open is a balance: plus one when it came in, minus one when it was handled.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from orchestration.reporting import beside
from orchestration.reporting.definitions import Figure

if TYPE_CHECKING:
    import duckdb

_OPEN: Final = "feedback_open"
_CARRIED_OVER: Final = "feedback_carried_over"
_RECEIVED: Final = "feedback_received"
_NEW: Final = "feedback_new"


def columns(known: Mapping[str, Figure]) -> list[str]:
    """Codes of the figures that are summed; the other ones follow from them."""
    return [figure.code for figure in _summed(known)]


def sum_spans(con: "duckdb.DuckDBPyConnection", known: Mapping[str, Figure]) -> None:
    """``pf_beside``, grain unit × span; ``pf_carrier``: bits of what is carried of each unit.

    Needs ``pf_reach`` and ``pf_day``.
    """
    con.execute(
        "create or replace temp table pf_carrier as"
        " select unit_code, layout from pf_reach where false"
    )
    zeros = ", ".join(f"cast(0 as bigint) as {code}" for code in columns(known))
    con.execute(
        f"""
        create or replace temp table pf_beside as
        select cast(null as varchar) as unit_code, cast(null as bigint) as span_no, {zeros}
        where false
        """
    )
    if not beside.is_told(con):
        return
    con.execute(
        """
        insert into pf_carrier
        select unit_code, bit_or(layout) as layout
        from (
            select unit_code, layout from pf_reach
            union all
            select unit_code, layout from fct_unit_carrier
        )
        group by unit_code
        """
    )
    for kind, told in (("attribute", _ATTRIBUTES), ("rating", _RATINGS), ("feedback", _FEEDBACK)):
        sums = ", ".join(
            f"coalesce(sum(told.quantity) filter (where {beside.condition(figure)}), 0)"
            f" as {figure.code}"
            for figure in _summed(known)
            if figure.kind == kind
        )
        if sums:
            con.execute(
                f"""
                insert into pf_beside by name
                with {told}
                select told.unit_code, coalesce(slot.span_no, 0) as span_no, {sums}
                from told
                asof left join pf_day as slot on told.day >= slot.day
                group by told.unit_code, coalesce(slot.span_no, 0)
                """
            )


def period_value(figure: Figure) -> str:
    """SQL of a period's value over its totals ``opening`` and ``closing``."""
    if figure.kind != "feedback":
        return _flow(figure.code)
    for base in (_OPEN, _CARRIED_OVER, _RECEIVED):
        if figure.code.startswith(base):
            kind = figure.code.removeprefix(base)
            carried_over = f"coalesce(opening.{_OPEN}{kind}, 0)"
            return {
                _OPEN: f"closing.{figure.code}",
                _CARRIED_OVER: carried_over,
                _RECEIVED: f"{_flow(_NEW + kind)} + {carried_over}",
            }[base]
    return _flow(figure.code)


def _flow(code: str) -> str:
    return f"closing.{code} - coalesce(opening.{code}, 0)"


def _summed(known: Mapping[str, Figure]) -> list[Figure]:
    return [
        figure
        for figure in known.values()
        if figure.kind in beside.KINDS and not figure.code.startswith((_CARRIED_OVER, _RECEIVED))
    ]


_ATTRIBUTES: Final = """
state as (
    select dossier_key, unnest(max_by(attribute, attribute.batch_no))
    from fct_dossier_attribute as attribute
    group by dossier_key
),

told as (
    select p.to_unit as unit_code, p.effective_date as day, p.movement, p.quantity, state.*
    from fct_dossier_posting as p
    inner join state on p.dossier_key = state.dossier_key
    left join pf_reach as reach on p.to_unit = reach.unit_code
    where
        p.movement in ('receipt', 'resolution')
        and p.effective_date <= coalesce(reach.known_until, p.effective_date)
)"""

_RATINGS: Final = """
told as (
    select
        coalesce(r.unit_code, dossier.unit_code) as unit_code,
        cast(r.occurred_at as date) as day, r.is_satisfied, 1 as quantity
    from fct_rating as r
    left join fct_dossier as dossier on r.dossier_key = dossier.dossier_key
    where r.is_satisfied is not null
)"""

_FEEDBACK: Final = f"""
{beside.FEEDBACK.format(known="true", known_feedback="true")},

told as (
    select
        unit_code, feedback_kind, turn.*
    from (
        select newest.unit_code, newest.feedback_kind, feedback_reach.known_until, unnest([
            {{'day': received, 'is_new': true, 'is_open': true, 'is_handled': false,
                'is_published': false, 'quantity': 1}},
            {{'day': if(has_end, finished, null), 'is_new': false, 'is_open': false,
                'is_handled': true, 'is_published': false, 'quantity': 1}},
            {{'day': if(has_end and received is not null, finished, null), 'is_new': false,
                'is_open': true, 'is_handled': false, 'is_published': false, 'quantity': -1}},
            {{'day': published, 'is_new': false, 'is_open': false, 'is_handled': false,
                'is_published': true, 'quantity': 1}}
        ]) as turn
        from newest
        inner join feedback_reach on newest.unit_code = feedback_reach.unit_code
    )
    where turn.day <= known_until
)"""
