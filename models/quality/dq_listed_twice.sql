with

dossier as (select * from {{ ref('fct_dossier') }} where is_listed_twice),

batch as (select * from {{ ref('dim_batch') }}),

sighting as (select * from {{ ref('int_dossier_sighting') }} where has_content),

other_unit as (
    select
        dossier.dossier_key,
        sighting.unit_code,
        min(batch.observed_at) as first_observed_at,
        min_by(batch.batch_id, batch.observed_at) as batch_id,
        min_by(sighting.line_no, batch.observed_at) as line_no
    from dossier
    inner join sighting on dossier.dossier_key = sighting.dossier_key
    inner join batch on sighting.batch_no = batch.batch_no
    where sighting.unit_code <> dossier.unit_code
    group by
        dossier.dossier_key,
        sighting.unit_code
),

final as (
    select
        dossier.code,
        dossier.system,
        dossier.unit_code,
        other_unit.unit_code as also_in_unit,
        other_unit.first_observed_at as since,
        other_unit.batch_id,
        other_unit.line_no
    from dossier
    inner join other_unit on dossier.dossier_key = other_unit.dossier_key
)

select * from final
