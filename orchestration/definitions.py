"""What Dagster loads: assets, checks, jobs, schedules, sensors; the work is in what they call.

``hoso serve`` starts Dagster on this module; ``hoso run`` does the same pass without it.
"""

import json

from dagster import AssetKey, Definitions, definitions

from orchestration import dbt_runner, jobs
from orchestration.assets.landing import event_store, landing
from orchestration.assets.models import models
from orchestration.assets.period_report import period_report
from orchestration.assets.published import published_warehouse
from orchestration.checks.audit import checks
from orchestration.schedules import schedules
from orchestration.sensors import sensors
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
    daily, period, watch = jobs.daily(), jobs.period(), jobs.watch(settings)
    return Definitions(
        assets=[
            landing(settings),
            event_store(settings),
            models(settings),
            published_warehouse(settings, public),
            period_report(settings),
        ],
        asset_checks=[checks(settings, findings)],
        jobs=[daily, period, jobs.replay(settings), watch],
        schedules=schedules(settings, daily, period, watch),
        sensors=sensors(settings, daily),
    )


@definitions
def defs() -> Definitions:
    """For the home of the environment, once Dagster asks: an import changes nothing."""
    return definitions_of(Settings())
