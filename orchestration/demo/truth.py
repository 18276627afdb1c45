"""What is true of the written lists: the planted phenomena, and the figures of a perfect ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.demo.lives import FIRST_DAY, LAST_DAY, QUIET_FROM, QUIET_UNITS, quoted
from orchestration.demo.rewritten import CREATE_REWRITTEN

if TYPE_CHECKING:
    import duckdb


def write_truth(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, int]:
    """One JSON line ``{kind, code, unit, day, file, line, movement, before, after}`` per planted
    phenomenon, and of kind ``rewritten`` per movement that an earlier list told and this row tells
    otherwise.

    The row is the one that shows it: the second of two, the first of a new state. Of a missing
    dossier it is the last sighting, and ``day`` is that of the first list that lacks it.
    Where no row can show it (a form that is not there, a quiet unit), ``file`` and ``line`` are
    null, and so is ``code`` of what is no dossier. The last three are of ``rewritten`` alone:
    ``receipt``, ``overdue`` or ``closing``, its moment before (office time) and after (null: gone).
    Returns how many there are of each kind. Needs the tables ``watched``, ``list_file`` and
    ``beside_truth``.
    """
    quiet = ", ".join(f"('{kind}', '{unit}')" for kind, (unit, _) in QUIET_UNITS.items())
    connection.execute(CREATE_REWRITTEN)
    connection.execute(f"""
        create table truth as
        with telling as (
            select *
            from watched
            where case
                when kind = 'missing' then true
                when kind in ('repeated_row', 'listed_twice', 'duplicate')
                    then moment = mark and copy = 2
                else moment = mark
            end
            qualify row_number() over (partition by no order by moment desc) = 1
        )
        select
            telling.kind::varchar as kind
            , code
            , getvariable('unit_code')[unit] as unit
            , strftime(mark, '%Y-%m-%d') as day
            , file
            , line
        from telling
        inner join list_file
            on telling.moment = list_file.moment and telling.layout = list_file.layout
        union all by name
        select kind, code, unit, day, file, line from beside_truth
        union all by name
        select kind, unit, '{QUIET_FROM}' as day from (values {quiet}) as quiet (kind, unit)
        union all by name
        select 'rewritten' as kind, * from rewritten
        order by kind, code, day, movement, before
    """)
    connection.execute(f"copy (from truth) to {quoted(path)} (format json)")
    return dict(
        connection.execute(
            "select kind, count(*) from truth group by kind order by kind"
        ).fetchall()
    )


def write_figures(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Figures per unit and calendar month, as the ledger must count them knowing all lists.

    A dossier without a planted phenomenon is seen in every list it belongs to, so its receipt and
    its closing count at their own dates. All others are folded from the rows of the lists.
    """
    connection.execute(_STOOD)
    connection.execute(_FOLDED)
    connection.execute(_REOPENED)
    connection.execute(f"copy ({_figures_sql()}) to {quoted(path)} (header true)")


_STOOD = """
create table stood as
with counted as (
    -- a row set aside says nothing
    select
        *
        , case
            when state in ('done', 'handed_over') then 'resolved_total'
            when state in ('returned', 'withdrawn') then state
        end as closing
    from watched
    where not is_set_aside
)
, homed as (
    -- the unit of the first list; a dossier in two lists stays where it was
    select *, arg_min(unit, (moment, copy)) over (partition by no) as first_unit
    from counted
)
select
    no
    , moment
    , first_unit
    , received
    , bool_or(unit = first_unit) as is_at_first_unit
    , max(unit) filter (unit <> first_unit) as second_unit
    , max(closing) as closing
    , max(ended) as ended
from homed
group by no, moment, first_unit, received
"""
"""What the lists of one moment said of a dossier."""

