"""Where alerts and mails are kept: ``<home>/alerts.sqlite``, outside every rebuild.

What belongs here: reading and writing rows, all of one pass in one transaction. What does not: any
decision (``states``, ``route``) and the sending (``outbox``). Tables: ``alert``, grain problem ×
episode; ``delivery``, grain mail × recipient; ``waiting``, grain digest entry × recipient.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from orchestration.alerting.model import Alert, Problem, State
from orchestration.errors import HosoError
from orchestration.settings import Settings

_TABLES: Final = """
create table if not exists alert (
    key text not null, episode integer not null, state text not null, kind text not null,
    unit text not null, subject text not null, problem text not null, opened_at text not null,
    last_told_at text, resolved_at text, acknowledged_by text, reminders integer not null,
    growths integer not null, told text not null,
    primary key (key, episode)
);
create table if not exists delivery (
    message_id text primary key, address text not null, subject text not null,
    alert_key text, episode integer, reason text not null, mail blob not null,
    state text not null, attempts integer not null, created_at text not null,
    next_try_at text not null, sent_at text, error text
);
create table if not exists waiting (
    address text not null, alert_key text not null, episode integer not null, reason text not null,
    number integer not null, noted_at text not null, message_id text,
    primary key (address, alert_key, episode, reason, number)
);
"""

DeliveryState = Literal["pending", "sending", "sent", "refused"]


@dataclass(frozen=True)
class Delivery:
    """One mail to one address; ``sending`` is what a kill between sending and noting it leaves."""

    message_id: str
    address: str
    subject: str
    alert_key: str | None
    episode: int | None
    reason: str
    mail: bytes
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_try_at: datetime
    sent_at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True)
class Waiting:
    """What a digest will tell one address of."""

    address: str
    alert_key: str
    episode: int
    reason: str
    number: int
    noted_at: datetime


class Book:
    """All alerts and mails of a home."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """A connection in autocommit mode, with the tables made."""
        self._con = connection

    def newest(self) -> dict[str, Alert]:
        """The last episode of each alert, by key."""
        sql = (
            "select * from alert as one"
            " where episode = (select max(episode) from alert where key = one.key)"
        )
        return {alert.key: alert for alert in self._alerts(sql)}

    def alerts(self) -> list[Alert]:
        """All episodes, the newest first."""
        return list(self._alerts("select * from alert order by opened_at desc, kind, unit, key"))

    def find(self, text: str) -> Alert:
        """The alert whose id begins so; raises ``HosoError`` when it is none, or several."""
        found = [alert for alert in self.alerts() if alert.id.startswith(text)]
        if len(found) != 1:
            many = "No alert" if not found else f"{len(found)} alerts"
            raise HosoError(f"{many} with an id that begins with {text!r}; see: hoso alerts list")
        return found[0]

    def save(self, alerts: Iterable[Alert]) -> None:
        """Insert or replace episodes."""
        self._con.executemany(
            "insert or replace into alert values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    each.key,
                    each.episode,
                    each.state.value,
                    each.problem.kind,
                    each.problem.unit,
                    each.problem.subject,
                    _dump(each.problem),
                    _text(each.opened_at),
                    _text(each.last_told_at),
                    _text(each.resolved_at),
                    each.acknowledged_by,
                    each.reminders,
                    each.growths,
                    json.dumps(sorted(each.told)),
                )
                for each in alerts
            ],
        )

    def queue(self, delivery: Delivery) -> None:
        """Put a mail into the outbox; one with the same Message-ID is there already."""
        self._con.execute(
            "insert or ignore into delivery values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tuple(
                _text(value) if isinstance(value, datetime) else value
                for value in asdict(delivery).values()
            ),
        )

    def due(self, now: datetime) -> list[Delivery]:
        """Mails to be sent, in the order in which they were written."""
        return self._deliveries(
            "where state in ('pending', 'sending') and next_try_at <= ?"
            " order by created_at, message_id",
            [_text(now)],
        )

    def deliveries(self, alert: Alert | None = None) -> list[Delivery]:
        """Mails, the oldest first; of one alert or all."""
        if alert is None:
            return self._deliveries("order by created_at, message_id", [])
        return self._deliveries(
            "where alert_key = ? and episode = ? order by created_at, message_id",
            [alert.key, alert.episode],
        )

    def mark(
        self,
        message_id: str,
        state: DeliveryState,
        *,
        attempts: int,
        next_try_at: datetime,
        sent_at: datetime | None = None,
        error: str | None = None,
    ) -> None:
        """Note how far a mail has come."""
        self._con.execute(
            "update delivery set state = ?, attempts = ?, next_try_at = ?, sent_at = ?, error = ?"
            " where message_id = ?",
            [state, attempts, _text(next_try_at), _text(sent_at), error, message_id],
        )

    def wait(self, entry: Waiting) -> None:
        """Keep something for the next digest of an address."""
        self._con.execute(
            "insert or ignore into waiting values (?, ?, ?, ?, ?, ?, null)",
            [
                entry.address,
                entry.alert_key,
                entry.episode,
                entry.reason,
                entry.number,
                _text(entry.noted_at),
            ],
        )

    def waiting(self) -> list[Waiting]:
        """What no digest has told yet, the oldest first."""
        rows = self._con.execute(
            "select address, alert_key, episode, reason, number, noted_at from waiting"
            " where message_id is null order by address, noted_at, alert_key, reason, number"
        )
        return [
            Waiting(address, key, episode, reason, number, _moment(noted))
            for address, key, episode, reason, number, noted in rows.fetchall()
        ]

    def digested(self, address: str, message_id: str, before: datetime) -> None:
        """What waited for this address, and was noted before, stands in this digest."""
        self._con.execute(
            "update waiting set message_id = ?"
            " where address = ? and message_id is null and noted_at < ?",
            [message_id, address, _text(before)],
        )

    def told_in(self, message_id: str) -> set[tuple[str | None, int | None]]:
        """Key and episode of the alerts that a digest told of."""
        rows = self._con.execute(
            "select alert_key, episode from waiting where message_id = ?", [message_id]
        )
        return {(key, episode) for key, episode in rows.fetchall()}

    def last_digest(self, address: str) -> datetime | None:
        """When the last digest for this address was written."""
        (found,) = self._con.execute(
            "select max(created_at) from delivery where address = ? and reason = 'digest'",
            [address],
        ).fetchone()
        return _moment(found) if found else None

    def forget(self, before: datetime) -> int:
        """Drop resolved alerts, and sent mails, that are older; returns how many rows."""
        count = 0
        for sql in (
            "delete from delivery where state in ('sent', 'refused') and created_at < ?",
            "delete from alert where state = 'resolved' and coalesce(resolved_at, opened_at) < ?"
            " and episode < (select max(episode) from alert as other where other.key = alert.key)",
        ):
            count += self._con.execute(sql, [_text(before)]).rowcount
        return count

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time."""
        self._con.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._con.execute("rollback")
            raise
        self._con.execute("commit")

    def _alerts(self, sql: str) -> Iterator[Alert]:
        cursor = self._con.execute(sql)
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            yield Alert(
                key=row["key"],
                episode=row["episode"],
                state=State(row["state"]),
                problem=_load(row["problem"]),
                opened_at=_moment(row["opened_at"]),
                last_told_at=_moment(row["last_told_at"]) if row["last_told_at"] else None,
                resolved_at=_moment(row["resolved_at"]) if row["resolved_at"] else None,
                acknowledged_by=row["acknowledged_by"],
                reminders=row["reminders"],
                growths=row["growths"],
                told=frozenset(json.loads(row["told"])),
            )

    def _deliveries(self, clause: str, values: list[Any]) -> list[Delivery]:
        rows = self._con.execute(f"select * from delivery {clause}", values).fetchall()
        return [_delivery(row) for row in rows]


