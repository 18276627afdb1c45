"""How officials say it: patterns of phrases, unaccented, that are looked up letter by letter.

``lexicon`` holds the words that are found through OCR damage; here are the many ways to put them
together. ``[a/b/]`` stands for each of its parts (an empty one for nothing), ``{TERM}`` for a set
of them, `` | `` parts phrases. A comma in a phrase may stand in the text or not.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final

SETS: Final[dict[str, str]] = {
    "TERM": "ky/quy/thang/nam/dot/tuan/ky bao cao/6 thang/giai doan",
    "HANDLE": (
        "giai quyet/xu ly/thu ly/tham dinh/tham tra/thuc hien/lam/xem xet, giai quyet/tham "
        "dinh, giai quyet/kiem tra, giai quyet/xem xet, xu ly/tham dinh va giai quyet/tham "
        "muu/xac minh"
    ),
    "DUE": (
        "han/thoi han/hen/ngay hen/giay hen/thoi gian/thoi gian quy dinh/tien do/lich hen/ngay "
        "tra/thoi han quy dinh/han quy dinh/ngay hen tra/thoi diem hen/ngay den han/han tra/han "
        "dinh/han giai quyet/thoi han giai quyet/thoi han tra/gio hen/phieu hen/ngay tra ket "
        "qua/han tra ket qua/moc hen"
    ),
    "MOVE": (
        "chuyen sang/chuyen qua/chuyen den/chuyen lai/chuyen tiep/chuyen/mang sang/gui sang/goi "
        "sang/de lai/con lai/ton lai/ton dong/con ton/con ton dong/sang/qua/ton/chua xong/ket "
        "chuyen/goi dau/chuyen tiep sang/con do/do dang/con do dang/keo sang/chuyen tiep "
        "qua/luan chuyen/con ton lai/chua giai quyet/chua giai quyet xong/dua sang"
    ),
    "PORTAL": (
        "cong dich vu cong/cong dvc/cong dvcqg/cong dich vu cong quoc gia/cong dvc quoc "
        "gia/cong dich vu cong truc tuyen/cong dich vu cong cua tinh/cong dich vu cong "
        "tinh/cong dvc cua tinh/mang/internet/moi truong mang/moi truong dien tu/moi truong "
        "so/khong gian mang/he thong dich vu cong truc tuyen/ung dung vneid/vneid/ung "
        "dung/zalo/mang internet/dich vu cong/dvc/dvc truc tuyen/dich vu cong truc tuyen"
    ),
    "COUNTER": (
        "quay/cho/bo phan mot cua/bpmc/bo phan tiep nhan va tra ket qua/trung tam/bo phan/tru "
        "so/trung tam hanh chinh cong/trung tam phuc vu hanh chinh cong/mot cua/tntkq/bo phan "
        "tntkq/bo phan tn&tkq/quay giao dich/quay tiep nhan/noi/cua/ttpvhcc"
    ),
}

PATTERNS: Final[dict[str, str]] = {
    "DOSSIER": (
        "[so/] [bo/luot/] ho so | ho so tthc | ho so thu tuc hanh chinh | truong hop | hs | ho "
        "so hanh chinh | [bo/luot/so/] hs | hs tthc | ho so [cong viec/dich vu cong]"
    ),
    "PAKN": (
        "[y kien/luot/] [pakn/phan anh/kien nghi] | [luot/] phan anh[,/] kien nghi | phan anh "
        "va kien nghi | phan anh, kien nghi cua [ca nhan/nguoi dan/ca nhan, to chuc/to chuc, ca "
        "nhan/ca nhan to chuc] | y kien | luot y kien | y kien phan anh, kien nghi | gop y, "
        "phan anh | don thu phan anh | khieu nai, phan anh | phan anh hien truong"
    ),
    "PROC": "tthc | thu tuc hanh chinh | thu tuc | quy trinh thu tuc",
    "COMMUNE": (
        "xa, thi tran | xa, phuong | xa, phuong, thi tran | xa | phuong, xa | phuong | xa va "
        "thi tran | don vi cap xa | don vi hanh chinh cap xa | ubnd cap xa | xi | xd"
    ),
    "DOC_OUT": (
        "[van ban/cong van/vb] [di/phat hanh/ban hanh] | phat hanh [di/] | van ban [phat/ban] "
        "hanh di"
    ),
    "DOC_IN": "[van ban/cong van/vb] den | van ban, cong van den",
    "MEETING": (
        "hoi nghi | hoi nghi tap huan | lop tap huan | lop | lep | ldp | cuoc tap huan | "
        "[buoi/dot/khoa/phien/ky/cuoc/lop/hoi nghi/khoa/dot/lan] [tap huan/huan luyen/boi "
        "duong/dao tao] | lop [hoc/boi duong] | buoi [hoc/huong dan] | tap huan"
    ),
    "MILLION": "trieu dong | trieu",
    "RECEIVE": (
        "[da/duoc/da duoc/] tiep nhan | tiep nhan[,/ va] [giai quyet/xu ly/] [trong {TERM}/] | "
        "da tiep nhan [trong {TERM}/] | nhan giai quyet | nhan vao | [da/] thu ly | da nop | "
        "[ghi/da/da tiep] nhan | nhan duoc | nhan | nhan ve | gui den | gui toi | gui ve | da "
        "nhan | duoc nhan | dau vao giai quyet | thuoc trach nhiem giai quyet | tiep nhan trong "
        "| [da/duoc/da duoc] tiep nhan[,/ va] [giai quyet/xu ly] [trong {TERM}/]"
    ),
    "MUST": (
        "[phai/can/dua vao/co trach nhiem/duoc giao/phai tiep nhan,/phai thu ly,/thuoc trach "
        "nhiem/tong] {HANDLE}"
    ),
    "NEW": (
        "moi [tiep nhan/nhan/phat sinh/nop/nhan vao/vao so/gui den] [trong {TERM}/] | [so/] "
        "[tiep nhan/nhan/phat sinh/nop/nhan vao] [moi/them/moi them] [trong {TERM}/] | so moi "
        "tiep nhan [trong {TERM}/] | [nhan/nop/phat sinh/tiep nhan tu dau/nhan tu dau] "
        "[trong/tu dau] {TERM} | [ho so/hs/bo] moi | phat sinh [trong {TERM}/] | moi trong "
        "{TERM} | tiep nhan [bo sung them/tang them] | [da/duoc/da duoc] [tiep nhan/nhan/nop] "
        "moi | moi [thu ly/tiep nhan vao/dua vao] | "
        "[lap/tao/khai bao/dang ky/gui] moi [trong {TERM}/]"
    ),
    "CARRY": (
        "{TERM} [truoc/cu/lien truoc/truoc do/lien ke truoc/ke truoc] | {TERM} truoc {MOVE} | "
        "ton {TERM} truoc | {MOVE} [tu/cua/o] {TERM} truoc | {MOVE} tu {TERM} truoc {MOVE} | "
        "[con/so/] ton [dau/tu dau] {TERM} | dau {TERM} [con/con ton/chuyen sang/ton] | so du "
        "dau {TERM} | du dau {TERM} | [tu/cua/thuoc] {TERM} truoc | {MOVE} [sang/qua/vao] "
        "{TERM} nay | {TERM} nay goi dau | goi [dau/sang/tiep] | mang sang | [ho so/hs/bo/so] "
        "[cu/ton cu] | cu [chuyen/mang] [sang/qua] | ton cu | nhan tu truoc | {TERM} truoc "
        "[chua/con] {HANDLE} xong | {TERM} truoc lam chua xong | [tu/cua] [truoc/truoc do] "
        "[chuyen/mang] [sang/qua] | [dau/den dau] {TERM} [van/] chua [xong/co ket qua/{HANDLE}] "
        "| da nhan tu truoc | nam cu | ke thua tu {TERM} truoc | ton tu truoc | con lai tu "
        "truoc | [chuyen/mang] tu {TERM} truoc [sang/qua] | tiep nhan tu {TERM} truoc | nhan tu "
        "{TERM} truoc | da tiep nhan tu truoc | tiep nhan tu truoc | chuyen tiep | ton chuyen "
        "sang | ket chuyen | ton truoc do | truoc do [chuyen sang/chuyen qua] | cu [con lai/con "
        "ton/chua xong/chua giai quyet]"
    ),
    "ONLINE": (
        "truc tuyen | nop truc tuyen | [nop/gui/tiep nhan/nhan/thuc hien] [qua/tren/bang/thong "
        "qua/tu] {PORTAL} | [nop/gui/tiep nhan/nhan] qua [cac/] [kenh/hinh thuc/moi truong] "
        "[truc tuyen/dien tu] | qua mang | dich vu cong muc do | [dvc/dich vu cong/hinh "
        "thuc/kenh/phuong thuc/duong/bang hinh thuc/cach thuc/theo hinh thuc] truc tuyen | qua "
        "internet | nop tu xa | truc tuyen [tren/qua] {PORTAL} | [qua/tren] [moi truong "
        "mang/cong dich vu cong/cong dvc] | [qua/tren] [cong dich vu cong/cong dvc] [quoc gia/cua "
        "tinh/tinh] | ho so dien tu | hs dien tu | cau truyen hinh | zoom "
        "| nop dien tu | [qua/tren] [internet/mang internet/moi truong dien tu/vneid] | tai nha "
        "qua mang | dvctt | online | [phuong thuc/hinh thuc/kenh/cach thuc] dien tu"
    ),
    "NOT_ONLINE": (
        "khong [nop/di theo duong/qua/theo hinh thuc/theo duong/phai/thuc hien/] truc tuyen | "
        "khong qua mang | ngoai truc tuyen | [khong phai/chua] nop truc tuyen | khong nop qua "
        "mang"
    ),
    "FULL": (
        "[truc tuyen/dich vu cong/dvc/dich vu cong truc tuyen/dvc truc tuyen/dvctt/] [toan "
        "trinh/toan phan]"
    ),
    "INPERSON": (
        "[nop/den nop/tiep nhan/gui/nhan/] truc tiep [tai/o/] [{COUNTER}/] | [nop/nhan/tiep "
        "nhan/nop ngay/ngay/mang den/den/den nop/dem den/tu den/toi/giao dich/nop ho so/den "
        "tan/nop ho so giay] [tai/o] [{COUNTER}] | [nop/den/toi/den nop/den tan/tu den/mang "
        "den/dem den] [quay/bpmc/bo phan mot cua/trung tam/bo phan tiep nhan va tra ket qua/tru "
        "so] | nop tai cho | tai cho | tai quay | [den/toi/di] nop | dem [toi/den] nop | cam "
        "[toi/den] nop | mang [toi/den] nop | nop tan [tay/noi] | nop ban giay | tai noi tiep "
        "nhan | [den/toi] {COUNTER} nop | den tan noi | nop tay | tan noi"
    ),
    "POSTAL": (
        "[dich vu/qua/qua dich vu/gui qua/duong/bang/qua kenh/kenh/gui/] [buu chinh/buu chinh "
        "cong ich/bcci/buu dien/buu cuc/buu ta] | [qua/gui qua/bang/gui bang/theo] duong buu "
        "[dien/chinh] | nhan vien buu dien | buu pham | chuyen phat [nhanh/] | vnpost"
    ),
    "OFFLINE": (
        "truc tiep[,/ va/ hoac/ va qua/ hoac qua/, qua/ qua/, qua dich vu/ va dich vu/ hoac "
        "dich vu/, dich vu/ va qua dich vu/ hoac qua dich vu/ cung/ va qua duong/ hoac gui qua/ "
        "va gui qua/ hoac gui/ hay qua] [buu chinh/buu chinh cong ich/bcci/buu dien] | "
        "[nop/tiep nhan/nhan/gui/nop ho so] truc tiep[,/ va/ hoac/ va qua/ hoac qua/, qua/ qua/ "
        "hay qua/ hoac gui qua/ va gui qua] [dich vu/duong/] [buu chinh/buu chinh cong "
        "ich/bcci/buu dien] | [phuong thuc/hinh thuc/kenh/cach thuc/cach] truyen thong"
    ),
    "RESOLVED": (
        "da [duoc/] [giai quyet/xu ly/hoan thanh/hoan tat/tra loi/lam xong/giai dap/ket thuc/ra "
        "ket qua/co ket qua/tra/tham dinh xong/phan hoi/ban hanh ket qua/ban giao/phe duyet] "
        "[xong/] | {HANDLE} [xong/duoc/dut diem/hoan tat/hoan thanh] | da {HANDLE} "
        "[xong/duoc/dut diem] | da duoc {HANDLE} [xong/dut diem] | [ket qua/so ho so/hs/ho so] "
        "[da giai quyet/hoan thanh/xong] | co ket qua | ra ket qua | hoan [thanh/tat/thanh giai "
        "quyet] | xong | giai dap | tra loi xong | da xong | da dong ho so | giai quyet duoc | "
        "duoc {HANDLE} [xong/] | da giai quyet dut diem | tra loi duoc | co van ban tra loi | "
        "duoc tra loi | da tra xong | da co [van ban/] [ket qua/tra loi] | hoan thanh viec giai "
        "quyet | [da/] tra loi [cong khai/dut diem] | [da/] [giai quyet/xu ly][,/ va] [phan "
        "hoi/tra loi]"
    ),
    "OPEN": (
        "[dang/con dang/hien dang/van dang/van con dang/dang duoc/dang trong qua trinh/con dang "
        "trong qua trinh/dang tiep tuc/hien con dang/con trong qua trinh/dang trong thoi "
        "gian/dang cho/dang con/tiep tuc] {HANDLE} [tiep/] | [chua/chua duoc/con chua/van "
        "chua/hien chua/ma chua/nhung chua] {HANDLE} [xong/] | [con/hien con/con lai/van con] "
        "phai {HANDLE} | [chua/van chua/con chua] [xong/co ket qua/hoan thanh/hoan tat/tra/tra "
        "ket qua/den luot/ket thuc/dut diem/tra loi/phan hoi/ra ket qua] | do dang | con do | "
        "con [ton/ton dong/ton lai/do dang] | ton [chua giai quyet/cuoi {TERM}/den cuoi {TERM}] "
        "| [con/chuyen/qua/sang/de/ton/mang/gui/] [chuyen/] [sang/qua/lai/cho/den/tiep "
        "sang/tiep qua/] {TERM} [sau/toi/tiep theo/ke tiep/tiep/den] | chuyen {TERM} sau | cuoi "
        "{TERM} [con/ton/con ton/chuyen] | hien con | so du cuoi {TERM} | du cuoi {TERM} | dang "
        "xem xet | xem xet | dang giai quyet do dang | dang tham muu | ton dong | dang con ton "
        "| [chua/khong] giai quyet duoc | ton | [dang/con/van/con dang] cho [tra "
        "loi/{HANDLE}/phan hoi/tra ket qua/ket qua/phe duyet/ky duyet] | cho {HANDLE} | dang "
        "nam | dang [tren/trong/o] [luong/khau/quy trinh/qua trinh/trang thai] {HANDLE}"
    ),
    "EARLY": (
        "[truoc/som/som hon/som so voi/xong truoc/xong som/xong som hon/som truoc/vuot "
        "truoc/truoc ca/som hon so voi/nhanh hon/rut ngan so voi] {DUE} | som | xong som, truoc "
        "{DUE} | truoc {DUE} quy dinh | vuot tien do | rut ngan thoi gian | som, truoc {DUE}"
    ),
    "ONTIME": (
        "[dung/vua dung/kip/vua kip/dung vao/dung theo/vua khop/dung nhu] {DUE} [quy dinh/] | "
        "dung dinh han | dung quy dinh ve thoi gian | [dung/kip] ngay"
    ),
    "INBOTH": (
        "[truoc/som/truoc han/som han/som hon/truoc thoi han/som hon han/truoc hen/som hen] "
        "[va/hoac/,/hay/va/va/cung nhu/lan] dung {DUE} [quy dinh/] | dung [{DUE}] "
        "[va/hoac/,/hay] [truoc/som] {DUE} | dung [va/hoac/,/hay] [truoc/som/som hon] {DUE} | "
        "truoc han, dung han | dung han, truoc han"
    ),
    "NOT_LATE": (
        "[khong/khong bi/chua bi/khong de/khong he/chua] [tre/cham/muon/qua han/tre han/cham "
        "han/tre hen/qua hen/cham tre/sai hen/vuot han/qua thoi han]"
    ),
    "LATE": (
        "[qua/tre/cham/sai/muon/vuot/lo/vuot qua/tre so voi/cham so voi/muon so voi/qua so "
        "voi/tre qua/cham hon/tre hon/lo/sau/da qua/bi qua/bi tre/bi cham/khong dung/chua "
        "dung/khong kip/khong bao dam/khong dam bao/cham tre/da het/het/tre hon so voi/khong "
        "dat/ngoai/loi] {DUE} [quy dinh/giai quyet/] | tre hon | bi qua han | cham tre | cham | "
        "cham tra | muon | tre | tre han giai quyet | bi [tre/cham/muon] | qua han | het han | "
        "da het han"
    ),
    "INTIME": (
        "[con/con trong/van con/van trong/van con trong/dang trong/chua den/chua toi/chua "
        "qua/chua het/chua vuot/con du/van nam trong/nam trong/con nam trong/dang con/dang con "
        "trong/chua den ngay/chua cham/chua lo] {DUE} [cho phep/quy dinh/giai quyet/tra/] | "
        "[thoi han/han] van con | chua qua "
        "{DUE} | chua den {DUE} tra [ket qua/] | chua toi {DUE} tra [ket qua/]"
    ),
    "WITHIN": (
        "[trong/bao dam/dam bao/trong pham vi/bao dam dung/dam bao dung/trong vong/trong dung] "
        "[han/thoi han/thoi gian quy dinh/thoi han quy dinh/tien do/han quy dinh/ve thoi "
        "han/dung han/dung thoi han/thoi han giai quyet/han giai quyet/thoi han cho phep/ngay "
        "hen]"
    ),
    "RETURN": (
        "[bi/phai/da/duoc/] [tra lai/tra ve/hoan tra/hoan lai/tu choi/bac/gui tra/chuyen "
        "tra/tra nguoc] [do khong du dieu kien giai quyet/ho so/cho cong dan/giay to/cho nguoi "
        "nop/cho dan/cho to chuc/cho ca "
        "nhan/cho nguoi dan/cho doanh "
        "nghiep/] | khong du dieu kien [giai quyet/tiep nhan/] | tu choi [tiep nhan/giai "
        "quyet/nhan/thu ly] | khong [hop le/duoc tiep nhan/tiep nhan/thu ly/dap ung dieu "
        "kien/dung thanh phan/du thanh phan] | khong dat yeu cau | tra lai"
    ),
    "WITHDRAW": (
        "[xin/yeu cau/tu nguyen/de nghi/co don/lam don/co don xin/lam don xin/tu/tu xin/chu "
        "dong/da/] rut [lai/ve/] [ho so/hs/don/] | [xin/de nghi/yeu cau] [huy/thoi/ngung] [ho "
        "so/giai quyet/] | khong con nhu cau | huy yeu cau"
    ),
    "HALT": (
        "[dang/phai/bi/da/] [tam dung/tam ngung/tam ngung/tam dinh chi/dinh chi/tam gac/tam "
        "hoan] [giai quyet/xu ly/thuc hien/viec giai quyet/] | [dang/phai/] [dung/ngung] [giai "
        "quyet/xu ly/lai/viec giai quyet]"
    ),
    "SUPPLEMENT": (
        "[cho/doi/cho doi/dang cho/dang doi/phai cho] [cong dan/nguoi dan/to chuc/nguoi "
        "nop/ba con/dan/to chuc, ca nhan/ca nhan, to chuc/ca nhan/doanh nghiep/nguoi dan, doanh "
        "nghiep/cong dan, to chuc/chu ho so/] [nop/] [bo sung/bo tuc/hoan thien/nop them/hoan "
        "chinh] [giay to/them giay to/ho so/thanh phan/them/] | [yeu cau/phai/can/de "
        "nghi/phieu/thong bao/huong dan/phieu yeu cau/da/duoc] [bo sung/bo tuc/hoan thien] "
        "[giay to/ho so/thanh phan/them/] | bo [sung/tuc] [giay to/thanh phan/ho so/] | cho bo "
        "sung | chua [nop/] bo sung [xong/du/] | nop bo sung"
    ),
    "AWAIT_PAY": (
        "cho [thuc hien/nop/hoan thanh/] [nghia vu tai chinh/thue/phi/le phi] | nghia vu tai chinh"
    ),
    "POSTED": (
        "[tra/gui tra/phat tra/chuyen tra/tra ket qua/gui ket qua/chuyen ket qua/phat ket "
        "qua/giao ket qua/nhan ket qua] [giai quyet/ho so/cho nguoi dan/cho cong dan/tthc/giai "
        "quyet tthc/tai nha/] [qua/bang/theo/thong qua/qua duong/bang duong/theo duong/qua dich "
        "vu/bang dich vu/thong qua dich vu] [buu dien/buu chinh/bcci/buu chinh cong ich] | buu "
        "dien [tinh/huyen/thanh pho/xa/] [da/] [chuyen/phat/giao/tra/gui/chuyen phat] [ket qua] "
        "[giai quyet/]"
    ),
    "INTERLINK": ("lien thong | thuoc [nhom/loai/] [thu tuc/tthc/thu tuc hanh chinh] lien thong"),
    "HANDOVER": (
        "tra ket qua [giai quyet/] [tai nha/tan nha/] | [chuyen/gui/giao/phat/tra/chuyen "
        "phat/dua/nhan/chuyen tra] [den/toi/ve/ket qua/ket qua den/ket qua ve/tan] [tan/] "
        "[nha/nha dan/tay/tay nguoi dan/noi/dia chi/tan noi/ban/cho dan] | giao tan nha | tra "
        "tan [nha/noi/tay] | [chuyen/phat/giao/gui/nhan] ket qua | tra tai nha | phat tra | "
        "[duoc/da] tra [ket qua/cho] | gui tra"
    ),
    "RESULT": (
        "[so/] ket qua [giai quyet/giai quyet thu tuc hanh chinh/giai quyet tthc/giai quyet ho "
        "so/xu ly/tthc/]"
    ),
    "INTAKE": (
        "khi tiep nhan [ho so/] | dau vao | khau [tiep nhan/dau vao] | luc tiep nhan | thanh "
        "phan ho so | tiep nhan dau vao | ngay khi nhan | khi nhan"
    ),
    "OUTPUT": "dau ra | khau dau ra | khau tra",
    "DIGITISE": "[duoc/da/da duoc/] so hoa | dien tu hoa | quet, luu tru | so hoa, luu",
    "PAY": (
        "[thanh toan/thanh toan phi/nop phi/thanh toan le phi/nop le phi/thanh toan phi, le "
        "phi/nop phi, le phi/thu phi, le phi/giao dich thanh toan/nop tien/dong phi/thanh toan "
        "nghia vu tai chinh] [truc tuyen/khong dung tien mat/dien tu/qua mang/online/tren cong "
        "dich vu cong/tren cong dvc/qua cong dich vu cong/qua ngan hang] | thanh toan phi truc "
        "tuyen | truc tuyen phi, le phi | nop [khong dung tien mat/qua ngan hang]"
    ),
    "SATISFIED": (
        "[muc do/ty le/chi so/su/rat/danh gia/duoc/danh gia su/tra loi/chi so muc do/chi so] "
        "hai long | hai long [tro len/va rat hai long] | rat hai long | hai long, rat hai long"
    ),
    "SIGN": (
        "[ky/duoc ky/da ky/duoc ky duyet] so | ky so [van ban/] | chu ky so | ky dien tu | ky "
        "so tren moi truong mang"
    ),
    "PAR": (
        "chi so [cchc/cai cach hanh chinh/cai cach/par index/par] | par index | bo chi so "
        "[cchc/cai cach hanh chinh] | ket qua cham diem cchc | ket qua chi so [cchc/cai cach "
        "hanh chinh]"
    ),
    "CHANGE": (
        "[tang/giam] [khoang/them/len/xuong/] | cao hon | thap hon | nhieu hon | it hon | chenh "
        "lech"
    ),
    "PUBLISH": "[niem yet/cong khai/cong bo/dang tai] [cong khai/day du/]",
    "REVIEW": (
        "ra soat[,/] [danh gia/] | duoc ra soat | dua vao ra soat | da ra soat | qua ra soat"
    ),
    "SIMPLIFY": (
        "[don gian hoa/cat giam/luoc bo/rut gon/tinh gon/cat bo/don gian] [giay to/thu "
        "tuc/thanh phan/] [,/va/] [don gian hoa/] [duoc/] | don gian hoa | cat giam[,/ va] don "
        "gian [hoa/]"
    ),
    "INSPECT": (
        "[da/tien hanh/duoc/to/doan/dot/cong tac/cuoc/to chuc/thuc hien/] [kiem tra/thanh "
        "tra/giam sat] [thuc te/tai cho/truc tiep/] | lam viec [tai/voi] | di kiem tra"
    ),
    "DISBURSE": (
        "[da/duoc/gia tri/so von/ket qua/ty le/khoi luong/von da/tien do/so] giai ngan | giai "
        "ngan [von/duoc/dat/von dau tu/dau tu cong/von dau tu cong/] | von dau tu cong da giai "
        "ngan"
    ),
    "RANK": (
        "[xep/dung/xep o/xep hang/dung o/giu/o/dung hang/xep vi tri/vi tri/thu hang/hang/xep "
        "hang o/dat thu/vi tri xep] [thu/hang/vi tri/vi thu/vi tri thu/hang thu/thu hang] | thu "
        "hang | vi tri xep hang | xep hang"
    ),
    "TOTAL": (
        "tong [so/cong/luong/hop/] | [tinh/gop/cong] [chung/lai/ca/gop/tong/don/ca hai/ca hai "
        "khoan/ca hai nguon] | cong ca hai [khoan/nguon/so] | tong [so/cong/lai] la | tinh ca | "
        "cong lai | cong [chung/don/hai khoan/hai nguon] | ca thay"
    ),
    "ALL": "toan bo | tat ca",
    "COMPETENT": (
        "[thuoc/theo] [tham quyen/pham vi] [giai quyet/tiep nhan/] | danh muc [tthc/thu tuc/] | "
        "hien hanh | dang [ap dung/co hieu luc/thuc hien] | con hieu luc | do [ubnd/don "
        "vi/xa/phuong/so] [xa/phuong/huyen/] giai quyet | pham vi giai quyet"
    ),
    "AVERAGE": "binh quan | trung binh | moi [ngay/tuan/thang/nam/quy/ngay lam viec]",
    "PAYMENT": (
        "thanh toan | [thanh toan/nop/thu/dong] [phi/le phi/phi, le phi/phi va le phi] | giao "
        "dich thanh toan | [phi, /phi va ]le phi"
    ),
    "ONGOING": "dang duoc | chua duoc | dang con duoc",
    "SENT": "gui | da gui | phan anh ve",
    "PERSONS": (
        "[to chuc/ca nhan/nguoi dan/cong dan/doanh nghiep/nguoi nop/ba con][,/ va/ hoac] [to "
        "chuc/ca nhan/nguoi dan/cong dan/doanh nghiep]"
    ),
    "EXCLUSIVE": "[khong/chua] [ke/tinh/bao gom/gom/tinh ca/gom ca]",
    "INCLUSIVE": (
        "[ke/gom/bao gom/tinh/tinh gop] [ca/luon/gop/chung/them] | [khong/chua] [ke/tinh/bao "
        "gom/gom] | ca so | bao ham | cong ca | ca moi [va/lan] cu | ca cu [va/lan] moi"
    ),
    "AMONG": (
        "[xet/tinh/rieng/] [trong so/trong tong so/trong so cac/trong cac/trong tong] | tren "
        "tong so | cua so"
    ),
    "REST": "[so/phan/nhom/hs/ho so/] con lai",
    "GATHER": "tap trung [tai/] [hoi truong/] | hoi truong | truc dien | cau truyen thong",
    "LACK": "[con/bi/do/] thieu [thanh phan/giay to/ho so/thanh phan ho so]",
    "INDEX": "[chi so/tong diem/diem so/so diem/diem/ket qua chi so]",
    "ISSUE": "[ban hanh/phat hanh/soan thao]",
    "OF_WHICH": (
        "trong do | [bao/] gom [co/] | [cu the/chia ra/chia theo/phan ra/trong so do/trong so "
        "nay/tach ra/phan theo/chi tiet/phan loai/ngoai ra] | trong [so/do] do"
    ),
    "COMPARED": (
        "[so voi/so/hon/bang/kem/thua/cao hon/thap hon/nhieu hon/it hon/hon so voi/nhe hon so "
        "voi/hon han so voi/nhinh hon] [cung ky/{TERM} truoc/{TERM} lien truoc/nam ngoai/cung "
        "thoi diem/{TERM} lien ke] | so voi | cung ky [{TERM} truoc/nam ngoai/] | cung {TERM} "
        "nam [truoc/ngoai] | nam ngoai | [nhung/cac] nam [truoc/dau] | nhu truoc [day/] | cung "
        "thoi diem [nam ngoai/{TERM} truoc/]"
    ),
    "PLAIN": (
        "trong | tang cuong | lien quan | phuong thuc | trong do co | thuc hien | trien khai | "
        "theo | dung quy dinh | chi dao | giai phap | cong tac | tinh hinh | nhung | hinh thuc "
        "| to chuc | lam viec | ngay tu dau | dung theo | hang nam | cham nhat | thoi gian toi "
        "| nguoi tre | tren co so | hanh chinh | chinh quyen | chuyen mon | dieu hanh | tai "
        "lieu | ton tai | bao ton | ton giao | ton trong | chu yeu | nghiem tuc | phoi hop | "
        "nang cao | chat luong | hieu qua | cap nhat | dong bo | ket noi | chia se | khai thac "
        "| su dung | cong nghe | ho tro | tao dieu kien | thuan loi | lanh dao | doi ngu | ky "
        "cuong | ky luat | dao duc | thai do | tinh than | giao tiep | ung xu | cong vu | cong "
        "so | trang bi | co so vat chat | may moc | thiet bi | van phong | uy ban | hoi dong | "
        "dang uy | chinh phu | thu tuong | bo truong | giam doc | truong phong | pho chu tich | "
        "nghi quyet | nghi dinh | thong tu | chuong trinh | de an | du an | noi dung | muc dich "
        "| y nghia | thang loi | kho khan | han che | bai hoc | kinh nghiem | phuong huong | "
        "trong tam | thoi gian qua | thoi gian toi | dinh ky | dot xuat | cham soc | giao duc | "
        "y te | dat dai | ho tich | tu phap | nong nghiep | cong thuong | van hoa | the thao | "
        "ke toan | lao dong | thuong binh | dan toc | an ninh | trat tu | cua thanh pho | cua "
        "cac cap | cac cap | cac nganh | so nganh | ban nganh | doan the | mat tran | quan "
        "chung | hoi vien | thanh nien | phu nu | cuu chien binh | khuyen khich | van dong | "
        "cai tien | doi moi | sang tao | phat huy | phat trien | tang truong | on dinh | ben "
        "vung | minh bach | cong khai, minh bach | trung thuc | khach quan | nhanh chong | "
        "thuan tien | de dang | tiet kiem | chi phi | di lai | xep hang cho | tuong duong | "
        "tuong ung | lien tiep | lien tuc | sau rong | rong rai | day manh | quan tam | chu "
        "trong | dac biet | co ban | nhin chung | ben canh | dong thoi | tuy nhien | mac du | "
        "vi vay | nham | theo quy dinh | trinh tu | noi bo | ban sao | ban chinh | chung thuc | "
        "ky ten | dong dau | van thu | ho so luu | so sach | bieu mau | ma so | ma vach | tai "
        "khoan | dang ky | dang nhap | dinh danh | can cuoc | cu tru | khai sinh | khai tu | "
        "ket hon | trang thai | [toi/den/] chu ho so [cua/] | tam tru | thuong tru | moi "
        "[va/lan] cu | cu [va/lan] moi"
    ),
    "SKIP": (
        "ho so cong viec | mau so | mau don | so lieu [tren/tu/cua] {PORTAL} | rut [kinh "
        "nghiem/ngan] | tong dai | bo thu tuc | [nguoi/tre/tuoi] tre | tre em | tro nen | tra "
        "cuu | nhan [xet/dinh/thay/manh/biet/dien/su/dan/gui/hai] | hoan thien | co so du lieu "
        "| ky nang | cong chung | bo phan | bao gio | tien trinh | trien khai | nhan rong | don "
        "doc | nhac nho | to cong nghe so cong dong | buu dien [tinh/huyen/van hoa/van hoa "
        "xa/xa] | giam tai | giam [thoi gian/phien ha/chi phi/giay to] | thu xin loi | xin loi "
        "| co che mot cua | hoan canh | chuyen [doi/mon/bien/nghiep] | chuyen doi so | theo mau "
        "| bai bo | bo phan mot cua [cac cap/hai cap/hai cap xa, tinh] [cua tinh/cua huyen/] | "
        "cac cap [cua tinh/trong tinh]"
    ),
}


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Concept → every phrase that its patterns stand for."""
    return {
        concept: tuple(
            dict.fromkeys(
                " ".join(phrase.split())
                for each in _parts(patterns, "|")
                for phrase in expand(each)
            )
        )
        for concept, patterns in PATTERNS.items()
    }


