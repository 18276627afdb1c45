"""A replay gives what readers have, from the store and from the first byte; tampering is found."""

import json

import pytest

from orchestration.cli import main


@pytest.fixture
def hoso(home, capsys):
    """Run a command; gives its JSON and its exit code."""
    del home

    def run(*argv):
        try:
            main([*map(str, argv), "--format", "json"])
            ended = 0
        except SystemExit as end:
            ended = end.code or 0
        out, err = capsys.readouterr()
        return (json.loads(out) if out else err), ended

    return run


def differing(answer):
    return {each["table"] for each in answer["tables"] if not each["equal"]}


@pytest.mark.slow
def test_a_replay_equals_what_is_published_until_a_byte_of_the_store_is_changed(hoso, home):
    hoso("demo", "--dossiers", 300)
    before = {path: path.stat().st_mtime_ns for path in (home / "warehouse").glob("hoso*")}

    answer, ended = hoso("replay", "--verify")
    assert (answer["said"], differing(answer), ended) == ([], set(), 0)
    rows = {each["table"]: each["rows"] for each in answer["tables"]}
    assert rows["fct_dossier"] > 250 and rows["fct_dossier_posting"] > 300

    answer, ended = hoso("replay", "--verify", "--from-archive")
    assert (answer["said"], differing(answer), ended) == ([], set(), 0)
    rows = {each["table"]: each["rows"] for each in answer["tables"]}
    assert rows["events"] > 400

    largest = max((home / "events").glob("batch_id=*/*"), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    answer, ended = hoso("replay", "--verify")
    assert ended == 1
    assert answer["said"] or differing(answer)

    assert list((home / "scratch").iterdir()) == []
    after = {path: path.stat().st_mtime_ns for path in (home / "warehouse").glob("hoso*")}
    assert after == before


def test_a_replay_that_would_change_something_is_not_offered(hoso):
    said, ended = hoso("replay")
    assert ended == 2 and "Say --verify" in said


def test_without_a_publication_there_is_nothing_to_compare_with(hoso):
    said, ended = hoso("replay", "--verify")
    assert ended == 4 and "Nothing is published yet" in said
