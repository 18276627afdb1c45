"""Written with sight of the reader, to vary how sentences are built; mended for."""

AUTHOR_KNOWN = {
    "received": (
        "Tháng này đơn vị có <received_new> hồ sơ mới; nếu cộng thêm <carried_over> hồ sơ"
        " tháng trước để lại thì tổng khối lượng phải xử lý là <received_total> hồ sơ.",
        "I. TIẾP NHẬN\n1. Tổng số: <received_total> hồ sơ\n- Mới: <received_new> hồ sơ\n- "
        "Cũ: <carried_over> hồ sơ",
        "Trong tổng số <received_total> hồ sơ phải giải quyết, có <received_new> hồ sơ "
        "phát sinh trong kỳ, số còn lại <carried_over> hồ sơ là kỳ trước chuyển sang.",
        "Tiếp nhận: <received_total> hồ sơ = <received_new> hồ sơ mới + <carried_over> hồ"
        " sơ kỳ trước chuyển qua.",
        "Bên cạnh <carried_over> hồ sơ của kỳ trước đang xử lý dở, trong kỳ Bộ phận Một "
        "cửa còn nhận thêm <received_new> hồ sơ, đưa tổng số hồ sơ phải giải quyết lên "
        "con số <received_total>.",
        "Số liệu tiếp nhận (đơn vị: hồ sơ): tổng <received_total>; mới <received_new>; kỳ"
        " trước <carried_over>.",
        "Đầu kỳ còn <carried_over> hồ sơ. Trong kỳ nhận mới <received_new> hồ sơ. Như vậy"
        " tổng số hồ sơ cần giải quyết là <received_total> hồ sơ.",
        "+ Hồ sơ mới: <received_new>, hồ sơ cũ: <carried_over>, tổng: <received_total>.",
        "Tổng số hồ sơ tiếp nhận và phải giải quyết của Bộ phận TN&TKQ là "
        "<received_total> hồ sơ, tăng 12% so với cùng kỳ; gồm <received_new> hồ sơ mới và"
        " <carried_over> hồ sơ chuyển từ kỳ trước.",
        "Có <received_new> lượt công dân đến nộp hồ sơ mới; hồ sơ tồn kỳ trước: "
        "<carried_over>; tổng cộng phải giải quyết: <received_total>.",
    ),
    "channels": (
        "Trong đó, tiếp nhận trực tuyến là <received_online> hồ sơ, trực tiếp là "
        "<received_in_person> hồ sơ, qua bưu chính công ích là <received_postal> hồ sơ.",
        "Phân loại hồ sơ mới theo kênh tiếp nhận như sau: kênh trực tuyến "
        "<received_online>, kênh trực tiếp <received_in_person>, kênh bưu chính "
        "<received_postal>.",
        "- Cách thức nộp:\n+ Trực tuyến: <received_online>\n+ Trực tiếp: "
        "<received_in_person>\n+ Bưu chính: <received_postal>",
        "Người dân lựa chọn nộp trực tuyến với <received_online> hồ sơ; hình thức trực "
        "tiếp và bưu chính chỉ còn <received_offline> hồ sơ.",
        "Riêng hồ sơ nộp qua Cổng DVC quốc gia là <received_online> hồ sơ, nộp tại Bộ "
        "phận Một cửa là <received_in_person> hồ sơ; còn lại <received_postal> hồ sơ nộp "
        "qua bưu điện.",
        "<received_online> hồ sơ được nộp trực tuyến, <received_offline> hồ sơ được nộp "
        "trực tiếp hoặc qua bưu chính.",
        "Về hình thức, hồ sơ trực tuyến chiếm đa số với <received_online> hồ sơ, kế đến "
        "là trực tiếp với <received_in_person> hồ sơ và sau cùng là bưu chính với "
        "<received_postal> hồ sơ.",
        "Số hồ sơ toàn trình là <online_full>, hồ sơ liên thông là <interlinked>.",
    ),
    "resolved": (
        "Đã giải quyết <resolved_total> hồ sơ, đạt kết quả như sau: trước hạn "
        "<resolved_early> hồ sơ, đúng hạn <resolved_on_time> hồ sơ, quá hạn "
        "<resolved_late> hồ sơ.",
        "Có <resolved_early> hồ sơ giải quyết trước hạn, <resolved_on_time> hồ sơ giải "
        "quyết đúng hạn, <resolved_late> hồ sơ giải quyết quá hạn; tổng số đã giải quyết "
        "<resolved_total> hồ sơ.",
        "2. Kết quả giải quyết hồ sơ\n2.1. Đã giải quyết: <resolved_total>\n- Trước hạn: "
        "<resolved_early>\n- Đúng hạn: <resolved_on_time>\n- Quá hạn: <resolved_late>",
        "Số hồ sơ trả đúng và trước hẹn là <resolved_in_time> trong tổng số "
        "<resolved_total> hồ sơ đã giải quyết; có <resolved_late> hồ sơ trễ hẹn.",
        "Trong kỳ, <resolved_total> hồ sơ được giải quyết xong; <resolved_in_time> hồ sơ "
        "trong số đó đúng hạn hoặc trước hạn và <resolved_late> hồ sơ bị trễ.",
        "Kết quả xử lý đạt khá: <resolved_in_time> hồ sơ xong trong hạn, chỉ "
        "<resolved_late> hồ sơ quá hạn, tính chung đã trả <resolved_total> kết quả.",
        "Tổng số hồ sơ đã trả kết quả cho công dân: <resolved_total> hồ sơ; sớm hẹn "
        "<resolved_early>, đúng hẹn <resolved_on_time>, trễ hẹn <resolved_late>.",
        "Đã hoàn thành việc giải quyết <resolved_total> hồ sơ (trước hạn: "
        "<resolved_early>, đúng hạn: <resolved_on_time>, quá hạn: <resolved_late>), không"
        " để phát sinh khiếu nại.",
        "Toàn bộ <resolved_total> hồ sơ đã giải quyết gồm <resolved_in_time> hồ sơ đúng, "
        "trước hạn và <resolved_late> hồ sơ quá hạn (có thư xin lỗi kèm theo).",
        "Về tiến độ: sớm hạn <resolved_early> hồ sơ; đúng hạn <resolved_on_time> hồ sơ; "
        "trễ hạn <resolved_late> hồ sơ trên tổng <resolved_total> hồ sơ đã xong.",
    ),
    "open": (
        "Số còn lại <open_total> hồ sơ đang giải quyết, trong đó <open_in_time> hồ sơ "
        "trong hạn, <open_overdue> hồ sơ quá hạn.",
        "Hồ sơ đang xử lý có <open_total>, gồm <open_in_time> chưa đến hạn và "
        "<open_overdue> quá hạn.",
        "2.2. Đang giải quyết: <open_total>\n- Trong hạn: <open_in_time>\n- Quá hạn: "
        "<open_overdue>",
        "Đến cuối kỳ, vẫn còn <open_in_time> hồ sơ đang trong thời hạn giải quyết và "
        "<open_overdue> hồ sơ đã quá hạn chưa giải quyết; tổng tồn là <open_total> hồ sơ.",
        "Tồn chuyển kỳ sau: <open_total> hồ sơ; phần lớn còn trong hạn (<open_in_time> hồ"
        " sơ), chỉ có <open_overdue> hồ sơ quá hạn.",
        "Số hồ sơ chưa giải quyết là <open_total>: còn hạn <open_in_time>, quá hạn <open_overdue>.",
        "Trong <open_total> hồ sơ chưa xong, có <open_overdue> hồ sơ trễ hạn do vướng quy hoạch.",
        "Các hồ sơ đang giải quyết (<open_total> hồ sơ) cơ bản còn thời hạn; số quá hạn "
        "là <open_overdue> hồ sơ.",
    ),
    "returned": (
        "Từ chối tiếp nhận, trả lại <returned> hồ sơ không hợp lệ; công dân tự rút "
        "<withdrawn> hồ sơ.",
        "Số hồ sơ bị trả lại do chưa đủ thành phần là <returned>; số hồ sơ rút theo "
        "nguyện vọng là <withdrawn>.",
        "- Hồ sơ trả lại: <returned>\n- Hồ sơ rút: <withdrawn>",
    ),
    "waiting": (
        "Trong số đang giải quyết có <open_awaiting_supplement> hồ sơ chờ người dân bổ "
        "sung, <open_halted> hồ sơ tạm dừng chờ ý kiến cấp trên.",
        "Hồ sơ chờ bổ sung: <open_awaiting_supplement>; hồ sơ tạm dừng: <open_halted>.",
        "Cơ quan đã gửi phiếu yêu cầu bổ sung đối với <open_awaiting_supplement> hồ sơ; "
        "tạm dừng xử lý <open_halted> hồ sơ.",
    ),
    "posted": (
        "Qua dịch vụ bưu chính công ích đã chuyển trả <returned_by_post> kết quả.",
        "Số lượt trả kết quả tại nhà thông qua bưu điện: <returned_by_post>.",
        "<returned_by_post> hồ sơ có kết quả được bưu điện phát tận nhà.",
    ),
    "feedback": (
        "Công tác xử lý PAKN: tổng số <feedback_received>, đã xử lý <feedback_handled>, "
        "còn <feedback_open> đang xử lý.",
        "Tiếp nhận <feedback_received> lượt phản ánh qua đường dây nóng, trong đó đã giải"
        " quyết <feedback_handled> lượt, đang giải quyết <feedback_open> lượt.",
        "3. Tiếp nhận, xử lý phản ánh, kiến nghị\n- Số tiếp nhận: <feedback_received>\n- Số"
        " đã xử lý: <feedback_handled>\n- Số đang xử lý: <feedback_open>",
        "Trong <feedback_received> kiến nghị của người dân và doanh nghiệp, "
        "<feedback_handled> kiến nghị đã được trả lời, <feedback_open> kiến nghị đang "
        "được cơ quan chuyên môn nghiên cứu.",
        "Cơ quan nhận <feedback_received> PAKN; kết quả: xử lý xong <feedback_handled>, "
        "chưa xong <feedback_open>.",
    ),
    "rates": (
        "Các chỉ tiêu đạt được: số hóa đầu vào <digitised_intake_rate>, số hóa kết quả "
        "<digitised_result_rate>, thanh toán trực tuyến <online_payment_rate>, hài lòng "
        "<satisfaction_rate>.",
        "Tỷ lệ hồ sơ nộp trực tuyến là <online_rate>, tỷ lệ đúng hạn là <on_time_rate>, "
        "tỷ lệ thanh toán trực tuyến là <online_payment_rate>.",
        "Mức độ hài lòng của người dân đạt <satisfaction_rate>; <digitised_intake_rate> "
        "hồ sơ được số hóa khi tiếp nhận và <digitised_result_rate> kết quả được số hóa.",
        "Bộ chỉ số 766: tiến độ giải quyết đúng hạn <on_time_rate>; dịch vụ công trực "
        "tuyến <online_rate>; thanh toán trực tuyến <online_payment_rate>; mức độ hài "
        "lòng <satisfaction_rate>.",
        "- Đúng hạn: <on_time_rate>\n- Hài lòng: <satisfaction_rate>\n- Trực tuyến: <online_rate>",
    ),
    "procedures": (
        "Tổng số TTHC của đơn vị là <procedures>, đã rà soát <procedures_reviewed>, đơn "
        "giản hóa <procedures_simplified>.",
        "Đơn vị rà soát <procedures_reviewed> trong tổng số <procedures> TTHC, kiến nghị "
        "đơn giản hóa <procedures_simplified> TTHC.",
    ),
    "training": (
        "Tổ chức được <training|form=in_person> lớp tập huấn trực tiếp, "
        "<training|form=online> lớp trực tuyến.",
        "Công tác tập huấn: trực tiếp <training|form=in_person> lớp, trực tuyến "
        "<training|form=online> lớp.",
    ),
    "inspection": (
        "Kiểm tra CCHC được <inspected|at=commune|kind=commune|out_of=15>/15 xã.",
        "Đã tiến hành kiểm tra tại <inspected|at=commune|kind=commune|out_of=15>/15 xã, "
        "phường (đạt yêu cầu kế hoạch).",
    ),
    "index": (
        "Chỉ số CCHC xếp thứ <rank|of=par_index|out_of=11>/11 với <par_index>.",
        "Kết quả xếp hạng Chỉ số CCHC: đạt <par_index>, hạng <rank|of=par_index|out_of=11>/11.",
    ),
    "money": (
        "Đã giải ngân <disbursed> triệu đồng (đạt <disbursed_rate>).",
        "Giải ngân đạt <disbursed_rate>, tương đương <disbursed> triệu đồng.",
        "Văn bản đến: <documents_in>; văn bản đi: <documents_out>; ký số: <digitally_signed_rate>.",
    ),
}
