{{ config(meta={'fed_by': ['dossier.progressed', 'national_code']}) }}
-- One row per step of a dossier that a progress message, a log or a nested list shows; national
-- copies (mirrors) too, for the signs of a reset stand there.
with

batch as (select * from {{ ref('dim_batch') }}),

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.progressed'),

progress as (select * from {{ source('raw', 'map_progress') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

text as (
    select distinct
        source,
        coalesce(status, activity) as says
    from event
),

progress_text as (
    select
        text.source,
        text.says,
        progress.account
    from text
    inner join progress
        on
            text.source = progress.source
            and progress.progress_key = {{ text_key('text.says') }}
),

final as (
    select
        coalesce(alias.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.id,
        event.code,
        event.activity,
        event.status,
        progress_text.account,
        event.occurred_at,
        event.occurred_is_day,
        event.due_at,
        event.due_is_day,
        {{ json_text('event.data', 'unit') }} as unit_text,
        try_cast({{ json_text('event.data', 'started_at') }} as timestamp) as started_at,
        try_cast({{ json_text('event.data', 'step_due_at') }} as timestamp) as step_due_at,
        batch.role,
        event.source,
        event.observed_at,
        event.known_at,
        event.batch_id,
        batch.batch_no,
        event.line_no
    from event
    inner join batch on event.batch_id = batch.batch_id
    left join alias on {{ key63('event.subject') }} = alias.alias_key
    left join progress_text
        on
            event.source = progress_text.source
            and coalesce(event.status, event.activity) = progress_text.says
)

select * from final
