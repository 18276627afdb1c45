"""The words of the reports: concept → phrases, unaccented. Data only; ``spotting`` finds them
fuzzily.

A comma in a phrase may stand in the text or not; no other phrase reaches over a comma. A longer
phrase wins over the shorter ones that it contains, so ``SKIP`` names what only looks like a concept
("bộ phận tiếp nhận và trả kết quả" receives nothing).
"""

# what is counted
NOUNS: dict[str, str] = {
    "DOSSIER": (
        "ho so | bo ho so | luot ho so | ho so tthc | ho so thu tuc hanh chinh | truong hop | "
        "hs | ho so hanh chinh"
    ),
    "PAKN": (
        "pakn | phan anh, kien nghi | y kien phan anh | phan anh | phan anh, kien nghi cua ca "
        "nhan to chuc | kien nghi | y kien | luot y kien | luot phan anh | luot phan anh, "
        "kien nghi"
    ),
    "PROC": "tthc | thu tuc hanh chinh | thu tuc | quy trinh thu tuc",
    "COMMUNE": (
        "xa, thi tran | xa, phuong | xa, phuong, thi tran | xa | phuong, xa | phuong | xa va "
        "thi tran | don vi cap xa | xi | xd"
    ),
    "AGENCY": (
        "co quan hanh chinh | co quan | phong ban | co quan chuyen mon | phong chuyen mon | "
        "co quan, don vi"
    ),
    "OFFICE": "don vi",
    "AUTON": "don vi su nghiep cong lap | don vi su nghiep",
    "DOC_OUT": "van ban di | van ban phat hanh",
    "DOC_IN": "van ban den",
    "CIVIL_SERVANT": "cong chuc | cong chuc hanh chinh",
    "PUBLIC_EMPLOYEE": "vien chuc | vien chuc giao vien",
    "STAFF": "can bo, cong chuc | can bo | can bo, cong chuc, vien chuc | cbcc",
    "MEETING": (
        "hoi nghi | hoi nghi tap huan | lop tap huan | lop | lep | ldp | cuoc tap huan "
        "| buoi tap huan | dot tap huan | khoa tap huan"
    ),
    "MILLION": "trieu dong",
    "BILLION": "ty dong",
    "FIELD": "linh vuc | linh vuc tthc | linh vuc thu tuc hanh chinh",
    "OBJECTIVE": "muc tieu | muc tieu cu the",
    "TASK": "nhiem vu | nhiem vu cu the",
    "ACTIVITY": "hoat dong | hoat dong cu the",
    "HOUR": "gio ngay thu hai hang tuan | gio sang thu hai hang tuan | gio thu hai hang tuan",
}

