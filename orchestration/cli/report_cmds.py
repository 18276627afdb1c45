"""Commands that read the published file."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from orchestration.cli.output import Format, FormatOption, emit, say
from orchestration.errors import HosoError
from orchestration.reporting.question import Question, RuleSet, Split, instant
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

    from orchestration.reporting.definitions import Figure

ROWS_ON_SCREEN = 50
_FEW: Final = 5
"""So many units a table names in one cell."""

From = Annotated[
    datetime | None,
    typer.Option(
        "--from",
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="First day; default: the first with data.",
    ),
]
To = Annotated[
    datetime | None,
    typer.Option(
        "--to",
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="Last day, included; default: the last known.",
    ),
]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", help="Unit with all below it; more than once for several."),
]
OneUnit = Annotated[
    str | None, typer.Option("--unit", help="Unit with all below it; default: all.")
]
Rules = Annotated[
    RuleSet, typer.Option("--rule-set", help="Which reading of early, on time, late.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="As known then: 2026-01-31 (its end) or 2026-01-31T09:00."),
]
AsPublished = Annotated[
    str | None,
    typer.Option(
        "--as-published",
        help="As published then, under the rules of then; only for periods (`hoso period list`).",
    ),
]
UnitsAsOf = Annotated[
    datetime | None,
    typer.Option(
        "--units-as-of",
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="Units as they were then; default: last day.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (figures, explain, diff, query, coverage):
        app.command()(command)


def figures(
    *,
    first: From = None,
    last: To = None,
    unit: Units = None,
    by: Annotated[Split | None, typer.Option("--by", help="Split each unit's figures.")] = None,
    rule_set: Rules = RuleSet.BY_DATE,
    as_of: AsOf = None,
    as_published: AsPublished = None,
    units_as_of: UnitsAsOf = None,
    rollup: Annotated[
        bool, typer.Option("--rollup", help="Also the parents and the total (unit *).")
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Figures of any period, per unit. A figure that no list carries is empty, never 0.

    Example: hoso figures --from 2026-01-01 --to 2026-01-31 --rollup --format csv
    """
    from orchestration.reporting import as_published as kept
    from orchestration.reporting import definitions
    from orchestration.reporting import figures as reporting

    settings = Settings()
    with _published(settings) as con:
        moment = instant(as_of, settings.zone) if as_of else None
        question = Question(
            *_period(con, first, last, moment),
            units=tuple(unit or ()),
            by=by.value if by else None,
            rule_set=rule_set.value,
            as_of=moment,
            units_as_of=_day(units_as_of),
            rollup=rollup,
        )
        if as_published is None:
            entries = reporting.figures(con, question)
        else:
            entries = kept.as_published(con, question, instant(as_published, settings.zone))
        known = definitions.load(con)
    if fmt is Format.TABLE:
        _print_figures(entries, known, question)
    else:
        emit(entries, fmt, rows=[_flat(entry) for entry in entries])


