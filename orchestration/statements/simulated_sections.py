"""The paragraphs of simulated reports: own sentences, several phrasings per kind."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.statements.head import year
from orchestration.statements.model import Period


@dataclass(frozen=True)
class Stated:
    """One figure that a simulated report states."""

    code: str
    level: str
    value: Decimal
    period: Period
    dims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """A planted identity failure: ``left - right`` is ``difference``."""

    code: str
    level: str
    difference: Decimal


class Writer:
    """Collects lines and what they state."""

    def __init__(self, rng: random.Random, level: str, period: Period) -> None:
        """Nothing is written yet."""
        self.rng = rng
        self.level = level
        self.period = period
        self.lines: list[str] = []
        self.figures: list[Stated] = []
        self.failures: list[Failure] = []

    def pick(self, *options: str) -> str:
        """One of the phrasings."""
        return self.rng.choice(options)

    def say(self, line: str = "") -> None:
        """A line of the report."""
        self.lines.append(line)

    def state(
        self,
        code: str,
        value: int | Decimal,
        at: str = "",
        period: Period | None = None,
        **dims: str,
    ) -> None:
        """What the line states; ``at`` is the level where it is not the office's own."""
        self.figures.append(
            Stated(code, at or self.level, Decimal(value), period or self.period, dims)
        )

    def count(self, value: int, noun: str = "hồ sơ") -> str:
        """A count as offices write it: ``1.387 hồ sơ``, ``03 hồ sơ``, ``không có``."""
        if value == 0 and self.rng.random() < 0.25:
            return self.pick("Không có", "không có")
        return f"{self.number(value)} {noun}"

    def number(self, value: int) -> str:
        """``03``, ``1.387``."""
        if value < 10:
            return f"{value:02d}"
        return f"{value:,}".replace(",", ".")

    def share(self, value: Decimal) -> str:
        """``96,7%``."""
        text = f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:f}"
        return text.replace(".", ",") + "%"


def prose(writer: Writer) -> None:
    """Sentences that state nothing: references, dates, levels of service, unknown counts."""
    rng = writer.rng
    of_year = writer.period.last.year
    options = [
        f"Căn cứ Nghị định số {rng.randint(10, 150)}/2018/NĐ-CP ngày 23/4/{of_year - 1} của "
        f"Chính phủ và Kế hoạch số {rng.randint(10, 400)}/KH-UBND ngày "
        f"{rng.randint(1, 28):02d}/01/{of_year} của UBND tỉnh về kiểm soát thủ tục hành chính, đơn "
        "vị đã triển khai đến các bộ phận liên quan.",
        "Cán bộ, công chức tiếp tục hướng dẫn người dân nộp hồ sơ trên môi trường điện tử mức độ "
        "3, 4; việc tiếp nhận, giải quyết hồ sơ được thực hiện theo cơ chế một cửa, một cửa liên "
        "thông.",
        f"Ngày {rng.randint(1, 28):02d} tháng {rng.randint(1, 12):02d} năm {of_year}, Chủ tịch "
        f"UBND ban hành Công văn số {rng.randint(100, 1900)}/UBND-VP về việc chấn chỉnh kỷ luật, "
        "kỷ cương.",
        f"Bộ phận một cửa được bố trí {rng.randint(2, 9):02d} máy tính và "
        f"{rng.randint(2, 6):02d} máy in phục vụ người dân đến giao dịch.",
        "Hệ thống quản lý chất lượng theo tiêu chuẩn ISO 9001:2015 tiếp tục được duy trì.",
        f"Đã đăng tải {rng.randint(10, 60)} tin bài tuyên truyền trên cổng thông tin điện tử.",
        f"Giai đoạn {of_year - 1}-{of_year + 4}, địa phương tập trung vào 03 khâu đột phá.",
    ]
    for line in rng.sample(options, rng.randint(2, 4)):
        writer.say(line)
        writer.say()


