{{ config(
    materialized='incremental',
    incremental_strategy='append',
    post_hook="{{ mark_applied() }}",
) }}
-- What a list took back is known when it comes, with all that readers had until then: no later list
-- and no later publication changes it.
{% set rules = rule_sets() %}
{% set tl_columns = {'before': [], 'after': []} %}
{% for rule in rules %}
{% do tl_columns['before'].append('tl_before_' ~ rule) %}
{% do tl_columns['after'].append('tl_after_' ~ rule) %}
{% endfor %}
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

-- by the code that it had first: what stands here is not told anew when another one comes
first_code as (
    select distinct
        dossier_key,
        first_code
    from {{ ref('int_dossier_code') }}
),

dossier as (
    select known.* replace (coalesce(first_code.first_code, known.code) as code)
    from {{ ref('fct_dossier') }} as known
    left join first_code on known.dossier_key = first_code.dossier_key
    where known.dossier_key in (select taken_back.dossier_key from taken_back)
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

-- where a dossier stood, before against after: a day's balances differ while the sum of what was
-- added and taken away by its end, each state with a number of its own, is not 0
state_change as (
    {% for leg, timeliness, sign in [('to', 'after', ''), ('from', 'before', '-')] %}
    select
        dossier_key,
        batch_no,
        cast(effective_at as date) as day,
        {{ sign }}quantity * cast({{ row_hash(
            [leg ~ '_unit', leg ~ '_account'] + tl_columns[timeliness]
        ) }} >> 1 as bigint) as weight
    from posting
    where
        {{ leg }}_account like 'open.%'
        and dossier_key in (select taken_back.dossier_key from taken_back)
    {{ "union all" if not loop.last }}
    {% endfor %}
),

same_again as (
    select
        dossier_key,
        batch_no,
        day
    from (
        select
            dossier_key,
            batch_no,
            day,
            sum(sum(weight)) over (partition by dossier_key, batch_no order by day) as difference
        from state_change
        group by
            dossier_key,
            batch_no,
            day
    ) as by_day
    where difference = 0
),

rewritten as (
    select
        taken_back.dossier_key,
        taken_back.batch_no,
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
        and taken_back.from_unit is not distinct from put_instead.from_unit
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

-- from a day of what was rewritten on, the first at whose end all is as it was; null: never again
settled as (
    select
        rewritten.dossier_key,
        rewritten.batch_no,
        rewritten.day,
        min(same_again.day) as settled_day
    from (
        {% for day in ['before_day', 'after_day'] %}
        select
            dossier_key,
            batch_no,
            {{ day }} as day
        from rewritten
        {{ "union" if not loop.last }}
        {% endfor %}
    ) as rewritten
    inner join same_again
        on
            rewritten.dossier_key = same_again.dossier_key
            and rewritten.batch_no = same_again.batch_no
            and rewritten.day <= same_again.day
    group by
        rewritten.dossier_key,
        rewritten.batch_no,
        rewritten.day
),

spanned as (
    select
        rewritten.*,
        coalesce(from_before.settled_day, date '9999-12-31') as before_settled_day,
        case
            when rewritten.after_day is not null
                then coalesce(from_after.settled_day, date '9999-12-31')
        end as after_settled_day,
        -- no figure counts how often it was paused, or fell due
        case
            when rewritten.movement in ('pause', 'resume', 'overdue') then 'balance'
            when rewritten.is_same_state and not rewritten.is_other_channel then 'day'
            else 'count'
        end as kind
    from rewritten
    {% for day in ['before', 'after'] %}
    left join settled as from_{{ day }}
        on
            rewritten.dossier_key = from_{{ day }}.dossier_key
            and rewritten.batch_no = from_{{ day }}.batch_no
            and rewritten.{{ day }}_day = from_{{ day }}.day
    {% endfor %}
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
    select distinct recorded_at, before_day, after_day, before_settled_day, after_settled_day, kind
    from spanned
),

change_in_period as (
    select
        change.*,
        published_before.publication,
        period.period_code,
        period.first_day,
        period.last_day,
        -- at the end of these days the dossiers that stand there are counted
        least(period.last_day, published_before.known_until) as balance_day,
        cast(period.first_day - interval 1 day as date) as eve,
        change.before_day between period.first_day and period.last_day as has_before,
        coalesce(change.after_day between period.first_day and period.last_day, false)
            as has_after
    from change
    inner join published_before on change.recorded_at = published_before.recorded_at
    inner join period on published_before.known_until >= period.first_day
),

touched as (
    select
        recorded_at, before_day, after_day, before_settled_day, after_settled_day, kind,
        publication,
        count(*) as period_count,
        max_by(period_code, (last_day, first_day)) as newest_period
    from change_in_period
    where
        (kind = 'count' and (has_before or has_after))
        or (kind = 'day' and has_before <> has_after)
        {% for counted in ['balance_day', 'eve'] %}
        {% for day in ['before', 'after'] %}
        or ({{ counted }} >= {{ day }}_day and {{ counted }} < {{ day }}_settled_day)
        {% endfor %}
        {% endfor %}
    group by
        recorded_at, before_day, after_day, before_settled_day, after_settled_day, kind,
        publication
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
            and spanned.before_settled_day = touched.before_settled_day
            and spanned.after_settled_day is not distinct from touched.after_settled_day
            and spanned.kind = touched.kind
)

select * from final
