{% macro forget_touched_days() -%}
    {#-
        Before fct_unit_day is carried on: which days of which units have new postings, and away
        with their rows, so that a net of zero disappears too. In the model's transaction.
    -#}
    {%- if is_incremental() -%}
    create or replace table meta.touched_unit_day as
    with new_posting as (
        select posting.*
        from {{ ref('fct_dossier_posting') }} as posting
        inner join ({{ unapplied_batches() }}) as new_batch
            on posting.batch_no = new_batch.batch_no
    )
    select from_unit as unit_code, effective_date as day from new_posting
    where from_unit is not null
    union
    select to_unit as unit_code, effective_date as day from new_posting
    where to_unit is not null;
    delete from {{ this }}
    using meta.touched_unit_day as touched
    where {{ this }}.day = touched.day and {{ this }}.unit_code = touched.unit_code
    {%- endif -%}
{%- endmacro %}
