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
{% set roles = attributes[7:] %}
with

new_batch as ({{ unapplied_batches() }}),

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

succession as (select * from {{ ref('int_succession') }}),

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
        {% if attribute in roles %}
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

-- A unit of a role that went into another stays what it was, as the competent one does: only a
-- change that is no succession counts. Asked are dossiers told of at a unit and at its successor.
role_told as (
    {% for role in roles %}
    select
        told.dossier_key,
        '{{ role }}' as role,
        told.batch_no,
        told.line_no,
        struct_extract(told.{{ role }}, 'v') as unit_code
    from told
    where told.{{ role }} is not null{{ " union all" if not loop.last }}
    {% endfor %}
),

carried_on as (
    select distinct
        role_told.dossier_key,
        role_told.role
    from role_told
    inner join succession on role_told.unit_code = succession.unit_code
    inner join role_told as later
        on
            role_told.dossier_key = later.dossier_key
            and role_told.role = later.role
            and succession.successor_code = later.unit_code
    {% if is_incremental() %}
    where role_told.dossier_key in (select touched.dossier_key from touched)
    {% endif %}
),

-- what was told by each version, in the order in which lists were made
walked as (
    select
        version.dossier_key,
        version.role,
        version.batch_no,
        role_told.unit_code,
        batch.reach_date,
        row_number() over in_order as place,
        lag(role_told.unit_code) over in_order as unit_before
    from (
        select distinct
            carried_on.dossier_key,
            carried_on.role,
            told.batch_no
        from carried_on
        inner join told on carried_on.dossier_key = told.dossier_key
    ) as version
    inner join role_told
        on
            version.dossier_key = role_told.dossier_key
            and version.role = role_told.role
            and version.batch_no >= role_told.batch_no
    inner join batch on role_told.batch_no = batch.batch_no
    window in_order as (
        partition by version.dossier_key, version.role, version.batch_no
        order by batch.observed_at, role_told.batch_no, role_told.line_no
    )
),

stayed as (
    select
        walked.dossier_key,
        walked.role,
        walked.batch_no,
        max_by(struct_pack(v := walked.unit_code), walked.place) as unit_code
    from walked
    left join succession
        on
            walked.unit_before = succession.unit_code
            and walked.unit_code = succession.successor_code
            and walked.reach_date >= succession.since
    where
        walked.place = 1
        or (
            walked.unit_code is distinct from walked.unit_before
            and succession.unit_code is null
        )
    group by
        walked.dossier_key,
        walked.role,
        walked.batch_no
),

settled as (
    select
        state.* replace (
            {% for role in roles %}
            coalesce({{ role }}_stayed.unit_code, struct_pack(v := state.{{ role }})).v
                as {{ role }}{{ "," if not loop.last }}
            {% endfor %}
        )
    from state
    {% for role in roles %}
    left join stayed as {{ role }}_stayed
        on
            state.dossier_key = {{ role }}_stayed.dossier_key
            and state.batch_no = {{ role }}_stayed.batch_no
            and {{ role }}_stayed.role = '{{ role }}'
    {% endfor %}
    where state.row_from_end = 1
),

compared as (
    select
        *,
        {{ row_hash(attributes) }} as said,
        lag({{ row_hash(attributes) }}) over (
            partition by dossier_key order by batch_no
        ) as said_before
    from settled
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
