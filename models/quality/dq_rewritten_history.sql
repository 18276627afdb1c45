with

posting as (select * from {{ ref('fct_dossier_posting') }}),

batch as (select * from {{ ref('dim_batch') }}),

dossier as (select * from {{ ref('fct_dossier') }}),

version as (select * from {{ ref('fct_dossier_version') }}),

taken_back as (select * from posting where is_reversal),

-- one closing may take the place of another kind of closing
put_instead as (
    select
        dossier_key,
        batch_no,
        {{ movement_group('movement') }} as movement_group,
        min(effective_at) as effective_at,
        min_by(to_account, effective_at) as to_account,
        min_by(to_unit, effective_at) as to_unit,
        min_by(tl_after_by_date, effective_at) as tl_after_by_date
    from posting
    where
        not is_reversal
        and dossier_key in (select taken_back.dossier_key from taken_back)
    group by
        dossier_key,
        batch_no,
        {{ movement_group('movement') }}
),

final as (
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
        coalesce(
            put_instead.effective_at = version.due_at
            and taken_back.effective_at <> version.due_at,
            false
        ) as is_set_to_due,
        coalesce(
            taken_back.tl_after_by_date = 'late'
            and put_instead.tl_after_by_date in ('early', 'on_time'),
            false
        ) as is_late_made_in_time,
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
            and {{ movement_group('taken_back.movement') }} = put_instead.movement_group
    left join version
        on
            taken_back.dossier_key = version.dossier_key
            and batch.batch_id = version.batch_id
)

select * from final