def expand(pattern: str) -> Iterator[str]:
    """Every phrase of one pattern."""
    pieces: list[list[str]] = []
    place = 0
    while place < len(pattern):
        if pattern[place] == "{":
            end = pattern.index("}", place)
            pieces.append(list(expand(f"[{SETS[pattern[place + 1 : end]]}]")))
        elif pattern[place] == "[":
            end = _closing(pattern, place)
            parts = _parts(pattern[place + 1 : end], "/")
            pieces.append([phrase for part in parts for phrase in expand(part)])
        else:
            end = (
                next((n for n in range(place, len(pattern)) if pattern[n] in "[{"), len(pattern))
                - 1
            )
            pieces.append([pattern[place : end + 1]])
        place = end + 1
    return ("".join(chosen) for chosen in product(*pieces))


def _closing(pattern: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(pattern)):
        depth += (pattern[place] == "[") - (pattern[place] == "]")
        if depth == 0:
            return place
    raise ValueError(f"unclosed bracket in {pattern!r}")


def _parts(text: str, sign: str) -> list[str]:
    """Split at ``sign`` outside brackets."""
    parts, depth = [""], 0
    for ch in text:
        depth += (ch == "[") - (ch == "]")
        if ch == sign and depth == 0:
            parts.append("")
        else:
            parts[-1] += ch
    return parts
