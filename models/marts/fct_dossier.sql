-- depends_on: {{ ref('int_dossier_touched') }}
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='dossier_key',
    post_hook="{{ mark_applied() }}",
) }}
with

history as {{ not_materialized() }} (select * from {{ ref('int_dossier_history') }}),

-- where each version has its own history, the newest one counts
last_history as (
    select
        *,
        max(history_no) over (partition by dossier_key) as last_history_no
    from history
    where is_told_once is not true and history_no > 0
),

newest_row as (
    select
        dossier_key,
        max_by(content_hash, row_no) as content_hash,
        bool_or(is_in_two_units) as is_in_two_units
    from last_history
    where history_no = last_history_no
    group by dossier_key
    union all
    select
        dossier_key,
        max_by(content_hash, row_no) as content_hash,
        bool_or(is_in_two_units) as is_in_two_units
    from history
    where is_told_once is not true and history_no = 0
    group by dossier_key
    union all
    select
        dossier_key,
        content_hash,
        false as is_in_two_units
    from history
    where is_told_once
),

version as {{ not_materialized() }} (
    select * from {{ ref('fct_dossier_version') }}
    {% if ledger_is_incremental() %}
    where dossier_key in (select dossier_key from {{ ref('int_dossier_touched') }})
    {% endif %}
),

last_version as (
    select
        dossier_key,
        max(version_no) as version_no
    from version
    group by dossier_key
),

reach as (
    select
        unit_code,
        max(reach_date) as reach_date
    from {{ ref('int_unit_reach') }}
    group by unit_code
),

overdue as (
    select
        movement.dossier_key,
        min(movement.effective_at) as next_overdue_at
    from {{ ref('int_movement') }} as movement
    inner join reach on movement.to_unit = reach.unit_code
    where
        movement.movement = 'overdue'
        and movement.next_batch_no is null
        and cast(movement.effective_at as date) > reach.reach_date
    group by movement.dossier_key
),

final as (
    select
        version.dossier_key,
        version.version_no,
        version.batch_id,
        version.known_at,
        version.code,
        version.system,
        version.source,
        version.account,
        version.unit_code,
        version.channel,
        version.source_channel,
        version.procedure_key,
        version.received_at,
        version.received_is_day,
        version.due_at,
        version.due_is_day,
        version.due_is_computed,
        version.ended_at,
        version.raw_ended_at,
        version.ended_is_day,
        version.is_listed_twice,
        version.row_batch_id,
        version.line_no,
        newest_row.is_in_two_units,
        newest_row.content_hash,
        overdue.next_overdue_at
    from version
    inner join last_version
        on
            version.dossier_key = last_version.dossier_key
            and version.version_no = last_version.version_no
    inner join newest_row on version.dossier_key = newest_row.dossier_key
    left join overdue on version.dossier_key = overdue.dossier_key
)

select * from final
