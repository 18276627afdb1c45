"""Originals are found again and given up; a backup is a home that can be brought back."""

import json
import stat
from datetime import date

import duckdb
import pytest

from orchestration import pipeline
from orchestration.archive import Archive
from orchestration.backup import MANIFEST, backup, restore
from orchestration.cli import main
from orchestration.doctor import examine
from orchestration.errors import HosoError
from orchestration.ingest import ingest_files
from orchestration.ingest.quarantine import set_aside
from orchestration.lock import exclusive
from orchestration.settings import Settings
from tests.ingest_lists import c_row, events, write_c

ROWS = [c_row("H-1"), c_row("H-2", "?")]


@pytest.fixture
def filled(settings, tmp_path):
    path = write_c(tmp_path, ROWS)
    ingest_files(settings, [path])
    return settings


def hoso(*arguments):
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments)])
    return end.value.code or 0


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_original_is_given_out_by_the_beginning_of_its_hash_and_that_is_noted(filled, tmp_path):
    (row,) = Archive(filled).rows()
    target = tmp_path / "out.csv"
    assert hoso("archive", "get", row["sha256"][:10], "--output", target) == 0
    assert target.read_bytes() == (tmp_path / row["file"]).read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    log = filled.archive / "access.log"
    (line,) = log.read_text().splitlines()
    noted = json.loads(line)
    assert (noted["sha256"], noted["at"][:10]) == (row["sha256"], "2026-03-02")
    assert noted["user"]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert hoso("archive", "get", row["sha256"], "--output", target) == 1


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_without_its_key_an_original_is_not_given_out(filled, tmp_path, capsys, harm):
    (key,) = filled.folder("secrets").glob("archive-*.key")
    key.unlink() if harm == "missing" else key.write_text("?")
    (row,) = Archive(filled).rows()
    assert row["status"] == ("no key" if harm == "missing" else "kept")
    assert hoso("archive", "get", row["sha256"], "--output", tmp_path / "out.csv") == 1
    assert harm in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
    assert not (filled.archive / "access.log").exists()


def test_a_damaged_original_is_named_and_not_given_out(filled, tmp_path, capsys):
    (sealed,) = filled.archive.rglob("*.age")
    sealed.write_bytes(sealed.read_bytes() + b"x")
    (row,) = Archive(filled).rows()
    assert hoso("archive", "get", row["sha256"], "--output", tmp_path / "out.csv") == 1
    assert f"{sealed.name} cannot be decrypted" in capsys.readouterr().err


def test_purge_gives_up_whole_months_before_the_day_and_nothing_of_the_present(filled, tmp_path):
    later = filled.model_copy(update={"now": filled.clock().replace(month=5)})
    name = "igate_xa_20260901_20260930_20260930T1800.csv"
    ingest_files(later, [write_c(tmp_path, [c_row("H-3")], name)])
    archive = Archive(later)
    assert archive.purgeable(date(2026, 3, 31)) == []
    dry = archive.purgeable(date(2026, 4, 1))
    assert [(each["month"], each["originals"]) for each in dry] == [("2026-03", 1)]
    assert [row["status"] for row in archive.rows()] == ["kept", "kept"]
    assert archive.purge(date(2099, 1, 1)) == dry
    assert [row["status"] for row in archive.rows()] == ["purged", "kept"]
    assert not (later.folder("secrets") / "archive-2026-03.key").exists()
    with pytest.raises(HosoError, match="it was purged at 2026-05"):
        archive.get(archive.rows()[0]["sha256"])
    assert len(events(later, "code", "type = 'dossier.observed'")) == 2
    assert [each.status for each in examine(later) if each.topic == "keys"] == ["ok"]


def test_a_dry_run_says_what_would_go_and_keeps_it(filled, capsys, monkeypatch):
    monkeypatch.setenv("HOSO_NOW", "2027-01-01T08:00")
    arguments = ("archive", "purge", "--before", "2026-12-01", "--format", "json")
    assert hoso(*arguments, "--dry-run") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)[0]["originals"] == 1
    assert "would be given up" in printed.err
    assert Archive(filled).rows()[0]["status"] == "kept"
    assert hoso(*arguments) == 0
    assert Archive(filled).rows()[0]["status"] == "purged"


