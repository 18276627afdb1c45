"""``hoso explain``: the movements that a figure adds up, each with its dossier, file and line."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from orchestration.errors import HosoError
from orchestration.reporting import beside, definitions, legs, roles
from orchestration.reporting.definitions import Figure
from orchestration.reporting.figures import figures, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import TOTAL, Question, members

if TYPE_CHECKING:
    import duckdb


def explain(
    con: "duckdb.DuckDBPyConnection", code: str, question: Question, limit: int | None = None
) -> dict[str, Any]:
    """``{figure, unit, from, to, total, rows}``; ``quantity`` adds up to the figure.

    One unit (with all below it) or, without, all. A balance lists the dossiers that stand there,
    with the movement that brought them; what was posted and taken back again is left out. A figure
    that no list carries has the total null and no rows. ``limit`` cuts the rows, not the total.
    ``unit`` is the competent one; where a list names them, ``help_unit`` and ``reception_unit``
    (where it was lodged with help, officially received) are told, too; ``system`` where the rows
    are dossiers of more than one, in which one code may stand for two.
    """
    known = definitions.load(con)
    parts = _parts(known, code)
    unit = question.units[0] if question.units else TOTAL
    asked = Question(
        question.first,
        question.last,
        (unit,),
        rule_set=question.rule_set,
        as_of=question.as_of,
        units_as_of=question.units_as_of,
    )
    answer = figures(con, asked)
    total = answer[0]["figures"][code] if answer else 0
    result = {
        "figure": code,
        "unit": unit,
        "from": question.first.isoformat(),
        "to": question.last.isoformat(),
        "total": total,
    }
    if total is None:
        return {**result, "rows": []}
    chosen = members(asked, units(con))
    if known[code].kind in beside.KINDS:
        told = beside.explained(con, asked, known[code], chosen)
        return {**result, "rows": [_readable(row) for row in told[:limit]]}
    known_by = "a.known_at <= $known_by" if asked.as_of is not None else "true"
    named = roles.role_sql(known_by, "counted") if roles.are_told(con) else roles.NONE_SQL
    found = rows(
        con,
        f"""
        with {_rows_ctes(asked, parts)},
        {named}

        select
            dossier.code,
            dossier.system,
            counted.unit_code as unit,
            counted.movement,
            counted.account,
            counted.quantity,
            counted.effective_at,
            counted.known_at,
            batch.source,
            batch.file,
            counted.line_no as line,
            role.help_unit,
            role.reception_unit
        from counted
        left join role on counted.dossier_key = role.dossier_key
        left join fct_dossier as dossier on counted.dossier_key = dossier.dossier_key
        left join dim_batch as batch on counted.batch_id = batch.batch_id
        where counted.quantity <> 0
        order by counted.effective_at, dossier.code, counted.movement, counted.unit_code
        {"" if limit is None else f"limit {limit:d}"}
        """,
        {**legs.parameters(asked), **chosen.parameters()},
    )
    return {**result, "rows": [_readable(row) for row in _with_what_tells(found)]}


def _with_what_tells(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a dossier was lodged with help and where it was received stand only where told, whose
    code it is only where there are several systems."""
    names = ("help_unit", "reception_unit")
    left_out = [name for name in names if all(row[name] is None for row in found)]
    if len({row["system"] for row in found}) <= 1:
        left_out.append("system")
    return [{k: v for k, v in row.items() if k not in left_out} for row in found]


def _readable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Times as text: office wall clock for what happened, UTC with its mark for what was known."""
    known: datetime = row["known_at"]
    return {
        **row,
        "quantity": int(row["quantity"]),
        "effective_at": row["effective_at"].isoformat(),
        "known_at": known.replace(tzinfo=UTC).isoformat(),
    }


def leg_ctes(question: Question) -> str:
    """CTEs up to ``known_leg``: both sides of each posting that an entry of the question may count.

    Grain of ``known_leg``: entry × posting × leg; ``quantity`` has the leg's sign.
    """
    known = "p.known_at <= $known_by" if question.as_of is not None else "true"
    return f"""
{legs.sources(question)},

