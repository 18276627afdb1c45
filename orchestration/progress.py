"""How long work reports its progress, without knowing who looks (terminal, Dagster, nobody)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Progress(Protocol):
    """Whoever shows progress: ``with progress.step("Reading", 12) as advance: advance(1)``."""

    def step(
        self, title: str, total: int | None = None
    ) -> AbstractContextManager[Callable[[int], None]]:
        """One bar for the length of the ``with``; ``total`` is null when nobody knows it."""
        ...


class Quiet:
    """Shows nothing."""

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Swallow the step."""
        del title, total
        yield lambda _: None
