"""Figures that the ledger's movements alone do not tell: attributes of dossiers, ratings, feedback.

What belongs here: counting them per unit, period and split, and which units carry them at all.
What does not: what a figure counts (``dim_figure``). Dossiers count by their movement in the period
(a receipt, a resolution) with the attribute as known at the moment asked for; feedback is cut at
the day that its own lists reach, so that received = handled + open, by construction (I9).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from orchestration.reporting import legs
from orchestration.reporting.definitions import Figure
from orchestration.reporting.published import rows
from orchestration.reporting.question import ROLES, Members, Question

if TYPE_CHECKING:
    import duckdb

KINDS: Final = ("attribute", "rating", "feedback")
"""Kinds of figures that are counted here."""

Key = tuple[str, str, int]
"""Entry, split, bucket."""

_CARRIERS: Final = "fct_unit_carrier"
_FEEDBACK_KINDS: Final = ("regulation", "conduct")
FEEDBACK: Final = """
feedback_reach as (
    select c.unit_code, max(batch.reach_date) as known_until
    from fct_unit_carrier as c
    inner join dim_batch as batch on c.batch_id = batch.batch_id
    where c.layout & 33554432 <> 0 and {known}
    group by c.unit_code
),

newest as (
    select
        f.feedback_key,
        unnest(max_by(struct_pack(
            code := f.code, unit_code := f.unit_code, feedback_kind := f.feedback_kind,
            received := cast(f.received_at as date),
            -- as with dossiers: an end before its start counts at the start
            finished := cast(greatest(f.received_at, f.finished_at) as date),
            has_end := f.finished_at is not null,
            published := cast(f.published_at as date),
            received_at := f.received_at, known_at := f.known_at, batch_id := f.batch_id,
            line_no := f.line_no
        ), (f.observed_at, f.known_at, f.batch_id, f.line_no)))
    from fct_feedback as f
    where {known_feedback}
    group by f.feedback_key
)"""
"""CTEs ``feedback_reach``, the day that a unit's petitions are known until (bit 25: a list carries
them), and ``newest``, each petition as its newest list shows it. ``known``: what was known then."""

_SPLIT: Final = {
    "field": "coalesce(procedure.field_name, '')",
    "procedure": "coalesce(procedure.procedure_code, procedure.procedure_name, '')",
    "channel": "coalesce(told.channel, '')",
    "source_channel": "coalesce(told.source_channel, '')",
    **{role.value: f"coalesce(role.{role}, '')" for role in ROLES},
}


def counts(
    con: "duckdb.DuckDBPyConnection",
    question: Question,
    known: Mapping[str, Figure],
    chosen: Members,
) -> "Counts":
    """What is counted, by entry, split and bucket; a publication of before this had it has none."""
    figures = [figure for figure in known.values() if figure.kind in KINDS]
    if not is_told(con):
        return Counts(figures, {}, {})
    values = {**legs.parameters(question), **chosen.parameters(), "last": question.last}
    periods = question.periods()
    bounds = {"starts": [first for first, _ in periods], "ends": [last for _, last in periods]}
    layouts = {row["entry"]: row["layout"] for row in rows(con, _carried_sql(question), values)}
    found: dict[Key, dict[str, int]] = {}
    for kind in KINDS:
        chosen_figures = [figure for figure in figures if figure.kind == kind]
        if kind == "feedback" and question.split not in {None, "month"}:
            # a petition has neither procedure nor channel
            figures = [figure for figure in figures if figure.kind != kind]
            continue
        ctes = told_ctes(question, kind)
        sums = ", ".join(_sum(figure) for figure in chosen_figures)
        sql = f"""
            with {ctes}
            select member.entry, told.split, told.bucket, {sums}
            from told
            inner join member on told.unit_code = member.unit_code
            group by all
        """
        given = values | (bounds if kind == "feedback" else {})
        for row in rows(con, sql, given):
            key = (row.pop("entry"), row.pop("split"), row.pop("bucket"))
            found.setdefault(key, {}).update({code: int(n or 0) for code, n in row.items()})
    return Counts(figures, layouts, found)


class Counts:
    """Counts by entry, split and bucket."""

    def __init__(
        self,
        figures: list[Figure],
        layouts: dict[str, int],
        found: dict[Key, dict[str, int]],
    ) -> None:
        """``layouts``: bits of what is carried of each entry."""
        self._figures = figures
        self._layouts = layouts
        self._found = found

    def of(self, entry: str, split: str, bucket: int) -> dict[str, int]:
        """Counts of one entry of the answer; without the figures that nothing carries."""
        layout = self._layouts.get(entry, 0)
        counted = self._found.get((entry, split, bucket), {})
        return {
            figure.code: counted.get(figure.code, 0)
            for figure in self._figures
            if all(layout & mask for mask in figure.needs)
        }


def told_ctes(question: Question, kind: str) -> str:
    """CTEs up to ``told``: what figures of a kind add up.

    Grain: movement of a dossier, rating, or petition × bucket.
    Columns: ``unit_code, bucket, split, quantity``, what ``condition`` asks for, and what
    ``hoso explain`` shows (``dossier_key, movement, account, effective_at, known_at, batch_id,
    line_no``).
    """
    build = {"attribute": _attributes, "rating": _ratings, "feedback": _feedback}[kind]
    return build(question)


def condition(figure: Figure) -> str:
    """SQL: does a row of ``told`` count in this figure?"""
    if figure.kind == "attribute":
        return f"told.movement = '{figure.movement}' and told.{figure.attribute}"
    if figure.kind == "rating":
        return "told.is_satisfied" if figure.code == "satisfied" else "true"
    base, _, last = figure.code.removeprefix("feedback_").rpartition("_")
    if last in _FEEDBACK_KINDS:
        return f"told.is_{base} and told.feedback_kind = '{last}'"
    return f"told.is_{figure.code.removeprefix('feedback_')}"


def _sum(figure: Figure) -> str:
    return f"sum(told.quantity) filter (where {condition(figure)}) as {figure.code}"


def is_told(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether the warehouse knows lists beside those of dossiers, and has any row of them."""
    there = con.execute(
        "select count(*) from duckdb_columns()"
        f" where table_name = '{_CARRIERS}' and column_name = 'layout'"
    ).fetchall()
    if not there[0][0]:
        return False
    sql = f"""
        select exists (select 1 from {_CARRIERS}) or exists (select 1 from fct_dossier_attribute)
    """
    return bool(con.execute(sql).fetchall()[0][0])


