"""Every stated figure against the computed one: status, difference, causes, reading."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from orchestration.reconciling.causes import Split, split
from orchestration.reconciling.compared import (
    DIFFERS,
    MATCH,
    NOT_COMPUTED,
    NOT_STATED,
    Compared,
)
from orchestration.reconciling.computed import Counted, count
from orchestration.reconciling.scope import SHIFTS, Evidence, Reading, Scope, load_readings
from orchestration.reconciling.view import Place, View, place_of
from orchestration.reporting import beside, definitions
from orchestration.reporting.figures import units
from orchestration.reporting.published import rows
from orchestration.stated_figures import Document, decimals, names_in, unit_of
from orchestration.statements.editing import dims_text
from orchestration.statements.model import Figure, Period
from orchestration.statements.rules import load_rules

if TYPE_CHECKING:
    import duckdb

_BOUNDS: Final = frozenset({"above", "at_least"})


def compare(con: "duckdb.DuckDBPyConnection", documents: Iterable[Document]) -> list[Compared]:
    """All figures of the documents against the warehouse."""
    return _Comparison(con).of(documents)


class _Comparison:
    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self._con = con
        self._names = names_in(con)
        self._known = definitions.load(con)
        self._composites = load_rules().composites
        self._units = units(con)
        self._levels = {
            row["unit_code"]: row["level"]
            for row in rows(con, "select unit_code, level from dim_unit")
        }
        self._readings = load_readings()

    def of(self, documents: Iterable[Document]) -> list[Compared]:
        scopes: list[Scope] = []
        found: list[Compared] = []
        for document in documents:
            code = document.unit_code or unit_of(document.unit, self._names)
            groups: dict[tuple[str, Period], list[Figure]] = {}
            for figure in document.figures:
                # a doubtful reading waits for a person
                if figure.period is not None and not figure.alternatives:
                    groups.setdefault((figure.level, figure.period), []).append(figure)
            for (level, period), figures in groups.items():
                if code in self._levels or code == "*":
                    place = self._place(str(code), period)
                    scopes.append(Scope(document, level, period, place, tuple(figures)))
                else:
                    found += [
                        self._row(document, code, level, period, figure) for figure in figures
                    ]
        stated = {figure.code for scope in scopes for figure in scope.figures}
        kinds = {each.kind for code in stated if (each := self._known.get(code)) is not None}
        base = count(
            self._con,
            (scope.view for scope in scopes),
            with_beside=not kinds.isdisjoint(beside.KINDS),
        )
        odd = [scope for scope in scopes if self._has_remainder(scope, base)]
        more = count(self._con, (view for scope in odd for view in self._other_views(scope)))
        for scope in scopes:
            found += self._scope_rows(scope, base, more)
        return found

    def _place(self, code: str, period: Period) -> Place:
        if code == "*":
            return Place("*", tuple(sorted(self._levels)), self._levels)
        return place_of(code, period, self._units, self._levels)

    # values

    def _value(self, counted: Counted | None, code: str, *, then: bool) -> int | None:
        """A counted or derived figure, or a sum of them (``a + b - c``)."""
        if counted is None:
            return None
        parts = self._composites.get(code)
        terms = [("+", part) for part in parts] if parts else _terms(code)
        total = 0
        for sign, name in terms:
            value = counted.then(name) if then else counted.now.get(name)
            if value is None:
                return None
            total += value if sign == "+" else -value
        return total

    def _late(self, counted: Counted, code: str) -> dict[str, int]:
        total: dict[str, int] = {}
        for part in self._composites.get(code, (code,)):
            for cause, amount in counted.late.get(part, {}).items():
                total[cause] = total.get(cause, 0) + amount
        return total

    def _is_countable(self, figure: Figure) -> bool:
        known = self._known.get(figure.code)
        is_figure = known is not None and known.kind not in {"rate", "not_carried"}
        return not figure.dims and (is_figure or figure.code in self._composites)

    # remainders and readings

    def _has_remainder(self, scope: Scope, base: Mapping[View, Counted]) -> bool:
        counted = base.get(scope.view)
        return any(
            self._is_countable(figure)
            and self._value(counted, figure.code, then=True) not in {None, int(figure.value)}
            for figure in scope.figures
        )

    def _other_views(self, scope: Scope) -> list[View]:
        view = scope.view
        views = [view.shifted(*shift) for shift in SHIFTS]
        for reading in self._readings:
            if (other := self._view(scope, reading)) is not None:
                views.append(other)
        return [each for each in dict.fromkeys(views) if each != view and each.units]

    def _view(self, scope: Scope, reading: Reading) -> View | None:
        if reading.kind == "rule_set":
            return scope.view_of(scope.view.units, reading.value)
        if reading.kind == "units":
            return scope.view_of(scope.place.counted(reading.value))
        return None

    def _boundary(
        self, scope: Scope, base: Mapping[View, Counted], more: Mapping[View, Counted]
    ) -> Counted | None:
        """Counts over moved days that fit every figure that the report counts, two at least."""
        stated = [figure for figure in scope.figures if self._is_countable(figure)]
        differing = [
            figure
            for figure in stated
            if self._value(base.get(scope.view), figure.code, then=True) != int(figure.value)
        ]
        if len(differing) < 2:
            return None
        for shift in SHIFTS:
            moved = more.get(scope.view.shifted(*shift))
            values = [self._value(moved, figure.code, then=True) for figure in stated]
            if all(v == int(f.value) for v, f in zip(values, stated, strict=True)):
                return moved
        return None

    def _shifts(
        self, scope: Scope, code: str, then: int, more: Mapping[View, Counted]
    ) -> Iterable[tuple[str, int]]:
        """What each reading takes away from the figure."""
        base_view = scope.view
        for reading in self._readings:
            if reading.figure not in {"*", code}:
                continue
            view = self._view(scope, reading)
            asked = code if view is not None else reading.value
            counted = more.get(view or base_view)
            value = self._value(counted, asked, then=True)
            if value is not None and (view is None or view != base_view):
                yield reading.name, then - value

    # rows

    def _scope_rows(
        self, scope: Scope, base: Mapping[View, Counted], more: Mapping[View, Counted]
    ) -> list[Compared]:
        counted = base.get(scope.view)
        moved = self._boundary(scope, base, more)
        with_base = {**more, **({scope.view: counted} if counted else {})}
        likely = self._likely(scope, counted, with_base)
        evidence = Evidence(moved, with_base, likely)
        found = []
        for figure in scope.figures:
            computed = self._computed(figure, counted)
            parts = Split({})
            if computed is not None and counted and self._is_countable(figure):
                parts = self._split(scope, figure, counted, evidence)
            found.append(self._full_row(scope, figure, counted, computed, parts))
        return found + self._not_stated(scope, counted)

    def _split(
        self,
        scope: Scope,
        figure: Figure,
        counted: Counted,
        evidence: Evidence,
    ) -> Split:
        now = self._value(counted, figure.code, then=False)
        then = self._value(counted, figure.code, then=True)
        difference = (now or 0) - int(figure.value)
        if now is None or then is None or difference == 0:
            return Split({})
        other = self._value(evidence.moved, figure.code, then=True)
        return split(
            difference,
            self._late(counted, figure.code),
            sum(counted.twice.get(part, 0) for part in self._parts(figure.code)),
            then - other if other is not None else 0,
            sorted(
                self._shifts(scope, figure.code, then, evidence.views),
                key=lambda each: -evidence.likely[each[0]],
            ),
        )

    def _likely(
        self, scope: Scope, counted: Counted | None, more: Mapping[View, Counted]
    ) -> Counter[str]:
        """How many figures of the report each reading reproduces: one office counts in one way."""
        fits: Counter[str] = Counter()
        for figure in scope.figures:
            then = self._value(counted, figure.code, then=True)
            if self._is_countable(figure) and then is not None and then != int(figure.value):
                left = then - int(figure.value)
                fits.update(
                    name
                    for name, shift in self._shifts(scope, figure.code, then, more)
                    if shift == left
                )
        return fits

    def _parts(self, code: str) -> tuple[str, ...]:
        return self._composites.get(code, (code,))

    def _computed(self, figure: Figure, counted: Counted | None) -> Decimal | None:
        if counted is None or figure.dims:
            return None
        known = self._known.get(figure.code)
        if known is None or known.kind != "rate":
            value = self._value(counted, figure.code, then=False)
            return None if value is None else Decimal(value)
        top = self._value(counted, " + ".join(known.parts), then=False)
        bottom = self._value(counted, known.whole or "", then=False)
        if top is None or not bottom:
            return None
        # two decimals more than any report writes
        return (Decimal(top) * 100 / Decimal(bottom)).quantize(Decimal("0.000001"))

    def _full_row(
        self,
        scope: Scope,
        figure: Figure,
        counted: Counted | None,
        computed: Decimal | None,
        parts: Split,
    ) -> Compared:
        status = NOT_COMPUTED
        causes: dict[str, int | float] = dict(parts.causes)
        if computed is not None:
            shown = _rounded(computed, decimals(figure.value))
            reached = figure.qualifier in _BOUNDS and computed >= figure.value
            status = MATCH if shown == figure.value or reached else DIFFERS
            computed = shown
            known = self._known.get(figure.code)
            if status == DIFFERS and known is not None and known.kind == "rate":
                causes = {"unexplained": float(shown - figure.value)}
        code = scope.place.own
        return Compared(
            document=scope.document.document,
            unit=scope.document.unit,
            unit_code=code,
            level=scope.level,
            period=scope.period,
            rule_set=scope.document.rule_set,
            code=figure.code,
            dims=dims_text(figure.dims),
            stated=figure.value,
            computed=computed,
            status=status,
            causes=causes if status == DIFFERS else {},
            reading=parts.reading if status == DIFFERS else None,
            line=figure.line,
            known_until=counted.known_until if counted else None,
            complete=counted.complete if counted else None,
        )

    def _not_stated(self, scope: Scope, counted: Counted | None) -> list[Compared]:
        """Counted figures that are known and that the report leaves out, if it counts any."""
        stated = {figure.code for figure in scope.figures if not figure.dims}
        if counted is None or not any(self._is_countable(figure) for figure in scope.figures):
            return []
        return [
            Compared(
                document=scope.document.document,
                unit=scope.document.unit,
                unit_code=scope.place.own,
                level=scope.level,
                period=scope.period,
                rule_set=scope.document.rule_set,
                code=code,
                dims="",
                stated=None,
                computed=Decimal(value),
                status=NOT_STATED,
                causes={},
                reading=None,
                line=None,
                known_until=counted.known_until,
                complete=counted.complete,
            )
            for code, value in counted.now.items()
            if value is not None and code not in stated
        ]

    def _row(
        self, document: Document, code: str | None, level: str, period: Period, figure: Figure
    ) -> Compared:
        """A figure of a unit that sends no lists."""
        return Compared(
            document=document.document,
            unit=document.unit,
            unit_code=code,
            level=level,
            period=period,
            rule_set=document.rule_set,
            code=figure.code,
            dims=dims_text(figure.dims),
            stated=figure.value,
            computed=None,
            status=NOT_COMPUTED,
            causes={},
            reading=None,
            line=figure.line,
            known_until=None,
            complete=None,
        )


def _terms(text: str) -> Sequence[tuple[str, str]]:
    """``a + b - c`` → signs and names."""
    return [(sign or "+", name) for sign, name in re.findall(r"([+-]?)\s*(\w+)", text)]


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
