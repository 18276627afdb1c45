"""Reports in the words of other authors than the generator's: templates, and what they state.

A template holds ``<code>`` or ``<code|dim=value>`` where a figure stands; figures of one report are
drawn once. A family is the wording of one author.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.statements.head import month, quarter
from orchestration.statements.ocr import scan
from orchestration.statements.simulated_sections import Stated

Family = Mapping[str, Sequence[str]]
_PLACE = re.compile(r"<([a-z_]+)((?:\|[a-z_]+=[^|>]+)*)>")


@dataclass(frozen=True)
class Worded:
    """A report's text as OCR gives it, without damage, and what it states."""

    text: str
    clean: str
    figures: tuple[Stated, ...]


def worded(family: Family, seed: int, noise: float = 0.0) -> Worded:
    """The report of a seed in the words of a family: one template of each of its kinds.

    ``procedures`` has by its contract the level as a dim, which templates leave out.
    """
    rng = random.Random(seed)  # noqa: S311 - a simulation
    level = rng.choice(("district", "commune"))
    office = {"district": "HUYỆN LONG THƯỢNG", "commune": "XÃ TÂN LẬP"}[level]
    number = rng.randint(1, 12)
    period = month(number, 2024) if rng.random() < 0.6 else quarter("II", 2024)
    assert period is not None
    title = (
        f"tháng {number} năm 2024" if period.first.month == period.last.month else "quý II năm 2024"
    )
    lines = [
        "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"{office}        Độc lập - Tự do - Hạnh phúc",
        f"Số: {rng.randint(5, 400)}/BC-UBND        ngày 20 tháng 12 năm 2024",
        "",
        "BÁO CÁO",
        f"Kết quả công tác kiểm soát thủ tục hành chính {title}",
        "",
    ]
    values, figures = _values(rng), []
    for section, templates in family.items():
        if section != "received" and rng.random() < 0.25:
            continue
        template = rng.choice(templates)
        for code, dims in _PLACE.findall(template):
            named = dict(part.split("=") for part in dims.split("|")[1:])
            at = named.pop("at", level)
            if code == "procedures":
                named["level"] = at
            figures.append(Stated(code, at, values[code], period, named))
        lines += [_PLACE.sub(lambda place: _written(values[place[1]], place[1]), template), ""]
    clean = "\n".join(lines)
    return Worded(scan(clean, noise, rng), clean, tuple(figures))


def _values(rng: random.Random) -> dict[str, Decimal]:
    size = rng.choice((60, 900, 12_000))
    new, carried = rng.randint(size // 2, size), rng.randint(1, size // 8 + 2)
    opened = rng.randint(2, size // 10 + 3)
    resolved = new + carried - opened
    late, overdue = rng.randint(0, 9), rng.randint(0, min(9, opened))
    early = rng.randint(1, resolved - late - 1)
    online, posted = rng.randint(1, new // 2), rng.randint(0, new // 8)
    asked = rng.randint(2, 60)
    counts = {
        "received_total": new + carried,
        "received_new": new,
        "carried_over": carried,
        "received_online": online,
        "received_postal": posted,
        "received_in_person": new - online - posted,
        "received_offline": new - online,
        "resolved_total": resolved,
        "resolved_early": early,
        "resolved_on_time": resolved - early - late,
        "resolved_in_time": resolved - late,
        "resolved_late": late,
        "open_total": opened,
        "open_in_time": opened - overdue,
        "open_overdue": overdue,
        "returned": rng.randint(1, 80),
        "withdrawn": rng.randint(1, 80),
        "open_awaiting_supplement": rng.randint(1, 80),
        "open_halted": rng.randint(1, 80),
        "returned_by_post": rng.randint(1, 700),
        "interlinked": rng.randint(1, 80),
        "online_full": rng.randint(1, 80),
        "feedback_received": asked,
        "feedback_handled": asked - 1,
        "feedback_open": 1,
        "procedures": rng.randint(90, 380),
        "procedures_reviewed": rng.randint(10, 60),
        "procedures_simplified": rng.randint(2, 9),
        "training": rng.randint(2, 9),
        "inspected": rng.randint(1, 11),
        "rank": rng.randint(1, 12),
        "disbursed": rng.randint(2_000, 90_000),
        "documents_in": rng.randint(900, 4_000),
        "documents_out": rng.randint(100, 899),
    }
    rates = (
        *("digitised_intake_rate", "digitised_result_rate", "online_payment_rate"),
        *("satisfaction_rate", "on_time_rate", "online_rate", "par_index", "disbursed_rate"),
        "digitally_signed_rate",
    )
    shares = {name: Decimal(rng.randint(2_000, 9_999)) / 100 for name in rates}
    return {name: Decimal(value) for name, value in counts.items()} | shares


def _written(value: Decimal, code: str) -> str:
    if code.endswith("_rate") or code == "par_index":
        return f"{value:.2f}%".replace(".", ",")
    return f"{int(value):02}" if value < 10 else f"{int(value):,}".replace(",", ".")
