-- The yardstick: the lists of layouts A and C, as csv, to a unit × day table, in one hand-written script.
-- It follows figures.md for what lists of the simulated province show of a life: receipt, pause, resume,
-- transfer, overdue, closing, under the three rule sets. It has no history, no corrections, no checks, and
-- keeps nothing of what it read. Parameters: igate, one_stop (lists of files), units (the list of units).

create table status as
select * from (values
    ('Được tiếp nhận', 'open.processing'), ('Đang xử lý', 'open.processing'),
    ('Yêu cầu bổ sung giấy tờ', 'open.awaiting_supplement'),
    ('Yêu cầu thực hiện nghĩa vụ tài chính', 'open.awaiting_payment'),
    ('Dừng xử lý', 'open.halted'), ('Đã xử lý xong', 'closed.resolved'),
    ('Đã trả kết quả', 'closed.resolved'), ('Trả lại hồ sơ', 'closed.returned'),
    ('Công dân yêu cầu rút hồ sơ', 'closed.withdrawn')
) as t (status, account);

create table sighting as
with igate as (
    select
        column00 as code, column03 as received, column04 as due, column05 as ended,
        column06 as unit_name, column10 as status,
        strptime(regexp_extract(filename, '_(\d{8}T\d{4})\.csv', 1), '%Y%m%dT%H%M') as observed_at
    from read_csv(getvariable('igate'), header = false, skip = 1, all_varchar = true,
        filename = true, names = ['column00', 'column01', 'column02', 'column03', 'column04',
        'column05', 'column06', 'column07', 'column08', 'column09', 'column10'])
),

one_stop as (
    select
        column04 as code, column10 as received, column11 as due, column12 as ended,
        column01 as unit_name, column05 as status,
        strptime(regexp_extract(filename, '_(\d{8})\.csv', 1), '%Y%m%d')
            + interval 17 hour + interval 30 minute as observed_at
    from read_csv(getvariable('one_stop'), header = false, all_varchar = true, filename = true,
        null_padding = true, names = ['column00', 'column01', 'column02', 'column03', 'column04',
        'column05', 'column06', 'column07', 'column08', 'column09', 'column10', 'column11',
        'column12'])
    where column04 like '%-%-%'
),

listed as (
    select * from igate
    union all by name
    select * from one_stop
),

typed as (
    select
        listed.code, unit.code as unit_code, status.account, listed.observed_at, listed.due,
        coalesce(try_strptime(listed.received, '%d/%m/%Y %H:%M:%S'),
            try_strptime(listed.received, '%d/%m/%Y %H:%M')) as received_at,
        coalesce(try_strptime(listed.due, '%d/%m/%Y %H:%M:%S'),
            try_strptime(listed.due, '%d/%m/%Y %H:%M')) as due_at,
        coalesce(try_strptime(listed.ended, '%d/%m/%Y %H:%M:%S'),
            try_strptime(listed.ended, '%d/%m/%Y %H:%M')) as ended_at
    from listed
    inner join status on listed.status = status.status
    inner join read_csv(getvariable('units'), all_varchar = true) as unit
        on listed.unit_name = unit.name
)

-- a row with an impossible date is no sighting
select * exclude (due)
from typed
where due is null or due_at is not null;

-- one row per dossier and list, in the unit where the dossier stood first as long as that lists it
create table seen as
with first_unit as (
    select code, min_by(unit_code, observed_at) as unit_code
    from sighting
    group by code
),

per_list as (
    select
        sighting.code, sighting.observed_at,
        min_by(sighting, sighting.unit_code is distinct from first_unit.unit_code) as row
    from sighting
    inner join first_unit on sighting.code = first_unit.code
    group by sighting.code, sighting.observed_at
)

select
    code, observed_at, row.account as account, row.unit_code as unit_code,
    lag(row.account) over life as account_before,
    lag(row.unit_code) over life as unit_before,
    row.received_at as received_at, row.due_at as due_at, row.ended_at as ended_at
from per_list
window life as (partition by code order by observed_at);

create table dossier as
with last_seen as (
    select
        code,
        min_by(unit_code, observed_at) as first_unit,
        max_by(seen, observed_at) as row
    from seen
    group by code
),

reach as (select max(observed_at) as reached_at from seen),

life as (
    select
        code, first_unit, row.unit_code as unit_code, row.account as account,
        row.received_at as received_at, row.due_at as due_at,
        row.due_at::date + 1 as falls_due_by_date,
        row.due_at as falls_due_by_timestamp,
        case when row.account like 'closed.%'
            then greatest(row.received_at, coalesce(row.ended_at, row.observed_at)) end as closed_at,
        reached_at
    from last_seen
    cross join reach
)

