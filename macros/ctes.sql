{% macro materialized() -%}
    {#- After a CTE's "as": work it out first, so that what comes after may find it empty. -#}
    {{ 'materialized' if target is not defined or target.type == 'duckdb' }}
{%- endmacro %}

{% macro not_materialized() -%}
    {#-
        After a CTE's "as": read it again for each use instead of keeping all its rows. For wide
        reads of a table whose uses each need few columns or rows; DuckDB keeps what is used twice.
    -#}
    {{ 'not materialized' if target is not defined or target.type == 'duckdb' }}
{%- endmacro %}
