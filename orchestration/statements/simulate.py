"""Simulated reports of offices, with what they state: for tests of the reader, and for the demo.

Own sentences, several phrasings per kind. ``simulate`` is a function of its seed; ``noise`` says
how much OCR damage there is (see ``ocr``). Figures agree with each other except where a failure is
planted.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.statements import simulated_sections as sections
from orchestration.statements.head import month, quarter, year
from orchestration.statements.model import Period
from orchestration.statements.ocr import scan
from orchestration.statements.simulated_sections import Failure, Stated, Writer

_OFFICES = {
    "district": (
        ("HUYỆN", ("Bình An", "Hòa Sơn", "Tân Phú Đông", "Yên Lạc", "Phú Mỹ", "Long Thượng")),
        ("THÀNH PHỐ", ("Đông Hải", "Sông Lam", "Tây Đô")),
        ("THỊ XÃ", ("Minh Hòa", "Quế Lâm")),
    ),
    "commune": (
        ("XÃ", ("Đại Thắng", "Hải Yến", "Tân Lập", "Phước Long", "Thạch Kiệt")),
        ("PHƯỜNG", ("Nam Thành", "An Khánh")),
    ),
}


@dataclass(frozen=True)
class Report:
    """A simulated report: its text as OCR gives it, what it states, what fails in it."""

    text: str
    clean: str
    document: str
    unit: str
    level: str
    period: Period
    figures: tuple[Stated, ...]
    failures: tuple[Failure, ...]


_HEADINGS = {
    "standing": "Kết quả so với toàn tỉnh",
    "prose": "Công tác chỉ đạo, điều hành",
    "results": "Kết quả tiếp nhận và giải quyết hồ sơ",
    "feedback": "Việc tiếp nhận, xử lý phản ánh, kiến nghị",
    "rates": "Số hóa hồ sơ và thanh toán trực tuyến",
    "procedures": "Rà soát thủ tục hành chính",
    "training": "Công tác tập huấn",
    "inspection": "Công tác kiểm tra",
    "index": "Xếp hạng cải cách hành chính",
    "money_and_papers": "Tài chính và văn thư",
}


def simulate(seed: int, noise: float = 0.0, failures: bool = True) -> Report:
    """The report of a seed. ``noise`` 0 is clean text, 1 is about the damage of a bad scan."""
    rng = random.Random(seed)  # noqa: S311 - a simulation
    level = rng.choice(("district", "district", "commune"))
    kind, names = rng.choice(_OFFICES[level])
    office = f"{kind} {rng.choice(names).upper()}"
    period, title = _period(rng)
    writer = Writer(rng, level, period)
    issued = period.last + timedelta(days=rng.randint(1, 12))
    number = f"{rng.randint(5, 980)}/{rng.choice(('BC-UBND', 'UBND-VP', 'BC-VP'))}"
    _head(writer, office, number, issued, title)
    chosen: list[Callable[[Writer], None]] = [sections.prose, sections.results]
    chosen += rng.sample(
        [
            sections.feedback,
            sections.rates,
            sections.procedures,
            sections.training,
            sections.inspection,
            sections.index,
            sections.money_and_papers,
            sections.standing,
            sections.prose,
        ],
        rng.randint(3, 6),
    )
    for place, section in enumerate(chosen, 1):
        writer.say(f"{place}. {_HEADINGS[section.__name__]}")
        writer.say()
        section(writer)
        writer.say()
    writer.say("Nơi nhận:")
    writer.say("- Như trên;")
    writer.say("- Lưu: VT.")
    if not failures and writer.failures:
        return simulate(seed + 1_000_003, noise, failures)
    clean = "\n".join(writer.lines)
    return Report(
        scan(clean, noise, rng),
        clean,
        number,
        office,
        level,
        period,
        tuple(writer.figures),
        tuple(writer.failures),
    )


def _head(writer: Writer, office: str, number: str, issued: date, title: str) -> None:
    first, second = number.split("/")
    writer.say("ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    writer.say(f"{office}        Độc lập - Tự do - Hạnh phúc")
    writer.say(
        f"Số: {first} /{second}   {office.title().split(' ', 1)[1]}, "
        f"ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}"
    )
    writer.say()
    writer.say("BÁO CÁO")
    writer.say(title)
    writer.say()


def _period(rng: random.Random) -> tuple[Period, str]:
    of_year = rng.randint(2019, 2025)
    what = rng.choice(
        ("Công tác kiểm soát thủ tục hành chính", "Kết quả thực hiện cải cách hành chính")
    )
    kind = rng.choice(("month", "quarter", "year", "first", "range"))
    if kind == "month":
        number = rng.randint(1, 12)
        period = month(number, of_year)
        if period is not None:
            return period, f"{what} tháng {number} năm {of_year}"
    if kind == "quarter":
        mark = rng.choice(("I", "II", "III", "IV"))
        return quarter(mark, of_year), f"{what} quý {mark} năm {of_year}"
    if kind == "first":
        months = rng.choice((6, 9, 10, 11))
        last = month(months, of_year)
        if last is not None:
            return (
                Period(date(of_year, 1, 1), last.last),
                f"{what} {months:02d} tháng đầu năm {of_year}",
            )
    if kind == "range":
        first = date(of_year, rng.randint(1, 9), rng.choice((1, 14, 15)))
        end = first + timedelta(days=rng.randint(27, 90))
        words = rng.choice(
            (
                f"(Từ ngày {first:%d/%m/%Y} đến ngày {end:%d/%m/%Y})",
                f"(Số liệu tính từ ngày {first.day:02d} tháng {first.month} năm {first.year} "
                f"đến hết ngày {end.day:02d} tháng {end.month} năm {end.year})",
            )
        )
        return Period(first, end), f"{what}\n{words}"
    return year(of_year), f"{what} năm {of_year}"
