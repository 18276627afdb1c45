"""When runs began and how they ended: ``<home>/runs.sqlite``, which outlives every rebuild.

Grain of table ``run``: one pass (``hoso run``, a Dagster job). Published as ``fct_run``.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from orchestration.settings import Settings

Outcome = Literal["published", "nothing_new", "blocked", "failed"]

_TABLE: Final = """
create table if not exists run (
    run_id text primary key, job text not null, started_at text not null, ended_at text,
    outcome text, version integer, message text
)"""


@dataclass(frozen=True)
class Run:
    """One pass; ``ended_at`` and ``outcome`` are null while it is at work, or was killed."""

    run_id: str
    job: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    version: int | None = None
    message: str | None = None


def begin(settings: Settings, run_id: str, job: str) -> None:
    """Note that a run has begun; a run begun again keeps its first start."""
    with _opened(settings) as con:
        con.execute(
            "insert or ignore into run (run_id, job, started_at) values (?, ?, ?)",
            [run_id, job, _text(settings.clock())],
        )


def end(
    settings: Settings,
    run_id: str,
    outcome: Outcome,
    version: int | None = None,
    message: str | None = None,
) -> None:
    """Note how a run ended."""
    with _opened(settings) as con:
        con.execute(
            "update run set ended_at = ?, outcome = ?, version = ?, message = ? where run_id = ?",
            [_text(settings.clock()), outcome, version, message, run_id],
        )


def runs(settings: Settings) -> list[Run]:
    """All runs, oldest first."""
    with _opened(settings) as con:
        rows = con.execute("select * from run order by started_at, run_id").fetchall()
    return [
        Run(run_id, job, _moment(started), _moment(ended) if ended else None, *rest)
        for run_id, job, started, ended, *rest in rows
    ]


def last_good(settings: Settings) -> Run | None:
    """The newest run that left readers with all there is to know."""
    good = [run for run in runs(settings) if run.outcome in {"published", "nothing_new"}]
    return max(good, key=lambda run: run.ended_at or run.started_at, default=None)


@contextmanager
def _opened(settings: Settings) -> Iterator[sqlite3.Connection]:
    path = settings.home.absolute() / "runs.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=30)) as con, con:
        con.execute(_TABLE)
        yield con


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
