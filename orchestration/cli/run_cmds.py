"""Commands that move data: the daily run and what belongs to it."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(run)


def run() -> None:
    """Ingest the inbox, build, audit, publish. Example: hoso run"""
