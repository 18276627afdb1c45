"""The fourth other author, never mended for: a ward's clerk, half list and half sentence."""

AUTHOR_FOUR = {
    "received": (
        "Tổng số hồ sơ tiếp nhận là <received_total> hồ sơ; trong đó <received_new> hồ sơ "
        "tiếp nhận mới trong kỳ và <carried_over> hồ sơ từ kỳ trước chuyển qua.",
        "- Tổng số hồ sơ nhận giải quyết: <received_total> hồ sơ.\n"
        "- Số hồ sơ mới tiếp nhận: <received_new> hồ sơ.\n"
        "- Số hồ sơ tồn từ kỳ trước: <carried_over> hồ sơ.",
        "Phường đã tiếp nhận, thụ lý <received_total> lượt hồ sơ, phát sinh mới "
        "<received_new> hồ sơ, tồn kỳ trước <carried_over> hồ sơ.",
        "Về tiếp nhận hồ sơ: đầu kỳ còn <carried_over> hồ sơ chuyển sang, trong kỳ nhận mới "
        "<received_new> hồ sơ.",
    ),
    "channels": (
        "Số hồ sơ tiếp nhận trực tuyến là <received_online> hồ sơ, tiếp nhận trực tiếp là "
        "<received_in_person> hồ sơ, qua bưu chính là <received_postal> hồ sơ.",
        "+ Trực tuyến: <received_online> hồ sơ.\n+ Trực tiếp: <received_in_person> hồ sơ.",
        "Có <received_online> hồ sơ người dân nộp trực tuyến.",
    ),
    "resolved": (
        "Tổng số hồ sơ đã giải quyết là <resolved_total> hồ sơ, đúng hạn <resolved_on_time> "
        "hồ sơ, trước hạn <resolved_early> hồ sơ, trễ hạn <resolved_late> hồ sơ.",
        "- Hồ sơ đã giải quyết xong: <resolved_total> hồ sơ.\n"
        "+ Trước hạn: <resolved_early> hồ sơ.\n"
        "+ Đúng hạn: <resolved_on_time> hồ sơ.\n"
        "+ Quá hạn: <resolved_late> hồ sơ.",
        "Phường đã giải quyết và trả kết quả <resolved_total> hồ sơ, trong đó "
        "<resolved_in_time> hồ sơ giải quyết trước và đúng hạn; <resolved_late> hồ sơ giải "
        "quyết chậm.",
    ),
    "open": (
        "Số hồ sơ còn lại đang giải quyết là <open_total> hồ sơ, tất cả gồm <open_in_time> "
        "hồ sơ trong hạn và <open_overdue> hồ sơ quá hạn.",
        "- Hồ sơ đang xử lý: <open_total> hồ sơ.\n"
        "+ Còn trong hạn: <open_in_time> hồ sơ.\n"
        "+ Quá hạn: <open_overdue> hồ sơ.",
        "Hồ sơ tồn chưa giải quyết <open_total> hồ sơ, trong hạn <open_in_time> hồ sơ, quá "
        "hạn <open_overdue> hồ sơ.",
    ),
    "returned": (
        "Số hồ sơ từ chối tiếp nhận, trả lại: <returned> hồ sơ.",
        "Trả lại <returned> hồ sơ chưa đủ thành phần theo quy định.",
        "Người dân xin rút <withdrawn> hồ sơ.",
    ),
    "waiting": (
        "Hồ sơ đang tạm dừng: <open_halted> hồ sơ; hồ sơ đang chờ bổ sung: "
        "<open_awaiting_supplement> hồ sơ.",
        "<open_awaiting_supplement> hồ sơ phải bổ sung giấy tờ, đang chờ bổ sung.",
    ),
    "posted": (
        "Số hồ sơ trả kết quả qua bưu điện: <returned_by_post> hồ sơ.",
        "Trả kết quả giải quyết qua dịch vụ bưu chính công ích được <returned_by_post> hồ sơ.",
    ),
    "feedback": (
        "Đã tiếp nhận <feedback_received> phản ánh của người dân; <feedback_handled> phản "
        "ánh đã xử lý, <feedback_open> phản ánh đang xử lý.",
        "- Phản ánh, kiến nghị tiếp nhận: <feedback_received>.\n"
        "- Đã giải quyết: <feedback_handled>.\n"
        "- Đang giải quyết: <feedback_open>.",
    ),
    "rates": (
        "Số hóa hồ sơ đầu vào đạt tỷ lệ <digitised_intake_rate>.",
        "Số hóa kết quả giải quyết TTHC đạt <digitised_result_rate>.",
        "Tỷ lệ thanh toán phí, lệ phí trực tuyến: <online_payment_rate>.",
        "Mức độ hài lòng của người dân, doanh nghiệp đạt <satisfaction_rate>.",
        "Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn là <on_time_rate>.",
        "Tỷ lệ hồ sơ tiếp nhận trực tuyến của phường đạt <online_rate>.",
    ),
    "procedures": (
        "Rà soát được <procedures_reviewed> thủ tục hành chính, đề nghị đơn giản hóa "
        "<procedures_simplified> thủ tục.",
    ),
    "training": (
        "Phối hợp tổ chức <training|form=online> lớp tập huấn trực tuyến cho công chức phường.",
        "Tổ chức được <training|form=in_person> buổi tập huấn theo hình thức trực tiếp.",
    ),
    "inspection": ("Huyện kiểm tra <inspected|at=commune|kind=commune|out_of=20>/20 xã, phường.",),
    "index": (
        "Chỉ số cải cách hành chính: <par_index>, xếp thứ <rank|of=par_index|out_of=13>/13.",
    ),
    "money": (
        "Giải ngân vốn đầu tư công được <disbursed> triệu đồng, đạt <disbursed_rate>.",
        "Ban hành <documents_out> văn bản đi; tiếp nhận <documents_in> văn bản đến.",
        "Ký số văn bản đi đạt <digitally_signed_rate>.",
    ),
}
