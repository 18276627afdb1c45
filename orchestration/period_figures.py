"""All figures of all units for every period of ``dim_period`` at once, as known now.

What belongs here: the SQL, from ``fct_unit_day`` to one wide row per entry, period and rule set.
What does not: what of it is kept (``kept_figures``). Every value is the one that
``reporting.figures`` gives for the same question; that one answers any days, this one all periods.

Time is cut at every day on which a period begins or ends. Between two cuts (a *span*) legs are
summed once, over units along the mapping of the day, and added up over time; a period's flows are
then the difference of two such totals, its balances the totals themselves.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from orchestration import period_beside
from orchestration.reporting import beside, definitions
from orchestration.reporting.definitions import Figure
from orchestration.reporting.figures import units
from orchestration.reporting.question import TOTAL, Question, RuleSet, Unit, members

if TYPE_CHECKING:
    import duckdb

KEYS: Final = ("unit_code", "includes_below", "period_code", "first_day", "last_day", "rule_set")
"""Grain; ``includes_below``: a parent, or the total, with all below it."""


def compute(con: "duckdb.DuckDBPyConnection", table: str) -> None:
    """Create temp table ``table``: ``KEYS``, ``known_until`` and one column per figure and rate.

    ``known_until`` is at most the last day. Periods: those that overlap the days from the first
    movement to the day that the best known unit is known until. ``con`` finds the tables of a
    warehouse under their plain names; temp tables ``pf_*`` are made and dropped.
    """
    known = definitions.load(con)
    first, until = _reach(con)
    con.execute(f"create or replace temp table {table} as {_empty(known)}")
    if first is not None and until is not None:
        _cut(con, first, until)
        _sum_spans(con, known)
        period_beside.sum_spans(con, known)
        all_units = units(con)
        for begin, end in _epochs(con, all_units):
            _map_units(con, all_units, begin)
            con.execute(f"insert into {table} by name {_answer_sql(known, begin, end)}")
    for (name,) in con.execute(
        "select table_name from duckdb_tables() where temporary and starts_with(table_name, 'pf_')"
    ).fetchall():
        con.execute(f"drop table {name}")


def value_columns(known: Mapping[str, Figure]) -> list[str]:
    """``known_until`` and all figures and rates, in their order."""
    return ["known_until", *known]


def _reach(con: "duckdb.DuckDBPyConnection") -> tuple[date | None, date | None]:
    ((first, until),) = con.execute(
        "select (select min(day) from fct_unit_day), (select max(reach_date) from fct_unit_reach)"
    ).fetchall()
    return first, until


def _empty(known: Mapping[str, Figure]) -> str:
    kinds = {"first_day": "date", "last_day": "date", "includes_below": "boolean"}
    keys = [f"cast(null as {kinds.get(name, 'varchar')}) as {name}" for name in KEYS]
    values = [
        f"cast(null as {'double' if figure.kind == 'rate' else 'integer'}) as {figure.code}"
        for figure in known.values()
    ]
    return f"select {', '.join([*keys, 'cast(null as date) as known_until', *values])} where false"


def _cut(con: "duckdb.DuckDBPyConnection", first: date, until: date) -> None:
    """``pf_period`` with the numbers of its spans, ``pf_day``: the span of each day."""
    con.execute(
        """
        create or replace temp table pf_day as
        with period as (
            select first_day, last_day from dim_period
            where first_day <= $until and last_day >= $first
        ),
        span as (
            select day as first_day, row_number() over (order by day) as span_no
            from (select first_day as day from period union select last_day + 1 from period)
        ),
        day as (
            select distinct day from fct_unit_day
            union
            select first_day from span
        )
        select day.day, coalesce(span.span_no, 0) as span_no
        from day
        asof left join span on day.day >= span.first_day
        """,
        {"first": first, "until": until},
    )
    con.execute(
        """
        create or replace temp table pf_period as
        select
            period.period_code, period.first_day, period.last_day,
            opening.span_no - 1 as before_no, closing.span_no - 1 as end_no
        from dim_period as period
        inner join pf_day as opening on period.first_day = opening.day
        inner join pf_day as closing on period.last_day + 1 = closing.day
        where period.first_day <= $until and period.last_day >= $first
        """,
        {"first": first, "until": until},
    )


def _sums(known: Mapping[str, Figure]) -> dict[str, tuple[Figure, str]]:
    """Column → its figure and the condition of its legs; one per rule set where that matters."""
    found = {}
    for figure in known.values():
        if figure.is_counted and figure.timeliness:
            for rule in RuleSet:
                where = definitions.condition(figure, f"d.tl_{rule}")
                found[_column(figure, rule)] = (figure, where)
        elif figure.is_counted:
            found[figure.code] = (figure, definitions.condition(figure))
    return found


def _column(figure: Figure, rule: str) -> str:
    return f"{figure.code}__{rule}" if figure.timeliness else figure.code


def _sum_spans(con: "duckdb.DuckDBPyConnection", known: Mapping[str, Figure]) -> None:
    """``pf_reach``; ``pf_leg``, grain unit × span; ``pf_passed``, grain unit × counterpart × span:
    transfers of which both ends are known."""
    sums = _sums(known)

    def columns(chosen: Iterable[str]) -> str:
        return ", ".join(
            f"cast({'-' if definitions.sign(sums[name][0]) < 0 else ''}"
            f"coalesce(sum(d.quantity) filter (where {sums[name][1]}), 0) as bigint) as {name}"
            for name in chosen
        )

    con.execute(
        """
        create or replace temp table pf_reach as
        select unit_code, max(reach_date) as known_until, bit_or(layout) as layout
        from fct_unit_reach
        group by unit_code
        """
    )
    # each unit counts as far as it is known, flows as well as balances (decision 005)
    source = """
        from fct_unit_day as d
        inner join pf_day as slot on d.day = slot.day
        left join pf_reach as reach on d.unit_code = reach.unit_code"""
    con.execute(
        f"""
        create or replace temp table pf_leg as
        select d.unit_code, slot.span_no, {columns(sums)}
        {source}
        where d.day <= coalesce(reach.known_until, d.day)
        group by d.unit_code, slot.span_no
        """
    )
    passed = _transfers(known)
    con.execute(
        f"""
        create or replace temp table pf_passed as
        select d.unit_code, d.counterpart_unit, slot.span_no, {columns(passed) or "0 as nothing"}
        {source}
        left join pf_reach as other on d.counterpart_unit = other.unit_code
        where
            d.movement = 'transfer'
            and d.counterpart_unit is not null
            and d.day <= coalesce(reach.known_until, d.day)
            and d.day <= coalesce(other.known_until, d.day)
        group by d.unit_code, d.counterpart_unit, slot.span_no
        """
    )


def _transfers(known: Mapping[str, Figure]) -> list[str]:
    return [name for name, (figure, _) in _sums(known).items() if figure.movement == "transfer"]


def _epochs(con: "duckdb.DuckDBPyConnection", all_units: Iterable[Unit]) -> list[tuple[date, date]]:
    """Ranges of last days between which no unit's place changes; both ends included."""
    days = [day for (day,) in con.execute("select distinct last_day from pf_period").fetchall()]
    changes = sorted({day for unit in all_units for day in unit.changes})
    groups: dict[int, list[date]] = {}
    for day in days:
        groups.setdefault(sum(change <= day for change in changes), []).append(day)
    return sorted((min(group), max(group)) for group in groups.values())


