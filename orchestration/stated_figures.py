"""Statements in the event store: ``hoso statement add · list``.

A report's figures become rows of the source ``statements``, taken in like any other list; the
report itself goes into the archive. Of one document the newest list holds: a correction is a list
of its own, and what was read before stays in the store.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orchestration.archive import REPORT, Archive, Manifest
from orchestration.errors import HosoError
from orchestration.eventstore import EventStore
from orchestration.ingest.own_list import take_own_list
from orchestration.settings import Settings
from orchestration.statements.editing import dims_of, dims_text
from orchestration.statements.model import Figure, Period, Statement
from orchestration.statements.spotting import similarity
from orchestration.statements.stated import load_documents, load_stated
from orchestration.text import text_key

if TYPE_CHECKING:
    import duckdb

READ: Final = "read"
EDITED: Final = "edited"
CLOSED: Final = "closed_period"
SEED: Final = "seed"
_LONGEST_TEXT: Final = 300
_SAME_SCANNED: Final = 0.9
_COLUMNS: Final = (
    *("statement", "unit", "unit_code", "issued_on", "made_at", "document", "origin", "report"),
    *("report_sha256", "line", "figure", "dims", "level", "first_day", "last_day", "value"),
    *("decimals", "unit_of_measure", "qualifier", "alternatives", "confidence", "tokens", "text"),
)
_EVENTS: Final = """
select
    unit_name, cast(occurred_at as date) as issued_on, known_at, batch_id, line_no, data
