{{ config(meta={'fed_by': ['dossier.digitised', 'national_code']}) }}
-- One row per dossier and day on which a list shows what was digitised.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.digitised'),

meaning as (select * from {{ source('raw', 'map_value') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

final as (
    select
        coalesce(alias.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.id,
        event.code,
        event.occurred_at,
        event.occurred_is_day,
        {{ yes_no('digitised_intake_meaning.value', json_text('event.data', 'digitised_intake')) }}
            as digitised_intake,
        {{ yes_no('digitised_result_meaning.value', json_text('event.data', 'digitised_result')) }}
            as digitised_result,
        event.source,
        event.observed_at,
        event.known_at,
        event.batch_id,
        batch.batch_no,
        event.line_no
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join alias on {{ key63('event.subject') }} = alias.alias_key
    left join meaning as digitised_intake_meaning
        on
            event.source = digitised_intake_meaning.source
            and digitised_intake_meaning.field = 'digitised_intake'
            and digitised_intake_meaning.value_key
            = {{ text_key("json_extract_string(event.data, '$.digitised_intake')") }}
    left join meaning as digitised_result_meaning
        on
            event.source = digitised_result_meaning.source
            and digitised_result_meaning.field = 'digitised_result'
            and digitised_result_meaning.value_key
            = {{ text_key("json_extract_string(event.data, '$.digitised_result')") }}
)

select * from final
