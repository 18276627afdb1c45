"""``hoso figures`` and ``explain --as-published``: what was published then, by the rules of then.

Kept are the figures of every period of ``dim_period`` that had begun, per unit (``kept_figures``).
Nothing is computed here: rates, too, are those of then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from orchestration.errors import HosoError
from orchestration.reporting import definitions
from orchestration.reporting.explain import explain
from orchestration.reporting.figures import Entry, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import TOTAL, Question, members

if TYPE_CHECKING:
    import duckdb

_NEAREST: Final = 4


@dataclass(frozen=True)
class Publication:
    """A row of ``publication``; the moment is UTC without a zone."""

    id: int
    published_at: datetime
    known_until: date | None
    rules_hash: str


def publication_at(con: "duckdb.DuckDBPyConnection", moment: datetime) -> Publication:
    """The newest publication of that moment whose figures are kept; raises where there is none."""
    known_by = moment.astimezone(UTC).replace(tzinfo=None)
    kept = rows(
        con,
        "select id, published_at, known_until, rules_hash from publication where has_figures"
        " order by published_at, id",
    )
    if not kept:
        raise HosoError("No publication has kept its figures yet; the next `hoso run` does.", 4)
    then = [row for row in kept if row["published_at"] <= known_by]
    if not then:
        first = kept[0]
        raise HosoError(
            f"Nothing was published by {moment:%Y-%m-%d %H:%M} UTC of which the figures are kept:"
            f" the first is publication {first['id']},"
            f" {first['published_at']:%Y-%m-%d %H:%M} UTC.",
            4,
        )
    return Publication(**then[-1])


def as_published(
    con: "duckdb.DuckDBPyConnection", question: Question, moment: datetime
) -> list[Entry]:
    """Entries as ``figures`` has them, with ``published_at`` and ``publication``.

    ``known_until`` is at most the last day of the period. Which units stand below which is asked of
    today's units; their figures are those of then. Raises ``HosoError`` (usage) for days that are
    no period of ``dim_period``, and for questions of which no figures were kept.
    """
    _refuse_what_was_not_kept(question)
    publication = publication_at(con, moment)
    codes = _columns(con)
    wanted = _wanted(con, question)
    found = rows(
        con,
        """
        select *
        from fct_published_figure
        where
            publication <= $id
            and first_day = $first
            and last_day = $last
            and rule_set = $rule_set
            and ($units is null or list_contains($units, unit_code))
        qualify row_number() over (
            partition by unit_code, includes_below, period_code order by publication desc
        ) = 1
        """,
        {
            "id": publication.id,
            "first": question.first,
            "last": question.last,
            "rule_set": question.rule_set,
            "units": wanted,
        },
    )
    kept = [row for row in found if not row["is_gone"]]
    if not kept:
        _refuse_other_days(con, question, publication)
    with_below = question.rollup or bool(question.units)
    entries = {
        row["unit_code"]: _entry(question, codes, row, publication)
        # a parent's row with all below it comes last, and wins
        for row in sorted(kept, key=lambda row: row["includes_below"])
        if with_below or not row["includes_below"]
    }
    nothing = dict.fromkeys([*codes, "known_until"])
    for unit in question.units:
        if unit not in entries:
            entries[unit] = _entry(question, codes, {**nothing, "unit_code": unit}, publication)
    return sorted(entries.values(), key=lambda entry: (entry["unit"] == TOTAL, entry["unit"]))


def explained(
    con: "duckdb.DuckDBPyConnection",
    code: str,
    question: Question,
    moment: datetime,
    limit: int | None = None,
) -> dict[str, Any]:
    """``explain`` as known when a figure was published, with ``publication`` and ``published``.

    ``published`` is the figure as it was published, ``total`` what today's rules make of what was
    known then: they differ where rules, or a backfill, changed the past since.
    """
    unit = question.units[0] if question.units else TOTAL
    publication = publication_at(con, moment)
    entries = as_published(con, replace(question, units=(unit,)), moment)
    known = replace(question, as_of=publication.published_at.replace(tzinfo=UTC))
    told = explain(con, code, known, limit)
    published = next((e["figures"].get(code) for e in entries if e["unit"] == unit), None)
    return {**told, "publication": publication.id, "published": published}


def _columns(con: "duckdb.DuckDBPyConnection") -> dict[str, bool]:
    """Figures that were ever published, in the order of now; whether each is a rate."""
    described = con.execute("describe fct_published_figure").fetchall()
    kinds = {name: kind == "DOUBLE" for name, kind, *_ in described}
    keys = ("publication", "is_gone", "unit_code", "includes_below", "period_code")
    for key in (*keys, "first_day", "last_day", "rule_set", "known_until"):
        kinds.pop(key)
    order = [code for code in definitions.load(con) if code in kinds]
    return {code: kinds[code] for code in [*order, *(kinds.keys() - set(order))]}


def _wanted(con: "duckdb.DuckDBPyConnection", question: Question) -> list[str] | None:
    if not question.units:
        return None
    return sorted({*members(question, units(con)).entry, *question.units})


def _refuse_what_was_not_kept(question: Question) -> None:
    for asked, option in (
        (question.split, f"--by {question.by}"),
        (question.as_of, "--as-of"),
        (question.units_as_of, "--units-as-of"),
    ):
        if asked is not None:
            raise HosoError(
                f"{option} and --as-published do not go together: kept is what was published,"
                " per unit and period. --as-of answers any question as known then, under the rules"
                " of today.",
                2,
            )


def _refuse_other_days(
    con: "duckdb.DuckDBPyConnection", question: Question, publication: Publication
) -> None:
    """Name the periods near the days asked for; nothing when they are a period, only empty."""
    near = rows(
        con,
        """
        select distinct period_code, first_day, last_day,
            abs(first_day - $first) + abs(last_day - $last) as distance
        from fct_published_figure
        where publication <= $id
        order by distance, period_code
        """,
        {"id": publication.id, "first": question.first, "last": question.last},
    )
    if near and near[0]["distance"] == 0:
        return
    _refuse_a_period_without_figures(con, question, publication)
    names = "; ".join(
        f"{row['period_code']} ({row['first_day']} to {row['last_day']})" for row in near[:_NEAREST]
    )
    raise HosoError(
        f"{question.first} to {question.last} is no period of publication {publication.id}."
        f" Nearest: {names or 'none'}. Other days: --as-of.",
        2,
    )


def _refuse_a_period_without_figures(
    con: "duckdb.DuckDBPyConnection", question: Question, publication: Publication
) -> None:
    """Say why nothing was published of days that are a period."""
    ((period,),) = con.execute(
        "select max(period_code) from dim_period where first_day = ? and last_day = ?",
        [question.first, question.last],
    ).fetchall()
    if period is None:
        return
    until = publication.known_until
    why = "nothing was counted in it"
    if until is not None and until < question.first:
        why = f"its data reach to {until}"
    raise HosoError(
        f"Publication {publication.id} has no figures of {period} ({question.first} to"
        f" {question.last}): {why}.",
        2,
    )


def _entry(
    question: Question, codes: Mapping[str, bool], row: Mapping[str, Any], of: Publication
) -> Entry:
    until: date | None = row["known_until"]
    return {
        "unit": row["unit_code"],
        "from": question.first.isoformat(),
        "to": question.last.isoformat(),
        "rule_set": question.rule_set,
        "as_of": None,
        "published_at": of.published_at.replace(tzinfo=UTC).isoformat(),
        "publication": of.id,
        "balance_day": (min(question.last, until) if until else question.last).isoformat(),
        "known_until": until.isoformat() if until else None,
        "complete": until is not None and until >= question.last,
        "figures": {code: row[code] for code, is_rate in codes.items() if not is_rate},
        "rates": {code: row[code] for code, is_rate in codes.items() if is_rate},
    }
