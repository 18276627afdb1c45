{% macro carried(column, is_present) -%}
    {#-
        The newest value of a column that lists of another layout may lack. A list without the
        column says nothing (the value stays); an empty cell of a column it has says null.
    -#}
    (
        last_value(case when {{ is_present }} then struct_pack(v := {{ column }}) end ignore nulls)
            over so_far
    ).v
{%- endmacro %}
