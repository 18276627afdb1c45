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

final as (
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
)

select * from final
