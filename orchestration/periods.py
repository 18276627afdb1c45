"""Periods and their closing: ``hoso period list · close`` (chốt số liệu).

Closing a period freezes what was sent as our own statement: each figure as the newest publication
has it becomes a row of the source ``closed_periods``, taken in like any other list, so that
archive and replay hold it. What is known later changes figures, never what was closed.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest.own_list import take_own_list
from orchestration.reporting import published
from orchestration.reporting.as_published import as_published
from orchestration.reporting.question import Question
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

ORIGIN: Final = "closed_period"
_COLUMNS: Final = (
    *("statement", "unit", "closed_at", "document", "origin", "figure", "rule_set", "period"),
    *("first_day", "last_day", "value", "publication"),
)
_CLOSED: Final = """
select data->>'$.period_code' as period_code, data->>'$.rule_set' as rule_set, unit_name as unit,
    max(occurred_at) as closed_at
from ({events}) where type = 'statement.made' and data->>'$.origin' = 'closed_period'
group by all
"""


@dataclass(frozen=True)
class Closing:
    """What a closing stored."""

    period: str
    rule_set: str
    units: tuple[str, ...]
    figures: int
    batch_id: str
    already: tuple[str, ...]

    def as_row(self) -> dict[str, Any]:
        """The fields of ``hoso period close``."""
        return {**vars(self), "units": list(self.units), "already": list(self.already)}


def periods(settings: Settings, kind: str | None = None) -> list[dict[str, Any]]:
    """Periods that have begun, newest first: ``{code, kind, scheme, title, first_day, last_day,
    state, first_published, closed_at, closed_units}``.

    ``state``: ``open`` until its last day is over, then ``finished``, ``closed`` when any unit's
    figures were. ``first_published``: the first publication after its end (UTC).
    """
    closed: dict[str, list[tuple[str, datetime]]] = {}
    for (code, _, unit), moment in _closings(settings).items():
        closed.setdefault(code, []).append((unit, moment))
    with published.connect(settings) as con:
        _need_figures(con)
        moments = [
            row["published_at"]
            for row in published.rows(con, "select published_at from publication order by 1")
        ]
        found = published.rows(
            con,
            """
            select period_code as code, kind, scheme, title, first_day, last_day
            from dim_period
            where
                period_code in (select period_code from fct_published_figure)
                and ($kind is null or kind = $kind)
            order by last_day desc, first_day desc, period_code
            """,
            {"kind": kind},
        )
    return [{**row, **_state(settings, row, moments, closed.get(row["code"], []))} for row in found]


def _state(
    settings: Settings,
    row: dict[str, Any],
    moments: list[datetime],
    closed: list[tuple[str, datetime]],
) -> dict[str, Any]:
    finished = _today(settings) > row["last_day"]
    after = (
        moment
        for moment in moments
        if moment.replace(tzinfo=UTC).astimezone(settings.zone).date() > row["last_day"]
    )
    first = next(after, None)
    return {
        "state": "closed" if closed else "finished" if finished else "open",
        "first_published": f"{first.isoformat()}+00:00" if first else None,
        "closed_at": max(moment for _, moment in closed).isoformat() if closed else None,
        "closed_units": len({unit for unit, _ in closed}),
    }


def close(
    settings: Settings, code: str, units: tuple[str, ...], rule_set: str, *, force: bool = False
) -> Closing:
    """Freeze the published figures of a period; without ``units`` those of all, parents included.

    Units that are closed already stay as they were sent. ``force``: also units whose data does not
    reach the last day. Raises ``HosoError`` for an unknown period, one that is not over, one that
    is closed already, and for data that is missing.
    """
    with published.connect(settings) as con:
        _need_figures(con)
        first, last = _days(con, code)
        if _today(settings) <= last:
            raise HosoError(f"{code} is not over: its last day is {last}.")
        question = Question(first, last, units=units, rule_set=rule_set)
        if not units:
            question = replace(question, rollup=True)
        entries = as_published(con, question, settings.clock())
    known = _closings(settings)
    already = tuple(e["unit"] for e in entries if (code, rule_set, e["unit"]) in known)
    open_ones = [entry for entry in entries if entry["unit"] not in already]
    if not open_ones:
        raise HosoError(
            f"{code} is closed already ({rule_set}): what was sent stays. What changed since:"
            f" hoso diff --from {first} --to {last} --as-published MOMENT."
        )
    behind = [entry["unit"] for entry in open_ones if not entry["complete"]]
    if behind and not force:
        raise HosoError(
            f"The data of {len(behind)} units does not reach {last}: {', '.join(behind[:10])}"
            f"{' …' if len(behind) > 10 else ''}. `hoso coverage` says what is due; --force closes"
            " with what there is."
        )
    rows = [row for entry in open_ones for row in _rows(settings, code, rule_set, entry)]
    batch = _store(settings, code, rows)
    stored = tuple(entry["unit"] for entry in open_ones)
    return Closing(code, rule_set, stored, len(rows), batch, already)


def _days(con: "duckdb.DuckDBPyConnection", code: str) -> tuple[date, date]:
    found = con.execute(
        "select first_day, last_day from dim_period where period_code = ?", [code]
    ).fetchall()
    if not found:
        near = con.execute(
            "select period_code from dim_period order by levenshtein(period_code, ?), period_code"
            " limit 3",
            [code],
        ).fetchall()
        names = ", ".join(name for (name,) in near)
        raise HosoError(f"There is no period {code!r}. Did you mean {names}?", 2)
    return found[0]


def _need_figures(con: "duckdb.DuckDBPyConnection") -> None:
    found = con.execute(
        "select 1 from duckdb_tables() where table_name = 'fct_published_figure'"
    ).fetchall()
    if not found:
        raise HosoError("No publication has kept its figures yet; the next `hoso run` does.", 4)


def _rows(
    settings: Settings, code: str, rule_set: str, entry: dict[str, Any]
) -> list[tuple[str, ...]]:
    """The figures and rates of one unit that are known; what no list carries is not stated."""
    now = settings.clock().astimezone(settings.zone)
    document = f"period/{code}/{entry['unit']}"
    return [
        (
            *(f"{document}/{rule_set}/{figure}", entry["unit"], f"{now:%Y-%m-%d %H:%M:%S}"),
            *(document, ORIGIN, figure, rule_set, code, entry["from"], entry["to"]),
            *(str(value), str(entry["publication"])),
        )
        for figure, value in {**entry["figures"], **entry["rates"]}.items()
        if value is not None
    ]


def _store(settings: Settings, code: str, rows: list[tuple[str, ...]]) -> str:
    """Write the list into the inbox and take it in; returns its batch."""
    taken = take_own_list(settings, f"closed_period_{code}", _COLUMNS, rows)
    if taken.status != "stored" or taken.quarantined:
        raise HosoError(
            f"The closing was not stored: {taken.message or 'rows were set aside'};"
            " see: hoso quarantine list"
        )
    return str(taken.batch_id)


def _closings(settings: Settings) -> dict[tuple[str, str, str], datetime]:
    """(period, rule set, unit) → when it was closed, office time."""
    import duckdb

    sql = _CLOSED.replace("{events}", EventStore(settings).relation_sql())
    with duckdb.connect() as con:
        found = con.execute(sql).fetchall()
    return {(code, rules, unit): moment for code, rules, unit, moment in found}


def _today(settings: Settings) -> date:
    return settings.clock().astimezone(settings.zone).date()
