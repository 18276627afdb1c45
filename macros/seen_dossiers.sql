{% macro forget_seen_dossiers() -%}
    {#-
        Before dq_reappeared is carried on: whom the new lists show, and whoever is read again;
        where a new list was made before one that spoke for the same unit already, every dossier
        of its system. Away with their rows. In the model's transaction.
    -#}
    {%- if is_incremental() -%}
    create or replace table meta.seen_dossier as
    with new_batch as ({{ unapplied_batches() }}),
    cover as (
        select
            batch_no,
            system,
            observed_at < max(observed_at) over (
                partition by system, unit_code
                order by batch_no rows between unbounded preceding and 1 preceding
            ) as is_between
        from {{ ref('int_unit_cover') }}
    )
    select dossier_key from {{ ref('int_dossier_touched') }}
    union
    select sighting.dossier_key
    from {{ ref('int_dossier_sighting') }} as sighting
    inner join new_batch on sighting.batch_no = new_batch.batch_no
    union
    select dossier.dossier_key
    from {{ ref('fct_dossier') }} as dossier
    where
        dossier.system in (
            select cover.system
            from cover
            inner join new_batch on cover.batch_no = new_batch.batch_no
            where cover.is_between
        );
    delete from {{ this }}
    where dossier_key in (select seen.dossier_key from meta.seen_dossier as seen)
    {%- endif -%}
{%- endmacro %}
