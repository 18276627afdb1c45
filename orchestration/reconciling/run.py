"""All that reconciling says, of some documents or of all: identities, figures, contradictions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from orchestration.reconciling.across import across_documents, computed_identities
from orchestration.reconciling.compare import compare
from orchestration.reconciling.compared import Compared
from orchestration.reporting.published import connect, rows
from orchestration.reporting.question import Question, members
from orchestration.settings import Settings
from orchestration.stated_figures import CLOSED, Document, documents, names_in, unit_of
from orchestration.statements.findings import Findings
from orchestration.statements.identities import judge
from orchestration.statements.model import Period
from orchestration.statements.rules import load_rules

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Asked:
    """Only this period (figures whose period lies in it) and this unit with all below."""

    first: date | None = None
    last: date | None = None
    unit: str | None = None
    rule_set: str | None = None

    def has(self, period: Period | None) -> bool:
        """Whether a figure of that period is asked for."""
        if period is None:
            return self.first is None and self.last is None
        return (self.first is None or period.first >= self.first) and (
            self.last is None or period.last <= self.last
        )


@dataclass(frozen=True)
class Reconciled:
    """Findings over stated (and computed) figures, and the figures compared."""

    findings: Findings
    figures: tuple[Compared, ...]
    is_computed: bool


def reconcile_all(
    settings: Settings, reports: Sequence[Document], asked: Asked, *, is_one: bool = False
) -> Reconciled:
    """Reconcile with the newest publication; without one only what is stated."""
    if not settings.published_db.exists():
        chosen = _narrowed(reports, asked, None)
        return Reconciled(_judged(chosen), (), False)
    with connect(settings) as con:
        known = list(documents(settings).values())
        found = reconcile(con, reports, asked, known)
    if is_one and reports:
        names = {each.document for each in reports}
        findings = found.findings
        kept = tuple(r for r in findings.identities if r.document in names)
        found = replace(found, findings=replace(findings, identities=kept))
    return found


def reconcile(
    con: "duckdb.DuckDBPyConnection",
    reports: Sequence[Document],
    asked: Asked,
    known: Sequence[Document] = (),
) -> Reconciled:
    """The same over an open warehouse; ``known``: documents that may stand beside the reports."""
    chosen = _narrowed(reports, asked, con)
    findings = _judged(chosen)
    names = {each.document for each in chosen}
    beside = [*chosen, *(each for each in known if each.document not in names)]
    across = [r for r in across_documents(con, beside) if r.document in names]
    if asked.first is not None and asked.last is not None:
        rules = asked.rule_set or "by_date"
        units = (asked.unit,) if asked.unit else ()
        question = Question(asked.first, asked.last, units=units, rule_set=rules)
        across += computed_identities(con, question)
    identities = replace(findings, identities=(*findings.identities, *across))
    return Reconciled(identities, tuple(compare(con, chosen)), True)


def _judged(reports: Sequence[Document]) -> Findings:
    rules = load_rules()
    # what we froze ourselves holds by construction
    said = [each for each in reports if each.origin != CLOSED]
    return sum((judge(each.document, each.figures, rules) for each in said), Findings())


def _narrowed(
    reports: Sequence[Document], asked: Asked, con: "duckdb.DuckDBPyConnection | None"
) -> list[Document]:
    within = _units_within(con, asked) if asked.unit and con is not None else None
    names = names_in(con) if con is not None else {}
    chosen = []
    for each in reports:
        code = each.unit_code or unit_of(each.unit, names)
        if asked.unit and code != asked.unit and (within is None or code not in within):
            continue
        figures = tuple(figure for figure in each.figures if asked.has(figure.period))
        if figures:
            chosen.append(replace(each, figures=figures, rule_set=asked.rule_set or each.rule_set))
    return chosen


def _units_within(con: "duckdb.DuckDBPyConnection", asked: Asked) -> set[str]:
    from orchestration.reporting.figures import units

    day = asked.last or _last_day(con)
    return set(members(Question(day, day, units=(str(asked.unit),)), units(con)).unit)


def _last_day(con: "duckdb.DuckDBPyConnection") -> date:
    (found,) = rows(con, "select max(reach_date) as day from fct_unit_reach")
    return found["day"] or date.max
