"""No name, number, phone or address of a person is anywhere but in the encrypted archive."""

import gzip
import json
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import datetime
from io import StringIO

import duckdb
import pytest

from orchestration import pipeline
from orchestration.archive import Archive
from orchestration.cli import main
from orchestration.ingest import ingest_files
from orchestration.ingest.quarantine import set_aside
from orchestration.sources import load_sources
from tests.planted import Planter, leaks, marked, personal, write

OBSERVED = datetime(2026, 9, 30, 17, 30)


@pytest.fixture
def planted(settings, tmp_path):
    """A home that took in every layout with personal columns; the results and the files."""
    plant = Planter()
    results, files = [], {}
    for source in load_sources(settings).values():
        if personal(source):
            paths = write(source, plant, tmp_path)
            options = {"source": source.name, "observed_at": OBSERVED, "unit": "H99.1"}
            results += ingest_files(settings, paths, **options)
            files |= dict.fromkeys(paths, source.name)
    assert len(plant.plants) >= 200
    return settings, results, files


def test_every_layout_is_taken_in_and_has_rows_set_aside(planted):
    settings, results, files = planted
    refused = [(each.file, each.message) for each in results if each.status == "rejected"]
    assert refused == []
    assert len(results) == len(files) > 20
    assert sum(each.stored for each in results) >= 50
    cells = {row["cell"] for row in set_aside(settings)}
    assert len(set_aside(settings)) >= 20
    # a failing cell is shown where its column is not personal
    assert {"31/02/2026", "Chưa rõ"} <= cells


def test_no_plant_is_anywhere_in_the_home_but_in_the_archive(planted):
    settings, _, files = planted
    assert leaks(settings.home) == []
    archive = Archive(settings)
    assert {row["file"] for row in archive.rows()} >= {path.name for path in files}
    assert any(marked(archive.get(row["sha256"])) for row in archive.rows())


@pytest.mark.slow
def test_no_plant_is_in_a_message_or_in_what_is_shown_of_rows_set_aside(planted):
    settings, results, files = planted
    shown = [*(each.row() for each in results), *set_aside(settings)]
    assert not marked(json.dumps(shown, ensure_ascii=False, default=str).encode())
    for path, source in files.items():
        out = StringIO()
        with redirect_stdout(out), redirect_stderr(out), pytest.raises(SystemExit):
            said = ("--source", source, "--observed-at", "2026-09-30T17:30", "--unit", "H99.1")
            main(["source", "check", str(path), *said])
        assert not marked(out.getvalue().encode()), path.name


def test_the_search_finds_what_lies_open(tmp_path):
    said = "Bà ZYXWQ"
    (tmp_path / "report.txt").write_text(said)
    (tmp_path / "wide.txt").write_bytes(said.encode("utf-16"))
    (tmp_path / "log.gz").write_bytes(gzip.compress(said.encode()))
    (tmp_path / "zyxwq.csv").write_text("")
    (tmp_path / "sealed.age").write_text(said)
    (tmp_path / "clean.txt").write_text("nothing")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        con.execute(f"create table t as select {{'a': ['{said}']}} as c, 1 as d from range(5000)")
        con.execute(f"copy t to '{tmp_path}/e.parquet' (compression zstd)")
    with closing(sqlite3.connect(tmp_path / "d.db")) as con, con:
        con.execute("create table runs (body)")
        con.execute("insert into runs values (?)", [f'{{"who": "{said}"}}'])
    found = leaks(tmp_path)
    assert {each.rpartition("/")[2] for each in found} >= {
        *("report.txt", "wide.txt", "log.gz", "name of zyxwq.csv"),
        *("w.duckdb t.c", "e.parquet c", "d.db runs"),
    }
    assert not any("sealed" in each or "clean" in each for each in found)


@pytest.mark.slow
def test_nor_in_warehouse_publication_logs_or_the_storage_of_dagster(planted):
    from dagster import DagsterInstance

    from orchestration import serve
    from orchestration.definitions import definitions_of

    settings, _, _ = planted
    with DagsterInstance.from_config(str(serve.prepare_home(settings))) as instance:
        job = definitions_of(settings).resolve_job_def("daily")
        job.execute_in_process(instance=instance, raise_on_error=False)
    # history, alerts and mails are written by the pass without Dagster
    pipeline.run(settings)
    looked = {path.suffix for path in settings.home.rglob("*") if path.is_file()}
    assert {".duckdb", ".parquet", ".sqlite", ".db", ".log", ".age"} <= looked
    assert settings.published_db.exists()
    assert leaks(settings.home) == []
