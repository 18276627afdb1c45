{{ config(materialized='view', meta={'fed_by': []}) }}
with

dossier as (select * from {{ ref('fct_dossier') }} where account like 'open.%'),

batch as (select * from {{ ref('dim_batch') }}),

cover as (select * from {{ ref('int_unit_cover') }}),

sighting as (select * from {{ ref('int_dossier_sighting') }} where is_dated is not true),

last_sighting as (
    select
        dossier.dossier_key,
        max(batch.observed_at) as last_observed_at,
        max_by(batch.batch_id, batch.observed_at) as batch_id,
        max_by(sighting.line_no, batch.observed_at) as line_no
    from dossier
    inner join sighting on dossier.dossier_key = sighting.dossier_key
    inner join batch on sighting.batch_no = batch.batch_no
    group by dossier.dossier_key
),

-- the first newer full list of its unit that should have shown it and does not
absent as (
    select
        dossier.dossier_key,
        min(cover.observed_at) as absent_since,
        min_by(batch.scope_date_field, cover.observed_at) as scope_date_field
    from dossier
    inner join last_sighting on dossier.dossier_key = last_sighting.dossier_key
    inner join cover
        on
            dossier.unit_code = cover.unit_code
            and dossier.system = cover.system
            and last_sighting.last_observed_at < cover.observed_at
    inner join batch on cover.batch_no = batch.batch_no
    where {{ list_should_show(
        'dossier.account', "timestamp 'infinity'",
        'coalesce(dossier.received_at, last_sighting.last_observed_at)', 'batch',
    ) }}
    group by dossier.dossier_key
),

final as (
    select
        dossier.code,
        dossier.system,
        dossier.unit_code,
        dossier.account,
        case when absent.scope_date_field = 'open_on' then 'left_open_list' else 'missing' end
            as kind,
        last_sighting.last_observed_at,
        absent.absent_since,
        last_sighting.batch_id,
        last_sighting.line_no
    from absent
    inner join dossier on absent.dossier_key = dossier.dossier_key
    inner join last_sighting on absent.dossier_key = last_sighting.dossier_key
)

select * from final
