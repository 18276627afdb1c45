with

listed as (select * from {{ ref('stg_procedure') }}),

text as (
    select
        procedure_key,
        max(nullif(procedure_code, '')) as procedure_code,
        max(nullif(procedure_name, '')) as procedure_name,
        max(field_name) as field_name
    from {{ ref('int_procedure_text') }}
    where procedure_key is not null
    group by procedure_key
),

final as (
    select
        text.procedure_key,
        coalesce(listed.procedure_code, text.procedure_code) as procedure_code,
        coalesce(listed.procedure_name, text.procedure_name) as procedure_name,
        coalesce(listed.field_name, text.field_name) as field_name,
        listed.limit_amount,
        listed.limit_unit
    from text
    left join listed on text.procedure_key = listed.procedure_code
)

select * from final
