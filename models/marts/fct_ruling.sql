{{ config(meta={'fed_by': ['dossier.ruled', 'national_code']}) }}
with

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.ruled'),

batch as (select * from {{ ref('dim_batch') }}),

other_code as (
    select * from {{ ref('int_dossier_code') }} where code_key <> dossier_key
),

in_force as (
    select distinct ruling_id
    from {{ ref('int_ruling') }}
    where ruling_id is not null and until_batch_no is null
),

undo as (
    select
        {{ json_text('event.data', 'value') }} as ruling_id,
        min(batch.known_at) as undone_at,
        min_by(event.id, batch.batch_no) as undone_by
    from event
    inner join batch on event.batch_id = batch.batch_id
    where event.activity = 'undo'
    group by {{ json_text('event.data', 'value') }}
),

final as (
    select
        event.id as ruling_id,
        coalesce(other_code.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.code,
        event.system,
        event.activity as kind,
        {{ json_text('event.data', 'value') }} as value,
        cast(event.occurred_at as date) as day,
        {{ json_text('event.data', 'by') }} as ruled_by,
        {{ json_text('event.data', 'reason') }} as reason,
        batch.batch_id,
        event.line_no,
        batch.known_at,
        -- an undo holds for good
        event.activity = 'undo' or in_force.ruling_id is not null as is_in_force,
        undo.undone_at,
        undo.undone_by
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join in_force on event.id = in_force.ruling_id
    left join undo on event.id = undo.ruling_id
    left join other_code on {{ key63('event.subject') }} = other_code.code_key
)

select * from final
