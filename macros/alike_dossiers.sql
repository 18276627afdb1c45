{% macro forget_alike_dossiers(alike) -%}
    {#-
        Before dq_duplicate_candidate is carried on: whoever is like a dossier that this run reads
        again, or was found to be like one. Away with their rows. In the model's transaction.
    -#}
    {%- if is_incremental() -%}
    create or replace table meta.alike_dossier as
    with again as (
        select dossier_key from {{ ref('int_dossier_touched') }}
        union
        select found.dossier_key
        from {{ this }} as found
        inner join {{ ref('int_dossier_touched') }} as touched
            on found.duplicate_of_key = touched.dossier_key
    ),
    sameness as (
        select distinct {{ row_hash(alike, 'dossier') }} as value
        from {{ ref('fct_dossier') }} as dossier
        inner join again on dossier.dossier_key = again.dossier_key
    )
    select dossier.dossier_key
    from {{ ref('fct_dossier') }} as dossier
    inner join sameness on {{ row_hash(alike, 'dossier') }} = sameness.value;
    delete from {{ this }}
    where dossier_key in (select alike.dossier_key from meta.alike_dossier as alike)
    {%- endif -%}
{%- endmacro %}
