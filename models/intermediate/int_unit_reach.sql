with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

batch_unit as (select * from {{ ref('int_batch_unit') }}),

cover as (select * from {{ ref('int_unit_cover') }}),

succession as (select * from {{ ref('int_succession') }}),

source as (select * from {{ source('raw', 'source') }}),

progress as (select * from {{ source('raw', 'map_progress') }}),

-- sources whose lists have no status, but whose dated rows say how a dossier was paused or closed
told_by_steps as (
    select distinct source.source
    from source
    inner join progress on source.source = progress.source
    where source.status_from = 'dates'
),

covered as (
    select
        batch_no,
        unit_code
    from batch_unit
    union
    select
        batch_no,
        unit_code
    from cover
    union
    -- the dossiers of a unit stand in the lists of its successor
    select
        batch_unit.batch_no,
        succession.unit_code
    from batch_unit
    inner join batch on batch_unit.batch_no = batch.batch_no
    inner join succession
        on
            batch_unit.unit_code = succession.successor_code
            and batch.reach_date >= succession.since
),

final as (
    select
        covered.unit_code,
        batch.batch_id,
        batch.known_at,
        batch.reach_date,
        case
            when told_by_steps.source is null then batch.layout
            else batch.layout | {{ fields_mask(['status']) }}
        end as layout
    from covered
    inner join batch on covered.batch_no = batch.batch_no
    left join told_by_steps on batch.source = told_by_steps.source
)

select * from final
