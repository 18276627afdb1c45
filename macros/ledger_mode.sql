{% macro ledger_is_incremental() -%}
    {#-
        True when the ledger of this warehouse can be carried on from the dossiers that a new batch
        touched; false on the first build and on a full refresh. Unit tests override it with false.
    -#}
    {%- if not execute or flags.FULL_REFRESH -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set relation = adapter.get_relation(target.database, target.schema, 'fct_dossier') -%}
    {{ return(relation is not none) }}
{%- endmacro %}
