-- How far the lists of a unit reached after each batch, turned round: for a day, the first batch
-- (in the order of knowing) that speaks for the unit and was made on that day or later.
with

reach as (
    select
        unit_reach.unit_code,
        unit_reach.reach_date,
        batch.batch_no
    from {{ ref('int_unit_reach') }} as unit_reach
    inner join {{ ref('dim_batch') }} as batch on unit_reach.batch_id = batch.batch_id
),

in_order as (
    select
        *,
        max(reach_date) over (
            partition by unit_code order by batch_no
            rows between unbounded preceding and 1 preceding
        ) as reach_before
    from reach
),

step as (
    select
        unit_code,
        batch_no,
        reach_date,
        coalesce(reach_before, cast(reach_date - interval 1 day as date)) as reach_before,
        reach_before is null as is_first
    from in_order
    where reach_before is null or reach_date > reach_before
),

final as (
    select
        unit_code,
        cast(
            unnest(range(
                cast(reach_before + interval 1 day as timestamp),
                cast(reach_date + interval 1 day as timestamp),
                interval 1 day
            )) as date
        ) as day,
        batch_no,
        is_first
    from step
)

select * from final
