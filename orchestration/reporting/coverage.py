"""``hoso coverage``: per unit its sources, its last list, how far its data reaches, what is due."""

from datetime import date
from typing import TYPE_CHECKING, Any

from orchestration.reporting.published import rows

if TYPE_CHECKING:
    import duckdb

_SQL = """
with listed as (
    select
        reach.unit_code,
        string_agg(distinct batch.source, ', ' order by batch.source) as sources,
        max_by(batch.file, (reach.known_at, reach.batch_id)) as last_list,
        max(reach.reach_date) as known_until
    from fct_unit_reach as reach
    inner join dim_batch as batch on reach.batch_id = batch.batch_id
    group by reach.unit_code
),

owned as (
    select unit_code, count(*) as dossiers
    from fct_dossier
    group by unit_code
),

-- of each kind of period the newest that is over
finished as (
    select max_by(period_code, last_day) as period_code, max(last_day) as last_day
    from dim_period
    where last_day < $today
    group by kind, scheme
)

select
    unit.unit_code as unit,
    unit.unit_name as name,
    unit.level,
    listed.sources,
    listed.last_list,
    listed.known_until,
    coalesce(owned.dossiers, 0) as dossiers,
    (
        select
            string_agg(finished.period_code, ', ' order by finished.last_day, finished.period_code)
        from finished
        where listed.known_until < finished.last_day
    ) as due
from dim_unit as unit
left join listed on unit.unit_code = listed.unit_code
left join owned on unit.unit_code = owned.unit_code
order by unit.unit_code
"""


def coverage(con: "duckdb.DuckDBPyConnection", today: date) -> list[dict[str, Any]]:
    """One row per unit. ``due``: of each kind the newest finished period, if not reached."""
    return [
        {**row, "known_until": row["known_until"].isoformat() if row["known_until"] else None}
        for row in rows(con, _SQL, {"today": today})
    ]


def service_levels(con: "duckdb.DuckDBPyConnection") -> list[dict[str, Any]]:
    """One row per period that was published after its end, the newest first.

    ``hours_after_end``: from the end of the last day to its first publication. ``missing``: units
    whose data did not reach the last day by then.
    """
    return [
        {
            "period": row["period_code"],
            "from": row["first_day"].isoformat(),
            "to": row["last_day"].isoformat(),
            "first_published_at": row["first_published_at"].isoformat(timespec="seconds") + "Z",
            "publication": row["publication"],
            "hours_after_end": row["hours_after_end"],
            "units": row["units"],
            "units_missing": row["units_missing"],
            "missing": ", ".join(row["missing"] or ()),
        }
        for row in rows(con, "select * from fct_period_service order by last_day desc, period_code")
    ]
