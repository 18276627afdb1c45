"""Reading the published warehouse: figures, what stands behind them, what changed, coverage.

What belongs here: functions over a DuckDB connection. What does not: printing, the CLI, Dagster.
"""
