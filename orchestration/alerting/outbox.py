"""Mails that wait until they are gone: tried again with growing pauses, sent once.

A mail is marked ``sending`` before the server gets it and ``sent`` after it took it. A kill between
the two is the one case in which a mail may come twice, with the same Message-ID, by which servers
and readers know it (decision 012).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from orchestration.alerting.book import Book, Delivery
from orchestration.alerting.model import Alert
from orchestration.alerting.states import delivered
from orchestration.alerting.transport import Refused, Temporary, Transport

FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)
"""Pauses double from the first to the longest; a mail is never given up for what may pass."""


@dataclass(frozen=True)
class Flushed:
    """What one pass over the outbox did."""

    sent: int = 0
    waiting: int = 0
    refused: int = 0


def flush(book: Book, transport: Transport, now: datetime) -> Flushed:
    """Try every mail that is due, in order. After one temporary failure the rest waits, too: the
    server is most likely down, and nobody waits for a time-out per mail.
    """
    sent = refused = waiting = 0
    is_down = None
    for delivery in book.due(now):
        if is_down is not None:
            _later(book, delivery, now, is_down, tried=False)
            waiting += 1
            continue
        book.mark(delivery.message_id, "sending", attempts=delivery.attempts, next_try_at=now)
        try:
            transport.send(delivery.address, delivery.message_id, delivery.mail)
        except Temporary as why:
            _later(book, delivery, now, str(why), tried=True)
            waiting += 1
            # 4xx for one address says nothing of the others
            is_down = None if str(why)[:1] == "4" else str(why)
        except Refused as why:
            book.mark(
                delivery.message_id,
                "refused",
                attempts=delivery.attempts + 1,
                next_try_at=now,
                error=str(why),
            )
            refused += 1
        else:
            _gone(book, delivery, now)
            sent += 1
    return Flushed(sent, waiting, refused)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failures."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 16)), LONGEST_PAUSE)


def _later(book: Book, delivery: Delivery, now: datetime, why: str, *, tried: bool) -> None:
    attempts = delivery.attempts + tried
    book.mark(
        delivery.message_id,
        "pending",
        attempts=attempts,
        next_try_at=now + (pause(attempts) if tried else timedelta()),
        error=why,
    )


def _gone(book: Book, delivery: Delivery, now: datetime) -> None:
    with book.transaction():
        book.mark(
            delivery.message_id,
            "sent",
            attempts=delivery.attempts + 1,
            next_try_at=now,
            sent_at=now,
        )
        book.save(delivered(alert, now) for alert in _alerts_of(book, delivery))


def _alerts_of(book: Book, delivery: Delivery) -> Iterator[Alert]:
    keys = {(delivery.alert_key, delivery.episode)} | book.told_in(delivery.message_id)
    for alert in book.alerts():
        if (alert.key, alert.episode) in keys:
            yield alert
