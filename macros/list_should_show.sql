{% macro list_should_show(account, ended_at, batch) -%}
    {#-
        Would a full list show a dossier that was last seen in this account? Open ones, yes. Closed ones
        only when the list goes back to their end: their absence says nothing else. No end date known:
        timestamp 'infinity'.
    -#}
    (
        {{ account }} like 'open.%'
        or (
            coalesce({{ batch }}.scope_date_field, 'handled') = 'handled'
            and ({{ batch }}.scope_from is null or cast({{ batch }}.scope_from as timestamp) <= {{ ended_at }})
        )
    )
{%- endmacro %}
