"""What each exported list says, row by row, and the files in layouts A, B and C.

``shown`` holds the rows of one moment; ``watched`` collects from it the rows of those dossiers that
carry a planted phenomenon: truth lines and figures are derived from there.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration.demo.lives import EDITED_AFTER_CLOSING, FIRST_DAY, Export, quoted
from orchestration.demo.province import PROVINCE, PROVINCE_NAME, Procedure, Unit

if TYPE_CHECKING:
    import duckdb

XLSX_ROWS: Final = 30_000
"""Longer lists of layout A are written as csv."""

STATUS_TEXT: Final = {
    "received": "Được tiếp nhận",
    "processing": "Đang xử lý",
    "supplement": "Yêu cầu bổ sung giấy tờ",
    "payment": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "halted": "Dừng xử lý",
    "done": "Đã xử lý xong",
    "handed_over": "Đã trả kết quả",
    "returned": "Trả lại hồ sơ",
    "withdrawn": "Công dân yêu cầu rút hồ sơ",
    "unmapped": "Chờ luân chuyển nội bộ (mã 47)",
}
OPEN_STATES: Final = ("received", "processing", "supplement", "payment", "halted")

A_HEADER: Final = (
    "STT",
    "Đơn vị tiếp nhận",
    "Người tiếp nhận",
    "Tên thủ tục hành chính",
    "Mã hồ sơ",
    "Trạng thái",
    "Địa chỉ",
    "Người nộp",
    "Chủ hồ sơ",
    "Ngày nộp hồ sơ",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày kết thúc xử lý",
    "Số giấy tờ chủ hồ sơ",
)
A_GROUPS: Final = (
    ("I", "Hồ sơ đã giải quyết"),
    ("II", "Hồ sơ đang giải quyết"),
    ("III", "Hồ sơ trả lại, rút"),
)
A_TOP: Final = 8
"""Lines above the first group row of layout A, the header included."""
B_HEADER: Final = (
    (
        "STT",
        "Mã hồ sơ",
        "Nội dung hồ sơ",
        "Số lượng (bộ)",
        "Họ tên chủ hồ sơ",
        "Địa chỉ",
        "Số điện thoại",
        "Ngày, tháng, năm",
        "",
        "Trả kết quả",
        "",
        "",
        "Người nhận hồ sơ",
    ),
    (
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Nhận hồ sơ",
        "Hẹn trả kết quả",
        "Ngày nhận kết quả",
        "Bên giao",
        "Bên nhận",
        "",
    ),
)
B_TOP: Final = 5
"""Lines above the first row of layout B: title, period, moment of export, two header rows."""
C_HEADER: Final = (
    "Số hồ sơ",
    "Tên thủ tục hành chính",
    "Tên lĩnh vực",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày kết thúc xử lý",
    "Cơ quan/đơn vị",
    "Chủ hồ sơ",
    "Số điện thoại",
    "Cán bộ xử lý hiện tại",
    "Trạng thái",
    "Số giấy tờ chủ hồ sơ",
)

OWNER: Final = """
case
    when not getvariable('has_owners') then null
    when abs(no) % 89 = 0 then '000000001'
    else '099' || lpad(abs(no)::varchar, 9, '0')
