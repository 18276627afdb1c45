"""What Dagster loads: assets, checks, one job, one schedule; the work is in what they call.

``hoso serve`` starts Dagster on this module; ``hoso run`` does the same pass without it.
"""

import json

from dagster import (
    AssetKey,
    AssetSelection,
    DefaultScheduleStatus,
    Definitions,
    ScheduleDefinition,
    define_asset_job,
    definitions,
    in_process_executor,
)

from orchestration import dbt_runner
from orchestration.assets.landing import event_store, landing
from orchestration.assets.models import models
from orchestration.assets.published import published_warehouse
from orchestration.checks.audit import checks
from orchestration.settings import Settings

PUBLIC = ("dim_", "fct_", "rpt_", "dq_")


def definitions_of(settings: Settings) -> Definitions:
    """All definitions for one home."""
    nodes = json.loads(dbt_runner.fresh_manifest(settings).read_text(encoding="utf-8"))[
        "nodes"
    ].values()
    names = sorted(node["name"] for node in nodes if node["resource_type"] == "model")
    findings = [name for name in names if name.startswith("dq_")]
    public = [AssetKey(name) for name in names if name.startswith(PUBLIC)]
    daily = define_asset_job(
        "daily",
        selection=AssetSelection.all(),
        description="Inbox to published figures: what `hoso run` does.",
        # steps share a process: each writes the same warehouse, so none could run beside another
        executor_def=in_process_executor,
    )
    evening = ScheduleDefinition(
        name="weekday_evening",
        job=daily,
        cron_schedule="30 18 * * 1-5",
        execution_timezone="Asia/Ho_Chi_Minh",
        default_status=DefaultScheduleStatus.RUNNING,
        description="After the offices' exports of the day.",
    )
    return Definitions(
        assets=[
            landing(settings),
            event_store(settings),
            models(settings),
            published_warehouse(settings, public),
        ],
        asset_checks=[checks(settings, findings)],
        jobs=[daily],
        schedules=[evening],
    )


@definitions
def defs() -> Definitions:
    """For the home of the environment, once Dagster asks: an import changes nothing."""
    return definitions_of(Settings())
