{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
{% set facts = [
    'account', 'unit_code', 'channel', 'source_channel', 'procedure_key', 'received_at',
    'received_is_day', 'due_at', 'due_is_day', 'due_is_computed', 'end_at', 'end_is_day',
    'is_listed_twice',
] %}
with

new_batch as ({{ unapplied_batches() }}),

batch as (select * from {{ ref('dim_batch') }}),

-- a due date that we computed moves over the pauses of the version
moved_due as (
    select
        dossier_key,
        version_batch_no,
        struct_extract(list_last(due_dates), 'due_at') as due_at
    from {{ ref('int_movement') }}
    where due_dates is not null
),

history as {{ not_materialized() }} (
    select
        history.dossier_key, history.history_no, history.row_no, history.is_told_once,
        history.version_batch_no, history.batch_no, history.line_no, history.code,
        {% for fact in facts if fact != 'due_at' %}history.{{ fact }}, {% endfor %}
        case
            when history.due_is_computed is true then coalesce(moved_due.due_at, history.due_at)
            else history.due_at
        end as due_at
    from {{ ref('int_dossier_history') }} as history
    left join moved_due
        on
            case when history.due_is_computed then history.dossier_key end = moved_due.dossier_key
            and history.version_batch_no = moved_due.version_batch_no
    where history.version_batch_no is not null
),

compared as (
    select
        *,
        lag(dossier_key) over in_order is null
        or lag({{ row_hash(facts) }}) over in_order <> {{ row_hash(facts) }}
            as is_changed
    from history
    where is_told_once is not true
    window in_order as (partition by dossier_key order by version_batch_no)
),

changed as (
    select
        *,
        row_number() over (partition by dossier_key order by version_batch_no) as version_no
    from compared
    where is_changed
    union all
    select
        *,
        true as is_changed,
        1 as version_no
    from history
    where is_told_once
),

final as (
    select
        changed.dossier_key,
        cast(changed.version_no as integer) as version_no,
        known_batch.batch_id,
        known_batch.known_at,
        changed.code,
        known_batch.system,
        known_batch.source,
        changed.account,
        changed.unit_code,
        changed.channel,
        changed.source_channel,
        changed.procedure_key,
        changed.received_at,
        changed.received_is_day,
        changed.due_at,
        changed.due_is_day,
        coalesce(changed.due_is_computed, false) as due_is_computed,
        case when changed.end_at is not null then greatest(changed.received_at, changed.end_at) end
            as ended_at,
        changed.end_at as raw_ended_at,
        coalesce(changed.end_is_day, false) as ended_is_day,
        changed.is_listed_twice,
        evidence.batch_id as row_batch_id,
        changed.line_no,
        changed.version_batch_no as batch_no
    from changed
    inner join new_batch on changed.version_batch_no = new_batch.batch_no
    inner join batch as known_batch on changed.version_batch_no = known_batch.batch_no
    inner join batch as evidence on changed.batch_no = evidence.batch_no
)

select * from final
