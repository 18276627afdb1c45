{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
with

new_batch as ({{ unapplied_batches() }}),

event as (
    select * from {{ source('raw', 'event') }}
    where type in ('dossier.observed', 'dossier.sighted')
),

status as (select * from {{ source('raw', 'map_status') }}),

channel as (select * from {{ source('raw', 'map_channel') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

-- the keys of maps are made once per distinct text, not once per row
procedure_text as (
    select
        procedure_code,
        procedure_name,
        any_value(procedure_key) as procedure_key
    from {{ ref('int_procedure_text') }}
    group by
        procedure_code,
        procedure_name
),

status_text as (
    select
        text.source,
        text.status,
        status.account
    from (select distinct source, status from event where status is not null) as text
    inner join status
        on
            text.source = status.source
            and status.status_key = {{ text_key('text.status') }}
),

channel_text as (
    select
        text.source,
        text.channel as source_channel,
        channel.channel
    from (select distinct source, channel from event where channel is not null) as text
    inner join channel
        on
            text.source = channel.source
            and channel.channel_key = {{ text_key('text.channel') }}
),

final as (
    select
        {{ key63('event.subject') }} as dossier_key,
        new_batch.batch_no,
        event.line_no,
        event.content_hash,
        event.type = 'dossier.observed' as has_content,
        -- a row that repeats a known content is stored without what its list says for all rows
        coalesce(event.layout, new_batch.layout) as layout,
        event.code,
        case
            when event.type = 'dossier.sighted' then null
            -- refused (national status 3) after a receipt is a return, before it no dossier of
            -- ours; so is any "not here" with a date of refusal
            when
                status_text.account = 'refused'
                or (status_text.account = 'outside' and event.refused_at is not null)
                then case when event.received_at is null then 'outside' else 'closed.returned' end
            when status_text.account is not null then status_text.account
            when event.refused_at is not null and event.received_at is not null
                then 'closed.returned'
            when event.finished_at is not null or event.handed_over_at is not null
                then 'closed.resolved'
            when event.received_at is not null then 'open.processing'
            else 'outside'
        end as account,
        unit_text.unit_code,
        case
            when event.type = 'dossier.observed'
                then coalesce(channel_text.channel, 'unknown')
        end as channel,
        event.channel as source_channel,
        procedure_text.procedure_key,
        event.received_at,
        event.received_is_day,
        event.due_at,
        event.due_is_day,
        event.finished_at,
        event.finished_is_day,
        event.handed_over_at,
        event.handed_over_is_day,
        event.refused_at,
        event.refused_is_day
    from event
    inner join new_batch on event.batch_id = new_batch.batch_id
    left join unit_text
        on event.source = unit_text.source and event.unit_name = unit_text.unit_name
    left join status_text
        on event.source = status_text.source and event.status = status_text.status
    left join channel_text
        on event.source = channel_text.source and event.channel = channel_text.source_channel
    left join procedure_text
        on
            coalesce(event.procedure_code, '') = procedure_text.procedure_code
            and coalesce(event.procedure_name, '') = procedure_text.procedure_name
)

select * from final
