"""Alerts after a run, and by themselves: look, decide, write, send.

What belongs here: the order of these steps and what is looked at when. What does not: the steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from orchestration.alerting import book as books
from orchestration.alerting import compose, detect, outbox, recipients, route, states
from orchestration.alerting.book import Book, Delivery, Waiting
from orchestration.alerting.deadline import weekly
from orchestration.alerting.model import (
    EVERY_UNIT,
    Alert,
    Note,
    Problem,
    Reason,
    Recipient,
    State,
    kinds,
)
from orchestration.alerting.page import Page, alert_page, digest_page, test_page
from orchestration.alerting.route import Tree
from orchestration.alerting.transport import Transport, transport
from orchestration.alerting.words import words
from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.ingest import FileResult

_NOBODY: Final = Tree({}, {})


@dataclass(frozen=True)
class Told:
    """What one pass did: alerts opened and resolved, mails written, and what left."""

    opened: int
    resolved: int
    written: int
    flushed: outbox.Flushed


@dataclass(frozen=True)
class Seen:
    """Problems found, and the kinds that were looked for."""

    problems: tuple[Problem, ...]
    examined: frozenset[str]
    tree: Tree


def pass_on(
    settings: Settings,
    *,
    results: "Sequence[FileResult]" = (),
    audited: bool = False,
    version: int | None = None,
    error: BaseException | None = None,
    ended: bool = False,
) -> Told:
    """Look at what is wrong now, and tell whom it concerns.

    ``results``: files that were just looked at. ``audited``: the newest audit is of this run,
    ``version`` what readers see after it. ``ended``: a run came to its end. What is published, and
    the clock, are always asked.
    """
    problems: list[Problem] = detect.of_files(settings, results)
    examined: set[str] = {"weekly_late"}
    if error is not None:
        problems.append(run_failed(settings.clock(), error))
    if ended:
        examined.add("run_failed")
    if audited:
        from orchestration.audit import latest

        problems += detect.of_checks(latest(settings), version)
        examined |= detect.CHECK_KINDS
    problems += weekly(settings)
    seen = Seen(tuple(problems), frozenset(examined), _NOBODY)
    if settings.published_db.exists():
        from orchestration.reporting.published import connect

        with connect(settings) as con:
            found, looked_for = detect.of_publication(con, settings)
            seen = Seen((*problems, *found), frozenset(examined | looked_for), detect.tree(con))
    return tell(settings, seen, transport(settings))


def units(settings: Settings) -> Tree:
    """Units as published; none while nothing is."""
    if not settings.published_db.exists():
        return _NOBODY
    from orchestration.reporting.published import connect

    with connect(settings) as con:
        return detect.tree(con)


def run_failed(moment: datetime, error: BaseException) -> Problem:
    """A run that stopped; one problem however often it is tried."""
    lines = str(error).strip().splitlines()
    message = lines[0] if lines else type(error).__name__
    return Problem(
        "run_failed",
        since=moment,
        facts={"at": moment, "message": message[:300]},
        command="hoso doctor",
    )


def tell(settings: Settings, seen: Seen, by: Transport) -> Told:
    """Alerts follow from problems, mails from alerts; what waits is sent. One transaction: a kill
    leaves all of it or nothing, and nothing is written twice.
    """
    now = settings.clock()
    people = recipients.load(settings)
    desk = Desk(settings, seen.tree, now)
    problems = route.with_sums(seen.problems, seen.tree, people)
    with books.opened(settings) as book:
        with book.transaction():
            changed, notes = states.follow(book.newest(), problems, seen.examined, now)
            heard = {note.alert.key for note in notes if route.readers(note, people)}
            # a notice that nobody wants to hear is not worth keeping
            book.save(each for each in changed if each.key in heard or not _is_notice(each))
            written = sum(_write(desk, book, note, people) for note in notes)
            written += _digests(desk, book, people)
        flushed = outbox.flush(book, by, now)
    return Told(
        opened=sum(
            note.reason is Reason.OPENED and (note.alert.key in heard or not _is_notice(note.alert))
            for note in notes
        ),
        resolved=sum(alert.state is State.RESOLVED and not _is_notice(alert) for alert in changed),
        written=written,
        flushed=flushed,
    )


def _is_notice(alert: Alert) -> bool:
    return kinds()[alert.problem.kind].life == "notice"


def flush(settings: Settings) -> outbox.Flushed:
    """Try to send what waits."""
    with books.opened(settings) as book:
        return outbox.flush(book, transport(settings), settings.clock())


@dataclass(frozen=True)
class Desk:
    """Where mails are written: the office's settings, its units, the moment."""

    settings: Settings
    tree: Tree
    now: datetime

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(self.settings.zone).date()

    def about(self, note: Note, person: Recipient) -> Delivery:
        """The mail about one alert for one person."""
        speech = words(person.language, self.settings.zone)
        sheet = compose.attachment(note, self.today) if person.attach else None
        page = alert_page(note, speech, self.tree, sheet[0] if sheet else None)
        identifier = compose.note_id(self.settings.mail_domain, person.address, note)
        is_over = note.reason is Reason.RESOLVED
        severity = "over" if is_over else kinds()[note.alert.problem.kind].severity
        return self._delivery(page, person, identifier, severity, note=note, sheet=sheet)

    def digest(self, notes: Sequence[Note], person: Recipient) -> Delivery:
        """The mail of a day for one person."""
        page = digest_page(notes, self.today, words(person.language, self.settings.zone), self.tree)
        identifier = compose.message_id(
            self.settings.mail_domain, person.address, "digest", self.today.isoformat()
        )
        return self._delivery(page, person, identifier, "info", reason=Reason.DIGEST)

    def test(self, address: str, language: str) -> Delivery:
        """The mail of ``hoso alerts test``; at each moment another one."""
        person = Recipient(address, EVERY_UNIT, "operator", language=language)
        page = test_page(words(language, self.settings.zone))
        identifier = compose.message_id(
            self.settings.mail_domain, address, "test", self.now.isoformat()
        )
        return self._delivery(page, person, identifier, "info", reason=Reason.TEST)

    def _delivery(
        self,
        page: Page,
        person: Recipient,
        identifier: str,
        severity: str,
        *,
        note: Note | None = None,
        reason: Reason | None = None,
        sheet: tuple[str, bytes] | None = None,
    ) -> Delivery:
        why = reason or (note.reason if note else Reason.TEST)
        return Delivery(
            message_id=identifier,
            address=person.address,
            subject=page.subject,
            alert_key=note.alert.key if note else None,
            episode=note.alert.episode if note else None,
            reason=why.value,
            mail=compose.mail(
                page,
                sender=self.settings.mail_from,
                address=person.address,
                identifier=identifier,
                moment=self.now,
                language=person.language,
                severity=severity,
                sheet=sheet,
            ),
            state="pending",
            attempts=0,
            created_at=self.now,
            next_try_at=self.now,
        )


