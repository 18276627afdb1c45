{{ config(materialized='view', meta={'fed_by': []}) }}
with

-- someone looked at it and keeps it as it is
kept as (
    {{ kept_dossiers('listed_twice') }}
),

dossier as (
    select * from {{ ref('fct_dossier') }}
    where dossier_key not in (select kept.dossier_key from kept)
),

batch as (select * from {{ ref('dim_batch') }}),

ever_twice as (
    select distinct dossier_key
    from {{ ref('fct_dossier_version') }}
    where is_listed_twice
),

-- the lists of one instant belong together: one of them alone shows a transfer only half
version as (
    select
        version.dossier_key,
        version.version_no,
        version.unit_code,
        version.is_listed_twice,
        batch.observed_at,
        lead(batch.observed_at) over in_order as observed_next,
        lead(version.is_listed_twice) over in_order as is_listed_twice_next
    from {{ ref('fct_dossier_version') }} as version
    inner join ever_twice on version.dossier_key = ever_twice.dossier_key
    inner join batch on version.batch_id = batch.batch_id
    window in_order as (partition by version.dossier_key order by version.version_no)
),

-- where it stood, and which unit it counted in, when it was first seen in two lists
listed_twice as (
    select
        dossier_key,
        min_by(unit_code, version_no) as unit_code
    from version
    where
        is_listed_twice
        and not (
            coalesce(observed_next = observed_at, false)
            and not coalesce(is_listed_twice_next, true)
        )
    group by dossier_key
),

sighting as (select * from {{ ref('int_dossier_sighting') }} where has_content),

final as (
    select
        dossier.code,
        dossier.system,
        listed_twice.unit_code,
        sighting.unit_code as also_in_unit,
        min(batch.observed_at) as since,
        dossier.is_listed_twice as is_current,
        min_by(batch.batch_id, batch.observed_at) as batch_id,
        min_by(sighting.line_no, batch.observed_at) as line_no
    from listed_twice
    inner join dossier on listed_twice.dossier_key = dossier.dossier_key
    inner join sighting on listed_twice.dossier_key = sighting.dossier_key
    inner join batch on sighting.batch_no = batch.batch_no
    where sighting.unit_code <> listed_twice.unit_code
    group by
        dossier.code,
        dossier.system,
        listed_twice.unit_code,
        sighting.unit_code,
        dossier.is_listed_twice
)

select * from final
