"""A replay gives what readers have, from the store and from the first byte; tampering is found."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration import pipeline, replay
from orchestration.cli import main
from orchestration.eventstore import EventStore
from orchestration.ingest import ingest_files
from orchestration.progress import Quiet
from tests.ingest_formats import write_zip
from tests.ingest_lists import c_row, events, write_c
from tests.pipeline.test_quarantine_retry import FILE, ROWS, mend


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


def middle_of(path, column):
    """Place of a byte amid the values of a column of a Parquet file."""
    sql = """
        select data_page_offset + total_compressed_size // 2 from parquet_metadata($path)
        where path_in_schema = $column
    """
    return duckdb.execute(sql, {"path": str(path), "column": column}).fetchall()[0][0]


def size_of(path, column):
    """Bytes that the values of a column take in a Parquet file."""
    sql = "select sum(total_compressed_size) from parquet_metadata($path) where path_in_schema = $c"
    return duckdb.execute(sql, {"path": str(path), "c": column}).fetchall()[0][0]


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

    stored = (home / "events").glob("batch_id=*/*")
    largest = max(stored, key=lambda path: size_of(path, "received_at"))
    content = bytearray(largest.read_bytes())
    content[middle_of(largest, "received_at")] ^= 1
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


@pytest.fixture
def told(settings, tmp_path):
    """A backfilled list, a live one with rows set aside, and their retry under a mended map."""
    name = FILE.replace("07T1730", "05T1730")
    early = write_c(tmp_path, [c_row("H-1"), c_row("H-9")], name)
    ingest_files(settings, [early], backfill=True)
    later = settings.model_copy(update={"now": datetime(2026, 9, 8, 8)})
    path = write_c(tmp_path, ROWS, FILE)
    ingest_files(later, [path])
    mend(later)
    pipeline.retry_quarantine(settings.model_copy(update={"now": datetime(2026, 9, 9, 8)}))
    member = write_c(tmp_path, [c_row("H-7")], FILE.replace("07T1730", "09T1730")).read_bytes()
    packed = write_zip(tmp_path / "pack.zip", {f"sub/{FILE.replace('07T1730', '09T1730')}": member})
    ingest_files(settings.model_copy(update={"now": datetime(2026, 9, 10, 8)}), [packed])
    return settings


def replayed(settings, tmp_path):
    other = settings.model_copy(update={"home": tmp_path / "other"})
    assert replay.ingest_again(settings, other, Quiet()) == []
    return replay.compare_events(settings, other)


def test_originals_taken_in_again_give_the_same_events_backfill_retry_and_zip_included(
    told, tmp_path
):
    compared = replayed(told, tmp_path)
    assert compared.equal and compared.rows == len(events(told))


def test_an_event_that_no_original_says_is_found(told, tmp_path):
    (file,) = [f for f in EventStore(told).files() if '"retry": {' in str(events_of(f))]
    rows = duckdb.sql(f"from read_parquet('{file}') order by line_no")
    rows = rows.project("* replace (if(code = 'H-2', 'H-8', code) as code)")
    rows.to_parquet(f"{file}.new")
    Path(f"{file}.new").replace(file)
    compared = replayed(told, tmp_path)
    assert (compared.only_there, compared.only_here) == (1, 1)
    assert {(each["only"], each["code"]) for each in compared.examples} == {
        ("there", "H-8"),
        ("here", "H-2"),
    }


def test_an_original_without_its_key_is_named(told, tmp_path):
    for key in told.folder("secrets").glob("archive-*.key"):
        key.unlink()
    other = told.model_copy(update={"home": tmp_path / "other"})
    said = replay.ingest_again(told, other, Quiet())
    assert len(said) == 4 and all("the key archive-" in line for line in said)


def events_of(file):
    told = f"select data from read_parquet('{file}') where type = 'extract.completed'"
    return duckdb.sql(told).fetchall()
