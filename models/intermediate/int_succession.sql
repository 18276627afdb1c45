{{ config(meta={'fed_by': []}) }}
-- Which unit goes on as which, directly or through others, and since when: the first day on which
-- all links of the way hold. A unit's link holds from the day on which it is no more (valid_to).
-- Codes of units are one list for all systems (dim_unit).
{% set longest_way = 20 %}
with recursive

link as (
    select
        unit_code,
        successor_code,
        valid_to as since
    from {{ ref('stg_unit') }}
    where successor_code is not null and valid_to is not null and successor_code <> unit_code
),

way as (
    select
        unit_code,
        successor_code,
        since,
        1 as links
    from link
    union all
    select
        way.unit_code,
        link.successor_code,
        greatest(way.since, link.since) as since,
        way.links + 1 as links
    from way
    inner join link on way.successor_code = link.unit_code
    -- units that name each other as successors lead nowhere
    where way.links < {{ longest_way }} and link.successor_code <> way.unit_code
),

final as (
    select
        unit_code,
        successor_code,
        min(since) as since
    from way
    group by
        unit_code,
        successor_code
)

select * from final
