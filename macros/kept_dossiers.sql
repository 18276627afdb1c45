{% macro kept_dossiers(finding) -%}
    {#- Somebody looked at these dossiers and ruled that they stay as they are ("keep"). -#}
    select dossier_key
    from {{ ref('int_ruling') }}
    where
        kind = 'keep'
        and ruling_id is not null
        and until_batch_no is null
        and topic in ('', '{{ finding }}')
{%- endmacro %}