def _write(desk: Desk, book: Book, note: Note, people: Iterable[Recipient]) -> int:
    """Queue a mail for each person who reads at once; the others find it in their digest."""
    count = 0
    for person in route.readers(note, people):
        if person.delivery == "digest":
            alert = note.alert
            book.wait(
                Waiting(
                    person.address,
                    alert.key,
                    alert.episode,
                    note.reason.value,
                    note.number,
                    desk.now,
                )
            )
        else:
            book.queue(desk.about(note, person))
            count += 1
    return count


def _digests(desk: Desk, book: Book, people: Sequence[Recipient]) -> int:
    """One mail a day, at the hour of the settings or later, with what came up before that hour."""
    zone = desk.settings.zone
    hour = datetime.combine(desk.today, time(desk.settings.digest_hour), zone)
    if desk.now < hour:
        return 0
    episodes = {(alert.key, alert.episode): alert for alert in book.alerts()}
    waiting: dict[str, list[Note]] = {}
    for entry in book.waiting():
        alert = episodes.get((entry.alert_key, entry.episode))
        if alert is not None and entry.noted_at < hour:
            note = Note(Reason(entry.reason), alert, entry.number)
            waiting.setdefault(entry.address, []).append(note)
    by_address = {person.address: person for person in people if person.delivery == "digest"}
    count = 0
    for address, notes in waiting.items():
        person = by_address.get(address)
        last = book.last_digest(address)
        if person is None or (last and last.astimezone(zone).date() >= desk.today):
            continue
        mail = desk.digest(notes, person)
        book.queue(mail)
        book.digested(address, mail.message_id, hour)
        count += 1
    return count