def explain(
    figure: Annotated[str, typer.Argument(help="Code of a figure, as `hoso figures` has it.")],
    *,
    first: From = None,
    last: To = None,
    unit: OneUnit = None,
    rule_set: Rules = RuleSet.BY_DATE,
    as_of: AsOf = None,
    as_published: AsPublished = None,
    units_as_of: UnitsAsOf = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, help=f"Rows at most; default: {ROWS_ON_SCREEN} in a table."),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show the movements behind a figure, down to file and line; with --as-published as known then.

    Example: hoso explain resolved_late --from 2026-01-01 --to 2026-01-31 --unit H56.18
    """
    from orchestration.reporting import as_published as kept
    from orchestration.reporting.explain import explain as reporting

    settings = Settings()
    most = ROWS_ON_SCREEN if limit is None and fmt is Format.TABLE else limit
    with _published(settings) as con:
        moment = instant(as_of, settings.zone) if as_of else None
        question = Question(
            *_period(con, first, last, moment),
            units=(unit,) if unit else (),
            rule_set=rule_set.value,
            as_of=moment,
            units_as_of=_day(units_as_of),
        )
        if as_published is None:
            answer = reporting(con, figure, question, most)
        else:
            then = instant(as_published, settings.zone)
            answer = kept.explained(con, figure, question, then, most)
    total = "not carried by any list" if answer["total"] is None else answer["total"]
    title = f"{figure} = {total}  unit {answer['unit']}, {answer['from']} to {answer['to']}"
    if "publication" in answer:
        title += f", as known for publication {answer['publication']}"
    emit(answer, fmt, title, rows=answer["rows"])
    if answer.get("published", answer["total"]) != answer["total"]:
        say(
            f"Published was {answer['published']}: the rules, or old lists that came later, have"
            " changed since what was known then. `hoso diff --as-published` shows what."
        )
    if most is not None and len(answer["rows"]) == most and limit is None:
        say(f"At most {most} rows are shown; --limit, --format json or csv show more.")


def diff(
    as_of: Annotated[
        list[str] | None,
        typer.Option("--as-of", help="The earlier moment; a second time: the later one."),
    ] = None,
    as_published: Annotated[
        list[str] | None,
        typer.Option("--as-published", help="Compare what was published then, instead."),
    ] = None,
    *,
    first: From = None,
    last: To = None,
    unit: Units = None,
    rule_set: Rules = RuleSet.BY_DATE,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show which figures changed between two moments of knowledge, and which dossiers did it.

    Example: hoso diff --from 2026-01-01 --to 2026-01-31 --as-of 2026-02-02 --as-of 2026-02-16
    """
    from orchestration.reporting import diff as reporting

    settings = Settings()
    if as_of and as_published:
        raise HosoError(
            "--as-of and --as-published do not go together: --as-of compares what was known at two"
            " moments, under the rules of today; --as-published what was published at two moments,"
            " under the rules of then. Ask twice.",
            2,
        )
    if not as_of and not as_published:
        raise HosoError("Say since when: --as-of MOMENT, or --as-published MOMENT.", 2)
    given = [instant(text, settings.zone) for text in as_of or as_published or ()]
    if len(given) > 2:
        raise HosoError("--as-of, --as-published can be given once or twice.", 2)
    before, after = [*given, settings.clock()][:2]
    if before > after:
        raise HosoError("The first moment must not be later than the second.", 2)
    compare = reporting.diff if as_of else reporting.diff_publications
    with _published(settings) as con:
        question = Question(
            *_period(con, first, last, after), units=tuple(unit or ()), rule_set=rule_set.value
        )
        changes = compare(con, question, before, after)
    flat = [
        {**{name: change[name] for name in ("figure", "unit", "before", "after")}, **row}
        for change in changes
        for row in change["rows"] or [{}]
    ]
    emit(changes, fmt, f"{len(changes)} figures changed", rows=flat)


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT on the published tables.")],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Ask the published file in SQL; read-only, and no other file can be reached.

    Example: hoso query "select account, count(*) as n from fct_dossier group by account"
    """
    from orchestration.reporting.query import query as reporting

    with _published(Settings()) as con:
        rows = reporting(con, sql)
    emit(rows, fmt)


def coverage(
    periods: Annotated[
        bool,
        typer.Option(
            "--periods", help="Instead: when each period was first published, which units missed."
        ),
    ] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show per unit its sources, its last list, how far its data reaches, what is due.

    Example: hoso coverage --format csv
    """
    from orchestration.reporting.coverage import coverage as reporting
    from orchestration.reporting.coverage import service_levels

    settings = Settings()
    today = settings.clock().astimezone(settings.zone).date()
    with _published(settings) as con:
        rows = service_levels(con) if periods else reporting(con, today)
    if periods and fmt is Format.TABLE:
        rows = [{**row, "missing": _first_few(row["missing"])} for row in rows]
    emit(rows, fmt)


