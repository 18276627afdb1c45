"""The sixth author: the office of a mountain commune, quarterly, short and full of bullets."""

AUTHOR_SIX = {
    "received": (
        "* HS phải giải quyết trong quý: <received_total> HS, cụ thể:\n"
        "- Nhận mới: <received_new> HS.\n"
        "- Quý trước chuyển sang: <carried_over> HS.",
        "1.1. Quý trước làm chưa xong, mang sang quý này <carried_over> HS; phát sinh mới "
        "<received_new> HS. Cộng cả hai khoản: <received_total> HS.",
        "a) Bà con các bản nộp mới <received_new> bộ hồ sơ (chưa kể <carried_over> bộ tồn lại "
        "từ quý trước).",
        "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, quý này BPMC xã có "
        "<received_total> HS phải xử lý [tồn quý trước <carried_over>; mới nộp <received_new>].",
        "- HS mới trong quý: <received_new>\n"
        "- HS cũ gối sang: <carried_over>\n"
        "- Cộng HS phải giải quyết: <received_total>",
    ),
    "channels": (
        "- HS nhận mới, chia theo cách nộp:\n"
        "+ Nộp qua mạng: <received_online> HS;\n"
        "+ Đến BPMC nộp: <received_in_person> HS;\n"
        "+ Gửi qua bưu điện: <received_postal> HS.",
        "Do bản xa, sóng yếu, mới có <received_online> HS được nộp trên Cổng DVC; "
        "<received_offline> HS nhận mới còn lại là nộp tại BPMC hoặc gửi qua bưu chính.",
        "b) Trực tiếp: <received_in_person>; bưu chính công ích: <received_postal>; trực tuyến: "
        "<received_online> (đơn vị tính: HS nhận mới trong quý).",
        "Nhờ 02 tổ công nghệ số cộng đồng xuống bản hướng dẫn, cả quý toàn xã nhận được "
        "<received_online> HS trực tuyến; HS giấy (nộp tại chỗ và qua bưu chính) là "
        "<received_offline>.",
        "1.2. Trong số HS mới nhận:\n"
        "- Thuộc DVC trực tuyến toàn trình: <online_full> HS\n"
        "- Thuộc nhóm TTHC liên thông: <interlinked> HS",
    ),
    "resolved": (
        "2. HS đã giải quyết xong: <resolved_total>\n"
        "- Xong sớm, trước hạn: <resolved_early>\n"
        "- Vừa đúng hạn: <resolved_on_time>\n"
        "- Trễ hạn: <resolved_late>",
        "Công chức chuyên môn xử lý xong trước hạn <resolved_early> HS, đúng hạn "
        "<resolved_on_time> HS, để quá hạn <resolved_late> HS; tính chung cả quý giải quyết "
        "được <resolved_total> HS.",
        "- Bộ phận TN&TKQ có kết quả cho <resolved_total> HS; không bị trễ: <resolved_in_time> "
        "HS (gồm cả trước hạn và đúng hạn), bị trễ: <resolved_late> HS.",
        "c) Trong <resolved_total> HS đã hoàn thành thì <resolved_late> HS chậm so với giấy hẹn, "
        "lý do: mưa lũ, đường vào bản bị sạt lở; UBND xã đã có thư xin lỗi.",
        "* Kết quả xử lý (thời hạn tính theo giấy hẹn):\n"
        "+ HS xong trước và đúng hạn: <resolved_in_time>.\n"
        "+ HS xong nhưng quá hạn: <resolved_late>.\n"
        "+ Tổng HS đã xong: <resolved_total>.",
    ),
    "open": (
        "3. Đang giải quyết: <open_total> HS.\n"
        "- Chưa đến hạn: <open_in_time> HS.\n"
        "- Đã quá hạn: <open_overdue> HS.",
        "Hết quý còn dở dang <open_total> HS, chuyển quý sau làm tiếp, trong đó có "
        "<open_overdue> HS đã trễ hẹn mà chưa xong.",
        "d) HS đang làm, còn trong hạn: <open_in_time>; HS đang làm, đã quá hạn: <open_overdue>; "
        "cộng HS chưa xong: <open_total>.",
        "- Đến ngày chốt số liệu, trên phần mềm một cửa vẫn còn <open_in_time> HS đang xử lý "
        "trong thời hạn và <open_overdue> HS đang xử lý nhưng quá thời hạn.",
        "Tồn cuối quý (HS chưa có kết quả): <open_total>, tất cả do 03 công chức tại BPMC và "
        "bộ phận địa chính đang thụ lý.",
    ),
    "returned": (
        "- Không đủ điều kiện, trả lại cho dân: <returned> HS.\n- Dân tự xin rút: <withdrawn> HS.",
        "BPMC từ chối giải quyết, hoàn lại giấy tờ cho công dân đối với <returned> HS (có phiếu "
        "từ chối, ghi rõ lý do).",
        "đ) Trong quý có <withdrawn> HS người nộp đề nghị rút; <returned> HS xã phải trả lại vì "
        "không đúng quy định.",
    ),
    "waiting": (
        "- HS đang chờ bà con bổ sung giấy tờ: <open_awaiting_supplement>\n"
        "- HS đang tạm dừng xử lý: <open_halted>",
        "Còn <open_awaiting_supplement> HS thiếu thành phần, đã ra phiếu yêu cầu bổ sung (mẫu số "
        "02) nhưng người dân chưa nộp thêm.",
        "Hiện tạm dừng giải quyết <open_halted> HS để chờ xác minh thực địa.",
    ),
    "posted": (
        "- Kết quả gửi về tận bản qua bưu điện: <returned_by_post> HS.",
        "Có <returned_by_post> HS được trả kết quả bằng dịch vụ bưu chính công ích (theo Quyết "
        "định số 45/2016/QĐ-TTg), bà con không phải đi lại.",
    ),
    "feedback": (
        "* PAKN về TTHC:\n"
        "- Phải xử lý: <feedback_received>\n"
        "- Đã xử lý, trả lời: <feedback_handled>\n"
        "- Chưa xử lý xong: <feedback_open>",
        "Hòm thư góp ý và đường dây nóng của xã nhận <feedback_received> phản ánh, kiến nghị; "
        "<feedback_handled> phản ánh, kiến nghị đã được trả lời.",
        "4.1. Đã trả lời <feedback_handled> PAKN, đang xem xét <feedback_open> PAKN, trên tổng "
        "số <feedback_received> PAKN của người dân gửi đến.",
    ),
    "rates": (
        "- Tỷ lệ HS giải quyết trước hạn và đúng hạn: <on_time_rate>\n"
        "- Tỷ lệ HS nộp trực tuyến: <online_rate>\n"
        "- Mức độ hài lòng của người dân: <satisfaction_rate>",
        "5. Số hóa hồ sơ:\n"
        "a) Khi tiếp nhận: đạt <digitised_intake_rate>.\n"
        "b) Kết quả giải quyết: đạt <digitised_result_rate>.",
        "Bà con chưa quen dùng tài khoản ngân hàng nên tỷ lệ thanh toán trực tuyến phí, lệ phí "
        "mới được <online_payment_rate>; tỷ lệ HS nộp qua mạng khá hơn, <online_rate>.",
        "* Văn bản trong quý: đến <documents_in>; đi <documents_out>; tỷ lệ văn bản đi được ký "
        "số <digitally_signed_rate>.",
        "<satisfaction_rate> số phiếu khảo sát tại BPMC trả lời hài lòng. Về tiến độ, "
        "<on_time_rate> HS đã giải quyết bảo đảm thời hạn.",
        "- Văn thư xã vào sổ <documents_in> văn bản đến.\n"
        "- UBND xã ban hành <documents_out> văn bản (theo Nghị định số 30/2020/NĐ-CP).",
    ),
    "procedures": (
        "- TTHC thuộc thẩm quyền của xã: <procedures>.\n"
        "- Đã rà soát: <procedures_reviewed>.\n"
        "- Đã đơn giản hóa: <procedures_simplified>.",
        "Niêm yết tại BPMC và 02 nhà văn hóa bản toàn bộ <procedures> TTHC do UBND xã giải quyết.",
        "Qua rà soát <procedures_reviewed> TTHC, xã cắt giảm giấy tờ, đơn giản hóa được "
        "<procedures_simplified> TTHC.",
    ),
    "training": (
        "- Tập huấn trực tiếp tại hội trường xã: <training|form=in_person> lớp.\n"
        "- Tập huấn trực tuyến: <training|form=online> lớp.",
        "Cử công chức dự <training|form=online> buổi tập huấn qua cầu truyền hình; xã tự mở "
        "<training|form=in_person> buổi tập huấn tập trung về TTHC cho cán bộ xã, bản.",
    ),
    "inspection": (
        "- Đoàn của tỉnh đã kiểm tra công tác kiểm soát TTHC tại "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã vùng cao, có xã ta.",
        "Số xã được cấp trên kiểm tra CCHC trong cụm: "
        "<inspected|at=commune|kind=commune|out_of=15>/15 xã (Thông báo kết luận ngày 10/5).",
    ),
    "index": (
        "- Chỉ số CCHC của xã: <par_index>\n"
        "- Vị trí xếp hạng trong cụm: <rank|of=par_index|out_of=11>/11 xã",
        "Về chỉ số CCHC, xã đứng thứ <rank|of=par_index|out_of=11>/11 đơn vị trong cụm; chỉ số "
        "đạt <par_index>.",
        "Xã đạt <par_index> ở chỉ số CCHC, chủ yếu mất điểm do HS trực tuyến ít.",
    ),
    "money": (
        "- Vốn đã giải ngân: <disbursed> triệu đồng.\n- Tỷ lệ giải ngân: <disbursed_rate>.",
        "Giải ngân đạt <disbursed_rate> kế hoạch vốn giao, tương ứng <disbursed> triệu đồng (02 "
        "công trình: nước sinh hoạt, đường nội bản).",
    ),
}
