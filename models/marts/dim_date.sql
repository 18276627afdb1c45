with

exception as (select * from {{ ref('calendar_exception') }}),

day as (
    select
        cast(unnest(range(date '2009-01-01', date '2032-01-01', interval 1 day)) as date)
            as date_day
),

final as (
    select
        day.date_day,
        extract(year from day.date_day) as year,
        extract(month from day.date_day) as month,
        extract(isoyear from day.date_day) as iso_year,
        extract(week from day.date_day) as iso_week,
        extract(isodow from day.date_day) as iso_weekday,
        coalesce(exception.is_working_day, extract(isodow from day.date_day) <= 5)
            as is_working_day,
        exception.name as holiday_name,
        coalesce(exception.source, 'Monday to Friday') as source,
        cast(sum(
            case
                when coalesce(exception.is_working_day, extract(isodow from day.date_day) <= 5)
                    then 1
                else 0
            end
        ) over (order by day.date_day rows between unbounded preceding and current row) as integer)
            as working_day_no
    from day
    left join exception on day.date_day = exception.exception_date
)

select * from final
