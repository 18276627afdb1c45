"""A unit hears only of its own data, its parent gets the sum; a file concerns who sent it."""

from datetime import UTC, datetime

import pytest

from orchestration.alerting.model import Alert, Note, Problem, Reason, Recipient, State
from orchestration.alerting.recipients import is_address, load, path_of
from orchestration.alerting.route import Tree, readers, with_sums
from orchestration.errors import HosoError

TREE = Tree({"P": None, "P.1": "P", "P.2": "P", "P.1.a": "P.1"}, {"P.1.a": "Xã A"})
PROVINCE = Recipient("province@x.vn", "P", "manager")
DISTRICT = Recipient("district@x.vn", "P.1", "manager")
COMMUNE = Recipient("commune@x.vn", "P.1.a", "manager")
OTHER = Recipient("other@x.vn", "P.2", "manager")
EVERYBODY = [PROVINCE, DISTRICT, COMMUNE, OTHER]


def note(problem, reason=Reason.OPENED):
    alert = Alert(problem.key, 1, State.OPEN, problem, datetime(2026, 3, 2, tzinfo=UTC))
    return Note(reason, alert)


def addresses(problem, people=EVERYBODY):
    return [person.address for person in readers(note(problem), people)]


def test_a_unit_gets_its_dossiers_and_those_above_get_sums_without_any_dossier():
    own = Problem("overdue", unit="P.1.a", items=("A-1",), rows=({"code": "A-1"},), count=1)
    away = Problem("overdue", unit="P.2", items=("B-1", "B-2"), count=2)
    problems = with_sums([own, away], TREE, EVERYBODY)
    told = {
        person.address: [each for each in problems if person in readers(note(each), EVERYBODY)]
        for person in EVERYBODY
    }
    assert [each.items for each in told["commune@x.vn"]] == [("A-1",)]
    assert [each.items for each in told["other@x.vn"]] == [("B-1", "B-2")]
    (district,) = told["district@x.vn"]
    assert (district.count, district.items) == (1, ())
    (province,) = told["province@x.vn"]
    assert (province.count, province.figures) == (3, (("Xã A", 1), ("P.2", 2)))
    assert "A-1" not in repr(province) and "A-1" not in repr(district.rows)


def test_what_concerns_the_whole_warehouse_goes_to_those_of_every_unit_only():
    operator = Recipient("ops@x.vn", "*", "operator")
    assert addresses(Problem("run_failed"), [*EVERYBODY, operator]) == ["ops@x.vn"]


def test_an_unreadable_file_is_told_to_who_sends_such_files_and_to_the_operator():
    sender = Recipient("sender@x.vn", "P.1.a", "sender", files=("igate_P.1.a_*",))
    stranger = Recipient("stranger@x.vn", "P.2", "sender", files=("igate_P.2_*",))
    operator = Recipient("ops@x.vn", "*", "operator")
    problem = Problem("file_unreadable", facts={"file": "iGate_P.1.a_20260302.xlsx"})
    people = [sender, stranger, operator, COMMUNE]
    assert addresses(problem, people) == ["sender@x.vn", "ops@x.vn"]


def test_a_file_of_a_unit_is_told_to_its_sender_whatever_its_name():
    sender = Recipient("sender@x.vn", "P.1.a", "sender")
    assert addresses(Problem("file_taken_in", unit="P.1.a"), [sender, COMMUNE]) == ["sender@x.vn"]


def test_kinds_roles_and_severity_decide_who_wants_what():
    analyst = Recipient("analyst@x.vn", "P.1.a", "analyst")
    picky = Recipient("picky@x.vn", "P.1.a", "analyst", kinds=("overdue",))
    calm = Recipient("calm@x.vn", "P.1.a", "manager", severity="error")
    overdue = Problem("overdue", unit="P.1.a")
    assert addresses(overdue, [analyst, picky, calm, COMMUNE]) == ["picky@x.vn", "commune@x.vn"]


def test_two_rows_of_one_address_get_one_mail():
    again = Recipient("commune@x.vn", "P.1.a", "manager", kinds=("overdue",))
    assert addresses(Problem("overdue", unit="P.1.a"), [COMMUNE, again]) == ["commune@x.vn"]


HEAD = "address,unit,role,kinds,severity,language,delivery,attach,files\n"


def test_the_list_of_recipients_is_read_with_its_defaults(settings):
    path_of(settings).parent.mkdir(parents=True)
    path_of(settings).write_text("address,unit,role\nan@x.vn,P.1,manager\n\n", encoding="utf-8-sig")
    assert load(settings) == [Recipient("an@x.vn", "P.1", "manager")]


def test_without_a_list_nobody_is_told(settings):
    assert load(settings) == []


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("no-address,P,manager,,,,,,", "address"),
        ("a@x.vn,,manager,,,,,,", "unit"),
        ("a@x.vn,P,boss,,,,,,", "role"),
        ("a@x.vn,P,manager,weather,,,,,", "kinds"),
        ("a@x.vn,P,manager,,fatal,,,,", "severity"),
        ("a@x.vn,P,manager,,,fr,,,", "language"),
        ("a@x.vn,P,manager,,,,hourly,,", "delivery"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line_and_column(settings, row, word):
    path_of(settings).parent.mkdir(parents=True)
    path_of(settings).write_text(HEAD + row + "\n", encoding="utf-8")
    with pytest.raises(HosoError, match=f"line 2, column {word}"):
        load(settings)


def test_an_unknown_column_is_named(settings):
    path_of(settings).parent.mkdir(parents=True)
    path_of(settings).write_text("address,unit,role,phone\n", encoding="utf-8")
    with pytest.raises(HosoError, match="unknown column phone"):
        load(settings)


@pytest.mark.parametrize(
    "text", ["a@x.vn\r\nBcc: b@x.vn", "a b@x.vn", "a@", "<a@x.vn>", "a@x.vn,b@x.vn"]
)
def test_what_could_end_a_header_line_is_no_address(text):
    assert not is_address(text)


LIST = "address,unit,role\na@example.vn,*,operator\n"


@pytest.mark.parametrize(
    "data",
    [LIST.encode("utf-16"), LIST.encode("utf-8-sig"), LIST.replace(",", ";").encode()],
    ids=["UTF-16", "BOM", "semicolons"],
)
def test_the_list_may_be_saved_as_office_software_saves_it(settings, data):
    settings.home.mkdir(parents=True, exist_ok=True)
    path_of(settings).write_bytes(data)
    assert [each.address for each in load(settings)] == ["a@example.vn"]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xc4a,b\n", b"a\0b"])
def test_a_list_that_is_no_text_is_named(settings, data):
    settings.home.mkdir(parents=True, exist_ok=True)
    path_of(settings).write_bytes(data)
    with pytest.raises(HosoError, match=r"recipients\.csv is no CSV"):
        load(settings)
