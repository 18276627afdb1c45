{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
-- What a list took back is known when it comes, with all that readers had until then: no later list
-- and no later publication changes it.
{% set rules = rule_sets() %}
{% set in_order -%}
effective_at, movement, tl_after_by_date, from_account, to_account, from_unit, to_unit, line_no
{%- endset %}
with

new_batch as ({{ unapplied_batches() }}),

posting as {{ not_materialized() }} (
    select * from {{ ref('fct_dossier_posting') }}
    {% if is_incremental() %}
    where batch_no in (select new_batch.batch_no from new_batch)
    {% endif %}
),

batch as (select * from {{ ref('dim_batch') }}),

period as (select * from {{ ref('dim_period') }}),

publication as (select * from {{ source('raw', 'publication') }}),

-- of two of a kind the first takes the place of the first
taken_back as (
    select
        *,
        {{ movement_group('movement') }} as movement_group,
        row_number() over (
            partition by dossier_key, batch_no, {{ movement_group('movement') }}
            order by {{ in_order }}
        ) as nth
    from posting
    where is_reversal
),

dossier as (
    select * from {{ ref('fct_dossier') }}
    where dossier_key in (select taken_back.dossier_key from taken_back)
),

version as (
    select * from {{ ref('fct_dossier_version') }}
    where
        dossier_key in (select taken_back.dossier_key from taken_back)
        {% if is_incremental() %}
        and batch_id in (select new_batch.batch_id from new_batch)
        {% endif %}
),

-- one closing may take the place of another kind of closing
put_instead as (
    select
        *,
        {{ movement_group('movement') }} as movement_group,
        row_number() over (
            partition by dossier_key, batch_no, {{ movement_group('movement') }}
            order by {{ in_order }}
        ) as nth
    from posting
    where
        not is_reversal
        and dossier_key in (select taken_back.dossier_key from taken_back)
),

rewritten as (
    select
        dossier.code,
        dossier.system,
        taken_back.to_unit as unit_code,
        taken_back.movement,
        taken_back.to_account as before_account,
        put_instead.to_account as after_account,
        taken_back.effective_at as before_effective_at,
        put_instead.effective_at as after_effective_at,
        taken_back.to_unit as before_unit,
        put_instead.to_unit as after_unit,
        taken_back.tl_after_by_date as before_timeliness,
        put_instead.tl_after_by_date as after_timeliness,
        -- overdue and open, then finished at the very due time; the same day alone says nothing
        coalesce(
            taken_back.movement = 'overdue'
            and put_instead.dossier_key is null
            and version.account like 'closed.%'
            and version.raw_ended_at = version.due_at
            and not version.ended_is_day
            and not version.due_is_day
            and version.due_is_computed is not true,
            false
        ) as is_overdue_reset,
        is_overdue_reset or coalesce(
            put_instead.to_account like 'closed.%'
            and put_instead.effective_at = version.due_at
            and taken_back.effective_at <> version.due_at,
            false
        ) as is_set_to_due,
        is_overdue_reset
        {% for rule in rules %}
        or coalesce(
            taken_back.tl_after_{{ rule }} = 'late'
            and put_instead.tl_after_{{ rule }} in ('early', 'on_time'),
            false
        )
        {% endfor %} as is_late_made_in_time,
        (
            taken_back.movement is not distinct from put_instead.movement
        and taken_back.to_account is not distinct from put_instead.to_account
        and taken_back.to_unit is not distinct from put_instead.to_unit
        {% for rule in rules %}
        and taken_back.tl_after_{{ rule }} is not distinct from put_instead.tl_after_{{ rule }}
        {% endfor %}
        ) as is_same_state,
        (
            taken_back.movement = 'receipt'
            and taken_back.channel is distinct from put_instead.channel
        ) as is_other_channel,
        cast(taken_back.effective_at as date) as before_day,
        cast(put_instead.effective_at as date) as after_day,
        batch.recorded_at,
        taken_back.known_at,
        taken_back.batch_id,
        taken_back.line_no
    from taken_back
    inner join dossier on taken_back.dossier_key = dossier.dossier_key
    inner join batch on taken_back.batch_no = batch.batch_no
    left join put_instead
        on
            taken_back.dossier_key = put_instead.dossier_key
            and taken_back.batch_no = put_instead.batch_no
            and taken_back.movement_group = put_instead.movement_group
            and taken_back.nth = put_instead.nth
    left join version
        on
            taken_back.dossier_key = version.dossier_key
            and batch.batch_id = version.batch_id
),

-- the days between which balances differ; a movement that is gone is missing for ever
spanned as (
    select
        *,
        least(before_day, coalesce(after_day, before_day)) as from_day,
        case
            when after_day is null then date '9999-12-31'
            else greatest(before_day, after_day)
        end as to_day,
        is_same_state and not is_other_channel as is_count_kept
    from rewritten
),

-- what readers had when the list came that says otherwise
published_before as (
    select
        recorded.recorded_at,
        max(publication.id) as publication,
        max_by(publication.known_until, publication.id) as known_until
    from (select distinct recorded_at from spanned) as recorded
    inner join publication on publication.published_at < recorded.recorded_at
    group by recorded.recorded_at
),

change as (
    select distinct
        recorded_at,
        before_day,
        after_day,
        from_day,
        to_day,
        is_count_kept
    from spanned
),

-- a period that holds both days, where nothing but the moment is another, keeps its figures
touched as (
    select
        change.recorded_at,
        change.before_day,
        change.after_day,
        change.is_count_kept,
        published_before.publication,
        count(*) as period_count,
        max_by(period.period_code, (period.last_day, period.first_day)) as newest_period
    from change
    inner join published_before on change.recorded_at = published_before.recorded_at
    inner join period
        on
            period.first_day <= published_before.known_until
            and change.from_day <= period.last_day
            and change.to_day >= period.first_day
    where
        not (
            change.is_count_kept
            and change.from_day >= period.first_day
            and change.to_day <= period.last_day
        )
    group by
        change.recorded_at,
        change.before_day,
        change.after_day,
        change.is_count_kept,
        published_before.publication
),

final as (
    select
        spanned.code,
        spanned.system,
        spanned.unit_code,
        spanned.movement,
        spanned.before_account,
        spanned.after_account,
        spanned.before_effective_at,
        spanned.after_effective_at,
        spanned.before_unit,
        spanned.after_unit,
        spanned.before_timeliness,
        spanned.after_timeliness,
        spanned.is_set_to_due,
        spanned.is_late_made_in_time,
        case
            when
                spanned.is_same_state
                and spanned.before_effective_at = spanned.after_effective_at
                then 'attribute'
            else 'fact'
        end as rewritten,
        touched.publication as published_in,
        coalesce(touched.period_count, 0) as published_periods,
        touched.newest_period as newest_published_period,
        spanned.known_at,
        spanned.batch_id,
        spanned.line_no
    from spanned
    left join touched
        on
            spanned.recorded_at = touched.recorded_at
            and spanned.before_day = touched.before_day
            and spanned.after_day is not distinct from touched.after_day
            and spanned.is_count_kept = touched.is_count_kept
)

select * from final
