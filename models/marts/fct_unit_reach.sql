with

reach as (select * from {{ ref('int_unit_reach') }}),

-- where we computed a due date, the figures that need one are known without a column of the lists
computed as (
    select
        unit_code,
        min(known_at) as known_at
    from {{ ref('fct_dossier_version') }}
    where due_is_computed
    group by unit_code
),

told as (
    select
        reach.unit_code,
        reach.batch_id,
        reach.known_at,
        reach.reach_date,
        case
            when computed.unit_code is null then reach.layout
            else reach.layout | {{ fields_mask(['due_at']) }}
        end as layout
    from reach
    left join computed
        on reach.unit_code = computed.unit_code and reach.known_at >= computed.known_at
),

-- the first was computed with a list that does not speak for the unit (a message, a ruling):
-- the newest list that does is as far as the unit is known then
newest_before as (
    select
        reach.unit_code,
        computed.known_at,
        max(struct_pack(
            known_at := reach.known_at,
            batch_id := reach.batch_id,
            reach_date := reach.reach_date,
            layout := reach.layout
        )) as newest
    from reach
    inner join computed
        on reach.unit_code = computed.unit_code and reach.known_at <= computed.known_at
    group by
        reach.unit_code,
        computed.known_at
),

computed_between as (
    select
        unit_code,
        struct_extract(newest, 'batch_id') as batch_id,
        known_at,
        struct_extract(newest, 'reach_date') as reach_date,
        struct_extract(newest, 'layout') | {{ fields_mask(['due_at']) }} as layout
    from newest_before
    where struct_extract(newest, 'known_at') < known_at
),

final as (
    select * from told
    union all
    select * from computed_between
)

select * from final