def _map_units(con: "duckdb.DuckDBPyConnection", all_units: list[Unit], day: date) -> None:
    """``pf_member``: the units of each entry on a day: alone, and for parents with all below."""
    own = members(Question(day, day), all_units)
    whole = members(Question(day, day, rollup=True), all_units)
    alone = set(zip(own.entry, own.unit, strict=True))
    parents = {
        entry
        for entry, unit in zip(whole.entry, whole.unit, strict=True)
        if (entry, unit) not in alone
    } | {TOTAL}
    below = [
        (entry, unit)
        for entry, unit in zip(whole.entry, whole.unit, strict=True)
        if entry in parents
    ]
    pairs = [*zip(own.entry, own.unit, strict=True), *below]
    ends = {unit.code: unit.valid_to for unit in all_units}
    con.execute(
        """
        create or replace temp table pf_member as
        select
            unnest($entry::varchar[]) as entry,
            unnest($below::boolean[]) as includes_below,
            unnest($unit::varchar[]) as unit_code,
            unnest($valid_to::date[]) as valid_to
        """,
        {
            "entry": [entry for entry, _ in pairs],
            "below": [False] * len(own.entry) + [True] * len(below),
            "unit": [unit for _, unit in pairs],
            "valid_to": [ends[unit] for _, unit in pairs],
        },
    )


