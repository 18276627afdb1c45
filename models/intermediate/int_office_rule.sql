{{ config(meta={'fed_by': ['unit_name', 'dossier.ruled']}) }}
-- Which rule of which office holds for a unit: its own, else that of the nearest unit above it that
-- has one in force, else that of every office (*).
with recursive

unit as (select * from {{ ref('dim_unit') }}),

rule as (select * from {{ ref('office_rule') }}),

above as (
    select
        unit_code,
        unit_code as above_code,
        0 as distance
    from unit
    union all
    select
        above.unit_code,
        unit.parent_code as above_code,
        above.distance + 1 as distance
    from above
    inner join unit on above.above_code = unit.unit_code
    -- a list of units may name a circle
    where unit.parent_code is not null and above.distance < 10
),

followed as (
    select * from above
    union all
    select
        unit_code,
        '*' as above_code,
        100 as distance
    from unit
    union all
    select
        '*' as unit_code,
        '*' as above_code,
        0 as distance
),

candidate as (
    select
        followed.unit_code,
        followed.distance,
        rule.valid_from,
        rule.cut_off,
        rule.opens,
        rule.lunch_from,
        rule.lunch_to,
        rule.closes,
        rule.restart_mode
    from followed
    inner join rule on followed.above_code = rule.unit_code
),

change as (
    select distinct
        unit_code,
        valid_from
    from candidate
),

in_force as (
    select
        change.unit_code,
        change.valid_from,
        candidate.cut_off,
        candidate.opens,
        candidate.lunch_from,
        candidate.lunch_to,
        candidate.closes,
        candidate.restart_mode,
        row_number() over (
            partition by change.unit_code, change.valid_from
            order by candidate.distance asc, candidate.valid_from desc
        ) as choice
    from change
    inner join candidate
        on
            change.unit_code = candidate.unit_code
            and change.valid_from >= candidate.valid_from
),

final as (
    select
        unit_code,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (partition by unit_code order by valid_from)
            as valid_to,
        {% for clock in ['cut_off', 'opens', 'lunch_from', 'lunch_to', 'closes'] %}
        date_diff('second', time '00:00', {{ clock }}) as {{ clock }}_second,
        {% endfor %}
        restart_mode
    from in_force
    where choice = 1
)

select * from final
