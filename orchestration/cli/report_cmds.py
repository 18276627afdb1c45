"""Commands that read the published file."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(figures)


def figures() -> None:
    """Figures of any period. Example: hoso figures --from 2026-01-01 --to 2026-01-31"""
