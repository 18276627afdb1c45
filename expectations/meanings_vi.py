"""What a hit of each check means, and what to do, in Vietnamese: the mails show it."""

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "arriving_files.row_equation": (
        "Có dòng của tệp bị mất hoặc bị đếm hai lần khi đọc: chưa công bố; hãy chạy `hoso source "
        "check` với tệp đó."
    ),
    "arriving_files.row_equation_in_store": (
        "Kho sự kiện không giữ đủ số dòng mà đợt nhập đã ghi: khôi phục kho, hoặc dựng lại từ kho"
        " lưu tệp gốc."
    ),
    "arriving_files.control_total": (
        "Danh sách ghi tổng số khác với số dòng: đề nghị đơn vị gửi lại danh sách đầy đủ."
    ),
    "arriving_files.nothing_set_aside": (
        "Có dòng không đọc được: `hoso quarantine list` cho biết ô nào và cách xử lý."
    ),
    "arriving_files.mostly_read": (
        "Hơn một phần năm số dòng của một danh sách không đọc được: có lẽ mẫu biểu đã đổi; sửa "
        "khai báo nguồn rồi chạy `hoso quarantine retry`."
    ),
    "event_store.ids_unique": (
        "Cùng một ghi nhận được lưu hai lần: một đợt đã ghi hai lần, hoặc mã không còn sinh từ "
        "nội dung."
    ),
    "event_store.subject_present": (
        "Có sự kiện không nói về hồ sơ nào nên không được tính: sửa bộ đọc của nguồn này."
    ),
    "event_store.known_after_observed": (
        "Một đợt được biết trước khi danh sách được xuất: đồng hồ, hoặc thời điểm khai báo của "
        "danh sách, bị sai."
    ),
    "ledger.movement_allowed": "Sổ cái có biến động không được phép: sửa mô hình; chưa công bố gì.",
    "ledger.trial_balance": (
        "Có hồ sơ đứng ở hai trạng thái, không ở trạng thái nào, hoặc khác với sổ đăng ký: sửa mô"
        " hình."
    ),
    "ledger.unit_day_adds_up": (
        "Bảng cộng theo ngày lệch với sổ cái nên số liệu và phần giải trình cũng lệch: chạy `hoso"
        " run` sau khi dựng lại toàn bộ."
    ),
    "ledger.known_after_its_row": (
        "Có biến động được coi là biết trước danh sách đã cho thấy nó: sửa mô hình."
    ),
    "dimensions.unit_known": (
        "Có đơn vị mà danh mục không có nên không vào số liệu của cấp trên: bổ sung đơn vị vào "
        "danh mục."
    ),
    "dimensions.parent_known": (
        "Đơn vị cấp trên ghi trong danh mục không có trong danh mục: số liệu của đơn vị không "
        "được cộng lên; bổ sung hoặc sửa mã."
    ),
    "dimensions.procedure_known": (
        "Có thủ tục mà danh mục không có: số liệu theo thủ tục sẽ không khớp."
    ),
    "dimensions.calendar_covers": (
        "Có biến động vào ngày không có trong lịch: mở rộng lịch, hoặc sửa ngày sai trong danh "
        "sách."
    ),
    "figures.i7": (
        "Số liệu của đơn vị cấp trên khác tổng các đơn vị trực thuộc: dùng `hoso explain` cho cả "
        "hai phía."
    ),
    "freshness.unit_reach": (
        "Số liệu của một đơn vị dừng trước danh sách mới nhất hơn một tháng: đề nghị đơn vị gửi "
        "danh sách."
    ),
    "volume.weekly_receipts": (
        "Một đơn vị bỗng không tiếp nhận, hoặc chỉ còn không quá một nửa mức thường lệ: hỏi đơn "
        "vị có bỏ sót hồ sơ hay không."
    ),
    "statements.figure_complete": (
        "Số liệu của một báo cáo thiếu kỳ, giá trị hoặc đơn vị nên không đối chiếu được: chạy "
        "`hoso statement add --edit`."
    ),
    "statements.reading_certain": (
        "Có số liệu trong báo cáo đọc được theo hai cách: người phụ trách xác nhận bằng `hoso "
        "statement add --edit`."
    ),
    "statements.stated_once": (
        "Một báo cáo nêu hai giá trị khác nhau cho cùng một số liệu: hỏi đơn vị giá trị nào đúng."
    ),
    "reconciliation.report_adds_up": (
        "Số liệu của một báo cáo không tự khớp, không nối tiếp kỳ trước, hoặc khác tổng các đơn vị "
        "trực thuộc: `hoso reconcile` chỉ ra từng dòng; hỏi đơn vị."
    ),
    "reconciliation.difference_explained": (
        "Báo cáo nêu số khác với danh sách mà danh sách đến muộn, kỳ khác hay cách đếm khác đều "
        "không giải thích được: xem `hoso reconcile`, hỏi đơn vị."
    ),
    "findings.end_before_start": (
        "Hồ sơ kết thúc trước khi tiếp nhận: được tính vào thời điểm muộn hơn; đơn vị sửa ngày."
    ),
    "findings.listed_twice": (
        "Hồ sơ có trong danh sách của hai đơn vị: giữ ở đơn vị đầu cho đến khi có quyết định."
    ),
    "findings.rewritten_history": (
        "Danh sách sau đã sửa một sự việc cũ: so sánh trước và sau, hỏi đơn vị lý do."
    ),
    "findings.no_due_date": (
        "Hồ sơ không có ngày hẹn trả nên được tính đúng hạn: đơn vị bổ sung, hoặc khai thời hạn "
        "trong danh mục thủ tục."
    ),
    "findings.calendar_gap": (
        "Hạn trả được tính trong năm chưa nhập ngày nghỉ lễ: điền seeds/calendar_override.csv kèm"
        " văn bản quyết định."
    ),
    "findings.open_with_end_date": (
        "Hồ sơ đang giải quyết nhưng đã có ngày kết thúc: lấy theo trạng thái; đơn vị sửa một "
        "trong hai."
    ),
    "findings.closed_without_end_date": (
        "Hồ sơ đã xong nhưng không có ngày kết thúc: tính từ danh sách đầu tiên cho thấy; đơn vị "
        "bổ sung ngày."
    ),
    "findings.provisional_unit": (
        "Danh sách nêu đơn vị chưa khai báo: ánh xạ tên trong khai báo nguồn, hoặc thêm đơn vị "
        "vào danh mục."
    ),
    "findings.ruling_without_dossier": (
        "Quyết định nêu hồ sơ chưa có trong danh sách nào nên chưa có tác dụng: đối chiếu mã và hệ "
        "thống; hủy và quyết định lại, hoặc chờ danh sách."
    ),
    "findings.reappeared": "Hồ sơ trở lại danh sách sau khi biến mất: hỏi đơn vị lý do.",
    "findings.missing": (
        "Hồ sơ rời danh sách đầy đủ mà không có kết quả: hỏi đơn vị; danh sách hoặc quyết định sẽ"
        " khép lại."
    ),
    "findings.duplicate_candidate": (
        "Hai mã có vẻ là cùng một hồ sơ: so sánh chứng cứ, rồi dùng `hoso rule add "
        "void_as_duplicate_of` hoặc keep."
    ),
    "findings.late_without_apology": (
        "Hồ sơ quá hạn mà không có phiếu xin lỗi: đơn vị ban hành phiếu, hoặc gửi danh sách có "
        "phiếu đó."
    ),
    "findings.finish_equals_receipt": (
        "Hồ sơ được báo xong ngay lúc tiếp nhận: có thể hồ sơ đang chờ bị gửi là đã xong; hỏi nơi"
        " gửi."
    ),
    "findings.finish_equals_due": (
        "Hồ sơ kết thúc đúng từng giây với hạn trả: có thể đã bị đặt lại; đối chiếu phiếu kiểm "
        "soát."
    ),
    "findings.submitted_equals_received": (
        "Nơi gửi luôn lấy ngày tiếp nhận làm ngày nộp: không dùng ngày nộp của nơi này."
    ),
    "findings.paid_online_in_cash": (
        "Hồ sơ ghi thanh toán trực tuyến nhưng đã nộp tiền mặt: tỷ lệ thanh toán trực tuyến bị "
        "cao; đơn vị sửa dấu."
    ),
    "findings.finished_but_overdue_elsewhere": (
        "Hồ sơ đã xong ở đây nhưng hệ thống kia vẫn báo quá hạn: gửi danh sách này cho tỉnh."
    ),
}

_FAMILIES: Final = (
    (
        "figures.",
        "Số liệu tính toán không khớp: dùng `hoso explain` cho hai vế của đơn vị và tháng đó.",
    ),
    (
        "findings.",
        "Có dòng trong bảng phát hiện này: phần mô tả bảng cho biết ý nghĩa.",
    ),
    (
        "dbt.",
        "Một quy tắc của mô hình không đạt: người vận hành kho xem `hoso check`.",
    ),
)


def meaning_vi(check: str) -> str:
    """The sentence on this check, else on its family, else empty."""
    family = next((text for start, text in _FAMILIES if check.startswith(start)), "")
    return MEANINGS.get(check, family)
