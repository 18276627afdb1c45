{{ config(meta={'fed_by': ['dossier.ruled', 'national_code']}) }}
-- What people ruled of a dossier, as it stood in force one after the other. The newest of one kind
-- holds (of "keep" one for each finding), from its batch until it is undone or another takes its
-- place; where none is left, a row without a ruling says so. An undo cannot be undone. A closing in
-- no known way, or on no day, rules nothing: such rows are set aside now, older stores have them.
with

event as (select * from {{ source('raw', 'event') }} where type = 'dossier.ruled'),

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

other_code as (
    select * from {{ ref('int_dossier_code') }} where code_key <> dossier_key
),

named as (
    select
        *,
        {{ key63('subject') }} as subject_key,
        case
            when activity = 'void_as_duplicate_of'
                then {{ key63("concat(system, '/', " ~ json_text('data', 'value') ~ ")") }}
        end as other_key
    from event
),

said as (
    select
        coalesce(ruled_code.dossier_key, event.subject_key) as dossier_key,
        event.id as ruling_id,
        event.activity as kind,
        {{ json_text('event.data', 'value') }} as value,
        coalesce(kept_code.dossier_key, event.other_key) as other_key,
        event.occurred_at,
        coalesce(event.occurred_is_day, true) as occurred_is_day,
        batch.batch_no,
        event.line_no
    from named as event
    inner join batch on event.batch_id = batch.batch_id
    left join other_code as ruled_code on event.subject_key = ruled_code.code_key
    left join other_code as kept_code on event.other_key = kept_code.code_key
    where
        event.activity <> 'closed_on'
        or (
            event.occurred_at is not null
            and coalesce({{ json_text('event.data', 'value') }}, '') in (
                '', 'resolved', 'returned', 'withdrawn',
                'closed.resolved', 'closed.returned', 'closed.withdrawn'
            )
        )
),

undo as (
    select
        value as ruling_id,
        min(batch_no) as batch_no,
        min_by(line_no, batch_no) as line_no
    from said
    where kind = 'undo'
    group by value
),

-- of two dossiers that are void because of each other one must remain: the first ruling holds
in_circle as (
    select later.ruling_id
    from said as later
    inner join said as earlier
        on
            later.other_key = earlier.dossier_key
            and earlier.other_key = later.dossier_key
    left join undo on earlier.ruling_id = undo.ruling_id
    where
        later.other_key = later.dossier_key
        or (
            (
                earlier.batch_no < later.batch_no
                or (earlier.batch_no = later.batch_no and earlier.line_no < later.line_no)
            )
            and (undo.batch_no is null or undo.batch_no > later.batch_no)
        )
),

ruling as (
    select
        said.*,
        case when said.kind = 'keep' then coalesce(said.value, '') else '' end as topic,
        undo.batch_no as undone_batch_no,
        undo.line_no as undone_line_no
    from said
    left join undo on said.ruling_id = undo.ruling_id
    where
        said.kind <> 'undo'
        and said.ruling_id not in (select in_circle.ruling_id from in_circle)
        and (undo.batch_no is null or undo.batch_no > said.batch_no)
),

-- the batches at which something changes, and the line that says it
change as (
    select
        dossier_key,
        kind,
        topic,
        batch_no,
        max(line_no) as line_no
    from (
        select
            dossier_key,
            kind,
            topic,
            batch_no,
            line_no
        from ruling
        union all
        select
            dossier_key,
            kind,
            topic,
            undone_batch_no as batch_no,
            undone_line_no as line_no
        from ruling
        where undone_batch_no is not null
    ) as either
    group by
        dossier_key,
        kind,
        topic,
        batch_no
),

in_force as (
    select
        change.dossier_key,
        change.kind,
        change.topic,
        change.batch_no,
        change.line_no,
        ruling.ruling_id,
        ruling.value,
        ruling.occurred_at,
        ruling.occurred_is_day,
        row_number() over (
            partition by change.dossier_key, change.kind, change.topic, change.batch_no
            order by ruling.batch_no desc nulls last, ruling.line_no desc
        ) as newest
    from change
    left join ruling
        on
            change.dossier_key = ruling.dossier_key
            and change.kind = ruling.kind
            and change.topic = ruling.topic
            and change.batch_no >= ruling.batch_no
            and (ruling.undone_batch_no is null or change.batch_no < ruling.undone_batch_no)
),

final as (
    select
        dossier_key,
        kind,
        topic,
        batch_no as from_batch_no,
        lead(batch_no) over (
            partition by dossier_key, kind, topic order by batch_no
        ) as until_batch_no,
        line_no,
        ruling_id,
        value,
        occurred_at,
        occurred_is_day
    from in_force
    where newest = 1
)

select * from final