from ({events})
where type = 'statement.made'
order by known_at, batch_id, line_no
"""


@dataclass(frozen=True)
class Document:
    """The newest reading of one document. ``unit_code``: as ``--unit`` said or as its name tells;
    null where neither does. ``rule_set``: under which it was reported, as far as known."""

    document: str
    origin: str
    unit: str
    unit_code: str | None
    issued_on: date | None
    figures: tuple[Figure, ...]
    rule_set: str = "by_date"
    made_at: datetime | None = None
    batch_id: str | None = None
    report_sha256: str | None = None

    @property
    def doubtful(self) -> int:
        """Readings that wait for a person."""
        return sum(1 for figure in self.figures if figure.alternatives)

    def row(self) -> dict[str, Any]:
        """As ``hoso statement list`` shows it."""
        periods = [figure.period for figure in self.figures if figure.period]
        return {
            "document": self.document,
            "unit": self.unit,
            "unit_code": self.unit_code,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "from": min(p.first for p in periods).isoformat() if periods else None,
            "to": max(p.last for p in periods).isoformat() if periods else None,
            "figures": len(self.figures),
            "doubtful": self.doubtful,
            "origin": self.origin,
            "made_at": self.made_at.isoformat() if self.made_at else None,
            "batch_id": self.batch_id,
        }


def documents(settings: Settings) -> dict[str, Document]:
    """Document → its newest reading; the five documents of the seed first, unless read anew."""
    found = {
        name: Document(
            name, SEED, figures[0].unit, None, load_documents().get(name), tuple(figures)
        )
        for name, figures in load_stated().items()
    }
    return found | _stored(settings)


def add(
    settings: Settings,
    report: Path,
    statement: Statement,
    *,
    unit_code: str | None = None,
    edited: bool = False,
) -> Document:
    """Store what a report states; the report goes into the archive.

    Raises ``HosoError`` when the newest reading of the document says the very same.
    """
    if not statement.figures:
        raise HosoError(f"{report.name}: no figure was understood; write them with --edit")
    if unit_code is None:
        unit_code = unit_of(statement.unit, unit_names(settings))
    new = _document_of(report, statement, unit_code, EDITED if edited else READ)
    stem = f"statement_{text_key(statement.document).replace('/', '-').replace(' ', '-')}"
    stored = _store(settings, stem, [(report, new)])
    if not stored:
        raise HosoError(f"{statement.document}: this very reading is stored already")
    return _stored(settings)[stored[0]]


def add_all(settings: Settings, stem: str, read: Sequence[tuple[Path, Statement, str]]) -> int:
    """Store many reports, of units whose codes are known, as one list; how many were new."""
    chosen = [
        (report, _document_of(report, statement, unit_code, READ))
        for report, statement, unit_code in read
        if statement.figures
    ]
    return len(_store(settings, f"statement_{stem}", chosen))


def _document_of(
    report: Path, statement: Statement, unit_code: str | None, origin: str
) -> Document:
    return Document(
        statement.document,
        origin,
        statement.unit,
        unit_code,
        statement.issued_on,
        statement.figures,
        report_sha256=hashlib.sha256(report.read_bytes()).hexdigest(),
    )


def _store(settings: Settings, stem: str, read: Sequence[tuple[Path, Document]]) -> list[str]:
    """Documents whose newest reading says something else, as one list; their names."""
    known = documents(settings)
    new: list[tuple[Path, Document]] = []
    for report, each in read:
        named = replace(each, document=_name_of(each, known))
        before = known.get(named.document)
        if before is None or before.origin == SEED or _said(before) != _said(named):
            known[named.document] = named
            new.append((report, named))
    if not new:
        return []
    for report, each in new:
        _archive(settings, report, each)
    rows = [row for report, each in new for row in _rows(settings, each, report)]
    taken = take_own_list(settings, stem, _COLUMNS, rows)
    if taken.status != "stored" or taken.quarantined:
        names = ", ".join(each.document for _, each in new[:5])
        raise HosoError(
            f"{names}: not stored: {taken.message or 'rows were set aside'};"
            " see: hoso quarantine list"
        )
    return [each.document for _, each in new]


def _name_of(new: Document, known: Mapping[str, Document]) -> str:
    """Its number; with its office and year where the number is another report's already.

    Every office counts its reports from 1 each year.
    """
    office = new.unit_code or new.unit
    year = f", {new.issued_on.year}" if new.issued_on else ""
    names = (new.document, f"{new.document} ({office})", f"{new.document} ({office}{year})")
    return next(
        (name for name in names if name not in known or _is_same(known[name], new)), names[-1]
    )


def _is_same(before: Document, new: Document) -> bool:
    if before.report_sha256 is not None and before.report_sha256 == new.report_sha256:
        return True
    years = {each.issued_on.year for each in (before, new) if each.issued_on}
    codes = {each.unit_code for each in (before, new)} - {None}
    is_one_office = len(codes) == 1 or _name_key(before.unit) == _name_key(new.unit)
    if before.origin == SEED:
        # the five are scans: "sa pec" is Sa Đéc
        is_one_office = similarity(_name_key(new.unit), _name_key(before.unit)) >= _SAME_SCANNED
    return len(years) <= 1 and len(codes) <= 1 and is_one_office


def unit_names(settings: Settings) -> dict[str, str]:
    """``text_key`` of a name, and of a code → unit code, as published; empty before that."""
    from orchestration.reporting.published import connect

    if not settings.published_db.exists():
        return {}
    with connect(settings) as con:
        return names_in(con)


def names_in(con: "duckdb.DuckDBPyConnection") -> dict[str, str]:
    """The same of an open warehouse."""
    from orchestration.reporting.published import rows

    found = rows(con, "select unit_code, unit_name from dim_unit order by unit_code desc")
    names = {_name_key(row["unit_name"]): row["unit_code"] for row in found if row["unit_name"]}
    return {**names, **{_name_key(row["unit_code"]): row["unit_code"] for row in found}}


def unit_of(name: str, names: Mapping[str, str]) -> str | None:
    """The code of the unit that a report names, whatever stands before (``UBND``)."""
    return names.get(_name_key(name))


def _name_key(name: str) -> str:
    key = " ".join(text_key(name).split())
    for prefix in ("uy ban nhan dan ", "ubnd "):
        key = key.removeprefix(prefix)
    return key


def _said(document: Document) -> tuple[object, ...]:
    plain = tuple(
        (*_place(figure), figure.value, figure.alternatives) for figure in document.figures
    )
    return (document.unit_code, document.issued_on, document.report_sha256, plain)


def _place(figure: Figure) -> tuple[object, ...]:
    return (figure.code, dims_text(figure.dims), figure.level, figure.period, figure.line)


def _archive(settings: Settings, report: Path, document: Document) -> None:
    moment = settings.clock().replace(tzinfo=None)
    said = f"{moment.isoformat()}Z"
    digest = document.report_sha256 or ""
    manifest = Manifest(
        sha256=digest,
        name=report.name,
        source=REPORT,
        batch_id=digest[:16],
        observed_at=said,
        known_at=said,
        recorded_at=said,
        unit=document.unit_code,
        yaml_sha256=hashlib.sha256(b"").hexdigest(),
        yaml="",
    )
    if not Archive(settings).put(report, manifest, moment):
        raise HosoError(f"{report.name} was changed while it was read; try again")


def _rows(settings: Settings, document: Document, report: Path) -> list[list[str]]:
    now = settings.clock().astimezone(settings.zone)
    return [
        [
            *(f"{document.document}/{number}", document.unit, document.unit_code or ""),
            *(str(document.issued_on or ""), f"{now:%Y-%m-%d %H:%M:%S}", document.document),
            *(document.origin, report.name, document.report_sha256 or "", str(figure.line)),
            *(figure.code, dims_text(figure.dims), figure.level),
            *((str(figure.period.first), str(figure.period.last)) if figure.period else ("", "")),
            *(f"{figure.value:f}", str(decimals(figure.value)), figure.unit_of_measure),
            *(figure.qualifier or "", " ".join(f"{each:f}" for each in figure.alternatives)),
            *(f"{figure.confidence:.2f}", " ".join(figure.tokens), figure.text[:_LONGEST_TEXT]),
        ]
        for number, figure in enumerate(document.figures, start=1)
    ]


def decimals(value: Decimal) -> int:
    """How many decimals a number was written with."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _stored(settings: Settings) -> dict[str, Document]:
    import duckdb

    sql = _EVENTS.replace("{events}", EventStore(settings).relation_sql())
    with duckdb.connect() as con:
        found = con.execute(sql).fetchall()
    batches: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {}
    for row in found:
        data = json.loads(row[5])
        key = (data["document"], data.get("rule_set") or "by_date", row[3])
        batches.setdefault(key, []).append((*row[:5], data))
    newest: dict[str, Document] = {}
    # rows come in the order in which they became known: the last batch of a document stays
    for (name, rule_set, _), rows in batches.items():
        newest[name if rule_set == "by_date" else f"{name}#{rule_set}"] = _document(
            name, rule_set, rows
        )
    return newest


