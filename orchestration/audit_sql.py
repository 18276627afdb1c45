"""What the audit fetches: one small frame per suite, aggregated in DuckDB from the build warehouse.

A frame has the columns that its suite in ``expectations/suites.py`` names; its other columns
explain a failing row.
"""

from typing import Final

from orchestration.sources.kinds import KINDS

_REPEATED: Final = ", ".join(
    f"'{kind.type}'" for kind in KINDS.values() if kind.sighted_again == kind.type
)
_ONCE: Final = ", ".join(
    f"'{kind.type}'" for kind in KINDS.values() if kind.sighted_again != kind.type
)

FILES: Final = f"""
with stored as (
    -- a list of units, procedures or feedback repeats its content in each batch: nothing to compare
    select
        batch_id,
        count(*) filter (where type in ({_ONCE})) as contents,
        bool_or(type in ({_REPEATED})) as is_catalogue
    from raw.event
    group by batch_id
)

select
    batch.batch_id,
    batch.source,
    batch.file,
    batch.rows_read,
    batch.rows_stored + batch.rows_unchanged + batch.rows_duplicate + batch.rows_quarantined
        as rows_accounted,
    batch.rows_stored,
    case when not coalesce(stored.is_catalogue, false) then coalesce(stored.contents, 0) end
        as rows_in_store,
    batch.control_total,
    batch.rows_quarantined,
    batch.rows_quarantined / nullif(batch.rows_read, 0) as share_set_aside
from raw.batch as batch
left join stored on batch.batch_id = stored.batch_id
order by batch.batch_id
"""

EVENTS: Final = """
with twice as (
    select id
    from raw.event
    where id is not null
    group by id
    having count(*) > 1
),

event as (
    select
        batch_id,
        count(*) as events,
        count(*) filter (where subject is null) as null_subjects,
        count(*) filter (where id in (select twice.id from twice)) as duplicate_ids
    from raw.event
    group by batch_id
)

select
    event.batch_id,
    batch.source,
    batch.file,
    event.events,
    event.null_subjects,
    event.duplicate_ids,
    (batch.known_at < batch.observed_at)::integer as known_too_early
from event
inner join raw.batch as batch on event.batch_id = batch.batch_id
order by event.batch_id
"""

MOVEMENTS: Final = """
with posted as (
    select
        movement,
        from_account,
        to_account,
        from_account = 'outside' or to_account = 'outside' or from_unit = to_unit as same_unit,
        quantity,
        count(*) as postings
    from fct_dossier_posting
    group by all
)

select
    *,
    coalesce(quantity in (1, -1) and case movement
        when 'receipt' then from_account = 'outside' and starts_with(to_account, 'open.')
        when 'transfer'
            then starts_with(from_account, 'open.') and to_account = from_account and not same_unit
        when 'overdue'
            then starts_with(from_account, 'open.') and to_account = from_account and same_unit
        when 'pause'
            then same_unit and starts_with(from_account, 'open.') and from_account <> to_account
                and starts_with(to_account, 'open.') and to_account <> 'open.processing'
        when 'resume'
            then same_unit and to_account = 'open.processing'
                and starts_with(from_account, 'open.') and from_account <> 'open.processing'
        when 'resolution'
            then same_unit and starts_with(from_account, 'open.') and to_account = 'closed.resolved'
        when 'return'
            then same_unit and starts_with(from_account, 'open.') and to_account = 'closed.returned'
        when 'withdrawal'
            then same_unit and starts_with(from_account, 'open.')
                and to_account = 'closed.withdrawn'
        when 'reopening'
            then same_unit and starts_with(from_account, 'closed.')
                and starts_with(to_account, 'open.')
        else false
    end, false) as is_allowed
from posted
order by movement, from_account, to_account
"""
"""``figures.md``, table of movements, read independently of ``dim_movement``, which the models use.
"""

