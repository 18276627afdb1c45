-- Which units a full list speaks for. A dossier of such a unit that is not in the list has left it.
-- A list without a declared unit speaks for every unit that its source is known to list.
with

batch as (
    select * from {{ ref('dim_batch') }}
    where
        role = 'ledger'
        and is_full
        and coalesce(scope_date_field, 'handled') <> 'ended'
),

batch_unit as (select * from {{ ref('int_batch_unit') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

succession as (select * from {{ ref('int_succession') }}),

source_unit as (
    select
        source,
        unit_code,
        min(batch_no) as first_batch_no
    from batch_unit
    group by
        source,
        unit_code
),

named as (
    select
        batch.batch_no,
        batch.system,
        batch.observed_at,
        batch.reach_date,
        source_unit.unit_code
    from batch
    inner join source_unit
        on
            batch.source = source_unit.source
            and source_unit.first_batch_no <= batch.batch_no
    where batch.scope_unit is null
    union all
    select
        batch.batch_no,
        batch.system,
        batch.observed_at,
        batch.reach_date,
        coalesce(unit_text.unit_code, batch.scope_unit) as unit_code
    from batch
    left join unit_text
        on
            batch.source = unit_text.source
            and batch.scope_unit = unit_text.unit_name
            and {{ means_on('unit_text', 'batch.reach_date') }}
    where batch.scope_unit is not null
),

-- a unit's successor has its dossiers on: its lists speak for both
final as (
    select
        batch_no,
        system,
        observed_at,
        unit_code
    from named
    union
    select
        named.batch_no,
        named.system,
        named.observed_at,
        succession.unit_code
    from named
    inner join succession
        on
            named.unit_code = succession.successor_code
            and named.reach_date >= succession.since
)

select * from final