def _document(name: str, rule_set: str, rows: Sequence[tuple[Any, ...]]) -> Document:
    unit, issued_on, _, batch_id, _, first = rows[0]
    made_at = first.get("made_at")
    is_closing = first["origin"] == CLOSED
    return Document(
        document=name,
        origin=first["origin"],
        unit=unit or "",
        unit_code=unit if is_closing else first.get("unit_code"),
        issued_on=issued_on,
        figures=tuple(_figure(unit or "", row[4], row[5]) for row in rows),
        rule_set=rule_set,
        made_at=datetime.fromisoformat(made_at) if made_at else None,
        batch_id=batch_id,
        report_sha256=first.get("report_sha256"),
    )


def _figure(unit: str, line: int, data: Mapping[str, Any]) -> Figure:
    places = data.get("decimals")
    value = Decimal(str(data["figure_value"]))
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places))
    elif value == value.to_integral_value():
        value = value.quantize(Decimal(1))
    ends = data.get("period_from"), data.get("period_to")
    period = Period(*(date.fromisoformat(each) for each in ends if each)) if all(ends) else None
    return Figure(
        code=data["figure"],
        unit=unit,
        # what we froze ourselves is of the unit with all below it
        level=data.get("level") or "all",
        period=period,
        value=value,
        unit_of_measure=data.get("unit_of_measure") or "",
        line=data.get("report_line") or line,
        text=data.get("report_text") or "",
        dims=dims_of(data.get("dims") or ""),
        qualifier=data.get("qualifier"),
        confidence=data.get("confidence") or 1.0,
        tokens=tuple((data.get("tokens") or "").split()),
        alternatives=tuple(Decimal(each) for each in (data.get("alternatives") or "").split()),
    )


def with_figures(statement: Statement, figures: Sequence[Figure]) -> Statement:
    """The statement with the figures that a person confirmed."""
    return replace(statement, figures=tuple(figures))
