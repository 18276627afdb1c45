"""Figures of views: as known now, and what dossiers that were learnt of later add to them.

Set-based: one query per period and rule set for the figures, one per rule set for all late
movements of all views. Grain of the second: view × figure × cause.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from orchestration.reconciling.view import View
from orchestration.reporting import beside, definitions, legs
from orchestration.reporting.definitions import Figure
from orchestration.reporting.figures import entry, figures_sql, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import Members, Question

if TYPE_CHECKING:
    import duckdb

DUPLICATE: Final = "duplicate"
OTHER_UNIT: Final = "other_unit"
LATE_SYNC: Final = "late_sync"
REWRITTEN: Final = "rewritten"


@dataclass
class Counted:
    """``now``: figure → value, null where no list carries it. ``late``: figure → cause → how much
    of it lists of later days brought; ``twice``: figure → what dossiers add that also stand in the
    lists of these units but count elsewhere."""

    now: dict[str, int | None]
    known_until: str | None
    complete: bool
    late: dict[str, dict[str, int]] = field(default_factory=dict)
    twice: dict[str, int] = field(default_factory=dict)

    def then(self, code: str) -> int | None:
        """As the report's author could know it."""
        value = self.now.get(code)
        return None if value is None else value - sum(self.late.get(code, {}).values())


def count(
    con: "duckdb.DuckDBPyConnection", views: Iterable[View], *, with_beside: bool = False
) -> dict[View, Counted]:
    """Figures of each view; views without units have none.

    ``with_beside``: also attributes, ratings and feedback, which are counted from other lists.
    """
    known = definitions.load(con)
    wanted = sorted({view for view in views if view.units}, key=repr)
    found: dict[View, Counted] = {}
    for first, last, rule_set in sorted({(v.first, v.last, v.rule_set) for v in wanted}):
        same = [v for v in wanted if (v.first, v.last, v.rule_set) == (first, last, rule_set)]
        question = Question(first, last, rule_set=rule_set)
        found |= _now(con, known, question, same, with_beside=with_beside)
    for rule_set in sorted({view.rule_set for view in wanted}):
        same = [view for view in wanted if view.rule_set == rule_set and view.cut]
        if same:
            _add_late(con, known, rule_set, same, found)
            _add_twice(con, known, rule_set, same, found)
    return found


def _now(
    con: "duckdb.DuckDBPyConnection",
    known: Mapping[str, Figure],
    question: Question,
    views: Sequence[View],
    *,
    with_beside: bool,
) -> dict[View, Counted]:
    ended = {unit.code: unit.valid_to for unit in units(con)}
    chosen = Members()
    for number, view in enumerate(views):
        for code in view.units:
            until = ended.get(code)
            chosen.entry.append(str(number))
            chosen.unit.append(code)
            chosen.is_current.append(until is None or until > question.first)
    asked = Question(
        question.first,
        question.last,
        units=tuple(str(number) for number in range(len(views))),
        rule_set=question.rule_set,
    )
    values = {**legs.parameters(asked), **chosen.parameters(), "asked": list(asked.units)}
    sql = figures_sql(asked, known, overlap=chosen.overlap)
    period = (question.first, question.last)
    others = beside.counts(con, asked, known, chosen) if with_beside else None
    entries = [
        entry(asked, known, period, row | (others.of(row["entry"], "", 1) if others else {}))
        for row in rows(con, sql, values)
    ]
    return {
        views[int(each["unit"])]: Counted(each["figures"], each["known_until"], each["complete"])
        for each in entries
    }


_VIEW_UNIT: Final = """
view_unit as (
    select
        unnest($entry::integer[]) as entry,
        unnest($unit::varchar[]) as unit_code,
        unnest($first::date[]) as first_day,
        unnest($last::date[]) as last_day,
        unnest($cut::date[]) as cut
),

reach as (
    select unit_code, max(reach_date) as known_until from fct_unit_reach group by unit_code
),

scope as (
    select v.*, least(v.last_day, coalesce(reach.known_until, v.last_day)) as until_day
    from view_unit as v
    left join reach on v.unit_code = reach.unit_code
)"""

