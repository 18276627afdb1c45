"""Old runs leave Dagster's storage: it keeps every event of every run for good otherwise."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

_AT_ONCE = 500


def prune_runs(settings: Settings, instance: "DagsterInstance") -> int:
    """Deletes runs that ended before ``HOSO_KEEP_RUN_DAYS``: their events, their databases and
    their logs; returns how many. Runs at work stay, however old."""
    from dagster import DagsterRunStatus, RunsFilter
    from dagster._core.storage.dagster_run import FINISHED_STATUSES

    before = settings.clock() - timedelta(days=settings.keep_run_days)
    ended = [status for status in DagsterRunStatus if status in FINISHED_STATUSES]
    old = RunsFilter(statuses=ended, created_before=before)
    pruned = 0
    while records := instance.get_run_records(filters=old, limit=_AT_ONCE):
        for record in records:
            run_id = record.dagster_run.run_id
            instance.delete_run(run_id)
            _remove_files(Path(instance.root_directory), run_id)
            pruned += 1
    return pruned


def _remove_files(root: Path, run_id: str) -> None:
    for path in root.glob(f"history/runs/{run_id}.db*"):
        path.unlink()
    shutil.rmtree(root / "storage" / run_id, ignore_errors=True)
