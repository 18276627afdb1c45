"""The tenth author: team leader of a Mekong delta town's one-stop shop, plain monthly letters."""

AUTHOR_TEN = {
    "received": (
        "Tháng này bà con đến làm <received_new> bộ hồ sơ mới; cộng <carried_over> hồ sơ tháng "
        "trước còn dở dang; Tổ phải lo giải quyết cả thảy <received_total> hồ sơ.",
        "Khối lượng công việc trong tháng của Bộ phận Một cửa thị trấn là <received_total> hồ "
        "sơ, kể cả <carried_over> hồ sơ tháng trước chuyển sang; riêng phần mới phát sinh có "
        "<received_new> hồ sơ.",
        "Về đầu vào, thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, Tổ Một cửa ghi nhận "
        "như sau:\n"
        "- HS tháng trước mang qua: <carried_over>;\n"
        "- HS nhận mới trong tháng: <received_new>;\n"
        "- Cộng hai khoản trên, số HS phải giải quyết: <received_total>.",
        "Sổ theo dõi của 02 quầy cho thấy, ngoài <carried_over> HS chưa xong của kỳ trước, anh em "
        "đã nhận mới thêm <received_new> HS, thành ra có <received_total> HS cần giải quyết.",
        "Trong tháng phát sinh <received_new> hồ sơ mới, không tính <carried_over> hồ sơ còn lại "
        "từ tháng trước.",
    ),
    "channels": (
        "Nói riêng hồ sơ nhận mới trong tháng: bà con tự nộp trên Cổng DVC <received_online> hồ "
        "sơ; đem tới quầy <received_in_person> hồ sơ; nhờ bưu điện chuyển đến "
        "<received_postal> hồ sơ.",
        "Cách nộp của hồ sơ mới phát sinh chia làm hai nhóm:\n"
        "a) Nộp qua mạng: <received_online> hồ sơ;\n"
        "b) Nộp tại quầy hoặc qua đường bưu chính công ích: <received_offline> hồ sơ.",
        "Đến tận Bộ phận Một cửa để nộp chỉ còn <received_in_person> hồ sơ, gửi qua bưu chính có "
        "<received_postal> hồ sơ, còn lại <received_online> hồ sơ đều được nộp trực tuyến (chỉ "
        "tính hồ sơ mới nhận trong tháng).",
        "Nhờ 02 đoàn viên túc trực hướng dẫn tại sảnh, có <received_online> hồ sơ mới được bà con "
        "nộp bằng hình thức trực tuyến; số nộp trực tiếp và qua BCCI gộp lại là "
        "<received_offline> hồ sơ.",
    ),
    "resolved": (
        "Anh chị em trong Tổ đã giải quyết xong <resolved_total> hồ sơ; xong trước ngày hẹn "
        "<resolved_early>; xong đúng ngày hẹn <resolved_on_time>; để trễ hẹn <resolved_late>.",
        "Số hồ sơ làm xong trước hạn là <resolved_early>, đúng hạn là <resolved_on_time>, còn "
        "<resolved_late> hồ sơ xong khi đã quá hạn; tính chung đã giải quyết được "
        "<resolved_total> hồ sơ.",
        "Đầu ra của tháng:\n"
        "+ Giải quyết xong: <resolved_total> HS;\n"
        "+ Trong đó xong trước và đúng hạn: <resolved_in_time> HS;\n"
        "+ Xong nhưng trễ hạn: <resolved_late> HS, Tổ đã gửi thư xin lỗi theo Mẫu số 04.",
        "Với <resolved_total> hồ sơ đã có kết quả giải quyết, Tổ giữ đúng lời hẹn với bà con ở "
        "<resolved_in_time> hồ sơ (gồm <resolved_early> hồ sơ sớm hẹn và <resolved_on_time> hồ sơ "
        "vừa đúng hẹn) và lỡ hẹn ở <resolved_late> hồ sơ.",
        "Tính đến ngày 14, <resolved_total> hồ sơ đã giải quyết xong, chỉ có <resolved_late> hồ "
        "sơ bị trễ hạn, phần còn lại <resolved_in_time> hồ sơ đều bảo đảm thời gian quy định.",
    ),
    "open": (
        "Chuyển sang tháng sau còn <open_total> hồ sơ đang giải quyết; chưa đến hạn "
        "<open_in_time>; đã quá hạn <open_overdue>.",
        "Trên phần mềm một cửa điện tử, đến cuối ngày chốt số liệu vẫn còn <open_in_time> hồ sơ "
        "đang giải quyết trong hạn và <open_overdue> hồ sơ đang giải quyết đã quá hạn, "
        "cộng chung là <open_total> hồ sơ.",
        "Hồ sơ đang giải quyết (chưa xong): <open_total> HS, cụ thể:\n"
        "- Còn trong hạn: <open_in_time> HS\n"
        "- Quá hạn: <open_overdue> HS",
        "Chưa giải quyết xong <open_total> hồ sơ, phần lớn thuộc lĩnh vực đất đai; số bị quá hạn "
        "là <open_overdue> hồ sơ, số còn trong thời hạn là <open_in_time> hồ sơ.",
    ),
    "returned": (
        "Có <returned> hồ sơ không đủ điều kiện giải quyết, Tổ đã trả lại cho bà con kèm phiếu "
        "từ chối nêu rõ lý do; có <withdrawn> hồ sơ do người nộp tự xin rút.",
        "Người dân chủ động xin rút lại <withdrawn> hồ sơ; cơ quan từ chối giải quyết, trả lại "
        "<returned> hồ sơ theo Mẫu số 03.",
        "HS bị trả lại vì không đúng quy định: <returned>.",
    ),
    "waiting": (
        "Đang chờ bà con bổ sung giấy tờ <open_awaiting_supplement> hồ sơ; đang tạm dừng giải "
        "quyết <open_halted> hồ sơ.",
        "Trong số hồ sơ chưa xong, <open_halted> hồ sơ phải dừng xử lý để chờ ý kiến ngành cấp "
        "trên; ngoài ra <open_awaiting_supplement> hồ sơ còn thiếu thành phần, Tổ đã nhắn tin "
        "mời công dân bổ sung và hiện vẫn đang đợi.",
        "Số HS còn chờ công dân bổ túc giấy tờ: <open_awaiting_supplement>.",
    ),
    "posted": (
        "Nhân viên bưu điện đã đem kết quả tới tận nhà cho bà con <returned_by_post> trường hợp; "
        "hồ sơ liên thông nhận trong tháng là <interlinked>; hồ sơ nộp theo DVC trực tuyến toàn "
        "trình là <online_full>.",
        "Kết quả trả qua dịch vụ bưu chính công ích: <returned_by_post> hồ sơ.",
        "Trong số hồ sơ mới nhận, thuộc diện thực hiện toàn trình có <online_full> hồ sơ, thuộc "
        "diện liên thông (khai sinh, khai tử, thẻ BHYT trẻ em) có <interlinked> hồ sơ.",
    ),
    "feedback": (
        "Đường dây nóng và Cổng DVC nhận tất cả <feedback_received> phản ánh, kiến nghị; đã trả "
        "lời xong <feedback_handled>; còn đang xem xét <feedback_open>.",
        "Bà con góp ý, phản ánh <feedback_received> lượt, Tổ tham mưu UBND thị trấn xử lý dứt "
        "điểm <feedback_handled> lượt, <feedback_open> lượt chưa xử lý xong.",
        "PAKN về TTHC:\n"
        "- Tiếp nhận: <feedback_received>\n"
        "- Đã xử lý xong: <feedback_handled>\n"
        "- Đang xử lý: <feedback_open>",
    ),
    "rates": (
        "Tính theo hồ sơ đã giải quyết thì tỷ lệ trước và đúng hạn đạt <on_time_rate>; tỷ lệ hồ "
        "sơ nộp trực tuyến đạt <online_rate>; tỷ lệ thanh toán trực tuyến đạt "
        "<online_payment_rate>.",
        "Hồ sơ được số hóa ngay khi tiếp nhận chiếm <digitised_intake_rate>, kết quả giải quyết "
        "được số hóa chiếm <digitised_result_rate>.",
        "Qua phiếu khảo sát đặt tại 02 quầy, <satisfaction_rate> lượt đánh giá của người dân là "
        "hài lòng về cung cách phục vụ.",
        "Một số tỷ lệ Tổ theo dõi hằng tháng:\n"
        "1. Giải quyết sớm và đúng hẹn: <on_time_rate>\n"
        "2. Nộp hồ sơ qua mạng: <online_rate>\n"
        "3. Số hóa hồ sơ đầu vào: <digitised_intake_rate>\n"
        "4. Số hóa kết quả: <digitised_result_rate>\n"
        "5. Trả phí, lệ phí qua mạng: <online_payment_rate>\n"
        "6. Người dân hài lòng: <satisfaction_rate>",
        "Mức độ hài lòng của bà con là <satisfaction_rate>; việc đóng phí, lệ phí trực tuyến còn "
        "chậm, mới được <online_payment_rate>.",
    ),
    "procedures": (
        "Thị trấn đang niêm yết và giải quyết <procedures> TTHC; trong tháng rà soát "
        "<procedures_reviewed> thủ tục; đề nghị đơn giản hóa <procedures_simplified> thủ tục.",
        "Sau khi rà soát <procedures_reviewed> thủ tục, đã đơn giản hóa được "
        "<procedures_simplified> thủ tục; toàn bộ <procedures> thủ tục hành chính thuộc thẩm "
        "quyền của thị trấn đều được công khai tại trụ sở và trên trang thông tin điện tử.",
    ),
    "training": (
        "Về tập huấn, công chức của Tổ được dự <training|form=in_person> lớp học trực tiếp tại "
        "hội trường và <training|form=online> lớp học trực tuyến.",
        "Lớp tập huấn nghiệp vụ đã tổ chức: trực tuyến <training|form=online> lớp; tập trung trực "
        "tiếp <training|form=in_person> lớp.",
    ),
    "inspection": (
        "Đoàn kiểm tra công vụ theo Kế hoạch số 18/KH-UBND đã đến kiểm tra "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã, thị trấn.",
        "Việc kiểm tra công tác một cửa năm nay đã làm được ở "
        "<inspected|at=commune|kind=commune|out_of=15>/15 đơn vị cấp xã.",
    ),
    "index": (
        "Chỉ số CCHC vừa công bố, đơn vị đạt <par_index>, đứng hạng "
        "<rank|of=par_index|out_of=11>/11.",
        "Xếp thứ <rank|of=par_index|out_of=11>/11 toàn tỉnh về Chỉ số cải cách hành chính, với "
        "kết quả <par_index>.",
    ),
    "money": (
        "Vốn đầu tư công giải ngân được <disbursed> triệu đồng; so kế hoạch năm đạt "
        "<disbursed_rate>.",
        "Về văn bản, tháng này nhận <documents_in> văn bản đến; phát hành <documents_out> văn bản "
        "đi; văn bản đi được ký số đạt <digitally_signed_rate>.",
        "Đã phát hành <documents_out> văn bản, trong đó tỷ lệ ký số là <digitally_signed_rate>; "
        "số văn bản đến là <documents_in>; tiến độ giải ngân đạt <disbursed_rate> kế hoạch vốn "
        "được giao, tương ứng <disbursed> triệu đồng.",
    ),
}