def test_a_file_whose_original_was_given_up_adds_nothing_when_it_is_sent_again(filled, tmp_path):
    later = filled.model_copy(update={"now": filled.clock().replace(month=5)})
    Archive(later).purge(date(2026, 5, 1))
    (path,) = tmp_path.glob("igate*.csv")
    assert ingest_files(later, [path])[0].status == "nothing_new"
    assert events(later, "count(*)", "type = 'dossier.observed'") == [(1,)]


def test_a_restored_home_has_the_same_rows_originals_and_set_aside(filled, tmp_path):
    saved = backup(filled, tmp_path / "copy", keys=True)
    assert saved.has_keys
    other = Settings(home=tmp_path / "other")
    restore(other, tmp_path / "copy")
    assert events(other) == events(filled)
    assert set_aside(other) == set_aside(filled)
    (row,) = Archive(other).rows()
    assert Archive(other).get(row["sha256"]) == Archive(filled).get(row["sha256"])
    for name in ("secrets", "archive"):
        assert stat.S_IMODE((other.home / name).stat().st_mode) == 0o700
    assert [each.topic for each in examine(other) if each.status == "wrong"] == []


def test_without_keys_it_says_that_originals_cannot_be_read(filled, tmp_path, capsys, monkeypatch):
    assert hoso("backup", tmp_path / "copy") == 0
    assert "CANNOT BE READ" in capsys.readouterr().err
    assert not any(name.startswith("secrets/") for name in contents(tmp_path / "copy"))
    monkeypatch.setenv("HOSO_HOME", str(tmp_path / "other"))
    assert hoso("restore", tmp_path / "copy") == 0
    assert "CANNOT BE READ" in capsys.readouterr().err
    assert [each.topic for each in examine(Settings()) if each.status == "wrong"] == ["keys"]


def test_restore_refuses_a_home_that_is_not_empty(filled, tmp_path):
    backup(filled, tmp_path / "copy")
    before = contents(filled.home)
    with pytest.raises(HosoError, match="not empty"):
        restore(filled, tmp_path / "copy")
    assert contents(filled.home) == before


@pytest.mark.parametrize("harm", ["changed", "missing", "unfinished", "outside"])
def test_a_backup_that_is_not_whole_makes_no_home(filled, tmp_path, harm):
    copy = tmp_path / "copy"
    backup(filled, copy)
    (parquet,) = copy.rglob("*.parquet")
    if harm == "changed":
        parquet.write_bytes(parquet.read_bytes()[:-1] + b"X")
    elif harm == "missing":
        parquet.unlink()
    elif harm == "unfinished":
        (copy / MANIFEST).unlink()
    else:
        said = json.loads((copy / MANIFEST).read_text())
        said["files"]["../out"] = {"sha256": "", "bytes": 0}
        (copy / MANIFEST).write_text(json.dumps(said))
    other = Settings(home=tmp_path / "other")
    with pytest.raises(HosoError, match=r"damaged|missing|no backup|tampered"):
        restore(other, copy)
    assert sorted(path.name for path in tmp_path.iterdir() if "other" in path.name) == []


def test_a_backup_is_made_while_nobody_writes_and_never_over_another(filled, tmp_path):
    with exclusive(filled), pytest.raises(HosoError, match="at work"):
        backup(filled, tmp_path / "copy")
    (tmp_path / "copy").mkdir()
    backup(filled, tmp_path / "copy")
    with pytest.raises(HosoError, match="not an empty folder"):
        backup(filled, tmp_path / "copy")
    with pytest.raises(HosoError, match="in the home"):
        backup(filled, filled.home / "copy")


@pytest.mark.slow
def test_a_restored_home_answers_as_the_old_one_and_goes_on(filled, tmp_path):
    assert pipeline.run(filled).published
    backup(filled, tmp_path / "copy", keys=True)
    other = Settings(home=tmp_path / "other")
    restore(other, tmp_path / "copy")
    compared = 0
    with duckdb.connect() as con:
        for name, each in (("old", filled), ("new", other)):
            con.execute(f"attach '{each.published_db.resolve()}' as {name} (read_only)")
        tables = con.execute(
            "select table_name from duckdb_tables() where database_name = 'old'"
        ).fetchall()
        for (table,) in tables:
            differing = con.execute(
                f"select count(*) from (from old.main.{table} except all from new.main.{table}"
                f" union all (from new.main.{table} except all from old.main.{table}))"
            ).fetchall()
            assert differing == [(0,)], table
            compared += 1
    assert compared > 10
    again = pipeline.run(other)
    assert (again.published, again.version) == (False, 1)
    assert pipeline.run(other).nothing_new
