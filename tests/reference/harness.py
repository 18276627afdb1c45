"""The reference beside the SQL models: load a world, run the models, compare what they posted.

con = duckdb.connect()
load_world(con, world)
run_models(con)                 # whoever owns the models says how
assert compare(con, world) == []
assert contract(con, world, periods) == []
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question

from .entries import RATES, broken, entries, rates
from .entries import Question as Asked
from .figures import CLOSING_TIMELINESS, IDENTITIES, check_allowed, check_dossiers, check_identities
from .ledger import (
    RULE_SETS,
    Dossier,
    Movement,
    Posting,
    Timeliness,
    World,
    by_dossier,
    due_dates,
    postings,
    read,
)
from .ledger import ledger_batches as batches_in_known_order
from .ledger import stored_sightings as rows_by_dossier
from .store import load_world, naive
from .worlds import minimise, prefix

RunModels = Callable[[duckdb.DuckDBPyConnection], None]

CODES = frozenset().union(*(left + right for left, right in IDENTITIES.values())) | {
    "open_awaiting_supplement",
    "open_awaiting_payment",
    "open_halted",
    *(f"{outcome}_{t}" for outcome in ("returned", "withdrawn") for t in CLOSING_TIMELINESS),
}
"""The figures that are compared: those that follow from postings."""

COLUMNS = (
    "system",
    "code",
    "effective_at",
    "movement",
    "quantity",
    "from_account",
    "to_account",
    "from_unit",
    "to_unit",
    *(f"tl_before_{r}" for r in RULE_SETS),
    *(f"tl_after_{r}" for r in RULE_SETS),
    "channel",
    "procedure_code",
    "field_name",
    "known_at",
)
"""What a posting is compared by."""

POSTED = """
with dossier as (
    select distinct dossier_key, system, code from main.fct_dossier_version
)
select
    dossier.system,
    dossier.code,
    posting.effective_at,
    posting.movement,
    posting.quantity::bigint as quantity,
    posting.from_account,
    posting.to_account,
    case when posting.from_account <> 'outside' then posting.from_unit end as from_unit,
    posting.to_unit,
    {timeliness},
    nullif(posting.channel, 'unknown') as channel,
    procedure.procedure_code,
    procedure.field_name,
    posting.known_at,
    posting.batch_id
from main.fct_dossier_posting as posting
left join dossier on posting.dossier_key = dossier.dossier_key
left join main.dim_procedure as procedure on posting.procedure_key = procedure.procedure_key
""".format(
    timeliness=",\n    ".join(
        f"posting.tl_{when}_{r}" for when in ("before", "after") for r in RULE_SETS
    )
)
"""The postings of the models in the columns of the comparison. A null channel is an unknown one; at
which unit a dossier is while it is outside says nothing; the field is the procedure's."""


def compare(
    con: duckdb.DuckDBPyConnection, world: World, posted: str = POSTED, show: int = 3
) -> list[str]:
    """The dossiers whose postings differ from the reference's, the first few of them told in full.

    Empty when both hold the same postings, each as often. ``posted`` is a query in ``COLUMNS``.
    """
    mine = [_row_of(p) for p in postings(world)]
    con.execute("create or replace temp table reference_posting as " + _empty())
    if mine:
        con.register("reference_rows", pa.Table.from_pylist(mine))
        con.execute(
            f"insert into reference_posting select {', '.join(COLUMNS)} from reference_rows"
        )
        con.unregister("reference_rows")
    con.execute(f"create or replace temp table model_posting as {posted}")
    columns = ", ".join(COLUMNS)
    differing: dict[tuple[str, str], list[str]] = {}
    for one, other in (("reference", "model"), ("model", "reference")):
        found = con.execute(
            f"""
            select {columns} from {one}_posting
            except all
            select {columns} from {other}_posting
            order by all
            """
        ).fetchall()
        for row in found:
            told = f"only in the {one}: {_words(dict(zip(COLUMNS, row, strict=True)))}"
            differing.setdefault((row[0], row[1]), []).append(told)
    told_in_full = [
        "\n".join([f"{system}/{code}", *_history(world, system, code), *lines])
        for (system, code), lines in sorted(differing.items(), key=lambda item: len(item[1]))[:show]
    ]
    more = len(differing) - len(told_in_full)
    return [*told_in_full, *([f"and {more} more dossiers"] if more > 0 else [])]


