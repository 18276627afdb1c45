-- depends_on: {{ ref('int_dossier_touched') }}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_touched_dossiers() }}",
) }}
with

-- more than one due date, or one that moved
told as (
    select
        dossier_key,
        unnest(due_dates) as due_date
    from {{ ref('int_movement') }}
    where due_dates is not null and next_batch_no is null
),

moved as (
    select
        dossier_key,
        struct_extract(due_date, 'from_at') as from_at,
        struct_extract(due_date, 'due_at') as due_at,
        struct_extract(due_date, 'due_is_day') as due_is_day,
        struct_extract(due_date, 'is_computed') as is_computed,
        struct_extract(due_date, 'because') as because
    from told
),

-- computed once, and no pause since
computed as (
    select
        dossier_key,
        received_at as from_at,
        due_at,
        due_is_day,
        true as is_computed,
        'receipt' as because
    from {{ ref('fct_dossier') }}
    where
        due_is_computed
        and account <> 'outside'
        and dossier_key not in (select moved.dossier_key from moved)
        {% if is_incremental() %}
        and dossier_key in (select dossier_key from {{ ref('int_dossier_touched') }})
        {% endif %}
),

either as (
    select * from moved
    union all
    select * from computed
),

final as (
    select
        dossier_key,
        cast(row_number() over (partition by dossier_key order by from_at) as integer) as due_no,
        from_at,
        due_at,
        due_is_day,
        is_computed,
        because
    from either
)

select * from final
