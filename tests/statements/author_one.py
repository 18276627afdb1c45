"""The first other author: a district's office clerk who likes full sentences."""

AUTHOR_ONE = {
    "received": (
        "Từ đầu kỳ đến nay, Trung tâm Phục vụ hành chính công đã thụ lý <received_total> hồ "
        "sơ; số hồ sơ phát sinh mới là <received_new>, còn <carried_over> hồ sơ là của kỳ "
        "trước để lại.",
        "Lượng hồ sơ đầu vào đạt <received_total> lượt, bao gồm <carried_over> hồ sơ tồn "
        "đọng từ kỳ trước và <received_new> hồ sơ nhận mới.",
        "Tổng lượng hồ sơ phải giải quyết: <received_total>; tồn đầu kỳ <carried_over>; "
        "nhận trong kỳ <received_new>.",
        "Người dân và doanh nghiệp đã nộp mới <received_new> hồ sơ, cùng với <carried_over> "
        "hồ sơ kỳ trước chưa xong, nâng tổng số hồ sơ phải giải quyết lên <received_total> "
        "hồ sơ.",
    ),
    "channels": (
        "Trong số hồ sơ nhận mới có <received_online> hồ sơ gửi qua Cổng dịch vụ công, "
        "<received_in_person> hồ sơ nộp tại quầy và <received_postal> hồ sơ gửi qua bưu "
        "điện.",
        "Hình thức nộp hồ sơ: trực tuyến <received_online>; tại chỗ <received_in_person>; "
        "bưu chính <received_postal>.",
        "Có <received_online> hồ sơ được công dân nộp qua môi trường mạng.",
    ),
    "resolved": (
        "Đã hoàn tất <resolved_total> hồ sơ: <resolved_early> hồ sơ xong sớm hơn thời hạn, "
        "<resolved_on_time> hồ sơ xong đúng ngày hẹn và <resolved_late> hồ sơ trễ hẹn.",
        "Kết quả giải quyết: <resolved_total> hồ sơ, với <resolved_early> hồ sơ trước thời "
        "hạn, <resolved_on_time> hồ sơ đúng thời hạn, <resolved_late> hồ sơ vượt thời hạn.",
        "Số hồ sơ giải quyết xong là <resolved_total>; trong hạn quy định "
        "<resolved_in_time>, quá thời hạn <resolved_late>.",
        "<resolved_total> hồ sơ đã có kết quả (sớm hạn <resolved_early>, đúng hạn "
        "<resolved_on_time>, chậm <resolved_late>).",
    ),
    "open": (
        "Tồn cuối kỳ <open_total> hồ sơ; trong đó <open_in_time> hồ sơ còn thời hạn và "
        "<open_overdue> hồ sơ đã quá thời hạn.",
        "Hiện còn <open_total> hồ sơ đang thụ lý, gồm <open_in_time> hồ sơ chưa tới hạn trả "
        "và <open_overdue> hồ sơ trễ hạn.",
        "Số hồ sơ chưa giải quyết xong: <open_total> (còn hạn <open_in_time>, hết hạn "
        "<open_overdue>).",
    ),
    "returned": (
        "Có <returned> hồ sơ bị trả về do thiếu thành phần; <withdrawn> hồ sơ công dân tự "
        "nguyện rút.",
        "Số hồ sơ không đủ điều kiện phải trả lại cho công dân: <returned>.",
        "Số hồ sơ tổ chức, cá nhân đề nghị rút: <withdrawn> hồ sơ.",
    ),
    "waiting": (
        "Số hồ sơ phải yêu cầu bổ sung giấy tờ: <open_awaiting_supplement>; số hồ sơ tạm "
        "ngừng giải quyết: <open_halted>.",
        "Đang chờ công dân bổ sung hồ sơ: <open_awaiting_supplement> hồ sơ.",
    ),
    "posted": (
        "<returned_by_post> kết quả được chuyển đến tận nhà người dân qua đường bưu điện.",
        "Trả kết quả tại nhà qua bưu điện: <returned_by_post> hồ sơ.",
    ),
    "feedback": (
        "Hệ thống ghi nhận <feedback_received> ý kiến phản ánh, kiến nghị; đã trả lời "
        "<feedback_handled> ý kiến, đang xem xét <feedback_open> ý kiến.",
        "Về phản ánh, kiến nghị: nhận <feedback_received> lượt, xử lý xong "
        "<feedback_handled> lượt, còn <feedback_open> lượt đang xử lý.",
    ),
    "rates": (
        "Hồ sơ được số hóa ngay khi tiếp nhận chiếm <digitised_intake_rate>.",
        "Có <digitised_result_rate> kết quả giải quyết thủ tục hành chính được số hóa.",
        "Giao dịch thanh toán trực tuyến đạt <online_payment_rate>.",
        "Qua khảo sát, <satisfaction_rate> người dân hài lòng với việc phục vụ.",
        "Tỷ lệ giải quyết trước và đúng hạn là <on_time_rate>.",
        "<online_rate> hồ sơ được nộp trực tuyến.",
    ),
    "procedures": (
        "Trong kỳ đã rà soát <procedures_reviewed> thủ tục, kiến nghị cắt giảm, đơn giản "
        "hóa <procedures_simplified> thủ tục.",
        "Kết quả rà soát: <procedures_reviewed> thủ tục hành chính, trong đó đề xuất đơn "
        "giản hóa <procedures_simplified>.",
    ),
    "training": (
        "Mở <training|form=in_person> lớp tập huấn trực tiếp cho công chức một cửa.",
        "Tổ chức <training|form=online> buổi tập huấn qua hình thức trực tuyến.",
    ),
    "inspection": (
        "Tổ kiểm tra đã làm việc tại <inspected|at=commune|kind=commune|out_of=23>/23 xã, "
        "thị trấn.",
        "Đã kiểm tra <inspected|at=commune|kind=commune|out_of=17>/17 xã về công tác một cửa.",
    ),
    "index": (
        "Chỉ số cải cách hành chính của đơn vị đạt <par_index>, xếp hạng "
        "<rank|of=par_index|out_of=12>/12 trong tỉnh.",
    ),
    "money": (
        "Vốn đầu tư công đã giải ngân <disbursed> triệu đồng, bằng <disbursed_rate> kế hoạch giao.",
        "Tiếp nhận <documents_in> văn bản đến, phát hành <documents_out> văn bản đi.",
        "Tỷ lệ văn bản đi được ký số là <digitally_signed_rate>.",
    ),
}
