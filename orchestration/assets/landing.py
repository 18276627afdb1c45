"""Files of the inbox into the event store: one asset per source, and the store as dbt reads it."""

from collections.abc import Iterator, Sequence

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    asset,
    multi_asset,
)

from orchestration import build_state, pipeline
from orchestration.assets import EVENT_STORE, POOL
from orchestration.ingest import FileResult
from orchestration.lock import exclusive
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
    """One asset per source, filled by one pass over the inbox."""
    sources = load_sources(settings)
    specs = [
        AssetSpec(
            landing_key(source.name),
            group_name="landing",
            description=source.title,
            kinds={"python"},
        )
        for source in sources.values()
    ]

    @multi_asset(name="landing", specs=specs, pool=POOL)
    def land(context: AssetExecutionContext) -> Iterator[MaterializeResult[None]]:
        with exclusive(settings):
            results = pipeline.land(settings, Quiet())
        for each in results:
            if each.status == "rejected":
                context.log.warning(f"{each.file}: {each.message}")
        for name in sources:
            mine = [each for each in results if each.source == name]
            yield MaterializeResult(asset_key=landing_key(name), metadata=source_counts(mine))

    return land


def event_store(settings: Settings) -> AssetsDefinition:
    """Schema ``raw`` of the build warehouse over all batches of the store."""

    @asset(
        key=EVENT_STORE,
        deps=[landing_key(source) for source in load_sources(settings)],
        group_name="landing",
        kinds={"deltalake"},
        pool=POOL,
        description="All that any source ever said, as dbt reads it.",
    )
    def store() -> MaterializeResult[None]:
        with exclusive(settings):
            plan = build_state.prepare(settings)
        return MaterializeResult(
            metadata={"content_id": plan.content_id, "full_refresh": plan.full_refresh}
        )

    return store
