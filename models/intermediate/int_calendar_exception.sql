{{ config(meta={'fed_by': []}) }}
-- The days on which the week of Monday to Friday does not hold: what the office decided wins.
with

exception as (select * from {{ ref('calendar_exception') }}),

override as (select * from {{ ref('calendar_override') }}),

final as (
    select
        override_date as exception_date,
        is_working_day,
        name,
        document,
        'calendar_override' as source,
        true as is_confirmed
    from override
    union all
    select
        exception_date,
        is_working_day,
        name,
        document,
        source,
        is_confirmed
    from exception
    where exception_date not in (select override.override_date from override)
)

select * from final
