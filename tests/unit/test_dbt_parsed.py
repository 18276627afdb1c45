"""What dbt parsed is kept and taken for every home, and never believed when it is not so."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from orchestration import dbt_parsed
from orchestration.settings import PROJECT_DIR

PLACE = ("--project-dir", "/project")


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """In place of dbt: the file that the parse takes, and what it sees of the home."""
    asked = SimpleNamespace(takes=None, home=None)

    class Runner:
        def __init__(self, callbacks):
            pass

        def invoke(self, arguments):
            option = "--partial-parse-file-path"
            found = option in arguments
            asked.takes = arguments[arguments.index(option) + 1] if found else None
            asked.home = [name for name in os.environ if name.startswith("HOSO_")]
            return SimpleNamespace(success=True)

    monkeypatch.setattr("dbt.cli.main.dbtRunner", Runner)
    monkeypatch.setattr(dbt_parsed, "KEPT", tmp_path / "venv")
    return asked


def kept(folder, modified):
    path = dbt_parsed.folder(folder, "/project") / "partial_parse.msgpack"
    path.parent.mkdir(parents=True)
    path.touch()
    os.utime(path, (modified, modified))
    return str(path)


def test_a_parse_takes_the_newer_of_what_the_home_and_setup_keep(asked, tmp_path):
    home = tmp_path / "home"
    dbt_parsed.parse(PLACE, home)
    assert asked.takes is None
    of_setup = kept(dbt_parsed.KEPT, 1000)
    dbt_parsed.parse(PLACE, home)
    assert asked.takes == of_setup
    of_home = kept(home, 2000)
    dbt_parsed.parse(PLACE, home)
    assert asked.takes == of_home


def test_what_was_parsed_where_the_project_lay_before_is_not_taken(asked, tmp_path):
    kept(tmp_path, 1000)
    dbt_parsed.parse(("--project-dir", "/moved"), tmp_path)
    assert asked.takes is None


def test_what_is_parsed_depends_on_no_home_and_what_is_built_does(asked, tmp_path, monkeypatch):
    monkeypatch.setenv("HOSO_BUILD_DB", "/a/home/warehouse/build.duckdb")
    monkeypatch.setenv("HOSO_MEMORY_LIMIT", "7GB")
    dbt_parsed.parse(PLACE, tmp_path)
    assert asked.home == []
    assert os.environ["HOSO_MEMORY_LIMIT"] == "7GB"
    assert os.environ["HOSO_BUILD_DB"] == "/a/home/warehouse/build.duckdb"


PARSES = """
import sys
from pathlib import Path
from orchestration import dbt_parsed
from orchestration.settings import PROJECT_DIR
dbt_parsed.KEPT, home = Path(sys.argv[1]), Path(sys.argv[2])
file = dbt_parsed.folder(dbt_parsed.KEPT, str(PROJECT_DIR)) / "partial_parse.msgpack"
file.parent.mkdir(parents=True)
file.write_bytes(b"no manifest")
assert dbt_parsed.keep()
assert file.stat().st_size > 1_000_000, "no manifest was believed to be one"
place = ["--project-dir", str(PROJECT_DIR), "--profiles-dir", str(PROJECT_DIR)]
parsed = dbt_parsed.parse([*place, "--log-path", str(home)], home)
assert "model.hoso.fct_dossier" in parsed.result.nodes
assert not any(home.rglob("*.msgpack")), "what is kept was not taken"
"""


@pytest.mark.slow
def test_a_new_home_takes_what_is_kept_and_nothing_broken_is_believed(tmp_path):
    other = {"HOSO_BUILD_DB": str(tmp_path / "build.duckdb"), "HOSO_MEMORY_LIMIT": "3GB"}
    env = {**os.environ, **other, "HOSO_THREADS": "3"}
    command = [sys.executable, "-c", PARSES, str(tmp_path / "kept"), str(tmp_path / "home")]
    done = subprocess.run(
        command, check=False, cwd=PROJECT_DIR, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
