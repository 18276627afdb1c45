-- depends_on: {{ ref('int_dossier_touched') }}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ forget_seen_dossiers() }}",
    post_hook="{{ mark_applied() }}",
) }}
with

batch as (select * from {{ ref('dim_batch') }}),

cover as (
    select
        *,
        row_number() over (
            partition by system, unit_code
            order by observed_at, batch_no
        ) as cover_no
    from {{ ref('int_unit_cover') }}
),

version as (select * from {{ ref('fct_dossier_version') }}),

dossier as {{ materialized() if is_incremental() else not_materialized() }} (
    select * from {{ ref('fct_dossier') }}
    where
        not is_in_two_units
        {% if is_incremental() %}
        and dossier_key in (select seen.dossier_key from meta.seen_dossier as seen)
        {% endif %}
),

listed as {{ materialized() }} (
    select
        sighting.dossier_key,
        sighting.batch_no,
        sighting.line_no,
        dossier.unit_code
    from {{ ref('int_dossier_sighting') }} as sighting
    inner join dossier on sighting.dossier_key = dossier.dossier_key
    where sighting.is_dated is not true
),

sighting as {{ not_materialized() }} (
    select
        listed.dossier_key,
        listed.unit_code,
        cover.system,
        cover.cover_no,
        cover.observed_at,
        cover.batch_no,
        listed.line_no
    from listed
    -- a dossier is known in one system, that of its lists
    inner join cover on listed.batch_no = cover.batch_no and listed.unit_code = cover.unit_code
),

-- narrow rows, sorted: what is wide is read of dossiers with a gap only. Not by a grouping: when
-- models beside it have reserved the memory, DuckDB's hash grouping of millions of dossiers writes
-- blocks that are nearly empty (28 GB for 0.3 GB of groups, 140 s in place of 3, once in six times
-- beside dq_rewritten_history; sorted: never in 48, and as fast)
numbered as {{ materialized() }} (
    select
        dossier_key,
        cover_no
    from sighting
),

stepped as (
    select
        dossier_key,
        cover_no - lag(cover_no) over (partition by dossier_key order by cover_no) as step
    from numbered
),

with_gap as (select dossier_key from stepped where step > 1),

gapped_sighting as (
    select distinct *
    from sighting
    where dossier_key in (select with_gap.dossier_key from with_gap)
),

in_order as (
    select
        *,
        lag(cover_no) over (partition by dossier_key order by cover_no) as cover_no_before,
        lag(observed_at) over (partition by dossier_key order by cover_no) as observed_before,
        lag(batch_no) over (partition by dossier_key order by cover_no) as batch_no_before
    from gapped_sighting
),

gap as (select * from in_order where cover_no > cover_no_before + 1),

-- a closed dossier rightly leaves the lists of later periods
state_before as (
    select
        gap.dossier_key,
        gap.batch_no,
        max_by(version.account, version.version_no) as account,
        max_by(coalesce(version.received_at, gap.observed_before), version.version_no)
            as received_at
    from gap
    inner join version
        on gap.dossier_key = version.dossier_key and version.batch_no <= gap.batch_no_before
    group by
        gap.dossier_key,
        gap.batch_no
),

-- a list of the unit in between that should have shown it
passed_over as (
    select distinct
        gap.dossier_key,
        gap.batch_no
    from gap
    inner join state_before
        on gap.dossier_key = state_before.dossier_key and gap.batch_no = state_before.batch_no
    inner join cover
        on
            gap.system = cover.system
            and gap.unit_code = cover.unit_code
            and gap.cover_no_before < cover.cover_no
            and cover.cover_no < gap.cover_no
    inner join batch on cover.batch_no = batch.batch_no
    where
        state_before.account like 'open.%'
        and {{ list_should_show(
            'state_before.account', "timestamp 'infinity'", 'state_before.received_at', 'batch',
        ) }}
),

final as (
    select
        gap.dossier_key,
        dossier.code,
        gap.system,
        gap.unit_code,
        gap.observed_before as last_observed_at,
        gap.observed_at as observed_again_at,
        batch.batch_id,
        gap.line_no
    from gap
    inner join passed_over
        on gap.dossier_key = passed_over.dossier_key and gap.batch_no = passed_over.batch_no
    inner join batch on gap.batch_no = batch.batch_no
    inner join dossier on gap.dossier_key = dossier.dossier_key
)

select * from final
