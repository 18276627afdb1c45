{% materialization incremental, adapter='duckdb' %}
    {#- As table; carried on in the same transaction, without asking for the table's columns. -#}
    {%- set is_carried_on = is_incremental() -%}
    {%- set key = config.get('unique_key') -%}
    {%- set rows_to_add -%}
        {%- if key -%} select * from {{ this.name }}__new
        {%- else -%} {{ compiled_code }}
        {%- endif -%}
    {%- endset -%}
    {%- do drop_what_is_no_table() -%}
    {{ run_hooks(pre_hooks) }}
    {% if is_carried_on and key -%}
        {% call statement('new') -%}
            create or replace temporary table {{ this.name }}__new as (
            {{ compiled_code }}
            )
        {%- endcall %}
        {% call statement('delete') -%}
            delete from {{ this }}
            where {{ key }} in (select {{ key }} from {{ this.name }}__new)
        {%- endcall %}
    {%- endif %}
    {% call statement('main') -%}
        {%- if is_carried_on -%}
        insert into {{ this }} by name (
        {{ rows_to_add }}
        )
        {%- else -%}
        create or replace table {{ this }} as (
        {{ compiled_code }}
        )
        {%- endif -%}
    {%- endcall %}
    {% if is_carried_on and key -%}
        {% call statement('forget') -%} drop table {{ this.name }}__new {%- endcall %}
    {%- endif %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}
