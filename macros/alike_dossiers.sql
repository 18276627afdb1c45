{% macro forget_alike_dossiers() -%}
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
        select distinct
            dossier.unit_code,
            dossier.procedure_key,
            dossier.received_at,
            dossier.due_at
        from {{ ref('fct_dossier') }} as dossier
        inner join again on dossier.dossier_key = again.dossier_key
    )
    select dossier_key from again
    union
    select dossier.dossier_key
    from {{ ref('fct_dossier') }} as dossier
    inner join sameness
        on
            dossier.received_at = sameness.received_at
            and dossier.due_at = sameness.due_at
            and dossier.unit_code = sameness.unit_code
            and dossier.procedure_key = sameness.procedure_key
    -- one column alone is looked for while the table is read
    where dossier.received_at in (select sameness.received_at from sameness);
    delete from {{ this }}
    where dossier_key in (select alike.dossier_key from meta.alike_dossier as alike)
    {%- endif -%}
{%- endmacro %}

{% macro told_earlier(other) -%}
    {#- Was a list's first word of the other one before that of this row? -#}
    (first_alike.{{ other }}.told_at, first_alike.{{ other }}.code)
    < (first_alike.first_observed_at, first_alike.code)
{%- endmacro %}
