-- depends_on: {{ ref('int_dossier_touched') }}
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='dossier_key',
    post_hook="{{ mark_applied() }}",
) }}
with

history as (
    select
        dossier_key,
        max_by(content_hash, row_no) as content_hash,
        bool_or(is_in_two_units) as is_in_two_units,
        max(version_batch_no) as last_batch_no,
        max(row_no) as row_no
    from (
        select
            *,
            max(history_no) over (partition by dossier_key) as last_history_no
        from {{ ref('int_dossier_history') }}
    ) as newest
    where history_no = last_history_no
    group by dossier_key
),

version as (
    select * from {{ ref('fct_dossier_version') }}
    {% if ledger_is_incremental() %}
    where dossier_key in (select dossier_key from {{ ref('int_dossier_touched') }})
    {% endif %}
),

ranked as (
    select
        *,
        row_number() over (partition by dossier_key order by version_no desc) as newest
    from version
),

reach as (
    select
        unit_code,
        max(reach_date) as reach_date
    from {{ ref('fct_unit_reach') }}
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
        ranked.dossier_key,
        ranked.version_no,
        ranked.batch_id,
        ranked.known_at,
        ranked.code,
        ranked.system,
        ranked.source,
        ranked.account,
        ranked.unit_code,
        ranked.channel,
        ranked.source_channel,
        ranked.procedure_key,
        ranked.received_at,
        ranked.received_is_day,
        ranked.due_at,
        ranked.due_is_day,
        ranked.ended_at,
        ranked.raw_ended_at,
        ranked.ended_is_day,
        ranked.is_listed_twice,
        ranked.row_batch_id,
        ranked.line_no,
        history.is_in_two_units,
        history.content_hash,
        overdue.next_overdue_at
    from ranked
    inner join history on ranked.dossier_key = history.dossier_key
    left join overdue on ranked.dossier_key = overdue.dossier_key
    where ranked.newest = 1
)

select * from final
