{#
    Due dates that we compute (decision 010). A limit is counted along a line of its own unit:
    working days by number (dim_date.working_day_no), calendar days by number (dim_date.day_no),
    hours by seconds worked since the calendar began, eight hours a working day. A *position* is a
    place on that line; limits and pauses are lengths on it. office is a row of int_office_rule,
    day a row of dim_date.
#}

{% macro is_paused(account) -%}
    ({{ account }} like 'open.%' and {{ account }} <> 'open.processing')
{%- endmacro %}

{% macro clock_second(at) -%}
    date_diff('second', date_trunc('day', {{ at }}), {{ at }})
{%- endmacro %}

{% macro worked_position(at, day, office) -%}
    {#- Seconds worked up to an instant; outside the working hours as at the next opening. -#}
    case
        when {{ day }}.is_working_day then
            ({{ day }}.working_day_no - 1) * 28800
            + least(
                greatest({{ clock_second(at) }}, {{ office }}.opens_second),
                {{ office }}.lunch_from_second
            )
            - {{ office }}.opens_second
            + least(
                greatest({{ clock_second(at) }}, {{ office }}.lunch_to_second),
                {{ office }}.closes_second
            )
            - {{ office }}.lunch_to_second
        else {{ day }}.working_day_no * 28800
    end
{%- endmacro %}

{% macro receipt_position(limit_unit, at, is_day, day, office) -%}
    {#-
        Where a limit begins that is counted from a receipt, or anew from a resumption. After the
        cut-off hour, and on a day without work, it counts from the next working morning.
    -#}
    {%- set is_next -%}
    (
        not {{ day }}.is_working_day
        or (not {{ is_day }} and {{ clock_second(at) }} > {{ office }}.cut_off_second)
    )
    {%- endset -%}
    case {{ limit_unit }}
        when 'working_day'
            then {{ day }}.working_day_no + case when {{ is_next }} then 1 else 0 end
        when 'calendar_day'
            then
                {{ day }}.day_no
                + case
                    when {{ is_next }}
                        then date_diff('day', {{ day }}.date_day, {{ day }}.next_working_day)
                    else 0
                end
        when 'hour'
            then case
                when {{ is_next }} then {{ day }}.working_day_no * 28800
                else {{ worked_position(at, day, office) }}
            end
    end
{%- endmacro %}

{% macro pause_position(limit_unit, at, day, office) -%}
    {#- Where a pause begins or ends; a day without work counts as the next working day. -#}
    case {{ limit_unit }}
        when 'working_day'
            then {{ day }}.working_day_no + case when {{ day }}.is_working_day then 0 else 1 end
        when 'calendar_day' then {{ day }}.day_no
        when 'hour' then {{ worked_position(at, day, office) }}
    end
{%- endmacro %}

{% macro limit_length(limit_unit, limit_amount) -%}
    {{ limit_amount }} * case {{ limit_unit }} when 'hour' then 3600 else 1 end
{%- endmacro %}

{% macro due_working_day_no(limit_unit, position) -%}
    {#- The working day on which a position lies: what the last hour of a day ends is that day. -#}
    case {{ limit_unit }}
        when 'working_day' then cast({{ position }} as integer)
        when 'hour' then cast(ceil(({{ position }}) / 28800.0) as integer)
    end
{%- endmacro %}

{% macro due_moment(limit_unit, position, due_day, office) -%}
    {#-
        A position as a due date: a day, or for hours an instant. due_day is the row of dim_date
        with the number due_working_day_no(); null where the calendar does not reach.
    -#}
    {%- set worked -%}
    ({{ position }}) - ({{ due_day }}.working_day_no - 1) * 28800
    {%- endset -%}
    {%- set morning -%}
    {{ office }}.lunch_from_second - {{ office }}.opens_second
    {%- endset -%}
    cast(case {{ limit_unit }}
        when 'working_day' then cast({{ due_day }}.date_day as timestamp)
        when 'calendar_day'
            then cast(date '1970-01-01' + to_days(cast({{ position }} as integer)) as timestamp)
        when 'hour'
            then cast({{ due_day }}.date_day as timestamp) + to_seconds(
                case
                    when {{ worked }} <= {{ morning }}
                        then {{ office }}.opens_second + {{ worked }}
                    else
                        {{ office }}.lunch_to_second + {{ worked }} - ({{ morning }})
                end
            )
    end as timestamp)
{%- endmacro %}
