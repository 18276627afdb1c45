"""Reports against themselves, each other and the lists, as frames of the audit.

What belongs here: what ``reconciling`` found, laid into frames. What does not: reconciling itself,
which is done once for the audit and for what a publication keeps (``kept_reconciliation``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from expectations.beside_suites import STATED_FIGURES, STATED_IDENTITIES
from expectations.check import Outcome, errored
from orchestration.errors import HosoError
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb
    from pandas import DataFrame

    from orchestration.reconciling.run import Reconciled
    from orchestration.stated_figures import Document

CHECKS: Final = (*STATED_IDENTITIES, *STATED_FIGURES)


def run_all(settings: Settings, con: "duckdb.DuckDBPyConnection") -> list[Outcome]:
    """Outcomes over the newest reading of each report; a failure to read them is errored.

    All that is stated is reconciled, once: publishing keeps the very same results.
    """
    import duckdb

    from orchestration.kept_reconciliation import reconcile_once
    from orchestration.stated_figures import documents

    try:
        reports = reports_among(documents(settings).values())
        return judge(con, reports, reconcile_once(settings, con) if reports else None)
    except (duckdb.Error, HosoError) as error:
        return [errored(check, str(error)) for check in CHECKS]


def reports_among(known: "Iterable[Document]") -> "list[Document]":
    """The documents that are reports: those of the seed are examples, and what changed since we
    closed a period ourselves is ``hoso diff``.
    """
    from orchestration.stated_figures import CLOSED, SEED

    return [each for each in known if each.origin not in {CLOSED, SEED}]


def judge(
    con: "duckdb.DuckDBPyConnection", reports: "Sequence[Document]", found: "Reconciled | None"
) -> list[Outcome]:
    """Outcomes over the reports, from what was found of all; without any: not applicable."""
    from expectations.runner import run
    from orchestration.reporting import definitions
    from orchestration.stated_figures import names_in, unit_of

    if not reports or found is None:
        return [Outcome(check, "not_applicable", "no report is stored") for check in CHECKS]
    names = names_in(con)
    codes = {each.document: each.unit_code or unit_of(each.unit, names) for each in reports}
    rates = {code for code, figure in definitions.load(con).items() if figure.kind == "rate"}
    return [
        *run(identity_frame(found, codes), STATED_IDENTITIES),
        *run(figure_frame(found, codes, rates), STATED_FIGURES),
    ]


def identity_frame(found: "Reconciled", codes: Mapping[str, str | None]) -> "DataFrame":
    """The frame of ``STATED_IDENTITIES``; ``codes``: document -> unit, of those that count."""
    rows = [
        {"unit_code": codes.get(result.document), **result.as_json()}
        for result in found.findings.identities
        if result.status != "not_applicable" and result.document in codes
    ]
    names = ("document", "unit_code", "level", "period", "code", "status", "equation")
    return _frame(rows, (*names, "left", "right", "difference", "lines"))


def figure_frame(
    found: "Reconciled", documents: Collection[str], rates: Collection[str]
) -> "DataFrame":
    """The frame of ``STATED_FIGURES``: counts (a rate differs where its parts do) of periods that
    the lists cover, as these documents state them.
    """
    rows = [
        {**compared.as_json(), "unexplained": compared.causes.get("unexplained", 0)}
        for compared in found.figures
        if compared.document in documents
        and compared.difference is not None
        and compared.complete
        and compared.code not in rates
    ]
    names = ("document", "unit_code", "level", "period", "rule_set", "code", "dims")
    return _frame(rows, (*names, "stated", "computed", "difference", "unexplained"))


def _frame(rows: "Sequence[Mapping[str, Any]]", columns: Sequence[str]) -> "DataFrame":
    """A period as ``2026-01-01..2026-01-31``."""
    import pandas as pd

    def told(row: Mapping[str, Any]) -> dict[str, Any]:
        period = row["period"]
        text = f"{period['from']}..{period['to']}" if period else None
        return {name: text if name == "period" else row[name] for name in columns}

    return pd.DataFrame([told(row) for row in rows], columns=list(columns))
