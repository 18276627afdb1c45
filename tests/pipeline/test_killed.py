"""``kill -9`` at any instant: the store has a batch wholly or not, and the next run completes."""

import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from orchestration import pipeline
from orchestration.archive import Archive
from orchestration.eventstore import EventStore
from orchestration.ingest.inbox import land, waiting
from orchestration.settings import PROJECT_DIR, Settings
from tests.ingest_lists import c_row, events, write_c

KILLS_IN_INGEST = 200
KILLS_IN_RUN = 6
SEED = 766
DAYS = ("07", "08", "09")
NEVER = 10_000.0


@pytest.fixture(autouse=True)
def fixed(monkeypatch):
    """One clock for all homes, so that their stores can be equal to the last column."""
    monkeypatch.setenv("HOSO_NOW", "2026-10-05T08:00:00")
    monkeypatch.setenv("HOSO_THREADS", "2")


def fill(settings):
    """Three lists that overlap: what changes, what repeats, what is set aside."""
    for n, day in enumerate(DAYS):
        rows = [
            c_row("H-1"),
            c_row("H-2", "Đã trả kết quả" if n else "Đang xử lý", ended="05/09/2026" if n else ""),
            c_row(f"H-{day}"),
            c_row("H-9", "?"),
        ]
        write_c(settings.inbox, rows, f"igate_xa_20260901_20260930_202609{day}T1730.csv")
    return settings


@contextmanager
def driver():
    """Sends one order to the process that forks, gives its answer."""
    command = [sys.executable, "-m", "tests.kill_driver"]
    with subprocess.Popen(
        command, cwd=PROJECT_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def order(settings, seconds=NEVER, event=0):
            process.stdin.write(f"{settings.home}\t{seconds}\t{event}\n")
            process.stdin.flush()
            return process.stdout.readline().split()

        yield order
        process.stdin.close()


def whole_batches(settings, undisturbed):
    """Every batch that is there is there wholly; what is not there still waits in the inbox."""
    there = EventStore(settings).batches()
    rows = [row for row in undisturbed if row[BATCH] in there]
    assert events(settings) == rows
    stored = {file for (file,) in events(settings, "data->>'$.file'", "type = 'extract.completed'")}
    assert stored | {path.name for path in waiting(settings)} == NAMES
    originals = {row["file"] for row in Archive(settings).rows() if row["status"] == "kept"}
    assert stored <= originals


NAMES = {f"igate_xa_20260901_20260930_202609{day}T1730.csv" for day in DAYS}
BATCH = 3


@pytest.mark.slow
def test_ingest_killed_at_200_instants_leaves_whole_batches_and_is_completed(tmp_path):
    chance = random.Random(SEED)  # noqa: S311 - seeded on purpose
    reference = fill(Settings(home=tmp_path / "undisturbed"))
    with driver() as order:
        word, seconds, seen = order(reference)
        assert word == "done"
        undisturbed = events(reference)
        assert len({row[BATCH] for row in undisturbed}) == len(DAYS)
        kills = homes = 0
        settings = None
        while kills < KILLS_IN_INGEST:
            if settings is None:
                homes += 1
                settings = fill(Settings(home=tmp_path / f"home {homes}"))
            if kills % 2:
                answer = order(settings, event=chance.randint(1, int(seen)))
            else:
                answer = order(settings, chance.uniform(0, float(seconds)))
            assert answer == ["killed"] or (answer[0] == "done" and answer[2] != "failed")
            kills += answer == ["killed"]
            whole_batches(settings, undisturbed)
            if answer[0] == "done":
                assert events(settings) == undisturbed
                assert waiting(settings) == []
                settings = None
        if settings is not None:
            land(settings)
            assert events(settings) == undisturbed
    assert homes > 5


def test_all_of_a_list_is_on_the_disk_before_it_leaves_the_inbox(tmp_path, monkeypatch):
    settings = Settings(home=tmp_path / "home")
    name = write_c(settings.inbox, [c_row("H-1")]).name
    synced, at_leaving = set(), []
    fsync, unlink = os.fsync, Path.unlink

    def note_sync(handle):
        fsync(handle)
        synced.add(os.fstat(handle).st_ino)

    def note_leaving(path, **how):
        if path.name == name:
            at_leaving.append(frozenset(synced))
        unlink(path, **how)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "unlink", note_leaving)
    land(settings)
    (there,) = at_leaving
    kept = [settings.events, settings.folder("archive"), settings.folder("secrets")]
    paths = [path for folder in kept for path in folder.rglob("*")]
    assert len(paths) > len(kept)
    assert [path.name for path in paths if path.stat().st_ino not in there] == []


LEDGER = "select * from fct_dossier_posting order by all"


def ledger(settings):
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        return con.execute(LEDGER).fetchall()


@pytest.mark.slow
def test_a_run_killed_again_and_again_ends_with_the_ledger_of_an_undisturbed_one(tmp_path):
    chance = random.Random(SEED)  # noqa: S311 - seeded on purpose
    reference = fill(Settings(home=tmp_path / "undisturbed"))
    began = time.monotonic()
    assert pipeline.run(reference).published
    whole = time.monotonic() - began
    settings = fill(Settings(home=tmp_path / "home"))
    code = (
        "from pathlib import Path\nfrom orchestration import pipeline\n"
        "from orchestration.settings import Settings\n"
        f"pipeline.run(Settings(home=Path({str(settings.home)!r})))"
    )
    for _ in range(KILLS_IN_RUN):
        process = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT_DIR)
        try:
            process.wait(chance.uniform(0.5, whole))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        whole_batches(settings, events(reference))
    last = pipeline.run(settings)
    assert last.published or last.version
    assert ledger(settings) == ledger(reference)
