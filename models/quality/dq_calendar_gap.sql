{{ config(materialized='view', meta={'fed_by': []}) }}
with

dossier as (select * from {{ ref('fct_dossier') }}),

procedure_limit as (select * from {{ ref('dim_procedure') }} where limit_amount > 0),

calendar as (select * from {{ ref('dim_date') }}),

counted as (
    select
        dossier.dossier_key,
        extract(year from dossier.received_at) as first_year,
        extract(year from coalesce(dossier.due_at, dossier.received_at)) as last_year
    from dossier
    inner join procedure_limit on dossier.procedure_key = procedure_limit.procedure_key
    where
        dossier.received_at is not null
        and (dossier.due_is_computed or dossier.due_at is null)
),

needed as (
    select
        first_year as year,
        dossier_key
    from counted
    union
    select
        last_year as year,
        dossier_key
    from counted
),

needed_year as (
    select
        year,
        count(*) as dossiers
    from needed
    group by year
),

covered as (
    select distinct year
    from calendar
    where not is_working_day and holiday_name is not null
),

final as (
    select
        needed_year.year,
        needed_year.dossiers
    from needed_year
    left join covered on needed_year.year = covered.year
    where covered.year is null
)

select * from final
