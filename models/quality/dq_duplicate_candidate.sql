-- depends_on: {{ ref('int_dossier_touched') }}
{% set alike = ['unit_code', 'procedure_key', 'received_at', 'due_at'] %}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_alike_dossiers([
        'unit_code', 'procedure_key', 'received_at', 'due_at',
    ]) }}",
) }}
-- Only a ruling voids one of the two (`hoso rule add void_as_duplicate_of`).
with

kept as (
    {{ kept_dossiers('duplicate_candidate') }}
),

-- a day is no instant: two people may come for the same thing on one day
dossier as {{ not_materialized() }} (
    select * from {{ ref('fct_dossier') }}
    where
        account <> 'outside'
        and received_is_day is not true
        and received_at is not null
        and due_at is not null
        and procedure_key is not null
        and dossier_key not in (select kept.dossier_key from kept)
        {% if is_incremental() %}
        and dossier_key in (select again.dossier_key from meta.alike_dossier as again)
        {% endif %}
),

sighting as (select * from {{ ref('int_dossier_sighting') }} where has_content),

batch as (select * from {{ ref('dim_batch') }}),

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.observed'),

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

owner as (
    select
        told.dossier_key,
        max_by({{ json_text('event.data', 'owner_key') }}, told.batch_no) as owner_key
    from told
    inner join event on told.batch_id = event.batch_id and told.line_no = event.line_no
    where {{ json_text('event.data', 'owner_key') }} is not null
    group by told.dossier_key
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

-- of several earlier ones the same owner's, then the first told
nearest as (
    select
        later.dossier_key,
        min_by(
            earlier.dossier_key,
            (
                coalesce(earlier.owner_key <> later.owner_key, true),
                earlier.first_observed_at,
                earlier.code
            )
        ) as duplicate_of_key
    from known as later
    inner join known as earlier
        on
            later.unit_code = earlier.unit_code
            and later.procedure_key = earlier.procedure_key
            and later.received_at = earlier.received_at
            and later.due_at = earlier.due_at
    where
        (earlier.first_observed_at, earlier.code) < (later.first_observed_at, later.code)
        -- two people are two dossiers; where a list names nobody, the owner says nothing
        and coalesce(earlier.owner_key = later.owner_key, true)
    group by later.dossier_key
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
