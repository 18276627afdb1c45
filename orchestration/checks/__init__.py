"""Dagster asset checks: thin decorators over the audit."""
