{% macro shown_at_unit(row, prefix='') -%}
    {#- The line that shows a dossier where a row of its history has it; else the row's own. -#}
        coalesce({{ row }}.place_batch_no, {{ row }}.batch_no) as {{ prefix }}batch_no,
        coalesce({{ row }}.place_line_no, {{ row }}.line_no) as {{ prefix }}line_no
{%- endmacro %}
