{% materialization table, adapter='duckdb' %}
    {#-
        In place of dbt-duckdb's own, which builds beside the old table, renames both and drops one:
        DuckDB replaces a table in one statement, and a daily run is mostly small tables.
    -#}
    {%- do drop_what_is_no_table() -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        create or replace table {{ this }} as (
        {{ compiled_code }}
        )
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}

{% macro drop_what_is_no_table() -%}
    {#- A model that was a view when this warehouse was built last. -#}
    {%- set existing = load_cached_relation(this) -%}
    {%- if existing is not none and not existing.is_table -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
{%- endmacro %}
