"""The fictional province: its units, procedures and working days. All names are invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Layout = Literal["A", "B", "C"]

PROVINCE = "H99"
PROVINCE_NAME = "UBND tỉnh Sông Mây"
DISTRICT_NAMES = (
    "Mây Trắng",
    "Sao Hôm",
    "Gió Lành",
    "Nắng Vàng",
    "Suối Trong",
    "Trăng Non",
    "Mưa Rào",
    "Đồi Thông",
    "Bến Mơ",
    "Cầu Vồng",
    "Ráng Chiều",
    "Sương Mai",
)
COMMUNE_NAMES = (
    "Hoa Ban",
    "Hoa Cúc",
    "Hoa Đào",
    "Hoa Gạo",
    "Hoa Hồi",
    "Hoa Huệ",
    "Hoa Lan",
    "Hoa Lý",
    "Hoa Mai",
    "Hoa Mận",
    "Hoa Mơ",
    "Hoa Mua",
    "Hoa Nhài",
    "Hoa Phượng",
    "Hoa Quế",
    "Hoa Sen",
    "Hoa Sim",
    "Hoa Sở",
    "Hoa Súng",
    "Hoa Trà",
    "Hoa Trạng",
    "Hoa Vối",
    "Hoa Xoan",
)
DEPARTMENT_NAMES = (
    "Sở Tư pháp",
    "Sở Xây dựng",
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
    "Sở Công Thương",
    "Sở Nội vụ",
    "Sở Giáo dục và Đào tạo",
    "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Khoa học và Công nghệ",
    "Sở Dân tộc và Tôn giáo",
    "Ban Quản lý các khu công nghiệp",
)
REGISTER_SHARE = 0.03
REGISTER_MOST = 6_000
"""The commune that keeps a register by hand never has more dossiers than a sheet bears."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An office with dossiers of its own; ``weight`` is its share of all dossiers, in 1/100,000."""

    number: int
    code: str
    name: str
    level: str
    parent: str
    layout: Layout
    weight: int


@dataclass(frozen=True, slots=True)
class Procedure:
    """``limit`` counts in ``limit_unit``; ``slots`` = its share of the dossiers of its level, %."""

    number: int
    code: str
    name: str
    field: str
    level: str
    limit: int
    limit_unit: str
    fee: bool
    slots: int


def units(dossiers: int) -> list[Unit]:
    """12 departments, 12 districts, 23 communes of the first district, numbered from 1.

    The last commune lists its dossiers in layout B, the districts in A, all others in C.
    """
    register_share = min(REGISTER_SHARE, REGISTER_MOST / dossiers)
    plan: list[tuple[str, str, str, str, Layout, float]] = [
        (f"{PROVINCE}.{n:02}", name, "department", PROVINCE, "C", 0.25 * _lean(n) / 12)
        for n, name in enumerate(DEPARTMENT_NAMES, 1)
    ]
    plan += [
        (
            f"{PROVINCE}.{30 + n}",
            f"UBND huyện {name}",
            "district",
            PROVINCE,
            "A",
            0.45 * _lean(n) / 12,
        )
        for n, name in enumerate(DISTRICT_NAMES, 1)
    ]
    plan += [
        (
            f"{PROVINCE}.31.{n:02}",
            f"UBND xã {name}",
            "commune",
            f"{PROVINCE}.31",
            "B" if n == len(COMMUNE_NAMES) else "C",
            register_share if n == len(COMMUNE_NAMES) else 0.27 * _lean(n) / 22,
        )
        for n, name in enumerate(COMMUNE_NAMES, 1)
    ]
    return [
        Unit(number, code, name, level, parent, layout, max(1, round(share * 100_000)))
        for number, (code, name, level, parent, layout, share) in enumerate(plan, 1)
    ]


def _lean(n: int) -> float:
    """Large and small offices: factors 0.4 to 1.6, on average about 1."""
    return 0.4 + 0.3 * (n * 3 % 5)


def procedures() -> list[Procedure]:
    """Forty procedures, the slots of each level adding up to 100."""
    return [
        Procedure(number, f"9.000{100 + number}", name, field, level, limit, unit, fee, slots)
        for number, (level, field, name, limit, unit, fee, slots) in enumerate(_PROCEDURES, 1)
    ]


def working_days(first: date, last: date) -> list[date]:
    """Days on which offices of Vietnam work, as the package ``holidays`` knows them."""
    import holidays

    calendar = holidays.country_holidays("VN", years=range(first.year, last.year + 1))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if calendar.is_working_day(day)]


def running_number(days: Sequence[date], first: date, last: date) -> list[int]:
    """For each day from ``first`` to ``last`` how many of ``days`` lie on it or before it."""
    known, count, numbers = set(days), 0, []
    for n in range((last - first).days + 1):
        count += first + timedelta(days=n) in known
        numbers.append(count)
    return numbers


