"""Rulings: what a person decided about a dossier is stored like any list, and refused if absurd."""

import json
from datetime import date

import pytest

from orchestration import rulings
from orchestration.cli import main
from orchestration.errors import HosoError
from orchestration.ingest import ingest_files
from orchestration.ingest.inbox import ingest_inbox
from tests.ingest_lists import c_row, events, types, write_c

WHO = {"by": "Trưởng bộ phận một cửa", "reason": "Nhập hai lần"}


@pytest.fixture
def known(settings, tmp_path):
    """A home whose lists have shown the dossiers A, B and C in one unit."""
    rows = [c_row(code, received="05/01/2026 08:00:00") for code in "ABC"]
    ingest_files(settings, [write_c(tmp_path, rows)])
    return settings


def test_a_ruling_is_a_row_of_the_store_that_the_archive_can_bring_back(known):
    made = rulings.add(known, "B", "void_as_duplicate_of", "A", **WHO)
    assert (made.dossier, made.kind, made.value) == ("B", "void_as_duplicate_of", "A")
    assert events(known, "id, subject, activity", "type = 'dossier.ruled'") == [
        (made.id, "province/B", "void_as_duplicate_of")
    ]
    assert not list(known.inbox.iterdir())
    assert len(list(known.home.rglob("archive/**/*.json"))) == 2


def test_a_ruling_says_who_when_and_why(known):
    made = rulings.add(known, "A", "closed_on", "withdrawn", on=date(2026, 2, 1), **WHO)
    assert made.row() == {
        "id": made.id,
        "dossier": "A",
        "system": "province",
        "kind": "closed_on",
        "value": "closed.withdrawn",
        "on": "2026-02-01",
        **WHO,
        "ruled_at": "2026-03-02T08:00:00",
        "undone_by": None,
    }


def test_closing_without_saying_how_means_resolved(known):
    assert rulings.add(known, "A", "closed_on", on=date(2026, 2, 1), **WHO).value == (
        "closed.resolved"
    )


def test_an_undone_ruling_stays_in_the_list_with_what_undid_it(known):
    made = rulings.add(known, "A", "keep", "listed_twice", **WHO)
    taken_back = rulings.undo(known, made.id[:8], by="X", reason="Khác nhau")
    assert [each.undone_by for each in rulings.rulings(known)] == [taken_back.id, None]


def refused(known, *arguments, **options):
    before = types(known)
    with pytest.raises(HosoError) as refusal:
        rulings.add(known, *arguments, **(WHO | options))
    assert types(known) == before, "a refused ruling stores nothing"
    return str(refusal.value)


def test_a_dossier_that_no_list_has_shown_cannot_be_ruled_about(known):
    assert "'Z'" in refused(known, "Z", "keep")
    assert "'Z'" in refused(known, "A", "void_as_duplicate_of", "Z")


def test_an_unknown_unit_is_refused_with_the_nearest_that_there_is(known):
    assert "UBND xã Mẫu" in refused(known, "A", "unit_is", "UBND xã Mau")


def test_dossiers_cannot_be_void_because_of_each_other(known):
    rulings.add(known, "B", "void_as_duplicate_of", "A", **WHO)
    rulings.add(known, "C", "void_as_duplicate_of", "B", **WHO)
    assert "A → C → B → A" in refused(known, "A", "void_as_duplicate_of", "C")
    assert "A → A" in refused(known, "A", "void_as_duplicate_of", "A")


def test_after_an_undo_the_other_dossier_may_be_the_void_one(known):
    made = rulings.add(known, "B", "void_as_duplicate_of", "A", **WHO)
    rulings.undo(known, made.id, **WHO)
    assert rulings.add(known, "A", "void_as_duplicate_of", "B", **WHO).value == "B"


