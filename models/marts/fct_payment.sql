{{ config(meta={'fed_by': ['payment.made', 'national_code']}) }}
-- One row per payment that a list shows.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

event as (select * from {{ source('raw', 'event') }} where type = 'payment.made'),

meaning as (select * from {{ source('raw', 'map_value') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

final as (
    select
        coalesce(alias.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.id,
        event.code,
        event.occurred_at,
        event.occurred_is_day,
        {{ yes_no('online_meaning.value', json_text('event.data', 'online')) }} as is_online,
        try_cast({{ json_text('event.data', 'amount') }} as bigint) as amount,
        {{ yes_no('fee_meaning.value', json_text('event.data', 'fee')) }} as has_fee,
        event.source,
        event.observed_at,
        event.known_at,
        event.batch_id,
        batch.batch_no,
        event.line_no
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join alias on {{ key63('event.subject') }} = alias.alias_key
    left join meaning as online_meaning
        on
            event.source = online_meaning.source
            and online_meaning.field = 'online'
            and online_meaning.value_key
            = {{ text_key("json_extract_string(event.data, '$.online')") }}
    left join meaning as fee_meaning
        on
            event.source = fee_meaning.source
            and fee_meaning.field = 'fee'
            and fee_meaning.value_key
            = {{ text_key("json_extract_string(event.data, '$.fee')") }}
)

select * from final
