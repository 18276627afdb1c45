"""The second other author: short notes of a commune, and the words of a department's summary."""

AUTHOR_TWO = {
    "received": (
        "Bộ phận tiếp nhận và trả kết quả nhận tổng cộng <received_total> bộ hồ sơ "
        "(<received_new> bộ mới nhận, <carried_over> bộ tồn từ tháng trước).",
        "Tổng hồ sơ đã tiếp nhận <received_total> hồ sơ, gồm <received_new> hồ sơ tiếp nhận "
        "mới và <carried_over> hồ sơ từ kỳ báo cáo trước chuyển qua.",
        "- Tiếp nhận: <received_total> (hồ sơ mới: <received_new>; hồ sơ cũ chuyển sang: "
        "<carried_over>).",
        "Trong kỳ báo cáo, cơ quan tiếp nhận mới <received_new> hồ sơ; cộng cả số kỳ trước "
        "chuyển sang <carried_over> hồ sơ, tổng số là <received_total> hồ sơ.",
    ),
    "channels": (
        "Phân theo cách thức nộp: <received_online> hồ sơ trực tuyến; <received_in_person> "
        "hồ sơ trực tiếp; <received_postal> hồ sơ qua bưu chính công ích.",
        "Tiếp nhận trực tuyến <received_online> hồ sơ, tiếp nhận trực tiếp và qua bưu điện "
        "<received_offline> hồ sơ.",
        "Số hồ sơ nộp trên Cổng dịch vụ công: <received_online> hồ sơ.",
    ),
    "resolved": (
        "Giải quyết được <resolved_total> hồ sơ, trong đó có <resolved_early> hồ sơ sớm "
        "hạn, <resolved_on_time> hồ sơ đúng hẹn, <resolved_late> hồ sơ quá hẹn.",
        "- Giải quyết: <resolved_total> (sớm: <resolved_early>; đúng hạn: "
        "<resolved_on_time>; muộn: <resolved_late>).",
        "Số hồ sơ hoàn thành <resolved_total> hồ sơ; hoàn thành trước hạn <resolved_early> "
        "hồ sơ, hoàn thành đúng hạn <resolved_on_time> hồ sơ, hoàn thành quá hạn "
        "<resolved_late> hồ sơ.",
        "Đến nay đã trả kết quả <resolved_total> hồ sơ, <resolved_in_time> hồ sơ trước hạn "
        "và đúng hạn, <resolved_late> hồ sơ quá hạn.",
    ),
    "open": (
        "Số đang giải quyết <open_total> hồ sơ, còn trong hạn <open_in_time> hồ sơ, đã quá "
        "hạn <open_overdue> hồ sơ.",
        "- Đang giải quyết: <open_total> (trong hạn: <open_in_time>; quá hạn: <open_overdue>).",
        "Chuyển kỳ sau <open_total> hồ sơ đang giải quyết; <open_in_time> hồ sơ còn hạn, "
        "<open_overdue> hồ sơ quá hạn giải quyết.",
    ),
    "returned": (
        "Từ chối giải quyết, trả lại <returned> hồ sơ do không hợp lệ.",
        "Hồ sơ trả lại: <returned>; hồ sơ xin rút: <withdrawn>.",
        "Công dân có đơn xin rút <withdrawn> hồ sơ.",
    ),
    "waiting": (
        "Tạm dừng <open_halted> hồ sơ để xác minh; <open_awaiting_supplement> hồ sơ đang "
        "chờ bổ sung.",
        "Hồ sơ yêu cầu bổ sung: <open_awaiting_supplement> hồ sơ.",
    ),
    "posted": (
        "Số kết quả trả qua dịch vụ bưu chính công ích: <returned_by_post>.",
        "Đã trả kết quả qua bưu chính cho <returned_by_post> hồ sơ.",
    ),
    "feedback": (
        "Tiếp nhận <feedback_received> phản ánh, kiến nghị của người dân, đã giải quyết "
        "<feedback_handled>, đang giải quyết <feedback_open>.",
        "Số phản ánh, kiến nghị nhận được: <feedback_received>; số đã xử lý: "
        "<feedback_handled>; số đang xử lý: <feedback_open>.",
    ),
    "rates": (
        "Tỉ lệ hồ sơ số hóa khi tiếp nhận: <digitised_intake_rate>.",
        "Kết quả giải quyết được số hóa đạt tỷ lệ <digitised_result_rate>.",
        "Thanh toán trực tuyến phí, lệ phí đạt <online_payment_rate>.",
        "Mức độ hài lòng của tổ chức, cá nhân là <satisfaction_rate>.",
        "Giải quyết đúng hạn đạt <on_time_rate>.",
        "Tỉ lệ hồ sơ trực tuyến: <online_rate>.",
    ),
    "procedures": (
        "Rà soát <procedures_reviewed> TTHC, qua đó đề nghị đơn giản hóa "
        "<procedures_simplified> TTHC.",
        "Số thủ tục được rà soát là <procedures_reviewed>, số thủ tục được đơn giản hóa là "
        "<procedures_simplified>.",
    ),
    "training": (
        "Đã mở <training|form=online> lớp tập huấn trực tuyến về kiểm soát thủ tục hành chính.",
        "Trong kỳ có <training|form=in_person> hội nghị tập huấn trực tiếp.",
    ),
    "inspection": (
        "Kiểm tra thực tế tại <inspected|at=commune|kind=commune|out_of=19>/19 xã, phường.",
        "Số xã được kiểm tra: <inspected|at=commune|kind=commune|out_of=21>/21 xã.",
    ),
    "index": ("Năm nay Chỉ số CCHC đạt <par_index>, đứng thứ <rank|of=par_index|out_of=15>/15.",),
    "money": (
        "Giải ngân <disbursed> triệu đồng, đạt tỷ lệ <disbursed_rate>.",
        "Văn bản đến <documents_in> văn bản, văn bản đi <documents_out> văn bản.",
        "<digitally_signed_rate> văn bản được ký số.",
    ),
}
