-- depends_on: {{ ref('dim_batch') }}
{% set keys = [
    'unit_code', 'day', 'movement', 'leg', 'account', 'tl_by_date', 'tl_by_timestamp',
    'tl_index_766', 'channel', 'counterpart_unit',
] %}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ keep_touched_days() }}",
    post_hook="{{ mark_applied() }}",
) }}
with

new_batch as ({{ unapplied_batches() }}),

posting as (
    select posting.*
    from {{ ref('fct_dossier_posting') }} as posting
    {% if is_incremental() %}
    inner join new_batch on posting.batch_no = new_batch.batch_no
    {% endif %}
),

leg as (
    select
        from_unit as unit_code,
        effective_date as day,
        movement,
        'from' as leg,
        from_account as account,
        tl_before_by_date as tl_by_date,
        tl_before_by_timestamp as tl_by_timestamp,
        tl_before_index_766 as tl_index_766,
        channel,
        case when movement = 'transfer' then to_unit end as counterpart_unit,
        -quantity as quantity
    from posting
    where from_account <> 'outside'
    union all
    select
        to_unit as unit_code,
        effective_date as day,
        movement,
        'to' as leg,
        to_account as account,
        tl_after_by_date as tl_by_date,
        tl_after_by_timestamp as tl_by_timestamp,
        tl_after_index_766 as tl_index_766,
        channel,
        case when movement = 'transfer' then from_unit end as counterpart_unit,
        quantity
    from posting
    where to_account <> 'outside'
    {% if is_incremental() %}
    union all
    select
        {{ keys | join(',\n        ') }},
        quantity
    from meta.unit_day_before
    {% endif %}
),

final as (
    select
        {{ keys | join(',\n        ') }},
        cast(sum(quantity) as bigint) as quantity
    from leg
    group by
        {{ keys | join(',\n        ') }}
    having sum(quantity) <> 0
)

select * from final
