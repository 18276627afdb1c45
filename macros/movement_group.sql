{% macro movement_group(movement) -%}
    {#- Closings of any kind are one group: a correction may turn one kind into another. -#}
    case
        when {{ movement }} in ('resolution', 'return', 'withdrawal') then 'closing'
        else {{ movement }}
    end
{%- endmacro %}
