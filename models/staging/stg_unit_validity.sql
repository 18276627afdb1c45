{{ config(meta={'fed_by': []}) }}
-- What units lists say of a unit and the days for which they say it. A newer list wins from the
-- day on from which its row is valid (from the beginning, when it names none); what an older list
-- said of the days before stays: so a unit can change its parent, and its past is asked with the
-- old one.
with

event as (select * from {{ source('raw', 'event') }} where type = 'unit.observed'),

typed as (
    select
        system,
        batch_id,
        line_no,
        {{ json_text('data', 'code') }} as unit_code,
        {{ json_text('data', 'name') }} as unit_name,
        {{ json_text('data', 'level') }} as level,
        {{ json_text('data', 'parent') }} as parent_code,
        try_cast({{ json_text('data', 'valid_from') }} as date) as valid_from,
        try_cast({{ json_text('data', 'valid_to') }} as date) as valid_to,
        {{ json_text('data', 'successor') }} as successor_code,
        dense_rank() over (
            partition by system order by observed_at, known_at, batch_id
        ) as list_no
    from event
),

with_begin as (
    select
        *,
        coalesce(valid_from, date '0001-01-01') as begin_day
    from typed
),

compared as (
    select
        *,
        row_number() over (
            partition by system, unit_code, list_no, begin_day order by line_no desc
        ) as newest_line,
        min(begin_day) over (
            partition by system, unit_code
            order by list_no
            range between 1 following and unbounded following
        ) as overruled_from
    from with_begin
),

standing as (
    select
        *,
        lead(begin_day) over (partition by system, unit_code order by begin_day) as next_begin
    from compared
    where newest_line = 1 and (overruled_from is null or begin_day < overruled_from)
),

final as (
    select
        system,
        unit_code,
        unit_name,
        {{ text_key('unit_name') }} as unit_key,
        level,
        parent_code,
        valid_from,
        case
            when next_begin is null then valid_to
            else least(coalesce(valid_to, next_begin), next_begin)
        end as valid_to,
        successor_code,
        next_begin is null as is_newest
    from standing
)

select * from final
