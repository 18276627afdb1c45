"""Identities over computed figures, and over what several documents state of neighbouring periods
(I6) and of parents and children (I7)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.reconciling.view import place_of
from orchestration.reporting.figures import figures, units
from orchestration.reporting.published import rows
from orchestration.reporting.question import Question
from orchestration.stated_figures import Document, names_in, unit_of
from orchestration.statements.findings import FAILS, HOLDS, NOT_APPLICABLE, IdentityResult
from orchestration.statements.model import Period
from orchestration.statements.rules import AT_MOST, Equation, load_rules

if TYPE_CHECKING:
    import duckdb

CONTINUITY, HIERARCHY = "I6", "I7"
_ADDED = (
    *("received_new", "received_total", "resolved_total", "resolved_early", "resolved_on_time"),
    *("resolved_late", "returned", "withdrawn", "open_total", "open_in_time", "open_overdue"),
)
"""Figures of children that add up to the parent's; transfers among children are seldom stated."""

Stated = dict[tuple[str, str, Period], tuple[Document, dict[str, tuple[Decimal, int]]]]


def computed_identities(
    con: "duckdb.DuckDBPyConnection", question: Question
) -> list[IdentityResult]:
    """I1 to I5, I9, I12 and I6 over computed figures of each unit asked for."""
    before = question.first - timedelta(days=1)
    asked = {"units": question.units, "rule_set": question.rule_set, "rollup": question.rollup}
    earlier = {
        each["unit"]: each["figures"]["open_total"]
        for each in figures(con, Question(before, before, **asked))  # type: ignore[arg-type]
    }
    found = []
    for each in figures(con, question):
        values: dict[str, int | None] = each["figures"]
        period = Period(question.first, question.last)
        for equation in load_rules().equations:
            found.append(_computed(equation, each["unit"], period, values))
        carried, opened = values["carried_over"], earlier.get(each["unit"])
        found.append(
            _result("", each["unit"], "all", period, CONTINUITY, carried, opened)
            if carried is not None and opened is not None
            else _absent("", each["unit"], "all", period, CONTINUITY, "open_total before")
        )
    return found


def _computed(
    equation: Equation, unit: str, period: Period, values: Mapping[str, int | None]
) -> IdentityResult:
    terms = [values.get(term) for term in equation.right]
    left = values.get(equation.left)
    if left is None or any(term is None for term in terms):
        missing = [name for name in (equation.left, *equation.right) if values.get(name) is None]
        return _absent("", unit, "all", period, equation.code, ", ".join(missing))
    right = sum(term or 0 for term in terms)
    bound = (lambda a, b: a <= b) if equation.kind == AT_MOST else None
    return _result("", unit, "all", period, equation.code, left, right, bound=bound)


def across_documents(
    con: "duckdb.DuckDBPyConnection", documents: Sequence[Document]
) -> list[IdentityResult]:
    """I6 between reports of neighbouring periods of one office, I7 between an office and those
    below it."""
    names = names_in(con)
    levels = {
        row["unit_code"]: row["level"] for row in rows(con, "select unit_code, level from dim_unit")
    }
    stated = _stated(documents, lambda each: each.unit_code or unit_of(each.unit, names))
    return [*_continuity(stated), *_hierarchy(con, stated, levels)]


def _stated(documents: Iterable[Document], code_of: Callable[[Document], str | None]) -> Stated:
    found: Stated = {}
    for document in documents:
        # an office that sends no lists is known by its name
        office = code_of(document) or document.unit
        for figure in document.figures:
            if figure.period is None or figure.dims or figure.alternatives:
                continue
            place = (office, figure.level, figure.period)
            values = found.setdefault(place, (document, {}))[1]
            values.setdefault(figure.code, (figure.value, figure.line))
    return found


def _continuity(stated: Stated) -> list[IdentityResult]:
    ended = {
        (office, level, period.last): values for (office, level, period), values in stated.items()
    }
    found = []
    for (office, level, period), (document, values) in stated.items():
        before = ended.get((office, level, period.first - timedelta(days=1)))
        if "carried_over" not in values or before is None or "open_total" not in before[1]:
            continue
        (carried, line), (opened, _) = values["carried_over"], before[1]["open_total"]
        note = f"open_total of {before[0].document}"
        found.append(
            _result(
                document.document,
                document.unit,
                level,
                period,
                CONTINUITY,
                carried,
                opened,
                lines=(line,),
                note=note,
            )
        )
    return found


def _hierarchy(
    con: "duckdb.DuckDBPyConnection", stated: Stated, levels: Mapping[str, str | None]
) -> list[IdentityResult]:
    known = units(con)
    found = []
    for (office, level, period), (document, values) in stated.items():
        if office not in levels or level == levels[office]:
            continue
        below = [
            code
            for code in place_of(office, period, known, levels).below
            if (levels[code] == level if level != "all" else levels[code] != "province")
        ]
        told = {code: _of_child(stated, code, levels[code], period) for code in below}
        if not below or not any(told.values()):
            continue
        for name in _ADDED:
            if name not in values:
                continue
            missing = [code for code, each in told.items() if name not in each]
            if missing:
                found.append(
                    _absent(
                        document.document,
                        document.unit,
                        level,
                        period,
                        HIERARCHY,
                        f"{name} of {', '.join(missing[:5])}",
                    )
                )
                continue
            total = sum((each[name][0] for each in told.values()), Decimal(0))
            value, line = values[name]
            found.append(
                _result(
                    document.document,
                    document.unit,
                    level,
                    period,
                    HIERARCHY,
                    value,
                    total,
                    lines=(line,),
                    note=f"{name} of {len(told)} units below",
                )
            )
    return found


def _of_child(
    stated: Stated, code: str, level: str | None, period: Period
) -> dict[str, tuple[Decimal, int]]:
    for each in (level or "", "all"):
        if (code, each, period) in stated:
            return stated[code, each, period][1]
    return {}


def _result(  # noqa: PLR0917 - one value per column
    document: str,
    unit: str,
    level: str,
    period: Period,
    code: str,
    left: Decimal | int,
    right: Decimal | int,
    *,
    bound: Callable[[Decimal | int, Decimal | int], bool] | None = None,
    lines: tuple[int, ...] = (),
    note: str = "",
) -> IdentityResult:
    holds = bound(left, right) if bound else left == right
    sign = "<=" if bound else "="
    return IdentityResult(
        document,
        unit,
        level,
        period,
        code,
        Decimal(left),
        Decimal(right),
        HOLDS if holds else FAILS,
        lines,
        f"{left} {sign} {right}",
        note,
    )


def _absent(  # noqa: PLR0917 - one value per column
    document: str, unit: str, level: str, period: Period, code: str, missing: str
) -> IdentityResult:
    return IdentityResult(
        document, unit, level, period, code, None, None, NOT_APPLICABLE, (), f"not known: {missing}"
    )
