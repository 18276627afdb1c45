"""Sources are declared, not programmed: one YAML per kind of export, checked by ``schema.json``."""

from orchestration.sources.loader import load_sources, match_source
from orchestration.sources.model import ACCOUNTS, Column, Source, header_key

__all__ = ["ACCOUNTS", "Column", "Source", "header_key", "load_sources", "match_source"]
