"""Commands of the command line; ``register`` adds them to the app."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
