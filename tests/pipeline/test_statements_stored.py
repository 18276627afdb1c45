"""`hoso statement add`: figures of reports in the event store, corrected by lists of their own."""

import csv
import io
import json

import pytest

from orchestration.archive import Archive
from orchestration.cli import main
from orchestration.stated_figures import documents
from orchestration.statements.simulate import simulate
from tests.ingest_lists import events


@pytest.fixture
def hoso(home, monkeypatch, capsys):
    """Run a command; gives its JSON (or CSV text), or what it said."""
    del home
    hour = iter(range(9, 24))

    def run(*argv, code=0, fmt="json"):
        # of two readings of one moment nothing says which is the newer
        monkeypatch.setenv("HOSO_NOW", f"2026-02-03T{next(hour):02}:00")
        try:
            main([*map(str, argv), "--format", fmt])
            ended = 0
        except SystemExit as end:
            ended = end.code or 0
        out, err = capsys.readouterr()
        assert ended == code, err
        return err if code else json.loads(out) if fmt == "json" else out

    return run


@pytest.fixture
def paper(tmp_path):
    """A simulated office's report."""
    path = tmp_path / "bao_cao.txt"
    path.write_text(simulate(5).text, encoding="utf-8")
    return path


def sheet_of(hoso, paper):
    return list(csv.DictReader(io.StringIO(hoso("statement", "read", paper, fmt="csv")[1:])))


def write_sheet(path, rows):
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_what_is_stored_of_a_report_is_what_was_read(hoso, paper, settings):
    read = hoso("statement", "read", paper)
    (stored,) = hoso("statement", "add", paper)
    assert stored["document"] == read["document"]
    figures = documents(settings)[read["document"]].figures
    kept = ("code", "level", "dims", "period", "value", "unit_of_measure", "qualifier", "line")
    assert [{name: f.as_json()[name] for name in kept} for f in figures] == [
        {name: f[name] for name in kept} for f in read["figures"]
    ]


def test_the_report_itself_is_found_again_in_the_archive(hoso, paper, settings):
    (stored,) = hoso("statement", "add", paper)
    digest = documents(settings)[stored["document"]].report_sha256
    assert Archive(settings).get(digest) == paper.read_bytes()


def test_the_same_reading_is_not_stored_twice(hoso, paper):
    hoso("statement", "add", paper)
    assert "stored already" in hoso("statement", "add", paper, code=1)


def test_a_correction_wins_and_what_was_read_before_stays(hoso, paper, settings, tmp_path):
    (first,) = hoso("statement", "add", paper)
    rows = sheet_of(hoso, paper)
    rows[0]["value"] = "4711"
    sheet = write_sheet(tmp_path / "reading.csv", rows)
    (second,) = hoso("statement", "add", paper, "--from", sheet)
    assert (first["origin"], second["origin"]) == ("read", "edited")
    stated = documents(settings)[first["document"]]
    assert stated.figures[0].as_json()["value"] == 4711
    assert len(stated.figures) == first["figures"]
    stored = events(settings, "batch_id", "type = 'statement.made'")
    assert len(stored) == first["figures"] + second["figures"]


def test_a_figure_that_a_person_removed_is_stated_no_more(hoso, paper, tmp_path, settings):
    rows = sheet_of(hoso, paper)
    hoso("statement", "add", paper)
    sheet = write_sheet(tmp_path / "reading.csv", rows[1:])
    (stored,) = hoso("statement", "add", paper, "--from", sheet)
    assert len(documents(settings)[stored["document"]].figures) == len(rows) - 1


def test_a_wrong_sheet_names_its_rows_and_stores_nothing(hoso, paper, tmp_path, settings):
    rows = sheet_of(hoso, paper)
    rows[0]["value"] = "viele"
    rows[1]["level"] = "moon"
    said = hoso(
        *("statement", "add", paper, "--from", write_sheet(tmp_path / "reading.csv", rows)), code=2
    )
    assert f"row 2 (line {rows[0]['line']}): value 'viele'" in said
    assert f"row 3 (line {rows[1]['line']}): level 'moon'" in said
    assert events(settings, "batch_id", "type = 'statement.made'") == []