_LEGS: Final = """
leg as (
    select
        scope.entry, scope.first_day, p.dossier_key, p.movement, 'to' as leg,
        p.to_account as account, p.tl_after_{rules} as timeliness, p.channel, p.effective_date,
        coalesce(p.movement = 'transfer' and other.unit_code is not null, false) as is_internal,
        p.quantity
    from {posting} as p
    inner join scope on p.to_unit = scope.unit_code
    left join scope as other on scope.entry = other.entry and p.from_unit = other.unit_code
    where p.to_account <> 'outside' and p.effective_date <= scope.until_day and {condition}
    union all
    select
        scope.entry, scope.first_day, p.dossier_key, p.movement, 'from' as leg,
        p.from_account as account, p.tl_before_{rules} as timeliness, p.channel, p.effective_date,
        coalesce(p.movement = 'transfer' and other.unit_code is not null, false) as is_internal,
        -p.quantity as quantity
    from {posting} as p
    inner join scope on p.from_unit = scope.unit_code
    left join scope as other on scope.entry = other.entry and p.to_unit = other.unit_code
    where p.from_account <> 'outside' and p.effective_date <= scope.until_day and {condition}
)"""

# what a later list took back may be told anew by the row that showed it before
_SEEN: Final = """
posting as (
    select
        p.*,
        cast(greatest(shown.observed_local, learnt.observed_local) as date) as seen_on
    from fct_dossier_posting as p
    inner join dim_batch as shown on p.batch_id = shown.batch_id
    inner join dim_batch as learnt on p.batch_no = learnt.batch_no
)"""

_CAUSE: Final = f"""
{_SEEN},

late as (
    select * from posting where seen_on > (select min(cut) from view_unit)
),

void as (
    select dossier_key from fct_ruling where kind = 'void_as_duplicate_of' and is_in_force
),

put as (
    select dossier_key from fct_ruling where kind = 'unit_is' and is_in_force
),

-- what later lists did to a dossier, as seen from the report's day
fate as (
    select
        cuts.cut,
        late.dossier_key,
        bool_or(late.is_reversal and late.movement <> 'overdue')
        -- overdue taken back by what happened before is late; by another due date, rewritten
        or coalesce(
            min(late.effective_at) filter (
                where
                late.is_reversal and late.movement = 'overdue'
                and late.effective_date <= cuts.cut
            )
            < coalesce(
                min(late.effective_at) filter (
                    where not late.is_reversal and late.movement <> 'overdue'
                ),
                cast('9999-12-31' as timestamp)
            ),
            false
        ) as is_rewritten,
        list_sort(list(distinct late.to_unit) filter (where late.is_reversal)) as units_before,
        list_sort(list(distinct late.to_unit) filter (where not late.is_reversal)) as units_after
    from late
    inner join (select distinct cut from view_unit) as cuts on late.seen_on > cuts.cut
    where late.movement <> 'transfer'
    group by all
),

cause as (
    select
        fate.cut,
        fate.dossier_key,
        case
            when void.dossier_key is not null then 'duplicate'
            when
                put.dossier_key is not null
                or coalesce(not list_has_any(fate.units_before, fate.units_after), false)
                then 'other_unit'
            when not fate.is_rewritten then 'late_sync'
            else 'rewritten'
        end as cause
    from fate
    left join void on fate.dossier_key = void.dossier_key
    left join put on fate.dossier_key = put.dossier_key
)"""


def _add_late(
    con: "duckdb.DuckDBPyConnection",
    known: Mapping[str, Figure],
    rule_set: str,
    views: Sequence[View],
    found: dict[View, Counted],
) -> None:
    counted = [figure for figure in known.values() if figure.is_counted]
    sql = f"""
with {_VIEW_UNIT},

{_CAUSE},

{_LEGS.format(posting="late", rules=rule_set, condition="p.seen_on > scope.cut")},

cut_of as (select distinct entry, cut from view_unit)

select leg.entry, coalesce(cause.cause, 'late_sync') as cause, {_sums(counted)}
from leg
inner join cut_of on leg.entry = cut_of.entry
left join cause on leg.dossier_key = cause.dossier_key and cut_of.cut = cause.cut
group by all
"""
    for row in rows(con, sql, _parameters(views)):
        target = found[views[row["entry"]]]
        for figure in counted:
            if row[figure.code]:
                target.late.setdefault(figure.code, {})[row["cause"]] = int(row[figure.code])
    for view in views:
        _derive_late(known, found[view])


