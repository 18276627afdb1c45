{{ config(materialized='view', meta={'fed_by': []}) }}
-- The standing sign of "Đặt lại hồ sơ quá hạn" (domain.md §2, trap 4); where an earlier list said
-- another end, dq_rewritten_history has it too.
with

kept as (
    {{ kept_dossiers('finish_equals_due') }}
),

dossier as (
    select * from {{ ref('fct_dossier') }}
    where
        account like 'closed.%'
        and raw_ended_at = due_at
        and due_is_computed is not true
        and ended_is_day is not true
        and due_is_day is not true
        and dossier_key not in (select kept.dossier_key from kept)
),

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.progressed'),

reset_step as (
    select
        {{ key63('subject') }} as dossier_key,
        min(occurred_at) as reset_at
    from event
    where {{ text_key('activity') }} like 'dat lai ho so qua han%'
    group by {{ key63('subject') }}
),

final as (
    select
        dossier.code,
        dossier.system,
        dossier.unit_code,
        dossier.received_at,
        dossier.due_at,
        reset_step.reset_at,
        dossier.row_batch_id as batch_id,
        dossier.line_no
    from dossier
    left join reset_step on dossier.dossier_key = reset_step.dossier_key
)

select * from final
