-- I11, dossier by dossier: the ledger against what a mirror (the national portal) shows of it.
-- A mirror is compared, never posted. Only a full list of it can say what it lacks; messages and
-- other lists speak of the dossiers in them and of no others.
with

batch as (
    select
        batch_id,
        batch_no,
        source,
        system,
        observed_local,
        is_full,
        scope_unit,
        scope_date_field,
        scope_from,
        scope_to
    from {{ ref('dim_batch') }}
    where role = 'mirror' and kind = 'dossiers'
),

event as (
    select
        event.*,
        batch.observed_local,
        batch.batch_no
    from {{ source('raw', 'event') }} as event
    inner join batch on event.batch_id = batch.batch_id
    where event.type in ('dossier.observed', 'dossier.sighted')
),

status as (select * from {{ source('raw', 'map_status') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

succession as (select * from {{ ref('int_succession') }}),

dossier as {{ not_materialized() }} (
    select * from {{ ref('fct_dossier') }} where account <> 'outside'
),

-- the newest list that shows a dossier decides, and where in it
sighting as (
    select
        event.source,
        event.subject,
        event.content_hash,
        event.batch_id,
        event.observed_local,
        event.line_no,
        row_number() over (
            partition by event.source, event.subject
            order by event.observed_local desc, event.batch_no desc, event.line_no desc
        ) as newest_no
    from event
),

content as (
    select
        event.*,
        row_number() over (
            partition by event.source, event.subject, event.content_hash order by event.id
        ) as content_no
    from event
    where event.type = 'dossier.observed'
),

told as (
    select
        sighting.source,
        content.system,
        content.code,
        content.national_code,
        content.status,
        content.unit_name,
        content.received_at,
        content.due_at,
        content.finished_at,
        content.handed_over_at,
        content.refused_at,
        {{ key63('sighting.subject') }} as subject_key,
        {{ key63("content.system || '/' || coalesce(content.national_code, content.code)") }}
            as national_key,
        status.account as mapped,
        sighting.batch_id,
        sighting.observed_local,
        sighting.line_no
    from sighting
    inner join content
        on
            sighting.source = content.source
            and sighting.subject = content.subject
            and sighting.content_hash = content.content_hash
            and content.content_no = 1
    left join status
        on
            content.source = status.source
            and {{ text_key('content.status') }} = status.status_key
    where sighting.newest_no = 1
),

mirror as (
    select
        told.*,
        case
            when told.mapped = 'refused' or (told.mapped is null and told.refused_at is not null)
                then case when told.received_at is null then 'outside' else 'closed.returned' end
            when told.mapped is not null then told.mapped
            when told.finished_at is not null or told.handed_over_at is not null
                then 'closed.resolved'
            when told.received_at is not null then 'open.processing'
            else 'outside'
        end as account
    from told
),

shown as (select * from mirror where account <> 'outside'),

-- its own code, or the national one, as a code of the ledger or as one beside it
candidate as (
    select
        source,
        subject_key,
        subject_key as dossier_key,
        1 as preference
    from shown
    union all
    select
        source,
        subject_key,
        national_key as dossier_key,
        2 as preference
    from shown
    union all
    select
        shown.source,
        shown.subject_key,
        alias.dossier_key,
        3 as preference
    from shown
    inner join alias on shown.subject_key = alias.alias_key
    union all
    select
        shown.source,
        shown.subject_key,
        alias.dossier_key,
        4 as preference
    from shown
    inner join alias on shown.national_key = alias.alias_key
),

found as (
    select
        candidate.source,
        candidate.subject_key,
        min_by(candidate.dossier_key, candidate.preference) as dossier_key
    from candidate
    inner join dossier on candidate.dossier_key = dossier.dossier_key
    group by
        candidate.source,
        candidate.subject_key
),

matched as (
    select
        shown.*,
        found.dossier_key,
        coalesce(unit_text.unit_code, shown.unit_name) as mirror_unit_code,
        case
            when shown.account in ('closed.resolved', 'closed.withdrawn')
                then coalesce(shown.finished_at, shown.handed_over_at, shown.refused_at)
            when shown.account = 'closed.returned'
                then coalesce(shown.refused_at, shown.finished_at, shown.handed_over_at)
        end as ended_at
    from shown
    left join found on shown.source = found.source and shown.subject_key = found.subject_key
    left join unit_text
        on
            shown.source = unit_text.source
            and shown.unit_name = unit_text.unit_name
            and {{ means_on('unit_text', 'cast(shown.observed_local as date)') }}
),

-- what a mirror's newest full list of its kind speaks of: these units, from these days on
full_list as (
    select *
    from (
        select
            *,
            row_number() over (
                partition by source, scope_unit, scope_date_field, scope_from, scope_to
                order by observed_local desc, batch_no desc
            ) as newest_no
        from batch
        where is_full and coalesce(scope_date_field, 'handled') <> 'ended'
    ) as numbered
    where newest_no = 1
),

spoken as (
    select
        full_list.batch_id,
        full_list.observed_local,
        matched.mirror_unit_code as unit_code,
        min(matched.received_at) as first_received
    from full_list
    inner join matched on full_list.source = matched.source
    left join unit_text
        on
            full_list.source = unit_text.source
            and full_list.scope_unit = unit_text.unit_name
            and {{ means_on('unit_text', 'cast(full_list.observed_local as date)') }}
    where
        full_list.scope_unit is null
        or matched.mirror_unit_code = coalesce(unit_text.unit_code, full_list.scope_unit)
    group by
        full_list.batch_id,
        full_list.observed_local,
        matched.mirror_unit_code
),

-- a unit's successor has its dossiers on: what speaks of it speaks of both
spoken_of as (
    select
        batch_id,
        unit_code,
        first_received
    from spoken
    union all
    select
        spoken.batch_id,
        succession.unit_code,
        spoken.first_received
    from spoken
    inner join succession
        on
            spoken.unit_code = succession.successor_code
            and cast(spoken.observed_local as date) >= succession.since
),

lacking as (
    select distinct
        full_list.source,
        dossier.dossier_key
    from full_list
    inner join spoken_of on full_list.batch_id = spoken_of.batch_id
    inner join dossier
        on full_list.system = dossier.system and spoken_of.unit_code = dossier.unit_code
    left join found on full_list.source = found.source and dossier.dossier_key = found.dossier_key
    where
        found.dossier_key is null
        and dossier.received_at >= spoken_of.first_received
        and dossier.received_at <= full_list.observed_local
        and {{ list_should_show(
            'dossier.account', "coalesce(dossier.ended_at, timestamp 'infinity')",
            'dossier.received_at', 'full_list',
        ) }}
),

pair as (
    select
        matched.source as mirror_source,
        coalesce(dossier.system, matched.system) as system,
        coalesce(dossier.code, matched.code) as code,
        matched.national_code,
        dossier.dossier_key,
        coalesce(dossier.unit_code, matched.mirror_unit_code) as unit_code,
        dossier.account as ledger_account,
        matched.account as mirror_account,
        matched.status as mirror_status,
        dossier.received_at as ledger_received_at,
        matched.received_at as mirror_received_at,
        dossier.due_at as ledger_due_at,
        matched.due_at as mirror_due_at,
        dossier.ended_at as ledger_ended_at,
        matched.ended_at as mirror_ended_at,
        matched.observed_local as mirror_observed_at,
        matched.batch_id,
        matched.line_no
    from matched
    left join dossier on matched.dossier_key = dossier.dossier_key
    union all
    select
        lacking.source as mirror_source,
        dossier.system,
        dossier.code,
        cast(null as varchar) as national_code,
        dossier.dossier_key,
        dossier.unit_code,
        dossier.account as ledger_account,
        cast(null as varchar) as mirror_account,
        cast(null as varchar) as mirror_status,
        dossier.received_at as ledger_received_at,
        cast(null as timestamp) as mirror_received_at,
        dossier.due_at as ledger_due_at,
        cast(null as timestamp) as mirror_due_at,
        dossier.ended_at as ledger_ended_at,
        cast(null as timestamp) as mirror_ended_at,
        cast(null as timestamp) as mirror_observed_at,
        cast(null as varchar) as batch_id,
        cast(null as integer) as line_no
    from lacking
    inner join dossier on lacking.dossier_key = dossier.dossier_key
),

final as (
    select
        pair.*,
        case
            when ledger_account is null then 'only_in_mirror'
            when mirror_account is null then 'only_in_ledger'
            when ledger_account <> mirror_account then 'status_differs'
            -- one system tells days, the other clocks: days are compared
            when
                cast(ledger_received_at as date) is distinct from cast(mirror_received_at as date)
                or cast(ledger_due_at as date) is distinct from cast(mirror_due_at as date)
                or cast(ledger_ended_at as date) is distinct from cast(mirror_ended_at as date)
                then 'dates_differ'
            else 'same'
        end as outcome
    from pair
)

select * from final
