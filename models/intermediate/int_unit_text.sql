{{ config(meta={'fed_by': ['unit_name']}) }}
-- What a source calls a unit -> unit code: the YAML's own map first, then the names of the units
-- lists of that system (what a unit is called in the newest, else what one was called before: lists
-- of then still name it so), else a provisional unit whose code is the text itself. So is a name
-- that two units have today: which one is meant is for the YAML's map to say.
with

batch as (select * from {{ ref('dim_batch') }}),

batch_unit as (select * from {{ source('raw', 'batch_unit') }}),

declared as (select * from {{ source('raw', 'map_unit') }}),

listed as (select * from {{ ref('stg_unit') }}),

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

by_name as (
    select
        system,
        unit_key,
        case
            when count(distinct case when valid_to is null then unit_code end) <= 1
                then coalesce(max(case when valid_to is null then unit_code end), max(unit_code))
        end as unit_code,
        count(distinct case when valid_to is null then unit_code end) > 1 as is_ambiguous
    from listed
    group by
        system,
        unit_key
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

final as (
    select
        text.source,
        text.system,
        text.unit_name,
        coalesce(
            declared.unit_code, by_name.unit_code, named_before.unit_code, text.unit_name
        ) as unit_code,
        coalesce(declared.unit_code, by_name.unit_code, named_before.unit_code) is null
            as is_provisional
    from text
    left join declared on text.source = declared.source and text.unit_key = declared.unit_key
    left join by_name on text.system = by_name.system and text.unit_key = by_name.unit_key
    left join named_before
        on
            text.system = named_before.system
            and text.unit_key = named_before.unit_key
            and by_name.is_ambiguous is not true
)

select * from final
