"""Reading the published warehouse: figures, what stands behind them, what changed, how far data reaches.

What belongs here: pure functions over a DuckDB connection. What does not: printing, the CLI, Dagster.
"""
