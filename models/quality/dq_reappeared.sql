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
        row_number() over in_order as cover_no,
        cast(sum(weight) over in_order as bigint) as weight_so_far
    from (
        select
            batch_no,
            system,
            unit_code,
            observed_at,
            cast({{ row_hash(['batch_no']) }} >> 16 as bigint) as weight
        from {{ ref('int_unit_cover') }}
    ) as weighed
    window in_order as (partition by system, unit_code order by observed_at, batch_no)
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
        cover.weight,
        cover.weight_so_far,
        cover.observed_at,
        cover.batch_no,
        listed.line_no
    from listed
    -- a dossier is known in one system, that of its lists
    inner join cover on listed.batch_no = cover.batch_no and listed.unit_code = cover.unit_code
),

-- narrow, and on its own: where the engine sees grouping and join together, it groups sightings by
-- list first, and then joins with all of them on the side that is kept, under a thousand keys. In
-- three of some sixteen builds of 10 million dossiers that spilt 70 GB; why not in all is not known
weighed as {{ materialized() }} (
    select
        dossier_key,
        weight,
        weight_so_far
    from sighting
),

-- a dossier that stood in all lists from its first to its last has no gap to look for. They are
-- weighed, not counted: of random weights, a list that shows it twice never makes up for one that
-- does not show it; and a sum costs a third of a count of distinct lists
with_gap as (
    select dossier_key
    from weighed
    group by dossier_key
    having sum(weight) <> max(weight_so_far) - min(weight_so_far - weight)
),

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
