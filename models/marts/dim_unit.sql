{{ config(meta={'fed_by': ['unit_name', 'dossier.ruled']}) }}
with

listed as (select * from {{ ref('stg_unit') }}),

-- a unit that no units list knows counts, too, be it named by a list, the map of a YAML or a
-- ruling: else its dossiers stand in no sum
provisional as (
    select unit_code
    from {{ ref('int_unit_text') }}
    union
    select value as unit_code
    from {{ ref('int_ruling') }}
    where kind = 'unit_is' and value is not null
),

final as (
    select
        unit_code,
        unit_name,
        level,
        parent_code,
        valid_from,
        valid_to,
        successor_code,
        false as is_provisional
    from listed
    union all
    select
        unit_code,
        unit_code as unit_name,
        cast(null as varchar) as level,
        cast(null as varchar) as parent_code,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        cast(null as varchar) as successor_code,
        true as is_provisional
    from provisional
    where unit_code not in (select listed.unit_code from listed)
)

select * from final
