{{ config(materialized='view', meta={'fed_by': []}) }}
-- Which units stand in a list, and with how many rows.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

-- without the units that rows only name: of an official reception, of a rating
batch_unit as (select * from {{ source('raw', 'batch_unit') }} where row_count > 0),

unit_text as (select * from {{ ref('int_unit_text') }}),

final as (
    select
        batch.batch_no,
        batch.source,
        batch.system,
        unit_text.unit_code,
        sum(batch_unit.row_count) as row_count
    from batch_unit
    inner join batch on batch_unit.batch_id = batch.batch_id
    inner join unit_text
        on
            batch.source = unit_text.source
            and batch_unit.unit_name = unit_text.unit_name
            and {{ means_on('unit_text', 'batch.reach_date') }}
    group by
        batch.batch_no,
        batch.source,
        batch.system,
        unit_text.unit_code
)

select * from final
