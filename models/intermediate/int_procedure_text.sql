{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
-- What a source writes of a procedure -> procedure key: its code, else the code of the procedures
-- list with that name, else the name itself.
with

new_batch as ({{ unapplied_batches() }}),

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.observed'),

listed as (select * from {{ ref('stg_procedure') }}),

text as (
    select
        coalesce(event.procedure_code, '') as procedure_code,
        coalesce(event.procedure_name, '') as procedure_name,
        max(event.field_name) as field_name
    from event
    inner join new_batch on event.batch_id = new_batch.batch_id
    group by
        coalesce(event.procedure_code, ''),
        coalesce(event.procedure_name, '')
),

by_name as (
    select
        procedure_name_key,
        max(procedure_code) as procedure_code
    from listed
    group by procedure_name_key
),

final as (
    select
        text.procedure_code,
        text.procedure_name,
        text.field_name,
        coalesce(
            nullif(text.procedure_code, ''), by_name.procedure_code, nullif(text.procedure_name, '')
        ) as procedure_key
    from text
    left join by_name on by_name.procedure_name_key = {{ text_key('text.procedure_name') }}
    {% if is_incremental() %}
    where
        not exists (
            select 1
            from {{ this }} as known
            where
                known.procedure_code = text.procedure_code
                and known.procedure_name = text.procedure_name
                and known.field_name is not distinct from text.field_name
        )
    {% endif %}
)

select * from final
