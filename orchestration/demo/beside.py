"""What is sent beside the lists at the last moment: messages, forms, payments.

The messages to the national portal are a mirror of a part of the dossiers of layout C, with the
tricks that a real sender was seen to use (``domain.md`` §2). Needs table ``shown`` of that moment.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration.demo.lists import OWNER
from orchestration.demo.lives import LAST_DAY, Export, quoted

if TYPE_CHECKING:
    import duckdb

MIRRORED: Final = 5_000
"""About so many dossiers at most are sent to the portal, beside those that wait."""

_STATUS: Final = {
    "received": 2,
    "processing": 4,
    "supplement": 5,
    "payment": 6,
    "halted": 8,
    "done": 9,
    "handed_over": 10,
    "returned": 3,
    "withdrawn": 7,
}
_WAITING: Final = "('supplement', 'payment', 'halted')"


def write_beside(connection: duckdb.DuckDBPyConnection, export: Export, folder: Path) -> list[Path]:
    """The three files; what they plant goes into table ``beside_truth`` (the columns of truth)."""
    moment = f"{export.at:%Y%m%dT%H%M}"
    messages = folder / f"dvcqg_province_{moment}.json"
    payments = folder / f"payments_province_{moment}.csv"
    forms = folder / f"forms_province_{moment}.csv"
    connection.execute(_mirror_sql(export))
    connection.execute(_LATE)
    connection.execute(f"copy ({_messages_sql()}) to {quoted(messages)} (format json, array true)")
    connection.execute(f"copy ({_PAYMENTS}) to {quoted(payments)} (header true)")
    connection.execute(f"copy ({_FORMS}) to {quoted(forms)} (header true)")
    connection.execute(_truth_sql(export, messages.name))
    return [messages, payments, forms]


def _mirror_sql(export: Export) -> str:
    """Table ``mirror``: grain one message; ``planted`` names its trick, ``line`` its place."""
    statuses = " ".join(f"when '{state}' then {number}" for state, number in _STATUS.items())
    return f"""
create table mirror as
with population as (
    select
        shown.no
        , shown.code
        , shown.unit
        , shown.procedure
        , shown.received
        , shown.due
        , shown.ended
        , shown.state
        , if(shown.state = 'handed_over', life.handed_over, null) as handed_over
        , case shown.state {statuses} end as status
        , draw(shown.no, 30) as trick
        , getvariable('procedure_fee')[shown.procedure] as has_fee
    from shown
    inner join life on shown.no = life.no
    where shown.layout = 'C' and shown.kind is null
        and (
            shown.state in {_WAITING}
            or draw(shown.no, 31) < least(0.4, {MIRRORED} / (select count(*) from shown))
        )
)
, tricked as (
    select
        *
        , case
            when state in {_WAITING} then 'sent_as_finished'
            when state = 'handed_over' and trick < 0.15
                and due < timestamp '{export.at}' - interval 2 day
                then 'finished_but_overdue_elsewhere'
            when has_fee and state in ('done', 'handed_over') and trick between 0.15 and 0.25
                then 'paid_online_in_cash'
        end as planted
        , trick > 0.6 as is_paid_online
    from population
)
select *, row_number() over (order by no) + 1 as line from tricked
"""


def _messages_sql() -> str:
    """Rows of ``DongBoHoSoMC``; all values are texts, an absent date is empty."""

    def moment(sql: str) -> str:
        return f"coalesce(strftime({sql}, '%Y%m%d%H%M%S'), '')"

    sent = "planted is not distinct from"
    late = f"{sent} 'finished_but_overdue_elsewhere'"
    fake = f"{sent} 'sent_as_finished'"
    return f"""
select
    '000.00.' || code as "MaHoSo"
    , code as "SoBienNhan"
    , getvariable('procedure_code')[procedure] as "MaTTHC"
    , getvariable('procedure_name')[procedure] as "TenTTHC"
    , getvariable('procedure_field')[procedure] as "TenLinhVuc"
    , '1' as "KenhThucHien"
    , 'Chủ hồ sơ mẫu ' || no as "ChuHoSo"
    , coalesce({OWNER}, '000000001') as "SoGiayToChuHoSo"
    -- the receipt is sent as the submission, always
    , {moment("received")} as "NgayNopHoSo"
    , {moment("received")} as "NgayTiepNhan"
    , {moment("due")} as "NgayHenTra"
    , case
        when {late} then ''
        when {fake} then {moment("received")}
        else {moment("ended")}
    end as "NgayKetThucXuLy"
    , if({late}, '', {moment("handed_over")}) as "NgayTra"
    , if(state = 'returned', {moment("ended")}, '') as "NgayTuChoi"
    , (case when {late} then 4 when {fake} then 9 else status end)::varchar as "TrangThaiHoSo"
    , getvariable('unit_name')[unit] as "DonViXuLy"
    , if({sent} 'paid_online_in_cash' or (has_fee and is_paid_online), '1', '0')
        as "DuocThanhToanTrucTuyen"
from mirror
order by no
"""


_PAYMENTS: Final = """
select
    code as "Mã hồ sơ"
    , strftime(received + interval 10 minute, '%d/%m/%Y %H:%M') as "Ngày thanh toán"
    , if(
        is_paid_online and planted is distinct from 'paid_online_in_cash'
        , 'Trực tuyến', 'Tiền mặt'
    ) as "Hình thức thanh toán"
    , (10000 + no % 20 * 5000)::varchar as "Số tiền"
from mirror
where has_fee
order by no
"""

_LATE: Final = f"""
create table late as
-- whatever carries another phenomenon gets its apology, late or not
select
    no
    , getvariable('unit_code')[unit]
        || strftime(received, '-%y%m%d-') || lpad(serial::varchar, 4, '0') as code
    , getvariable('unit_code')[unit]
        || strftime(received, '-%y%m%d-5') || lpad(serial::varchar, 4, '0') as second_code
    , getvariable('unit_code')[unit] as unit
    , kind
    , due
    , kind is null and pause_from is null and draw(no, 32) < 0.1 as is_forgotten
from life
where due::date < least(finished::date, date '{LAST_DAY}')
    or (kind is not null and received < timestamp '{LAST_DAY}')
"""

_FORMS: Final = """
select
    code as "Mã hồ sơ"
    , 'Phiếu xin lỗi và hẹn lại ngày trả kết quả' as "Loại phiếu"
    , strftime(due, '%d/%m/%Y') as "Ngày ban hành"
    , 'PXL-' || row_number() over (order by code) as "Số phiếu"
from (
    select code, due from late where not is_forgotten
    union all
    select second_code, due from late where kind = 'duplicate'
)
order by code
"""


def _truth_sql(export: Export, messages: str) -> str:
    day = f"'{export.day}'"
    return f"""
create table beside_truth as
select
    planted::varchar as kind, code, getvariable('unit_code')[unit] as unit, {day} as day
    , '{messages}' as file, line
from mirror
where planted is not null
union all
select
    'submitted_equals_received', null, 'dvcqg', {day}, '{messages}', 2
from (select count(*) as messages from mirror)
where messages >= 20
union all
select 'late_without_apology', code, unit, strftime(due, '%Y-%m-%d'), null, null
from late
where is_forgotten
"""
