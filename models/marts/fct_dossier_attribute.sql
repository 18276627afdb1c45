-- depends_on: {{ ref('int_dossier_alias') }}
{{ config(
    materialized='incremental',
    meta={'fed_by': ['attribute', 'dossier.digitised', 'national_code', 'payment.made']},
    incremental_strategy='delete+insert',
    unique_key='dossier_key',
    post_hook=[
        "{{ forget_aliases() }}",
        "{{ mark_applied() }}",
    ],
) }}
{% set attributes = dossier_attributes() %}
{% set flags = attributes[:7] %}
with

new_batch as ({{ unapplied_batches() }}),

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

-- names that mean one unit in some lists and another in lists of other days
shared_name as (
    select
        batch.batch_no,
        unit_text.unit_name,
        unit_text.unit_code
    from batch
    inner join {{ ref('int_unit_text') }} as unit_text
        on batch.source = unit_text.source and {{ means_on('unit_text', 'batch.reach_date') }}
    where unit_text.is_shared
),

listed as (
    select
        sighting.dossier_key,
        sighting.batch_no,
        sighting.line_no,
        {% for attribute in attributes %}
        {% set value = 'content.' ~ attribute %}
        {% if attribute in ['reception_unit', 'help_unit'] %}
        {% set value = 'coalesce(' ~ attribute ~ '.unit_code, ' ~ value ~ ')' %}
        {% endif %}
        case
            when sighting.layout & {{ attribute_bit(attribute) }} <> 0
                then struct_pack(v := {{ value }})
        end as {{ attribute }}{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_dossier_sighting') }} as sighting
    inner join {{ ref('int_attribute_content') }} as content
        on
            sighting.dossier_key = content.dossier_key
            and coalesce(sighting.said_hash, sighting.content_hash) = content.content_hash
    left join shared_name as reception_unit
        on
            sighting.batch_no = reception_unit.batch_no
            and content.shared_reception = reception_unit.unit_name
    left join shared_name as help_unit
        on
            sighting.batch_no = help_unit.batch_no
            and content.shared_help = help_unit.unit_name
    where sighting.layout & {{ attribute_mask() }} <> 0
),

payment as (
    select
        dossier_key,
        batch_no,
        line_no,
        -- one payment online makes the dossier one that was paid online
        bool_or(is_online) over so_far as paid_online,
        bool_or(coalesce(has_fee, amount > 0)) over so_far as has_fee
    from {{ ref('fct_payment') }}
    window so_far as (
        partition by dossier_key order by batch_no, line_no rows unbounded preceding
    )
),

digitised as (select * from {{ ref('fct_digitisation') }}),

told as (
    select * from listed
    union all
    select
        dossier_key,
        batch_no,
        line_no,
        {% for attribute in attributes %}
        {% if attribute in ['has_fee', 'paid_online'] %}
        case when {{ attribute }} is not null then struct_pack(v := {{ attribute }}) end
        {% else %}
        null
        {% endif %}
            as {{ attribute }}{{ "," if not loop.last }}
        {% endfor %}
    from payment
    union all
    select
        dossier_key,
        batch_no,
        line_no,
        {% for attribute in attributes %}
        {% if attribute in ['digitised_intake', 'digitised_result'] %}
        case when {{ attribute }} is not null then struct_pack(v := {{ attribute }}) end
        {% else %}
        null
        {% endif %}
            as {{ attribute }}{{ "," if not loop.last }}
        {% endfor %}
    from digitised
),

-- whoever a new batch tells something of, and whoever has a second code: it may be newly known
touched as (
    select told.dossier_key
    from told
    inner join new_batch on told.batch_no = new_batch.batch_no
    union
    select dossier_key from {{ ref('int_dossier_alias') }}
),

-- the newest list that has the column wins, whatever the order in which lists became known
state as (
    select
        told.dossier_key,
        told.batch_no,
        told.line_no,
        batch.observed_at,
        {% for attribute in attributes %}
        (max_by(told.{{ attribute }}, (batch.observed_at, told.batch_no, told.line_no)) over so_far
        ).v as {{ attribute }},
        {% endfor %}
        row_number() over (
            partition by told.dossier_key, told.batch_no order by told.line_no desc
        ) as row_from_end
    from told
    inner join batch on told.batch_no = batch.batch_no
    {% if is_incremental() %}
    where told.dossier_key in (select touched.dossier_key from touched)
    {% endif %}
    window so_far as (
        partition by told.dossier_key order by told.batch_no, told.line_no
        rows unbounded preceding
    )
),

compared as (
    select
        *,
        {{ row_hash(attributes) }} as said,
        lag({{ row_hash(attributes) }}) over (
            partition by dossier_key order by batch_no
        ) as said_before
    from state
    where row_from_end = 1
),

final as (
    select
        compared.dossier_key,
        {% for attribute in flags %}
        compared.{{ attribute }},
        {% endfor %}
        compared.reception_unit as reception_unit_code,
        compared.help_unit as help_unit_code,
        batch.known_at,
        batch.batch_id,
        compared.batch_no,
        compared.line_no
    from compared
    inner join batch on compared.batch_no = batch.batch_no
    where compared.said_before is distinct from compared.said
)

select * from final
