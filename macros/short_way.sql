{#-
    The short way of the ledger: a dossier with one unit, one open account and every date given has
    a receipt, a due date and a closing, and needs no windows over events. Its movements are posted
    where they are worked out (fct_dossier_posting); int_movement has those of all other dossiers.
-#}

{% macro movement_attributes() -%}
    {#- What a posting carries of its dossier beside the movement. -#}
    {{ return(['channel', 'source_channel', 'procedure_key']) }}
{%- endmacro %}

{% macro is_general_row() -%}
    {#- A row of int_dossier_history that the short way has no words for. -#}
    {%- if var('hoso_force_complex') -%}
    true
    {%- else -%}
    (
        is_in_two_units
        or history_no > 0
        or received_at is null
        or account not in (
            'open.processing', 'closed.resolved', 'closed.returned', 'closed.withdrawn'
        )
        or (is_closed and end_at is null)
    )
    {%- endif -%}
{%- endmacro %}

{% macro is_general_dossier() -%}
    {#- The same of all rows of a dossier: a group of rows with is_open and is_closed. -#}
    coalesce(
        bool_or({{ is_general_row() }})
        -- open after it was closed
        or min(case when is_closed then row_no end) < max(case when is_open then row_no end),
        false
    )
{%- endmacro %}

{% macro general_dossiers() -%}
    {#- CTEs: complex_dossier; flagged: history, with is_complex of its dossier. -#}
complex_dossier as (
    select dossier_key
    from history
    where is_told_once is not true
    group by dossier_key
    having {{ is_general_dossier() }}
),

flagged as {{ not_materialized() }} (
    select
        history.*,
        complex_dossier.dossier_key is not null as is_complex
    from history
    left join complex_dossier on history.dossier_key = complex_dossier.dossier_key
    where history.is_told_once is not true
    union all
    select
        *,
        {{ is_general_row() }} as is_complex
    from history
    where is_told_once
)
{%- endmacro %}

{% macro short_overdue(rule_set, closed_at) -%}
    {#- When a dossier of the short way falls due by a rule set; null: not before its closing. -#}
    case
        when
            due_at is not null
            and (
                {{ closed_at }} is null
                or greatest(received_at, {{ falls_due_at(rule_set, 'due_at', 'due_is_day') }})
                < {{ closed_at }}
            )
            then greatest(received_at, {{ falls_due_at(rule_set, 'due_at', 'due_is_day') }})
    end
{%- endmacro %}

{% macro short_way() -%}
    {#-
        CTEs after general_dossiers: short_receipt, short_closing and short_overdue, movements of
        dossier × version with the columns of int_movement but for due_dates. The first two have
        is_new: the version before does not have it; and is_gone: there is a next version, and it
        does not.
    -#}
    {%- set rules = rule_sets() -%}
    {%- set attributes = movement_attributes() -%}
    {%- set closing_identity = ['account', 'unit_code', 'closed_at'] + attributes -%}
    {%- for rule in rules -%}
    {%- do closing_identity.extend(['tl_open_' ~ rule, 'tl_closed_' ~ rule]) -%}
    {%- endfor -%}
short_row as {{ not_materialized() }} (
    select
        *,
        case when is_closed then greatest(received_at, end_at) end as closed_at
    from flagged
    where version_batch_no is not null and not is_complex
),

short_timed as {{ not_materialized() }} (
    select
        *,
        {% for rule in rules %}
        {{ short_overdue(rule, 'closed_at') }} as overdue_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from short_row
),

short_judged as {{ not_materialized() }} (
    select
        dossier_key, is_told_once, version_batch_no, batch_no, line_no, account, unit_code,
        received_at, is_closed, closed_at,
        {{ attributes | join(', ') }},
        {% for rule in rules %}
        overdue_{{ rule }},
        case when overdue_{{ rule }} is null then 'in_time' else 'overdue' end
            as tl_open_{{ rule }},
        {{ closing_timeliness(
            rule,
            'coalesce(end_766_at, end_at)' if rule == 'index_766' else 'end_at',
            'end_is_day', 'due_at', 'due_is_day',
        ) }} as tl_closed_{{ rule }}{{ "," if not loop.last }}
        {% endfor %}
    from short_timed
),

-- what a version says of the receipt and of the closing, beside what the ones before and after
-- say: on narrow rows
short_order as (
    select
        dossier_key,
        version_batch_no,
        lead(version_batch_no) over in_order as next_batch_no,
        row_number() over in_order as version_no,
        lead(batch_no) over in_order as next_row_batch_no,
        lead(line_no) over in_order as next_row_line_no,
        {% for group in ['receipt', 'closing'] %}
        lag(said_{{ group }}) over in_order is distinct from said_{{ group }}
            as is_{{ group }}_new,
        lead(dossier_key) over in_order is not null
        and lead(said_{{ group }}) over in_order is distinct from said_{{ group }}
            as is_{{ group }}_gone{{ "," if not loop.last }}
        {% endfor %}
    from (
        select
            dossier_key,
            version_batch_no,
            batch_no,
            line_no,
            {{ row_hash(['unit_code', 'received_at'] + attributes) }} as said_receipt,
            case when is_closed then {{ row_hash(closing_identity) }} end as said_closing
        from short_judged
        where is_told_once is not true
    ) as said
    window in_order as (partition by dossier_key order by version_batch_no)
),

short_version as {{ not_materialized() }} (
    select
        short_judged.*,
        short_order.next_batch_no, short_order.version_no,
        short_order.next_row_batch_no, short_order.next_row_line_no,
        short_order.is_receipt_new, short_order.is_receipt_gone,
        short_order.is_closing_new, short_order.is_closing_gone
    from short_judged
    inner join short_order
        on
            short_judged.dossier_key = short_order.dossier_key
            and short_judged.version_batch_no = short_order.version_batch_no
    where short_judged.is_told_once is not true
    union all
    select
        *,
        cast(null as integer) as next_batch_no, cast(1 as bigint) as version_no,
        cast(null as integer) as next_row_batch_no, cast(null as integer) as next_row_line_no,
        true as is_receipt_new, false as is_receipt_gone,
        true as is_closing_new, false as is_closing_gone
    from short_judged
    where is_told_once
),

short_receipt as {{ not_materialized() }} (
    select
        dossier_key, version_batch_no, next_batch_no, next_row_batch_no, next_row_line_no,
        version_no, batch_no, line_no,
        'receipt' as movement,
        'outside' as from_account, 'open.processing' as to_account,
        cast(null as varchar) as from_unit, unit_code as to_unit,
        received_at as effective_at,
        {% for rule in rules %}
        cast(null as varchar) as tl_before_{{ rule }}, 'in_time' as tl_after_{{ rule }},
        {% endfor %}
        {{ attributes | join(', ') }},
        1 as occurrence,
        is_receipt_new as is_new, is_receipt_gone as is_gone
    from short_version
),

short_closing as {{ not_materialized() }} (
    select
        dossier_key, version_batch_no, next_batch_no, next_row_batch_no, next_row_line_no,
        version_no, batch_no, line_no,
        case account
            when 'closed.resolved' then 'resolution'
            when 'closed.returned' then 'return'
            else 'withdrawal'
        end as movement,
        'open.processing' as from_account, account as to_account,
        unit_code as from_unit, unit_code as to_unit,
        closed_at as effective_at,
        {% for rule in rules %}
        tl_open_{{ rule }} as tl_before_{{ rule }}, tl_closed_{{ rule }} as tl_after_{{ rule }},
        {% endfor %}
        {{ attributes | join(', ') }},
        1 as occurrence,
        is_closing_new as is_new, is_closing_gone as is_gone
    from short_version
    where is_closed
),

-- one movement per moment, changing every rule set that falls due then
short_overdue as {{ not_materialized() }} (
    {% for moment in rules %}
    select
        dossier_key, version_batch_no, next_batch_no, next_row_batch_no, next_row_line_no,
        version_no, batch_no, line_no,
        'overdue' as movement,
        'open.processing' as from_account, 'open.processing' as to_account,
        unit_code as from_unit, unit_code as to_unit,
        overdue_{{ moment }} as effective_at,
        {% for rule in rules %}
        case when overdue_{{ rule }} < overdue_{{ moment }} then 'overdue' else 'in_time' end
            as tl_before_{{ rule }},
        case when overdue_{{ rule }} <= overdue_{{ moment }} then 'overdue' else 'in_time' end
            as tl_after_{{ rule }},
        {% endfor %}
        {{ attributes | join(', ') }},
        1 as occurrence
    from short_version
    where
        overdue_{{ moment }} is not null
        {% for earlier in rules[:loop.index0] %}
        and overdue_{{ earlier }} is distinct from overdue_{{ moment }}
        {% endfor %}
    {{ "union all" if not loop.last }}
    {% endfor %}
)
{%- endmacro %}

{% macro shows_short_way() -%}
    {#-
        In unit tests int_movement shows the movements of both ways: so each rule is told once, and
        holds for both. Built, it has those of the general way only.
    -#}
    {{ return(model is defined and model.resource_type == 'unit_test') }}
{%- endmacro %}
