{{ config(materialized='view', meta={'fed_by': []}) }}
-- Finished in the ledger, still open in a mirror whose newest message is younger than the end:
-- the list to hand to the province.
with

kept as (
    select dossier_key
    from {{ ref('int_ruling') }}
    where
        kind = 'keep'
        and ruling_id is not null
        and until_batch_no is null
        and topic in ('', 'finished_but_overdue_elsewhere')
),

final as (
    select
        code,
        system,
        unit_code,
        national_code,
        mirror_source,
        mirror_status as national_status,
        mirror_account,
        ledger_ended_at as ended_at,
        mirror_due_at as due_at,
        coalesce(cast(mirror_due_at as date) < cast(mirror_observed_at as date), false)
            as is_overdue,
        mirror_observed_at as observed_at,
        batch_id,
        line_no
    from {{ ref('fct_mirror_comparison') }}
    where
        ledger_account like 'closed.%'
        and mirror_account like 'open.%'
        and mirror_observed_at > ledger_ended_at
        and dossier_key not in (select kept.dossier_key from kept)
)

select * from final
