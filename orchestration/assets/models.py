"""The dbt models as assets; dbt runs as a subprocess, so that it lets go of the warehouse."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import AssetExecutionContext, AssetKey, AssetsDefinition, Failure
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    DbtProject,
    dbt_assets,
)

from orchestration import build_state, dbt_runner
from orchestration.assets import EVENT_STORE, POOL
from orchestration.assets.steps import step
from orchestration.settings import PROJECT_DIR, Settings


class Translator(DagsterDbtTranslator):
    """All of schema ``raw`` is one asset: the event store as dbt reads it."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        """Sources are the event store; the rest is called as dbt calls it."""
        if dbt_resource_props["resource_type"] == "source":
            return EVENT_STORE
        return super().get_asset_key(dbt_resource_props)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The folder: staging, intermediate, marts, quality; seeds."""
        if dbt_resource_props["resource_type"] == "model":
            return str(dbt_resource_props["fqn"][1])
        return "seeds"

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str] | None:
        """Whoever runs the warehouse owns its models."""
        del dbt_resource_props
        return ["team:warehouse"]


def project(settings: Settings) -> DbtProject:
    """The repository's dbt project; what dbt writes goes below the home."""
    return DbtProject(PROJECT_DIR, target_path=dbt_runner.target_path(settings))


@contextmanager
def environment(settings: Settings) -> Iterator[None]:
    """dagster-dbt gives dbt this process's environment: for a while, with what dbt reads."""
    before = dict(os.environ)
    os.environ.update(dbt_runner.environment(settings, {}))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def dbt(settings: Settings) -> DbtCliResource:
    """dbt of the same environment as this Python."""
    return DbtCliResource(project(settings), dbt_executable=Path(sys.executable).parent / "dbt")


def models(settings: Settings) -> AssetsDefinition:
    """All seeds and models, with dbt's data tests as checks."""
    translator = Translator(DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

    @dbt_assets(
        name="models",
        manifest=dbt_runner.fresh_manifest(settings),
        project=project(settings),
        dagster_dbt_translator=translator,
        pool=POOL,
    )
    def build(context: AssetExecutionContext) -> Iterator[Any]:
        with step(context, settings), environment(settings):
            plan = build_state.prepare(settings)
            build_state.begin(settings)
            invocation = dbt(settings).cli(
                dbt_runner.build_arguments(
                    full_refresh=plan.full_refresh,
                    # dbt's own order would build large models side by side
                    threads=1 if dbt_runner.is_large(settings) else dbt_runner.THREADS,
                ),
                context=context,
                target_path=dbt_runner.target_path(settings),
                raise_on_error=False,  # a failed test is a check, and no failed build
            )
            yield from invocation.stream()
            broken = results(settings).broken
            if broken:
                raise Failure(
                    "The warehouse could not be built:\n" + "\n".join(broken), allow_retries=False
                )
            build_state.finish(settings, plan)

    return build


def results(settings: Settings) -> dbt_runner.DbtResult:
    """What the last build came to."""
    folder = dbt_runner.target_path(settings)
    said = folder / "run_results.json"
    return dbt_runner.read_results(
        json.loads(said.read_text(encoding="utf-8")),
        json.loads((folder / "manifest.json").read_text(encoding="utf-8")),
    )
