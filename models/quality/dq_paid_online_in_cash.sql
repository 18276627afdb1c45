-- DuocThanhToanTrucTuyen = 1 was seen for cash, too (domain.md §2, trap 5).
with

kept as (
    {{ kept_dossiers('paid_online_in_cash') }}
),

payment as (select * from {{ ref('fct_payment') }}),

meaning as (
    select * from {{ source('raw', 'map_value') }}
    where field = 'paid_online'
),

dossier as (select * from {{ ref('fct_dossier') }}),

in_cash as (
    select
        dossier_key,
        min(occurred_at) as paid_at
    from payment
    where dossier_key not in (select kept.dossier_key from kept)
    group by dossier_key
    having count(*) = count(case when is_online = false then 1 end)
),

-- lists with the column; of the others' files none is opened
batch as (
    select batch_id from {{ ref('dim_batch') }}
    where (layout & {{ attribute_bit('paid_online') }}) <> 0
),

alias as (select * from {{ ref('int_dossier_alias') }}),

-- by whatever code lists show them
code as (
    select
        dossier_key as code_key,
        dossier_key
    from in_cash
    union all
    select
        alias.alias_key as code_key,
        alias.dossier_key
    from alias
    inner join in_cash on alias.dossier_key = in_cash.dossier_key
),

-- where nobody paid in cash alone, nothing is read
event as (
    select * from {{ source('raw', 'event') }}
    where
        type = 'dossier.observed'
        and data like '%"paid_online"%'
        and batch_id in (select batch.batch_id from batch)
        and {{ key63('subject') }} in (select code.code_key from code)
),

claimed as (
    select
        in_cash.dossier_key,
        in_cash.paid_at,
        event.code,
        event.system,
        event.source,
        event.batch_id,
        event.line_no,
        row_number() over (
            partition by in_cash.dossier_key, event.source
            order by event.observed_at, event.batch_id, event.line_no
        ) as nth
    from in_cash
    inner join code on in_cash.dossier_key = code.dossier_key
    inner join event on code.code_key = {{ key63('event.subject') }}
    left join meaning
        on
            event.source = meaning.source
            and {{ text_key(json_text('event.data', 'paid_online')) }} = meaning.value_key
    where {{ yes_no('meaning.value', json_text('event.data', 'paid_online')) }}
),

final as (
    select
        claimed.code,
        claimed.system,
        dossier.unit_code,
        claimed.source,
        claimed.paid_at,
        claimed.batch_id,
        claimed.line_no
    from claimed
    left join dossier on claimed.dossier_key = dossier.dossier_key
    where claimed.nth = 1
)

select * from final
