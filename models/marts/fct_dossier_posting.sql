{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
{% set rules = rule_sets() %}
{% set told = [
    'movement', 'from_account', 'to_account', 'from_unit', 'to_unit', 'effective_at',
] + movement_attributes() %}
{% for rule in rules %}
{% do told.extend(['tl_before_' ~ rule, 'tl_after_' ~ rule]) %}
{% endfor %}
{% set identity = told + ['occurrence'] %}
{% set posted_columns = ['dossier_key'] + told %}
with

new_batch as ({{ unapplied_batches() }}),

batch as (select * from {{ ref('dim_batch') }}),

horizon as (select * from {{ ref('int_horizon') }}),

first_reach as (
    select
        unit_code,
        day,
        batch_no
    from horizon
    where is_first
),

movement as {{ not_materialized() }} (
    select * exclude (due_dates)
    from {{ ref('int_movement') }}
),

history as {{ not_materialized() }} (
    select
        *,
        account like 'open.%' as is_open,
        account like 'closed.%' as is_closed
    from {{ ref('int_dossier_history') }}
),

{{ general_dossiers() }},

{{ short_way() }},

overdue as {{ not_materialized() }} (
    select * from movement
    where movement = 'overdue'
    union all
    select * from short_overdue
),

-- time passing makes a dossier overdue: known at the first batch whose list was made after it, for
-- a day before all lists of the unit at the first of them
fallen_due as (
    select
        overdue.*,
        greatest(overdue.version_batch_no, coalesce(horizon.batch_no, first_reach.batch_no))
            as known_batch_no
    from overdue
    inner join first_reach on overdue.to_unit = first_reach.unit_code
    left join horizon
        on
            overdue.to_unit = horizon.unit_code
            and cast(overdue.effective_at as date) = horizon.day
    where horizon.day is not null or cast(overdue.effective_at as date) < first_reach.day
),

-- movements of the general way, and those that passing time makes known
undecided as {{ not_materialized() }} (
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
in_version as (
    select
        dossier_key,
        version_no,
        {{ row_hash(identity) }} as identity
    from undecided
    where version_no > 1 or next_batch_no is not null
),

compared as (
    select
        undecided.*,
        before.dossier_key is null as is_new,
        undecided.next_batch_no is not null and after.dossier_key is null as is_gone
    from undecided
    left join in_version as before
        on
            undecided.version_no > 1
            and undecided.dossier_key = before.dossier_key
            and undecided.version_no - 1 = before.version_no
            and {{ row_hash(identity, 'undecided') }} = before.identity
    left join in_version as after
        on
            undecided.next_batch_no is not null
            and undecided.dossier_key = after.dossier_key
            and undecided.version_no + 1 = after.version_no
            and {{ row_hash(identity, 'undecided') }} = after.identity
),

{% set parts = {
    'compared': 'known_batch_no',
    'short_receipt': 'version_batch_no',
    'short_closing': 'version_batch_no',
} %}
posted as (
    {% for part, known_batch_no in parts.items() %}
    select
        {{ posted_columns | join(', ') }},
        1 as quantity,
        {{ known_batch_no }} as posted_batch_no,
        batch_no as shown_batch_no,
        line_no as shown_line_no
    from {{ part }}
    where is_new
    union all
    select
        {{ posted_columns | join(', ') }},
        -1 as quantity,
        next_batch_no as posted_batch_no,
        next_row_batch_no as shown_batch_no,
        next_row_line_no as shown_line_no
    from {{ part }}
    where is_gone
    {{ "union all" if not loop.last }}
    {% endfor %}
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
