"""The ninth author: a district people's committee office in the north central region.

Old-style official language; sections 1., a), -; totals are often given after their parts.
Read by the reader before anything was changed: recall 0.959, precision 0.975; with noise 0.943,
0.961.
"""

AUTHOR_NINE = {
    "received": (
        "1. Về tiếp nhận hồ sơ\n"
        "a) Hồ sơ kỳ trước chưa giải quyết xong, chuyển sang kỳ này: <carried_over> hồ sơ;\n"
        "b) Hồ sơ nhận mới trong kỳ: <received_new> hồ sơ;\n"
        "Cộng a) và b), số hồ sơ phải giải quyết trong kỳ là <received_total> hồ sơ.",
        "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ, Bộ phận Tiếp nhận và "
        "Trả kết quả huyện trong kỳ báo cáo đã nhận vào sổ <received_new> hồ sơ mới; cộng với "
        "<carried_over> hồ sơ tồn của kỳ trước mang sang, toàn huyện có cả thảy "
        "<received_total> hồ sơ phải thụ lý.",
        "- Số hồ sơ phải giải quyết, kể cả hồ sơ kỳ trước chuyển qua: <received_total> HS. "
        "Trừ <carried_over> HS tồn cũ, số phát sinh mới trong kỳ là <received_new> HS.",
        "Kỳ trước còn lại chưa giải quyết <carried_over> hồ sơ. Trong kỳ, tổ chức và công dân "
        "đến nộp thêm <received_new> hồ sơ. Như vậy, khối lượng phải xử lý của cả kỳ lên tới "
        "<received_total> hồ sơ.",
        "1.1. Tình hình nhận hồ sơ tại 02 bộ phận (huyện và xã): nhận mới <received_new> bộ hồ "
        "sơ, kỳ trước chuyển sang <carried_over> bộ hồ sơ, tổng cộng mới và cũ "
        "<received_total> bộ hồ sơ.",
    ),
    "channels": (
        "a) Phân theo cách thức nộp của số hồ sơ nhận mới trong kỳ:\n"
        "- Nộp trực tiếp tại BPMC: <received_in_person> hồ sơ;\n"
        "- Gửi qua dịch vụ bưu chính công ích: <received_postal> hồ sơ;\n"
        "- Nộp trực tuyến trên Cổng DVC: <received_online> hồ sơ.",
        "Về cách thức nộp, <received_offline> hồ sơ mới được nhận theo lối trực tiếp và qua bưu "
        "chính công ích; số còn lại, <received_online> hồ sơ, do tổ chức, công dân tự nộp trên "
        "môi trường điện tử.",
        "Đối với hồ sơ mới phát sinh: qua Cổng Dịch vụ công có <received_online> HS; công dân "
        "mang đến trụ sở có <received_in_person> HS; nhân viên bưu điện chuyển đến có "
        "<received_postal> HS.",
        "Riêng hồ sơ mới nộp tại quầy một cửa (<received_in_person> hồ sơ) và hồ sơ nộp qua "
        "đường bưu điện (<received_postal> hồ sơ) cộng lại là <received_offline> hồ sơ; đối "
        "chiếu với đó, hồ sơ mới nộp bằng hình thức trực tuyến là <received_online>.",
    ),
    "resolved": (
        "2. Về giải quyết hồ sơ\n"
        "a) Xong trước thời hạn: <resolved_early> hồ sơ;\n"
        "b) Xong đúng thời hạn: <resolved_on_time> hồ sơ;\n"
        "c) Xong nhưng quá thời hạn: <resolved_late> hồ sơ;\n"
        "Cộng số hồ sơ đã giải quyết: <resolved_total> hồ sơ.",
        "Các phòng chuyên môn đã giải quyết trước hạn và đúng hạn được <resolved_in_time> hồ "
        "sơ, để chậm so với phiếu hẹn <resolved_late> hồ sơ; tính gộp lại, số hồ sơ đã giải "
        "quyết xong trong kỳ là <resolved_total> hồ sơ.",
        "Thực hiện Nghị định số 107/2021/NĐ-CP, đến hết kỳ báo cáo UBND huyện đã giải quyết "
        "dứt điểm <resolved_total> hồ sơ. Cụ thể như sau:\n"
        "- Sớm hơn ngày hẹn trả: <resolved_early> HS\n"
        "- Đúng vào ngày hẹn trả: <resolved_on_time> HS\n"
        "- Sau ngày hẹn trả: <resolved_late> HS",
        "Hồ sơ giải quyết xong trước hạn có <resolved_early>, đúng hạn có <resolved_on_time>, "
        "cộng hai loại này là <resolved_in_time> hồ sơ bảo đảm thời gian quy định. Ngoài ra có "
        "<resolved_late> hồ sơ đã có kết quả nhưng trễ hẹn, các đơn vị đã gửi thư xin lỗi theo "
        "Mẫu số 04.",
        "Trong <resolved_total> hồ sơ đã giải quyết xong, chỉ có <resolved_late> hồ sơ bị trễ "
        "hạn, còn lại <resolved_in_time> hồ sơ đều được giải quyết trong hạn.",
    ),
    "open": (
        "3. Hồ sơ đang giải quyết\n"
        "- Chưa đến hạn: <open_in_time> hồ sơ;\n"
        "- Đã quá hạn: <open_overdue> hồ sơ;\n"
        "- Cộng chuyển kỳ sau giải quyết tiếp: <open_total> hồ sơ.",
        "Tính đến ngày khóa sổ 14/6, hồ sơ chưa giải quyết mà còn trong hạn là <open_in_time> "
        "hồ sơ, hồ sơ chưa giải quyết mà đã quá hạn là <open_overdue> hồ sơ, vị chi còn "
        "<open_total> hồ sơ đang nằm ở các khâu xử lý.",
        "Số HS đang xử lý đến cuối kỳ: <open_total> HS, trong đó có <open_overdue> HS đã hết "
        "thời hạn mà chưa có kết quả, <open_in_time> HS thời hạn vẫn còn.",
        "Các cơ quan, đơn vị hiện đang tiếp tục giải quyết <open_total> hồ sơ; số này đều được "
        "theo dõi trên phần mềm một cửa điện tử: quá hạn <open_overdue>, trong hạn "
        "<open_in_time>.",
    ),
    "returned": (
        "- Hồ sơ không đủ điều kiện giải quyết, phải trả lại cho tổ chức, công dân: <returned> hồ "
        "sơ; hồ sơ do công dân tự nguyện xin rút: <withdrawn> hồ sơ.",
        "Sau khi thẩm tra, cơ quan chuyên môn có văn bản từ chối giải quyết và hoàn trả "
        "<returned> bộ hồ sơ do thành phần không hợp lệ, có nêu rõ lý do theo quy định.",
        "Có <withdrawn> trường hợp người nộp làm đơn đề nghị rút hồ sơ. Số hồ sơ bị từ chối, trả "
        "lại vì không đúng quy định là <returned> trường hợp.",
    ),
    "waiting": (
        "Trong số hồ sơ đang giải quyết có:\n"
        "a) Chờ công dân bổ sung giấy tờ: <open_awaiting_supplement> hồ sơ;\n"
        "b) Tạm dừng giải quyết: <open_halted> hồ sơ.",
        "Hiện còn <open_halted> hồ sơ đang dừng xử lý để chờ ý kiến cơ quan cấp trên; ngoài ra "
        "<open_awaiting_supplement> hồ sơ đã có phiếu yêu cầu bổ sung, hoàn thiện nhưng người nộp "
        "chưa bổ sung.",
        "Các bộ phận đã ra thông báo yêu cầu hoàn thiện thành phần, đến cuối kỳ vẫn còn đợi công "
        "dân nộp bổ sung đối với <open_awaiting_supplement> HS.",
    ),
    "posted": (
        "- Thực hiện Quyết định số 45/2016/QĐ-TTg của Thủ tướng Chính phủ, đã trả kết quả giải "
        "quyết TTHC qua dịch vụ bưu chính công ích đối với <returned_by_post> hồ sơ.",
        "Trong số hồ sơ nhận mới, số hồ sơ thực hiện theo hình thức DVC trực tuyến toàn trình là "
        "<online_full> hồ sơ; số hồ sơ giải quyết theo cơ chế một cửa liên thông là "
        "<interlinked> hồ sơ.",
        "a) Hồ sơ mới thuộc diện liên thông giữa các cấp, các ngành: <interlinked> HS;\n"
        "b) Kết quả do bưu điện chuyển phát đến tận nhà cho công dân: <returned_by_post> HS.",
    ),
    "feedback": (
        "4. Về phản ánh, kiến nghị (PAKN) của cá nhân, tổ chức đối với quy định hành chính\n"
        "- Đã xử lý xong: <feedback_handled> PAKN;\n"
        "- Đang xử lý: <feedback_open> PAKN;\n"
        "- Cộng số PAKN đã tiếp nhận: <feedback_received> PAKN.",
        "UBND huyện đã nhận <feedback_received> phản ánh, kiến nghị của nhân dân (kể cả số kỳ "
        "trước chuyển qua); trả lời dứt điểm <feedback_handled> kiến nghị, còn "
        "<feedback_open> kiến nghị đang giao các phòng, ban xem xét.",
        "Về PAKN: <feedback_handled> ý kiến đã được giải quyết, trên tổng số "
        "<feedback_received> ý kiến gửi đến theo Nghị định số 20/2008/NĐ-CP.",
    ),
    "rates": (
        "Tỷ lệ hồ sơ giải quyết trước và đúng hạn trên tổng số hồ sơ đã giải quyết đạt "
        "<on_time_rate>; tỷ lệ hồ sơ nộp trực tuyến trên tổng số hồ sơ nhận mới đạt "
        "<online_rate>.",
        "5. Về số hóa\n"
        "a) Số hóa thành phần hồ sơ ngay khi tiếp nhận: <digitised_intake_rate>;\n"
        "b) Số hóa kết quả giải quyết TTHC: <digitised_result_rate>.",
        "Qua lấy ý kiến tại nơi giao dịch, mức độ hài lòng của tổ chức, công dân là "
        "<satisfaction_rate>. Việc nộp phí, lệ phí bằng hình thức thanh toán trực tuyến mới đạt "
        "<online_payment_rate> số hồ sơ có thu phí.",
        "Trong kỳ, Văn phòng HĐND và UBND huyện đã vào sổ <documents_in> văn bản đến và phát "
        "hành <documents_out> văn bản đi; văn bản được ký số chiếm <digitally_signed_rate>.",
        "- Hồ sơ bảo đảm đúng thời gian (trước hạn cộng đúng hạn) chiếm <on_time_rate> số hồ sơ "
        "đã giải quyết;\n"
        "- Người dân cho biết hài lòng với việc phục vụ: <satisfaction_rate>;\n"
        "- Thanh toán trực tuyến phí, lệ phí: <online_payment_rate>.",
        "Theo Quyết định số 766/QĐ-TTg, kết quả của huyện về số hóa đầu vào (hồ sơ tiếp nhận) "
        "là <digitised_intake_rate>, về số hóa đầu ra (kết quả giải quyết) là "
        "<digitised_result_rate>, về nộp hồ sơ trực tuyến là <online_rate>.",
    ),
    "procedures": (
        "Đến nay, số TTHC thuộc thẩm quyền giải quyết của huyện được niêm yết công khai là "
        "<procedures> thủ tục. Thực hiện Kế hoạch số 25/KH-UBND, đã rà soát "
        "<procedures_reviewed> thủ tục, qua đó đề nghị đơn giản hóa <procedures_simplified> thủ "
        "tục.",
        "1. Về rà soát TTHC\n"
        "a) Số thủ tục được đưa ra rà soát, đánh giá: <procedures_reviewed> TTHC;\n"
        "b) Số thủ tục được đơn giản hóa sau rà soát: <procedures_simplified> TTHC.",
        "Bộ thủ tục hành chính đang áp dụng ở huyện gồm <procedures> thủ tục, đã cập nhật theo "
        "các quyết định công bố của Chủ tịch UBND tỉnh.",
    ),
    "training": (
        "Huyện đã mở <training|form=in_person> lớp tập huấn nghiệp vụ theo hình thức tập trung, "
        "trực tiếp và <training|form=online> lớp tập huấn theo hình thức trực tuyến cho cán bộ "
        "làm đầu mối kiểm soát TTHC.",
        "- Về bồi dưỡng nghiệp vụ một cửa: tập huấn trực tuyến <training|form=online> hội nghị; "
        "tập huấn trực tiếp tại hội trường huyện <training|form=in_person> hội nghị.",
    ),
    "inspection": (
        "Đoàn kiểm tra của huyện, thành lập ngày 12/4, đã kiểm tra công tác kiểm soát TTHC tại "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã, thị trấn.",
        "- Công tác kiểm tra cải cách hành chính: số xã, thị trấn đã được kiểm tra là "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã, thị trấn; sau kiểm tra đều có "
        "thông báo kết luận.",
    ),
    "index": (
        "Chỉ số cải cách hành chính (PAR INDEX) của huyện đạt <par_index>, đứng thứ "
        "<rank|of=par_index|out_of=11>/11 huyện, thị xã, thành phố trong tỉnh.",
        "Theo công bố của UBND tỉnh, huyện ta xếp vị thứ <rank|of=par_index|out_of=11>/11 đơn vị "
        "cấp huyện về Chỉ số cải cách hành chính, với kết quả chỉ số là <par_index>.",
    ),
    "money": (
        "Về vốn đầu tư công: đã giải ngân <disbursed> triệu đồng, bằng <disbursed_rate> kế hoạch "
        "vốn giao trong năm.",
        "- Tiến độ giải ngân kế hoạch vốn đạt <disbursed_rate>, ứng với số tiền đã giải ngân là "
        "<disbursed> triệu đồng.",
    ),
}
