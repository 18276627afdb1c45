{{ config(meta={'fed_by': []}) }}
with

listed as (select * from {{ ref('stg_unit_validity') }}),

final as (
    select
        unit_code,
        unit_name,
        level,
        parent_code,
        valid_from,
        valid_to,
        successor_code
    from listed
)

select * from final
