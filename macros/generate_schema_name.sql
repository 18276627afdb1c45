{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Published tables lie in main; staging and intermediate in schemas that readers do not get. -#}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
