"""Service levels as published tables: when runs ended, when each period was first published.

What belongs here: ``fct_run`` from the history of runs, ``fct_period_service`` from what was
published. What does not: whom a delay concerns (``alerting``).
"""

from typing import TYPE_CHECKING, Final

from orchestration import history, kept_figures
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

RUNS: Final = "fct_run"
PERIODS: Final = "fct_period_service"

_RUN: Final = f"""
create or replace table pub.main.{RUNS} (
    run_id varchar, job varchar, started_at timestamp, ended_at timestamp, outcome varchar,
    version integer, message varchar
)"""

# The first publication after a period's last day is the one that could be sent on. A unit is
# missing there when its data did not reach that day. Rows are kept only where something changed:
# what holds at a publication is the newest row up to it.
_SERVICE: Final = f"""
create or replace table pub.main.{PERIODS} as
with

moment as (
    select id, published_at, timezone($zone, timezone('UTC', published_at)) as published_local
    from pub.main.publication
),

kept as (
    select publication, period_code, first_day, last_day, unit_code, known_until, is_gone
    from pub.main.{kept_figures.TABLE}
    where rule_set = 'by_date' and not includes_below
),

period as (
    select distinct period_code, first_day, last_day from kept
),

first_out as (
    select period.period_code, period.first_day, period.last_day, min(moment.id) as publication
    from period
    inner join moment on cast(moment.published_local as date) > period.last_day
    group by all
),

unit_then as (
    select
        first_out.period_code,
        kept.unit_code,
        max_by(kept.known_until, kept.publication) as known_until,
        max_by(kept.is_gone, kept.publication) as is_gone
    from first_out
    inner join kept
        on
            first_out.period_code = kept.period_code
            and kept.publication <= first_out.publication
    group by first_out.period_code, kept.unit_code
)

select
    first_out.period_code,
    first_out.first_day,
    first_out.last_day,
    first_out.publication,
    moment.published_at as first_published_at,
    date_diff('hour', cast(first_out.last_day + interval 1 day as timestamp),
        moment.published_local) as hours_after_end,
    count(unit_then.unit_code) as units,
    count(unit_then.unit_code) filter (
        where unit_then.known_until is null or unit_then.known_until < first_out.last_day
    ) as units_missing,
    list(unit_then.unit_code order by unit_then.unit_code) filter (
        where unit_then.known_until is null or unit_then.known_until < first_out.last_day
    ) as missing
from first_out
inner join moment on first_out.publication = moment.id
left join unit_then
    on first_out.period_code = unit_then.period_code and not coalesce(unit_then.is_gone, false)
group by all
order by first_out.last_day, first_out.period_code
"""


def add(settings: Settings, con: "duckdb.DuckDBPyConnection") -> None:
    """Make both tables in the attached file ``pub``, which has its publications already."""
    con.execute(_RUN)
    rows = [
        [
            run.run_id,
            run.job,
            run.started_at.replace(tzinfo=None),
            run.ended_at.replace(tzinfo=None) if run.ended_at else None,
            run.outcome,
            run.version,
            run.message,
        ]
        for run in history.runs(settings)
    ]
    if rows:
        con.executemany(f"insert into pub.main.{RUNS} values (?, ?, ?, ?, ?, ?, ?)", rows)
    con.execute(_SERVICE, {"zone": settings.timezone})
