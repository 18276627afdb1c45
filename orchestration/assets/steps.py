"""What every step of a Dagster run does beside its work: the lock, the log, retries."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from dagster import RetryRequested

from orchestration import log
from orchestration.errors import BusyError
from orchestration.lock import exclusive
from orchestration.settings import Settings

RETRIES: Final = 5
FIRST_PAUSE: Final = 30
"""Seconds; pauses double: a lock that another run holds is free within a quarter of an hour."""


@contextmanager
def step(context: Any, settings: Settings) -> Iterator[None]:
    """The warehouse for the length of the ``with``, under the run's id."""
    with (
        waiting_for_others(context),
        log.run(settings, context.run.run_id),
        exclusive(settings),
    ):
        yield


@contextmanager
def waiting_for_others(context: Any) -> Iterator[None]:
    """A lock held by another process passes: the step is tried again with growing pauses.

    Anything else does not, and is not: the next run starts from the store anyway.
    """
    try:
        yield
    except BusyError as error:
        raise RetryRequested(
            max_retries=RETRIES, seconds_to_wait=FIRST_PAUSE * 2**context.retry_number
        ) from error
