"""Rulings: what people have decided about single dossiers (``hoso rule``).

A ruling is a row of the source ``rulings``: ``add`` writes a small list into the inbox and takes it
in like any other, so that archive and replay hold it. What a ruling does is decision 010; here is
only what may be ruled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest.own_list import take_own_list
from orchestration.ingest.ruling_problems import CLOSED_ACCOUNTS
from orchestration.settings import PROJECT_DIR, Settings
from orchestration.sources import load_sources

VOID: Final = "void_as_duplicate_of"
UNIT: Final = "unit_is"
CLOSED: Final = "closed_on"
KEEP: Final = "keep"
UNDO: Final = "undo"
KINDS: Final = (VOID, UNIT, CLOSED, KEEP)
"""What may be ruled; ``undo`` takes one of them back."""

_COLUMNS: Final = ("dossier", "system", "kind", "value", "on", "by", "reason", "ruled_at")
_LIST: Final = """
select id, code, system, activity, data->>'$.value', strftime(occurred_at, '%Y-%m-%d'),
    data->>'$.by', data->>'$.reason', data->>'$.ruled_at', known_at, batch_id
from ({events}) where type = 'dossier.ruled'
order by known_at, batch_id, line_no
"""
_SYSTEMS: Final = """
select system, any_value(code) from ({events})
where type = 'dossier.observed' and code = ? and list_contains(?, source)
group by system
order by system
"""
_UNITS: Final = """
select distinct data->>'$.code' from ({events}) where type = 'unit.observed'
union
select unnest(json_keys(data->'$.units')) from ({events})
where type = 'extract.completed' and system = ?
"""
_RECEIVED: Final = """
select max_by(cast(received_at as date), (observed_at, known_at, batch_id, line_no))
from ({events})
where type = 'dossier.observed' and subject = ? and received_at is not null
"""
_FINDINGS: Final = "models/quality/dq_*.sql"


@dataclass(frozen=True)
class Ruling:
    """One ruling as the store holds it; ``on`` and ``ruled_at`` are ISO texts, office time."""

    id: str
    dossier: str
    system: str
    kind: str
    value: str | None
    on: str | None
    by: str
    reason: str
    ruled_at: str | None
    known_at: datetime
    batch_id: str
    undone_by: str | None = None

    def row(self) -> dict[str, Any]:
        """As ``hoso rule list`` shows it."""
        return {
            "id": self.id,
            "dossier": self.dossier,
            "system": self.system,
            "kind": self.kind,
            "value": self.value,
            "on": self.on,
            "by": self.by,
            "reason": self.reason,
            "ruled_at": self.ruled_at,
            "undone_by": self.undone_by,
        }


def rulings(settings: Settings) -> list[Ruling]:
    """All rulings in the order in which they became known, those undone included."""
    found = [Ruling(*row) for row in _rows(settings, _LIST)]
    undone = {ruling.value: ruling.id for ruling in found if ruling.kind == UNDO}
    return [Ruling(**{**vars(ruling), "undone_by": undone.get(ruling.id)}) for ruling in found]


def add(
    settings: Settings,
    dossier: str,
    kind: str,
    value: str | None = None,
    *,
    by: str,
    reason: str,
    on: date | None = None,
    system: str | None = None,
) -> Ruling:
    """Rules about one dossier of the ledger.

    ``system``: whose code it is; without one the system in which lists have shown the code.

    ``value``: the code of the dossier that it repeats (``void_as_duplicate_of``), a unit's code
    (``unit_is``), ``resolved``, ``returned`` or ``withdrawn`` (``closed_on``, with the day ``on``),
    the name of a finding (``keep``; without one: all).

    Raises ``HosoError`` that says what is wrong: an unknown dossier, unit or finding, a code that
    several systems have, a dossier that would be void because of itself, a missing day or reason.
    """
    if kind not in KINDS:
        raise HosoError(f"unknown kind of ruling {kind!r}; there are: {', '.join(KINDS)}", 2)
    system, dossier = _known_dossier(settings, dossier, system)
    asked = _Asked(settings, system, dossier, value, on)
    check = {VOID: asked.void, UNIT: asked.unit, CLOSED: asked.closed, KEEP: asked.keep}[kind]
    value = check()
    if on is not None and kind != CLOSED:
        raise HosoError(f"only {CLOSED} has a day (--on)", 2)
    return _store(settings, (dossier, system, kind, value, on, by, reason))


def undo(settings: Settings, ruling_id: str, *, by: str, reason: str) -> Ruling:
    """Takes a ruling back from now on; the beginning of its id is enough.

    Raises ``HosoError`` for an id that no ruling or more than one has, one that is undone already,
    and for an ``undo`` (rule anew instead).
    """
    known = rulings(settings)
    found = [each for each in known if ruling_id and each.id.startswith(ruling_id.lower())]
    if len(found) != 1:
        said = "no ruling" if not found else f"{len(found)} rulings"
        raise HosoError(f"{said} with the id {ruling_id}…; see: hoso rule list")
    (ruling,) = found
    if ruling.kind == UNDO:
        raise HosoError(f"{ruling.id} is itself an undo; rule anew: hoso rule add")
    if ruling.undone_by is not None:
        raise HosoError(f"{ruling.id} was undone already, by {ruling.undone_by}")
    row = (ruling.dossier, ruling.system, UNDO, ruling.id, None, by, reason)
    return _store(settings, row)


def _known_dossier(settings: Settings, code: str, system: str | None) -> tuple[str, str]:
    """System and code of a dossier that a list of the ledger has shown."""
    ledger = [
        each
        for each in load_sources(settings).values()
        if each.role == "ledger" and each.kind == "dossiers"
    ]
    if system is not None and system not in {each.system for each in ledger}:
        known = ", ".join(sorted({each.system for each in ledger}))
        raise HosoError(f"no list of the ledger is of the system {system!r}; there are: {known}", 2)
    shown = _rows(settings, _SYSTEMS, [code, [each.name for each in ledger]])
    found = [(str(own), str(name)) for own, name in shown if system in {None, own}]
    if not found:
        where = "" if system is None else f" in the system {system}"
        elsewhere = "".join(f"; the system {own} has it" for own, _ in shown)
        raise HosoError(f"no list of the ledger has shown the dossier {code!r}{where}{elsewhere}")
    if len(found) > 1:
        names = [own for own, _ in found]
        raise HosoError(
            f"the systems {' and '.join(names)} each have a dossier {code!r}; say which one:"
            f" --system {' or --system '.join(names)}",
            2,
        )
    return found[0]


@dataclass(frozen=True)
class _Asked:
    """A ruling that somebody wants to make; each method checks the value of one kind."""

    settings: Settings
    system: str
    dossier: str
    value: str | None
    on: date | None

    def void(self) -> str:
        if not self.value:
            raise HosoError(f"say which dossier it repeats: {VOID} CODE", 2)
        _, other = _known_dossier(self.settings, self.value, self.system)
        repeats = {
            each.dossier: each.value
            for each in rulings(self.settings)
            if each.system == self.system and each.kind == VOID and each.undone_by is None
        }
        repeats[self.dossier] = other
        path = [self.dossier]
        while (following := repeats.get(path[-1])) is not None:
            if following in path:
                raise HosoError(
                    "one of them must remain, but these would be void because of each other: "
                    + " → ".join([*path, following])
                )
            path.append(following)
        return other

    def unit(self) -> str:
        if not self.value:
            raise HosoError(f"say which unit: {UNIT} CODE", 2)
        codes = {str(code) for (code,) in _rows(self.settings, _UNITS, [self.system])}
        if self.value not in codes:
            raise HosoError(f"no unit has the code {self.value!r}{_near(self.value, codes)}")
        return self.value

    def closed(self) -> str:
        if self.on is None:
            raise HosoError(f"{CLOSED} needs the day: --on 2026-09-30", 2)
        if self.on > self.settings.clock().astimezone(self.settings.zone).date():
            raise HosoError(f"{self.on} is still to come: a dossier is not closed in advance", 2)
        self._refuse_before_receipt(self.on)
        account = self.value or "closed.resolved"
        account = account if account.startswith("closed.") else f"closed.{account}"
        if account not in CLOSED_ACCOUNTS:
            raise HosoError(f"{self.value!r} is no way to close: {', '.join(CLOSED_ACCOUNTS)}", 2)
        return account

    def _refuse_before_receipt(self, day: date) -> None:
        """An end before the start would count at the start (``figures.md``): not what was ruled."""
        subject = f"{self.system}/{self.dossier}"
        ((received,),) = _rows(self.settings, _RECEIVED, [subject])
        if received is not None and day < received:
            raise HosoError(
                f"{self.dossier} was received on {received}, as the newest list says: it cannot"
                f" have been closed on {day}. Give a day from {received} on, or have the list"
                " corrected first.",
                2,
            )

    def keep(self) -> str | None:
        findings = {path.stem.removeprefix("dq_") for path in PROJECT_DIR.glob(_FINDINGS)}
        if self.value and self.value not in findings:
            known = ", ".join(sorted(findings))
            raise HosoError(f"no finding is called {self.value!r}; there are: {known}")
        return self.value or None


def _near(value: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(value, sorted(known), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else "; see: hoso coverage"


def _store(
    settings: Settings, row: tuple[str, str, str, str | None, date | None, str, str]
) -> Ruling:
    """Writes one ruling into the inbox and takes it in."""
    *_, by, reason = row
    if not by.strip() or not reason.strip():
        raise HosoError("a ruling needs who decided it (--by) and why (--reason)", 2)
    now = settings.clock().astimezone(settings.zone)
    cells = [*(str(cell or "") for cell in row), f"{now:%Y-%m-%d %H:%M:%S}"]
    taken = take_own_list(settings, "rulings", _COLUMNS, [cells])
    if taken.status == "rejected":
        raise HosoError(f"the ruling was not stored: {taken.message}")
    if taken.quarantined:
        raise HosoError("the ruling was set aside; see: hoso quarantine list")
    if taken.status == "nothing_new":
        raise HosoError("this very ruling is already stored; see: hoso rule list")
    return next(each for each in rulings(settings) if each.batch_id == taken.batch_id)


def _rows(
    settings: Settings, sql: str, parameters: list[str | list[str]] | None = None
) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect() as con:
        found = con.execute(
            sql.replace("{events}", EventStore(settings).relation_sql()), parameters
        )
        return found.fetchall()
