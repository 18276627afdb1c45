{% macro forget_touched_dossiers() -%}
    {#-
        Before a model that keeps several rows of a dossier is carried on: away with all rows of the
        dossiers that this run reads again. In the model's transaction.
    -#}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where dossier_key in (select dossier_key from {{ ref('int_dossier_touched') }})
    {%- endif -%}
{%- endmacro %}