def _first_few(codes: str | None) -> str | None:
    """A table for people names the first units; csv and json name all."""
    listed = (codes or "").split(", ")
    if len(listed) <= _FEW:
        return codes
    return f"{', '.join(listed[:_FEW])} and {len(listed) - _FEW} more"


def _published(settings: Settings) -> "duckdb.DuckDBPyConnection":
    from orchestration.reporting.published import connect

    return connect(settings)


def _period(
    con: "duckdb.DuckDBPyConnection",
    first: datetime | None,
    last: datetime | None,
    as_of: datetime | None,
) -> tuple[date, date]:
    """The period asked for; what is not said reaches as far as the data."""
    from orchestration.reporting.figures import default_range, refuse_before_all_knowledge

    if as_of is not None:
        refuse_before_all_knowledge(con, as_of)
    if first is not None and last is not None:
        return first.date(), last.date()
    start, end = default_range(con, as_of)
    begin, finish = _day(first) or start, _day(last) or end
    if begin > finish and first is None:
        raise HosoError(f"The first day with data is {start}: say --from for a day before it.", 2)
    if begin > finish and last is None:
        raise HosoError(f"The data reach to {end}: say --to for a day after it.", 2)
    return begin, finish


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _flat(entry: dict[str, Any]) -> dict[str, Any]:
    """One line per entry: every figure and rate a column."""
    plain = {name: value for name, value in entry.items() if name not in {"figures", "rates"}}
    return {**plain, **entry["figures"], **entry["rates"]}


def _print_figures(
    entries: list[dict[str, Any]], known: "dict[str, Figure]", question: Question
) -> None:
    """A few entries stand side by side with all figures; many, one line each with the main ones."""
    title = f"{question.first} to {question.last} (both included), rule set {question.rule_set}"
    if question.as_of:
        title += f", as known at {question.as_of:%Y-%m-%d %H:%M} UTC"
    for entry in entries[:1]:
        if "publication" in entry:
            title += f", publication {entry['publication']} of {entry['published_at']}"
    days = sorted({entry["balance_day"] for entry in entries})
    if days:
        title += f"; balances at the end of {' to '.join(dict.fromkeys((days[0], days[-1])))}"
    if 0 < len(entries) <= 4:
        emit([], Format.TABLE, title, rows=_side_by_side(entries, known, question))
    else:
        emit([], Format.TABLE, title, rows=[_main(entry, question) for entry in entries])
        if entries:
            say("All figures: --format json or csv, or --unit for one unit.")
    late = sorted({entry["unit"] for entry in entries if not entry["complete"]})
    if late:
        say(f"Data of {len(late)} of these do not reach the last day: see `hoso coverage`.")


_MAIN = (
    *("received_new", "carried_over", "received_total", "resolved_total", "returned"),
    *("withdrawn", "open_total", "open_overdue"),
)


def _main(entry: dict[str, Any], question: Question) -> dict[str, Any]:
    split = {question.split: entry[question.split]} if question.split else {}
    return {
        "unit": entry["unit"],
        **split,
        **{code: entry["figures"][code] for code in _MAIN},
        "on_time_rate": entry["rates"]["on_time_rate"],
    }


def _side_by_side(
    entries: list[dict[str, Any]], known: "dict[str, Figure]", question: Question
) -> list[dict[str, Any]]:
    """Figures down, entries across; what none of them carries is left out."""
    names = [
        " ".join(
            str(part) for part in (e["unit"], e[question.split] if question.split else None) if part
        )
        for e in entries
    ]
    values = [{**entry["figures"], **entry["rates"]} for entry in entries]
    return [
        {
            "figure": code,
            "": known[code].label_vi,
            **{name: value[code] for name, value in zip(names, values, strict=True)},
        }
        for code in values[0]
        if any(value[code] is not None for value in values)
    ]