TRIAL_BALANCE: Final = """
with place as (
    -- each account of each unit has a number of 40 bits, and outside has 0: a dossier's sum is the
    -- number of a place exactly when it stands there once and nowhere else (one sum per dossier,
    -- not one per dossier, account and unit)
    select
        dossier_key,
        quantity,
        if(to_account = 'outside', 0, hash(to_account, to_unit) % 1099511627689)::bigint
            as to_place,
        if(from_account = 'outside', 0, hash(from_account, from_unit) % 1099511627689)::bigint
            as from_place
    from fct_dossier_posting
),

ledger as (
    select dossier_key, sum(quantity * (to_place - from_place)) as place
    from place
    group by dossier_key
),

register as (
    select
        dossier_key,
        if(account = 'outside', 0, hash(account, unit_code) % 1099511627689)::bigint as place
    from fct_dossier
),

beside as (
    select
        coalesce(ledger.dossier_key, register.dossier_key) as dossier_key,
        coalesce(ledger.place, 0) = coalesce(register.place, -1) as agrees
    from ledger
    full outer join register on ledger.dossier_key = register.dossier_key
),

suspect as (
    select posting.*
    from fct_dossier_posting as posting
    inner join beside on posting.dossier_key = beside.dossier_key and not beside.agrees
),

leg as (
    select dossier_key, to_account as account, to_unit as unit_code, quantity
    from suspect
    where to_account <> 'outside'
    union all
    select dossier_key, from_account as account, from_unit as unit_code, -quantity as quantity
    from suspect
    where from_account <> 'outside'
),

held as (
    select dossier_key, account, unit_code, sum(quantity) as quantity
    from leg
    group by all
    having sum(quantity) <> 0
),

described as (
    select
        dossier_key,
        string_agg(
            account || ' at ' || coalesce(unit_code, '?') || ': ' || quantity, ', '
            order by account, unit_code
        ) as ledger_holds
    from held
    group by dossier_key
)

select
    'one account' as ledger_holds,
    'one account' as register_says,
    null as codes,
    count(*) as dossiers
from beside
where agrees
having count(*) > 0
union all by name
select
    coalesce(described.ledger_holds, 'nothing') as ledger_holds,
    coalesce(
        register.account || ' at ' || coalesce(register.unit_code, '?') || ': 1 (register)',
        'not in the register'
    ) as register_says,
    list(register.code order by register.code)[:20] as codes,
    count(*) as dossiers
from beside
left join described on beside.dossier_key = described.dossier_key
left join fct_dossier as register on beside.dossier_key = register.dossier_key
where not beside.agrees
group by all
order by dossiers desc
limit 1001
"""

UNIT_DAY: Final = """
with posting as (
    select movement, 'to' as leg, sum(quantity) as quantity
    from fct_dossier_posting
    where to_account <> 'outside'
    group by movement
    union all
    select movement, 'from' as leg, -sum(quantity) as quantity
    from fct_dossier_posting
    where from_account <> 'outside'
    group by movement
),

unit_day as (
    select movement, leg, sum(quantity) as quantity
    from fct_unit_day
    group by movement, leg
)

select
    coalesce(posting.movement, unit_day.movement) as movement,
    coalesce(posting.leg, unit_day.leg) as leg,
    coalesce(unit_day.quantity, 0)::bigint as in_unit_day,
    coalesce(posting.quantity, 0)::bigint as in_postings
from posting
full outer join unit_day on posting.movement = unit_day.movement and posting.leg = unit_day.leg
order by movement, leg
"""

KNOWLEDGE: Final = """
select
    posting.batch_id,
    batch.known_at as batch_known_at,
    count(*) as postings,
    -- a batch that nobody has is too early, too
    count(*) filter (where not coalesce(posting.known_at >= batch.known_at, false))
        as known_too_early
from fct_dossier_posting as posting
left join raw.batch as batch on posting.batch_id = batch.batch_id
group by all
order by posting.batch_id
"""

FINDING_TABLES: Final = """
select table_name
from information_schema.tables
where table_schema = 'main' and starts_with(table_name, 'dq_') and table_name <> 'dq_check_result'
order by table_name
"""
