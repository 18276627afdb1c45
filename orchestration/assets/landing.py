"""Files of the inbox into the event store: one asset per source, and the store as dbt reads it."""

import time
from collections.abc import Iterator, Sequence

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    MetadataValue,
    asset,
    multi_asset,
)

from orchestration import build_state, history, pipeline
from orchestration.assets import EVENT_STORE, POOL
from orchestration.assets.steps import step
from orchestration.dagster_runs import prune_runs
from orchestration.ingest import FileResult
from orchestration.progress import Quiet
from orchestration.settings import Settings
from orchestration.sources import load_sources

COUNTS = ("read", "stored", "unchanged", "duplicate", "quarantined")


def landing_key(source: str) -> AssetKey:
    """``landing/<source>``."""
    return AssetKey(["landing", source])


def source_counts(results: Sequence[FileResult]) -> dict[str, int]:
    """Files and rows of one source in one pass."""
    return {
        "files": len(results),
        "rejected": sum(each.status == "rejected" for each in results),
        **{name: sum(getattr(each, name) for each in results) for name in COUNTS},
    }


def landing(settings: Settings) -> AssetsDefinition:
    """One asset per source, filled by one pass over the inbox; senders hear of their files."""
    sources = load_sources(settings)
    specs = [
        AssetSpec(
            landing_key(source.name),
            group_name="landing",
            description=source.title,
            kinds={"python"},
            owners=["team:office"],
            metadata={"system": source.system, "role": source.role},
        )
        for source in sources.values()
    ]

    @multi_asset(name="landing", specs=specs, pool=POOL)
    def land(context: AssetExecutionContext) -> Iterator[MaterializeResult[None]]:
        start = time.perf_counter()
        prune_runs(settings, context.instance)
        with step(context, settings):
            history.begin(settings, context.run.run_id, context.run.job_name)
            results = pipeline.land(settings, Quiet())
            told = pipeline.told(settings, results=results)
        if told:
            context.log.info(told)
        for each in results:
            if each.status == "rejected":
                context.log.warning(f"{each.file}: {each.message}")
        seconds = round(time.perf_counter() - start, 3)
        for name in sources:
            mine = [each for each in results if each.source == name]
            yield MaterializeResult(
                asset_key=landing_key(name),
                metadata={**source_counts(mine), "seconds": seconds},
            )

    return land


def event_store(settings: Settings) -> AssetsDefinition:
    """Schema ``raw`` of the build warehouse over all batches of the store."""

    @asset(
        key=EVENT_STORE,
        deps=[landing_key(source) for source in load_sources(settings)],
        group_name="landing",
        kinds={"deltalake"},
        pool=POOL,
        owners=["team:warehouse"],
        description="All that any source ever said, as dbt reads it.",
    )
    def store(context: AssetExecutionContext) -> MaterializeResult[None]:
        start = time.perf_counter()
        with step(context, settings):
            plan = build_state.prepare(settings)
            size = sum(path.stat().st_size for path in settings.events.rglob("*.parquet"))
        return MaterializeResult(
            metadata={
                "content_id": plan.content_id,
                "full_refresh": plan.full_refresh,
                "bytes": size,
                "seconds": round(time.perf_counter() - start, 3),
                "folder": MetadataValue.path(str(settings.events)),
            }
        )

    return store
