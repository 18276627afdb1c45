"""``hoso figures``: any figure, for any period, any unit, as known at any moment.

The contract is ``figures.md``.
One aggregation answers all figures at once; what a figure counts is data (``dim_figure``).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from orchestration.errors import HosoError
from orchestration.reporting import beside, definitions, legs, roles
from orchestration.reporting.definitions import Figure
from orchestration.reporting.published import rows
from orchestration.reporting.question import ROLES, TOTAL, Question, Unit, members

if TYPE_CHECKING:
    import duckdb

Entry = dict[str, Any]


def figures(con: "duckdb.DuckDBPyConnection", question: Question) -> list[Entry]:
    """Entries ``{unit, from, to, rule_set, as_of, balance_day, known_until, complete, …}``.

    Grain: unit (× split). ``figures`` and ``rates`` hold all codes; null where no list of the unit
    carries the column. ``complete``: the data of every unit in the entry reaches the last day.
    """
    known = definitions.load(con)
    if question.split in ROLES and not roles.are_told(con):
        raise HosoError(f"What is published cannot be split by {question.split} yet: hoso run", 4)
    chosen = members(question, units(con))
    sql = figures_sql(question, known, overlap=chosen.overlap)
    values = {**legs.parameters(question), **chosen.parameters()}
    if question.units:
        values["asked"] = list(question.units)
    periods = question.periods()
    others = beside.counts(con, question, known, chosen)
    return [
        entry(
            question,
            known,
            periods[row["bucket"] - 1],
            row | others.of(row["entry"], row["split"], row["bucket"]),
        )
        for row in rows(con, sql, values)
    ]


def units(con: "duckdb.DuckDBPyConnection") -> list[Unit]:
    """All units with their parents, now and before, and their successors."""
    earlier = con.execute(
        "select unit_code, valid_to, parent_code from dim_unit_validity"
        " where valid_to is not null order by unit_code, valid_to"
    ).fetchall()
    found = con.execute(
        "select unit_code, parent_code, valid_to, successor_code from dim_unit order by unit_code"
    ).fetchall()
    moves: dict[str, list[tuple[date, str | None]]] = {}
    for code, until, parent in earlier:
        moves.setdefault(code, []).append((until, parent))
    return [
        Unit(code, parent, end, into, tuple(m for m in moves.get(code, ()) if m[0] != end))
        for code, parent, end, into in found
    ]


def default_range(con: "duckdb.DuckDBPyConnection", as_of: datetime | None) -> tuple[date, date]:
    """From the first posting to the day that the best known unit is known until."""
    known_by = as_of.astimezone(UTC).replace(tzinfo=None) if as_of else None
    known = "known_at <= $known_by" if known_by else "true"
    found = con.execute(
        f"""
        select
            (select min(effective_date) from fct_dossier_posting where {known}) as first,
            (select max(reach_date) from fct_unit_reach where {known}) as last
        """,
        {"known_by": known_by} if known_by else {},
    ).fetchone()
    if found is None or found[0] is None or found[1] is None:
        raise HosoError("No dossier was known then: there is nothing to count.", 4)
    return found[0], max(found)


def refuse_before_all_knowledge(con: "duckdb.DuckDBPyConnection", moment: datetime) -> None:
    """Raise ``HosoError`` where no list was known by a moment, saying since when one was."""
    ((first,),) = con.execute("select min(known_at) from fct_unit_reach").fetchall()
    if first is None or moment.astimezone(UTC).replace(tzinfo=None) < first:
        since = f"the first list is known since {first:%Y-%m-%d %H:%M} UTC" if first else "no list"
        raise HosoError(f"Nothing was known at {moment:%Y-%m-%d %H:%M} UTC ({since}).", 4)


def figures_sql(question: Question, known: Mapping[str, Figure], *, overlap: bool) -> str:
    """The whole query; grain of its rows: entry × bucket (× split), counted figures as columns."""
    counted = [figure for figure in known.values() if figure.is_counted]
    sums = ",\n        ".join(_sum(figure) for figure in counted)
    running = ",\n        ".join(_running(figure) for figure in counted)
    columns = ",\n    ".join(_carried(figure) for figure in counted)
    split, join = _split(question)
    asked = "union select unnest($asked::varchar[]), ''" if question.units else ""
    nothing = " or ".join(f"running.{figure.code} <> 0" for figure in counted)
    return f"""
with {legs.ctes(question, overlap=overlap)},

holds as (select distinct entry, leaf from member),

counted as (
    select
        m.entry,
        {split} as split,
        moved.bucket,
        {sums}
    from moved
    inner join holds as m on moved.leaf = m.leaf
    left join holds as inside on m.entry = inside.entry and moved.counterpart = inside.leaf
    {join}
    group by all
),

