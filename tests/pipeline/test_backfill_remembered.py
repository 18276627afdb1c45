"""What was declared as old lists stays that, whoever takes them in; ingest waits for its turn."""

import os
import signal
import subprocess
import sys

import pytest

from orchestration import pipeline
from orchestration.errors import HosoError
from orchestration.ingest.inbox import declare_backfill, land
from orchestration.lock import exclusive
from orchestration.settings import PROJECT_DIR
from tests.ingest_lists import c_row, events, write_c

DAYS = ("07", "08", "09")
KILLED = """
import os, signal, sys
from orchestration import pipeline
from orchestration.ingest import run
from orchestration.ingest.inbox import waiting
from orchestration.settings import Settings
stored = run.EventStore.append
def once(*arguments):
    stored(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
run.EventStore.append = once
pipeline.run(Settings(), backfill=waiting(Settings()))
"""


def name(day):
    return f"igate_xa_20260901_20260930_202609{day}T1730.csv"


def test_old_lists_of_a_killed_run_are_completed_as_old_lists(settings):
    for day in DAYS:
        write_c(settings.inbox, [c_row(f"H-{day}")], name(day))
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=PROJECT_DIR, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(events(settings, "batch_id", "type = 'extract.completed'")) == 1
    land(settings)
    assert len(events(settings, "batch_id", "type = 'extract.completed'")) == len(DAYS)
    assert events(settings, "count(*)", "known_at <> observed_at") == [(0,)]


def test_the_note_is_gone_with_the_last_old_list(settings):
    write_c(settings.inbox, [c_row("H-1")], name("07"))
    declare_backfill(settings, [name("07")])
    land(settings)
    write_c(settings.inbox, [c_row("H-2")], name("07"))
    (live,) = land(settings)
    assert live.status == "stored"
    assert events(settings, "count(*)", "known_at = recorded_at and type like 'd%'") == [(1,)]


def test_nothing_is_ingested_while_a_run_is_at_work(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1")])
    with exclusive(settings), pytest.raises(HosoError, match=f"process {os.getpid()}"):
        pipeline.ingest(settings, [path])
    assert pipeline.ingest(settings, [path])[0].stored == 1