leg as (
    select
        p.dossier_key, p.movement, 'to' as leg, p.to_account as account, p.to_unit as unit_code,
        p.from_unit as other_unit, p.tl_after_{question.rule_set} as timeliness, p.channel,
        p.quantity, p.effective_at, p.effective_date, p.is_reversal, p.known_at, p.batch_no,
        p.batch_id, p.line_no
    from fct_dossier_posting as p
    where p.to_account <> 'outside' and p.effective_date <= $last and {known}
    union all
    select
        p.dossier_key, p.movement, 'from' as leg, p.from_account as account, p.from_unit,
        p.to_unit as other_unit, p.tl_before_{question.rule_set} as timeliness, p.channel,
        -p.quantity, p.effective_at, p.effective_date, p.is_reversal, p.known_at, p.batch_no,
        p.batch_id, p.line_no
    from fct_dossier_posting as p
    where p.from_account <> 'outside' and p.effective_date <= $last and {known}
),

known_leg as (
    select
        m.entry,
        leg.* exclude (other_unit),
        inside.unit_code is not null
        and leg.effective_date <= coalesce(other.known_until, $last) as is_inside
    from leg
    inner join member as m on leg.unit_code = m.unit_code
    left join reach on leg.unit_code = reach.unit_code
    left join member as inside on m.entry = inside.entry and leg.other_unit = inside.unit_code
    left join reach as other on leg.other_unit = other.unit_code
    where leg.effective_date <= coalesce(reach.known_until, $last)
)"""


def counts(part: Figure) -> str:
    """SQL: does a row of ``known_leg`` count in this counted figure?"""
    terms = [definitions.condition(part)]
    if part.kind == "flow":
        terms.append("effective_date >= $first")
    if part.moment == "opening":
        terms.append("effective_date < $first")
    if part.movement == "transfer":
        terms.append("not is_inside")
    return " and ".join(terms)


def _rows_ctes(question: Question, parts: Sequence[Figure]) -> str:
    """CTEs up to ``counted``: what the parts of a figure add up; zero is what was taken back.

    Grain of ``counted``: entry × part × dossier × unit × account, for flows also × movement × time.
    """
    counted = "\n    union all\n".join(
        f"    select * from ({_balance(part) if part.kind == 'balance' else _flow(part)})"
        for part in parts
    )
    return f"""
{leg_ctes(question)},

net as (
    select
        entry, dossier_key, movement, leg, account, unit_code, timeliness, channel,
        effective_at, effective_date, is_inside,
        sum(quantity) as quantity,
        max(known_at) as known_at,
        max(batch_no) as batch_no,
        max_by(batch_id, (batch_no, not is_reversal)) as batch_id,
        max_by(line_no, (batch_no, not is_reversal)) as line_no
    from known_leg
    group by all
),

counted as (
{counted}
)"""


def _flow(part: Figure) -> str:
    """The movements of the period, one by one."""
    return f"""
    select
        entry, dossier_key, unit_code, account, movement,
        {definitions.sign(part)} * quantity as quantity,
        effective_at, known_at, batch_id, line_no
    from net
    where {counts(part)}"""


def _balance(part: Figure) -> str:
    """The dossiers that stand there, each with the movement that brought it there last."""
    order = "(quantity > 0, effective_at, batch_no)"
    return f"""
    select
        entry, dossier_key, unit_code, account,
        max_by(movement, {order}) as movement,
        sum(quantity) as quantity,
        max_by(effective_at, {order}) as effective_at,
        max_by(known_at, {order}) as known_at,
        max_by(batch_id, {order}) as batch_id,
        max_by(line_no, {order}) as line_no
    from net
    where {counts(part)}
    group by entry, dossier_key, unit_code, account"""


def _parts(known: Mapping[str, Figure], code: str) -> tuple[Figure, ...]:
    if code not in known:
        raise HosoError(f"Unknown figure {code!r}. Known: {', '.join(known)}.", 2)
    figure = known[code]
    if figure.kind == "rate":
        parts = (*figure.parts, figure.whole)
        names = ", ".join(str(part) for part in parts)
        raise HosoError(f"{code} is a rate; explain what it divides: {names}.", 2)
    return definitions.counted_parts(known, code)
