"""What the audit fetches beside store and ledger: units, procedures, days, statements.

As in ``audit_sql.py``: a frame has the columns that its suite names; the others explain a row.
"""

from typing import Final

UNITS: Final = """
with posted as (
    select to_unit as unit_code, count(*) as postings
    from fct_dossier_posting
    where to_unit is not null
    group by to_unit
)

select
    posted.unit_code,
    unit.unit_name,
    posted.postings,
    unit.unit_code is not null as is_known
from posted
left join dim_unit as unit on posted.unit_code = unit.unit_code
order by posted.unit_code
"""

PROCEDURES: Final = """
with posted as (
    select procedure_key, count(*) as postings
    from fct_dossier_posting
    where procedure_key is not null
    group by procedure_key
)

select
    posted.procedure_key,
    posted.postings,
    procedure.procedure_key is not null as is_known
from posted
left join dim_procedure as procedure on posted.procedure_key = procedure.procedure_key
order by posted.procedure_key
"""

UNIT_TREE: Final = """
select
    unit.unit_code,
    unit.parent_code,
    parent.unit_code is not null as is_parent_known
from dim_unit as unit
left join dim_unit as parent on unit.parent_code = parent.unit_code
where unit.parent_code is not null
order by unit.unit_code
"""

CALENDAR: Final = """
with posted as (
    select effective_date, count(*) as postings
    from fct_dossier_posting
    group by effective_date
)

select
    year(posted.effective_date) as year,
    sum(posted.postings)::bigint as postings,
    coalesce(sum(posted.postings) filter (where dim_date.date_day is null), 0)::bigint
        as postings_outside
from posted
left join dim_date on posted.effective_date = dim_date.date_day
group by year(posted.effective_date)
order by year
"""

VOLUME: Final = """
with reach as (
    select unit_code, max(reach_date) as reach_date
    from fct_unit_reach
    group by unit_code
),

week as (
    select
        date_trunc('week', date_day)::date as week,
        count(*) filter (where is_working_day) as working_days
    from dim_date
    group by date_trunc('week', date_day)
),

received as (
    select unit_code, date_trunc('week', day)::date as week, sum(quantity) as quantity
    from fct_unit_day
    where movement = 'receipt' and leg = 'to'
    group by unit_code, date_trunc('week', day)
),

judged as (
    -- the last whole week that the unit's lists reach
    select
        reach.unit_code,
        (date_trunc('week', reach.reach_date + 1) - interval 7 day)::date as week
    from reach
    left join dim_unit as unit on reach.unit_code = unit.unit_code
    where unit.valid_to is null or unit.valid_to > reach.reach_date
),

seen_since as (select unit_code, min(week) as first_week from received group by unit_code),

before as (
    select
        judged.unit_code,
        median(coalesce(received.quantity, 0) / week.working_days) as usual_a_day
    from judged
    inner join seen_since
        on judged.unit_code = seen_since.unit_code
        and seen_since.first_week <= judged.week - interval 56 day
    inner join week
        on week.week between judged.week - interval 56 day and judged.week - interval 7 day
        and week.working_days > 0
    left join received
        on judged.unit_code = received.unit_code and week.week = received.week
    group by judged.unit_code
)

select
    judged.unit_code,
    judged.week,
    coalesce(received.quantity, 0)::bigint as received,
    round(before.usual_a_day * week.working_days, 1) as usual
from judged
inner join week on judged.week = week.week and week.working_days > 0
inner join before on judged.unit_code = before.unit_code
left join received on judged.unit_code = received.unit_code and judged.week = received.week
order by judged.unit_code
"""
"""Without the units that have not received for eight weeks before."""

STATEMENTS: Final = """
with stated as (
    select
        *,
        min(stated_value) over same_figure < max(stated_value) over same_figure as is_contradicted
    from fct_statement
    -- the documents of the seed are examples
    where is_current and batch_id <> 'seed'
    window same_figure as (
        partition by document, rule_set, figure, dims, level, period_from, period_to
    )
)

select
    document,
    any_value(unit_code) as unit_code,
    count(*) as figures,
    count(*) filter (
        where unit_code is null or period_from is null or period_to is null or stated_value is null
    ) as incomplete,
    count(*) filter (where is_doubtful) as doubtful,
    count(*) filter (where is_contradicted) as contradicted
from stated
group by document
order by document
"""

FRESHNESS: Final = """
with reach as (
    select batch.source, reach.unit_code, max(reach.reach_date) as reach_date
    from fct_unit_reach as reach
    inner join raw.batch as batch on reach.batch_id = batch.batch_id
    group by batch.source, reach.unit_code
),

newest as (
    select source, max(reach_date) as newest_date
    from reach
    group by source
)

select
    reach.source,
    reach.unit_code,
    reach.reach_date,
    newest.newest_date,
    newest.newest_date - reach.reach_date as days_behind
from reach
inner join newest on reach.source = newest.source
left join dim_unit as unit on reach.unit_code = unit.unit_code
where unit.valid_to is null or unit.valid_to > newest.newest_date
order by reach.source, reach.unit_code
"""
