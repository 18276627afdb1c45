{% macro unapplied_batches() -%}
    {#-
        The ledger's batches that this model has not taken in yet. What has been applied is recorded
        (mark_applied, in the model's own transaction), never inferred from a maximum: a late batch
        is lost by no watermark.
    -#}
    select
        batch_no,
        batch_id,
        source,
        reach_date,
        layout
    from {{ ref('dim_batch') }}
    where
        role = 'ledger'
        {% if is_incremental() %}
        and batch_id not in (
            select applied.batch_id
            from meta.applied_batch as applied
            where applied.model = '{{ this.name }}'
        )
        {% endif %}
{%- endmacro %}

{% macro batches_not_in_ledger(batch) -%}
    {#- Batches of the ledger that its last table has not taken in yet: what this run is about. -#}
    select * from {{ batch }}
    where
        role = 'ledger'
        and batch_id not in (
            select applied.batch_id
            from meta.applied_batch as applied
            where applied.model = 'fct_dossier'
        )
{%- endmacro %}

{% macro mark_applied() -%}
    {%- if not is_incremental() -%}
    delete from meta.applied_batch where model = '{{ this.name }}';
    {% endif -%}
    insert into meta.applied_batch
    select
        '{{ this.name }}' as model,
        batch_id
    from {{ ref('dim_batch') }}
    where
        batch_id not in (
            select applied.batch_id
            from meta.applied_batch as applied
            where applied.model = '{{ this.name }}'
        )
{%- endmacro %}