# what is said of it: these carry the meaning of a figure
MEASURES: dict[str, str] = {
    "RECEIVE": (
        "tiep nhan | da tiep nhan | nhan giai quyet | tiep nhan, giai quyet | tiep nhan va "
        "giai quyet | tiep nhan trong ky | da tiep nhan trong ky | tiep nhan, giai quyet "
        "trong ky | nhan vao | thu ly | tiep nhan, xu ly | da nop | ghi nhan | nhan duoc | nhan"
    ),
    "MUST": "phai giai quyet | phai xu ly | can giai quyet | phai tiep nhan, giai quyet",
    "NEW": (
        "moi tiep nhan | tiep nhan moi | so moi tiep nhan | nhan moi | so moi tiep nhan trong "
        "ky | tiep nhan moi trong ky | moi tiep nhan trong ky | moi nhan | phat sinh moi | "
        "moi phat sinh | nop moi | moi nop | nhan trong ky | nop trong ky | phat sinh trong "
        "ky | nhan trong thang | ho so moi"
    ),
    "CARRY": (
        "ky truoc chuyen qua | ky truoc chuyen sang | tu ky truoc chuyen sang | ton ky truoc "
        "| ky truoc | ton dau ky | thang truoc chuyen sang | nam truoc chuyen sang | quy "
        "truoc chuyen sang | ton tu ky truoc | chuyen tiep tu ky truoc | con ton tu ky truoc "
        "| ton cua ky truoc | ky truoc chuyen den | ton dong tu ky truoc | ky truoc de lai | "
        "ky truoc con lai | ky truoc chua xong | cua ky truoc | ton dau thang | chua xong cua "
        "ky truoc | thang truoc | ton tu thang truoc | cu chuyen sang | quy truoc | nam truoc "
        "chuyen qua | tu ky truoc chuyen qua | tu ky truoc"
    ),
    "ONLINE": (
        "truc tuyen | nop truc tuyen | qua mang | dich vu cong muc do | dvc truc tuyen | dich "
        "vu cong truc tuyen | nop qua cong dich vu cong | tiep nhan truc tuyen | gui qua cong "
        "dich vu cong | nop tren cong dich vu cong | tiep nhan qua cong dich vu cong | qua "
        "internet | gui truc tuyen | nop qua moi truong mang | nop tren moi truong mang | nop "
        "tren moi truong dien tu"
    ),
    "FULL": (
        "toan trinh | truc tuyen toan trinh | truc tuyen toan phan | dich vu cong truc tuyen "
        "toan trinh"
    ),
    "INPERSON": (
        "truc tiep | nop truc tiep | tiep nhan truc tiep | truc tiep tai bo phan mot cua | "
        "tai quay | nop tai quay | tai cho | nop tai cho | nop tai bo phan mot cua | truc "
        "tiep tai quay | den nop truc tiep"
    ),
    "POSTAL": (
        "buu chinh cong ich | buu chinh | bcci | dich vu buu chinh | dich vu bcci | dich vu "
        "buu chinh cong ich | duong buu dien | qua buu dien | gui qua buu dien | buu dien | "
        "gui qua duong buu dien"
    ),
    "OFFLINE": (
        "truc tiep va qua dich vu buu chinh | truc tiep qua buu chinh | truc tiep va buu "
        "chinh | truc tiep, dich vu buu chinh | truc tiep hoac qua dich vu buu chinh | truc "
        "tiep va qua bcci | truc tiep, bcci | truc tiep va buu chinh cong ich | truc tiep "
        "hoac qua buu dien | truc tiep, dich vu buu chinh cong ich | truc tiep va qua dich vu "
        "buu chinh cong ich | truc tiep va dich vu bcci | truc tiep va qua dich vu bcci | "
        "truc tiep, buu chinh cong ich | truc tiep, buu chinh"
    ),
    "RESOLVED": (
        "da giai quyet | giai quyet xong | da giai quyet xong | da xu ly | da xu ly xong | "
        "hoan thanh giai quyet | da hoan thanh | ket qua da giai quyet | da duoc giai quyet | "
        "da duoc xu ly | hoan tat | da hoan tat | co ket qua | da co ket qua | giai quyet "
        "duoc | da tra loi | xu ly duoc | da giai quyet duoc | hoan thanh | so ho so hoan "
        "thanh"
    ),
    "SOLVE": "giai quyet | xu ly",
    "OPEN": (
        "dang giai quyet | dang xu ly | chua giai quyet | con ton | dang trong qua trinh giai "
        "quyet | dang trong qua trinh xu ly | ton chua giai quyet | chuyen ky sau | con dang "
        "giai quyet | hien dang giai quyet | chuyen sang ky sau | dang duoc giai quyet | dang "
        "duoc xu ly | dang thu ly | hien con | ton cuoi ky | chua giai quyet xong | chua xu "
        "ly xong | dang xem xet | con lai dang giai quyet | chua co ket qua | dang trong thoi "
        "gian giai quyet | ton cuoi thang"
    ),
    "EARLY": (
        "truoc han | som han | truoc thoi han | som truoc han | truoc hen | som hon thoi han "
        "| xong som | som hon han | truoc ngay hen | som hon ngay hen | truoc thoi gian | som"
    ),
    "ONTIME": (
        "dung han | dung thoi han | dung hen | dung ngay hen | dung thoi gian | dung ngay tra"
    ),
    "INBOTH": (
        "truoc va dung han | truoc han va dung han | dung va truoc han | som va dung han | "
        "dung han va truoc han | truoc han, dung han | dung han, truoc han | som han va dung "
        "han | truoc hoac dung han"
    ),
    "LATE": (
        "qua han | tre han | cham han | tre hen | qua thoi han | sai hen | muon han | tre hon "
        "| bi qua han | qua hen | cham tre han | vuot thoi han | vuot han | het han | da het "
        "han | cham | giai quyet cham | qua ngay hen | tre ngay hen | cham so voi han | cham "
        "tra | muon | qua han giai quyet | tre han giai quyet"
    ),
    "INTIME": (
        "chua den han | con han | con trong han | con thoi han | chua qua han | chua toi han | "
        "chua toi han tra | chua den ngay hen | con trong thoi han"
    ),
    "WITHIN": "trong han | trong thoi han | trong han quy dinh | trong thoi han quy dinh",
    "RETURN": (
        "tra lai | khong du dieu kien | khong du dieu kien giai quyet | tu choi tiep nhan | "
        "tra lai do khong du dieu kien giai quyet | tra lai ho so | tra ve | bi tra ve | phai "
        "tra lai | tra lai cho cong dan | bi tra lai | tu choi giai quyet"
    ),
    "WITHDRAW": (
        "rut ho so | xin rut | rut | yeu cau rut | tu nguyen rut | de nghi rut | rut lai ho so"
    ),
    "HALT": "tam dung | dung xu ly | dang tam dung | tam dung xu ly | tam dung giai quyet",
    "SUPPLEMENT": (
        "cho bo sung | yeu cau bo sung | dang cho bo sung | cho cong dan bo sung | phai bo "
        "sung | can bo sung | bo sung giay to"
    ),
    "AWAIT_PAY": (
        "cho thuc hien nghia vu tai chinh | cho nop nghia vu tai chinh | nghia vu tai chinh | "
        "cho nghia vu tai chinh"
    ),
    "INTERLINK": "lien thong",
    "HANDOVER": (
        "tra ket qua | tra ket qua giai quyet | chuyen den tan nha | tra tan nha | tra ket "
        "qua tai nha | chuyen ket qua | tra tai nha | phat ket qua"
    ),
    "RESULT": (
        "ket qua | ket qua giai quyet | ket qua giai quyet thu tuc hanh chinh | ket qua giai "
        "quyet tthc | ket qua giai quyet ho so"
    ),
    "INTAKE": "khi tiep nhan | dau vao | khi tiep nhan ho so",
    "DIGITISE": "so hoa | duoc so hoa | da so hoa",
    "PAY": (
        "thanh toan truc tuyen | thanh toan phi truc tuyen | nop phi truc tuyen | thanh toan "
        "phi, le phi truc tuyen | thanh toan le phi truc tuyen"
    ),
    "SATISFIED": "hai long | muc do hai long | su hai long | hai long cua nguoi dan",
    "SIGN": "ky so | ky so van ban | chu ky so van ban",
    "PAR": "chi so cchc | chi so cai cach hanh chinh | par index | chi so tong hop",
    "CHANGE": "tang | giam | tang them | giam xuong",
    "REGULATION": "quy dinh hanh chinh",
    "CONDUCT": "hanh vi hanh chinh",
    "PUBLISH": (
        "dang tai cong khai | cong khai niem yet | niem yet cong khai | niem yet | duoc cong "
        "khai | da duoc dang tai cong khai | cong khai"
    ),
    "REVIEW": "ra soat | da ra soat",
    "SIMPLIFY": "don gian hoa | duoc don gian hoa",
    "POLICE": "cong an",
    "SOCIAL_INSURANCE": "bao hiem xa hoi | bhxh",
    "DEFENCE": "quoc phong | quan su",
    "TAX": "thue | chi cuc thue",
    "INSPECT": (
        "kiem tra | da kiem tra | tien hanh kiem tra | to kiem tra | doan kiem tra | duoc "
        "kiem tra | kiem tra truc tiep"
    ),
    "RECRUIT": "tuyen dung | da tuyen dung",
    "DISBURSE": "giai ngan | giai ngan von dau tu | giai ngan von",
    "EXCELLENT": "hoan thanh xuat sac nhiem vu | hoan thanh xuat sac | xep loai xuat sac",
    "GOOD": "hoan thanh tot nhiem vu | hoan thanh tot | xep loai tot",
    "COMPLETED": "hoan thanh nhiem vu | muc hoan thanh nhiem vu | nhom hoan thanh nhiem vu",
    "NOT_COMPLETED": "khong hoan thanh nhiem vu | khong hoan thanh | chua hoan thanh nhiem vu",
    "PLAN_ISSUED": "ban hanh ke hoach | da ban hanh ke hoach | xay dung ke hoach",
    "PLAN_DONE": "hoan thanh ke hoach | muc do hoan thanh ke hoach",
    "PLAN_TALK": "hoan thanh ke hoach tuyen truyen | ke hoach tuyen truyen",
    "PLAN_CHECK": "to chuc tu kiem tra | tu kiem tra",
    "WORK_RULES": "quy che giai quyet cong viec | quy che lam viec",
    "WEB_PAGE": "trang thong tin dien tu",
    "AUTONOMY": "tu chu | co che tu chu | tu chu, tu chiu trach nhiem | tu chiu trach nhiem",
    "STATE_FUNDED": "nha nuoc dam bao chi thuong xuyen | ngan sach dam bao chi thuong xuyen",
    "PART_FUNDED": "tu dam bao mot phan chi thuong xuyen",
    "SELF_FUNDED": "tu dam bao chi thuong xuyen | tu dam bao toan bo chi thuong xuyen",
    "DEGREE": "trinh do dai hoc | dai hoc | bang dai hoc",
    "POLITICS": "ly luan chinh tri",
    "TRAINED": "boi duong nghiep vu | boi duong",
    "WITH_DOSSIERS": (
        "phat sinh ho so | co phat sinh ho so | thuong xuyen | thuong xuyen phat sinh ho so"
    ),
}

