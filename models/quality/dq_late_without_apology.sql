-- depends_on: {{ ref('int_dossier_touched') }}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_unapologised_dossiers() }}",
    post_hook="{{ mark_applied() }}",
) }}
with

kept as (
    {{ kept_dossiers('late_without_apology') }}
),

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

posting as (select * from {{ ref('fct_dossier_posting') }}),

-- of all dossiers read where it is needed, of a few once
dossier as {{ materialized() if is_incremental() else not_materialized() }} (
    select * from {{ ref('fct_dossier') }}
    where
        dossier_key not in (select kept.dossier_key from kept)
        {% if is_incremental() %}
        and dossier_key in (select again.dossier_key from meta.apology_dossier as again)
        {% endif %}
),

form as (select * from {{ ref('fct_form') }}),

-- where nobody sends lists of forms, a form that is not there says nothing
forms_source as (
    select
        system,
        scope_unit,
        case when count(*) = count(scope_from) then min(scope_from) end as covered_from,
        max(reach_date) as covered_until
    from batch
    where kind = 'forms'
    group by
        system,
        scope_unit
),

-- most stores have no lists of forms: then no posting is read
covered as {{ materialized() }} (
    select distinct dossier.dossier_key
    from dossier
    inner join forms_source on dossier.system = forms_source.system
),

late as (
    select dossier_key
    from posting
    where
        dossier_key in (select covered.dossier_key from covered)
        and (
            tl_after_by_date in ('overdue', 'late')
            or tl_before_by_date in ('overdue', 'late')
        )
    group by dossier_key
    having
        sum(case when tl_after_by_date in ('overdue', 'late') then quantity else 0 end)
        > sum(case when tl_before_by_date in ('overdue', 'late') then quantity else 0 end)
),

apology as (select distinct dossier_key from form where form_kind = 'apology'),

final as (
    select
        dossier.dossier_key,
        dossier.code,
        dossier.system,
        dossier.unit_code,
        dossier.account,
        dossier.received_at,
        dossier.due_at,
        dossier.ended_at,
        max(forms_source.covered_until) as forms_until,
        dossier.row_batch_id as batch_id,
        dossier.line_no
    from dossier
    inner join late on dossier.dossier_key = late.dossier_key
    inner join forms_source
        on
            dossier.system = forms_source.system
            and (forms_source.scope_unit is null or forms_source.scope_unit = dossier.unit_code)
    left join apology on dossier.dossier_key = apology.dossier_key
    where
        apology.dossier_key is null
        -- what fell due on the last day of the lists, or after it, may stand in the next one
        and cast(dossier.due_at as date) < forms_source.covered_until
        and (
            forms_source.covered_from is null
            or cast(dossier.due_at as date) >= forms_source.covered_from
        )
    group by
        dossier.dossier_key,
        dossier.code,
        dossier.system,
        dossier.unit_code,
        dossier.account,
        dossier.received_at,
        dossier.due_at,
        dossier.ended_at,
        dossier.row_batch_id,
        dossier.line_no
)

select * from final