def _derive_late(known: Mapping[str, Figure], target: Counted) -> None:
    for figure in known.values():
        if figure.kind != "derived":
            continue
        total: dict[str, int] = {}
        for part in definitions.counted_parts(known, figure.code):
            for cause, amount in target.late.get(part.code, {}).items():
                total[cause] = total.get(cause, 0) + amount
        target.late[figure.code] = {cause: amount for cause, amount in total.items() if amount}


def _add_twice(
    con: "duckdb.DuckDBPyConnection",
    known: Mapping[str, Figure],
    rule_set: str,
    views: Sequence[View],
    found: dict[View, Counted],
) -> None:
    """Dossiers that stand in these units' lists, too, but count in another unit."""
    counted = [figure for figure in known.values() if figure.is_counted]
    sql = f"""
with {_VIEW_UNIT.replace("scope as (", "place as (")},

doubled as (
    select distinct place.entry, dossier.dossier_key, twice.unit_code
    from dq_listed_twice as twice
    inner join place on twice.also_in_unit = place.unit_code
    inner join fct_dossier as dossier on twice.code = dossier.code and twice.system = dossier.system
    where
        cast(twice.since as date) <= place.cut
        and not exists (
            select 1 from view_unit as v
            where v.entry = place.entry and v.unit_code = twice.unit_code
        )
),

-- as if they counted here: the place of their own unit is taken by this one's
scope as (
    select distinct place.entry, doubled.unit_code, place.first_day, place.until_day, place.cut
    from place inner join doubled on place.entry = doubled.entry
),

{_SEEN},

known_then as (
    select * from posting
    where
        dossier_key in (select dossier_key from doubled)
        and seen_on <= (select min(cut) from view_unit)
),

{
        _LEGS.format(
            posting="known_then",
            rules=rule_set,
            condition="exists (select 1 from doubled where doubled.entry = scope.entry"
            " and doubled.dossier_key = p.dossier_key)",
        )
    }

select leg.entry, {_sums(counted)}
from leg
group by all
"""
    by_cut: dict[Any, list[View]] = {}
    for view in views:
        by_cut.setdefault(view.cut, []).append(view)
    for same in by_cut.values():
        for row in rows(con, sql, _parameters(same)):
            target = found[same[row["entry"]]]
            target.twice = {f.code: int(row[f.code]) for f in counted if row[f.code]}
            for figure in known.values():
                if figure.kind == "derived":
                    parts = definitions.counted_parts(known, figure.code)
                    target.twice[figure.code] = sum(target.twice.get(p.code, 0) for p in parts)


def _sums(counted: Sequence[Figure]) -> str:
    return ",\n    ".join(
        f"coalesce({'-' if definitions.sign(figure) < 0 else ''}sum(leg.quantity)"
        f" filter (where {_when(figure)}), 0) as {figure.code}"
        for figure in counted
    )


def _when(figure: Figure) -> str:
    terms = [definitions.condition(figure)]
    if figure.kind == "flow":
        terms.append("effective_date >= first_day")
        terms += ["not is_internal"] * (figure.movement == "transfer")
    elif figure.moment == "opening":
        terms.append("effective_date < first_day")
    return " and ".join(terms)


def _parameters(views: Sequence[View]) -> dict[str, Any]:
    pairs = [(number, view, code) for number, view in enumerate(views) for code in view.units]
    return {
        "entry": [number for number, _, _ in pairs],
        "unit": [code for _, _, code in pairs],
        "first": [view.first for _, view, _ in pairs],
        "last": [view.last for _, view, _ in pairs],
        "cut": [view.cut for _, view, _ in pairs],
    }
