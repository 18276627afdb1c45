"""The fifth other author: never mended for. A town's quarterly letter to the province."""

AUTHOR_FIVE = {
    "received": (
        "Trong kỳ, toàn thị xã tiếp nhận <received_total> hồ sơ, trong đó: kỳ trước chuyển "
        "sang <carried_over> hồ sơ, tiếp nhận mới <received_new> hồ sơ.",
        "a) Số hồ sơ tiếp nhận: <received_total> hồ sơ (mới tiếp nhận trong kỳ "
        "<received_new> hồ sơ, tồn kỳ trước chuyển sang <carried_over> hồ sơ).",
        "Tổng số hồ sơ tiếp nhận trong kỳ báo cáo: <received_total> hồ sơ. Cụ thể: số hồ sơ "
        "mới <received_new> hồ sơ; số hồ sơ từ kỳ trước <carried_over> hồ sơ.",
        "Bộ phận Một cửa đã tiếp nhận mới <received_new> hồ sơ; số hồ sơ chuyển tiếp từ kỳ "
        "trước là <carried_over> hồ sơ.",
    ),
    "channels": (
        "Cách thức tiếp nhận: trực tuyến <received_online> hồ sơ; trực tiếp "
        "<received_in_person> hồ sơ; bưu chính công ích <received_postal> hồ sơ.",
        "Số lượng hồ sơ tiếp nhận qua hình thức trực tuyến: <received_online> hồ sơ.",
        "Hồ sơ tiếp nhận trực tuyến là <received_online>; hồ sơ tiếp nhận trực tiếp, qua "
        "bưu chính là <received_offline>.",
    ),
    "resolved": (
        "b) Số hồ sơ đã giải quyết: <resolved_total> hồ sơ (trước hạn <resolved_early> hồ "
        "sơ, đúng hạn <resolved_on_time> hồ sơ, quá hạn <resolved_late> hồ sơ).",
        "Hồ sơ giải quyết xong <resolved_total> hồ sơ. Trong đó: giải quyết sớm hạn "
        "<resolved_early> hồ sơ; giải quyết đúng hạn <resolved_on_time> hồ sơ; giải quyết "
        "trễ hạn <resolved_late> hồ sơ.",
        "Toàn thị xã đã giải quyết <resolved_total> hồ sơ, trong đó số hồ sơ giải quyết "
        "trước và đúng hạn <resolved_in_time> hồ sơ, số hồ sơ giải quyết quá hạn "
        "<resolved_late> hồ sơ.",
    ),
    "open": (
        "c) Số hồ sơ đang giải quyết: <open_total> hồ sơ (trong hạn <open_in_time> hồ sơ, "
        "quá hạn <open_overdue> hồ sơ).",
        "Hồ sơ đang trong thời gian giải quyết <open_total> hồ sơ, gồm <open_in_time> hồ sơ "
        "trong hạn và <open_overdue> hồ sơ quá hạn.",
        "Số hồ sơ còn phải giải quyết <open_total> hồ sơ; còn hạn <open_in_time> hồ sơ; quá "
        "hạn <open_overdue> hồ sơ.",
    ),
    "returned": (
        "Số hồ sơ không đủ điều kiện giải quyết đã trả lại: <returned> hồ sơ.",
        "Có <withdrawn> hồ sơ công dân đề nghị rút.",
        "Hồ sơ bị từ chối: <returned> hồ sơ.",
    ),
    "waiting": (
        "Hồ sơ chờ bổ sung <open_awaiting_supplement> hồ sơ, hồ sơ dừng xử lý <open_halted> hồ sơ.",
        "Đang tạm dừng giải quyết <open_halted> hồ sơ.",
    ),
    "posted": (
        "Số kết quả được trả qua bưu chính công ích là <returned_by_post>.",
        "Có <returned_by_post> hồ sơ trả kết quả qua dịch vụ bưu chính công ích.",
    ),
    "feedback": (
        "Số phản ánh, kiến nghị đã tiếp nhận: <feedback_received>; trong đó đã xử lý: "
        "<feedback_handled>; đang xử lý: <feedback_open>.",
        "Tiếp nhận và xử lý phản ánh, kiến nghị: tiếp nhận <feedback_received> ý kiến, đã "
        "xử lý <feedback_handled> ý kiến, còn <feedback_open> ý kiến đang xử lý.",
    ),
    "rates": (
        "Tỷ lệ hồ sơ được số hóa khi tiếp nhận là <digitised_intake_rate>.",
        "Tỷ lệ số hóa kết quả giải quyết: <digitised_result_rate>.",
        "Tỷ lệ hồ sơ có thanh toán trực tuyến là <online_payment_rate>.",
        "Chỉ số hài lòng của người dân đạt <satisfaction_rate>.",
        "Tỷ lệ hồ sơ được giải quyết đúng hạn đạt <on_time_rate>.",
        "Tỷ lệ hồ sơ trực tuyến đạt <online_rate>.",
    ),
    "procedures": (
        "Kết quả đã rà soát <procedures_reviewed> thủ tục, phương án đơn giản hóa "
        "<procedures_simplified> thủ tục.",
    ),
    "training": (
        "Đã tổ chức <training|form=in_person> lớp tập huấn trực tiếp, "
        "<training|form=online> lớp tập huấn trực tuyến.",
    ),
    "inspection": (
        "Đoàn kiểm tra của thị xã đã kiểm tra "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã, phường.",
    ),
    "index": (
        "Chỉ số CCHC của thị xã đạt <par_index>, xếp thứ <rank|of=par_index|out_of=11>/11 "
        "huyện, thị xã.",
    ),
    "money": (
        "Đã giải ngân vốn đầu tư <disbursed> triệu đồng, đạt <disbursed_rate> kế hoạch.",
        "Tổng số văn bản đến <documents_in>, văn bản đi <documents_out>.",
        "Tỷ lệ văn bản được ký số đạt <digitally_signed_rate>.",
    ),
}