def _answer_sql(known: Mapping[str, Figure], begin: date, end: date) -> str:
    """Rows of the periods that end in [begin, end], after ``pf_member`` was made for them."""
    names = [*_sums(known), *period_beside.columns(known)]
    inside = set(_transfers(known))
    own = ", ".join(f"leg.{name}" for name in names)
    taken = ", ".join(f"-passed.{name}" if name in inside else "0" for name in names)
    total = ", ".join(f"coalesce(sum({name}), 0) as {name}" for name in names)
    running = ", ".join(
        f"cast(sum(added.{name}) over so_far as integer) as {name}" for name in names
    )
    values = [_period_value(name, figure) for name, (figure, _) in _sums(known).items()] + [
        f"{period_beside.period_value(figure)} as {figure.code}"
        for figure in known.values()
        if figure.kind in beside.KINDS
    ]
    by_rule = "\nunion all by name\n".join(_rule_sql(known, rule) for rule in RuleSet)
    chosen = f"last_day between date '{begin}' and date '{end}'"
    return f"""
with added as (
    select entry, includes_below, span_no, bool_or(is_ledger) as is_ledger, {total}
    from (
        select m.entry, m.includes_below, leg.span_no, leg.is_ledger, {own}
        from (
            select *, true as is_ledger from pf_leg
            union all by name
            select *, false as is_ledger from pf_beside
        ) as leg
        inner join pf_member as m on leg.unit_code = m.unit_code
        union all
        select m.entry, m.includes_below, passed.span_no, true, {taken}
        from pf_passed as passed
        inner join pf_member as m on passed.unit_code = m.unit_code
        inner join pf_member as other
            on
                passed.counterpart_unit = other.unit_code
                and m.entry = other.entry
                and m.includes_below = other.includes_below
    )
    group by entry, includes_below, span_no
),

period as (select * from pf_period where {chosen}),

-- who has no dossiers has no entry; what is counted beside them may begin earlier
entry as (
    select
        entry, includes_below, min(span_no) as from_no,
        min(span_no) filter (where is_ledger) as first_no
    from added
    group by entry, includes_below
),

grid as (
    select entry.entry, entry.includes_below, span.span_no
    from entry
    inner join (
        select span_no from added union select before_no from period union select end_no from period
    ) as span on entry.from_no <= span.span_no
    where entry.first_no is not null
),

total as (
    select grid.entry, grid.includes_below, grid.span_no, {running}
    from grid
    left join added
        on
            grid.entry = added.entry
            and grid.includes_below = added.includes_below
            and grid.span_no = added.span_no
    window so_far as (
        partition by grid.entry, grid.includes_below order by grid.span_no
        rows between unbounded preceding and current row
    )
),

member_reach as (
    select
        m.entry, m.includes_below, m.valid_to, bit_or(reach.layout) as layout,
        min(reach.known_until) as least, max(reach.known_until) as most
    from pf_member as m
    inner join pf_reach as reach on m.unit_code = reach.unit_code
    group by m.entry, m.includes_below, m.valid_to
),

reach as (
    select
        member_reach.entry, member_reach.includes_below, period.first_day,
        bit_or(member_reach.layout) as layout,
        coalesce(
            -- the silence of a unit that ended before the period is no gap
            min(member_reach.least) filter (
                where member_reach.valid_to is null or member_reach.valid_to > period.first_day
            ),
            max(member_reach.most)
        ) as known_until
    from member_reach
    cross join (select distinct first_day from period) as period
    group by member_reach.entry, member_reach.includes_below, period.first_day
),

carried as (
    select m.entry, m.includes_below, bit_or(carrier.layout) as layout
    from pf_member as m
    inner join pf_carrier as carrier on m.unit_code = carrier.unit_code
    group by m.entry, m.includes_below
),

spread as (
    select
        closing.entry as unit_code, closing.includes_below,
        period.period_code, period.first_day, period.last_day,
        least(reach.known_until, period.last_day) as known_until,
        coalesce(reach.layout, 0) as layout,
        coalesce(carried.layout, 0) as carried,
        {", ".join(values)}
    from period
    inner join total as closing on period.end_no = closing.span_no
    inner join entry
        on
            closing.entry = entry.entry
            and closing.includes_below = entry.includes_below
            and closing.span_no >= entry.first_no
    left join carried
        on
            closing.entry = carried.entry
            and closing.includes_below = carried.includes_below
    left join total as opening
        on
            period.before_no = opening.span_no
            and closing.entry = opening.entry
            and closing.includes_below = opening.includes_below
    left join reach
        on
            closing.entry = reach.entry
            and closing.includes_below = reach.includes_below
            and period.first_day = reach.first_day
)

{by_rule}"""


def _period_value(name: str, figure: Figure) -> str:
    opening = f"coalesce(opening.{name}, 0)"
    if figure.kind == "flow":
        return f"closing.{name} - {opening} as {name}"
    return f"{opening if figure.moment == 'opening' else f'closing.{name}'} as {name}"


def _rule_sql(known: Mapping[str, Figure], rule: RuleSet) -> str:
    """One rule set's rows; what no list of the entry carries is null, and all that needs it."""
    columns: list[str] = []
    for figure in known.values():
        if figure.is_counted:
            value = _column(figure, rule)
            if figure.needs:
                value = f"case when {definitions.carried(figure, 'layout')} then {value} end"
        elif figure.kind in beside.KINDS:
            value = f"case when {definitions.carried(figure, 'carried')} then {figure.code} end"
        elif figure.kind == "derived":
            value = _total(figure)
        elif figure.kind == "rate":
            value = _rate(figure)
        else:
            value = "cast(null as integer)"
        # a later column may use an earlier one (a lateral alias), so names are told apart
        columns.append(f"{value} as f_{figure.code}")
    renamed = ", ".join(f"f_{code} as {code}" for code in known)
    keys = ", ".join(name for name in KEYS if name != "rule_set")
    return f"""select {keys}, '{rule}' as rule_set, known_until, {renamed}
from (select {keys}, known_until, {", ".join(columns)} from spread)"""


def _total(figure: Figure) -> str:
    return " + ".join(f"f_{part}" for part in figure.parts)


def _rate(figure: Figure) -> str:
    """As ``definitions.rate``: percent, two decimals, half up."""
    whole = f"f_{figure.whole}"
    counted = f"(20000 * cast({_total(figure)} as bigint) + {whole}) // (2 * {whole})"
    return f"case when {whole} <> 0 then {counted} / 100 end"
