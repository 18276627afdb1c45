{{ config(materialized='view', meta={'fed_by': []}) }}
-- Three units per dossier (NĐ 118/2025): where one was helped to lodge it, where it was officially
-- received, and the competent one. Only dossiers of which a list names one of the first two: of all
-- others the competent unit is fct_dossier's.
with

dossier as (select * from {{ ref('fct_dossier') }}),

attribute as (
    select
        *,
        row_number() over (partition by dossier_key order by batch_no desc) as row_from_end
    from {{ ref('fct_dossier_attribute') }}
),

named as (
    select * from attribute
    where
        row_from_end = 1
        and (reception_unit_code is not null or help_unit_code is not null)
),

told as (
    {% for role in ['help', 'reception'] %}
    select
        named.dossier_key, '{{ role }}' as role, named.{{ role }}_unit_code as unit_code,
        named.known_at, named.batch_id, named.line_no
    from named
    where named.{{ role }}_unit_code is not null
    union all
    {% endfor %}
    select
        dossier.dossier_key, 'competent' as role, dossier.unit_code,
        dossier.known_at, dossier.row_batch_id as batch_id, dossier.line_no
    from dossier
    inner join named on dossier.dossier_key = named.dossier_key
),

final as (
    select
        told.dossier_key,
        dossier.code,
        dossier.system,
        told.role,
        told.unit_code,
        told.known_at,
        told.batch_id,
        told.line_no
    from told
    inner join dossier on told.dossier_key = dossier.dossier_key
)

select * from final
