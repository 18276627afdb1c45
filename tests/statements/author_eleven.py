"""Author eleven: an experienced clerk of a midland district's Văn phòng HĐND-UBND.

Writes the standard formal monthly report (Phần I, mục 1, gạch đầu dòng).
"""

AUTHOR_ELEVEN = {
    "received": (
        "1. Tình hình tiếp nhận hồ sơ\n"
        "- Tổng số hồ sơ TTHC phải giải quyết trong tháng: <received_total> hồ sơ, trong đó:\n"
        "+ Số hồ sơ mới tiếp nhận trong kỳ: <received_new> hồ sơ;\n"
        "+ Số hồ sơ từ kỳ trước chuyển sang: <carried_over> hồ sơ.",
        "Trong kỳ báo cáo, Bộ phận Tiếp nhận và Trả kết quả huyện tiếp nhận mới <received_new> "
        "hồ sơ; cộng với <carried_over> hồ sơ tháng trước chưa giải quyết xong chuyển qua, tổng "
        "số hồ sơ phải giải quyết là <received_total> hồ sơ.",
        "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ, tổng số hồ sơ các "
        "cơ quan chuyên môn thuộc UBND huyện phải xem xét, giải quyết trong kỳ là "
        "<received_total> hồ sơ (kỳ trước chuyển sang: <carried_over> hồ sơ; phát sinh mới: "
        "<received_new> hồ sơ).",
        "Ngoài <carried_over> hồ sơ tồn từ kỳ báo cáo trước, trong tháng BPMC huyện đã nhận mới "
        "<received_new> hồ sơ của tổ chức, cá nhân tại 02 bộ phận (quầy UBND huyện và quầy "
        "các cơ quan ngành dọc).",
        "a) Về tiếp nhận: Có <received_new> HS được tiếp nhận mới, nâng tổng số HS phải giải "
        "quyết (tính cả HS kỳ trước chuyển sang) lên <received_total> HS.",
    ),
    "channels": (
        "- Phân theo hình thức tiếp nhận (chỉ tính hồ sơ nhận mới trong kỳ):\n"
        "+ Trực tuyến: <received_online> hồ sơ;\n"
        "+ Trực tiếp: <received_in_person> hồ sơ;\n"
        "+ Qua dịch vụ bưu chính công ích: <received_postal> hồ sơ.",
        "Về hình thức nộp hồ sơ: số hồ sơ tiếp nhận trực tuyến trên Hệ thống thông tin giải "
        "quyết TTHC của tỉnh là <received_online> hồ sơ, số hồ sơ tiếp nhận trực tiếp và qua "
        "dịch vụ bưu chính công ích là <received_offline> hồ sơ.",
        "Tổ chức, công dân đến nộp trực tiếp tại BPTN&TKQ <received_in_person> hồ sơ, gửi qua "
        "bưu điện <received_postal> hồ sơ; số còn lại gồm <received_online> hồ sơ được nộp trực "
        "tuyến qua Cổng Dịch vụ công quốc gia.",
        "Trong số hồ sơ mới tiếp nhận có <online_full> hồ sơ thực hiện theo DVC trực tuyến toàn "
        "trình và <interlinked> hồ sơ thuộc các thủ tục giải quyết theo cơ chế một cửa liên "
        "thông.",
        "b) Hồ sơ nộp trực tuyến: <received_online> hồ sơ, trong đó DVC toàn trình: "
        "<online_full> hồ sơ. Hồ sơ không nộp trực tuyến (nộp trực tiếp, nộp qua BCCI): "
        "<received_offline> hồ sơ.",
    ),
    "resolved": (
        "2. Kết quả giải quyết hồ sơ\n"
        "- Số hồ sơ đã giải quyết: <resolved_total> hồ sơ, trong đó:\n"
        "+ Giải quyết trước hạn: <resolved_early> hồ sơ;\n"
        "+ Giải quyết đúng hạn: <resolved_on_time> hồ sơ;\n"
        "+ Giải quyết quá hạn: <resolved_late> hồ sơ.",
        "Các phòng chuyên môn đã giải quyết và trả kết quả trước hạn <resolved_early> hồ sơ, "
        "đúng hạn <resolved_on_time> hồ sơ, quá hạn <resolved_late> hồ sơ; tính chung số hồ sơ "
        "giải quyết xong trong tháng là <resolved_total> hồ sơ.",
        "Tính đến ngày 14 của tháng báo cáo, toàn huyện đã giải quyết xong <resolved_total> hồ "
        "sơ. Trong đó, hồ sơ giải quyết trước và đúng hạn là <resolved_in_time> hồ sơ, hồ sơ "
        "giải quyết chậm so với thời gian quy định là <resolved_late> hồ sơ.",
        "- Hồ sơ đã giải quyết: <resolved_total> HS (<resolved_in_time> HS trước hạn và đúng "
        "hạn; <resolved_late> HS quá hạn). Đối với các HS giải quyết quá hạn, UBND huyện đã yêu "
        "cầu cơ quan, đơn vị có văn bản xin lỗi tổ chức, cá nhân theo đúng quy định.",
        "Công tác giải quyết hồ sơ cơ bản bảo đảm thời gian theo phiếu hẹn: với <resolved_total> "
        "hồ sơ đã giải quyết, có <resolved_early> hồ sơ hoàn thành trước thời hạn, "
        "<resolved_on_time> hồ sơ hoàn thành đúng thời hạn và <resolved_late> hồ sơ hoàn "
        "thành sau thời hạn.",
    ),
    "open": (
        "- Số hồ sơ đang giải quyết: <open_total> hồ sơ, trong đó:\n"
        "+ Trong hạn: <open_in_time> hồ sơ;\n"
        "+ Quá hạn: <open_overdue> hồ sơ.",
        "Đến hết kỳ báo cáo còn <open_total> hồ sơ đang trong quá trình giải quyết, chuyển sang "
        "tháng sau; trong đó <open_in_time> hồ sơ chưa đến hạn, <open_overdue> hồ sơ đã quá hạn "
        "nhưng chưa có kết quả.",
        "Trong số hồ sơ các cơ quan, đơn vị đang giải quyết có <open_in_time> hồ sơ còn trong "
        "hạn và <open_overdue> hồ sơ quá hạn (tập trung ở 02 lĩnh vực đất đai, xây dựng), tổng "
        "cộng <open_total> hồ sơ.",
        "c) Hồ sơ chưa giải quyết xong tại thời điểm báo cáo: <open_total> HS. Số HS đang giải "
        "quyết đã quá hạn là <open_overdue> HS; số HS đang giải quyết còn trong hạn là "
        "<open_in_time> HS.",
        "Hiện nay, các cơ quan chuyên môn đang tiếp tục thẩm định, giải quyết <open_total> hồ "
        "sơ, bao gồm <open_in_time> hồ sơ trong thời hạn quy định và <open_overdue> hồ sơ quá "
        "thời hạn quy định.",
    ),
    "returned": (
        "- Số hồ sơ trả lại do không đủ điều kiện giải quyết: <returned> hồ sơ; số hồ sơ công "
        "dân xin rút: <withdrawn> hồ sơ.",
        "Qua thẩm định, các cơ quan chuyên môn đã trả lại <returned> hồ sơ cho tổ chức, công dân "
        "kèm theo Phiếu từ chối giải quyết hồ sơ (Mẫu số 03), trong đó nêu rõ lý do.",
        "Theo đề nghị của người nộp, BPMC huyện đã làm thủ tục cho rút <withdrawn> hồ sơ. Ngoài "
        "ra, có <returned> hồ sơ bị từ chối giải quyết, trả lại cho công dân vì không bảo đảm "
        "điều kiện theo quy định.",
    ),
    "waiting": (
        "- Hồ sơ đang chờ công dân bổ sung: <open_awaiting_supplement> hồ sơ; hồ sơ đang tạm "
        "dừng giải quyết: <open_halted> hồ sơ.",
        "Tại thời điểm báo cáo có <open_halted> hồ sơ đang dừng xử lý và "
        "<open_awaiting_supplement> hồ sơ đã có thông báo yêu cầu bổ sung thành phần, hiện còn "
        "chờ tổ chức, cá nhân hoàn thiện.",
        "Số hồ sơ còn chờ bổ sung giấy tờ theo Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu số "
        "02) là <open_awaiting_supplement> hồ sơ.",
    ),
    "posted": (
        "- Số kết quả giải quyết TTHC được trả qua dịch vụ bưu chính công ích: "
        "<returned_by_post> hồ sơ.",
        "Thực hiện Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016 của Thủ tướng Chính phủ, Bưu "
        "điện huyện đã chuyển kết quả giải quyết đến tận địa chỉ của người dân đối với "
        "<returned_by_post> hồ sơ.",
    ),
    "feedback": (
        "5. Tiếp nhận, xử lý phản ánh, kiến nghị (PAKN)\n"
        "- Tổng số PAKN tiếp nhận (bao gồm cả kỳ trước chuyển sang): <feedback_received> PAKN;\n"
        "- Đã xử lý: <feedback_handled> PAKN;\n"
        "- Đang xử lý: <feedback_open> PAKN.",
        "Về phản ánh, kiến nghị của cá nhân, tổ chức: Đến thời điểm báo cáo, UBND huyện đã "
        "xử lý, trả lời <feedback_handled> trong tổng số <feedback_received> phản ánh, kiến nghị "
        "phải xử lý; còn <feedback_open> phản ánh, kiến nghị đang được xem xét, giải quyết.",
        "Trên Hệ thống tiếp nhận, trả lời PAKN, kể cả số kỳ trước chuyển qua, Văn phòng HĐND và "
        "UBND huyện nhận được <feedback_received> phản ánh, kiến nghị của người dân, doanh "
        "nghiệp; số phản ánh, kiến nghị đã được trả lời dứt điểm là <feedback_handled>.",
    ),
    "rates": (
        "3. Một số chỉ tiêu đánh giá theo Quyết định số 766/QĐ-TTg ngày 23/6/2022\n"
        "- Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn: <on_time_rate>;\n"
        "- Tỷ lệ hồ sơ tiếp nhận trực tuyến: <online_rate>;\n"
        "- Tỷ lệ số hóa hồ sơ khi tiếp nhận: <digitised_intake_rate>;\n"
        "- Tỷ lệ số hóa kết quả giải quyết TTHC: <digitised_result_rate>;\n"
        "- Tỷ lệ thanh toán trực tuyến: <online_payment_rate>;\n"
        "- Mức độ hài lòng của người dân, doanh nghiệp: <satisfaction_rate>.",
        "Công tác số hóa được quan tâm chỉ đạo theo Nghị định số 107/2021/NĐ-CP ngày 06/12/2021; "
        "có <digitised_intake_rate> hồ sơ được số hóa ngay từ khâu tiếp nhận và "
        "<digitised_result_rate> kết quả giải quyết TTHC được số hóa, lưu vào kho dữ liệu điện "
        "tử.",
        "Hồ sơ nộp trực tuyến chiếm <online_rate> số hồ sơ tiếp nhận mới. Đối với các hồ sơ phát "
        "sinh nghĩa vụ phí, lệ phí, tỷ lệ giao dịch được thanh toán trực tuyến trên Cổng Dịch vụ "
        "công đạt <online_payment_rate>.",
        "Kết quả lấy ý kiến tại BPMC cho thấy <satisfaction_rate> lượt đánh giá của tổ chức, cá "
        "nhân ở mức hài lòng trở lên; hồ sơ được giải quyết trước hoặc đúng thời hạn đạt tỷ lệ "
        "<on_time_rate>.",
        "- Về quản lý văn bản điện tử: trong tháng, UBND huyện tiếp nhận <documents_in> văn bản "
        "đến, phát hành <documents_out> văn bản đi; tỷ lệ văn bản đi được ký số đạt "
        "<digitally_signed_rate>.",
    ),
    "procedures": (
        "- Tổng số TTHC thuộc thẩm quyền giải quyết của UBND huyện: <procedures> thủ tục, được "
        "niêm yết, công khai đầy đủ tại BPMC và trên Trang thông tin điện tử huyện.",
        "Về rà soát, đơn giản hóa TTHC: Trong kỳ, các phòng chuyên môn đã rà soát "
        "<procedures_reviewed> TTHC, qua đó đã thực hiện đơn giản hóa <procedures_simplified> "
        "TTHC theo phương án được cấp có thẩm quyền thông qua.",
        "Danh mục TTHC đang áp dụng trên địa bàn huyện gồm <procedures> TTHC. Số TTHC được đưa "
        "vào kế hoạch và đã hoàn thành rà soát, đánh giá là <procedures_reviewed> thủ tục; số "
        "TTHC đã được đơn giản hóa là <procedures_simplified> thủ tục.",
    ),
    "training": (
        "- Công tác tập huấn: Đã tổ chức <training|form=in_person> lớp tập huấn trực tiếp và "
        "<training|form=online> lớp tập huấn trực tuyến về nghiệp vụ kiểm soát TTHC cho cán bộ, "
        "công chức cấp huyện, cấp xã.",
        "Phối hợp với Văn phòng UBND tỉnh mở các hội nghị tập huấn cho công chức làm việc tại Bộ "
        "phận Một cửa, cụ thể: theo hình thức trực tuyến <training|form=online> hội nghị; theo "
        "hình thức trực tiếp <training|form=in_person> hội nghị.",
    ),
    "inspection": (
        "- Công tác kiểm tra: UBND huyện đã kiểm tra việc thực hiện kiểm soát TTHC tại "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã, thị trấn; sau kiểm tra đã có thông "
        "báo kết luận gửi các đơn vị.",
        "Thực hiện Kế hoạch số 37/KH-UBND ngày 20/02/2024, Tổ kiểm tra của huyện đã làm việc và "
        "hoàn thành kiểm tra công tác CCHC đối với "
        "<inspected|at=commune|kind=commune|out_of=15>/15 UBND cấp xã.",
    ),
    "index": (
        "- Chỉ số cải cách hành chính của huyện đạt <par_index>, xếp thứ "
        "<rank|of=par_index|out_of=11>/11 huyện, thành phố trong tỉnh.",
        "Theo kết quả được UBND tỉnh công bố, huyện đứng thứ <rank|of=par_index|out_of=11>/11 "
        "đơn vị cấp huyện về Chỉ số CCHC, với kết quả chung là <par_index>.",
    ),
    "money": (
        "- Về giải ngân vốn đầu tư công: lũy kế đến thời điểm báo cáo đã giải ngân <disbursed> "
        "triệu đồng, đạt <disbursed_rate> kế hoạch vốn được giao.",
        "Tỷ lệ giải ngân vốn đầu tư công của huyện đạt <disbursed_rate> kế hoạch, tương ứng với "
        "số vốn đã giải ngân là <disbursed> triệu đồng.",
    ),
}