def _known(question: Question, alias: str) -> str:
    return f"{alias}.known_at <= $known_by" if question.as_of is not None else "true"


def _carried_sql(question: Question) -> str:
    """What lists of dossiers, and what lists beside them, carry of the units of each entry."""
    return f"""
        with {legs.sources(question)},
        carrier as (
            select unit_code, layout from reach
            union all
            select unit_code, layout from {_CARRIERS} as c where {_known(question, "c")}
        )
        select member.entry, bit_or(carrier.layout) as layout, any_value($first <= $last) as asked
        from member
        inner join carrier on member.unit_code = carrier.unit_code
        group by member.entry
    """


def _split(question: Question) -> tuple[str, str]:
    """SQL of the split's value ('' = not known), and the join that it needs."""
    join = ""
    if question.split in {"field", "procedure"}:
        join = (
            "left join dim_procedure as procedure on told.procedure_key = procedure.procedure_key"
        )
    if question.split in ROLES:
        join = "left join role on told.dossier_key = role.dossier_key"
    return _SPLIT.get(question.split or "", "''"), join


def _attributes(question: Question) -> str:
    split, join = _split(question)
    return f"""
{legs.sources(question)},

counted_unit as (
    select distinct member.unit_code, least(coalesce(reach.known_until, $last), $last) as last_day
    from member
    left join reach on member.unit_code = reach.unit_code
),

moved as (
    select
        p.dossier_key, p.to_unit as unit_code, p.movement, p.to_account as account,
        {legs.bucket(question, "p.effective_date")} as bucket,
        p.procedure_key, p.channel, p.source_channel, p.effective_at,
        sum(p.quantity) as quantity
    from fct_dossier_posting as p
    inner join counted_unit as u on p.to_unit = u.unit_code
    where
        p.movement in ('receipt', 'resolution')
        and p.effective_date >= $first
        and p.effective_date <= u.last_day
        and {_known(question, "p")}
        and p.dossier_key in (select a.dossier_key from fct_dossier_attribute as a)
    group by all
    having sum(p.quantity) <> 0
),

state as (
    select
        a.dossier_key,
        unnest(max_by(struct_pack(
            interlinked := a.interlinked, online_full := a.online_full,
            returned_by_post := a.returned_by_post, digitised_intake := a.digitised_intake,
            digitised_result := a.digitised_result, has_fee := a.has_fee,
            paid_online := a.paid_online, known_at := a.known_at, batch_id := a.batch_id,
            line_no := a.line_no
        ), a.batch_no))
    from fct_dossier_attribute as a
    where {_known(question, "a")} and a.dossier_key in (select dossier_key from moved)
    group by a.dossier_key
),

told as (
    select
        told.*, state.* exclude (dossier_key), {split} as split
    from moved as told
    inner join state on told.dossier_key = state.dossier_key
    {join}
)"""


