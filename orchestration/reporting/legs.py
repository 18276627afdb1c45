"""The SQL between ledger and figures: legs of postings, summed as far as any figure may look.

Every day is cut at the day that the leg's unit is known until, flows as well as balances: so a
period's opening balance is the closing balance of the one before, and received = handled + open, by
construction.
"""

from typing import Any, Final

from orchestration.reporting.question import MEMBER_SQL, Question

_SPLIT_COLUMNS: Final = {
    "field": "p.field_name",
    "procedure": "p.procedure_key",
    "source_channel": "p.source_channel",
    "channel": "p.channel",
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


def ctes(question: Question) -> str:
    """``member, reach, moved``: to be put after ``with``.

    ``moved`` has the sum of legs, grain unit × bucket × movement × leg × account × timeliness ×
    channel × split × counterpart. Bucket 0 is all before the first day, 1 … n are the
    periods asked for.
    ``counterpart`` is set for transfers whose other leg is known, too.
    """
    moved = _from_postings(question) if question.from_postings else _from_days(question)
    return f"{sources(question)},\n{moved}"


def sources(question: Question) -> str:
    """``member, reach``: which units an entry adds up, and how far each is known."""
    known = "known_at <= $known_by" if question.as_of is not None else "true"
    return f"{MEMBER_SQL},\n{REACH_SQL.format(known=known)}"


def bucket(question: Question, day: str) -> str:
    """SQL: which period of the question a day falls into; 0 is before all."""
    number = "1"
    if question.split == "month":
        base = question.first.year * 12 + question.first.month - 1
        number = f"year({day}) * 12 + month({day}) - {base}"
    return f"case when {day} < $first then 0 else {number} end"


def _from_days(question: Question) -> str:
    split = "d.channel" if question.split == "channel" else "null"
    return f"""
moved as (
    select
        d.unit_code,
        {bucket(question, "d.day")} as bucket,
        d.movement,
        d.leg,
        d.account,
        d.tl_{question.rule_set} as timeliness,
        d.channel,
        {split} as split,
        case when d.day <= coalesce(other.known_until, $last) then d.counterpart_unit end
            as counterpart,
        sum(d.quantity) as quantity
    from fct_unit_day as d
    left join reach on d.unit_code = reach.unit_code
    left join reach as other on d.counterpart_unit = other.unit_code
    where d.day <= $last and d.day <= coalesce(reach.known_until, $last)
    group by all
)"""


def _from_postings(question: Question) -> str:
    """One pass over the ledger that keeps both sides; sides become legs only after the sums."""
    known = "p.known_at <= $known_by" if question.as_of is not None else "true"
    split = _SPLIT_COLUMNS.get(question.split or "", "null")
    return f"""
summed as (
    select
        p.from_unit,
        p.to_unit,
        {bucket(question, "p.effective_date")} as bucket,
        p.movement,
        p.from_account,
        p.to_account,
        p.tl_before_{question.rule_set} as before,
        p.tl_after_{question.rule_set} as after,
        p.channel,
        {split} as split,
        p.effective_date <= coalesce(giver.known_until, $last) as from_known,
        p.effective_date <= coalesce(taker.known_until, $last) as to_known,
        sum(p.quantity) as quantity
    from fct_dossier_posting as p
    left join reach as giver on p.from_unit = giver.unit_code
    left join reach as taker on p.to_unit = taker.unit_code
    where p.effective_date <= $last and {known}
    group by all
),

moved as (
    select
        to_unit as unit_code, bucket, movement, 'to' as leg, to_account as account,
        after as timeliness, channel, split,
        case when movement = 'transfer' and from_known then from_unit end as counterpart,
        quantity
    from summed
    where to_account <> 'outside' and to_known
    union all
    select
        from_unit as unit_code, bucket, movement, 'from' as leg, from_account as account,
        before as timeliness, channel, split,
        case when movement = 'transfer' and to_known then to_unit end as counterpart,
        -quantity as quantity
    from summed
    where from_account <> 'outside' and from_known
)"""
