{{ config(meta={'fed_by': []}) }}
with

exception as (select * from {{ ref('int_calendar_exception') }}),

day as (
    select
        cast(unnest(range(date '2009-01-01', date '2032-01-01', interval 1 day)) as date)
            as date_day
),

decided as (
    select
        day.date_day,
        coalesce(exception.is_working_day, extract(isodow from day.date_day) <= 5)
            as is_working_day,
        exception.name as holiday_name,
        coalesce(exception.source, 'Monday to Friday') as source,
        exception.document,
        coalesce(exception.is_confirmed, true) as is_confirmed
    from day
    left join exception on day.date_day = exception.exception_date
),

final as (
    select
        date_day,
        extract(year from date_day) as year,
        extract(month from date_day) as month,
        extract(isoyear from date_day) as iso_year,
        extract(week from date_day) as iso_week,
        extract(isodow from date_day) as iso_weekday,
        is_working_day,
        holiday_name,
        source,
        document,
        is_confirmed,
        cast(date_diff('day', date '1970-01-01', date_day) as integer) as day_no,
        cast(sum(case when is_working_day then 1 else 0 end) over (
            order by date_day rows between unbounded preceding and current row
        ) as integer) as working_day_no,
        min(case when is_working_day then date_day end) over (
            order by date_day rows between 1 following and unbounded following
        ) as next_working_day
    from decided
)

select * from final
