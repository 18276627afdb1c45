with

batch as (
    select
        *,
        -- only lists of dossiers can come too late: what else is said has dates of its own
        case when coalesce(kind, 'dossiers') = 'dossiers' then observed_at end as listed_at,
        case when coalesce(kind, 'dossiers') = 'dossiers' then recorded_at end as list_recorded_at
    from {{ source('raw', 'batch') }}
),

numbered as (
    select
        batch.*,
        cast(batch.observed_local as date) as reach_date,
        cast(row_number() over (order by batch.known_at, batch.batch_id) as integer) as batch_no,
        max(batch.listed_at) over (
            partition by batch.system
            order by batch.known_at, batch.batch_id
            rows between unbounded preceding and 1 preceding
        ) as observed_before,
        min(batch.list_recorded_at) over (
            partition by batch.system
            order by batch.known_at, batch.batch_id
            rows between 1 following and unbounded following
        ) as recorded_after
    from batch
),

final as (
    select
        batch_no,
        batch_id,
        source,
        system,
        role,
        kind,
        zone,
        observed_at,
        observed_local,
        reach_date,
        known_at,
        recorded_at,
        file,
        sha256,
        bytes,
        format,
        is_full,
        scope_unit,
        scope_date_field,
        scope_from,
        scope_to,
        control_total,
        rows_read,
        rows_stored,
        rows_unchanged,
        rows_duplicate,
        rows_quarantined,
        layout,
        is_backfill,
        coalesce(listed_at < observed_before, false) as is_late,
        -- stored in one instant: which came first is not told, so it may be
        coalesce(recorded_at >= recorded_after, false) as is_stored_late
    from numbered
)

select * from final
