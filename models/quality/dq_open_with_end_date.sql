-- fct_dossier carries an end date only for closed dossiers, so the date is read from the sighting
with

dossier as (select * from {{ ref('fct_dossier') }} where account like 'open.%'),

batch as (select * from {{ ref('dim_batch') }}),

sighting as (
    select
        sighting.*,
        batch.batch_id
    from {{ ref('int_dossier_sighting') }} as sighting
    inner join batch on sighting.batch_no = batch.batch_no
),

final as (
    select distinct
        dossier.code,
        dossier.system,
        dossier.unit_code,
        dossier.account,
        coalesce(sighting.finished_at, sighting.handed_over_at) as raw_ended_at,
        sighting.batch_id,
        sighting.line_no
    from dossier
    inner join sighting
        on
            dossier.dossier_key = sighting.dossier_key
            and dossier.content_hash = sighting.content_hash
            and sighting.has_content
    where coalesce(sighting.finished_at, sighting.handed_over_at) is not null
)

select * from final