_LAND, _CIVIL, _TRADE = "Đất đai", "Hộ tịch", "Đăng ký kinh doanh"
_BUILD, _SOCIAL, _AUTHENTICATION = "Xây dựng", "Bảo trợ xã hội", "Chứng thực"
_DAY, _CALENDAR, _HOUR = "working_day", "calendar_day", "hour"
_PROCEDURES: tuple[tuple[str, str, str, int, str, bool, int], ...] = (
    ("department", "Lý lịch tư pháp", "Cấp phiếu lý lịch tư pháp mẫu", 10, _DAY, True, 14),
    ("department", _TRADE, "Đăng ký thành lập doanh nghiệp mẫu", 3, _DAY, True, 14),
    ("department", _TRADE, "Thay đổi nội dung đăng ký doanh nghiệp mẫu", 3, _DAY, True, 10),
    ("department", _BUILD, "Cấp chứng chỉ hành nghề xây dựng mẫu", 20, _DAY, True, 6),
    ("department", _BUILD, "Thẩm định thiết kế cơ sở mẫu", 30, _DAY, True, 4),
    ("department", "Môi trường", "Cấp giấy phép môi trường mẫu", 45, _CALENDAR, True, 3),
    ("department", _LAND, "Giao đất, cho thuê đất đối với tổ chức mẫu", 55, _DAY, True, 3),
    ("department", "Y tế", "Cấp giấy phép hành nghề khám bệnh mẫu", 30, _CALENDAR, True, 6),
    ("department", "Y tế", "Công bố đủ điều kiện mua bán thiết bị mẫu", 3, _DAY, False, 5),
    ("department", "Giáo dục", "Công nhận văn bằng mẫu", 20, _DAY, True, 5),
    ("department", "Giáo dục", "Chuyển trường học sinh phổ thông mẫu", 5, _DAY, False, 7),
    ("department", "Công Thương", "Cấp giấy phép bán buôn mẫu", 15, _DAY, True, 6),
    ("department", "Công Thương", "Thông báo khuyến mại mẫu", 8, _HOUR, False, 7),
    ("department", "Văn hóa", "Cấp giấy phép tổ chức biểu diễn mẫu", 5, _DAY, True, 4),
    (
        "department",
        "Nội vụ",
        "Thành lập hội có phạm vi hoạt động trong tỉnh mẫu",
        60,
        _DAY,
        False,
        2,
    ),
    ("department", "Khoa học", "Đăng ký kết quả nhiệm vụ khoa học mẫu", 7, _DAY, False, 4),
    ("district", _LAND, "Đăng ký biến động đất đai mẫu", 10, _DAY, True, 18),
    ("district", _LAND, "Cấp giấy chứng nhận lần đầu mẫu", 30, _DAY, True, 9),
    ("district", _LAND, "Tách thửa, hợp thửa đất mẫu", 20, _DAY, True, 9),
    ("district", _LAND, "Chuyển mục đích sử dụng đất mẫu", 55, _DAY, True, 5),
    ("district", _LAND, "Xóa đăng ký thế chấp mẫu", 8, _HOUR, True, 9),
    ("district", _BUILD, "Cấp giấy phép xây dựng nhà ở riêng lẻ mẫu", 15, _CALENDAR, True, 8),
    ("district", _TRADE, "Đăng ký thành lập hộ kinh doanh mẫu", 3, _DAY, True, 12),
    ("district", _TRADE, "Chấm dứt hoạt động hộ kinh doanh mẫu", 3, _DAY, False, 5),
    ("district", _CIVIL, "Thay đổi, cải chính hộ tịch mẫu", 3, _DAY, True, 5),
    ("district", _AUTHENTICATION, "Chứng thực chữ ký người dịch mẫu", 8, _HOUR, True, 10),
    ("district", "Giáo dục", "Cho phép trường mầm non hoạt động mẫu", 20, _DAY, False, 4),
    ("district", _SOCIAL, "Trợ giúp xã hội đột xuất mẫu", 2, _DAY, False, 6),
    ("commune", _AUTHENTICATION, "Chứng thực bản sao từ bản chính mẫu", 8, _HOUR, True, 20),
    ("commune", _AUTHENTICATION, "Chứng thực chữ ký mẫu", 8, _HOUR, True, 8),
    ("commune", _CIVIL, "Đăng ký khai sinh mẫu", 8, _HOUR, False, 14),
    ("commune", _CIVIL, "Đăng ký khai tử mẫu", 8, _HOUR, False, 7),
    ("commune", _CIVIL, "Đăng ký kết hôn mẫu", 3, _DAY, False, 6),
    ("commune", _CIVIL, "Cấp giấy xác nhận tình trạng hôn nhân mẫu", 3, _DAY, True, 9),
    ("commune", _SOCIAL, "Hưởng trợ cấp hằng tháng mẫu", 22, _DAY, False, 9),
    ("commune", _SOCIAL, "Hỗ trợ chi phí mai táng mẫu", 5, _DAY, False, 6),
    ("commune", _SOCIAL, "Xác định mức độ khuyết tật mẫu", 25, _DAY, False, 6),
    ("commune", _LAND, "Hòa giải tranh chấp đất đai mẫu", 45, _CALENDAR, False, 3),
    (
        "commune",
        "Người có công",
        "Cấp giấy xác nhận thân nhân người có công mẫu",
        12,
        _DAY,
        False,
        7,
    ),
    ("commune", "Nông nghiệp", "Đăng ký kê khai chăn nuôi mẫu", 5, _DAY, False, 5),
)
