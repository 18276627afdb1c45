"""hoso: from raw exports of one-stop shops to figures that explain themselves.

What belongs here: ingest, the event store, what surrounds dbt, publishing, reporting, the CLI and
Dagster. What does not: rules of the ledger (``models/``), codes and calendars (``seeds/``), checks
(``expectations/``).
"""