select
    *,
    case when greatest(falls_due_by_date, received_at) < coalesce(closed_at, reached_at)
        then greatest(falls_due_by_date, received_at) end as overdue_by_date,
    case when greatest(falls_due_by_timestamp, received_at) < coalesce(closed_at, reached_at)
        then greatest(falls_due_by_timestamp, received_at) end as overdue_by_timestamp
from life;

create table posting as
-- one line per movement: both sides, timeliness of both under two moments (index_766 as by_date)
select
    'receipt' as movement, received_at as effective_at,
    'outside' as from_account, 'open.processing' as to_account,
    null as from_unit, first_unit as to_unit,
    null as before_date, 'in_time' as after_date, null as before_time, 'in_time' as after_time
from dossier
union all
select
    case when seen.account = 'open.processing' then 'resume' else 'pause' end,
    seen.observed_at, seen.account_before, seen.account, seen.unit_before, seen.unit_before,
    if(dossier.overdue_by_date <= seen.observed_at, 'overdue', 'in_time'),
    if(dossier.overdue_by_date <= seen.observed_at, 'overdue', 'in_time'),
    if(dossier.overdue_by_timestamp <= seen.observed_at, 'overdue', 'in_time'),
    if(dossier.overdue_by_timestamp <= seen.observed_at, 'overdue', 'in_time')
from seen
inner join dossier on seen.code = dossier.code
where seen.account like 'open.%' and seen.account_before like 'open.%'
    and seen.account <> seen.account_before
    and (dossier.closed_at is null or seen.observed_at < dossier.closed_at)
union all
-- first seen in a pause: received into processing, paused when the list shows it
select
    'pause', seen.observed_at, 'open.processing', seen.account, seen.unit_code, seen.unit_code,
    'in_time', 'in_time', 'in_time', 'in_time'
from seen
where seen.account_before is null and seen.account like 'open.%'
    and seen.account <> 'open.processing'
union all
select
    'transfer', seen.observed_at, seen.account, seen.account, seen.unit_before, seen.unit_code,
    if(dossier.overdue_by_date <= seen.observed_at, 'overdue', 'in_time'),
    if(dossier.overdue_by_date <= seen.observed_at, 'overdue', 'in_time'),
    if(dossier.overdue_by_timestamp <= seen.observed_at, 'overdue', 'in_time'),
    if(dossier.overdue_by_timestamp <= seen.observed_at, 'overdue', 'in_time')
from seen
inner join dossier on seen.code = dossier.code
where seen.account like 'open.%' and seen.unit_code <> seen.unit_before
union all
select
    'overdue', overdue_by_date, 'open.processing', 'open.processing', unit_code, unit_code,
    'in_time', 'overdue',
    if(overdue_by_timestamp < overdue_by_date, 'overdue', 'in_time'),
    if(overdue_by_timestamp <= overdue_by_date, 'overdue', 'in_time')
from dossier
where overdue_by_date is not null
union all
select
    'overdue', overdue_by_timestamp, 'open.processing', 'open.processing', unit_code, unit_code,
    'in_time', 'in_time', 'in_time', 'overdue'
from dossier
where overdue_by_timestamp is not null
    and overdue_by_timestamp is distinct from overdue_by_date
union all
select
    case dossier.account when 'closed.resolved' then 'resolution'
        when 'closed.returned' then 'return' else 'withdrawal' end,
    dossier.closed_at, coalesce(open_as.account, 'open.processing'), dossier.account,
    dossier.unit_code, dossier.unit_code,
    if(dossier.overdue_by_date is not null, 'overdue', 'in_time'),
    case when dossier.due_at is null or dossier.closed_at::date = dossier.due_at::date
        then 'on_time' when dossier.closed_at::date < dossier.due_at::date then 'early'
        else 'late' end,
    if(dossier.overdue_by_timestamp is not null, 'overdue', 'in_time'),
    case when dossier.due_at is null or dossier.closed_at = dossier.due_at then 'on_time'
        when dossier.closed_at < dossier.due_at then 'early' else 'late' end
from dossier
left join (
    select code, max_by(account, observed_at) as account
    from seen
    where account like 'open.%'
    group by code
) as open_as on dossier.code = open_as.code
where dossier.closed_at is not null;

create table unit_day as
with leg as (
    select
        from_unit as unit_code, effective_at::date as day, movement, 'from' as leg,
        from_account as account, before_date as tl_by_date, before_time as tl_by_timestamp,
        before_date as tl_index_766, 'unknown' as channel,
        case when movement = 'transfer' then to_unit end as counterpart_unit, -1 as quantity
    from posting
    where from_account <> 'outside'
    union all
    select
        to_unit, effective_at::date, movement, 'to', to_account, after_date, after_time,
        after_date, 'unknown', case when movement = 'transfer' then from_unit end, 1
    from posting
)

select * exclude (quantity), sum(quantity)::bigint as quantity
from leg
group by all
having sum(quantity) <> 0;