end
"""
"""An invented ID number; some clerks write 000000001 where there is none (domain.md §2, trap 3)."""

CREATE_WATCHED: Final = """
create table watched (
    no integer, code varchar, kind planted, mark timestamp, moment timestamp, layout varchar,
    line bigint, copy integer, unit utinyint, home_unit utinyint, state varchar,
    procedure integer, received timestamp, due timestamp, ended timestamp, is_set_aside boolean
)
"""


def write_lists(
    connection: duckdb.DuckDBPyConnection, export: Export, folder: Path, register_unit: str
) -> tuple[list[Path], int]:
    """The three lists of one moment; returns their files and how many data rows they have."""
    connection.execute(_shown_sql(export))
    connection.execute(_WATCH, {"moment": export.at})
    counts = dict(
        connection.execute("select layout, count(*) from shown group by layout").fetchall()
    )
    files = [
        _write_one_stop(connection, export, folder, counts.get("A", 0)),
        _write_register(connection, export, folder, register_unit),
        _write_igate(connection, export, folder),
    ]
    return files, sum(counts.values())


def write_catalogues(
    folder: Path, units: Sequence[Unit], procedures: Sequence[Procedure]
) -> list[Path]:
    """The lists of units and of procedures, exported before the first dossier came in."""
    moment = f"{FIRST_DAY:%Y%m%d}T0700"
    valid_from = date(2020, 1, 1).isoformat()
    whole = (PROVINCE, PROVINCE_NAME, "province", "", valid_from, "", "")
    tables: dict[str, list[tuple[str, ...]]] = {
        f"units_province_{moment}.csv": [
            ("code", "name", "level", "parent", "valid_from", "valid_to", "successor"),
            whole,
            *((u.code, u.name, u.level, u.parent, valid_from, "", "") for u in units),
        ],
        f"procedures_province_{moment}.csv": [
            ("code", "name", "field", "limit", "limit_unit", "fee"),
            *(
                (p.code, p.name, p.field, str(p.limit), p.limit_unit, str(p.fee).lower())
                for p in procedures
            ),
        ],
    }
    for name, rows in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
    return [folder / name for name in tables]


def file_names(export: Export) -> dict[str, str]:
    """Layout -> file name without the suffix, which for layout A depends on the length."""
    day = f"{export.day:%Y%m%d}"
    return {
        "A": f"one_stop_list_{day}",
        "B": f"register_book_{day}",
        "C": f"igate_province_{export.first:%Y%m%d}_{day}_{export.at:%Y%m%dT%H%M}",
    }


def _shown_sql(export: Export) -> str:
    """Table ``shown``: grain one row of a list of this moment, ``line`` its line in the file.

    Listed is what was handled in the period, and what the planted edits touched in it. Nothing in a
    row depends on what happens after the moment.
    """
    at, first = f"timestamp '{export.at}'", f"timestamp '{export.first}'"
    open_states = ", ".join(f"'{state}'" for state in OPEN_STATES)
    return f"""
create or replace table shown as
with listed as (
    select
        *
        , coalesce(mark = {at}, false) as is_marked
        , coalesce(mark <= {at}, false) as is_after
    from life
    where received <= {at}
        and (
            finished >= {first}
            or (kind in {EDITED_AFTER_CLOSING} and mark between {first} and {at})
        )
        and not coalesce(kind = 'missing' and mark <= {at}, false)
        and not coalesce(kind = 'reappeared' and mark > {at} and alternative < {at}, false)
)
, stated as (
    select
        *
        , case
            when kind = 'end_date_gone' and not is_after then 'done'
            when kind = 'closing_changed' and not is_after and finished <= {at}
                then if(ending = 'done', 'returned', 'done')
            when finished <= {at} and not (coalesce(kind = 'late_sync', false) and not is_after)
                then if(ending = 'done' and handed_over <= {at}, 'handed_over', ending::varchar)
            when pause_from <= {at} and pause_to > {at} then pause_state::varchar
            when received > {at} - interval 1 day then 'received'
            else 'processing'
        end as true_state
    from listed
)
, told as (
    select
        no
        , getvariable('unit_code')[unit]
            || strftime(received, '-%y%m%d-') || lpad(serial::varchar, 4, '0') as code
        -- the same dossier under another code is another one for whoever counts
        , getvariable('unit_code')[unit]
            || strftime(received, '-%y%m%d-5') || lpad(serial::varchar, 4, '0') as second_code
        , kind
        , mark
        , unit as home_unit
        , if(kind = 'transfer' and is_after, other_unit, unit) as unit
        , other_unit
        , if(
            kind = 'procedure_changed' and is_after
            , 1 + procedure % len(getvariable('procedure_name')), procedure
        ) as procedure
        , if(kind = 'receipt_moved' and is_after, alternative, received) as received
        , case
            when kind = 'due_changed_without_pause' and is_after then alternative
            when pause_to <= {at} then due_after_pause
            else due
        end as due
        , case
            when kind = 'closed_without_end_date' then null
            when kind = 'open_with_end_date' and is_marked then alternative
            when true_state in ({open_states}) then null
            when kind = 'end_date_gone' and not is_after then alternative
            when kind = 'end_before_start' then alternative
            when kind in ('finish_reset', 'end_moved', 'end_backdated') and is_after
                then alternative
            else finished
        end as ended
        , if(kind = 'unmapped_status' and is_marked, 'unmapped', true_state) as state
        , coalesce(kind = 'impossible_date' and is_marked, false) as has_impossible_date
        , coalesce(
            (kind = 'repeated_row' and is_marked)
            or (kind = 'listed_twice' and is_after)
            or kind = 'duplicate'
            , false
        ) as is_doubled
    from stated
)
, doubled as (
    select * exclude (other_unit, second_code, is_doubled), 1 as copy from told
    union all
    select
        * exclude (other_unit, second_code, is_doubled)
            replace (
                if(kind = 'listed_twice', other_unit, unit) as unit
                , if(kind = 'duplicate', -no, no) as no
                , if(kind = 'duplicate', second_code, code) as code
            )
        , 2 as copy
    from told
    where is_doubled
)
, grouped as (
    select
        *
        , getvariable('unit_layout')[unit] as layout
        , case
            when getvariable('unit_layout')[unit] <> 'A' then 0
            when state in ('done', 'handed_over') then 1
            when state in ('returned', 'withdrawn') then 3
            else 2
        end as group_number
    from doubled
)
, numbered as (
    select
        *
        , row_number() over (partition by layout order by group_number, no, copy) as running
    from grouped
)
select
    *
    , running + case layout
        when 'A' then {A_TOP} + group_number
        when 'B' then {B_TOP}
        else 1
    end as line
