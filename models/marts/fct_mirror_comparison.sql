-- I11, dossier by dossier: the ledger against what a mirror (the national portal) shows of it.
-- A mirror is compared, never posted.
with

batch as (
    select
        batch_id,
        batch_no,
        source,
        system,
        observed_local
    from {{ ref('dim_batch') }}
    where role = 'mirror' and kind = 'dossiers'
),

event as (
    select * from {{ source('raw', 'event') }}
    where type in ('dossier.observed', 'dossier.sighted')
),

status as (select * from {{ source('raw', 'map_status') }}),

alias as (select * from {{ ref('int_dossier_alias') }}),

unit_text as (select * from {{ ref('int_unit_text') }}),

dossier as (select * from {{ ref('fct_dossier') }} where account <> 'outside'),

-- the newest list that shows a dossier decides, and where in it
sighting as (
    select
        event.source,
        event.subject,
        event.content_hash,
        batch.batch_id,
        batch.observed_local,
        event.line_no,
        row_number() over (
            partition by event.source, event.subject
            order by batch.observed_local desc, batch.batch_no desc, event.line_no desc
        ) as newest_no
    from event
    inner join batch on event.batch_id = batch.batch_id
),

content as (
    select
        event.*,
        row_number() over (
            partition by event.source, event.subject, event.content_hash order by event.id
        ) as content_no
    from event
    inner join batch on event.batch_id = batch.batch_id
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

-- its own code, or the national one, as a code of the ledger or as one beside it
matched as (
    select
        mirror.*,
        coalesce(
            by_code.dossier_key, by_national.dossier_key, code_alias.dossier_key,
            national_alias.dossier_key
        ) as dossier_key,
        case
            when mirror.account in ('closed.resolved', 'closed.withdrawn')
                then coalesce(mirror.finished_at, mirror.handed_over_at, mirror.refused_at)
            when mirror.account = 'closed.returned'
                then coalesce(mirror.refused_at, mirror.finished_at, mirror.handed_over_at)
        end as ended_at
    from mirror
    left join dossier as by_code on mirror.subject_key = by_code.dossier_key
    left join dossier as by_national on mirror.national_key = by_national.dossier_key
    left join alias as code_alias on mirror.subject_key = code_alias.alias_key
    left join alias as national_alias on mirror.national_key = national_alias.alias_key
    where mirror.account <> 'outside'
),

-- of which days a mirror speaks at all
reach as (
    select
        source,
        system,
        min(received_at) as first_received,
        max(observed_local) as observed_local
    from matched
    group by
        source,
        system
),

pair as (
    select
        matched.source as mirror_source,
        coalesce(dossier.system, matched.system) as system,
        coalesce(dossier.code, matched.code) as code,
        matched.national_code,
        dossier.dossier_key,
        coalesce(dossier.unit_code, unit_text.unit_code) as unit_code,
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
    left join unit_text
        on matched.source = unit_text.source and matched.unit_name = unit_text.unit_name
    union all
    select
        reach.source as mirror_source,
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
    from reach
    inner join dossier
        on
            reach.system = dossier.system
            and dossier.received_at >= reach.first_received
            and dossier.received_at <= reach.observed_local
    left join matched
        on reach.source = matched.source and dossier.dossier_key = matched.dossier_key
    where matched.dossier_key is null
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