def _delivery(row: Sequence[Any]) -> Delivery:
    """A row of the table, whose columns are the fields in their order."""
    given = dict(zip((each.name for each in fields(Delivery)), row, strict=True))
    for name in ("created_at", "next_try_at", "sent_at"):
        given[name] = _moment(given[name]) if given[name] else None
    return Delivery(**given)


@contextmanager
def opened(settings: Settings) -> Iterator[Book]:
    """The book of a home, made when missing; its mails may name dossiers, so for the owner only.

    Without a home it is empty and nothing is made.
    """
    path = settings.home.absolute() / "alerts.sqlite"
    has_home = path.parent.is_dir()
    if has_home and not path.exists():
        path.touch(mode=0o600)
    place = path if has_home else ":memory:"
    with closing(sqlite3.connect(place, timeout=30, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.executescript(_TABLES)
        yield Book(connection)


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _dump(problem: Problem) -> str:
    return json.dumps(asdict(problem), ensure_ascii=False, default=_tagged)


def _tagged(value: object) -> object:
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    return str(value)


def _untagged(value: dict[str, Any]) -> Any:
    if value.keys() == {"$moment"}:
        return datetime.fromisoformat(value["$moment"])
    if value.keys() == {"$day"}:
        return date.fromisoformat(value["$day"])
    return value


def _load(text: str) -> Problem:
    found: Mapping[str, Any] = json.loads(text, object_hook=_untagged)
    return Problem(
        **{
            **found,
            "items": tuple(found["items"]),
            "rows": tuple(found["rows"]),
            "figures": tuple((label, value) for label, value in found["figures"]),
        }
    )
