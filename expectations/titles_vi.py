"""What each check is called in Vietnamese, and what it expects: mails and Data Docs show it beside
the English code."""

import re
from collections.abc import Mapping
from typing import Final

_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "arriving_files.row_equation": (
        "Không mất dòng khi đọc tệp",
        "số dòng đã đọc = đưa vào kho + không thay đổi + trùng lặp + để riêng",
    ),
    "arriving_files.row_equation_in_store": (
        "Kho sự kiện giữ đủ số dòng đã nhập",
        "số nội dung của đợt trong kho = số dòng đã đưa vào kho",
    ),
    "arriving_files.control_total": (
        "Tổng số in trên danh sách khớp với số dòng",
        "số dòng đọc được = “Tổng số” ghi trên danh sách",
    ),
    "arriving_files.nothing_set_aside": (
        "Mọi dòng đều đọc được",
        "không có dòng nào phải để riêng",
    ),
    "arriving_files.mostly_read": (
        "Phần lớn danh sách đọc được",
        "nhiều nhất 20 % số dòng của một danh sách phải để riêng",
    ),
    "event_store.ids_unique": ("Mỗi ghi nhận chỉ lưu một lần", "không có mã nào lặp lại"),
    "event_store.subject_present": (
        "Sự kiện nào cũng có đối tượng",
        "không có sự kiện nào thiếu đối tượng",
    ),
    "event_store.known_after_observed": (
        "Danh sách được biết sau khi được xuất",
        "thời điểm biết không trước thời điểm xuất danh sách",
    ),
    "ledger.movement_allowed": (
        "Biến động trong sổ cái đều được phép",
        "hai trạng thái đúng quy định của loại biến động; chỉ chuyển đơn vị mới có hai đơn vị",
    ),
    "ledger.trial_balance": (
        "Mỗi hồ sơ ở đúng một trạng thái",
        "tổng vào trừ tổng ra của mỗi hồ sơ là một trạng thái như sổ đăng ký, số lượng 1",
    ),
    "ledger.unit_day_adds_up": (
        "Bảng cộng theo ngày khớp với sổ cái",
        "tổng theo từng biến động của bảng theo ngày = tổng của sổ cái",
    ),
    "ledger.known_after_its_row": (
        "Biến động được biết sau danh sách cho thấy nó",
        "thời điểm biết biến động không trước thời điểm biết đợt nhập",
    ),
    "dimensions.unit_known": (
        "Đơn vị có trong danh mục",
        "mọi đơn vị của biến động đều có trong danh mục đơn vị",
    ),
    "dimensions.parent_known": (
        "Đơn vị cấp trên có trong danh mục",
        "mọi mã đơn vị cấp trên đều là mã của một đơn vị trong danh mục",
    ),
    "dimensions.procedure_known": (
        "Thủ tục có trong danh mục",
        "mọi thủ tục của biến động đều có trong danh mục thủ tục",
    ),
    "dimensions.calendar_covers": (
        "Lịch có đủ các ngày",
        "mọi ngày có biến động đều có trong lịch",
    ),
    "figures.i7": (
        "Đẳng thức I7",
        "đơn vị cấp trên = tổng các đơn vị trực thuộc, không tính chuyển nội bộ",
    ),
    "freshness.unit_reach": (
        "Số liệu của đơn vị còn mới",
        "số liệu của đơn vị chậm nhiều nhất 31 ngày so với nguồn của nó",
    ),
    "volume.weekly_receipts": (
        "Lượng tiếp nhận trong tuần không tụt bất thường",
        "tiếp nhận của tuần trọn gần nhất trên một nửa mức thường lệ (ba độ lệch chuẩn)",
    ),
    "statements.figure_complete": (
        "Số liệu báo cáo có đủ đơn vị, kỳ, giá trị",
        "không có số liệu nào thiếu đơn vị, kỳ hoặc giá trị",
    ),
    "statements.reading_certain": (
        "Số liệu báo cáo đọc được chắc chắn",
        "không có số liệu nào đọc được theo hai cách",
    ),
    "statements.stated_once": (
        "Báo cáo không nêu hai giá trị khác nhau",
        "một giá trị cho mỗi báo cáo, số liệu, cấp và kỳ",
    ),
    "reconciliation.report_adds_up": (
        "Số liệu trong báo cáo tự khớp",
        "tiếp nhận = đã xử lý + đang xử lý; trước hạn + đúng hạn + quá hạn; nối tiếp kỳ trước; tổng"
        " của bảng; cấp trên = tổng các đơn vị",
    ),
    "reconciliation.difference_explained": (
        "Chênh lệch giữa báo cáo và danh sách đều giải thích được",
        "không còn phần chênh lệch nào (tính toán − báo cáo) chưa giải thích được",
    ),
    "findings.end_before_start": ("Kết thúc trước khi tiếp nhận", ""),
    "findings.listed_twice": ("Có trong danh sách của hai đơn vị", ""),
    "findings.rewritten_history": ("Quá khứ bị sửa trong danh sách sau", ""),
    "findings.no_due_date": ("Thiếu ngày hẹn trả", ""),
    "findings.calendar_gap": ("Hạn trả tính trong năm chưa có ngày nghỉ lễ", ""),
    "findings.open_with_end_date": ("Đang giải quyết nhưng có ngày kết thúc", ""),
    "findings.closed_without_end_date": ("Đã xong nhưng thiếu ngày kết thúc", ""),
    "findings.provisional_unit": ("Đơn vị chưa khai báo", ""),
    "findings.ruling_without_dossier": ("Quyết định về hồ sơ chưa danh sách nào có", ""),
    "findings.reappeared": ("Trở lại danh sách sau khi biến mất", ""),
    "findings.missing": ("Rời danh sách mà không có kết quả", ""),
    "findings.duplicate_candidate": ("Hai mã có vẻ là một hồ sơ", ""),
    "findings.late_without_apology": ("Quá hạn mà không có phiếu xin lỗi", ""),
    "findings.finish_equals_receipt": ("Báo xong ngay lúc tiếp nhận", ""),
    "findings.finish_equals_due": ("Kết thúc đúng từng giây với hạn trả", ""),
    "findings.submitted_equals_received": ("Ngày nộp luôn bằng ngày tiếp nhận", ""),
    "findings.paid_online_in_cash": ("Ghi thanh toán trực tuyến nhưng nộp tiền mặt", ""),
    "findings.finished_but_overdue_elsewhere": ("Đã xong nhưng hệ thống kia báo quá hạn", ""),
    "dbt.attributes_change_once_a_batch": ("Thuộc tính đổi một lần mỗi đợt", ""),
    "dbt.due_date_has_a_known_cause": ("Hạn trả có nguyên do đã biết", ""),
    "dbt.due_date_is_numbered_once": ("Hạn trả được đánh số một lần", ""),
    "dbt.mirror_outcome_is_known": ("Kết quả so với bản đồng bộ là loại đã biết", ""),
    "dbt.office_rule_is_one_per_unit_and_day": ("Mỗi đơn vị, mỗi ngày một quy định", ""),
    "dbt.office_works_eight_hours_a_day": ("Ngày làm việc có tám giờ", ""),
    "dbt.posting_has_a_unit": ("Biến động nào cũng có đơn vị", ""),
    "dbt.posting_has_an_effective_time": ("Biến động nào cũng có thời điểm", ""),
    "dbt.posting_movement_is_known": ("Biến động thuộc loại đã biết", ""),
    "dbt.restart_mode_is_known": ("Cách tính lại hạn là loại đã biết", ""),
    "dbt.ruling_kind_is_known": ("Quyết định thuộc loại đã biết", ""),
    "dbt.sighting_account_is_known": ("Trạng thái đọc được là loại đã biết", ""),
    "dbt.sighting_is_one_row_of_one_list": ("Mỗi lần ghi nhận là một dòng của danh sách", ""),
    "dbt.statement_level_is_known": ("Cấp nêu trong báo cáo là loại đã biết", ""),
    "dbt.statement_origin_is_known": ("Nguồn gốc số liệu báo cáo là loại đã biết", ""),
    "dbt.unit_begins_a_validity_once": ("Hiệu lực của đơn vị bắt đầu một lần", ""),
    "dbt.unit_is_listed_once": ("Mỗi đơn vị có một dòng trong danh mục", ""),
    "dbt.version_is_numbered_once": ("Phiên bản hồ sơ được đánh số một lần", ""),
}
"""Check -> its title and what it expects; empty: what all of its family expect."""

