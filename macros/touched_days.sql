{% macro keep_touched_days() -%}
    {#-
        Before fct_unit_day is carried on: which days of which units have new postings; their rows
        are put aside, for the new postings to be added to, so that a net of zero disappears too.
        In the model's transaction.
    -#}
    {%- if is_incremental() -%}
    create or replace table meta.unit_day_before as
    with new_posting as (
        select posting.*
        from {{ ref('fct_dossier_posting') }} as posting
        inner join ({{ unapplied_batches() }}) as new_batch
            on posting.batch_no = new_batch.batch_no
    ),
    touched as (
        select from_unit as unit_code, effective_date as day from new_posting
        where from_account <> 'outside'
        union
        select to_unit as unit_code, effective_date as day from new_posting
        where to_account <> 'outside'
    )
    select unit_day.*
    from {{ this }} as unit_day
    inner join touched
        on
            unit_day.day = touched.day
            and unit_day.unit_code is not distinct from touched.unit_code;
    delete from {{ this }}
    using (select distinct unit_code, day from meta.unit_day_before) as touched
    where
        {{ this }}.day = touched.day
        and {{ this }}.unit_code is not distinct from touched.unit_code
    {%- endif -%}
{%- endmacro %}