def test_what_was_undone_cannot_be_undone_again_nor_an_undo(known):
    made = rulings.add(known, "A", "keep", **WHO)
    taken_back = rulings.undo(known, made.id, **WHO)
    for each, said in ((made, "undone already"), (taken_back, "rule anew")):
        with pytest.raises(HosoError, match=said):
            rulings.undo(known, each.id, **WHO)
    with pytest.raises(HosoError, match="no ruling"):
        rulings.undo(known, "", **WHO)


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (("A", "forget"), {}, "unknown kind"),
        (("A", "closed_on"), {}, "--on"),
        (("A", "closed_on"), {"on": date(2026, 3, 3)}, "still to come"),
        (("A", "closed_on", "lost"), {"on": date(2026, 2, 1)}, "no way to close"),
        (("A", "keep", "everything"), {}, "no finding"),
        (("A", "keep"), {"on": date(2026, 2, 1)}, "only closed_on"),
        (("A", "keep"), {"reason": " "}, "--reason"),
        (("A", "unit_is"), {}, "say which unit"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused_in_words(known, arguments, options, said):
    assert said in refused(known, *arguments, **options)


def test_a_dossier_is_not_closed_before_its_receipt(known):
    said = refused(known, "A", "closed_on", on=date(2026, 1, 4))
    assert "received on 2026-01-05" in said and "closed on 2026-01-04" in said
    assert rulings.add(known, "A", "closed_on", on=date(2026, 1, 5), **WHO).on == "2026-01-05"


def test_an_office_may_keep_its_rulings_in_a_spreadsheet_of_its_own(known):
    (known.inbox / "rulings_20260302T0900.csv").write_text(
        "Mã hồ sơ,Loại quyết định,Giá trị,Ngày hiệu lực,Người quyết định,Lý do\n"
        "A,keep,,,Ông X,Đã kiểm tra\n"
        "B,forget,,,Ông X,Không rõ\n"
        "C,keep,,,Ông X,\n",
        encoding="utf-8",
    )
    (taken,) = ingest_inbox(known)
    assert (taken.stored, taken.quarantined) == (1, 2)
    assert [each.dossier for each in rulings.rulings(known)] == ["A"]


OTHER = """
name: departments
title: Danh sách của Sở
system: departments
role: ledger
kind: dossiers
files: ["departments_*.csv"]
formats: [csv]
zone: Asia/Ho_Chi_Minh
columns:
  code: {headers: [Mã], required: true}
  unit_name: {headers: [Đơn vị], required: true}
  received_at: {headers: [Ngày nhận], required: true}
dates: [yyyy-MM-dd]
status: {from: dates}
name_pattern: '(?P<observed>\\d{8}T\\d{4,6})'
observed_at: [name]
"""


@pytest.fixture
def two_systems(known, tmp_path):
    """Beside the lists of the province those of departments, which count in codes of their own."""
    (known.home / "sources").mkdir(exist_ok=True)
    (known.home / "sources" / "departments.yml").write_text(OTHER, encoding="utf-8")
    path = tmp_path / "departments_20260302T0700.csv"
    rows = [f"{code},Sở Mẫu,2026-01-07\n" for code in ("A", "S1", "S2")]
    path.write_text("".join(["Mã,Đơn vị,Ngày nhận\n", *rows]), encoding="utf-8")
    (taken,) = ingest_files(known, [path])
    assert taken.stored == len(rows)
    return known


def test_a_dossier_of_another_system_is_found_by_its_code(two_systems):
    made = rulings.add(two_systems, "S1", "void_as_duplicate_of", "S2", **WHO)
    assert (made.system, made.dossier, made.value) == ("departments", "S1", "S2")
    taken_back = rulings.undo(two_systems, made.id, **WHO)
    assert (taken_back.system, taken_back.dossier) == ("departments", "S1")
    assert (
        events(two_systems, "subject, system", "type = 'dossier.ruled'")
        == [("departments/S1", "departments")] * 2
    )


def test_where_two_systems_have_the_code_somebody_must_say_which(two_systems):
    said = refused(two_systems, "A", "keep")
    assert "--system departments or --system province" in said
    for system in ("departments", "province"):
        assert rulings.add(two_systems, "A", "keep", system=system, **WHO).system == system


def test_a_system_that_has_not_the_dossier_is_refused_with_the_one_that_has(two_systems):
    assert "the system departments has it" in refused(two_systems, "S1", "keep", system="province")
    assert "departments, province" in refused(two_systems, "S1", "keep", system="moon")
    assert "'B'" in refused(two_systems, "S1", "void_as_duplicate_of", "B")


def test_the_day_of_receipt_is_asked_of_the_dossier_s_own_system(two_systems):
    day = date(2026, 1, 6)
    said = refused(two_systems, "A", "closed_on", on=day, system="departments")
    assert "received on 2026-01-07" in said
    assert rulings.add(two_systems, "A", "closed_on", on=day, system="province", **WHO)


def test_a_dossier_that_only_a_mirror_has_shown_cannot_be_ruled_about(known, tmp_path):
    message = {"MaHoSo": "N1", "DonViXuLy": "UBND xã Mẫu", "TrangThaiHoSo": "4"}
    message["NgayTiepNhan"] = "20260105080000"
    path = tmp_path / "dvcqg_20260302T0700.json"
    path.write_text(json.dumps([message]), encoding="utf-8")
    (taken,) = ingest_files(known, [path])
    assert taken.stored == 1
    assert "'N1'" in refused(known, "N1", "keep")


def test_a_spreadsheet_may_name_the_system_of_a_dossier(known):
    (known.inbox / "rulings_20260302T0900.csv").write_text(
        "Mã hồ sơ,Hệ thống,Loại quyết định,Giá trị,Người quyết định,Lý do\n"
        "A,,keep,,Ông X,của tỉnh\n"
        "A,Departments,keep,,Ông X,của Sở\n"
        "A,Sở Mẫu,keep,,Ông X,không phải tên hệ thống\n",
        encoding="utf-8",
    )
    (taken,) = ingest_inbox(known)
    assert (taken.stored, taken.quarantined) == (2, 1)
    assert [(each.system, each.reason) for each in rulings.rulings(known)] == [
        ("province", "của tỉnh"),
        ("departments", "của Sở"),
    ]


def test_rows_of_a_spreadsheet_that_rule_nothing_possible_are_set_aside(known):
    (known.inbox / "rulings_20260302T0900.csv").write_text(
        "dossier,kind,value,on,by,reason\n"
        "A,closed_on,đã trả,2026-02-01,x,no way to close\n"
        "A,closed_on,closed.resolved,,x,no day\n"
        "A,void_as_duplicate_of,A,,x,of itself\n"
        "A,unit_is,,,x,no unit\n"
        "A,undo,abc,,x,no id\n"
        "A,closed_on,returned,2026-02-01,x,good\n"
        "B,closed_on,,2026-02-01,x,good\n",
        encoding="utf-8",
    )
    (taken,) = ingest_inbox(known)
    assert (taken.stored, taken.quarantined) == (2, 5)
    assert [each.reason for each in rulings.rulings(known)] == ["good", "good"]


def test_the_command_line_rules_lists_and_undoes(known, capsys):
    main_exit(["rule", "add", "B", "void_as_duplicate_of", "A", "--by", "X", "--reason", "Hai lần"])
    (made,) = rulings.rulings(known)
    main_exit(["rule", "undo", made.id[:6], "--by", "X", "--reason", "Khác"])
    capsys.readouterr()
    main_exit(["rule", "list", "--format", "json"])
    listed = json.loads(capsys.readouterr().out)
    assert [(row["id"] == made.id, row["system"]) for row in listed] == [
        (True, "province"),
        (False, "province"),
    ]
    assert listed[1]["value"] == made.id


def main_exit(arguments):
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert not done.value.code


@pytest.mark.slow
def test_a_ruling_counts_with_the_next_run_and_no_more_when_it_is_undone(hoso, monkeypatch):
    hoso("demo", "--dossiers", 300)
    monkeypatch.setenv("HOSO_NOW", "2026-10-05T08:00:00")

    def received():
        (whole,) = hoso("figures", "--unit", "*", "--from", "2020-01-01", "--to", "2026-12-31")
        return whole["figures"]["received_new"]

    before = received()
    open_ones = "select code from fct_dossier where account = 'open.processing' order by code"
    void, kept = [row["code"] for row in hoso("query", open_ones)[:2]]
    who = ("--by", "x", "--reason", "listed twice")
    ruling = hoso("rule", "add", void, "void_as_duplicate_of", kept, *who)
    assert hoso("run")["published"]
    assert received() == before - 1
    (row,) = hoso("query", "select code, is_in_force from fct_ruling")
    assert row == {"code": void, "is_in_force": True}

    assert not hoso("query", "select * from dq_ruling_without_dossier")

    given = ruling[0] if isinstance(ruling, list) else ruling
    hoso("rule", "undo", given["id"], *who)
    assert hoso("run")["published"]
    assert received() == before
