-- What lists beside those of dossiers tell of a unit: one row per unit and batch that told
-- something of it or of its dossiers. A figure without any such row, and without a column in a
-- list, is null.
with

dossier as (
    select
        dossier_key,
        unit_code
    from {{ ref('fct_dossier') }}
),

told as (
    select
        dossier_key,
        cast(null as varchar) as unit_code,
        batch_id,
        known_at,
        (case when is_online is not null then {{ attribute_bit('paid_online') }} else 0 end)
        + case
            when coalesce(has_fee, amount > 0) is not null then {{ attribute_bit('has_fee') }}
            else 0
        end as layout
    from {{ ref('fct_payment') }}
    union all
    select
        dossier_key,
        cast(null as varchar) as unit_code,
        batch_id,
        known_at,
        (case when digitised_intake is null then 0 else {{ attribute_bit('digitised_intake') }} end)
        + case when digitised_result is null then 0 else {{ attribute_bit('digitised_result') }} end
            as layout
    from {{ ref('fct_digitisation') }}
    union all
    select
        dossier_key,
        unit_code,
        batch_id,
        known_at,
        case when is_satisfied is null then 0 else {{ 2 ** 24 }} end as layout
    from {{ ref('fct_rating') }}
    union all
    select
        cast(null as bigint) as dossier_key,
        feedback.unit_code,
        feedback.batch_id,
        feedback.known_at,
        {{ 2 ** 25 }}
        + case
            when {{ has_field('batch.layout', 'handed_over_at') }} then {{ 2 ** 26 }}
            else 0
        end
        + case when feedback.feedback_kind is null then 0 else {{ 2 ** 27 }} end as layout
    from {{ ref('fct_feedback') }} as feedback
    inner join {{ ref('dim_batch') }} as batch on feedback.batch_id = batch.batch_id
),

final as (
    select
        coalesce(told.unit_code, dossier.unit_code) as unit_code,
        told.batch_id,
        told.known_at,
        cast(bit_or(cast(told.layout as integer)) as integer) as layout
    from told
    left join dossier on told.dossier_key = dossier.dossier_key
    where coalesce(told.unit_code, dossier.unit_code) is not null
    group by
        coalesce(told.unit_code, dossier.unit_code),
        told.batch_id,
        told.known_at
)

select * from final