_FOLDED = """
create table folded as
with opened as (
    select *, max(moment) filter (closing is null) over (partition by no) as last_open
    from stood
)
, told as (
    select
        no
        , first_unit
        , arg_max(received, moment) as received
        , min(moment) filter (not is_at_first_unit) as moved_at
        , arg_min(second_unit, moment) filter (not is_at_first_unit) as second_unit
        , arg_max_null(closing, moment) as closing
        , arg_max_null(ended, moment) as ended
        , min(moment) filter (last_open is null or moment > last_open) as closing_seen
    from opened
    group by no, first_unit
)
select
    no
    , first_unit
    , second_unit
    , received
    , moved_at
    , closing
    -- an end before its start counts at the start, an undated one where it is first seen
    , case
        when closing is null then null
        when ended is null then closing_seen
        else greatest(received, ended)
    end as closed_at
from told
"""

_REOPENED = """
create table reopened as
with turned as (
    select
        *
        , lead(moment) over (partition by no order by moment) as opened_at
        , lead(closing) over (partition by no order by moment) as next_closing
    from stood
)
-- An end that a later list took back never was; but where the dossier was closed again later, the
-- list in between dates a reopening, and the earlier closing stands.
select
    turned.first_unit as unit
    , turned.closing
    , greatest(turned.received, turned.ended) as closed_at
    , opened_at
from turned
inner join folded on turned.no = folded.no
where turned.closing is not null
    and turned.ended is not null
    and next_closing is null
    and opened_at <= folded.closed_at
"""


def _figures_sql() -> str:
    """Movements of both parts, summed; the balance is what came in less what went out."""
    last = f"timestamp '{LAST_DAY} 23:59:00'"
    return f"""
with movement as (
    select unit, 'received_new' as figure, date_trunc('month', received) as month, count(*) as n
    from life where kind is null group by all
    union all
    select
        unit
        , if(ending = 'done', 'resolved_total', ending::varchar)
        , date_trunc('month', finished)
        , count(*)
    from life where kind is null and finished <= {last} group by all
    union all
    select first_unit, 'received_new', date_trunc('month', received), count(*)
    from folded group by all
    union all
    select first_unit, 'transferred_out', date_trunc('month', moved_at), count(*)
    from folded where moved_at is not null group by all
    union all
    select second_unit, 'transferred_in', date_trunc('month', moved_at), count(*)
    from folded where moved_at is not null group by all
    union all
    select coalesce(second_unit, first_unit), closing, date_trunc('month', closed_at), count(*)
    from folded where closing is not null group by all
    union all
    select unit, closing, date_trunc('month', closed_at), count(*) from reopened group by all
    union all
    select unit, 'reopened', date_trunc('month', opened_at), count(*) from reopened group by all
)
, month as (
    select unnest(range(date '{FIRST_DAY}', date '{LAST_DAY}', interval 1 month)) as month
)
, counted as (
    select
        unit.code as unit
        , month.month
        , coalesce(sum(n) filter (figure = 'received_new'), 0)::bigint as received_new
        , coalesce(sum(n) filter (figure = 'resolved_total'), 0)::bigint as resolved_total
        , coalesce(sum(n) filter (figure = 'returned'), 0)::bigint as returned
        , coalesce(sum(n) filter (figure = 'withdrawn'), 0)::bigint as withdrawn
        , coalesce(sum(n) filter (figure = 'transferred_in'), 0)::bigint as transferred_in
        , coalesce(sum(n) filter (figure = 'transferred_out'), 0)::bigint as transferred_out
        , coalesce(sum(n) filter (figure = 'reopened'), 0)::bigint as reopened
    from unit
    cross join month
    left join movement on movement.unit = unit.number and movement.month = month.month
    group by unit.code, month.month
)
select
    unit
    , strftime(month, '%Y-%m') as month
    , received_new
    , resolved_total
    , returned
    , withdrawn
    , transferred_in
    , transferred_out
    , reopened
    , sum(
        received_new + transferred_in + reopened
        - transferred_out - resolved_total - returned - withdrawn
    ) over (partition by unit order by month)::bigint as open_at_month_end
from counted
order by unit, month
"""