# what places, limits or joins
FRAME: dict[str, str] = {
    "RANK": (
        "xep thu | xep hang | dung thu | xep vi tri thu | xep hang thu | vi tri thu | dung vi "
        "tri thu"
    ),
    "TARGET": (
        "chi tieu | yeu cau | toi thieu | phan dau | it nhat | giao chi tieu | chi tieu giao "
        "| dat ty le tu | phan dau dat | yeu cau ty le | muc tieu dat | yeu cau dat"
    ),
    "RATE": "ty le | dat ty le | chiem ty le | chiem | dat",
    "TOTAL": "tong so | tong cong | tong | tong luong",
    "NUMBER_OF": "so luong | so",
    "TOTALITY": (
        "tren dia ban | toan huyen | tren dia ban huyen | toan thanh pho | toan thi xa | toan quan"
    ),
    "COMPETENT": "thuoc tham quyen | thuoc tham quyen giai quyet | thuc hien tai bo phan mot cua",
    "OUT_OF": "tren tong | tren tong so | trong tong so",
    "OF_WHICH": "trong do | gom | bao gom | cu the | chia ra | gom co",
    "AND": "va",
    "IS": "la",
    "TIMES": "luot | bo",
    "PAPERS": "van ban",
    "ABOVE": "tren",
    "NONE": "khong co | chua co",
    "NONE_AROSE": "khong phat sinh | chua phat sinh | khong co phat sinh",
    "NOT": "khong",
    "SOFTWARE": "tren phan mem | tren he thong | tren phan mem dich vu cong | theo phan mem",
    "FACT": "thuc te | tren thuc te",
    "DISTRICT": (
        "cap huyen | doi voi ubnd huyen | doi voi cap huyen | ubnd cap huyen | bo phan mot "
        "cua cap huyen | bo phan mot cua huyen | cap thanh pho | cap quan"
    ),
    "COMMUNE_LEVEL": (
        "cap xa | bo phan mot cua cac xa | bo phan mot cua cac xa, thi tran "
        "| bo phan mot cua cac xa, phuong | tai cac xa, thi tran | tai cac xa, phuong "
        "| ubnd cac xa | ubnd cac xa, thi tran | ubnd cac xa, phuong | "
        "doi voi ubnd cac xa | doi voi cap xa | ubnd cap xa | bo phan mot cua cap xa "
        "| doi voi cac xa | doi voi ubnd cac xa, thi tran | tai cac xa"
    ),
    "DISTRICT_OWN": (
        "phong chuyen mon thuoc ubnd huyen | co quan chuyen mon thuoc ubnd huyen "
        "| thuoc ubnd huyen | thuoc ubnd thanh pho | thuoc ubnd thi xa"
    ),
    "PROVINCE": "cap tinh",
    "CHAIR": "chu tich ubnd | la chu tich ubnd cac xa",
    "DATA": "du lieu | lam sach du lieu",
    "PERSONNEL": "ho so can bo | ho so can bo, cong chuc",
    "COMPARED": "so voi | so voi cung ky",
    "SAME_TERM": "cung ky | cung ky nam truoc",
    "YEAR_TO_DATE": "luy ke tu dau nam | luy ke | tu dau nam den nay",
    "SKIP": (
        "mot cua, mot cua lien thong | mot cua lien thong | co che mot cua, mot cua lien "
        "thong | bo phan tiep nhan va tra ket qua | bo phan mot cua | he thong mot cua dien "
        "tu | giai quyet thu tuc hanh chinh | giai quyet tthc | kiem soat thu tuc hanh chinh "
        "| tro cap xa hoi | xa hoi | giai quyet cong viec | quan ly van ban | dich vu cong "
        "quoc gia | cong dich vu cong | kiem soat tthc | cai cach thu tuc hanh chinh | cai "
        "cach hanh chinh | phoi hop xu ly | xep hang va phan loai | phan cong | dao tao boi "
        "duong | co so vat chat | co so | tra loi | quy che | toan tinh | khong phat hien | "
        "chua phat hien | trong thang | trong ky | trong nam | trong quy | thong ke | thong "
        "ke so | cham diem | cham dut | cham soc | cham cong | ghi nhan va bieu duong | tiep "
        "nhan va tra ket qua | cong dan | ca nhan | nhan dan | nguyen nhan | nhan vien | nhan "
        "luc | cong nhan | chung nhan | giay chung nhan | xac nhan | nhan thuc | doanh nghiep"
    ),
}

CONCEPTS: dict[str, tuple[str, ...]] = {
    name: tuple(phrase.strip() for phrase in phrases.split("|"))
    for group in (NOUNS, MEASURES, FRAME)
    for name, phrases in group.items()
}
