"""Dagster assets: thin decorators over the plain functions that ``hoso run`` calls."""

from typing import Final

from dagster import AssetKey

POOL: Final = "warehouse"
"""Pool of all that reads or writes the build warehouse; ``dagster.yaml`` lets one run hold it."""

EVENT_STORE: Final = AssetKey("event_store")
PUBLISHED: Final = AssetKey("published_warehouse")
PERIOD_REPORT: Final = AssetKey("period_report")
