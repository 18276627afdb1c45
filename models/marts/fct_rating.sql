{{ config(meta={'fed_by': ['dossier.rated', 'national_code']}) }}
-- One row per rating of a dossier that a list shows.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.rated'),

meaning as (select * from {{ source('raw', 'map_value') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

final as (
    select
        coalesce(alias.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.id,
        event.code,
        event.occurred_at,
        event.occurred_is_day,
        {{ yes_no('satisfied_meaning.value', json_text('event.data', 'satisfied')) }}
            as is_satisfied,
        try_cast({{ json_text('event.data', 'score') }} as double) as score,
        try_cast({{ json_text('event.data', 'of') }} as double) as score_of,
        unit_text.unit_code,
        event.source,
        event.observed_at,
        event.known_at,
        event.batch_id,
        batch.batch_no,
        event.line_no
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join alias on {{ key63('event.subject') }} = alias.alias_key
    left join unit_text
        on
            event.source = unit_text.source
            and event.unit_name = unit_text.unit_name
            and {{ means_on('unit_text', 'batch.reach_date') }}
    left join meaning as satisfied_meaning
        on
            event.source = satisfied_meaning.source
            and satisfied_meaning.field = 'satisfied'
            and satisfied_meaning.value_key
            = {{ text_key("json_extract_string(event.data, '$.satisfied')") }}
)

select * from final
