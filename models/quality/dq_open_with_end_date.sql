{{ config(materialized='view', meta={'fed_by': []}) }}
with

dossier as (select * from {{ ref('fct_dossier') }}),

batch as (select * from {{ ref('dim_batch') }}),

sighting as (
    select * from {{ ref('int_dossier_sighting') }}
    where
        has_content
        and account like 'open.%'
        and coalesce(finished_at, handed_over_at) is not null
),

final as (
    select
        dossier.code,
        dossier.system,
        coalesce(sighting.unit_code, dossier.unit_code) as unit_code,
        sighting.account,
        coalesce(sighting.finished_at, sighting.handed_over_at) as raw_ended_at,
        sighting.content_hash = dossier.content_hash as is_current,
        batch.batch_id,
        sighting.line_no
    from sighting
    inner join dossier on sighting.dossier_key = dossier.dossier_key
    inner join batch on sighting.batch_no = batch.batch_no
)

select * from final
