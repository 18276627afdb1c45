-- One row per unit of a system: what the newest units list says of it.
with

event as (select * from {{ source('raw', 'event') }} where type = 'unit.observed'),

typed as (
    select
        system,
        observed_at,
        known_at,
        batch_id,
        line_no,
        {{ json_text('data', 'code') }} as unit_code,
        {{ json_text('data', 'name') }} as unit_name,
        {{ json_text('data', 'level') }} as level,
        {{ json_text('data', 'parent') }} as parent_code,
        try_cast({{ json_text('data', 'valid_from') }} as date) as valid_from,
        try_cast({{ json_text('data', 'valid_to') }} as date) as valid_to,
        {{ json_text('data', 'successor') }} as successor_code
    from event
),

ranked as (
    select
        *,
        row_number() over (
            partition by system, unit_code
            order by observed_at desc, known_at desc, batch_id desc, line_no desc
        ) as newest
    from typed
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
        valid_to,
        successor_code
    from ranked
    where newest = 1
)

select * from final
