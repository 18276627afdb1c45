{{ config(materialized='view', meta={'fed_by': []}) }}
with

ruling as (
    select * from {{ ref('fct_ruling') }}
    where kind <> 'undo' and is_in_force
),

dossier as (
    select dossier_key from {{ ref('fct_dossier') }}
    union all
    select code_key as dossier_key from {{ ref('int_dossier_code') }}
    where dossier_key in (select known.dossier_key from {{ ref('fct_dossier') }} as known)
),

-- what a ruling speaks of: its dossier, and the one that remains of two
named as (
    select
        *,
        'dossier' as unknown,
        code as unknown_code,
        dossier_key as unknown_key
    from ruling
    union all
    select
        *,
        'duplicate_of' as unknown,
        value as unknown_code,
        {{ key63("concat(system, '/', value)") }} as unknown_key
    from ruling
    where kind = 'void_as_duplicate_of'
),

final as (
    select
        code,
        system,
        unknown,
        unknown_code,
        kind,
        value,
        ruled_by,
        reason,
        ruling_id,
        known_at,
        batch_id,
        line_no
    from named
    where unknown_key not in (select dossier.dossier_key from dossier)
)

select * from final
