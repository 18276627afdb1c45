"""The file that readers open, as an asset: made only of a build that its own audit let through."""

import time
from collections.abc import Iterable
from datetime import timedelta

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    Failure,
    FreshnessPolicy,
    MaterializeResult,
    MetadataValue,
    asset,
)

from orchestration import audit, build_state, history, pipeline, publish
from orchestration.assets import POOL, PUBLISHED
from orchestration.assets.steps import step
from orchestration.settings import Settings


def obstacle(results: Iterable[audit.CheckResult], content_id: str) -> str | None:
    """Why a build may not be published, or null: another audit than its own says nothing of it."""
    found = list(results)
    if {each.content_id for each in found} != {content_id}:
        return "This build was not audited: materialise its checks, too, or use `hoso run`."
    blocking = [each.check for each in found if each.blocks]
    if blocking:
        return f"Readers keep what was published; blocking: {', '.join(blocking)}."
    return None


def published_warehouse(settings: Settings, models: Iterable[AssetKey]) -> AssetsDefinition:
    """Copy, sync, swap the link (``orchestration.publish``)."""

    @asset(
        key=PUBLISHED,
        deps=list(models),
        group_name="publish",
        kinds={"duckdb"},
        pool=POOL,
        owners=["team:warehouse"],
        freshness_policy=FreshnessPolicy.time_window(
            # over a weekend and a long holiday nothing comes in
            fail_window=timedelta(days=7),
            warn_window=timedelta(days=4),
        ),
    )
    def published(context: AssetExecutionContext) -> MaterializeResult[None]:
        """The published file; its version stands in the table ``publication``."""
        start = time.perf_counter()
        run_id = context.run.run_id
        with step(context, settings):
            plan = build_state.prepare(settings)
            before = publish.latest(settings)
            if plan.is_empty and before is None:
                history.end(settings, run_id, "nothing_new")
                return MaterializeResult(metadata={"published": False})
            why_not = obstacle(audit.latest(settings), plan.content_id)
            made = None if why_not else publish.publish(settings, plan)
            shown = made or before
            outcome: history.Outcome = (
                "blocked" if why_not else "published" if made else "nothing_new"
            )
            version = shown.id if shown else None
            history.end(settings, run_id, outcome, version)
            told = pipeline.told(settings, audited=True, version=version, ended=True)
        if told:
            context.log.info(told)
        if why_not:
            raise Failure(why_not, metadata={"outcome": "blocked"}, allow_retries=False)
        return MaterializeResult(
            metadata={
                "published": made is not None,
                "version": version,
                "file": MetadataValue.path(str(shown.path)) if shown else None,
                "bytes": shown.path.stat().st_size if shown else 0,
                "seconds": round(time.perf_counter() - start, 3),
            }
        )

    return published
