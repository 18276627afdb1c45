"""What a mail says and how it is built: words, numbers, identities, headers, sheets."""

import ast
import io
import string
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
import yaml

from orchestration.alerting import compose
from orchestration.alerting.model import Alert, Note, Problem, Reason, Recipient, State, kinds
from orchestration.alerting.page import alert_page, digest_page
from orchestration.alerting.route import Tree
from orchestration.alerting.run import Desk
from orchestration.alerting.words import LANGUAGES, identity_in_words, words
from orchestration.settings import PROJECT_DIR

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TREE = Tree({}, {"H56.18": "Xã Mẫu"})
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
VI = words("vi", ZONE)
OVERDUE = Problem(
    "overdue",
    unit="H56.18",
    since=date(2026, 2, 20),
    count=1234,
    items=tuple(f"H56.18-260201-{n:04}" for n in range(1234)),
    rows=({"code": "=cmd|' /C calc'!A0", "due_at": "2026-02-20"},),
    facts={"reach": "01/03/2026"},
    command="hoso explain open_overdue --unit H56.18",
)


def note(problem=OVERDUE, reason=Reason.OPENED, state=State.OPEN, **more):
    return Note(reason, Alert(problem.key, 1, state, problem, NOW), **more)


def built(settings, a_note, language="vi", attach=False):
    person = Recipient("an@x.vn", "H56.18", "manager", language=language, attach=attach)
    raw = Desk(settings, TREE, NOW).about(a_note, person).mail
    return message_from_bytes(raw, policy=policy.default)


def texts(language):
    folder = PROJECT_DIR / "orchestration" / "alerting" / "texts"
    return yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8"))


def leaves(tree, path=()):
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name), value


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


def test_every_kind_has_its_sentences_in_every_language():
    for language in LANGUAGES:
        assert set(texts(language)["kinds"]) == set(kinds()), language


def test_a_check_goes_by_its_title_in_words_and_its_code_stands_in_small():
    facts = {"observed": "3 rows", "expected": "no row", "meaning": "Mend.", "check": "figures.i5"}
    vi = {"title_vi": "Đẳng thức I5", "observed_vi": "3 dòng", "expected_vi": "không dòng nào"}
    problem = Problem("check_failed", count=3, facts={**facts, **vi, "meaning_vi": "Sửa."})
    page = alert_page(note(problem), VI, TREE)
    assert page.title == "Đẳng thức I5: 3 trường hợp không đạt"
    (what, _) = page.lines
    assert what == (
        "Phép kiểm tra “Đẳng thức I5” không đạt: 3 dòng; mong đợi: không dòng nào. Sửa."
    )
    assert page.notes[0] == "Mã phép kiểm tra: figures.i5"
    english = alert_page(note(problem), words("en", ZONE), TREE)
    assert english.title == "Check figures.i5: 3 cases"
    assert english.lines[0] == "Check figures.i5 failed: found 3 rows, expected no row. Mend."
    # an alert of before the titles
    old = alert_page(note(Problem("check_failed", count=3, facts=facts)), VI, TREE)
    assert old.title == "figures.i5: 3 trường hợp không đạt"


def test_of_what_blocks_publishing_each_check_has_its_title_and_its_code():
    facts = {"version": 3, "titles_vi": {"figures.i5": "Đẳng thức I5"}}
    problem = Problem(
        "not_published", count=2, facts=facts, figures=(("figures.i5", 2), ("ledger.new", 1))
    )
    labels = {
        language: [row[0].text for row in table.rows]
        for language in LANGUAGES
        for table in alert_page(note(problem), words(language, ZONE), TREE).tables
    }
    assert labels["vi"] == ["Đẳng thức I5 (figures.i5)", "ledger.new"]
    assert labels["en"] == ["figures.i5", "ledger.new"]


def test_both_languages_say_the_same_with_the_same_facts():
    skipped = {"file_reasons", "refusals", "language"}
    vi, en = (
        {path: fields(text) for path, text in leaves(texts(language)) if path[0] not in skipped}
        for language in ("vi", "en")
    )
    assert vi.keys() == en.keys()
    # a moment may be written in another order, never with other facts
    assert {path for path in vi if vi[path] != en[path]} == set()


def test_numbers_days_and_identities_are_written_as_the_language_writes_them():
    assert VI.show(1234567) == "1.234.567"
    assert VI.show(date(2026, 3, 2)) == "02/03/2026"
    assert VI.show(NOW) == "08:00 ngày 02/03/2026"
    assert identity_in_words(498, [371, 88], VI) == "498 ≠ 371 + 88, thiếu 39 hồ sơ"
    assert (
        identity_in_words(1387, [1225, 162, 148], VI) == "1.387 ≠ 1.225 + 162 + 148, thừa 148 hồ sơ"
    )
    assert identity_in_words(88, [88, 0], words("en", ZONE)) == "88 = 88 + 0"


def test_the_mail_names_what_where_since_when_how_many_ten_codes_and_the_command(settings):
    message = built(settings, note())
    assert message["Subject"] == "[hoso] 1.234 hồ sơ quá hạn chưa giải quyết"
    for part in ("plain", "html"):
        body = message.get_body((part,)).get_content()
        for fact in ("Xã Mẫu", "20/02/2026", "1.234 hồ sơ", "01/03/2026", "1.224 mã nữa"):
            assert fact in body, (part, fact)
        assert body.count("H56.18-260201-") == 10, part
        assert "hoso explain open_overdue --unit H56.18" in body
        assert f"hoso alerts ack {note().alert.id}" in body


