{% test one_value_per_key(model, key, value) %}
    select
        {{ key }},
        count(*) as row_count
    from {{ model }}
    group by {{ key }}
    having min({{ value }}) <> max({{ value }})
{% endtest %}