def _ratings(question: Question) -> str:
    split, join = _split(question)
    day = "cast(told.occurred_at as date)"
    return f"""
{legs.sources(question)},

counted_rating as (
    select
        r.dossier_key, coalesce(r.unit_code, dossier.unit_code) as unit_code, r.is_satisfied,
        dossier.procedure_key, dossier.channel, dossier.source_channel, r.occurred_at,
        r.known_at, r.batch_id, r.line_no
    from fct_rating as r
    left join fct_dossier as dossier on r.dossier_key = dossier.dossier_key
    where r.is_satisfied is not null and {_known(question, "r")}
),

told as (
    select
        told.dossier_key, told.unit_code, told.is_satisfied, 1 as quantity,
        {legs.bucket(question, day)} as bucket, {split} as split,
        'rating' as movement, cast(null as varchar) as account, told.occurred_at as effective_at,
        told.known_at, told.batch_id, told.line_no
    from counted_rating as told
    {join}
    where {day} >= $first and {day} <= $last
)"""


def _feedback(question: Question) -> str:
    """Each petition as its newest list shows it, once per period in which it counts anywhere."""
    return f"""
{legs.sources(question)},

period as (
    select
        unnest($starts::date[]) as first_day,
        unnest($ends::date[]) as last_day,
        unnest(range(1, len($starts::date[]) + 1)) as bucket
),

{FEEDBACK.format(known=_known(question, "c"), known_feedback=_known(question, "f"))},

placed as (
    select
        newest.*, period.bucket, period.first_day,
        least(period.last_day, feedback_reach.known_until) as end_day,
        least(period.first_day - 1, feedback_reach.known_until) as eve
    from newest
    inner join feedback_reach on newest.unit_code = feedback_reach.unit_code
    cross join period
    -- first and last day of the whole question: the periods lie between them
    where period.first_day >= $first and period.last_day <= $last
),

told as (
    select
        cast(null as bigint) as dossier_key, code, unit_code, bucket, '' as split, 1 as quantity,
        feedback_kind,
        received >= first_day and received <= end_day as is_new,
        received <= eve and (not has_end or finished > eve) as is_carried_over,
        has_end and finished > eve and finished <= end_day as is_handled,
        received <= end_day and (not has_end or finished > end_day) as is_open,
        coalesce(published >= first_day and published <= end_day, false) as is_published,
        is_new or is_carried_over as is_received,
        'feedback' as movement, cast(null as varchar) as account, received_at as effective_at,
        known_at, batch_id, line_no
    from placed
)"""


def explained(
    con: "duckdb.DuckDBPyConnection", question: Question, figure: Figure, chosen: Members
) -> list[dict[str, Any]]:
    """The dossiers, ratings or petitions that a figure adds up, as ``hoso explain`` shows them."""
    values = {**legs.parameters(question), **chosen.parameters()}
    if figure.kind == "feedback":
        values |= {"starts": [question.first], "ends": [question.last]}
    code = "told.code" if figure.kind == "feedback" else "dossier.code"
    return rows(
        con,
        f"""
        with {told_ctes(question, figure.kind)}
        select
            {code} as code, told.unit_code as unit, told.movement, told.account, told.quantity,
            told.effective_at, told.known_at, batch.source, batch.file, told.line_no as line
        from told
        inner join (select distinct unit_code from member) as counted
            on told.unit_code = counted.unit_code
        left join fct_dossier as dossier on told.dossier_key = dossier.dossier_key
        left join dim_batch as batch on told.batch_id = batch.batch_id
        where {condition(figure)}
        order by told.effective_at, code, told.unit_code
        """,
        values,
    )
