{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
with

new_batch as ({{ unapplied_batches() }}),

all_event as {{ not_materialized() }} (
    select
        event.*,
        new_batch.batch_no,
        new_batch.layout as list_layout
    from {{ source('raw', 'event') }} as event
    inner join new_batch on event.batch_id = new_batch.batch_id
),

event as {{ not_materialized() }} (
    select * from all_event where type in ('dossier.observed', 'dossier.sighted')
),

-- rows of their own date: progress messages, forms
dated_event as {{ not_materialized() }} (
    select
        *,
        coalesce(status, activity) as says
    from all_event
    where type in ('dossier.progressed', 'form.issued')
),

source as (select * from {{ source('raw', 'source') }}),

progress as (select * from {{ source('raw', 'map_progress') }}),

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

-- a map may say what an empty cell means: in DongBoHoSoMC it is in person
channel_text as (
    select
        text.source,
        text.source_channel,
        channel.channel
    from (
        select distinct
            source,
            coalesce(channel, '') as source_channel
        from event
        where source in (select channel.source from channel)
    ) as text
    inner join channel
        on
            text.source = channel.source
            and channel.channel_key = {{ text_key('text.source_channel') }}
),

progress_text as (
    select
        text.source,
        text.says,
        progress.account,
        -- where the dates of lists say what is closed, a dated row only says how
        coalesce(
            source.status_from = 'dates'
            and (progress.account like 'closed.%' or progress.account = 'refused'),
            false
        ) as is_kind_of_closing
    from (select distinct source, says from dated_event where says is not null) as text
    inner join progress
        on
            text.source = progress.source
            and progress.progress_key = {{ text_key('text.says') }}
    inner join source on text.source = source.source
),

listed as (
    select
        {{ key63('event.subject') }} as dossier_key,
        event.batch_no,
        event.line_no,
        event.content_hash,
        event.type = 'dossier.observed' as has_content,
        -- a row that repeats a known content is stored without what its list says for all rows
        coalesce(event.layout, event.list_layout) as layout,
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
            when event.type <> 'dossier.observed' then null
            -- a list without the column says nothing
            when
                event.channel is null
                and not {{ has_field('coalesce(event.layout, event.list_layout)', 'channel') }}
                then 'unknown'
            else coalesce(channel_text.channel, 'unknown')
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
        event.refused_is_day,
        false as is_dated,
        cast(null as timestamp) as occurred_at,
        cast(null as boolean) as occurred_is_day,
        cast(null as timestamp) as occurred_at_utc,
        cast(null as varchar) as kind_of_closing
    from event
    left join unit_text
        on event.source = unit_text.source and event.unit_name = unit_text.unit_name
    left join status_text
        on event.source = status_text.source and event.status = status_text.status
    left join channel_text
        on
            event.source = channel_text.source
            and coalesce(event.channel, '') = channel_text.source_channel
    left join procedure_text
        on
            coalesce(event.procedure_code, '') = procedure_text.procedure_code
            and coalesce(event.procedure_name, '') = procedure_text.procedure_name
),

-- a row of its own date that moves something: it says an account, a due date, or how it was closed
dated as (
    select
        dated_event.*,
        source.zone,
        case when not progress_text.is_kind_of_closing then progress_text.account end as account,
        case
            when not progress_text.is_kind_of_closing then null
            when progress_text.account = 'refused' then 'closed.returned'
            else progress_text.account
        end as kind_of_closing
    from dated_event
    inner join source on dated_event.source = source.source
    left join progress_text
        on
            dated_event.source = progress_text.source
            and dated_event.says = progress_text.says
    where
        dated_event.occurred_at is not null
        and (progress_text.account is not null or dated_event.due_at is not null)
),

final as (
    select * from listed
    union all
    select
        {{ key63('subject') }} as dossier_key,
        batch_no,
        line_no,
        content_hash,
        true as has_content,
        -- what it says, and nothing else: an open dossier has no end
        case
            when account like 'open.%' then {{ fields_mask(
                ['status', 'finished_at', 'handed_over_at', 'refused_at']
            ) }}
            when account is not null then {{ fields_mask(['status']) }}
            else 0
        end
        + case when due_at is not null then {{ fields_mask(['due_at']) }} else 0 end as layout,
        code,
        account,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as channel,
        cast(null as varchar) as source_channel,
        cast(null as varchar) as procedure_key,
        cast(null as timestamp) as received_at,
        cast(null as boolean) as received_is_day,
        due_at,
        due_is_day,
        cast(null as timestamp) as finished_at,
        cast(null as boolean) as finished_is_day,
        cast(null as timestamp) as handed_over_at,
        cast(null as boolean) as handed_over_is_day,
        cast(null as timestamp) as refused_at,
        cast(null as boolean) as refused_is_day,
        true as is_dated,
        occurred_at,
        occurred_is_day,
        {{ office_to_utc('occurred_at', 'zone') }} as occurred_at_utc,
        kind_of_closing
    from dated
)

select * from final
