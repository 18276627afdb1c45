{{ config(materialized='view', meta={'fed_by': []}) }}
with

unit as (select * from {{ ref('dim_unit') }} where is_provisional),

batch as (select * from {{ ref('dim_batch') }}),

batch_unit as (
    select
        batch_no,
        unit_code,
        row_count
    from {{ ref('int_batch_unit') }}
    union all
    select
        from_batch_no as batch_no,
        value as unit_code,
        1 as row_count
    from {{ ref('int_ruling') }}
    where kind = 'unit_is' and value is not null
),

final as (
    select
        unit.unit_code,
        min(batch.source) as source,
        min(batch.observed_at) as first_observed_at,
        max(batch.observed_at) as last_observed_at,
        min_by(batch.batch_id, batch.observed_at) as batch_id,
        cast(sum(batch_unit.row_count) as bigint) as row_count
    from unit
    inner join batch_unit on unit.unit_code = batch_unit.unit_code
    inner join batch on batch_unit.batch_no = batch.batch_no
    group by unit.unit_code
)

select * from final
