-- depends_on: {{ ref('dim_batch') }}, {{ ref('int_dossier_sighting') }}
-- depends_on: {{ ref('int_unit_reach') }}, {{ ref('int_ruling') }}
-- Dossiers whose history has to be read again in this run; empty on a full refresh, which reads
-- all. A dossier is touched by a new list that shows another content than the newest one known,
-- by any list that was made before one already known (a late list), by a list that settles in
-- which unit a dossier stands, and by the mere passing of its due date.
{% if ledger_is_incremental() %}
with

new_batch as ({{ batches_not_in_ledger(ref('dim_batch')) }}),

sighting as (select * from {{ ref('int_dossier_sighting') }}),

-- each use reads the few columns that it needs
dossier as {{ not_materialized() }} (select * from {{ target.schema }}.fct_dossier),

reach as (
    select
        unit_reach.unit_code,
        max(unit_reach.reach_date) as reach_date
    from {{ ref('int_unit_reach') }} as unit_reach
    inner join new_batch on unit_reach.batch_id = new_batch.batch_id
    group by unit_reach.unit_code
),

news as (
    select
        system,
        bool_or(is_late) as has_late,
        bool_or(is_full) as has_full
    from new_batch
    group by system
),

seen_otherwise as (
    select sighting.dossier_key
    from sighting
    inner join new_batch on sighting.batch_no = new_batch.batch_no
    left join dossier on sighting.dossier_key = dossier.dossier_key
    where
        dossier.dossier_key is null
        or new_batch.is_late
        or sighting.content_hash is distinct from dossier.content_hash
),

settled as (
    select dossier.dossier_key
    from dossier
    inner join news on dossier.system = news.system
    where
        (dossier.is_listed_twice and news.has_full)
        or (dossier.is_in_two_units and news.has_late)
),

ruled as (
    select ruling.dossier_key
    from {{ ref('int_ruling') }} as ruling
    inner join new_batch on ruling.from_batch_no = new_batch.batch_no
),

fell_due as (
    select dossier.dossier_key
    from dossier
    inner join reach on dossier.unit_code = reach.unit_code
    where
        dossier.next_overdue_at is not null
        and cast(dossier.next_overdue_at as date) <= reach.reach_date
),

final as (
    select dossier_key from seen_otherwise
    union
    select dossier_key from settled
    union
    select dossier_key from ruled
    union
    select dossier_key from fell_due
)

select * from final
{% else %}
select cast(null as bigint) as dossier_key
where false
{% endif %}
