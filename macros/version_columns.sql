{% macro version_columns(told) -%}
    {#-
        The columns of fct_dossier_version, of a row of int_dossier_history with its version_no,
        beside known_batch, which made the version, and evidence, which told of it.
    -#}
        {{ told }}.dossier_key,
        cast({{ told }}.version_no as integer) as version_no,
        known_batch.batch_id,
        known_batch.known_at,
        {{ told }}.code,
        known_batch.system,
        known_batch.source,
        {{ told }}.account,
        {{ told }}.unit_code,
        {{ told }}.channel,
        {{ told }}.source_channel,
        {{ told }}.procedure_key,
        {{ told }}.received_at,
        {{ told }}.received_is_day,
        {{ told }}.due_at,
        {{ told }}.due_is_day,
        coalesce({{ told }}.due_is_computed, false) as due_is_computed,
        case
            when {{ told }}.end_at is not null
                then greatest({{ told }}.received_at, {{ told }}.end_at)
        end as ended_at,
        {{ told }}.end_at as raw_ended_at,
        coalesce({{ told }}.end_is_day, false) as ended_is_day,
        {{ told }}.is_listed_twice,
        evidence.batch_id as row_batch_id,
        {{ told }}.line_no,
        {{ told }}.version_batch_no as batch_no
{%- endmacro %}
