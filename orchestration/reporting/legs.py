"""The SQL between ledger and figures: legs of postings, summed as far as any figure may look.

Every day is cut at the day that the leg's unit is known until, flows as well as balances: so a
period's opening balance is the closing balance of the one before, and received = handled + open, by
construction.
"""

from typing import Any, Final

from orchestration.reporting.question import MEMBER_SQL, ROLES, Question
from orchestration.reporting.roles import carried_on_sql

_SPLIT_COLUMNS: Final = {
    # a dossier's field is that of its procedure
    "field": "p.procedure_key",
    "procedure": "p.procedure_key",
    "source_channel": "p.source_channel",
    "channel": "p.channel",
    **{role.value: f"role.{role}" for role in ROLES},
}

REACH_SQL: Final = """
reach as (
    select unit_code, max(reach_date) as known_until, bit_or(layout) as layout
    from fct_unit_reach
    where {known}
    group by unit_code
)"""


def parameters(question: Question) -> dict[str, Any]:
    """The named parameters that ``reach`` and ``moved`` need."""
    values: dict[str, Any] = {"first": question.first, "last": question.last}
    if question.as_of is not None:
        values["known_by"] = question.known_by
    return values


def ctes(question: Question, *, overlap: bool) -> str:
    """``member, reach, spot, moved``: to be put after ``with``.

    ``moved`` has the sum of legs, grain leaf × bucket × movement × leg × account × timeliness ×
    channel × split × counterpart. Bucket 0 is all before the first day (of which only the balance
    of open accounts is kept), 1 … n are the periods asked for. ``counterpart`` is the leaf at the
    other end of a transfer, if that end is known, too; where entries do not ``overlap`` only when
    it is the same leaf: no other one matters then.
    """
    build = _from_postings if question.from_postings else _from_days
    moved = build(question, overlap=overlap)
    return f"{sources(question)},\n{_SPOT},\n{moved}"


def sources(question: Question) -> str:
    """``member, reach``: which units an entry adds up, and how far each is known.

    Where dossiers are split by the unit of a role, ``role`` too.
    """
    known = "known_at <= $known_by" if question.as_of is not None else "true"
    ctes = f"{MEMBER_SQL},\n{REACH_SQL.format(known=known)}"
    if not _by_role(question):
        return ctes
    return f"{ctes},\n{carried_on_sql(f'a.{known}' if question.as_of else known)}"


def _by_role(question: Question) -> bool:
    return question.split in ROLES


_SPOT: Final = """
spot as (
    select distinct
        member.unit_code,
        member.leaf,
        least(coalesce(reach.known_until, $last), $last) as last_day
    from member
    left join reach on member.unit_code = reach.unit_code
)"""


def bucket(question: Question, day: str) -> str:
    """SQL: which period of the question a day falls into; 0 is before all."""
    number = "1"
    if question.split == "month":
        base = question.first.year * 12 + question.first.month - 1
        number = f"year({day}) * 12 + month({day}) - {base}"
    return f"case when {day} < $first then 0 else {number} end"


def _from_days(question: Question, *, overlap: bool) -> str:
    same = "" if overlap else " and other.leaf = spot.leaf"
    split = "d.channel" if question.split == "channel" else "null"
    return f"""
moved as (
    select
        spot.leaf,
        {bucket(question, "d.day")} as bucket,
        case when d.day >= $first then d.movement end as movement,
        case when d.day >= $first then d.leg end as leg,
        d.account,
        d.tl_{question.rule_set} as timeliness,
        case when d.day >= $first then d.channel end as channel,
        {split} as split,
        case when d.day >= $first and d.day <= other.last_day{same} then other.leaf end
            as counterpart,
        sum(d.quantity) as quantity
    from fct_unit_day as d
    inner join spot on d.unit_code = spot.unit_code
    left join spot as other on d.counterpart_unit = other.unit_code
    where
        d.day <= spot.last_day
        and (d.day >= $first or starts_with(d.account, 'open.'))
    group by all
)"""


def _from_postings(question: Question, *, overlap: bool) -> str:
    """One pass over the ledger that keeps both sides; sides become legs only after the sums."""
    same = "" if overlap else " and from_leaf = to_leaf"
    known = "p.known_at <= $known_by" if question.as_of is not None else "true"
    split = _SPLIT_COLUMNS.get(question.split or "", "null")
    named = "left join role on p.dossier_key = role.dossier_key" if _by_role(question) else ""
    return f"""
summed as (
    select
        case when p.effective_date <= giver.last_day then giver.leaf end as from_leaf,
        case when p.effective_date <= taker.last_day then taker.leaf end as to_leaf,
        {bucket(question, "p.effective_date")} as bucket,
        case when p.effective_date >= $first then p.movement end as movement,
        p.from_account,
        p.to_account,
        p.tl_before_{question.rule_set} as before,
        p.tl_after_{question.rule_set} as after,
        case when p.effective_date >= $first then p.channel end as channel,
        {split} as split,
        sum(p.quantity) as quantity
    from fct_dossier_posting as p
    left join spot as giver on p.from_unit = giver.unit_code
    left join spot as taker on p.to_unit = taker.unit_code
    {named}
    where
        p.effective_date <= $last
        and (giver.leaf is not null or taker.leaf is not null)
        and {known}
    group by all
),

moved as (
    select
        to_leaf as leaf, bucket, movement, 'to' as leg, to_account as account,
        after as timeliness, channel, split,
        case when movement = 'transfer'{same} then from_leaf end as counterpart,
        quantity
    from summed
    where to_account <> 'outside' and to_leaf is not null
    union all
    select
        from_leaf as leaf, bucket, movement, 'from' as leg, from_account as account,
        before as timeliness, channel, split,
        case when movement = 'transfer'{same} then to_leaf end as counterpart,
        -quantity as quantity
    from summed
    where from_account <> 'outside' and from_leaf is not null
)"""
