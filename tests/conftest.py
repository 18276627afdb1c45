"""What every test may use: a temporary home, and the shared real data where it exists."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_DIR, Settings

SHARED = PROJECT_DIR.parent / "shared"
"""Real logs and documents beside the repository; not ours to publish, so absent in most places."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home that settings made from the environment point to, at a fixed moment."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HOSO_HOME", str(folder))
    monkeypatch.setenv("HOSO_NOW", "2026-03-02T08:00:00")
    monkeypatch.setenv("HOSO_INBOX_QUIET_SECONDS", "0")
    return folder


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings of ``home``."""
    del home
    return Settings()


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """``shared("data/x")``: a path below ``../shared``; skips the test where it is absent."""

    def find(relative: str) -> Path:
        path = SHARED / relative
        if not path.exists():
            pytest.skip(f"needs ../shared/{relative}, which is not part of the project")
        return path

    return find


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no name for a test: gzip writes the time into them, and workers must agree."""
    return argname if isinstance(val, bytes) else None


_LONGEST = ("test_readers", "test_killed", "test_simulated_week", "test_dagster")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: at the end the other workers would wait for it."""
    items.sort(key=lambda item: item.path.stem not in _LONGEST)