grid as (
    select pair.entry, pair.split, cast(bucket.range as integer) as bucket
    from (select distinct entry, split from counted {asked}) as pair
    cross join range({len(question.periods()) + 1}) as bucket
),

running as (
    select
        grid.entry,
        grid.split,
        grid.bucket,
        {running}
    from grid
    left join counted
        on grid.entry = counted.entry
        and grid.split = counted.split
        and grid.bucket = counted.bucket
    window
        so_far as (partition by grid.entry, grid.split order by grid.bucket),
        before as (
            partition by grid.entry, grid.split order by grid.bucket
            rows between unbounded preceding and 1 preceding
        )
),

entry_reach as (
    select
        m.entry,
        coalesce(bit_or(reach.layout), 0) as layout,
        coalesce(
            min(reach.known_until) filter (where m.is_current), max(reach.known_until)
        ) as known_until
    from member as m
    left join reach on m.unit_code = reach.unit_code
    group by m.entry
)

select
    running.entry,
    running.split,
    running.bucket,
    entry_reach.known_until,
    {columns}
from running
left join entry_reach on running.entry = entry_reach.entry
where running.bucket > 0 {f"and ({nothing})" if question.split not in {None, "month"} else ""}
order by running.entry = '{TOTAL}', running.entry, running.split, running.bucket
"""


def entry(
    question: Question,
    known: Mapping[str, Figure],
    period: tuple[date, date],
    row: Mapping[str, Any],
) -> Entry:
    """One entry of the answer from one row of the query."""
    first, last = period
    until: date | None = row["known_until"]
    counts: dict[str, int | None] = {}
    for figure in known.values():
        if figure.kind != "rate":
            counts[figure.code] = _count(figure, row, counts)
    split: dict[str, Any] = {}
    if question.split == "month":
        split = {"month": f"{first:%Y-%m}"}
    elif question.split is not None:
        split = {question.split: row["split"] or None}
    return {
        "unit": row["entry"],
        **split,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "rule_set": question.rule_set,
        "as_of": question.as_of.isoformat() if question.as_of else None,
        "balance_day": (min(last, until) if until else last).isoformat(),
        "known_until": until.isoformat() if until else None,
        "complete": until is not None and until >= last,
        "figures": counts,
        "rates": rates(known.values(), counts),
    }


def rates(known: Iterable[Figure], counts: Mapping[str, int | None]) -> dict[str, float | None]:
    """All rates that follow from the counts."""
    return {
        figure.code: definitions.rate(_total(figure.parts, counts), counts[figure.whole])
        for figure in known
        if figure.kind == "rate" and figure.whole is not None
    }


def _count(figure: Figure, row: Mapping[str, Any], counts: Mapping[str, int | None]) -> int | None:
    if figure.is_counted or figure.kind in beside.KINDS:
        value = row.get(figure.code)
        return None if value is None else int(value)
    return _total(figure.parts, counts) if figure.kind == "derived" else None


def _total(parts: Iterable[str], counts: Mapping[str, int | None]) -> int | None:
    """A sum with an unknown term is unknown."""
    total = 0
    for part in parts:
        value = counts[part]
        if value is None:
            return None
        total += value
    return total


def _sum(figure: Figure) -> str:
    # a transfer between two units of one entry is none of the entry's
    outside = " and inside.leaf is null" if figure.movement == "transfer" else ""
    minus = "-" if definitions.sign(figure) < 0 else ""
    where = definitions.condition(figure) + outside
    return f"{minus}sum(moved.quantity) filter (where {where}) as {figure.code}"


def _running(figure: Figure) -> str:
    value = f"coalesce(counted.{figure.code}, 0)"
    if figure.kind == "flow":
        return f"{value} as {figure.code}"
    frame = "before" if figure.moment == "opening" else "so_far"
    return f"sum({value}) over {frame} as {figure.code}"


def _carried(figure: Figure) -> str:
    if not figure.needs:
        return f"running.{figure.code}"
    carried = definitions.carried(figure, "entry_reach.layout")
    return f"case when {carried} then running.{figure.code} end as {figure.code}"


def _split(question: Question) -> tuple[str, str]:
    """SQL of the split's value ('' = not known), and the join that it needs."""
    if question.split in {None, "month"}:
        return "''", ""
    named = {
        "procedure": "coalesce(procedure.procedure_code, procedure.procedure_name, '')",
        "field": "coalesce(procedure.field_name, '')",
    }.get(question.split or "")
    if named:
        join = "left join dim_procedure as procedure on moved.split = procedure.procedure_key"
        return named, join
    return "coalesce(moved.split, '')", ""
