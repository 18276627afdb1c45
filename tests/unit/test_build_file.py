"""The build warehouse: written without waiting for the disk, trusted only when it is there."""

from threading import Event

import duckdb
import pytest

from orchestration import build_file, build_state, dbt_runner
from orchestration.errors import HosoError


@pytest.fixture
def plan(settings):
    made = build_state.prepare(settings)
    build_state.begin(settings)
    return made


def test_what_an_unfinished_build_left_is_removed_were_it_unreadable(settings, plan):
    settings.build_db.write_bytes(b"torn by a cut of the power" * 1000)
    assert build_state.prepare(settings).full_refresh
    with duckdb.connect(str(settings.build_db)) as con:
        assert con.execute("select count(*) from raw.batch").fetchall() == [(0,)]


def test_an_unfinished_build_that_goes_on_elsewhere_is_left_alone(settings, plan, monkeypatch):
    before = settings.build_db.read_bytes()

    def locked(*_, **__):
        raise duckdb.IOException("Could not set lock on file")

    monkeypatch.setattr(duckdb, "connect", locked)
    with pytest.raises(HosoError, match="Another program"):
        build_state.prepare(settings)
    assert settings.build_db.read_bytes() == before


def test_what_is_built_is_on_the_disk_before_it_is_trusted(settings, plan, monkeypatch):
    """Of what is synced: the warehouse while nothing is noted, then the folder without the mark."""
    seen = []

    def sync(path):
        if not path.exists():
            raise FileNotFoundError
        with duckdb.connect(str(settings.build_db)) as con:
            noted = con.execute("select count(*) from meta.build_state").fetchall()[0][0]
        marks = list(settings.warehouse.glob("*.unfinished"))
        seen.append((path.name, noted, len(marks)))

    monkeypatch.setattr(build_file, "sync", sync)
    build_state.finish(settings, plan)
    assert seen == [("build.duckdb", 0, 1), ("warehouse", 1, 0)]
    assert build_state.prepare(settings).is_built


def test_what_is_built_goes_to_the_disk_meanwhile(settings, plan, monkeypatch):
    synced = Event()
    monkeypatch.setattr(build_file, "SECONDS", 0.01)
    monkeypatch.setattr(build_file, "sync", lambda path: synced.set())
    with build_file.on_its_way(settings):
        assert synced.wait(5)


def test_dbt_need_not_wait_for_the_disk_for_that(settings):
    assert dbt_runner.environment(settings, {})["HOSO_FSYNC_MODE"] == "none"


@pytest.mark.parametrize(
    ("limit", "kept"), [("7GB", "5.95GB"), ("500 MiB", "425 MiB"), ("1.5gb", "1.275gb")]
)
def test_duckdb_keeps_most_of_the_memory_it_may_use(settings, limit, kept):
    settings = settings.model_copy(update={"memory_limit": limit})
    assert dbt_runner.environment(settings, {})["HOSO_KEPT_MEMORY"] == kept