DUE_DATES = """
select
    dossier.system,
    dossier.code,
    due_date.due_no,
    due_date.from_at,
    due_date.due_at,
    case when due_date.due_at is not null then due_date.due_is_day end as due_is_day,
    due_date.is_computed,
    due_date.because
from main.fct_due_date as due_date
inner join (
    select distinct dossier_key, system, code from main.fct_dossier_version
) as dossier on due_date.dossier_key = dossier.dossier_key
"""


def compare_due_dates(con: duckdb.DuckDBPyConnection, world: World) -> list[str]:
    """The rows of ``fct_due_date`` that the reference does not have, and the other way round."""
    mine = Counter(
        (
            *dossier,
            number,
            told.begins,
            told.due and told.due.at,
            told.due and told.due.is_day,
            told.is_computed,
            told.because,
        )
        for dossier, all_told in due_dates(world).items()
        for number, told in enumerate(all_told, start=1)
    )
    theirs = Counter(con.execute(DUE_DATES).fetchall())
    return [
        f"only in the {name}: {' '.join(map(str, row))}"
        for name, rows in (("reference", mine - theirs), ("model", theirs - mine))
        for row in sorted(rows.elements(), key=str)
    ]


def contract(
    con: duckdb.DuckDBPyConnection, world: World, periods: Sequence[tuple[date, date]] = ()
) -> list[str]:
    """What the models' own postings do not keep: allowed movements, I8, I1–I7 over ``periods``."""
    posted = postings_of(con)
    units = sorted({p.of.to_unit for p in posted})
    return [
        *check_allowed(posted),
        *check_dossiers(posted, world),
        *(check_identities(posted, units, periods) if units else []),
    ]


def compare_figures(
    con: duckdb.DuckDBPyConnection, world: World, posted: Sequence[Posting], question: Asked
) -> list[str]:
    """What ``hoso figures`` answers to a question and the reference does not, in words.

    ``posted`` are the reference's postings. An entry that counts nothing may be left out.
    """
    asked = Question(
        question.first,
        question.last,
        question.asked,
        question.by,
        question.rule_set,
        question.known,
        question.units_as_of,
        question.rollup,
    )
    answers = {
        (e["unit"], e.get(question.by) if question.by else None): e for e in figures(con, asked)
    }
    mine = entries(world, posted, question)
    told = []
    for key in sorted({*answers, *mine}, key=str):
        answer, entry = answers.get(key), mine.get(key)
        if answer is None or entry is None:
            counts = answer["figures"] if answer else entry.figures if entry else {}
            if any(counts.values()):
                told.append(f"{key}: only in {'the answer' if answer else 'the reference'}")
            continue
        said = {
            **{name: answer["figures"][name] for name in entry.figures if name in CODES},
            **{name: answer["rates"][name] for name in RATES},
            **{name: answer[name] for name in ("balance_day", "known_until", "complete")},
        }
        should = {
            **{name: n for name, n in entry.figures.items() if name in CODES},
            **rates(entry.figures),
            "balance_day": entry.balance_day.isoformat(),
            "known_until": entry.known_until and entry.known_until.isoformat(),
            "complete": entry.complete,
        }
        told += [
            f"{key} {question}: {name} is {said[name]}, by the reference {should[name]}"
            for name in should
            if said[name] != should[name]
        ]
        told += [f"{key} {question}: breaks {code}" for code in broken(answer["figures"])]
    return told


def postings_of(con: duckdb.DuckDBPyConnection, posted: str = POSTED) -> list[Posting]:
    """The models' postings in the words of the reference, for its figures and checks."""
    names = (*COLUMNS, "batch_id")
    rows = con.execute(f"select {', '.join(names)} from ({posted})").fetchall()
    return [_posting_of(dict(zip(names, row, strict=True))) for row in rows]


