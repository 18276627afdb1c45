-- depends_on: {{ ref('int_dossier_touched') }}
{% set alike = ['unit_code', 'procedure_key', 'received_at', 'due_at'] %}
{% set told_first -%}
struct_pack(told_at := first_observed_at, code := code, dossier_key := dossier_key)
{%- endset %}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_alike_dossiers() }}",
) }}
-- Only a ruling voids one of the two (`hoso rule add void_as_duplicate_of`).
with

kept as (
    {{ kept_dossiers('duplicate_candidate') }}
),

-- a day is no instant: two people may come for the same thing on one day. Of all dossiers read
-- where it is needed, of a few once
dossier as {{ materialized() if is_incremental() else not_materialized() }} (
    select * from {{ ref('fct_dossier') }}
    where
        account <> 'outside'
        and received_is_day is not true
        and received_at is not null
        and due_at is not null
        and procedure_key is not null
        and unit_code is not null
        and dossier_key not in (select kept.dossier_key from kept)
        {% if is_incremental() %}
        and dossier_key in (select again.dossier_key from meta.alike_dossier as again)
        {% endif %}
),

sighting as (select * from {{ ref('int_dossier_sighting') }} where has_content),

batch as (select * from {{ ref('dim_batch') }}),

event as (
    select * from {{ source('raw', 'event') }}
    where
        type = 'dossier.observed'
        -- as it is written where nobody is named: found in a dictionary, not in each row
        and data not like '%"owner_key":null%'
),

-- by a hash of the four, which costs half; the pairs below compare them themselves
alike as (
    select {{ row_hash(alike) }} as sameness
    from dossier
    group by {{ row_hash(alike) }}
    having count(*) > 1
),

candidate as (
    select dossier.*
    from dossier
    inner join alike on {{ row_hash(alike, 'dossier') }} = alike.sameness
),

-- the rows that told of the candidates: which came first, and whose the dossier is
told as (
    select
        sighting.dossier_key,
        sighting.batch_no,
        sighting.line_no,
        batch.batch_id,
        batch.observed_at
    from sighting
    inner join candidate on sighting.dossier_key = candidate.dossier_key
    inner join batch on sighting.batch_no = batch.batch_no
    where sighting.is_dated is not true
),

-- asked of the rows that told, after the join: else every event's text is taken apart
owner_told as (
    select
        told.dossier_key,
        told.batch_no,
        {{ json_text('event.data', 'owner_key') }} as owner_key
    from told
    inner join event on told.batch_id = event.batch_id and told.line_no = event.line_no
),

owner as (
    select
        dossier_key,
        max_by(owner_key, case when owner_key is not null then batch_no end) as owner_key
    from owner_told
    group by dossier_key
),

first_told as (
    select
        dossier_key,
        min(observed_at) as first_observed_at,
        min_by(batch_id, (observed_at, line_no)) as batch_id,
        min_by(line_no, (observed_at, line_no)) as line_no
    from told
    group by dossier_key
),

known as (
    select
        candidate.dossier_key,
        candidate.code,
        candidate.system,
        candidate.unit_code,
        candidate.procedure_key,
        candidate.account,
        candidate.received_at,
        candidate.due_at,
        candidate.ended_at,
        owner.owner_key,
        first_told.first_observed_at,
        first_told.batch_id,
        first_told.line_no
    from candidate
    inner join first_told on candidate.dossier_key = first_told.dossier_key
    left join owner on candidate.dossier_key = owner.dossier_key
),

-- the first told of those alike, of those without an owner, of those of the same owner: no pairs,
-- which are many where dossiers are entered in one minute
alike_of_owner as (
    select
        {{ alike | join(', ') }},
        owner_key,
        min({{ told_first }}) as first_of_owner
    from known
    group by
        {{ alike | join(', ') }},
        owner_key
),

alike_ones as (
    select
        {{ alike | join(', ') }},
        min(first_of_owner) as first_told,
        min(case when owner_key is null then first_of_owner end) as first_without_owner
    from alike_of_owner
    group by {{ alike | join(', ') }}
),

first_alike as (
    select
        known.dossier_key,
        known.code,
        known.owner_key,
        known.first_observed_at,
        alike_ones.first_told,
        alike_ones.first_without_owner,
        alike_of_owner.first_of_owner
    from known
    inner join alike_of_owner
        on
            known.owner_key is not distinct from alike_of_owner.owner_key
            {% for column in alike %}
            and known.{{ column }} = alike_of_owner.{{ column }}
            {% endfor %}
    inner join alike_ones
        on
            {% for column in alike %}
            {{ 'and ' if not loop.first }}known.{{ column }} = alike_ones.{{ column }}
            {% endfor %}
),

-- of several earlier ones the same owner's, then the first told. Two people are two dossiers; where
-- a list names nobody, the owner says nothing
nearest as (
    select
        first_alike.dossier_key,
        case
            when first_alike.owner_key is not null and {{ told_earlier('first_of_owner') }}
                then first_alike.first_of_owner.dossier_key
            when first_alike.owner_key is null and {{ told_earlier('first_told') }}
                then first_alike.first_told.dossier_key
            when first_alike.owner_key is not null and {{ told_earlier('first_without_owner') }}
                then first_alike.first_without_owner.dossier_key
        end as duplicate_of_key
    from first_alike
),

pair as (
    select
        later.*,
        nearest.duplicate_of_key,
        earlier.code as duplicate_of,
        earlier.account as other_account,
        earlier.ended_at as other_ended_at,
        coalesce(earlier.owner_key = later.owner_key, false) as is_same_owner
    from nearest
    inner join known as later on nearest.dossier_key = later.dossier_key
    inner join known as earlier on nearest.duplicate_of_key = earlier.dossier_key
),

final as (
    select
        dossier_key,
        code,
        system,
        unit_code,
        duplicate_of_key,
        duplicate_of,
        procedure_key,
        received_at,
        due_at,
        is_same_owner,
        account,
        other_account,
        ended_at,
        other_ended_at,
        first_observed_at,
        batch_id,
        line_no
    from pair
)

select * from final
