"""The commands about files, as a person or a program calls them."""

import json

import pytest

from orchestration.cli import main
from tests.ingest_lists import C_NAME, c_row, events, write_c

CONTRACT = {
    *("file", "source", "batch_id", "read", "stored", "unchanged", "duplicate", "quarantined"),
    *("status", "message"),
}


@pytest.fixture
def hoso(settings, capsys):
    """Runs a command; gives its exit code, what it printed as JSON, and its messages."""
    del settings

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments), "--format", "json"])
        printed = capsys.readouterr()
        result = json.loads(printed.out) if printed.out else None
        return end.value.code or 0, result, printed.err

    return run


def test_ingest_does_the_others_before_it_fails_for_one(hoso, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear office")
    good = write_c(tmp_path, [c_row("H-1")])
    code, results, messages = hoso("ingest", tmp_path / "letter.txt", good)
    assert code == 1
    assert [each["status"] for each in results] == ["rejected", "stored"]
    assert all(set(each) == CONTRACT for each in results)
    assert "letter.txt: rejected: no source fits" in messages


def test_ingest_takes_moment_and_source_from_its_options(hoso, settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")], name="list.csv")
    arguments = ("ingest", path, "--source", "igate", "--observed-at", "2026-09-30T17:30")
    code, results, _ = hoso(*arguments)
    assert (code, results[0]["status"]) == (0, "stored")
    assert events(settings, "observed_at::varchar", "code is not null") == [
        ("2026-09-30 10:30:00",)
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--observed-at", "yesterday"), "write it as 2026-09-30T17:30"),
        (("--source", "nobody"), "there are: "),
    ],
)
def test_wrong_options_are_wrong_use(hoso, tmp_path, arguments, said):
    code, results, messages = hoso("ingest", tmp_path / C_NAME, *arguments)
    assert (code, results) == (2, None)
    assert said in messages


def test_source_list_names_the_ready_made_sources(hoso):
    code, sources, _ = hoso("source", "list")
    assert code == 0
    assert {"igate", "one_stop_list", "register_book"} <= {each["source"] for each in sources}


def test_source_check_shows_what_is_understood_and_stores_nothing(hoso, settings, tmp_path):
    rows = [c_row("H-1"), c_row("H-2", "Chờ sao"), c_row("H-3", due="31/02/2026"), c_row("H-4")]
    code, found, _ = hoso("source", "check", write_c(tmp_path, rows))
    assert code == 0
    assert (found["source"], found["rows"], found["failing"]) == ("igate", 4, 2)
    assert found["statuses_unmapped"] == ["Chờ sao"]
    assert found["dropped"] == ["Chủ hồ sơ", "Số điện thoại", "Cán bộ xử lý hiện tại"]
    understood = {each["field"]: each["understood_percent"] for each in found["columns"]}
    assert (understood["status"], understood["due_at"], understood["code"]) == (75, 75, 100)
    assert [(each["line"], each["cell"]) for each in found["first_failing"]] == [
        (3, "Chờ sao"),
        (4, "31/02/2026"),
    ]
    assert events(settings) == []


def test_source_check_of_a_file_that_would_be_rejected_says_why(hoso, tmp_path):
    path = write_c(tmp_path, [], header=("Số hồ sơ", "Ghi chú"))
    code, _, messages = hoso("source", "check", path)
    assert code == 1
    assert "would be rejected" in messages
    assert "Traceback" not in messages


def test_quarantine_lists_and_shows_what_was_set_aside(hoso, tmp_path):
    hoso("ingest", write_c(tmp_path, [c_row("H-1", "Chờ sao"), c_row("H-2")]))
    _, listed, _ = hoso("quarantine", "list")
    (row,) = listed
    assert set(row) == {"id", "file", "line", "column", "cell", "reason", "suggestion"}
    _, shown, _ = hoso("quarantine", "show", row["id"][:6])
    assert (shown["id"], shown["code"]) == (row["id"], "H-1")
    code, _, messages = hoso("quarantine", "show", "nothing")
    assert code == 1
    assert "hoso quarantine list" in messages
