"""The file that readers open, as an asset: made only of a build that its own audit let through."""

from collections.abc import Iterable

from dagster import AssetKey, AssetsDefinition, Failure, MaterializeResult, asset

from orchestration import audit, build_state, publish
from orchestration.assets import POOL, PUBLISHED
from orchestration.lock import exclusive
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

    @asset(key=PUBLISHED, deps=list(models), group_name="publish", kinds={"duckdb"}, pool=POOL)
    def published() -> MaterializeResult[None]:
        """The published file; its version stands in the table ``publication``."""
        with exclusive(settings):
            plan = build_state.prepare(settings)
            if plan.is_empty and publish.latest(settings) is None:
                return MaterializeResult(metadata={"published": False})
            why_not = obstacle(audit.latest(settings), plan.content_id)
            if why_not:
                raise Failure(why_not)
            made = publish.publish(settings, plan)
            shown = made or publish.latest(settings)
        return MaterializeResult(
            metadata={
                "published": made is not None,
                "version": shown.id if shown else None,
                "file": shown.path.name if shown else None,
            }
        )

    return published
