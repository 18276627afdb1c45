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

version as {{ not_materialized() }} (
    select
        dossier_key, is_told_once, version_batch_no, batch_no, line_no, code,
        {{ facts | join(', ') }}
    from {{ ref('int_dossier_history') }}
    where version_batch_no is not null
),

history as {{ not_materialized() }} (
    select * from version
    where due_is_computed is not true
    union all
    select version.* replace (coalesce(moved_due.due_at, version.due_at) as due_at)
    from version
    left join moved_due
        on
            version.dossier_key = moved_due.dossier_key
            and version.version_batch_no = moved_due.version_batch_no
    where version.due_is_computed
),

-- narrow rows tell which versions say something new
compared as (
    select
        *,
        lag(dossier_key) over in_order is null or lag(said) over in_order <> said as is_changed
    from (
        select
            dossier_key,
            version_batch_no,
            {{ row_hash(facts) }} as said
        from history
        where is_told_once is not true
    ) as said
    window in_order as (partition by dossier_key order by version_batch_no)
),

counted as (
    select
        dossier_key,
        version_batch_no,
        row_number() over (partition by dossier_key order by version_batch_no) as version_no
    from compared
    where is_changed
),

changed as (
    select
        history.*,
        counted.version_no
    from history
    inner join counted
        on
            history.dossier_key = counted.dossier_key
            and history.version_batch_no = counted.version_batch_no
    union all
    select
        *,
        1 as version_no
    from history
    where is_told_once
),

final as (
    select
        {{ version_columns('changed') }}
    from changed
    inner join new_batch on changed.version_batch_no = new_batch.batch_no
    inner join batch as known_batch on changed.version_batch_no = known_batch.batch_no
    inner join batch as evidence on changed.batch_no = evidence.batch_no
)

select * from final
