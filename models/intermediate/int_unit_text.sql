{{ config(meta={'fed_by': ['unit_name']}) }}
-- What a source calls a unit -> unit code, by the day of the list: the YAML's own map first, then
-- the units lists of that system: the unit that had the name on that day; where none had it, the
-- last that had it before, else the first that has it after; else what a unit was once called; else
-- a provisional unit whose code is the text itself. So is a name that two units had on that day:
-- which one is meant is for the YAML's map to say.
{% set beginning, end = "date '0001-01-01'", "date '9999-12-31'" %}
with

batch as (select * from {{ ref('dim_batch') }}),

batch_unit as (select * from {{ source('raw', 'batch_unit') }}),

declared as (select * from {{ source('raw', 'map_unit') }}),

listed as (select * from {{ ref('stg_unit_validity') }}),

succession as (select * from {{ ref('int_succession') }}),

text as (
    select distinct
        batch.source,
        batch.system,
        batch_unit.unit_name,
        {{ text_key('batch_unit.unit_name') }} as unit_key
    from batch_unit
    inner join batch on batch_unit.batch_id = batch.batch_id
    where batch_unit.unit_name is not null
),

-- a successor of which no beginning is told takes the name over on the day of the succession
taken_over as (
    select
        heir.system,
        heir.unit_code,
        heir.unit_key,
        max(succession.since) as since
    from listed as heir
    inner join succession on heir.unit_code = succession.successor_code
    inner join listed as giver
        on
            succession.unit_code = giver.unit_code
            and heir.system = giver.system
            and heir.unit_key = giver.unit_key
    where heir.valid_from is null
    group by
        heir.system,
        heir.unit_code,
        heir.unit_key
),

-- who has a name and on which days; the source's own map comes before the lists
holder as (
    select
        text.source,
        text.unit_name,
        declared.unit_code,
        coalesce(declared.valid_from, {{ beginning }}) as first_day,
        coalesce(declared.valid_to, {{ end }}) as end_day,
        true as is_declared
    from text
    inner join declared on text.source = declared.source and text.unit_key = declared.unit_key
    union all
    select
        text.source,
        text.unit_name,
        listed.unit_code,
        coalesce(listed.valid_from, taken_over.since, {{ beginning }}) as first_day,
        coalesce(listed.valid_to, {{ end }}) as end_day,
        false as is_declared
    from text
    inner join listed on text.system = listed.system and text.unit_key = listed.unit_key
    left join taken_over
        on
            listed.system = taken_over.system
            and listed.unit_code = taken_over.unit_code
            and listed.unit_key = taken_over.unit_key
            and listed.valid_from is null
),

edge as (
    select source, unit_name, {{ beginning }} as day from text
    union
    select source, unit_name, first_day as day from holder
    union
    select source, unit_name, end_day as day from holder where end_day < {{ end }}
),

span as (
    select
        source,
        unit_name,
        day as first_day,
        lead(day, 1, {{ end }}) over (partition by source, unit_name order by day) as end_day
    from edge
),

-- 1 declared, 2 listed for these days, 3 listed for days before, 4 listed for days after
claim as (
    select
        span.source,
        span.unit_name,
        span.first_day,
        holder.unit_code,
        case
            when holder.is_declared then 1
            when holder.end_day <= span.first_day then 3
            when holder.first_day >= span.end_day then 4
            else 2
        end as preference,
        -- of several before the last, of several after the first
        case
            when holder.end_day <= span.first_day then {{ end }} - holder.end_day
            when holder.first_day >= span.end_day then holder.first_day - {{ beginning }}
            else 0
        end as distance
    from span
    inner join holder on span.source = holder.source and span.unit_name = holder.unit_name
    where
        not holder.is_declared
        or (holder.first_day < span.end_day and span.first_day < holder.end_day)
),

nearest as (
    select
        *,
        dense_rank() over (
            partition by source, unit_name, first_day order by preference, distance
        ) as nearness
    from claim
),

meant as (
    select
        source,
        unit_name,
        first_day,
        case when count(distinct unit_code) = 1 then min(unit_code) end as unit_code
    from nearest
    where nearness = 1
    group by
        source,
        unit_name,
        first_day
),

named_before as (
    select
        system,
        {{ text_key(json_text('data', 'name')) }} as unit_key,
        max_by({{ json_text('data', 'code') }}, (observed_at, known_at, batch_id, line_no))
            as unit_code
    from {{ source('raw', 'event') }}
    where type = 'unit.observed'
    group by
        system,
        {{ text_key(json_text('data', 'name')) }}
),

-- the name that no list of today has belonged to a unit that has another name now
spoken as (
    select
        text.source,
        text.system,
        text.unit_name,
        span.first_day,
        case
            when meant.source is null then named_before.unit_code
            else meant.unit_code
        end as unit_code
    from text
    inner join span on text.source = span.source and text.unit_name = span.unit_name
    left join meant
        on
            span.source = meant.source
            and span.unit_name = meant.unit_name
            and span.first_day = meant.first_day
    left join named_before
        on text.system = named_before.system and text.unit_key = named_before.unit_key
),

compared as (
    select
        *,
        lag(unit_code) over in_order as unit_before,
        row_number() over in_order as span_no
    from spoken
    window in_order as (partition by source, unit_name order by first_day)
),

turned as (
    select
        *,
        lead(first_day) over in_order as next_day,
        count(*) over (partition by source, unit_name) > 1 as is_shared
    from compared
    where span_no = 1 or unit_code is distinct from unit_before
    window in_order as (partition by source, unit_name order by first_day)
),

final as (
    select
        source,
        system,
        unit_name,
        coalesce(unit_code, unit_name) as unit_code,
        unit_code is null as is_provisional,
        is_shared,
        case when span_no > 1 then first_day end as valid_from,
        next_day as valid_to
    from turned
)

select * from final
