"""The figures of a finished period as files: one partition per period."""

import time

from dagster import (
    AssetExecutionContext,
    AssetsDefinition,
    MaterializeResult,
    MetadataValue,
    StaticPartitionsDefinition,
    asset,
)

from orchestration.assets import PERIOD_REPORT, PUBLISHED
from orchestration.assets.steps import step
from orchestration.period_codes import periods
from orchestration.reporting.period_files import write_period
from orchestration.settings import Settings

PARTITIONS = StaticPartitionsDefinition([each.code for each in periods()])


def period_report(settings: Settings) -> AssetsDefinition:
    """``reports/<period>/figures.csv`` and ``coverage.csv``, for any period, also a past one."""

    @asset(
        key=PERIOD_REPORT,
        deps=[PUBLISHED],
        partitions_def=PARTITIONS,
        group_name="reports",
        kinds={"csv"},
        owners=["team:office"],
        description="Figures of every unit for one period, and which units are not complete.",
    )
    def report(context: AssetExecutionContext) -> MaterializeResult[None]:
        start = time.perf_counter()
        with step(context, settings):
            made = write_period(settings, context.partition_key)
        return MaterializeResult(
            metadata={
                "rows": made.units,
                "incomplete_units": made.incomplete,
                "bytes": made.bytes,
                "seconds": round(time.perf_counter() - start, 3),
                "folder": MetadataValue.path(str(made.folder)),
            }
        )

    return report