from numbered
"""


_WATCH = """
insert into watched
select
    no, code, kind, mark, $moment, layout, line, copy, unit, home_unit, state, procedure, received
    , due, ended, has_impossible_date or state = 'unmapped'
from shown
where kind is not null
"""


def _status_case() -> str:
    cases = " ".join(f"when '{state}' then '{text}'" for state, text in STATUS_TEXT.items())
    return f"case state {cases} end"


def _due(pattern: str) -> str:
    """The due date as text; where the fault is planted, a day that no calendar has."""
    impossible = pattern.replace("%d/%m", "31/02")
    return f"if(has_impossible_date, strftime(due, '{impossible}'), strftime(due, '{pattern}'))"


def _write_one_stop(
    connection: duckdb.DuckDBPyConnection, export: Export, folder: Path, count: int
) -> Path:
    """Layout A: motto rows, title, period, header; group rows within the data; "Tổng số" last."""
    name = file_names(export)["A"]
    lines = _one_stop_sql(export, count)
    if count > XLSX_ROWS:
        path = folder / f"{name}.csv"
        connection.execute(f"copy ({lines}) to {quoted(path)} (header false)")
        return path
    path = folder / f"{name}.xlsx"
    rows = connection.execute(lines).fetchall()
    _write_sheet(path, rows, widths=(6, 26, 16, 44, 24, 22, 20, 20, 20, 17, 17, 17, 17, 18))
    return path


def _one_stop_sql(export: Export, count: int) -> str:
    """All lines of a list of layout A as fourteen texts, in their order."""
    top: list[tuple[str, ...]] = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
        ("Độc lập - Tự do - Hạnh phúc",),
        (),
        ("DANH SÁCH HỒ SƠ TIẾP NHẬN, GIẢI QUYẾT TẠI BỘ PHẬN MỘT CỬA CẤP HUYỆN",),
        (_period(export),),
        (_exported(export),),
        (),
        A_HEADER,
    ]
    fixed = [_text_row(line, cells) for line, cells in enumerate(top, 1)]
    fixed.append(_text_row(count + A_TOP + len(A_GROUPS) + 1, ("Tổng số", str(count))))
    columns = ", ".join(f"c{n}" for n in range(1, len(A_HEADER) + 1))
    groups = " union all ".join(
        f"select {A_TOP} + {number} + count(*) filter (group_number < {number})"
        f", '{numeral}', '{title}'{', null' * (len(A_HEADER) - 2)} from shown where layout = 'A'"
        for number, (numeral, title) in enumerate(A_GROUPS, 1)
    )
    return f"""
