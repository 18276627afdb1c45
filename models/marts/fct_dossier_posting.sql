{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
{% set rules = rule_sets() %}
{% set identity = [
    'movement', 'from_account', 'to_account', 'from_unit', 'to_unit', 'effective_at',
    'channel', 'source_channel', 'procedure_key', 'occurrence',
] %}
with

new_batch as ({{ unapplied_batches() }}),

batch as (select * from {{ ref('dim_batch') }}),

horizon as (select * from {{ ref('int_horizon') }}),

first_reach as (
    select
        unit_code,
        day
    from horizon
    where is_first
),

movement as (select * from {{ ref('int_movement') }}),

-- time passing makes a dossier overdue: known at the first batch whose list was made after it
fallen_due as (
    select
        movement.*,
        greatest(movement.version_batch_no, horizon.batch_no) as known_batch_no
    from movement
    inner join first_reach on movement.to_unit = first_reach.unit_code
    inner join horizon
        on
            movement.to_unit = horizon.unit_code
            and greatest(cast(movement.effective_at as date), first_reach.day) = horizon.day
    where movement.movement = 'overdue'
),

known as (
    select
        *,
        version_batch_no as known_batch_no
    from movement
    where movement <> 'overdue'
    union all
    -- a version that a newer one took the place of before that day never saw it
    select * from fallen_due
    where next_batch_no is null or known_batch_no < next_batch_no
),

-- a movement stands from the version that has it first to the one that has it no more
in_order as (
    select
        *,
        lag(version_no) over same as version_before,
        lead(version_no) over same as version_after
    from known
    where version_no > 1 or next_batch_no is not null
    window same as (
        partition by
            dossier_key,
            {% for rule in rules %}tl_before_{{ rule }}, tl_after_{{ rule }}, {% endfor %}
            {{ identity | join(', ') }}
        order by version_no
    )
    union all
    -- the only version of a dossier has nothing to be compared with
    select
        *,
        cast(null as bigint) as version_before,
        cast(null as bigint) as version_after
    from known
    where version_no = 1 and next_batch_no is null
),

posted as (
    select
        *,
        1 as quantity,
        known_batch_no as posted_batch_no,
        batch_no as shown_batch_no,
        line_no as shown_line_no
    from in_order
    where version_before is null or version_before <> version_no - 1
    union all
    select
        *,
        -1 as quantity,
        next_batch_no as posted_batch_no,
        next_row_batch_no as shown_batch_no,
        next_row_line_no as shown_line_no
    from in_order
    where next_batch_no is not null and (version_after is null or version_after <> version_no + 1)
),

final as (
    select
        posted.dossier_key,
        posted.movement,
        posted.from_account,
        posted.to_account,
        posted.from_unit,
        posted.to_unit,
        cast(posted.quantity as integer) as quantity,
        posted.effective_at,
        cast(posted.effective_at as date) as effective_date,
        known_batch.known_at,
        evidence.batch_id,
        posted.shown_line_no as line_no,
        {% for rule in rules %}
        posted.tl_before_{{ rule }},
        posted.tl_after_{{ rule }},
        {% endfor %}
        posted.channel,
        posted.source_channel,
        posted.procedure_key,
        posted.quantity < 0 as is_reversal,
        posted.posted_batch_no as batch_no
    from posted
    inner join new_batch on posted.posted_batch_no = new_batch.batch_no
    inner join batch as known_batch on posted.posted_batch_no = known_batch.batch_no
    inner join batch as evidence on posted.shown_batch_no = evidence.batch_no
)

select * from final
