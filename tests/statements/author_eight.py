"""The eighth author: a ward of a large city after the 2025 merger.

The clerk sits in the ward's Trung tâm Phục vụ hành chính công, likes digital jargon (dashboard,
"luồng xanh", "số hóa đầu vào", ký số, VNeID) and mixes lists with running prose.

Read before a word of the reader or of this was changed: recall 0.912, precision 0.956; with noise
0.865, 0.922. Since then one "Lũy kế" was taken out: it says the year to date, and what was stated
was the report's own period.
"""

AUTHOR_EIGHT = {
    "received": (
        "Kể từ khi vận hành mô hình chính quyền địa phương 02 cấp (01/7/2025), Trung tâm Phục vụ "
        "hành chính công phường ghi nhận khối lượng công việc như sau:\n"
        "- Tổng số hồ sơ TTHC phải giải quyết trong kỳ: <received_total> hồ sơ. Trong đó:\n"
        "+ Hồ sơ phát sinh mới: <received_new> hồ sơ;\n"
        "+ Hồ sơ kỳ trước chuyển sang: <carried_over> hồ sơ.",
        "Trích xuất từ Hệ thống thông tin giải quyết TTHC của Thành phố, kỳ này Trung tâm nhận mới "
        "<received_new> HS; cộng với <carried_over> HS chưa xử lý xong của kỳ liền trước thì tổng "
        "khối lượng phải xử lý là <received_total> HS.",
        "a) Đầu vào: <carried_over> hồ sơ gối đầu từ kỳ báo cáo trước và <received_new> hồ sơ lập "
        "mới trên hệ thống trong kỳ, tổng cộng <received_total> hồ sơ cần giải quyết.",
        "1.1. Tình hình tiếp nhận tại 02 điểm (trụ sở chính và điểm hỗ trợ của phường cũ):\n"
        "Phường thụ lý tất cả <received_total> hồ sơ [mới nhận: <received_new>; tồn kỳ trước: "
        "<carried_over>], không phát sinh tình trạng ùn ứ tại quầy.",
        "Sau khi rà, làm sạch dữ liệu chuyển giao từ các phường cũ, số hồ sơ tồn của kỳ trước được "
        "đưa vào xử lý tiếp là <carried_over>. Số hồ sơ tiếp nhận mới trong kỳ là <received_new>.",
    ),
    "channels": (
        "Phân theo kênh nộp, trong số hồ sơ mới nhận:\n"
        "- Qua Cổng Dịch vụ công quốc gia (đăng nhập bằng VNeID): <received_online> hồ sơ;\n"
        "- Nộp trực tiếp tại quầy của Trung tâm: <received_in_person> hồ sơ;\n"
        "- Gửi qua dịch vụ bưu chính công ích: <received_postal> hồ sơ.",
        "Thói quen nộp hồ sơ trên môi trường số đã hình thành rõ: kỳ này có <received_online> hồ "
        "sơ mới được nộp trực tuyến, chỉ còn <received_offline> hồ sơ mới nộp trực tiếp hoặc qua "
        "bưu chính.",
        "Ngoài <received_in_person> HS do người dân đến quầy nộp và <received_postal> HS do bưu tá "
        "chuyển tới, toàn bộ HS mới còn lại (<received_online> HS) đều vào hệ thống bằng hình thức "
        "trực tuyến.",
        "b) Về mức độ cung cấp dịch vụ: hồ sơ mới nhận thuộc DVC trực tuyến toàn trình: "
        "<online_full> HS; hồ sơ mới nhận thuộc các nhóm thủ tục liên thông: <interlinked> HS.",
        "Tổ công nghệ số cộng đồng cùng 04 ki-ốt tự phục vụ đã hỗ trợ bà con thao tác, nhờ đó số "
        "hồ sơ nộp online trong kỳ đạt <received_online> hồ sơ; trong kỳ còn phát sinh "
        "<interlinked> hồ sơ liên thông (khai sinh, khai tử theo Nghị định số 63/2024/NĐ-CP).",
    ),
    "resolved": (
        "Kết quả xử lý: đã giải quyết xong <resolved_total> hồ sơ, cụ thể:\n"
        "+ Trước hạn: <resolved_early> hồ sơ;\n"
        "+ Đúng hạn: <resolved_on_time> hồ sơ;\n"
        "+ Trễ hạn: <resolved_late> hồ sơ.",
        "Nhờ cơ chế “luồng xanh” và cảnh báo tự động trên dashboard, <resolved_early> HS được trả "
        "kết quả sớm hơn ngày hẹn; <resolved_on_time> HS trả đúng ngày hẹn; <resolved_late> HS trả "
        "sau ngày hẹn. Như vậy, toàn phường đã giải quyết <resolved_total> HS.",
        "c) Đầu ra: số hồ sơ đã giải quyết là <resolved_total> (trước và đúng hạn: "
        "<resolved_in_time>; quá hạn: <resolved_late>). Các trường hợp quá hạn đã có thư xin lỗi "
        "theo Nghị định số 118/2025/NĐ-CP.",
        "Trong <resolved_total> hồ sơ được phường giải quyết dứt điểm, có <resolved_in_time> hồ sơ "
        "bảo đảm thời hạn ghi trên phiếu hẹn; riêng số bị chậm là <resolved_late> hồ sơ, chủ yếu "
        "do lỗi kết nối với CSDL đất đai.",
        "- Số HS hoàn thành trễ hẹn: <resolved_late>.\n"
        "- Số HS hoàn thành đúng hẹn: <resolved_on_time>.\n"
        "- Số HS hoàn thành trước hẹn: <resolved_early>.\n"
        "Cộng số HS đã hoàn thành: <resolved_total>.",
    ),
    "open": (
        "d) Hồ sơ đang trên luồng xử lý: <open_total> HS, gồm:\n"
        "- Trong hạn: <open_in_time> HS;\n"
        "- Quá hạn: <open_overdue> HS.",
        "Đến thời điểm chốt số liệu (17 giờ 00 ngày cuối kỳ), dashboard của phường hiển thị "
        "<open_in_time> hồ sơ đang giải quyết ở trạng thái còn hạn và <open_overdue> hồ sơ đang "
        "giải quyết bị cảnh báo đỏ (đã quá hạn), cộng lại là <open_total> hồ sơ chưa có kết quả.",
        "Chuyển kỳ sau xử lý tiếp <open_total> hồ sơ; trong số này chưa đến hạn trả "
        "<open_in_time>, đã quá hạn trả <open_overdue>.",
        "Các phòng Kinh tế, Hạ tầng và Đô thị, Văn hóa - Xã hội hiện còn đang xử lý <open_total> "
        "HS. Đáng lưu ý, <open_overdue> HS trong đó đã vượt thời hạn giải quyết mà chưa xong, yêu "
        "cầu xử lý dứt điểm trong 03 ngày làm việc; <open_in_time> HS còn lại vẫn trong hạn.",
    ),
    "returned": (
        "- Hồ sơ trả lại do không đủ điều kiện giải quyết: <returned> hồ sơ; hồ sơ công dân chủ "
        "động rút: <withdrawn> hồ sơ.",
        "Bộ phận tiền kiểm đã từ chối và trả lại <returned> HS vì thành phần chưa hợp lệ, có phiếu "
        "từ chối ký số nêu rõ lý do. Bên cạnh đó, có <withdrawn> HS được rút theo ý muốn của "
        "người nộp (đề nghị rút hồ sơ qua tài khoản VNeID).",
        "Số hồ sơ người dân xin rút trong kỳ là <withdrawn>; số hồ sơ bị trả về cho người nộp do "
        "không đúng quy định là <returned>.",
    ),
    "waiting": (
        "Hồ sơ đang tạm “treo” trên hệ thống:\n"
        "+ Chờ công dân bổ sung giấy tờ: <open_awaiting_supplement> HS;\n"
        "+ Tạm dừng xử lý: <open_halted> HS.",
        "Trung tâm đã nhắn Zalo OA tới chủ hồ sơ của <open_awaiting_supplement> trường hợp đang "
        "chờ bổ sung thành phần hồ sơ; ngoài ra còn <open_halted> hồ sơ đang ở trạng thái dừng xử "
        "lý để chờ ý kiến cơ quan chuyên môn cấp trên.",
        "Hiện có <open_awaiting_supplement> hồ sơ chưa thể xử lý tiếp vì người nộp chưa bổ sung "
        "giấy tờ theo yêu cầu.",
    ),
    "posted": (
        "Dịch vụ “trả kết quả tận nhà” phối hợp với Bưu điện Thành phố đã chuyển phát "
        "<returned_by_post> kết quả giải quyết TTHC đến địa chỉ của người dân.",
        "- Trả kết quả qua dịch vụ BCCI: <returned_by_post> hồ sơ.",
        "Thực hiện Quyết định số 45/2016/QĐ-TTg, người dân đăng ký nhận kết quả tại nhà qua đường "
        "bưu chính đối với <returned_by_post> hồ sơ và đều đã nhận được kết quả.",
    ),
    "feedback": (
        "Về phản ánh, kiến nghị: tổng số PAKN tiếp nhận qua Cổng DVC quốc gia và Tổng đài 1022 là "
        "<feedback_received>; đã xử lý, phản hồi <feedback_handled>; đang xử lý <feedback_open>.",
        "Kênh tương tác số của phường (app công dân, mã QR đặt tại quầy):\n"
        "a) PAKN đã trả lời: <feedback_handled>;\n"
        "b) PAKN còn đang xử lý: <feedback_open>;\n"
        "Tổng cộng: <feedback_received> PAKN.",
        "Phường đã xử lý xong <feedback_handled> trên tổng số <feedback_received> phản ánh, kiến "
        "nghị của người dân, doanh nghiệp về quy định hành chính; <feedback_open> phản ánh, kiến "
        "nghị còn lại đang được xác minh.",
    ),
    "rates": (
        "Các chỉ tiêu theo Bộ chỉ số tại Quyết định số 766/QĐ-TTg:\n"
        "- Tỷ lệ hồ sơ giải quyết đúng và trước hạn: <on_time_rate>;\n"
        "- Tỷ lệ hồ sơ nộp trực tuyến: <online_rate>;\n"
        "- Tỷ lệ thanh toán trực tuyến: <online_payment_rate>;\n"
        "- Mức độ hài lòng: <satisfaction_rate>.",
        "Công tác số hóa được duy trì thành nền nếp: số hóa hồ sơ ngay ở khâu tiếp nhận đạt "
        "<digitised_intake_rate>, số hóa kết quả giải quyết TTHC đạt <digitised_result_rate>.",
        "Có <satisfaction_rate> lượt đánh giá của người dân trên máy tính bảng tại quầy là hài "
        "lòng; <online_payment_rate> hồ sơ có phí, lệ phí được thanh toán không dùng tiền mặt qua "
        "nền tảng thanh toán trực tuyến.",
        "Phường vận hành văn phòng không giấy trên hệ thống Quản lý văn bản và điều hành: tiếp "
        "nhận <documents_in> văn bản đến, phát hành <documents_out> văn bản đi; tỷ lệ văn bản đi "
        "được ký số đạt <digitally_signed_rate> (trừ văn bản mật).",
        "<online_rate> là tỷ lệ hồ sơ trực tuyến trên số hồ sơ nhận mới của phường trong kỳ; tỷ lệ "
        "hồ sơ giải quyết không trễ hẹn đạt <on_time_rate>.",
        "1.3. Chuyển đổi số trong giải quyết TTHC: tỷ lệ số hóa đầu ra (kết quả giải quyết) "
        "<digitised_result_rate>; tỷ lệ số hóa đầu vào (thành phần hồ sơ khi tiếp nhận) "
        "<digitised_intake_rate>.",
    ),
    "procedures": (
        "Trung tâm đang niêm yết, công khai bằng mã QR <procedures> TTHC thuộc thẩm quyền giải "
        "quyết của phường. Trong kỳ đã rà soát <procedures_reviewed> TTHC, qua đó kiến nghị đơn "
        "giản hóa và được thông qua phương án đối với <procedures_simplified> TTHC.",
        "- Số TTHC thực hiện tại phường: <procedures> thủ tục;\n"
        "- Số TTHC được rà soát, đánh giá: <procedures_reviewed> thủ tục;\n"
        "- Số TTHC được đơn giản hóa: <procedures_simplified> thủ tục.",
        "Qua rà soát <procedures_reviewed> thủ tục hành chính theo Kế hoạch số 27/KH-UBND, phường "
        "đã đơn giản hóa được <procedures_simplified> thủ tục (cắt giảm giấy tờ đã có trên CSDL "
        "quốc gia về dân cư).",
    ),
    "training": (
        "Bồi dưỡng kỹ năng số cho công chức Trung tâm: <training|form=in_person> lớp tập huấn trực "
        "tiếp và <training|form=online> lớp tập huấn trực tuyến trên nền tảng “Bình dân học vụ "
        "số”.",
        "Phường cử công chức tham gia các lớp tập huấn do Thành phố mở:\n"
        "+ Hình thức trực tuyến: <training|form=online> lớp;\n"
        "+ Hình thức tập trung trực tiếp tại hội trường: <training|form=in_person> lớp.",
    ),
    "inspection": (
        "Trong đợt kiểm tra chéo cụm thi đua, đoàn liên ngành (do phường làm đầu mối) đã kiểm tra "
        "công tác CCHC tại <inspected|at=commune|kind=commune|out_of=15>/15 xã, phường của cụm.",
        "Kiểm tra việc vận hành Trung tâm Phục vụ hành chính công: đã thực hiện tại "
        "<inspected|at=commune|kind=commune|out_of=15>/15 phường, xã; các đơn vị chưa kiểm tra sẽ "
        "được bố trí vào kỳ sau.",
    ),
    "index": (
        "Chỉ số CCHC (PAR Index) của phường đạt <par_index>, xếp hạng "
        "<rank|of=par_index|out_of=11>/11 đơn vị trong cụm.",
        "Theo Quyết định công bố ngày 15/01/2026 của UBND Thành phố, phường đứng thứ "
        "<rank|of=par_index|out_of=11>/11 về Chỉ số cải cách hành chính, với kết quả "
        "<par_index>.",
    ),
    "money": (
        "Kết quả giải ngân vốn đầu tư công (trong đó có gói nâng cấp hạ tầng số của Trung tâm) đạt "
        "<disbursed> triệu đồng, bằng <disbursed_rate> kế hoạch vốn được giao.",
        "Về tài chính công: tỷ lệ giải ngân vốn đầu tư công của phường đạt <disbursed_rate>, "
        "tương ứng số tiền đã giải ngân là <disbursed> triệu đồng.",
    ),
}
