{{ config(meta={'fed_by': ['feedback.observed']}) }}
-- One row per feedback (PAKN) and list that shows it, as it stood then.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

event as (select * from {{ source('raw', 'event') }} where type = 'feedback.observed'),

meaning as (select * from {{ source('raw', 'map_value') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

final as (
    select
        {{ key63('event.subject') }} as feedback_key,
        event.id,
        event.code,
        event.received_at,
        event.received_is_day,
        event.finished_at,
        event.finished_is_day,
        event.handed_over_at as published_at,
        event.handed_over_is_day as published_is_day,
        coalesce(kind_meaning.value, {{ json_text('event.data', 'kind') }}) as feedback_kind,
        unit_text.unit_code,
        event.source,
        event.observed_at,
        event.known_at,
        event.batch_id,
        batch.batch_no,
        event.line_no
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join unit_text
        on
            event.source = unit_text.source
            and event.unit_name = unit_text.unit_name
            and {{ means_on('unit_text', 'batch.reach_date') }}
    left join meaning as kind_meaning
        on
            event.source = kind_meaning.source
            and kind_meaning.field = 'kind'
            and kind_meaning.value_key
            = {{ text_key("json_extract_string(event.data, '$.kind')") }}
)

select * from final