def test_a_doubtful_reading_waits_until_a_person_confirms_it(hoso, paper, tmp_path):
    rows = sheet_of(hoso, paper)
    doubted = next(row for row in rows if row["code"] == "carried_over" and not row["dims"])
    doubted["alternatives"] = f"{doubted['value']} 1{doubted['value']}"
    (stored,) = hoso("statement", "add", paper, "--from", write_sheet(tmp_path / "doubt.csv", rows))
    assert stored["doubtful"] == 1
    found = hoso("reconcile", "--document", stored["document"])
    assert [r["code"] for r in found["remarks"] if r["kind"] == "doubtful_reading"] == [
        "carried_over"
    ]
    assert sums_of(found, doubted) == {"not_applicable"}
    doubted["alternatives"] = ""
    hoso("statement", "add", paper, "--from", write_sheet(tmp_path / "sure.csv", rows))
    found = hoso("reconcile", "--document", stored["document"])
    assert "not_applicable" not in sums_of(found, doubted)


def sums_of(found, row):
    """Status of the sum of received in the level and period of a row of the sheet."""
    first, last = row["period"].split("..")
    return {
        each["status"]
        for each in found["identities"]
        if each["code"] == "I1"
        and each["level"] == row["level"]
        and each["period"] == {"from": first, "to": last}
    }


def test_the_list_names_the_five_documents_and_those_added(hoso, paper):
    (stored,) = hoso("statement", "add", paper)
    listed = {row["document"]: row["origin"] for row in hoso("statement", "list")}
    assert listed.pop(stored["document"]) == "read"
    assert set(listed.values()) == {"seed"}
    assert len(listed) == 5


def test_two_offices_and_two_years_may_use_the_same_number(hoso, tmp_path, settings):
    told = {}
    for office, year, value in (
        ("XÃ ĐẠI LỘC", 2023, 5),
        ("XÃ TÂN LẬP", 2023, 7),
        ("XÃ TÂN LẬP", 2024, 9),
    ):
        path = tmp_path / f"{value}.txt"
        path.write_text(
            f"ỦY BAN NHÂN DÂN\n{office}\nSố: 7/BC-UBND\nNgày 02 tháng 12 năm {year}\nBÁO CÁO\n"
            f"năm {year}\n\nĐã giải quyết: {value} hồ sơ.\n",
            encoding="utf-8",
        )
        (stored,) = hoso("statement", "add", path)
        told[stored["document"]] = value
    assert list(told) == ["7/BC-UBND", "7/BC-UBND (XÃ TÂN LẬP)", "7/BC-UBND (XÃ TÂN LẬP, 2024)"]
    found = documents(settings)
    assert {name: int(found[name].figures[0].value) for name in told} == told


def test_a_scan_of_one_of_the_five_replaces_it(hoso, tmp_path, settings):
    path = tmp_path / "scan.txt"
    path.write_text(
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ SA PÉC\nSố: 321/BC-UBND\nBÁO CÁO\nnăm 2023\n\n"
        "Tiếp nhận: 5 hồ sơ.",
        encoding="utf-8",
    )
    (stored,) = hoso("statement", "add", path)
    assert stored["document"] == "321/BC-UBND"
    assert documents(settings)["321/BC-UBND"].origin == "read"


def test_a_report_of_another_office_does_not_replace_one_of_the_five(hoso, tmp_path, settings):
    path = tmp_path / "other.txt"
    path.write_text(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 80/BC-UBND\nBÁO CÁO\nnăm 2021\n\nTiếp nhận: 5 hồ sơ.\n",
        encoding="utf-8",
    )
    (stored,) = hoso("statement", "add", path)
    assert stored["document"] == "80/BC-UBND (XÃ TÂN LẬP)"
    assert documents(settings)["80/BC-UBND"].origin == "seed"