def test_a_grown_problem_names_only_the_new_dossiers(settings):
    body = built(settings, note(reason=Reason.GROWN, fresh=frozenset({"NEW-1"}), number=1))
    text = body.get_body(("plain",)).get_content()
    assert "NEW-1" in text and "H56.18-260201-0000" not in text


def test_the_last_mail_asks_for_nothing(settings):
    text = built(settings, note(reason=Reason.RESOLVED, state=State.RESOLVED))
    body = text.get_body(("plain",)).get_content()
    assert "không còn nữa" in body and "hoso alerts ack" not in body


def test_the_failing_identity_stands_in_words(settings):
    problem = Problem("not_published", facts={"identities": [{"left": 498, "terms": [371, 88]}]})
    body = built(settings, note(problem)).get_body(("plain",)).get_content()
    assert "498 ≠ 371 + 88, thiếu 39 hồ sơ" in body


def test_the_mail_to_a_sender_says_why_rows_were_set_aside_and_asks_for_no_acknowledgement(
    settings,
):
    facts = {"file": "a.xlsx", "reasons": {"unmapped status": 9, "impossible date": 3, "new": 1}}
    body = built(settings, note(Problem("file_set_aside", facts=facts, count=13)))
    text = body.get_body(("plain",)).get_content()
    for line in (
        "trạng thái chưa có trong bảng ánh xạ  |  9",
        "ngày không hợp lệ  |  3",
        "new  |  1",
    ):
        assert line in text
    assert "hoso alerts ack" not in text


def test_a_digest_has_a_line_per_alert_and_no_dossier():
    page = digest_page([note(), note(Problem("run_failed"))], date(2026, 3, 2), VI, TREE)
    assert page.subject == "[hoso] Tổng hợp ngày 02/03/2026: 2 cảnh báo"
    assert len(page.tables[0].rows) == 2
    assert "H56.18-260201" not in repr(page)


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: spy@x.vn", "x\nSubject: y", "x\u2028Bcc: spy@x.vn", "x\x00y"]
)
def test_a_file_name_cannot_inject_a_header(settings, evil):
    message = built(
        settings, note(Problem("file_unreadable", facts={"file": evil, "message": evil}))
    )
    assert message["Bcc"] is None
    assert len(message.get_all("Subject")) == 1
    assert "\n" not in message["Subject"] and message["To"] == "an@x.vn"


def test_markup_in_data_stays_text(settings):
    problem = Problem(
        "file_unreadable", facts={"file": "<script>alert(1)</script>", "message": "<b>"}
    )
    html = built(settings, note(problem)).get_body(("html",)).get_content()
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_the_page_brings_its_styles_along_and_asks_the_network_for_nothing(settings):
    html = built(settings, note()).get_body(("html",)).get_content()
    assert "style=" in html and "<style" not in html
    assert "http:" not in html and "https:" not in html


def test_the_sheet_goes_along_only_where_wanted_and_holds_no_formula(settings):
    assert list(built(settings, note()).iter_attachments()) == []
    (sheet,) = built(settings, note(), attach=True).iter_attachments()
    assert sheet.get_filename() == f"overdue_{note().alert.id}_20260302.xlsx"
    with ZipFile(io.BytesIO(sheet.get_content())) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in cells and "=cmd" in shared and "&apos;=cmd" in shared.replace("'", "&apos;")


def test_the_same_mail_has_the_same_message_id_and_another_one_another(settings):
    desk = Desk(settings, TREE, NOW)
    person = Recipient("an@x.vn", "H56.18", "manager")
    first, again = (desk.about(note(), person).message_id for _ in range(2))
    others = {
        desk.about(note(number=1, reason=Reason.REMINDER), person).message_id,
        desk.about(note(number=2, reason=Reason.REMINDER), person).message_id,
        desk.about(note(), Recipient("binh@x.vn", "H56.18", "manager")).message_id,
    }
    assert first == again and len(others | {first}) == 4
    assert first.endswith("@localhost>")


def test_english_speaks_english():
    page = alert_page(note(), words("en", ZONE), TREE)
    assert page.subject == "[hoso] 1,234 dossiers are overdue"


def test_a_workbook_without_rows_is_not_sent():
    assert compose.attachment(note(Problem("run_failed")), date(2026, 3, 2)) is None


def refusals():
    """Each message with which a list may be refused; 1 stands for what it tells of the file."""
    for path in sorted((PROJECT_DIR / "orchestration" / "ingest").glob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            ast.unparse(node.targets[0]): node.value
            for node in module.body
            if isinstance(node, ast.Assign)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Rejected":
                said = constants.get(ast.unparse(node.args[0]), node.args[0])
                if isinstance(said, ast.Constant):
                    yield path.stem, said.value
                if isinstance(said, ast.JoinedStr):
                    parts = (getattr(part, "value", None) for part in said.values)
                    yield path.stem, "".join(p if isinstance(p, str) else "1" for p in parts)


def test_every_reason_to_refuse_a_list_is_said_in_vietnamese():
    # `hoso source new` refuses to a person at a keyboard, not by mail
    messages = [text for module, text in refusals() if module != "propose"]
    assert len(messages) > 40
    assert [text for text in messages if VI.refusal(text) == text] == []


def test_a_refusal_names_the_column_that_is_missing():
    text = "the required column 'Số hồ sơ' is missing; the header in line 3 has: Mã, Tên"
    assert VI.refusal(text) == "thiếu cột 'Số hồ sơ'; tiêu đề ở dòng 3 có: Mã, Tên"
    assert VI.refusal("something new") == "something new"
