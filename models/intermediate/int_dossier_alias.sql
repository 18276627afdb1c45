{{ config(meta={'fed_by': ['national_code']}) }}
-- Codes under which a dossier is known beside its own: what is told of such a code is told of the
-- dossier. The ledger's own code map comes first; of a national code that other lists name, mirrors
-- too, and that two dossiers share, nothing is said.
with

code as (select * from {{ ref('int_dossier_code') }}),

event as (
    select
        system,
        subject,
        national_code
    from {{ source('raw', 'event') }}
    where type = 'dossier.observed' and national_code is not null
),

pair as (
    select distinct
        {{ key63("system || '/' || national_code") }} as alias_key,
        {{ key63('subject') }} as subject_key
    from event
),

final as (
    select
        code_key as alias_key,
        dossier_key
    from code
    where code_key <> dossier_key
    union all
    select
        pair.alias_key,
        max(coalesce(code.dossier_key, pair.subject_key)) as dossier_key
    from pair
    left join code on pair.subject_key = code.code_key
    where
        pair.alias_key <> pair.subject_key
        and pair.alias_key not in (select known.code_key from code as known)
    group by pair.alias_key
    having count(distinct coalesce(code.dossier_key, pair.subject_key)) = 1
)

select * from final
