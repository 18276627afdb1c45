{{ config(meta={'fed_by': ['attribute', 'national_code']}) }}
-- What the contents of lists say of attributes: one row per dossier and content that has a column
-- of one. Texts as read, their meaning by the source's own map.
{% set attributes = dossier_attributes() %}
with

event as (
    select * from {{ source('raw', 'event') }}
    where
        type = 'dossier.observed'
        and data is not null
        and layout & {{ attribute_mask() }} <> 0
),

meaning as (select * from {{ source('raw', 'map_value') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

batch as (select * from {{ ref('dim_batch') }}),

other_code as (
    select * from {{ ref('int_dossier_code') }} where code_key <> dossier_key
),

told as (
    select
        coalesce(other_code.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        {{ code_content('event.content_hash', 'other_code') }} as content_hash,
        event.source,
        event.batch_id,
        {% for attribute in attributes %}
        {{ json_text('event.data', attribute) }} as {{ attribute }}{{ "," if not loop.last }}
        {% endfor %}
    from event
    left join other_code on {{ key63('event.subject') }} = other_code.code_key
),

final as (
    select
        told.dossier_key,
        told.content_hash,
        {% for attribute in attributes[:7] %}
        {{ yes_no(attribute ~ '_meaning.value', 'told.' ~ attribute) }} as {{ attribute }},
        {% endfor %}
        reception.unit_code as reception_unit,
        help.unit_code as help_unit,
        -- names that mean another unit in lists of another day
        case when reception.is_shared then told.reception_unit end as shared_reception,
        case when help.is_shared then told.help_unit end as shared_help
    from told
    inner join batch on told.batch_id = batch.batch_id
    {% for attribute in attributes[:7] %}
    left join meaning as {{ attribute }}_meaning
        on
            told.source = {{ attribute }}_meaning.source
            and {{ attribute }}_meaning.field = '{{ attribute }}'
            and {{ text_key('told.' ~ attribute) }} = {{ attribute }}_meaning.value_key
    {% endfor %}
    left join unit_text as reception
        on
            told.source = reception.source
            and told.reception_unit = reception.unit_name
            and {{ means_on('reception', 'batch.reach_date') }}
    left join unit_text as help
        on
            told.source = help.source
            and told.help_unit = help.unit_name
            and {{ means_on('help', 'batch.reach_date') }}
)

select * from final
