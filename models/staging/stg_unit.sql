{{ config(meta={'fed_by': []}) }}
-- One row per unit of a system: what the newest units list says of it.
with

validity as (select * from {{ ref('stg_unit_validity') }} where is_newest),

final as (
    select
        system,
        unit_code,
        unit_name,
        unit_key,
        level,
        parent_code,
        valid_from,
        valid_to,
        successor_code
    from validity
)

select * from final