def smallest(
    world: World,
    run_models: RunModels,
    connect: Callable[[], duckdb.DuckDBPyConnection] = duckdb.connect,
) -> World:
    """A world as small as possible on which models and reference still differ."""

    def differs(candidate: World) -> bool:
        with connect() as con:
            load_world(con, candidate)
            run_models(con)
            return bool(compare(con, candidate, show=0))

    return minimise(world, differs)


# --- rows and words -------------------------------------------------------------------------------


def _empty() -> str:
    types = {"quantity": "bigint", "effective_at": "timestamp", "known_at": "timestamp"}
    columns = (f"cast(null as {types.get(c, 'varchar')}) as {c}" for c in COLUMNS)
    return f"select {', '.join(columns)} where false"


def _row_of(p: Posting) -> dict[str, Any]:
    m = p.of
    return {
        "system": m.dossier.system,
        "code": m.dossier.code,
        "effective_at": m.effective_at,
        "movement": m.movement,
        "quantity": p.quantity,
        "from_account": m.from_account,
        "to_account": m.to_account,
        "from_unit": m.from_unit,
        "to_unit": m.to_unit,
        **{f"tl_before_{r}": v for r, v in zip(RULE_SETS, m.before, strict=True)},
        **{f"tl_after_{r}": v for r, v in zip(RULE_SETS, m.after, strict=True)},
        "channel": m.channel,
        "procedure_code": m.procedure,
        "field_name": m.field_name,
        "known_at": naive(p.known_at),
    }


def _posting_of(row: dict[str, Any]) -> Posting:
    movement = Movement(
        Dossier(row["system"], row["code"]),
        row["movement"],
        row["from_account"],
        row["to_account"],
        row["from_unit"],
        row["to_unit"],
        row["effective_at"],
        Timeliness(*(row[f"tl_before_{r}"] for r in RULE_SETS)),
        Timeliness(*(row[f"tl_after_{r}"] for r in RULE_SETS)),
        row["channel"],
        row["procedure_code"],
        row["field_name"],
    )
    known_at: datetime = row["known_at"].replace(tzinfo=UTC)
    return Posting(movement, row["quantity"], known_at, row["batch_id"])


def _words(row: dict[str, Any]) -> str:
    before, after = (
        "/".join(str(row[f"tl_{when}_{r}"]) for r in RULE_SETS) for when in ("before", "after")
    )
    return (
        f"{row['quantity']:+d} {row['effective_at']} {row['movement']}"
        f" {row['from_account']}@{row['from_unit']} ({before})"
        f" -> {row['to_account']}@{row['to_unit']} ({after})"
        f" {row['channel']}, {row['procedure_code']}, {row['field_name']}"
        f" known {row['known_at']}"
    )


def _history(world: World, system: str, code: str) -> list[str]:
    """What the lists say of one dossier, in the order of their observation, and the full lists."""
    lists = [b for b in batches_in_known_order(world) if b.system == system]
    batch_of = {b.batch_id: b for b in lists}
    rows = by_dossier(world, rows_by_dossier(world)).get(Dossier(system, code), [])
    shown = Counter(r.batch_id for r in rows)
    told = []
    for s in read(rows, lists):
        batch = batch_of[s.batch_id]
        dates = {
            name: f"{moment.at:%d %H:%M}{' day' if moment.is_day else ''}"
            for name in ("received_at", "due_at", "finished_at", "handed_over_at", "refused_at")
            if (moment := getattr(s, name))
        }
        told.append(
            f"  {s.observed_local} known {naive(batch.known_at)} {batch.source}"
            f" {_scope(batch)}: {s.account}@{s.unit} {dates}"
        )
    told += [
        f"  {b.observed_local} known {naive(b.known_at)} {b.source} {_scope(b)}: not there"
        for b in lists
        if not shown[b.batch_id]
    ]
    return sorted(told)


def _scope(batch: Any) -> str:
    dates = f" {batch.scope_date_field} {batch.scope_from}..{batch.scope_to}"
    full = "full" if batch.is_full else "partial"
    return f"[{full} {batch.scope_unit or 'all'}{dates if batch.scope_date_field else ''}]"


__all__ = [
    "COLUMNS",
    "POSTED",
    "compare",
    "compare_due_dates",
    "contract",
    "load_world",
    "postings_of",
    "prefix",
    "smallest",
]
