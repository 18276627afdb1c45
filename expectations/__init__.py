"""What data must satisfy, as data: each check with owner, severity, and what a hit means.

What belongs here: checks over small frames that the audit fetched. What does not: SQL and the
warehouse (``orchestration/audit.py``), rules on single columns of single models (dbt tests beside
the model). Only ``expectations.runner`` imports great_expectations.
"""
