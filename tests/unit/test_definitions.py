"""What Dagster loads is pinned: a key that goes, comes or is renamed is a decision, no accident."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dagster import (
    AssetKey,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    Definitions,
    RetryRequested,
)

from orchestration import audit
from orchestration.settings import PROJECT_DIR, Settings

SNAPSHOT = Path(__file__).with_name("definitions.json")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Definitions]:
    from orchestration.definitions import definitions_of

    yield definitions_of(Settings(home=tmp_path_factory.mktemp("home")))


def snapshot(defs: Definitions) -> dict[str, Any]:
    graph = defs.resolve_asset_graph()
    keys = [key for key in graph.get_all_asset_keys() if graph.get(key).is_materializable]
    return {
        "assets": sorted(key.to_user_string() for key in keys),
        "checks": sorted(
            f"{key.asset_key.to_user_string()}:{key.name}" for key in graph.asset_check_keys
        ),
        "jobs": sorted(job.name for job in defs.jobs or ()),
        "schedules": {
            schedule.name: [schedule.cron_schedule, schedule.execution_timezone]
            for schedule in defs.schedules or ()
        },
        "sensors": sorted(sensor.name for sensor in defs.sensors or ()),
    }


def test_assets_checks_jobs_and_schedules_are_as_pinned(loaded: Definitions) -> None:
    found = snapshot(loaded)
    if os.environ.get("HOSO_PIN"):  # HOSO_PIN=1 pytest tests/unit/test_definitions.py
        SNAPSHOT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_check_of_the_audit_is_an_asset_check(loaded: Definitions) -> None:
    from orchestration.checks.audit import dagster_name

    names = {key.name for key in loaded.resolve_asset_graph().asset_check_keys}
    static = [check.name for _, checks in audit.STATIC_SUITES.values() for check in checks]
    assert {dagster_name(name) for name in static} <= names


def test_every_test_of_dbt_is_an_asset_check_those_over_two_models_too(
    loaded: Definitions, tmp_path: Path
) -> None:
    from orchestration import dbt_runner

    manifest = dbt_runner.fresh_manifest(Settings(home=tmp_path))
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    tests = [node for node in nodes if node["resource_type"] == "test"]
    names = {key.name for key in loaded.resolve_asset_graph().asset_check_keys}
    assert any(len(node["depends_on"]["nodes"]) > 1 for node in tests)
    assert [node["name"] for node in tests if node["name"] not in names] == []


def test_publication_follows_every_public_table(loaded: Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    parents = graph.get(AssetKey("published_warehouse")).parent_keys
    assert {"fct_dossier_posting", "fct_unit_day", "dim_unit", "dq_missing"} <= {
        key.to_user_string() for key in parents
    }


def test_all_that_touches_the_warehouse_is_in_its_pool(loaded: Definitions) -> None:
    job = loaded.resolve_job_def("daily")
    assert {node.definition.pool for node in job.graph.nodes} == {"warehouse"}


def test_schedules_and_sensors_run_unless_somebody_stops_them(loaded: Definitions) -> None:
    for schedule in loaded.schedules or ():
        assert schedule.default_status == DefaultScheduleStatus.RUNNING, schedule.name
        assert schedule.execution_timezone == "Asia/Ho_Chi_Minh", schedule.name
    for sensor in loaded.sensors or ():
        assert sensor.default_status == DefaultSensorStatus.RUNNING, sensor.name


def test_every_asset_says_whose_it_is_and_what_it_is_made_with(loaded: Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        if node.is_materializable:
            assert node.group_name, key
            assert node.kinds, key
            assert node.owners, key


def test_only_a_lock_that_another_run_holds_is_tried_again(loaded: Definitions) -> None:
    from orchestration.assets.steps import waiting_for_others
    from orchestration.errors import BusyError, HosoError

    class Context:
        retry_number = 2

    with pytest.raises(RetryRequested) as asked, waiting_for_others(Context()):
        raise BusyError("at work")
    assert asked.value.seconds_to_wait == 120
    with pytest.raises(HosoError), waiting_for_others(Context()):
        raise HosoError("broken")
    job = loaded.resolve_job_def("daily")
    assert [node.name for node in job.graph.nodes if node.definition.retry_policy] == []


def test_manifest_is_below_the_home_and_nothing_in_the_repository(loaded: Definitions) -> None:
    del loaded
    assert not (PROJECT_DIR / "target").exists()
