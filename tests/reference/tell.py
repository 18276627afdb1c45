"""Small worlds in few words, for tests: lists of January 2024, and what the ledger says."""

from datetime import UTC, date, datetime, timedelta

from .ledger import (
    Batch,
    Dated,
    Dossier,
    Moment,
    Posting,
    Ruling,
    Sighting,
    UnitRow,
    World,
    postings,
)

OFFICE = "Asia/Ho_Chi_Minh"
COLUMNS = frozenset(
    {
        "status",
        "unit_name",
        "channel",
        "procedure_code",
        "field_name",
        "received_at",
        "due_at",
        "finished_at",
        "handed_over_at",
        "refused_at",
    }
)


def day(number: int) -> Moment:
    """A day of January without a clock; 32 is 1 February."""
    return Moment(datetime(2024, 1, 1) + timedelta(days=number - 1), True)


def at(number: int, hour: int, minute: int = 0) -> Moment:
    return Moment(day(number).at + timedelta(hours=hour, minutes=minute))


def jan(number: int) -> date:
    return day(number).day


FIRST = day(1)


def row(account, unit="A", received=FIRST, code="d1", **more):
    """One row of a list. Dates by their names: ``due=``, ``finished=``, ``refused=`` …"""
    names = {
        "due": "due_at",
        "finished": "finished_at",
        "handed_over": "handed_over_at",
        "refused": "refused_at",
    }
    fields = {names.get(name, name): value for name, value in more.items()}
    return {"account": account, "unit": unit, "received_at": received, "code": code, **fields}


def a_list(
    observed,
    *rows,
    hour=8,
    known=None,
    full=False,
    unit=None,
    without=(),
    system="city",
    role="ledger",
    dates=None,
    name=None,
):
    """A list observed on that day of January at 8:00, known then (or on day ``known``)."""
    return {
        "observed": at(observed, hour).at,
        "known": at(known, hour).at if known else at(observed, hour).at,
        "rows": rows,
        "full": full,
        "unit": unit,
        "layout": COLUMNS - set(without),
        "system": system,
        "role": role,
        "dates": dates or (None, None, None),
        "name": name,
        "kind": "dossiers",
    }


def steps(known, *rows, by_dates=False):
    """Rows of their own date, known on that day: ``step(day(3), PROCESSING, due=day(9))``."""
    layout = {"received_at"} if by_dates else {"status"}
    told = a_list(known, *rows, hour=9)
    return told | {"kind": "progress", "layout": frozenset(layout)}


def step(at, account=None, due=None, code="d1"):
    return {"at": at, "account": account, "due_at": due, "code": code}


def rulings(known, *rows):
    """Rulings known on that day: ``ruling("closed_on", RESOLVED, day=jan(5))``."""
    return a_list(known, *rows, hour=10) | {"kind": "rulings", "layout": frozenset()}


def ruling(kind, value="", day=None, name=None, code="d1"):
    return {
        "kind": kind,
        "value": value,
        "day": day,
        "ruling_id": name or kind,
        "dossier": Dossier("city", code),
    }


def units(*rows):
    """A units list of 1 January: ``unit("A", until=jan(5), into="B")``."""
    return a_list(1, *rows, hour=0) | {"kind": "units", "layout": frozenset()}


def unit(code, parent=None, until=None, into=None, *, since=None, name=None):
    return {
        "code": code,
        "level": "commune",
        "parent": parent,
        "valid_from": since,
        "valid_to": until,
        "successor": into,
        "name": name,
    }


def world(*lists) -> World:
    batches = []
    rows = {"dossiers": [], "progress": [], "rulings": [], "units": []}
    types = {"dossiers": Sighting, "progress": Dated, "rulings": Ruling, "units": UnitRow}
    for number, each in enumerate(lists, start=1):
        batch_id = each["name"] or f"{number:016x}"
        known_at = _utc(each["known"])
        batches.append(
            Batch(
                batch_id=batch_id,
                system=each["system"],
                source=f"{each['system']}_{each['role']}",
                role=each["role"],
                observed_at=_utc(each["observed"]),
                known_at=known_at,
                zone=OFFICE,
                is_full=each["full"],
                scope_unit=each["unit"],
                scope_date_field=each["dates"][0],
                scope_from=each["dates"][1],
                scope_to=each["dates"][2],
                layout=each["layout"],
                recorded_at=known_at,
                kind=each["kind"],
            )
        )
        kind = each["kind"]
        for line_no, fields in enumerate(each["rows"], start=2):
            rows[kind].append(types[kind](batch_id=batch_id, line_no=line_no, **fields))
    told = {kind: tuple(each) for kind, each in rows.items()}
    return World(tuple(batches), told["dossiers"], told["units"], told["progress"], told["rulings"])


def _utc(local: datetime) -> datetime:
    return (local - timedelta(hours=7)).replace(tzinfo=UTC)


def life(*lists, rule_set="by_date") -> list[str]:
    """What stands in the end, each as ``day hour:minute movement account@unit timeliness``."""
    standing: dict = {}
    for p in postings(world(*lists)):
        standing[p.of] = standing.get(p.of, 0) + p.quantity
    moves = [m for m, quantity in standing.items() for _ in range(quantity)]
    moves.sort(key=lambda m: (m.effective_at, m.from_account != "outside", _rank(m.movement)))
    return [_words(m, rule_set) for m in moves]


def story(*lists, rule_set="by_date") -> list[str]:
    """Every posting, with the day on which it became known: ``3: + 01 00:00 receipt …``."""
    return [_posting_words(p, rule_set) for p in postings(world(*lists))]


def _posting_words(p: Posting, rule_set: str) -> str:
    known = (p.known_at + timedelta(hours=7)).day
    return f"{known}: {'+' if p.quantity > 0 else '-'} {_words(p.of, rule_set)}"


def _words(m, rule_set: str) -> str:
    when = m.effective_at.strftime("%d %H:%M")
    account = m.to_account.split(".")[-1]
    return f"{when} {m.movement} {account}@{m.to_unit} {getattr(m.after, rule_set)}"


def _rank(movement: str) -> int:
    order = ["receipt", "reopening", "transfer", "pause", "resume", "overdue"]
    return order.index(movement) if movement in order else len(order)
