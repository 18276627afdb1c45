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
        "Khép lại tháng, số hồ sơ đầu vào của phường dừng ở mức <received_total> hồ sơ, "
        "được tạo thành từ <carried_over> hồ sơ tồn của tháng liền trước và "
        "<received_new> hồ sơ mới phát sinh.",
        "Số liệu trích xuất từ Hệ thống thông tin giải quyết TTHC của thành phố cho thấy:"
        " hồ sơ mới tiếp nhận là <received_new>; hồ sơ kỳ trước chưa giải quyết chuyển "
        "sang là <carried_over>; tổng số hồ sơ phải giải quyết là <received_total>.",
        "1. Tình hình tiếp nhận hồ sơ:\na) Tổng số hồ sơ phải giải quyết: <received_total>"
        " (hồ sơ);\nb) Trong đó:\n- Số kỳ trước chuyển qua: <carried_over> (hồ sơ);\n- Số "
        "mới tiếp nhận: <received_new> (hồ sơ).",
        "Lượng hồ sơ nộp mới trong quý đạt <received_new> hồ sơ, bình quân mỗi ngày làm "
        "việc tiếp nhận trên 20 hồ sơ; nếu tính cả <carried_over> hồ sơ từ quý trước "
        "chuyển sang thì UBND phường phải giải quyết tổng cộng <received_total> hồ sơ.",
        "Ngoài <carried_over> hồ sơ còn tồn từ trước, Trung tâm đã tiếp nhận "
        "<received_new> hồ sơ mới (tổng: <received_total>).",
        "Hồ sơ tiếp nhận: <received_total>, bao gồm: mới <received_new>, cũ <carried_over>.",
        "Tổng số hồ sơ TTHC thuộc trách nhiệm xử lý của Sở trong kỳ: <received_total> hồ "
        "sơ, trong đó hồ sơ tiếp nhận mới chiếm <received_new> hồ sơ, phần còn lại "
        "<carried_over> hồ sơ được chuyển tiếp từ kỳ báo cáo trước.",
        "Từ ngày 15/3 đến ngày 14/6, toàn huyện tiếp nhận mới <received_new> hồ sơ TTHC.",
        "Hồ sơ phải xử lý của quý: <received_total> HS (mới: <received_new> HS; tồn quý "
        "trước: <carried_over> HS), không phát sinh hồ sơ nộp sai thẩm quyền.",
        "Báo cáo số liệu: Tổng thụ lý <received_total> HS. Mới thụ lý: <received_new> HS."
        " Cũ còn lại: <carried_over> HS.",
        "Tổng số hồ sơ TTHC đã tiếp nhận để giải quyết là <received_total> hồ sơ (có "
        "<carried_over> hồ sơ từ kỳ trước chuyển qua và <received_new> hồ sơ tiếp nhận "
        "mới trong kỳ).",
        "Trong kỳ, Bộ phận Một cửa tiếp nhận <received_new> hồ sơ mới, cộng với "
        "<carried_over> hồ sơ chưa giải quyết xong của kỳ trước, tổng số hồ sơ cần xử lý "
        "là <received_total>.",
        "Từ kỳ trước chuyển sang <carried_over> hồ sơ, tiếp nhận mới <received_new> hồ "
        "sơ, như vậy có <received_total> hồ sơ phải giải quyết trong kỳ này.",
        "Số hồ sơ công dân nộp mới: <received_new>. Số hồ sơ chuyển từ kỳ trước sang: "
        "<carried_over>. Tổng hai loại: <received_total>.",
        "Đầu vào: <received_total> hồ sơ, tăng 5,2% so với cùng kỳ năm trước. Cụ thể, "
        "nhận mới <received_new> hồ sơ, kế thừa từ kỳ trước <carried_over> hồ sơ.",
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
        "Về kênh nộp: <received_online> hồ sơ đi qua Cổng Dịch vụ công, "
        "<received_in_person> hồ sơ nộp tay tại quầy, <received_postal> hồ sơ do bưu điện"
        " chuyển đến.",
        "Có <received_online>/<received_new> hồ sơ mới được nộp trực tuyến.",
        "Người dân nộp hồ sơ chủ yếu bằng hình thức trực tuyến (<received_online> hồ sơ),"
        " số nộp trực tiếp (<received_in_person> hồ sơ) và qua bưu chính "
        "(<received_postal> hồ sơ) giảm dần.",
        "* Theo phương thức tiếp nhận: trực tuyến - <received_online> hồ sơ; trực tiếp - "
        "<received_in_person> hồ sơ; bưu chính - <received_postal> hồ sơ.",
        "Số hồ sơ mới nộp theo phương thức truyền thống (trực tiếp và bưu chính) là "
        "<received_offline>; theo phương thức điện tử là <received_online>.",
        "Hồ sơ tiếp nhận qua dịch vụ công trực tuyến: <received_online>. Hồ sơ tiếp nhận "
        "tại quầy: <received_in_person>. Hồ sơ tiếp nhận qua bưu điện: <received_postal>.",
        "Trong các hồ sơ mới, <online_full> hồ sơ thuộc dịch vụ công trực tuyến toàn "
        "trình, <interlinked> hồ sơ thuộc thủ tục liên thông.",
        "Kết quả nộp trực tuyến đạt <received_online> hồ sơ, cao hơn hẳn "
        "<received_offline> hồ sơ nộp trực tiếp và qua BCCI.",
        "Tiếp nhận trực tuyến <received_online> hồ sơ, trực tiếp <received_in_person> hồ "
        "sơ, bưu chính công ích <received_postal> hồ sơ; bảo đảm không có hồ sơ nộp sai "
        "quy định.",
        "Số hồ sơ trực tuyến được tiếp nhận là <received_online> hồ sơ, trong đó toàn "
        "trình <online_full> hồ sơ.",
        "Hồ sơ giấy nộp trực tiếp <received_in_person>, gửi bưu điện <received_postal>; "
        "hồ sơ điện tử <received_online>.",
        "Có <received_online> hồ sơ nộp từ xa qua mạng, số nộp trực tiếp hoặc qua bưu "
        "chính công ích là <received_offline>.",
        "Trong <received_new> hồ sơ tiếp nhận mới, hồ sơ trực tuyến là <received_online>,"
        " hồ sơ trực tiếp và bưu chính là <received_offline>.",
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
        "Tổng cộng <resolved_total> hồ sơ đã được trả kết quả; phân theo tiến độ: trước "
        "hạn <resolved_early>, đúng hạn <resolved_on_time>, trễ hạn <resolved_late>.",
        "Số hồ sơ đã giải quyết trong kỳ là <resolved_total> hồ sơ, bằng tổng của "
        "<resolved_early> hồ sơ trước hạn, <resolved_on_time> hồ sơ đúng hạn và "
        "<resolved_late> hồ sơ quá hạn.",
        "Đã có <resolved_total> kết quả được trả cho tổ chức, công dân. Trong số này, "
        "<resolved_in_time> kết quả trả trước hoặc đúng hẹn, <resolved_late> kết quả trả "
        "trễ.",
        "b) Kết quả giải quyết:\n- Đã giải quyết: <resolved_total> hồ sơ;\n+ Trước hạn: "
        "<resolved_early> hồ sơ;\n+ Đúng hạn: <resolved_on_time> hồ sơ;\n+ Quá hạn: "
        "<resolved_late> hồ sơ.",
        "Tính đến hết ngày 14/6, hồ sơ giải quyết xong: <resolved_total>, trong đó đúng "
        "thời hạn và sớm hơn thời hạn: <resolved_in_time>; chậm thời hạn: "
        "<resolved_late>.",
        "Các cơ quan chuyên môn giải quyết xong <resolved_total> hồ sơ, chỉ để trễ hẹn "
        "<resolved_late> hồ sơ.",
        "Hồ sơ trễ hẹn ở khâu trả kết quả là <resolved_late>, trên tổng số "
        "<resolved_total> hồ sơ đã giải quyết; số hoàn thành sớm là <resolved_early>, số "
        "hoàn thành đúng ngày là <resolved_on_time>.",
        "Trong kỳ hoàn thành <resolved_total> hồ sơ. <resolved_in_time> hồ sơ hoàn thành "
        "trong hạn. <resolved_late> hồ sơ hoàn thành quá hạn.",
        "Giải quyết trước hạn đạt <resolved_early> hồ sơ và đúng hạn đạt "
        "<resolved_on_time> hồ sơ, vị chi <resolved_in_time> hồ sơ bảo đảm tiến độ; số "
        "không bảo đảm tiến độ là <resolved_late> hồ sơ.",
        "Kết quả: đã giải quyết <resolved_total> hồ sơ; trong đó: giải quyết trước thời "
        "hạn <resolved_early>, giải quyết đúng thời hạn <resolved_on_time>, giải quyết "
        "quá thời hạn <resolved_late>.",
        "Hồ sơ đã có kết quả giải quyết <resolved_total>; tỷ trọng lớn nhất là nhóm sớm "
        "hạn với <resolved_early> hồ sơ, tiếp đến nhóm đúng hạn <resolved_on_time> hồ sơ,"
        " nhóm trễ hạn chỉ <resolved_late> hồ sơ.",
        "Đã trả <resolved_total> hồ sơ cho công dân, tổ chức. Trước hạn <resolved_early>;"
        " đúng hạn <resolved_on_time>; trễ hạn <resolved_late> (đã xin lỗi bằng văn bản).",
        "- Giải quyết xong: <resolved_total> HS, trong đó:\n+ Sớm: <resolved_early>\n+ "
        "Đúng: <resolved_on_time>\n+ Trễ: <resolved_late>",
        "Kỳ này để xảy ra <resolved_late> hồ sơ giải quyết trễ hạn trong tổng số "
        "<resolved_total> hồ sơ đã giải quyết xong.",
        "Số hồ sơ được giải quyết đúng và sớm hơn thời hạn là "
        "<resolved_in_time>/<resolved_total> hồ sơ.",
        "Toàn ngành trả kết quả <resolved_total> hồ sơ, đảm bảo tiến độ "
        "<resolved_in_time> hồ sơ, không đảm bảo tiến độ <resolved_late> hồ sơ.",
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
        "Số hồ sơ còn lại đang được giải quyết là <open_total>, trong đó số trong hạn là "
        "<open_in_time>, số quá hạn là <open_overdue>.",
        "c) Đang giải quyết:\n- Tổng số: <open_total> hồ sơ;\n- Còn hạn: <open_in_time> hồ "
        "sơ;\n- Quá hạn: <open_overdue> hồ sơ.",
        "Hiện <open_total> hồ sơ đang nằm ở các phòng chuyên môn chờ xử lý: "
        "<open_in_time> hồ sơ chưa đến hạn, <open_overdue> hồ sơ đã quá hạn.",
        "Số dư cuối kỳ là <open_total> hồ sơ, trong đó đáng lưu ý có <open_overdue> hồ sơ"
        " đã quá thời hạn giải quyết.",
        "Chưa giải quyết xong <open_total> HS (còn thời hạn <open_in_time> HS, đã hết "
        "thời hạn <open_overdue> HS).",
        "Hồ sơ quá hạn chưa giải quyết: <open_overdue>; hồ sơ chưa đến hạn: "
        "<open_in_time>; cộng hồ sơ đang giải quyết: <open_total>.",
        "Tới thời điểm báo cáo còn <open_total> hồ sơ tồn, không có khả năng giải quyết "
        "dứt điểm trong kỳ, phải chuyển sang kỳ sau.",
        "Đối với hồ sơ đang giải quyết, có <open_in_time> hồ sơ trong hạn và "
        "<open_overdue> hồ sơ trễ hạn, tổng cộng <open_total> hồ sơ.",
        "Còn phải giải quyết <open_total> hồ sơ (trong hạn <open_in_time>; quá hạn "
        "<open_overdue>).",
        "Hồ sơ chưa xong tính đến cuối kỳ: <open_total>. Chưa tới hạn: <open_in_time>. Đã"
        " quá hạn: <open_overdue>.",
        "- Đang giải quyết: <open_total> HS, trong đó:\n+ Trong hạn: <open_in_time>\n+ Quá "
        "hạn: <open_overdue>",
        "Hiện các phòng, ban đang giải quyết <open_total> hồ sơ, đều đặn theo quy trình; "
        "riêng quá hạn là <open_overdue> hồ sơ.",
        "Cuối kỳ tồn <open_total> hồ sơ chuyển kỳ sau, trong đó hồ sơ tồn quá hạn "
        "<open_overdue>, hồ sơ tồn trong hạn <open_in_time>.",
        "<open_total> hồ sơ đang chờ giải quyết, hầu hết còn trong thời hạn "
        "(<open_in_time> hồ sơ).",
    ),
    "returned": (
        "Từ chối tiếp nhận, trả lại <returned> hồ sơ không hợp lệ; công dân tự rút "
        "<withdrawn> hồ sơ.",
        "Số hồ sơ bị trả lại do chưa đủ thành phần là <returned>; số hồ sơ rút theo "
        "nguyện vọng là <withdrawn>.",
        "- Hồ sơ trả lại: <returned>\n- Hồ sơ rút: <withdrawn>",
        "Số hồ sơ bị từ chối do không đáp ứng điều kiện: <returned> hồ sơ; số hồ sơ công "
        "dân chủ động rút: <withdrawn> hồ sơ.",
        "Đã ban hành thông báo trả lại <returned> hồ sơ không đủ điều kiện giải quyết; "
        "giải quyết cho rút <withdrawn> hồ sơ theo đơn đề nghị.",
        "Cơ quan từ chối <returned> hồ sơ vì không thuộc thẩm quyền; <withdrawn> hồ sơ do"
        " người dân xin rút.",
        "Số hồ sơ trả lại/không giải quyết: <returned>. Số hồ sơ công dân rút: <withdrawn>.",
    ),
    "waiting": (
        "Trong số đang giải quyết có <open_awaiting_supplement> hồ sơ chờ người dân bổ "
        "sung, <open_halted> hồ sơ tạm dừng chờ ý kiến cấp trên.",
        "Hồ sơ chờ bổ sung: <open_awaiting_supplement>; hồ sơ tạm dừng: <open_halted>.",
        "Cơ quan đã gửi phiếu yêu cầu bổ sung đối với <open_awaiting_supplement> hồ sơ; "
        "tạm dừng xử lý <open_halted> hồ sơ.",
        "Hồ sơ đang trong thời gian chờ công dân bổ sung là <open_awaiting_supplement>; "
        "hồ sơ tạm dừng giải quyết theo quy định là <open_halted>.",
        "Có <open_halted> hồ sơ phải tạm dừng để chờ kết luận thanh tra, "
        "<open_awaiting_supplement> hồ sơ cần công dân bổ sung thành phần.",
        "<open_halted> hồ sơ đang tạm dừng giải quyết; <open_awaiting_supplement> hồ sơ "
        "đang chờ bổ sung theo phiếu hướng dẫn.",
        "Số hồ sơ dừng giải quyết là <open_halted>, số hồ sơ yêu cầu công dân bổ sung "
        "giấy tờ là <open_awaiting_supplement>.",
    ),
    "posted": (
        "Qua dịch vụ bưu chính công ích đã chuyển trả <returned_by_post> kết quả.",
        "Số lượt trả kết quả tại nhà thông qua bưu điện: <returned_by_post>.",
        "<returned_by_post> hồ sơ có kết quả được bưu điện phát tận nhà.",
        "Có <returned_by_post> lượt kết quả được Bưu điện phát đến tận tay người dân.",
        "Dịch vụ BCCI: trả <returned_by_post> kết quả.",
        "Kết quả trả qua bưu chính: <returned_by_post> hồ sơ.",
        "Số kết quả được chuyển phát qua bưu chính công ích là <returned_by_post>.",
        "Người dân nhận kết quả tại nhà qua bưu điện: <returned_by_post> hồ sơ.",
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
        "Tổng số phản ánh, kiến nghị tiếp nhận trong kỳ: <feedback_received>. Số đã giải "
        "quyết: <feedback_handled>. Số đang giải quyết: <feedback_open>.",
        "Trên Hệ thống tiếp nhận, trả lời PAKN của Chính phủ, đơn vị được giao xử lý "
        "<feedback_received> PAKN, đã trả lời công khai <feedback_handled> PAKN, "
        "<feedback_open> PAKN còn trong thời hạn xử lý.",
        "Về PAKN: nhận <feedback_received>, giải quyết <feedback_handled>, còn lại "
        "<feedback_open>.",
        "Có <feedback_handled>/<feedback_received> phản ánh, kiến nghị đã được xử lý, trả"
        " lời; <feedback_open> phản ánh, kiến nghị đang trong quá trình xem xét.",
        "PAKN tiếp nhận <feedback_received>, xử lý xong <feedback_handled>, chưa xử lý "
        "xong <feedback_open>.",
        "Qua các kênh, cơ quan tiếp nhận tổng cộng <feedback_received> phản ánh; "
        "<feedback_handled> phản ánh được xử lý kịp thời; <feedback_open> phản ánh đang "
        "tiếp tục xử lý.",
        "4. Phản ánh kiến nghị: tiếp nhận mới và cũ <feedback_received>; đã trả lời "
        "<feedback_handled>; còn <feedback_open>.",
        "Trong kỳ có <feedback_received> phản ánh, kiến nghị được gửi đến; cơ quan đã trả"
        " lời <feedback_handled>, số còn lại <feedback_open> đang xem xét.",
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
        "Tỷ lệ hồ sơ có kết quả đúng hoặc trước hạn: <on_time_rate>. Tỷ lệ hài lòng của "
        "tổ chức, cá nhân: <satisfaction_rate>. Tỷ lệ hồ sơ nộp trực tuyến: "
        "<online_rate>.",
        "Số hóa hồ sơ đạt <digitised_intake_rate> ở khâu tiếp nhận và "
        "<digitised_result_rate> ở khâu trả kết quả.",
        "Thanh toán phí, lệ phí bằng hình thức trực tuyến chiếm <online_payment_rate> "
        "tổng số giao dịch.",
        "Có <satisfaction_rate> người dân khi được hỏi đều bày tỏ sự hài lòng.",
        "Tỷ lệ trực tuyến: <online_rate>; tỷ lệ thanh toán trực tuyến: "
        "<online_payment_rate>; tỷ lệ số hóa kết quả: <digitised_result_rate>.",
        "Văn bản đi ký số đạt <digitally_signed_rate>.",
        "Tỷ lệ hồ sơ đúng hạn <on_time_rate>, tỷ lệ hồ sơ trực tuyến <online_rate>, tỷ lệ"
        " hài lòng <satisfaction_rate>.",
        "Công tác số hóa: hồ sơ đầu vào đạt <digitised_intake_rate>; kết quả đạt "
        "<digitised_result_rate>.",
        "Đã số hóa <digitised_intake_rate> hồ sơ tiếp nhận, số hóa "
        "<digitised_result_rate> kết quả giải quyết.",
        "Tỷ lệ thanh toán trực tuyến trên tổng số hồ sơ có phí đạt <online_payment_rate>.",
        "Khảo sát mức độ hài lòng cho kết quả <satisfaction_rate>.",
        "Tỷ lệ văn bản phát hành được ký số: <digitally_signed_rate>. Tỷ lệ thanh toán "
        "không dùng tiền mặt: <online_payment_rate>.",
    ),
    "procedures": (
        "Tổng số TTHC của đơn vị là <procedures>, đã rà soát <procedures_reviewed>, đơn "
        "giản hóa <procedures_simplified>.",
        "Đơn vị rà soát <procedures_reviewed> trong tổng số <procedures> TTHC, kiến nghị "
        "đơn giản hóa <procedures_simplified> TTHC.",
        "UBND phường đang tiếp nhận, giải quyết <procedures> TTHC thuộc thẩm quyền.",
        "Rà soát được <procedures_reviewed> TTHC và đề xuất phương án đơn giản hóa "
        "<procedures_simplified> TTHC.",
        "Số lượng TTHC thuộc phạm vi quản lý: <procedures>; số TTHC được rà soát: "
        "<procedures_reviewed>; số TTHC được đề nghị đơn giản hóa: "
        "<procedures_simplified>.",
        "Số TTHC thực hiện: <procedures> thủ tục.",
        "Kết quả rà soát TTHC: <procedures_reviewed> thủ tục được rà soát, "
        "<procedures_simplified> thủ tục được đề xuất đơn giản hóa.",
        "Đã công bố, công khai danh mục <procedures> TTHC thuộc phạm vi, chức năng quản lý.",
    ),
    "training": (
        "Tổ chức được <training|form=in_person> lớp tập huấn trực tiếp, "
        "<training|form=online> lớp trực tuyến.",
        "Công tác tập huấn: trực tiếp <training|form=in_person> lớp, trực tuyến "
        "<training|form=online> lớp.",
        "Phối hợp tổ chức <training|form=in_person> hội nghị tập huấn trực tiếp, tham gia"
        " <training|form=online> hội nghị tập huấn trực tuyến do tỉnh tổ chức.",
        "Số lớp tập huấn: <training|form=in_person> lớp trực tiếp và "
        "<training|form=online> lớp trực tuyến.",
        "Tập huấn nghiệp vụ: <training|form=in_person> lớp học trực tiếp; "
        "<training|form=online> lớp học trực tuyến.",
    ),
    "inspection": (
        "Kiểm tra CCHC được <inspected|at=commune|kind=commune|out_of=15>/15 xã.",
        "Đã tiến hành kiểm tra tại <inspected|at=commune|kind=commune|out_of=15>/15 xã, "
        "phường (đạt yêu cầu kế hoạch).",
        "Kiểm tra công vụ, CCHC tại <inspected|at=commune|kind=commune|out_of=15>/15 xã, thị trấn.",
        "Tiến hành kiểm tra <inspected|at=commune|kind=commune|out_of=15>/15 UBND xã, thị trấn.",
        "Qua kiểm tra <inspected|at=commune|kind=commune|out_of=15>/15 xã, đoàn đã chỉ ra"
        " các hạn chế.",
    ),
    "index": (
        "Chỉ số CCHC xếp thứ <rank|of=par_index|out_of=11>/11 với <par_index>.",
        "Kết quả xếp hạng Chỉ số CCHC: đạt <par_index>, hạng <rank|of=par_index|out_of=11>/11.",
        "Năm nay Chỉ số CCHC đạt <par_index>, đứng vị trí thứ <rank|of=par_index|out_of=11>/11.",
        "Chỉ số CCHC: <par_index>; xếp hạng: <rank|of=par_index|out_of=11>/11.",
        "Chỉ số CCHC tăng hạng, đứng thứ <rank|of=par_index|out_of=11>/11 với điểm số <par_index>.",
    ),
    "money": (
        "Đã giải ngân <disbursed> triệu đồng (đạt <disbursed_rate>).",
        "Giải ngân đạt <disbursed_rate>, tương đương <disbursed> triệu đồng.",
        "Văn bản đến: <documents_in>; văn bản đi: <documents_out>; ký số: <digitally_signed_rate>.",
        "Giải ngân vốn đầu tư công: <disbursed> triệu đồng, đạt tỷ lệ <disbursed_rate> so"
        " với kế hoạch vốn.",
        "Vốn giải ngân trong kỳ đạt <disbursed> triệu đồng, bằng <disbursed_rate> kế hoạch.",
        "Tổng số văn bản đến: <documents_in> văn bản; tổng số văn bản đi: <documents_out> văn bản.",
        "Vốn đầu tư công: giải ngân <disbursed> triệu đồng/kế hoạch giao, đạt <disbursed_rate>.",
        "Văn bản đi <documents_out>, văn bản đến <documents_in>.",
        "Trong kỳ đã phát hành <documents_out> văn bản, tiếp nhận <documents_in> văn bản đến.",
    ),
}
