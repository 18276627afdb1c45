{{ config(meta={'fed_by': []}) }}
-- Reporting periods of both schemes (domain.md §6). A cut-off period is named after the calendar
-- one whose days it holds most of, and begins and ends on the 15th and 14th: code with a 'c'.
with

month as (
    select
        date_day as first_day,
        year,
        month
    from {{ ref('dim_date') }}
    where extract(day from date_day) = 1
),

span as (
    select * from (
        values
        ('month', 1, 'Tháng'),
        ('quarter', 3, 'Quý'),
        ('half', 6, 'Nửa năm'),
        ('nine_months', 9, 'Chín tháng'),
        ('year', 12, 'Năm')
    ) as span (kind, months, title)
),

calendar as (
    select
        case span.kind
            when 'month' then strftime(month.first_day, '%Y-%m')
            when 'quarter'
                then concat(
                    cast(month.year as varchar), '-Q', cast((month.month + 2) // 3 as varchar)
                )
            when 'half'
                then concat(
                    cast(month.year as varchar), '-H', cast((month.month + 5) // 6 as varchar)
                )
            when 'nine_months' then concat(cast(month.year as varchar), '-9M')
            else cast(month.year as varchar)
        end as period_code,
        span.kind,
        span.title,
        month.first_day,
        cast(month.first_day + to_months(span.months) - interval 1 day as date) as last_day
    from month
    cross join span
    where
        (month.month - 1) % span.months = 0
        and (span.kind <> 'nine_months' or month.month = 1)
),

week as (
    select
        concat(cast(iso_year as varchar), '-W', lpad(cast(iso_week as varchar), 2, '0'))
            as period_code,
        'week' as kind,
        'Tuần' as title,
        date_day as first_day,
        cast(date_day + interval 6 day as date) as last_day
    from {{ ref('dim_date') }}
    where iso_weekday = 1
),

cutoff as (
    select
        concat(period_code, 'c') as period_code,
        kind,
        title,
        cast(first_day - to_months(1) + interval 14 day as date) as first_day,
        cast(cast(last_day + interval 1 day as date) - to_months(1) + interval 13 day as date)
            as last_day
    from calendar
),

final as (
    select
        period_code,
        kind,
        'calendar' as scheme,
        first_day,
        last_day,
        concat(title, ' ', period_code) as title
    from calendar
    union all
    select
        period_code,
        kind,
        'calendar' as scheme,
        first_day,
        last_day,
        concat(title, ' ', period_code) as title
    from week
    union all
    select
        period_code,
        kind,
        'cutoff' as scheme,
        first_day,
        last_day,
        concat(title, ' ', period_code) as title
    from cutoff
)

select * from final
