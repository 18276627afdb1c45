"""Small lists in the layouts of domain.md §3, all names invented, and a reader of the store."""

import csv
import io
from collections import Counter
from pathlib import Path

import duckdb
import xlsxwriter

from orchestration.eventstore import EventStore

C_HEADER = (
    *("Số hồ sơ", "Tên thủ tục hành chính", "Tên lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả"),
    *("Ngày kết thúc xử lý", "Cơ quan/đơn vị", "Chủ hồ sơ", "Số điện thoại"),
    *("Cán bộ xử lý hiện tại", "Trạng thái"),
)
A_HEADER = (
    *("STT", "Đơn vị tiếp nhận", "Người tiếp nhận", "Tên thủ tục hành chính", "Mã hồ sơ"),
    *("Trạng thái", "Địa chỉ", "Người nộp", "Chủ hồ sơ", "Ngày nộp hồ sơ", "Ngày nhận"),
    *("Ngày hẹn trả", "Ngày kết thúc xử lý"),
)
C_NAME = "igate_xa_20260901_20260930_20260930T1730.csv"


def c_row(
    code,
    status="Đang xử lý",
    *,
    received="01/09/2026 08:00:00",
    due="20/09/2026",
    ended="",
    unit="UBND xã Mẫu",
    owner="Bà X",
):
    """A row of layout C."""
    procedure = ("Đăng ký khai sinh", "Hộ tịch")
    dates = (received, due, ended)
    return (code, *procedure, *dates, unit, owner, "0000000000", "Cán bộ X", status)


def write_c(folder, rows, name=C_NAME, *, delimiter=",", bom=False, header=C_HEADER):
    """A list of layout C: header in line 1."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows([header, *rows])
    path = folder / name
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode())
    return path


def a_row(number, code, status="Đang xử lý", ended=None):
    """A row of layout A."""
    unit = (str(number), "UBND xã Mẫu", "Cán bộ X", "Chứng thực")
    dates = ("01/09/2026 08:00", "01/09/2026 08:30", "20/09/2026", ended)
    return (*unit, code, status, "Thôn X", "Ông Y", "Bà X", *dates)


def a_rows(groups, total):
    """All rows of a list of layout A; ``groups`` are lists of data rows."""
    numbered = zip(("I", "II", "III"), groups, strict=False)
    return [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
        (),
        ("DANH SÁCH HỒ SƠ",),
        ("(Từ ngày 01/09/2026 đến ngày 30/09/2026)",),
        ("Thời điểm xuất: 30/09/2026 17:30",),
        A_HEADER,
        *(row for numeral, rows in numbered for row in [(numeral, "Một nhóm"), *rows]),
        ("Tổng số", str(total)),
        (),
        ("NGƯỜI LẬP BIỂU",),
    ]


def b_rows(rows, unit="UBND xã Mẫu"):
    """All rows of a register (layout B)."""
    return [
        (f"SỔ THEO DÕI HỒ SƠ – {unit}",),
        ("(Từ ngày 01/09/2026 đến ngày 30/09/2026)",),
        ("Thời điểm xuất: 30/09/2026 17:30",),
        (
            *("STT", "Mã hồ sơ", "Nội dung hồ sơ", "Họ tên chủ hồ sơ", "Ngày, tháng, năm", ""),
            *("Trả kết quả", "", "Người nhận hồ sơ"),
        ),
        ("", "", "", "", "Nhận hồ sơ", "Hẹn trả kết quả", "Ngày nhận kết quả", "Bên giao", ""),
        *rows,
    ]


def write_xlsx(path, rows):
    """A workbook with one sheet; texts, numbers and dates as they are."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def events(settings, columns="*", where="true"):
    """Rows of the event store as tuples."""
    sql = f"select {columns} from ({EventStore(settings).relation_sql()}) where {where}"
    with duckdb.connect() as con:
        return con.execute(f"{sql} order by all").fetchall()


def types(settings):
    """How many events of each type there are."""
    return Counter(kind for (kind,) in events(settings, "type"))


def everything_in(folder: Path) -> bytes:
    """All bytes of all files below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
