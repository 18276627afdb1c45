"""Progress bars on stderr, and only on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from orchestration.progress import Progress, Quiet


class Bars:
    """One bar per step; rich is loaded with the first."""

    @contextmanager
    def step(self, title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A bar, or a spinner when nobody knows the total."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )
        from rich.progress import Progress as RichProgress

        known = [BarColumn(), MofNCompleteColumn()] if total is not None else [SpinnerColumn()]
        bar = RichProgress(
            TextColumn("{task.description:<28}"),
            *known,
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        with bar:
            task = bar.add_task(title, total=total)
            yield lambda n: bar.advance(task, n)


def progress() -> Progress:
    """Bars for a person at a terminal, silence for a pipe."""
    return Bars() if sys.stderr.isatty() else Quiet()
