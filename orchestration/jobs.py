"""Jobs of Dagster: the pass, the files of a period, a replay, a look at what is open."""

from typing import Any

from dagster import (
    AssetSelection,
    Config,
    Failure,
    JobDefinition,
    OpExecutionContext,
    define_asset_job,
    in_process_executor,
    job,
    op,
)

from orchestration import log, pipeline
from orchestration.assets import PERIOD_REPORT, POOL
from orchestration.assets.steps import waiting_for_others
from orchestration.settings import Settings

TAGS = {"hoso/tier": "production"}


def daily() -> Any:
    """Inbox to published figures: what ``hoso run`` does."""
    return define_asset_job(
        "daily",
        selection=AssetSelection.all() - AssetSelection.assets(PERIOD_REPORT),
        description="Inbox to published figures: what `hoso run` does.",
        tags={**TAGS, "hoso/job": "daily"},
        # steps share a process: each writes the same warehouse, so none could run beside another
        executor_def=in_process_executor,
    )


def period() -> Any:
    """The files of one period; a backfill over partitions makes those of past periods."""
    return define_asset_job(
        "period",
        selection=AssetSelection.assets(PERIOD_REPORT),
        description="Figures of one period as files; the period is the partition.",
        tags={**TAGS, "hoso/job": "period"},
        executor_def=in_process_executor,
    )


class ReplayConfig(Config):
    """``from_archive``: from the encrypted originals instead of the store."""

    from_archive: bool = False


def replay(settings: Settings) -> JobDefinition:
    """Rebuild everything into a scratch warehouse and compare each table."""

    @op(name="replay_and_compare", pool=POOL)
    def compare(context: OpExecutionContext, config: ReplayConfig) -> None:
        from orchestration.replay import verify

        with waiting_for_others(context), log.run(settings, context.run.run_id):
            found = verify(settings, from_archive=config.from_archive)
        differing = [each.table for each in found.tables if not each.equal]
        context.add_output_metadata({"tables": len(found.tables), "differing": differing})
        if not found.equal:
            raise Failure(
                f"Not the same: {', '.join(differing)}. hoso replay --verify shows the rows."
            )

    @job(
        name="replay",
        description="Rebuild everything into a scratch warehouse and compare every table.",
        tags={**TAGS, "hoso/job": "replay"},
        executor_def=in_process_executor,
    )
    def definition() -> None:
        compare()

    return definition


def watch(settings: Settings) -> JobDefinition:
    """Look at what is open, write what is due (reminders, digests, late weeks), send what waits."""

    @op(name="look_and_tell")
    def look(context: OpExecutionContext) -> None:
        said = pipeline.told(settings)
        if said:
            context.log.info(said)

    @job(
        name="watch",
        description="Reminders, digests, a late weekly run; mails that wait are sent.",
        tags={**TAGS, "hoso/job": "watch"},
        executor_def=in_process_executor,
    )
    def definition() -> None:
        look()

    return definition
