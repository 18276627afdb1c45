"""The event store: schema, Delta table, file list."""

from orchestration.eventstore.store import EventStore, relation_sql

__all__ = ["EventStore", "relation_sql"]
