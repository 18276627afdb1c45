{{ config(materialized='view', meta={'fed_by': []}) }}
-- A sender was seen to report dossiers that wait (5, 6, 8) as done (9), with the receipt as the end
-- (domain.md §2, trap 1): in our lists, or in what a mirror was told.
with

kept as (
    {{ kept_dossiers('finish_equals_receipt') }}
),

dossier as {{ not_materialized() }} (select * from {{ ref('fct_dossier') }}),

batch as (select * from {{ ref('dim_batch') }} where role = 'mirror'),

-- most stores have no mirror: then nothing is read
event as {{ materialized() }} (
    select
        event.*,
        batch.reach_date
    from {{ source('raw', 'event') }} as event
    inner join batch on event.batch_id = batch.batch_id
    where
        event.type = 'dossier.observed'
        and event.finished_at = event.received_at
        and event.finished_is_day is not true
        and event.received_is_day is not true
),

status as (select * from {{ source('raw', 'map_status') }} where account = 'closed.resolved'),

unit_text as (select * from {{ ref('int_unit_text') }}),

in_ledger as (
    select
        dossier_key,
        code,
        system,
        source,
        'ledger' as role,
        unit_code,
        received_at,
        cast(null as timestamp) as observed_at,
        row_batch_id as batch_id,
        line_no
    from dossier
    where
        account = 'closed.resolved'
        and raw_ended_at = received_at
        and ended_is_day is not true
        and received_is_day is not true
),

in_mirror as (
    select
        coalesce(dossier.dossier_key, {{ key63('event.subject') }}) as dossier_key,
        event.code,
        event.system,
        event.source,
        'mirror' as role,
        coalesce(dossier.unit_code, unit_text.unit_code) as unit_code,
        event.received_at,
        event.observed_at,
        event.batch_id,
        event.line_no,
        row_number() over (
            partition by event.subject, event.source
            order by event.observed_at, event.batch_id, event.line_no
        ) as nth
    from event
    inner join status
        on event.source = status.source and {{ text_key('event.status') }} = status.status_key
    left join unit_text
        on
            event.source = unit_text.source
            and event.unit_name = unit_text.unit_name
            and {{ means_on('unit_text', 'event.reach_date') }}
    left join dossier on {{ key63('event.subject') }} = dossier.dossier_key
),

either as (
    select * from in_ledger
    union all
    select
        dossier_key,
        code,
        system,
        source,
        role,
        unit_code,
        received_at,
        observed_at,
        batch_id,
        line_no
    from in_mirror
    where nth = 1
),

final as (
    select
        code,
        system,
        unit_code,
        source,
        role,
        received_at,
        batch_id,
        line_no
    from either
    where dossier_key not in (select kept.dossier_key from kept)
)

select * from final
