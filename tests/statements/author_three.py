"""The third other author: a provincial office's summary, written from the portal's statistics."""

AUTHOR_THREE = {
    "received": (
        "Tổng số hồ sơ phải giải quyết trong kỳ là <received_total> hồ sơ, trong đó số hồ "
        "sơ mới tiếp nhận <received_new> hồ sơ, số hồ sơ kỳ trước chuyển sang "
        "<carried_over> hồ sơ.",
        "Theo số liệu trên Hệ thống thông tin giải quyết thủ tục hành chính, đơn vị đã tiếp "
        "nhận <received_total> hồ sơ (tiếp nhận mới: <received_new>; tồn kỳ trước: "
        "<carried_over>).",
        "Hồ sơ tiếp nhận trong kỳ: <received_new> hồ sơ; hồ sơ kỳ trước chuyển sang: "
        "<carried_over> hồ sơ; tổng cộng: <received_total> hồ sơ.",
        "Đã tiếp nhận <received_total> hồ sơ thủ tục hành chính, gồm <received_new> hồ sơ "
        "mới và <carried_over> hồ sơ tồn của kỳ trước.",
    ),
    "channels": (
        "Hồ sơ nộp trực tuyến <received_online>, hồ sơ nộp trực tiếp <received_in_person>, "
        "hồ sơ nộp qua dịch vụ bưu chính công ích <received_postal>.",
        "Trong đó <received_online> hồ sơ trực tuyến và <received_offline> hồ sơ trực tiếp, "
        "bưu chính công ích.",
        "Số hồ sơ dịch vụ công trực tuyến toàn trình: <online_full> hồ sơ.",
    ),
    "resolved": (
        "Số hồ sơ đã giải quyết <resolved_total> hồ sơ (giải quyết trước hạn "
        "<resolved_early> hồ sơ, giải quyết đúng hạn <resolved_on_time> hồ sơ, giải quyết "
        "quá hạn <resolved_late> hồ sơ).",
        "Đã xử lý <resolved_total> hồ sơ; trước hạn <resolved_early>; đúng hạn "
        "<resolved_on_time>; trễ hạn <resolved_late>.",
        "Kết quả đã giải quyết <resolved_total> hồ sơ, trong đó <resolved_in_time> hồ sơ "
        "đúng và trước hạn, <resolved_late> hồ sơ quá hạn.",
        "Toàn đơn vị giải quyết xong <resolved_total> hồ sơ, có <resolved_late> hồ sơ quá hạn.",
    ),
    "open": (
        "Số hồ sơ đang giải quyết <open_total> hồ sơ (trong hạn <open_in_time> hồ sơ, quá "
        "hạn <open_overdue> hồ sơ).",
        "Còn <open_total> hồ sơ đang trong quá trình xử lý, trong đó chưa đến hạn "
        "<open_in_time>, quá hạn <open_overdue>.",
        "Hồ sơ chưa giải quyết: <open_total> hồ sơ, bao gồm: <open_in_time> hồ sơ trong "
        "hạn, <open_overdue> hồ sơ trễ hạn.",
    ),
    "returned": (
        "Số hồ sơ trả lại, không đủ điều kiện giải quyết: <returned> hồ sơ.",
        "Trả lại <returned> hồ sơ; công dân rút <withdrawn> hồ sơ.",
        "Hồ sơ rút theo đề nghị của công dân: <withdrawn> hồ sơ.",
    ),
    "waiting": (
        "Có <open_awaiting_supplement> hồ sơ chờ bổ sung và <open_halted> hồ sơ tạm dừng xử lý.",
        "Số hồ sơ tạm dừng: <open_halted>.",
    ),
    "posted": (
        "Trả kết quả qua dịch vụ BCCI <returned_by_post> hồ sơ.",
        "Số hồ sơ trả kết quả qua bưu chính: <returned_by_post> hồ sơ.",
    ),
    "linked": ("Số hồ sơ liên thông là <interlinked> hồ sơ.",),
    "feedback": (
        "Trong kỳ tiếp nhận <feedback_received> phản ánh, kiến nghị; đã xử lý "
        "<feedback_handled> phản ánh, kiến nghị; đang xử lý <feedback_open> phản ánh, kiến "
        "nghị.",
        "Tổng số phản ánh, kiến nghị: <feedback_received>, đã giải quyết xong: "
        "<feedback_handled>, chưa giải quyết: <feedback_open>.",
    ),
    "rates": (
        "Tỷ lệ số hóa hồ sơ đầu vào đạt <digitised_intake_rate>.",
        "Tỷ lệ kết quả giải quyết thủ tục hành chính được số hóa là <digitised_result_rate>.",
        "Tỷ lệ hồ sơ thanh toán trực tuyến đạt <online_payment_rate>.",
        "Tỷ lệ người dân hài lòng: <satisfaction_rate>.",
        "Tỷ lệ hồ sơ đúng hạn, trước hạn: <on_time_rate>.",
        "Tỷ lệ hồ sơ nộp trực tuyến trong kỳ chiếm <online_rate>.",
    ),
    "procedures": (
        "Đã rà soát, đánh giá <procedures_reviewed> thủ tục hành chính; đơn giản hóa "
        "<procedures_simplified> thủ tục hành chính.",
        "Số thủ tục hành chính được rà soát: <procedures_reviewed> thủ tục.",
    ),
    "training": (
        "Tổ chức <training|form=in_person> hội nghị trực tiếp và <training|form=online> hội "
        "nghị trực tuyến để tập huấn cho cán bộ, công chức.",
    ),
    "inspection": (
        "Đã tiến hành kiểm tra <inspected|at=commune|kind=commune|out_of=18>/18 xã, thị trấn.",
        "Kiểm tra công tác cải cách hành chính đối với "
        "<inspected|at=commune|kind=commune|out_of=16>/16 xã.",
    ),
    "index": (
        "Chỉ số cải cách hành chính đạt <par_index>, xếp vị trí thứ "
        "<rank|of=par_index|out_of=14>/14.",
    ),
    "money": (
        "Công tác giải ngân: đã giải ngân <disbursed> triệu đồng, đạt <disbursed_rate> kế "
        "hoạch vốn.",
        "Đã tiếp nhận <documents_in> văn bản đến và phát hành <documents_out> văn bản đi.",
        "Tỷ lệ ký số văn bản điện tử đạt <digitally_signed_rate>.",
    ),
}
