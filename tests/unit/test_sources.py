"""Sources: what a YAML may say, and which source a file belongs to."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from orchestration.errors import HosoError
from orchestration.sources import ACCOUNTS, header_key, load_sources, match_source
from orchestration.sources.unit_names import UnitMeaning

OWN = {
    "name": "office_list",
    "title": "Danh sách của huyện",
    "system": "district",
    "role": "ledger",
    "kind": "dossiers",
    "files": ["office_*.csv"],
    "formats": ["csv"],
    "zone": "Asia/Ho_Chi_Minh",
    "columns": {"code": {"headers": ["Mã"], "required": True}},
    "status": {"from": "dates"},
    "observed_at": ["option"],
}


def own_source(settings, **changed):
    folder = settings.folder("sources")
    (folder / "own.yml").write_text(
        yaml.safe_dump({**OWN, **changed}, allow_unicode=True), encoding="utf-8"
    )


def test_every_ready_made_source_is_valid(settings):
    assert {
        "bpic15",
        "wabo_receipt",
        "one_stop_list",
        "register_book",
        "igate",
        "units",
        "procedures",
    } <= set(load_sources(settings))


def test_an_office_adds_a_source_by_adding_a_file(settings):
    own_source(settings)
    assert load_sources(settings)["office_list"].system == "district"


def test_an_own_file_replaces_the_ready_made_source_of_that_name(settings):
    own_source(settings, name="igate")
    assert load_sources(settings)["igate"].system == "district"


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"role": "king"}, "$.role"),
        ({"zone": "Asia/Atlantis"}, "zone"),
        ({"columns": {"owner": {"headers": ["Chủ hồ sơ"]}}}, "$.columns"),
        ({"status": {"from": "column", "map": {"Xong": "closed.somehow"}}}, "$.status.map.Xong"),
        ({"status": {"from": "column", "maps": ["martian"]}}, "martian"),
        ({"title_patterns": ["(unclosed"]}, "$.title_patterns"),
        ({"unit": {"map": {"Xã A": [{"code": "H1", "valid_to": "hôm qua"}]}}}, "'hôm qua'"),
        ({"unit": {"map": {"Xã A": [{"code": "H1"}, {"code": "H2"}]}}}, "on the same days"),
        ({"unit": {"map": {"Xã A": [{"valid_to": "2025-07-01"}]}}}, "$.unit.map"),
    ],
)
def test_an_invalid_source_is_refused_with_its_file_and_place(settings, changed, place):
    own_source(settings, **changed)
    with pytest.raises(HosoError, match=r"own\.yml") as refusal:
        load_sources(settings)
    assert place in str(refusal.value)


def test_a_map_of_units_says_in_lists_of_which_days_a_name_means_which(settings):
    day = date(2025, 7, 1)
    named = [{"code": "H2", "valid_from": day}, {"code": "H1", "valid_to": "2025-07-01"}]
    own_source(settings, unit={"map": {"Xã Đông": named, "Xã Tây": "H3"}})
    assert load_sources(settings)["office_list"].unit_map == {
        "xa dong": (UnitMeaning("H1", None, day), UnitMeaning("H2", day, None)),
        "xa tay": (UnitMeaning("H3"),),
    }


def test_the_status_map_knows_the_ten_national_codes_and_their_wordings(settings):
    known = load_sources(settings)["igate"].status_map
    assert {known[str(code)] for code in range(1, 11)} <= set(ACCOUNTS)
    assert known["da tra ket qua"] == known["10"] == "closed.resolved"
    assert known["yeu cau bo sung giay to"] == known["5"] == "open.awaiting_supplement"


def test_a_file_finds_its_source_by_its_name_whatever_the_case(settings):
    sources = load_sources(settings)
    assert match_source(Path("IGATE_xa_20260930.CSV"), sources).name == "igate"


def test_a_file_of_no_source_is_told_which_sources_there_are(settings):
    with pytest.raises(HosoError, match=r"--source NAME.*igate"):
        match_source(Path("letter.docx"), load_sources(settings))


def test_a_file_of_two_sources_is_not_guessed(settings):
    own_source(settings, files=["igate_*.csv"])
    with pytest.raises(HosoError, match="more than one source"):
        match_source(Path("igate_a.csv"), load_sources(settings))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cơ quan/đơn vị", "CO QUAN / DON VI"), ("Ngày hẹn trả *", "ngay  hen tra"), ("Mã", "ma:")],
)
def test_headers_are_the_same_whatever_their_accents_case_and_signs(one, other):
    assert header_key(one) == header_key(other).rstrip(": ")


def test_the_pages_of_the_sources_say_what_their_yamls_say():
    """Else: ``python -m orchestration.sources.pages``."""
    from orchestration.sources.pages import FOLDER, pages

    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages()
