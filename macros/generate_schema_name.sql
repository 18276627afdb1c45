{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Published tables lie in main; staging and intermediate where readers do not come. -#}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
