{{ config(materialized='view', meta={'fed_by': []}) }}
with

dossier as (select * from {{ ref('fct_dossier') }}),

final as (
    select
        code,
        system,
        unit_code,
        account,
        received_at,
        raw_ended_at,
        row_batch_id as batch_id,
        line_no
    from dossier
    where
        account like 'closed.%'
        and case
            when received_is_day or ended_is_day
                then cast(raw_ended_at as date) < cast(received_at as date)
            else raw_ended_at < received_at
        end
)

select * from final
