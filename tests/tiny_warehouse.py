"""The smallest ledger that can be published: one unit that received dossiers on one day."""

from typing import TYPE_CHECKING

from orchestration.settings import PROJECT_DIR

if TYPE_CHECKING:
    import duckdb

_SQL = """
create or replace table dim_figure as
select * replace (sort_order::integer as sort_order)
from read_csv('{seed}', all_varchar = true, nullstr = '');
create or replace table dim_unit as
select 'A' as unit_code, null::varchar as parent_code, null::date as valid_to,
    null::varchar as successor_code;
create or replace table dim_unit_validity as select unit_code, parent_code, valid_to from dim_unit;
create or replace table dim_period as
select * from (values
    ('2026-01', date '2026-01-01', date '2026-01-31'),
    ('2026-02', date '2026-02-01', date '2026-02-28')
) as period (period_code, first_day, last_day);
create or replace table fct_unit_reach as
select 'A' as unit_code, date '2026-02-10' as reach_date, 8191 as layout;
create or replace table fct_unit_day as
select 'A' as unit_code, date '2026-02-05' as day, 'receipt' as movement, 'to' as leg,
    'open.processing' as account, 'in_time' as tl_by_date, 'in_time' as tl_by_timestamp,
    'in_time' as tl_index_766, 'online' as channel, null::varchar as counterpart_unit,
    {received} as quantity;
"""


def write_ledger(con: "duckdb.DuckDBPyConnection", received: int = 1) -> None:
    """Unit A received so many dossiers on 5 February 2026; its lists reach to the 10th."""
    seed = PROJECT_DIR / "seeds" / "figure.csv"
    con.execute(_SQL.format(seed=seed, received=received))
