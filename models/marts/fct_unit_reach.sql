with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

batch_unit as (select * from {{ ref('int_batch_unit') }}),

cover as (select * from {{ ref('int_unit_cover') }}),

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
),

final as (
    select
        covered.unit_code,
        batch.batch_id,
        batch.known_at,
        batch.reach_date,
        batch.layout
    from covered
    inner join batch on covered.batch_no = batch.batch_no
)

select * from final
