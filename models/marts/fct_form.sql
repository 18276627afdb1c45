{{ config(meta={'fed_by': ['form.issued', 'national_code']}) }}
-- One row per form handed out for a dossier.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

event as (select * from {{ source('raw', 'event') }} where type = 'form.issued'),

meaning as (select * from {{ source('raw', 'map_value') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

final as (
    select
        coalesce(alias.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.id,
        event.code,
        event.activity as form_name,
        activity_meaning.value as form_kind,
        event.occurred_at,
        event.occurred_is_day,
        event.due_at,
        event.due_is_day,
        {{ json_text('event.data', 'number') }} as form_number,
        event.source,
        event.observed_at,
        event.known_at,
        event.batch_id,
        batch.batch_no,
        event.line_no
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join alias on {{ key63('event.subject') }} = alias.alias_key
    left join meaning as activity_meaning
        on
            event.source = activity_meaning.source
            and activity_meaning.field = 'activity'
            and {{ text_key("event.activity") }} = activity_meaning.value_key
)

select * from final
