{% macro rule_sets() -%}
    {{ return(['by_date', 'by_timestamp', 'index_766']) }}
{%- endmacro %}

{% macro closing_timeliness(rule_set, ended_at, ended_is_day, due_at, due_is_day) -%}
    {#-
        early / on_time / late of a closing (docs: figures.md, Timeliness). A value without a clock
        is a day and is compared by day; no due date counts as on time.
    -#}
    {%- if rule_set == 'by_timestamp' -%}
    case
        when {{ due_at }} is null then 'on_time'
        when {{ due_is_day }} or {{ ended_is_day }} then
            case
                when cast({{ ended_at }} as date) < cast({{ due_at }} as date) then 'early'
                when cast({{ ended_at }} as date) = cast({{ due_at }} as date) then 'on_time'
                else 'late'
            end
        when {{ ended_at }} < {{ due_at }} then 'early'
        when {{ ended_at }} = {{ due_at }} then 'on_time'
        else 'late'
    end
    {%- else -%}
    case
        when {{ due_at }} is null then 'on_time'
        when cast({{ ended_at }} as date) < cast({{ due_at }} as date) then 'early'
        when cast({{ ended_at }} as date) = cast({{ due_at }} as date) then 'on_time'
        else 'late'
    end
    {%- endif -%}
{%- endmacro %}

{% macro falls_due_at(rule_set, due_at, due_is_day) -%}
    {#- The first moment at which a dossier that is still open is overdue. -#}
    {%- if rule_set == 'by_timestamp' -%}
    case
        when {{ due_is_day }} then cast(cast({{ due_at }} as date) + interval 1 day as timestamp)
        else {{ due_at }}
    end
    {%- else -%}
    cast(cast({{ due_at }} as date) + interval 1 day as timestamp)
    {%- endif -%}
{%- endmacro %}
