{% macro list_should_show(account, ended_at, received_at, batch) -%}
    {#-
        Would a full list show a dossier that was last seen so? Only the absence of one that it
        should show says that it has left. Open dossiers: a list by receipt shows those received in
        its dates, any other those received up to its last day. Closed ones (no end date known:
        timestamp 'infinity'): only a list of what was handled that goes back to the end.
    -#}
    (
        {{ batch }}.scope_date_field is null
        or (
            (
                {{ batch }}.scope_to is null
                or cast({{ received_at }} as date) <= {{ batch }}.scope_to
            )
            and case {{ batch }}.scope_date_field
                when 'received'
                    then
                        {{ batch }}.scope_from is null
                        or cast({{ received_at }} as date) >= {{ batch }}.scope_from
                when 'handled'
                    then
                        {{ account }} like 'open.%'
                        or {{ batch }}.scope_from is null
                        or cast({{ batch }}.scope_from as timestamp) <= {{ ended_at }}
                else {{ account }} like 'open.%'
            end
        )
    )
{%- endmacro %}
