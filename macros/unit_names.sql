{% macro means_on(text, day) -%}
    {#- Does this row of int_unit_text say what the name meant in a list of that day? -#}
    ({{ text }}.valid_from is null or {{ text }}.valid_from <= {{ day }})
    and ({{ text }}.valid_to is null or {{ day }} < {{ text }}.valid_to)
{%- endmacro %}

{% macro turned_hash(content_hash, unit_code) -%}
    {#- The content of a row whose unit's name means this unit on the day of its list. -#}
    {{ key63("concat(" ~ content_hash ~ ", '|', " ~ unit_code ~ ")") }}
{%- endmacro %}
