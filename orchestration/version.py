"""Which hoso this is."""

import tomllib

from orchestration.settings import PROJECT_DIR


def code_version() -> str:
    """The version in ``pyproject.toml``; hoso is installed in place, so it is always there."""
    with (PROJECT_DIR / "pyproject.toml").open("rb") as file:
        version: str = tomllib.load(file)["project"]["version"]
    return version