def results(writer: Writer) -> None:
    """What was received and resolved, per level."""
    if writer.level == "commune":
        style = writer.rng.choice(
            (_results_list, _results_sentence, _results_flow, _results_letters, _results_summary)
        )
        style(writer, "commune", "")
        return
    style = writer.rng.choice((_results_list, _results_sentence, _results_flow))
    for level in ("district", "commune"):
        style(writer, level, level)


@dataclass(frozen=True)
class _Flow:
    """The dossiers of a level; one of the sums may be wrong by ``slip``."""

    new: int
    carried: int
    online: int
    early: int
    on_time: int
    late: int
    in_time: int
    overdue: int
    wrong: str = ""
    slip: int = 0

    def of(self, name: str) -> int:
        value = {
            "I1": self.new + self.carried,
            "I2": self.new - self.online,
            "I3": self.early + self.on_time + self.late,
            "I4": self.in_time + self.overdue,
        }[name]
        return value + (self.slip if name == self.wrong else 0)


def _flow(writer: Writer, level: str) -> _Flow:
    rng = writer.rng
    size = rng.choice((40, 300, 4000, 30000))
    new, carried = rng.randint(size // 2, size), rng.randint(0, max(2, size // 8))
    opened = rng.randint(0, min(new, max(2, size // 10)))
    resolved = new + carried - opened
    late = rng.choice((0, 0, rng.randint(0, min(12, resolved))))
    early = rng.randint(0, resolved - late)
    overdue = rng.choice((0, 0, rng.randint(0, min(5, opened))))
    wrong = rng.choice(("", "", "", "I2", "I3", "I4"))
    slip = rng.randint(1, 9) if wrong else 0
    if wrong in {"I3", "I4"}:
        # figures.md: difference = left - right; I5 then fails by as much the other way
        writer.failures.append(Failure(wrong, level, Decimal(slip)))
        writer.failures.append(Failure("I5", level, Decimal(-slip)))
    elif wrong == "I2":
        writer.failures.append(Failure(wrong, level, Decimal(-slip)))
    return _Flow(
        new,
        carried,
        rng.randint(0, new),
        early,
        resolved - late - early,
        late,
        opened - overdue,
        overdue,
        wrong,
        slip,
    )


def _level_words(writer: Writer, level: str) -> str:
    if level == "district":
        return writer.pick("Cấp huyện", "Đối với cấp huyện", "Đối với UBND cấp huyện")
    return writer.pick("Cấp xã", "Đối với cấp xã", "Đối với UBND các xã, thị trấn")


def _results_list(writer: Writer, level: str, heading: str) -> None:
    """Bullets with brackets, as the forms of the decree are written out."""
    w, flow = writer, _flow(writer, level)
    if heading:
        w.say(f"{w.pick('-', '*')} {_level_words(w, level)}:")
        w.say()
    total = w.pick(
        "Tổng số hồ sơ đã tiếp nhận trong kỳ",
        "Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ báo cáo",
        "Số hồ sơ tiếp nhận",
        "Tổng số hồ sơ nhận giải quyết",
    )
    fresh = w.pick("số mới tiếp nhận trong kỳ", "tiếp nhận mới trong kỳ", "số hồ sơ mới tiếp nhận")
    before = w.pick(
        "số từ kỳ trước chuyển qua", "từ kỳ trước chuyển sang", "hồ sơ tồn kỳ trước", "tồn đầu kỳ"
    )
    offline = w.pick(
        "trực tiếp và qua dịch vụ bưu chính",
        "trực tiếp, dịch vụ bưu chính công ích",
        "trực tiếp hoặc qua dịch vụ bưu chính",
    )
    w.say(
        f"+ {total}: {w.count(flow.of('I1'))}. Trong đó, {fresh}: {w.count(flow.new)} "
        f"({w.pick('Trực tuyến', 'nộp trực tuyến')}: {w.count(flow.online)}, {offline}: "
        f"{w.count(flow.of('I2'))}); {before}: {w.count(flow.carried)}."
    )
    w.say()
    w.state("received_total", flow.of("I1"), level)
    w.state("received_new", flow.new, level)
    w.state("received_online", flow.online, level)
    w.state("received_offline", flow.of("I2"), level)
    w.state("carried_over", flow.carried, level)
    done = w.pick(
        "Số lượng hồ sơ đã giải quyết",
        "Số hồ sơ đã giải quyết xong",
        "Hồ sơ đã giải quyết trong kỳ",
    )
    late = w.pick("trễ hạn", "quá hạn", "chậm hạn")
    w.say(
        f"+ {done}: {w.count(flow.of('I3'))} (Trong đó, "
        f"{w.pick('giải quyết trước hạn', 'trước hạn', 'sớm hạn')}: "
        f"{w.count(flow.early)}, đúng hạn: {w.count(flow.on_time)}, {late}: {w.count(flow.late)})."
    )
    w.say()
    w.state("resolved_total", flow.of("I3"), level)
    w.state("resolved_early", flow.early, level)
    w.state("resolved_on_time", flow.on_time, level)
    w.state("resolved_late", flow.late, level)
    under = w.pick(
        "Số lượng hồ sơ đang giải quyết",
        "Hồ sơ đang xử lý",
        "Số hồ sơ đang trong quá trình giải quyết",
    )
    if w.rng.random() < 0.5:
        tail = f"{w.number(flow.overdue)} hồ sơ {w.pick('quá hạn', 'trễ hạn')}"
    else:
        tail = f"quá hạn: {w.count(flow.overdue)}"
    w.say(
        f"+ {under}: {w.count(flow.of('I4'))} (Trong đó, {w.pick('trong hạn', 'chưa đến hạn')}: "
        f"{w.count(flow.in_time)}, {tail})."
    )
    w.say()
    w.state("open_total", flow.of("I4"), level)
    w.state("open_in_time", flow.in_time, level)
    w.state("open_overdue", flow.overdue, level)


def _results_sentence(writer: Writer, level: str, heading: str) -> None:
    """One flowing sentence per level."""
    w, flow = writer, _flow(writer, level)
    w.failures[:] = [f for f in w.failures if f.level != level]
    received = flow.new + flow.carried
    in_time = flow.early + flow.on_time
    who = {
        "district": w.pick("Bộ phận Một cửa cấp huyện", "Bộ phận một cửa huyện"),
        "commune": w.pick("Bộ phận Một cửa cấp xã", "UBND cấp xã"),
        "": w.pick("Bộ phận một cửa", "Bộ phận tiếp nhận và trả kết quả"),
    }[heading]
    got = w.pick("tiếp nhận", "đã tiếp nhận", "tiếp nhận tổng cộng")
    solved = w.pick(
        "đã giải quyết trước và đúng hạn",
        "đã giải quyết trước hạn và đúng hạn",
        "giải quyết đúng hạn và trước hạn",
    )
    line = (
        f"- {who}: {got.capitalize()} {w.number(received)} hồ sơ{w.pick(';', ',')} {solved} "
        f"{w.number(in_time)} hồ sơ"
    )
    w.state("received_total", received, level)
    w.state("resolved_in_time", in_time, level)
    if flow.late:
        line += w.pick("; có ", "; còn ") + f"{w.number(flow.late)} hồ sơ giải quyết quá hạn."
        w.state("resolved_late", flow.late, level)
    else:
        line += w.pick(
            "; không có hồ sơ giải quyết quá hạn.", "; chưa có hồ sơ giải quyết trễ hạn."
        )
        w.state("resolved_late", 0, level)
    if w.rng.random() < 0.5:
        line += f" Số hồ sơ nộp trực tuyến là {w.number(flow.online)} hồ sơ."
        w.state("received_online", flow.online, level)
    if w.rng.random() < 0.4:
        posted = w.rng.randint(0, 400)
        line += f" Trả kết quả qua dịch vụ bưu chính công ích: {w.count(posted)}."
        w.state("returned_by_post", posted, level)
    w.say(line)
    w.say()


def _results_flow(writer: Writer, level: str, heading: str) -> None:
    """One long sentence, its parts joined by "trong đó"."""
    w, flow = writer, _flow(writer, level)
    who = {
        "district": w.pick("Bộ phận Một cửa cấp huyện", "Cấp huyện:"),
        "commune": w.pick("UBND các xã, thị trấn", "Cấp xã:", "Tại cấp xã,"),
        "": w.pick("UBND", "Bộ phận một cửa", "Trong kỳ,"),
    }[heading]
    of_which = w.pick(", trong đó", ", gồm", ", bao gồm")
    w.say(
        f"{who} {w.pick('tiếp nhận', 'đã tiếp nhận')} {w.number(flow.of('I1'))} hồ sơ (trong đó "
        f"{w.pick('tiếp nhận mới', 'mới tiếp nhận')} {w.number(flow.new)} hồ sơ, "
        f"{w.pick('kỳ trước chuyển sang', 'từ kỳ trước chuyển qua')} {w.number(flow.carried)} hồ "
        f"sơ); đã giải quyết {w.number(flow.of('I3'))} hồ sơ{of_which} trước hạn "
        f"{w.number(flow.early)} hồ sơ, đúng hạn {w.number(flow.on_time)} hồ sơ, "
        f"{w.pick('quá hạn', 'trễ hạn')} {w.number(flow.late)} hồ sơ; "
        f"{w.pick('đang giải quyết', 'còn đang giải quyết')} {w.number(flow.of('I4'))} hồ "
        f"sơ{of_which} trong hạn {w.number(flow.in_time)} hồ sơ, quá hạn "
        f"{w.number(flow.overdue)} hồ sơ."
    )
    w.say()
    w.failures[:] = [f for f in w.failures if f.code != "I2" or f.level != level]
    _state_flow(w, flow, level)


def _results_letters(writer: Writer, level: str, heading: str) -> None:
    """Lettered heads, their parts as bullets without a noun."""
    del heading
    w, flow = writer, _flow(writer, level)
    w.failures[:] = [f for f in w.failures if f.code != "I2" or f.level != level]
    w.say(f"a) Tổng số hồ sơ tiếp nhận: {w.number(flow.of('I1'))} hồ sơ. Trong đó:")
    w.say(f"- {w.pick('Số hồ sơ tồn từ kỳ trước', 'Từ kỳ trước chuyển sang')}: {flow.carried};")
    w.say(f"- {w.pick('Số hồ sơ tiếp nhận mới', 'Số mới tiếp nhận')}: {w.number(flow.new)}.")
    w.say(f"b) Số hồ sơ đã giải quyết: {w.number(flow.of('I3'))} hồ sơ. Trong đó:")
    w.say(f"- Trước hạn: {w.number(flow.early)};")
    w.say(f"- Đúng hạn: {w.number(flow.on_time)};")
    w.say(f"- {w.pick('Quá hạn', 'Trễ hạn')}: {w.number(flow.late)}.")
    w.say(f"c) Số hồ sơ đang giải quyết: {w.number(flow.of('I4'))} hồ sơ, trong đó:")
    w.say(f"- {w.pick('Chưa đến hạn', 'Trong hạn')}: {w.number(flow.in_time)};")
    w.say(f"- {w.pick('Đã quá hạn', 'Quá hạn')}: {w.number(flow.overdue)}.")
    w.say()
    _state_flow(w, flow, level)


def _state_flow(writer: Writer, flow: _Flow, level: str) -> None:
    writer.state("received_total", flow.of("I1"), level)
    writer.state("received_new", flow.new, level)
    writer.state("carried_over", flow.carried, level)
    writer.state("resolved_total", flow.of("I3"), level)
    writer.state("resolved_early", flow.early, level)
    writer.state("resolved_on_time", flow.on_time, level)
    writer.state("resolved_late", flow.late, level)
    writer.state("open_total", flow.of("I4"), level)
    writer.state("open_in_time", flow.in_time, level)
    writer.state("open_overdue", flow.overdue, level)


def standing(writer: Writer) -> None:
    """Counts with the office's rank in the province, and a target."""
    w, rng = writer, writer.rng
    kinds = (
        ("overdue_unspecified", ("Hồ sơ quá hạn", "Số hồ sơ trễ hạn")),
        ("open_halted", ("Hồ sơ đang tạm dừng", "Hồ sơ tạm dừng xử lý")),
        ("returned", ("Hồ sơ trả lại do không đủ điều kiện", "Số hồ sơ trả lại")),
        ("withdrawn", ("Hồ sơ công dân xin rút", "Số hồ sơ xin rút")),
        ("open_awaiting_supplement", ("Hồ sơ chờ bổ sung", "Số hồ sơ đang chờ bổ sung")),
    )
    for code, phrases in rng.sample(kinds, rng.randint(2, 4)):
        value, out_of = rng.randint(1, 300), rng.choice((10, 12, 18))
        place = rng.randint(1, out_of)
        w.say(
            f"+ {rng.choice(phrases)}: {w.number(value)} hồ sơ, {w.pick('xếp thứ', 'xếp vị thứ')} "
            f"{place}/{out_of} toàn tỉnh."
        )
        w.say()
        w.state(code, value)
        w.state("rank", place, of=code, out_of=str(out_of))
    share = Decimal(rng.randint(10, 100))
    w.say(
        f"- {w.pick('Chỉ tiêu giao', 'Phấn đấu')}: tỷ lệ hồ sơ trực tuyến "
        f"{w.pick('tối thiểu', 'đạt từ')} {w.share(share)}."
    )
    w.state("target", share, of="online_rate")


def _results_summary(writer: Writer, level: str, heading: str) -> None:
    """A commune's short paragraph."""
    w, flow = writer, _flow(writer, level)
    w.failures[:] = [f for f in w.failures if f.level != level]
    del heading
    received = flow.new + flow.carried
    linked = w.rng.randint(0, 40)
    full = w.rng.randint(10, 200)
    satisfied = Decimal(w.rng.randint(85, 100))
    w.say(
        f"{w.pick('Kết quả: ', '')}Tổng số hồ sơ tiếp nhận trong kỳ là "
        f"{w.number(received)} hồ sơ qua hệ thống một cửa điện tử, trong đó trực "
        f"tuyến toàn trình {w.number(full)} hồ sơ, liên thông "
        f"{w.number(linked)} hồ sơ, quá hạn {w.number(flow.late)} hồ sơ. Tỷ lệ hài lòng của người "
        f"dân đạt {w.share(satisfied)}."
    )
    w.state("received_total", received, level)
    w.state("online_full", full, level)
    w.state("interlinked", linked, level)
    w.state("overdue_unspecified", flow.late, level)
    w.state("satisfaction_rate", satisfied, level)


def feedback(writer: Writer) -> None:
    """Feedback and petitions."""
    w, rng = writer, writer.rng
    carried, new = rng.choice((0, 0, 2, 5)), rng.choice((0, 3, 14, 40))
    received = carried + new
    handled = rng.randint(0, received)
    noun = w.pick("PAKN", "phản ánh, kiến nghị")
    conduct = rng.randint(0, received)
    kinds = rng.random() < 0.5
    line = (
        f"- Tổng số phản ánh, kiến nghị {w.pick('đã tiếp nhận', 'tiếp nhận')} trong kỳ: "
        f"{w.count(received, noun)} (Trong đó, "
        f"{w.pick('tiếp nhận mới trong kỳ', 'số mới tiếp nhận')}: "
        f"{w.count(new, noun)}, từ kỳ trước chuyển qua: {w.count(carried, noun)}"
    )
    w.state("feedback_received", received)
    w.state("feedback_new", new)
    w.state("feedback_carried_over", carried)
    if kinds:
        line += (
            f"; về quy định hành chính: {w.count(received - conduct, noun)}; về hành vi hành "
            f"chính: {w.count(conduct, noun)}"
        )
        w.state("feedback_received", received - conduct, kind="regulation")
        w.state("feedback_received", conduct, kind="conduct")
    w.say(line + ").")
    w.say()
    w.say(
        f"- Số phản ánh, kiến nghị {w.pick('đã xử lý', 'đã giải quyết')}: {w.count(handled, noun)}."
    )
    w.say()
    w.say(
        f"- Số phản ánh, kiến nghị {w.pick('đang xử lý', 'đang giải quyết')}: "
        f"{w.count(received - handled, noun)}."
    )
    w.state("feedback_handled", handled)
    w.state("feedback_open", received - handled)


def _percent(rng: random.Random, low: int = 20) -> Decimal:
    if rng.random() < 0.2:
        return Decimal(rng.randint(low, 100))
    return Decimal(rng.randint(low * 100, 9999)) / 100


def rates(writer: Writer) -> None:
    """Shares, some with a rank."""
    w, rng = writer, writer.rng
    ranked = rng.random() < 0.5
    kinds = (
        (
            "digitised_intake_rate",
            (
                "Tỷ lệ số hóa hồ sơ khi tiếp nhận đạt {}",
                "Số hóa hồ sơ TTHC khi tiếp nhận: tỷ lệ thực hiện {}",
            ),
        ),
        (
            "digitised_result_rate",
            (
                "Tỷ lệ số hóa kết quả giải quyết TTHC đạt {}",
                "Số hóa kết quả giải quyết thủ tục hành chính: Tỷ lệ {}",
            ),
        ),
        (
            "online_payment_rate",
            ("Tỷ lệ thanh toán trực tuyến đạt {}", "Thanh toán trực tuyến: {}"),
        ),
        ("satisfaction_rate", ("Mức độ hài lòng của người dân đạt {}", "Tỷ lệ hài lòng: {}")),
        (
            "on_time_rate",
            (
                "Tỷ lệ hồ sơ giải quyết đúng hạn và trước hạn đạt {}",
                "Tỷ lệ hồ sơ giải quyết đúng hạn: {}",
            ),
        ),
        (
            "online_rate",
            ("Tỷ lệ hồ sơ nộp trực tuyến đạt {}", "Tỷ lệ hồ sơ tiếp nhận trực tuyến: {}"),
        ),
    )
    for code, phrases in rng.sample(kinds, rng.randint(2, 5)):
        value = _percent(rng)
        line = "+ " + rng.choice(phrases).format(w.share(value))
        w.state(code, value)
        if ranked:
            out_of = rng.choice((10, 12, 18))
            place = rng.randint(1, out_of)
            line += f", {w.pick('xếp thứ', 'xếp hạng', 'đứng thứ')} {place}/{out_of} toàn tỉnh"
            w.state("rank", place, of=code, out_of=str(out_of))
        w.say(line + ".")
        w.say()


def procedures(writer: Writer) -> None:
    """Procedures by sector; the sum may be wrong."""
    w, rng = writer, writer.rng
    level = writer.level
    words = "cấp huyện" if level == "district" else "cấp xã"
    police, defence, own = rng.randint(3, 20), rng.randint(3, 20), rng.randint(90, 280)
    wrong = rng.choice((0, 0, 0, 2))
    total = police + defence + own + wrong
    if wrong:
        w.failures.append(Failure("I13", level, Decimal(wrong)))
    if rng.random() < 0.6:
        w.say(
            f"- {w.pick('Số lượng', 'Tổng số')} TTHC {words}{w.pick('', ' (bao gồm cả ngành dọc)')}"
            f"{w.pick(', gồm:', ':', ' là')} {total} TTHC, trong đó lĩnh vực Công an "
            f"({police:02d}), lĩnh vực Quốc phòng ({defence:02d}) và thủ tục hành chính "
            f"{words} ({own})."
        )
        w.state("procedures", police, level, sector="police", level=level)
        w.state("procedures", defence, level, sector="defence", level=level)
        w.state("procedures", own, level, sector=level, level=level)
    else:
        w.failures[:] = [f for f in w.failures if f.code != "I13"]
        w.say(
            f"- Tổng số TTHC thuộc thẩm quyền giải quyết {words} là: {total} "
            f"{w.pick('TTHC', 'thủ tục')}."
        )
    w.state("procedures", total, level, level=level)
    w.say()
    reviewed, simple = rng.randint(5, 60), rng.randint(2, 30)
    w.say(
        f"- {w.pick('Đã rà soát', 'Rà soát')} {reviewed:02d} thủ tục hành chính, đơn giản hóa "
        f"{simple:02d} thủ tục."
    )
    w.state("procedures_reviewed", reviewed)
    w.state("procedures_simplified", simple)


def training(writer: Writer) -> None:
    """Meetings by form."""
    w, rng = writer, writer.rng
    person, online = rng.randint(1, 9), rng.randint(1, 9)
    noun = w.pick("hội nghị tập huấn", "lớp tập huấn")
    w.say(
        f"Trong kỳ, đơn vị đã tổ chức {person:02d} {noun} theo hình thức trực tiếp, {online:02d} "
        f"{noun.removesuffix(' tập huấn')} trực tuyến cho công chức đầu mối kiểm soát TTHC."
    )
    w.state("training", person, form="in_person")
    w.state("training", online, form="online")


def inspection(writer: Writer) -> None:
    """Units inspected, of how many."""
    w, rng = writer, writer.rng
    communes, agencies = rng.randint(12, 30), rng.randint(8, 14)
    seen, visited = rng.randint(3, communes), rng.randint(2, agencies)
    w.say(
        f"{w.pick('Đã tiến hành kiểm tra', 'Đoàn công tác kiểm tra')} đối với "
        f"{seen:02d}/{communes} xã, thị trấn và {visited:02d}/{agencies} cơ quan hành chính."
    )
    w.state("inspected", seen, "commune", kind="commune", out_of=str(communes))
    w.state("inspected", visited, kind="agency", out_of=str(agencies))


def index(writer: Writer) -> None:
    """PAR index of two years; the stated change may be wrong."""
    w, rng = writer, writer.rng
    now = writer.period.last.year
    this, before = _percent(rng, 70), _percent(rng, 40)
    slip = rng.choice((Decimal(0), Decimal(0), Decimal("0.42")))
    change = abs(this - before) + slip
    word = "tăng" if this >= before else "giảm"
    w.say(
        f"- Năm {now}, Chỉ số CCHC của UBND đạt {w.share(this)} (năm {now - 1}: "
        f"{w.share(before)}), {word} {w.share(change)} so với năm {now - 1}."
    )
    w.say()
    w.state("par_index", this)
    w.state("par_index", before, period=year(now - 1))
    w.state("par_index_change", change)
    if slip:
        w.failures.append(Failure("I14", writer.level, slip))
    out_of = rng.choice((10, 12, 18))
    place = rng.randint(1, out_of)
    w.say(f"- {w.pick('Xếp hạng', 'Xếp thứ')} {place}/{out_of} toàn tỉnh.")
    w.state("rank", place, of="par_index", out_of=str(out_of))


def money_and_papers(writer: Writer) -> None:
    """Money paid out, papers in and out."""
    w, rng = writer, writer.rng
    money, share = rng.randint(2000, 90000), _percent(rng)
    w.say(
        f"- Công tác giải ngân vốn đầu tư đến nay đạt {w.number(money)} triệu đồng, đạt "
        f"{w.share(share)} kế hoạch."
    )
    w.say()
    w.state("disbursed", money)
    w.state("disbursed_rate", share)
    out, into = rng.randint(100, 900), rng.randint(900, 4000)
    w.say(
        f"- Đã ban hành {out} văn bản đi, tiếp nhận {w.pick(str(into), w.number(into))} văn bản "
        "đến; tỷ lệ ký số văn bản đạt 100%."
    )
    w.state("documents_out", out)
    w.state("documents_in", into)
    w.state("digitally_signed_rate", 100)
