{{ config(meta={'fed_by': ['submitted_at']}) }}
-- A sender that always writes the receipt where the submission belongs (domain.md §2, trap 2): the
-- time people waited before the receipt cannot be told. Of 20 rows one would differ by chance.
with

event as (
    select * from {{ source('raw', 'event') }}
    where type = 'dossier.observed' and submitted_at is not null and received_at is not null
),

batch as (select * from {{ ref('dim_batch') }}),

final as (
    select
        event.source,
        batch.role,
        count(*) as dossier_rows,
        min(event.observed_at) as first_observed_at,
        max(event.observed_at) as last_observed_at
    from event
    inner join batch on event.batch_id = batch.batch_id
    group by
        event.source,
        batch.role
    having
        count(*) >= 20
        and count(*) = count(case when event.submitted_at = event.received_at then 1 end)
        -- a day is no instant
        and count(*) > count(case when event.received_is_day then 1 end)
)

select * from final
