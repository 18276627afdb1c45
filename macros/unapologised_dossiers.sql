{% macro forget_unapologised_dossiers() -%}
    {#-
        Before dq_late_without_apology is carried on: whoever is read again; where new lists tell of
        forms, or a national code under which forms may be told, every dossier of the systems that
        send forms. Away with their rows. In the model's transaction.
    -#}
    {%- if is_incremental() -%}
    create or replace table meta.apology_dossier as
    with new_batch as (
        select batch_id, role, kind from {{ ref('dim_batch') }}
        where
            batch_id not in (
                select applied.batch_id
                from meta.applied_batch as applied
                where applied.model = '{{ this.name }}'
            )
    ),
    news as (
        select batch_id from new_batch where role = 'ledger' and kind = 'forms'
        union all
        select form.batch_id
        from {{ ref('fct_form') }} as form
        inner join new_batch on form.batch_id = new_batch.batch_id
        union all
        select event.batch_id
        from raw.event as event
        inner join new_batch on event.batch_id = new_batch.batch_id
        where event.national_code is not null
    )
    select dossier_key from {{ ref('int_dossier_touched') }}
    union
    select dossier.dossier_key
    from {{ ref('fct_dossier') }} as dossier
    where
        dossier.system in (
            select batch.system
            from {{ ref('dim_batch') }} as batch
            where
                batch.role = 'ledger' and batch.kind = 'forms' and exists (select 1 from news)
        );
    delete from {{ this }}
    where dossier_key in (select again.dossier_key from meta.apology_dossier as again)
    {%- endif -%}
{%- endmacro %}
