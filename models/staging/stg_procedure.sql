{{ config(meta={'fed_by': []}) }}
-- One row per procedure: what the newest procedures list says of it.
with

event as (select * from {{ source('raw', 'event') }} where type = 'procedure.observed'),

typed as (
    select
        observed_at,
        known_at,
        batch_id,
        line_no,
        {{ json_text('data', 'code') }} as procedure_code,
        {{ json_text('data', 'name') }} as procedure_name,
        {{ json_text('data', 'field') }} as field_name,
        try_cast({{ json_text('data', 'limit') }} as integer) as limit_amount,
        {{ json_text('data', 'limit_unit') }} as limit_unit
    from event
),

ranked as (
    select
        *,
        row_number() over (
            partition by procedure_code
            order by observed_at desc, known_at desc, batch_id desc, line_no desc
        ) as newest
    from typed
),

final as (
    select
        procedure_code,
        procedure_name,
        {{ text_key('procedure_name') }} as procedure_name_key,
        field_name,
        limit_amount,
        limit_unit
    from ranked
    where newest = 1
)

select * from final
