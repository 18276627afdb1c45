"""The seventh author: a provincial Sở Nội vụ specialist, southern usage, long prose."""

AUTHOR_SEVEN = {
    "received": (
        "Trong kỳ báo cáo, khối lượng công việc đặt lên vai Bộ phận Một cửa các cấp của tỉnh "
        "là không nhỏ: riêng số hồ sơ tổ chức, cá nhân nộp mới đã là <received_new> hồ sơ "
        "(tăng khoảng 8% so với cùng kỳ năm trước, chủ yếu rơi vào lĩnh vực đất đai và hộ "
        "tịch), chưa kể <carried_over> hồ sơ của kỳ trước còn dở dang chuyển qua; gộp cả hai "
        "khoản, các cơ quan phải giải quyết <received_total> hồ sơ.",
        "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ, các sở, ngành và "
        "UBND các xã, phường trong tỉnh có trách nhiệm giải quyết tất cả <received_total> "
        "HS, mà nguồn hình thành thì có hai: một là HS kỳ trước chưa làm xong mang sang "
        "(<carried_over> HS), hai là HS phát sinh mới trong kỳ (<received_new> HS).",
        "Về tình hình tiếp nhận (số liệu trích từ Hệ thống thông tin giải quyết TTHC của "
        "tỉnh, chốt lúc 17 giờ ngày 14/6/2024):\n- Tồn từ kỳ trước: <carried_over> hồ sơ;\n- "
        "Nhận mới trong kỳ: <received_new> hồ sơ;\n- Cộng chung phải giải quyết: "
        "<received_total> hồ sơ.",
        "Nếu không tính <carried_over> hồ sơ đã nhận từ trước mà đến đầu kỳ vẫn chưa có kết "
        "quả, thì trong quý này Trung tâm Phục vụ hành chính công và Bộ phận Một cửa cấp xã "
        "nhận thêm <received_new> hồ sơ, nhiều hơn hẳn so với quý liền trước do bà con dồn "
        "làm giấy tờ trước mùa tựu trường.",
        "Tổng số hồ sơ đưa vào giải quyết, kể cả hồ sơ gối đầu của kỳ trước, lên tới "
        "<received_total> hồ sơ (02 bộ phận có lượng hồ sơ lớn nhất vẫn là đăng ký đất đai "
        "và tư pháp - hộ tịch).",
    ),
    "channels": (
        "Xét theo cách thức nộp, trong số hồ sơ mới phát sinh thì <received_online> hồ sơ "
        "được người dân, doanh nghiệp gửi trên Cổng dịch vụ công (bà con ngày càng quen tay "
        "hơn so với những năm đầu triển khai), <received_in_person> hồ sơ đem tới nộp ngay "
        "tại quầy, còn <received_postal> hồ sơ thì nhờ nhân viên bưu điện chuyển giúp.",
        "Hồ sơ nộp mới chia làm hai nhóm: nhóm nộp qua mạng có <received_online> HS; nhóm "
        "còn lại (nộp trực tiếp tại Bộ phận Một cửa hoặc gửi qua dịch vụ bưu chính công ích, "
        "tính gộp) có <received_offline> HS.",
        "Vẫn còn <received_offline> hồ sơ mới nhận trong kỳ không đi theo đường trực tuyến, "
        "cụ thể:\n+ Người dân tự đến quầy: <received_in_person> hồ sơ;\n+ Gửi qua đường bưu "
        "điện: <received_postal> hồ sơ.\nSo với mặt bằng chung của khu vực đồng bằng sông "
        "Cửu Long, đây là điều cần khắc phục sớm.",
        "Thực hiện Nghị định số 45/2020/NĐ-CP về thực hiện TTHC trên môi trường điện tử, "
        "trong kỳ có <received_online> lượt hồ sơ được nộp bằng hình thức DVC trực tuyến; "
        "song song đó, kênh bưu chính công ích chuyển đến <received_postal> hồ sơ, và "
        "<received_in_person> hồ sơ do người dân cầm tới nộp tại chỗ (đa phần là người lớn "
        "tuổi, không rành điện thoại thông minh).",
    ),
    "resolved": (
        "Nhìn chung, tiến độ giải quyết có chuyển biến so với cùng kỳ: các cơ quan đã làm "
        "xong <resolved_total> hồ sơ, mà trong đó <resolved_early> hồ sơ có kết quả trước "
        "ngày hẹn, <resolved_on_time> hồ sơ có kết quả đúng ngày hẹn, và chỉ <resolved_late> "
        "hồ sơ là trễ hẹn (các trường hợp này đều đã gửi thư xin lỗi theo mẫu kèm Thông tư "
        "số 01/2018/TT-VPCP).",
        "Tuy vẫn còn <resolved_late> hồ sơ giải quyết xong nhưng trễ hạn (nguyên nhân chính "
        "là khâu luân chuyển giữa cơ quan thuế và văn phòng đăng ký đất đai kéo dài), song "
        "<resolved_in_time> hồ sơ khác đã được giải quyết sớm hoặc đúng hạn, nâng tổng số hồ "
        "sơ giải quyết xong trong kỳ lên <resolved_total> hồ sơ.",
        "1.2. Kết quả giải quyết\na) Hồ sơ đã giải quyết xong: <resolved_total> HS;\nb) "
        "Trước và đúng hạn (tính chung): <resolved_in_time> HS, trong đó sớm hạn "
        "<resolved_early> HS, vừa đúng hạn <resolved_on_time> HS;\nc) Trễ hạn: "
        "<resolved_late> HS.",
        "Cán bộ, công chức các đơn vị đã rút ngắn thời gian, trả kết quả sớm hơn giấy hẹn "
        "cho <resolved_early> hồ sơ; cộng với <resolved_on_time> hồ sơ xong đúng thời hạn "
        "thì số giải quyết trong hạn là <resolved_in_time> hồ sơ; phần bị trễ là "
        "<resolved_late> hồ sơ.",
        "Đã giải quyết được <resolved_total> HS (bao gồm cả HS nhận mới lẫn HS kỳ trước "
        "chuyển sang); số HS giải quyết quá hạn trong đó là <resolved_late> HS, tập trung ở "
        "03 xã vùng sâu mới sắp xếp lại địa giới từ ngày 01/7/2025.",
    ),
    "open": (
        "Tính đến ngày chốt số liệu, toàn tỉnh còn <open_total> hồ sơ đang trong quá trình "
        "giải quyết, và phải nói rõ rằng không phải hồ sơ nào cũng chậm: <open_in_time> hồ "
        "sơ vẫn nằm trong thời hạn cho phép, phần đã trễ hạn mà chưa xong là <open_overdue> "
        "hồ sơ (Sở Nội vụ đã có Công văn số 1127/SNV-CCHC đôn đốc).",
        "Đáng lo hơn cả là <open_overdue> HS đã lố ngày hẹn mà tới nay các phòng chuyên môn "
        "vẫn chưa giải quyết xong; còn lại <open_in_time> HS đang xử lý thì chưa tới hạn.",
        "Hồ sơ chuyển sang kỳ sau tiếp tục giải quyết: <open_total> hồ sơ, gồm:\n- Đang giải "
        "quyết, còn trong hạn: <open_in_time> hồ sơ;\n- Đang giải quyết, đã quá hạn: "
        "<open_overdue> hồ sơ.",
        "Như vậy, với <open_in_time> hồ sơ còn hạn và <open_overdue> hồ sơ quá hạn, số hồ sơ "
        "chưa giải quyết xong vào cuối kỳ (tức số dư chuyển qua kỳ tới) là <open_total> hồ "
        "sơ, nhìn chung nhẹ hơn so với cùng thời điểm năm ngoái.",
    ),
    "returned": (
        "Ngoài ra, có <returned> hồ sơ bị trả lại cho người nộp do không đủ điều kiện giải "
        "quyết (Bộ phận Một cửa đều có văn bản nêu rõ lý do, không trả miệng như trước đây), "
        "và <withdrawn> hồ sơ do chính người dân làm đơn xin rút.",
        "Cũng trong thời gian này, vì đổi ý hoặc vì thỏa thuận mua bán không thành, người "
        "dân tự nguyện rút lại <withdrawn> HS; riêng số HS mà cơ quan từ chối giải quyết, "
        "phải hoàn trả cho tổ chức, cá nhân là <returned> HS.",
        "Số hồ sơ không đủ điều kiện, cơ quan chuyên môn trả lại: <returned> hồ sơ (phần "
        "nhiều do thành phần hồ sơ không khớp với Cơ sở dữ liệu quốc gia về dân cư).",
    ),
    "waiting": (
        "Trong số hồ sơ chưa giải quyết xong có một phần không do lỗi của công chức: "
        "<open_awaiting_supplement> hồ sơ còn đang chờ người dân bổ túc giấy tờ, "
        "<open_halted> hồ sơ phải tạm dừng giải quyết (đa số vì đất đang có tranh chấp, tòa "
        "án đang thụ lý).",
        "- HS đang dừng xử lý: <open_halted> HS;\n- HS đang đợi tổ chức, cá nhân nộp bổ sung "
        "thành phần còn thiếu: <open_awaiting_supplement> HS.",
        "Hiện <open_awaiting_supplement> hồ sơ đã có phiếu yêu cầu bổ sung, hoàn thiện (mẫu "
        "số 02 kèm theo Thông tư số 01/2018/TT-VPCP) nhưng người nộp chưa bổ sung xong nên "
        "chưa thể giải quyết tiếp.",
    ),
    "posted": (
        "Về trả kết quả, nhờ phối hợp chặt với Bưu điện tỉnh, <returned_by_post> kết quả đã "
        "được giao tận nhà cho bà con qua dịch vụ bưu chính công ích, đỡ cho người dân ở các "
        "xã cù lao phải qua phà hai lượt như trước.",
        "Trong số hồ sơ mới nhận, loại phải giải quyết liên thông giữa nhiều cơ quan là "
        "<interlinked> hồ sơ, loại nộp theo dịch vụ công trực tuyến toàn trình là "
        "<online_full> hồ sơ; còn ở khâu đầu ra, <returned_by_post> hồ sơ được trả kết quả "
        "bằng đường bưu điện.",
        "Dịch vụ công toàn trình phát sinh mới <online_full> HS; liên thông (khai sinh, khai "
        "tử theo Đề án 06 và các nhóm thủ tục khác) phát sinh mới <interlinked> HS.",
    ),
    "feedback": (
        "Về phản ánh, kiến nghị của cá nhân, tổ chức đối với quy định hành chính và hành vi "
        "của công chức, trong kỳ đã nhận <feedback_received> PAKN (tính luôn số kỳ trước "
        "chuyển qua); các cơ quan có thẩm quyền trả lời xong <feedback_handled> PAKN, còn "
        "<feedback_open> PAKN đang xem xét, xử lý.",
        "Qua Tổng đài 1022 và Cổng dịch vụ công quốc gia, số phản ánh, kiến nghị đã xử lý "
        "dứt điểm là <feedback_handled> trên tổng số <feedback_received> phản ánh, kiến nghị "
        "nhận được; phần chưa xử lý xong (<feedback_open> phản ánh, kiến nghị) đều mới gửi "
        "vào những ngày cuối kỳ.",
        "PAKN: tiếp nhận <feedback_received>; đã xử lý <feedback_handled>; đang xử lý "
        "<feedback_open>.",
    ),
    "rates": (
        "So với chỉ tiêu mà UBND tỉnh giao, các tỷ lệ chính đạt được như sau: hồ sơ giải "
        "quyết xong trước và đúng hạn chiếm <on_time_rate>; hồ sơ nộp trực tuyến trên số hồ "
        "sơ mới nhận là <online_rate>; còn thanh toán trực tuyến phí, lệ phí (khâu mà tỉnh "
        "ta xưa nay vẫn yếu hơn các tỉnh bạn) đạt <online_payment_rate>.",
        "Công tác số hóa theo Nghị định số 107/2021/NĐ-CP có tiến bộ: ở khâu đầu vào, "
        "<digitised_intake_rate> hồ sơ được số hóa ngay khi tiếp nhận; ở khâu đầu ra, tỷ lệ "
        "số hóa kết quả giải quyết TTHC là <digitised_result_rate>.",
        "Khảo sát qua máy tính bảng đặt tại quầy và phiếu điện tử cho thấy mức độ hài lòng "
        "của người dân, doanh nghiệp đạt <satisfaction_rate> (phần chưa hài lòng chủ yếu "
        "than phiền thời gian chờ đợi).",
        "Về văn bản điện tử, trong kỳ Sở nhận <documents_in> văn bản đến, phát hành "
        "<documents_out> văn bản đi; số văn bản đi được ký số đạt tỷ lệ "
        "<digitally_signed_rate>.",
        "Một số chỉ số phục vụ người dân (theo Quyết định số 766/QĐ-TTg ngày 23/6/2022):\n- "
        "Tỷ lệ hài lòng: <satisfaction_rate>;\n- Tỷ lệ giải quyết đúng và trước hạn: "
        "<on_time_rate>;\n- Tỷ lệ số hóa hồ sơ khi tiếp nhận: <digitised_intake_rate>; tỷ lệ "
        "số hóa kết quả: <digitised_result_rate>;\n- Tỷ lệ thanh toán trực tuyến: "
        "<online_payment_rate>.",
        "Có <online_rate> hồ sơ tiếp nhận mới trong kỳ là hồ sơ trực tuyến, nhỉnh hơn kỳ "
        "trước, dù tốc độ tăng có phần chững lại so với giai đoạn các tổ công nghệ số cộng "
        "đồng đi từng ấp, khóm hướng dẫn.",
    ),
    "procedures": (
        "Tính tới cuối kỳ, tổng số TTHC thuộc thẩm quyền giải quyết, đang được niêm yết công "
        "khai trên địa bàn là <procedures> thủ tục; qua rà soát <procedures_reviewed> thủ "
        "tục theo kế hoạch năm, Sở đã tham mưu phương án đơn giản hóa đối với "
        "<procedures_simplified> thủ tục (cắt giảm giấy tờ là chính, cắt giảm thời gian thì "
        "còn ít).",
        "Đã đưa vào rà soát, đánh giá <procedures_reviewed> TTHC; trong đó "
        "<procedures_simplified> TTHC được đơn giản hóa theo Quyết định số 1085/QĐ-TTg.",
        "Danh mục hiện hành có <procedures> TTHC, công khai đầy đủ tại nơi tiếp nhận hồ sơ "
        "và trên Trang thông tin điện tử.",
    ),
    "training": (
        "Để công chức Bộ phận Một cửa khỏi lúng túng khi chuyển qua phần mềm mới, Sở Nội vụ "
        "đã mở <training|form=in_person> lớp tập huấn tập trung tại hội trường và "
        "<training|form=online> lớp tập huấn qua hình thức trực tuyến.",
        "Về bồi dưỡng nghiệp vụ kiểm soát TTHC: số lớp trực tuyến là <training|form=online>, "
        "số lớp trực tiếp là <training|form=in_person> (báo cáo viên do Văn phòng UBND tỉnh "
        "cử xuống).",
    ),
    "inspection": (
        "Thực hiện Kế hoạch số 45/KH-SNV ngày 12/01/2024, Đoàn kiểm tra CCHC đã đến làm việc "
        "tại <inspected|at=commune|kind=commune|out_of=15>/15 xã, phường, thị trấn (có báo "
        "trước lẫn đột xuất), qua đó nhắc nhở chấn chỉnh ngay tại chỗ.",
        "Công tác kiểm tra cải cách hành chính, kiểm soát TTHC tại cấp xã: đã kiểm tra "
        "<inspected|at=commune|kind=commune|out_of=15>/15 đơn vị cấp xã.",
    ),
    "index": (
        "Theo kết quả công bố, Chỉ số cải cách hành chính (PAR INDEX) của đơn vị đạt "
        "<par_index>, đứng hạng <rank|of=par_index|out_of=11>/11 trong khối, tuy có cải "
        "thiện nhưng vẫn còn thua một số đơn vị có điều kiện tương đồng.",
        "Xếp hạng <rank|of=par_index|out_of=11>/11 đơn vị về Chỉ số CCHC, với kết quả chỉ số "
        "là <par_index>.",
    ),
    "money": (
        "Về cải cách tài chính công, vốn đầu tư công giải ngân được <disbursed> triệu đồng, "
        "tương đương <disbursed_rate> kế hoạch vốn giao trong năm (thấp hơn mong muốn, do "
        "giá cát san lấp tăng và vướng mặt bằng).",
        "Tỷ lệ giải ngân đầu tư công đạt <disbursed_rate> so với kế hoạch; giá trị giải "
        "ngân: <disbursed> triệu đồng.",
    ),
}
