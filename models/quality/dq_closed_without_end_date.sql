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
        row_batch_id as batch_id,
        line_no
    from dossier
    where account like 'closed.%' and raw_ended_at is null
)

select * from final
