{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='dossier_key',
    post_hook="{{ mark_applied() }}",
) }}
with

batch as (select * from {{ ref('dim_batch') }}),

history as {{ not_materialized() }} (
    select
        *,
        account like 'open.%' as is_open,
        account like 'closed.%' as is_closed,
        -- most dossiers have this one version, as it was told
        is_told_once is true and due_is_computed is not true as is_one_version
    from {{ ref('int_dossier_history') }}
),

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
        bool_or(is_in_two_units) as is_in_two_units,
        true as is_general
    from last_history
    where history_no = last_history_no
    group by dossier_key
    union all
    select
        dossier_key,
        max_by(content_hash, row_no) as content_hash,
        bool_or(is_in_two_units) as is_in_two_units,
        {{ is_general_dossier() }} as is_general
    from history
    where is_told_once is not true and history_no = 0
    group by dossier_key
    union all
    select
        dossier_key,
        content_hash,
        false as is_in_two_units,
        {{ is_general_row() }} as is_general
    from history
    where is_told_once and not is_one_version
),

version as {{ not_materialized() if not ledger_is_incremental() }} (
    select
        version.*,
        newest_row.is_in_two_units,
        newest_row.content_hash,
        newest_row.is_general
    from {{ ref('fct_dossier_version') }} as version
    inner join newest_row on version.dossier_key = newest_row.dossier_key
),

last_version as (
    select
        dossier_key,
        max(version_no) as version_no
    from version
    group by dossier_key
),

newest_version as (
    select version.*
    from version
    inner join last_version
        on
            version.dossier_key = last_version.dossier_key
            and version.version_no = last_version.version_no
    union all
    select
        {{ version_columns('told') }},
        told.is_in_two_units,
        told.content_hash,
        {{ is_general_row() }} as is_general
    from (select *, 1 as version_no from history where is_one_version) as told
    inner join batch as known_batch on told.version_batch_no = known_batch.batch_no
    inner join batch as evidence on told.batch_no = evidence.batch_no
),

reach as (
    select
        unit_code,
        max(reach_date) as reach_date
    from {{ ref('int_unit_reach') }}
    group by unit_code
),

-- what falls due after the day that the lists reach
general_overdue as (
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

newest as (
    select
        newest_version.*,
        general_overdue.next_overdue_at as general_overdue_at,
        reach.reach_date,
        case when newest_version.account like 'closed.%' then newest_version.ended_at end
            as closed_at
    from newest_version
    left join general_overdue on newest_version.dossier_key = general_overdue.dossier_key
    left join reach on newest_version.unit_code = reach.unit_code
),

-- a dossier that was known by its national code first is told by its own one since it has it
local_code as (
    select distinct
        dossier_key,
        local_code
    from {{ ref('int_dossier_code') }}
),

judged as (
    select
        *,
        {% for rule in rule_sets() %}
        {{ short_overdue(rule, 'closed_at') }} as overdue_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from newest
),

final as (
    select
        judged.dossier_key,
        version_no,
        batch_id,
        known_at,
        coalesce(local_code.local_code, judged.code) as code,
        system,
        source,
        account,
        unit_code,
        channel,
        source_channel,
        procedure_key,
        received_at,
        received_is_day,
        due_at,
        due_is_day,
        due_is_computed,
        ended_at,
        raw_ended_at,
        ended_is_day,
        is_listed_twice,
        row_batch_id,
        line_no,
        is_in_two_units,
        content_hash,
        case
            when is_general then general_overdue_at
            else
                least(
                    {% for rule in rule_sets() %}
                    case
                        when cast(overdue_{{ rule }} as date) > reach_date
                            then overdue_{{ rule }}
                    end{{ "," if not loop.last }}
                    {% endfor %}
                )
        end as next_overdue_at
    from judged
    left join local_code on judged.dossier_key = local_code.dossier_key
)

select * from final
