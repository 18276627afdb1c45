{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
{% set content_columns = [
    'account', 'channel', 'source_channel', 'procedure_key', 'received_at', 'received_is_day',
    'due_at', 'due_is_day', 'finished_at', 'finished_is_day', 'handed_over_at',
    'handed_over_is_day', 'refused_at', 'refused_is_day',
] %}
{% set dated_columns = [
    'is_dated', 'occurred_at', 'occurred_is_day', 'occurred_at_utc', 'kind_of_closing',
] %}
with

new_batch as ({{ unapplied_batches() }}),

all_event as {{ not_materialized() }} (
    select
        event.*,
        {{ key63('event.subject') }} as subject_key,
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

-- codes of a dossier that has the key of another one
other_code as (
    select * from {{ ref('int_dossier_code') }} where code_key <> dossier_key
),

source as (select * from {{ source('raw', 'source') }}),

progress as (select * from {{ source('raw', 'map_progress') }}),

status as (select * from {{ source('raw', 'map_status') }}),

channel as (select * from {{ source('raw', 'map_channel') }}),

-- what names mean in the new lists: each list's own day decides
unit_text as (
    select
        new_batch.batch_no,
        unit_text.unit_name,
        unit_text.unit_code,
        unit_text.is_shared
    from new_batch
    inner join {{ ref('int_unit_text') }} as unit_text
        on
            new_batch.source = unit_text.source
            and {{ means_on('unit_text', 'new_batch.reach_date') }}
),

shared_name as (select * from unit_text where is_shared),

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

-- rows that tell of a unit by a name that means another one in lists of other days; where there is
-- no such name nothing is read
shared_event as {{ materialized() }} (
    select event.*
    from event
    inner join shared_name
        on event.batch_no = shared_name.batch_no and event.unit_name = shared_name.unit_name
    where event.type = 'dossier.observed'
),

{% for relation, rows in [('listed', 'event'), ('listed_by_shared_name', 'shared_event')] %}
{{ relation }} as {{ not_materialized() }} (
    select
        coalesce(other_code.dossier_key, event.subject_key) as dossier_key,
        event.batch_no,
        event.line_no,
        {{ code_content('event.content_hash', 'other_code') }} as content_hash,
        event.type = 'dossier.observed' as has_content,
        -- a row that repeats a known content is stored without what its list says for all rows
        coalesce(event.layout, event.list_layout) as layout,
        case when event.code is not null then coalesce(other_code.first_code, event.code) end
            as code,
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
        case when unit_text.is_shared then event.unit_name end as shared_name,
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
    from {{ rows }} as event
    left join other_code on event.subject_key = other_code.code_key
    left join unit_text
        on event.batch_no = unit_text.batch_no and event.unit_name = unit_text.unit_name
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

{% endfor %}
-- A content whose unit's name means another unit in lists of other days is told once for each of
-- the units, as if the list had another name for it: so it is two contents. Where no name is shared
-- by two units, this is nothing.
shared_content as {{ materialized() }} (
    select
        dossier_key,
        content_hash as said_hash,
        shared_name,
        code,
        unit_code,
        {{ content_columns | join(', ') }}
    from listed_by_shared_name
    {% if is_incremental() %}
    union all
    select
        dossier_key,
        said_hash,
        shared_name,
        code,
        unit_code,
        {{ content_columns | join(', ') }}
    from {{ this }}
    where shared_name is not null
    {% endif %}
),

shown_again as {{ materialized() }} (
    select
        coalesce(other_code.dossier_key, event.subject_key) as dossier_key,
        {{ code_content('event.content_hash', 'other_code') }} as content_hash,
        event.batch_no,
        event.line_no,
        coalesce(event.layout, event.list_layout) as layout
    from event
    left join other_code on event.subject_key = other_code.code_key
    where
        event.type = 'dossier.sighted'
        and event.batch_no in (select shared_name.batch_no from shared_name)
),

repeated as (
    select
        shared_content.* exclude (unit_code),
        shown_again.batch_no,
        shown_again.line_no,
        shown_again.layout,
        coalesce(shared_name.unit_code, shared_content.unit_code) as unit_code,
        coalesce(shared_name.unit_code <> shared_content.unit_code, false) as is_turned
    from shown_again
    inner join shared_content
        on
            shown_again.dossier_key = shared_content.dossier_key
            and shown_again.content_hash = shared_content.said_hash
    left join shared_name
        on
            shown_again.batch_no = shared_name.batch_no
            and shared_content.shared_name = shared_name.unit_name
),

turned as {{ materialized() }} (
    select
        repeated.*,
        {{ turned_hash('repeated.said_hash', 'repeated.unit_code') }} as content_hash,
        row_number() over (
            partition by repeated.dossier_key, repeated.said_hash, repeated.unit_code
            order by repeated.batch_no, repeated.line_no
        ) as nth
    from repeated
),

-- the first row that means the other unit tells the content, the later ones repeat it
told_anew as (
    select
        turned.*,
        turned.is_turned and turned.nth = 1
        {% if is_incremental() %}
        and (turned.dossier_key, turned.content_hash) not in (
            select (told.dossier_key, told.content_hash)
            from {{ this }} as told
            where told.said_hash is not null and told.has_content
        )
        {% endif %}
        as has_content
    from turned
),

-- a row of its own date that moves something: it says an account, a due date, or how it was closed
dated as (
    select
        dated_event.* replace (
            coalesce(other_code.first_code, dated_event.code) as code,
            {{ code_content('dated_event.content_hash', 'other_code') }} as content_hash
        ),
        coalesce(other_code.dossier_key, dated_event.subject_key) as dossier_key,
        source.zone,
        case when not progress_text.is_kind_of_closing then progress_text.account end as account,
        case
            when not progress_text.is_kind_of_closing then null
            when progress_text.account = 'refused' then 'closed.returned'
            else progress_text.account
        end as kind_of_closing
    from dated_event
    inner join source on dated_event.source = source.source
    left join other_code on dated_event.subject_key = other_code.code_key
    left join progress_text
        on
            dated_event.source = progress_text.source
            and dated_event.says = progress_text.says
    where
        dated_event.occurred_at is not null
        and (progress_text.account is not null or dated_event.due_at is not null)
),

final as (
    select
        listed.dossier_key,
        listed.batch_no,
        listed.line_no,
        case
            when listed.shared_name is null then listed.content_hash
            else {{ turned_hash('listed.content_hash', 'listed.unit_code') }}
        end as content_hash,
        case when listed.shared_name is not null then listed.content_hash end as said_hash,
        listed.shared_name,
        listed.has_content,
        listed.layout,
        listed.code,
        listed.unit_code,
        {% for column in content_columns + dated_columns %}
        listed.{{ column }}{{ "," if not loop.last }}
        {% endfor %}
    from listed
    left join told_anew
        on
            listed.dossier_key = told_anew.dossier_key
            and listed.batch_no = told_anew.batch_no
            and listed.line_no = told_anew.line_no
    where told_anew.dossier_key is null
    union all
    select
        dossier_key,
        batch_no,
        line_no,
        content_hash,
        said_hash,
        cast(null as varchar) as shared_name,
        has_content,
        layout,
        {% for column in ['code', 'unit_code'] + content_columns %}
        case when has_content then {{ column }} end as {{ column }},
        {% endfor %}
        false as is_dated,
        cast(null as timestamp) as occurred_at,
        cast(null as boolean) as occurred_is_day,
        cast(null as timestamp) as occurred_at_utc,
        cast(null as varchar) as kind_of_closing
    from told_anew
    union all
    select
        dossier_key,
        batch_no,
        line_no,
        content_hash,
        cast(null as bigint) as said_hash,
        cast(null as varchar) as shared_name,
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
        cast(null as varchar) as unit_code,
        account,
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
