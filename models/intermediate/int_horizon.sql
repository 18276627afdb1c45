-- How far the knowledge of a system reached after each batch, turned round: for a day, the first
-- batch (in the order of knowing) whose list was made on that day or later.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

bounds as (
    select
        system,
        min(reach_date) as first_reach,
        max(reach_date) as last_reach
    from batch
    group by system
),

day as (
    select
        bounds.system,
        cast(unnest(range(bounds.first_reach, bounds.last_reach + 1, interval 1 day)) as date) as day
    from bounds
),

final as (
    select
        day.system,
        day.day,
        min(batch.batch_no) as batch_no
    from day
    inner join batch on day.system = batch.system and day.day <= batch.reach_date
    group by
        day.system,
        day.day
)

select * from final
