{{ config(meta={'fed_by': ['national_code']}) }}
-- National codes under which a dossier is known beside its own: what is told of such a code is told
-- of the dossier. A national code that two dossiers share says nothing.
with

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
        {{ key63('subject') }} as dossier_key
    from event
),

final as (
    select
        alias_key,
        max(dossier_key) as dossier_key
    from pair
    where alias_key <> dossier_key
    group by alias_key
    having count(*) = 1
)

select * from final
