{% macro closing_end(suffix) -%}
    {#-
        The end of a dossier by the account it is closed in: the first of the dates that exists, in
        the order that fits the account. suffix: 'at' for the date, 'is_day' for its flag.
    -#}
    {%- set orders = {
        'closed.resolved': ['finished', 'handed_over'],
        'closed.returned': ['refused', 'finished', 'handed_over'],
        'closed.withdrawn': ['finished', 'refused', 'handed_over'],
    } -%}
    case
        {%- for account, dates in orders.items() %}
        when complete.account = '{{ account }}'
            then case
                {%- for date in dates %}
                when complete.{{ date }}_at is not null then complete.{{ date }}_{{ suffix }}
                {%- endfor %}
            end
        {%- endfor %}
    end
{%- endmacro %}
