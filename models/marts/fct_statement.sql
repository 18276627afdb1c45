{{ config(meta={'fed_by': ['statement.made', 'unit_name', 'dossier.ruled']}) }}
-- Figures that documents state: the five of the seed, those that were read, what we closed
-- ourselves. Of one document (and rule set) the newest list is the current reading.
with

event as (select * from {{ source('raw', 'event') }} where type = 'statement.made'),

seeded as (select * from {{ ref('statement_figure') }}),

document as (select * from {{ ref('statement_document') }}),

unit_name as (
    select
        {{ unit_name_key('unit_name') }} as unit_key,
        min(unit_code) as unit_code
    from {{ ref('dim_unit') }}
    group by {{ unit_name_key('unit_name') }}
    having count(*) = 1
),

told as (
    select
        {{ json_text('data', 'document') }} as document,
        {{ json_text('data', 'origin') }} as origin,
        coalesce({{ json_text('data', 'rule_set') }}, 'by_date') as rule_set,
        unit_name,
        coalesce(
            {{ json_text('data', 'unit_code') }},
            case when {{ json_text('data', 'origin') }} = 'closed_period' then unit_name end
        ) as given_unit,
        cast(occurred_at as date) as issued_on,
        {{ json_text('data', 'figure') }} as figure,
        coalesce({{ json_text('data', 'dims') }}, '') as dims,
        coalesce({{ json_text('data', 'level') }}, 'all') as level,
        cast({{ json_text('data', 'period_from') }} as date) as period_from,
        cast({{ json_text('data', 'period_to') }} as date) as period_to,
        cast({{ json_text('data', 'figure_value') }} as double) as stated_value,
        {{ json_text('data', 'unit_of_measure') }} as unit_of_measure,
        {{ json_text('data', 'qualifier') }} as qualifier,
        coalesce({{ json_text('data', 'alternatives') }}, '') as alternatives,
        cast(coalesce({{ json_text('data', 'report_line') }}, cast(line_no as varchar)) as integer)
            as line,
        known_at,
        batch_id,
        line_no
    from event
    union all
    select
        seeded.document,
        'seed' as origin,
        'by_date' as rule_set,
        seeded.unit as unit_name,
        cast(null as varchar) as given_unit,
        document.issued_on,
        seeded.figure,
        coalesce(seeded.dims, '') as dims,
        seeded.level,
        seeded.period_from,
        seeded.period_to,
        cast(seeded.stated_value as double) as stated_value,
        seeded.unit_of_measure,
        seeded.qualifier,
        coalesce(seeded.alternatives, '') as alternatives,
        seeded.line_no as line,
        cast(document.issued_on as timestamp) as known_at,
        'seed' as batch_id,
        cast(
            row_number() over (
                order by
                    seeded.document,
                    seeded.line_no,
                    seeded.figure,
                    seeded.dims,
                    seeded.period_from,
                    seeded.stated_value
            ) as integer
        ) as line_no
    from seeded
    inner join document on seeded.document = document.document
),

numbered as (
    select
        told.*,
        -- a reading from the store wins over the seed, whatever its date
        dense_rank() over (
            partition by told.document, told.rule_set
            order by
                case when told.batch_id = 'seed' then 1 else 0 end,
                told.known_at desc,
                told.batch_id desc
        ) as reading_no
    from told
),

final as (
    select
        numbered.document,
        numbered.origin,
        numbered.rule_set,
        numbered.unit_name,
        coalesce(numbered.given_unit, unit_name.unit_code) as unit_code,
        numbered.issued_on,
        numbered.figure,
        numbered.dims,
        numbered.level,
        numbered.period_from,
        numbered.period_to,
        numbered.stated_value,
        numbered.unit_of_measure,
        numbered.qualifier,
        numbered.alternatives,
        numbered.alternatives <> '' as is_doubtful,
        numbered.reading_no = 1 as is_current,
        numbered.line,
        numbered.known_at,
        numbered.batch_id,
        numbered.line_no
    from numbered
    left join unit_name
        on {{ unit_name_key('numbered.unit_name') }} = unit_name.unit_key
)

select * from final
