"""Dagster's storage does not grow for good: runs older than the setting leave it, files too."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import DagsterInstance, job, op

from orchestration.dagster_runs import prune_runs
from orchestration.serve import prepare_home


@op
def nothing():
    """Does nothing."""


@job
def idle():
    """One step."""
    nothing()


@pytest.mark.slow
def test_runs_older_than_the_setting_leave_storage_and_disk(settings):
    now = datetime.now(UTC)
    with DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        run_id = idle.execute_in_process(instance=instance).run_id
        root = Path(instance.root_directory)
        logs = root / "storage" / run_id / "compute_logs"
        logs.mkdir(parents=True, exist_ok=True)
        (logs / "step.err").write_text("x")
        young = settings.model_copy(update={"now": now + timedelta(days=89)})
        assert prune_runs(young, instance) == 0
        assert instance.get_runs_count() == 1
        old = settings.model_copy(update={"now": now + timedelta(days=91)})
        assert prune_runs(old, instance) == 1
        assert instance.get_runs_count() == 0
    left = [path.name for path in root.rglob("*") if run_id in path.name and path.stat().st_size]
    assert left == []
