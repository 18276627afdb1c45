"""What starts or tells by itself: files in the inbox, runs that failed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from dagster import (
    DefaultSensorStatus,
    RunFailureSensorContext,
    RunRequest,
    SensorEvaluationContext,
    SensorResult,
    run_failure_sensor,
    sensor,
)

from orchestration import history, pipeline
from orchestration.errors import HosoError
from orchestration.ingest.fingerprint import stamp_of
from orchestration.ingest.inbox import waiting
from orchestration.settings import Settings

RUNNING = DefaultSensorStatus.RUNNING


def sensors(settings: Settings, daily: Any) -> Sequence[Any]:
    """All sensors, running unless somebody stops them."""

    @sensor(
        name="inbox",
        job=daily,
        minimum_interval_seconds=60,
        default_status=RUNNING,
        description="Starts a pass when files lie complete in the inbox.",
    )
    def inbox(context: SensorEvaluationContext) -> SensorResult:
        before = json.loads(context.cursor) if context.cursor else {}
        now = {path.name: list(asdict(stamp_of(path)).values()) for path in waiting(settings)}
        # a file whose size or time changed since the last look is still being written
        complete = {name: stamp for name, stamp in now.items() if before.get(name) == stamp}
        cursor = json.dumps(now, sort_keys=True)
        if not complete:
            growing = ", ".join(sorted(now))
            reason = f"Not complete yet: {growing}" if now else "The inbox is empty."
            return SensorResult(skip_reason=reason, cursor=cursor)
        # the same files are asked for once: what a run could not take, the evening's pass tries
        key = hashlib.sha256(json.dumps(complete, sort_keys=True).encode()).hexdigest()[:16]
        request = RunRequest(run_key=key, tags={"hoso/files": str(len(complete))})
        return SensorResult(run_requests=[request], cursor=cursor)

    @run_failure_sensor(
        name="failed_runs",
        default_status=RUNNING,
        monitor_all_code_locations=False,
        description="Tells the operator of a run that did not come to its end.",
    )
    def failed(context: RunFailureSensorContext) -> None:
        run = context.dagster_run
        known = {each.run_id: each for each in history.runs(settings)}
        if run.run_id in known and known[run.run_id].outcome == "blocked":
            return  # told already, with what kept it from being published
        message = first_error(context)
        history.begin(settings, run.run_id, run.job_name)
        history.end(settings, run.run_id, "failed", message=message)
        pipeline.told(settings, error=HosoError(message))

    return (inbox, failed)


def first_error(context: RunFailureSensorContext) -> str:
    """The innermost message of the first step that failed, else what Dagster says of the run."""
    for event in context.get_step_failure_events():
        data = event.step_failure_data
        error = data.error
        while error is not None and error.cause is not None:
            error = error.cause
        if error is not None:
            return error.message.strip().splitlines()[0]
    return context.failure_event.message or "The run failed."