_FAMILIES: Final = (
    ("dbt.not_null_", "Cột bắt buộc có giá trị: ", "không có dòng nào vi phạm"),
    ("dbt.unique_", "Giá trị không lặp lại: ", "không có dòng nào vi phạm"),
    ("dbt.", "Quy tắc của mô hình: ", "không có dòng nào vi phạm"),
    ("findings.", "Phát hiện: ", "không có hồ sơ hay dòng nào như vậy"),
)
"""Beginning of the code -> beginning of the title, and what is expected."""


def title_vi(check: str) -> str:
    """The title of a check, else of its family with the rest of its code, else the code."""
    if check in _TITLES:
        return _TITLES[check][0]
    start, title, _ = next((each for each in _FAMILIES if check.startswith(each[0])), ("", "", ""))
    return f"{title}{check.removeprefix(start)}"


def expected_vi(check: str, expected: str) -> str:
    """What a check expects; one that nobody has put into words stays as it is in English."""
    own = _TITLES.get(check, ("", ""))[1]
    family = next((text for start, _, text in _FAMILIES if check.startswith(start)), expected)
    return own or family


_OBSERVED: Final = (
    (r"(\d+) judged, all as expected", r"cả \1 trường hợp đều đạt"),
    (r"(\d+) of (\d+) not as expected", r"\1 trong \2 trường hợp không đạt"),
    (r"(\d+) rows", r"\1 dòng"),
    (r"(\d+) failing rows", r"\1 dòng vi phạm"),
    (r"no failing row", "không có dòng nào vi phạm"),
    (r"nothing to judge", "không có gì để kiểm tra"),
    (r"no report is stored", "chưa có báo cáo nào"),
    (r"no unit has figures", "chưa có số liệu của đơn vị nào"),
)


def observed_vi(observed: str) -> str:
    """What a check found; a message of a broken one stays as it is."""
    for pattern, said in _OBSERVED:
        if re.fullmatch(pattern, observed):
            return re.sub(pattern, said, observed)
    return observed