select {columns}
from (
    select * from (values {", ".join(fixed)}) as fixed (line, {columns})
    union all
    {groups}
    union all
    select
        line
        , running::varchar
        , getvariable('unit_name')[unit]
        , 'Cán bộ mẫu ' || (abs(no) % 90 + 10)
        , getvariable('procedure_name')[procedure]
        , code
        , {_status_case()}
        , 'Thôn Ví Dụ ' || (abs(no) % 9 + 1)
        , 'Người nộp mẫu ' || abs(no)
        , 'Chủ hồ sơ mẫu ' || abs(no)
        , strftime(
            received - to_minutes(if(no % 3 = 0, 15 + abs(no) % 600, 0)), '%d/%m/%Y %H:%M'
        )
        , strftime(received, '%d/%m/%Y %H:%M')
        , {_due("%d/%m/%Y %H:%M")}
        , strftime(ended, '%d/%m/%Y %H:%M')
        , {OWNER}
    from shown
    where layout = 'A'
)
order by line
"""


def _write_register(
    connection: duckdb.DuckDBPyConnection, export: Export, folder: Path, unit: str
) -> Path:
    """Layout B: the unit in the title, two header rows, days without a clock, no status."""
    rows = connection.execute(f"""
        select
            running::varchar
            , code
            , 'Nội dung minh họa ' || abs(no)
            , '1'
            , 'Chủ hồ sơ mẫu ' || abs(no)
            , 'Thôn Ví Dụ ' || (abs(no) % 9 + 1)
            , '0000' || lpad((abs(no) % 1000000)::varchar, 6, '0')
            , strftime(received, '%d/%m/%Y')
            , {_due("%d/%m/%Y")}
            , strftime(ended, '%d/%m/%Y')
            , if(ended is null, null, 'Cán bộ mẫu 10')
            , if(ended is null, null, 'Người nhận mẫu ' || abs(no))
            , 'Cán bộ mẫu 11'
        from shown
        where layout = 'B'
        order by line
    """).fetchall()
    path = folder / f"{file_names(export)['B']}.xlsx"
    top = [(f"SỔ THEO DÕI HỒ SƠ – {unit}",), (_period(export),), (_exported(export),), *B_HEADER]
    _write_sheet(
        path,
        [*top, *rows],
        widths=(6, 24, 24, 8, 20, 16, 14, 13, 13, 13, 16, 20, 16),
        merged=((3, 7, 3, 8), (3, 9, 3, 11)),
    )
    return path


def _write_igate(connection: duckdb.DuckDBPyConnection, export: Export, folder: Path) -> Path:
    """Layout C: header in line 1; period and moment are in the file name."""
    path = folder / f"{file_names(export)['C']}.csv"
    cells = (
        "code",
        "getvariable('procedure_name')[procedure]",
        "getvariable('procedure_field')[procedure]",
        "strftime(received, '%d/%m/%Y %H:%M:%S')",
        _due("%d/%m/%Y %H:%M:%S"),
        "strftime(ended, '%d/%m/%Y %H:%M:%S')",
        "getvariable('unit_name')[unit]",
        "'Chủ hồ sơ mẫu ' || abs(no)",
        "'0000' || lpad((abs(no) % 1000000)::varchar, 6, '0')",
        "'Cán bộ mẫu ' || (abs(no) % 90 + 10)",
        _status_case(),
        OWNER,
    )
    columns = ", ".join(f'{cell} as "{title}"' for cell, title in zip(cells, C_HEADER, strict=True))
    connection.execute(
        f"copy (select {columns} from shown where layout = 'C' order by line)"
        f" to {quoted(path)} (header true)"
    )
    return path


def _period(export: Export) -> str:
    return f"(Từ ngày {export.first:%d/%m/%Y} đến ngày {export.day:%d/%m/%Y})"


def _exported(export: Export) -> str:
    return f"Thời điểm xuất: {export.at:%d/%m/%Y %H:%M}"


def _text_row(line: int, cells: tuple[str, ...]) -> str:
    """A row of SQL ``values``: the line and as many texts as layout A has columns."""
    padded = [f"'{cell}'" for cell in cells] + ["null"] * (len(A_HEADER) - len(cells))
    return f"({line}, {', '.join(padded)})"


def _write_sheet(
    path: Path,
    rows: list[tuple[str | None, ...]],
    widths: tuple[int, ...],
    merged: tuple[tuple[int, int, int, int], ...] = (),
) -> None:
    """One sheet of texts; a fixed creation date makes the same rows the same bytes."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2025, 7, 1, tzinfo=UTC)})
        sheet = workbook.add_worksheet("Danh sách")
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
            for area in merged:
                if area[0] == number:
                    sheet.merge_range(*area, row[area[1]])
