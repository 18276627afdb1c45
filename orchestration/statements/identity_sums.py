"""One level and period of a statement: its sums, bounds and rates against what it states.

A composite, or its own stated parts, may stand for a term; terms that an office's sentence does not
use drop out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from orchestration.statements.findings import (
    FAILS,
    HOLDS,
    NOT_APPLICABLE,
    RATE,
    IdentityResult,
    Remark,
    plain,
)
from orchestration.statements.model import Figure, Period
from orchestration.statements.rules import AT_MOST, Equation, RateReading, Rules

_SELDOM = frozenset({"transferred_in", "transferred_out", "reopened", "received_channel_unknown"})
_LEFT_WITHOUT_RESULT = frozenset({"returned", "withdrawn"})
_TOTALS = ("received_total", "resolved_total", "open_total")

Key = tuple[str, str, Period | None]
Values = tuple[tuple[Decimal, tuple[int, ...], str], ...]


@dataclass
class Stated:
    """The figures of one level and period, by code."""

    document: str
    key: Key
    group: Sequence[Figure]
    everywhere: Sequence[Figure]
    rules: Rules
    by_code: dict[str, Values] = field(init=False)

    def __post_init__(self) -> None:
        """Stated values of each code without dims, each value once, with its lines."""
        found: dict[str, dict[Decimal, list[int]]] = {}
        for figure in self.group:
            if not figure.dims:
                found.setdefault(figure.code, {}).setdefault(figure.value, []).append(figure.line)
        self.by_code = {
            code: tuple((value, tuple(lines), code) for value, lines in values.items())
            for code, values in found.items()
        }

    # sums

    def equations(self) -> list[IdentityResult]:
        """Every sum and bound of which at least one term is stated here."""
        return [
            self._equation(equation)
            for equation in self.rules.equations
            if {equation.left, *self._covering(equation.right)} & self.by_code.keys()
        ]

    def _covering(self, terms: Iterable[str]) -> set[str]:
        wanted = set(terms)
        return wanted | {c for c, parts in self.rules.composites.items() if set(parts) <= wanted}

    def _equation(self, equation: Equation) -> IdentityResult:
        left = self._term(equation.left, equation)
        right = self._side(equation.right, equation)
        if not left or right is None:
            missing = equation.left if not left else self._missing(equation)
            return self._result(
                equation.code, None, None, NOT_APPLICABLE, (), f"not stated: {missing}"
            )
        sign = "<=" if equation.kind == AT_MOST else "="
        tried = [
            (first, combination, sum((value for value, _, _ in combination), Decimal(0)))
            for first in left
            for combination in product(*right)
        ]
        good = [
            entry
            for entry in tried
            if (entry[0][0] <= entry[2] if equation.kind == AT_MOST else entry[0][0] == entry[2])
        ]
        first, combination, total = (good or tried)[0]
        lines = [line for _, found, _ in (first, *combination) for line in found[:1]]
        words = " + ".join(f"{name} {plain(value)}" for value, _, name in combination)
        return self._result(
            equation.code,
            first[0],
            total,
            HOLDS if good else FAILS,
            tuple(dict.fromkeys(lines)),
            f"{first[2]} {plain(first[0])} {sign} {words}",
            "" if good or equation.kind == AT_MOST else self._equals_total(equation, total),
        )

    def _equals_total(self, equation: Equation, total: Decimal) -> str:
        """A failing sum that equals another total shows what was counted instead."""
        for code in _TOTALS:
            values = {value for value, _, _ in self.by_code.get(code, ())}
            if code != equation.left and total in values:
                return f"the right side equals {code}"
        return ""

    def _term(self, code: str, equation: Equation) -> Values:
        """Stated values of a term, else the sum of its stated parts."""
        if code in self.by_code:
            return self.by_code[code]
        for other in self.rules.equations:
            if other.left != code or other.kind == AT_MOST or other.code == equation.code:
                continue
            side = self._side(other.right, other)
            if side is not None and len(side) > 1:
                return tuple(
                    (
                        sum((value for value, _, _ in parts), Decimal(0)),
                        tuple(line for _, lines, _ in parts for line in lines[:1]),
                        code,
                    )
                    for parts in product(*side)
                )
        return ()

    def _side(self, terms: Sequence[str], equation: Equation) -> list[Values] | None:
        """Values of each term of a side; ``None`` when a term is absent without a substitute."""
        rest = list(terms)
        found: list[Values] = []
        for composite, parts in self.rules.composites.items():
            stated = [part for part in parts if part in self.by_code]
            if composite in self.by_code and set(parts) <= set(rest) and len(stated) < len(parts):
                found.append(self.by_code[composite])
                rest = [term for term in rest if term not in parts]
        for term in rest:
            values = self._term(term, equation) if term != equation.left else ()
            if values:
                found.append(values)
            elif not self._drops_out(term):
                return None
        return found or None

    def _drops_out(self, term: str) -> bool:
        if term in _SELDOM:
            return True
        mentioned = {figure.code for figure in self.everywhere}
        return term in _LEFT_WITHOUT_RESULT and not mentioned & {
            *_LEFT_WITHOUT_RESULT,
            "returned_or_withdrawn",
        }

    def _missing(self, equation: Equation) -> str:
        absent = [
            term
            for term in equation.right
            if not self._term(term, equation) and not self._drops_out(term)
        ]
        return ", ".join(absent)

    # rates

    def rates(self) -> tuple[list[IdentityResult], list[Remark]]:
        """Stated rates against every reading of their denominator that can be computed."""
        results: list[IdentityResult] = []
        remarks: list[Remark] = []
        for figure in self.group:
            readings = [reading for reading in self.rules.rates if reading.rate == figure.code]
            if figure.dims or not readings:
                continue
            computed = [
                (reading, share)
                for reading in readings
                if (share := self._share(reading)) is not None
            ]
            if not computed:
                missing = f"not stated: {readings[0].numerator}, {readings[0].denominator}"
                results.append(
                    self._result(RATE, figure.value, None, NOT_APPLICABLE, (figure.line,), missing)
                )
                continue
            fits = [_fits(figure, share) for _, share in computed]
            standard = computed[fits.index(True) if any(fits) else 0]
            results.append(
                self._result(
                    RATE,
                    figure.value,
                    _rounded(standard[1], Decimal("0.01") if _is_bound(figure) else figure.value),
                    HOLDS if any(fits) else FAILS,
                    (figure.line,),
                    _rate_words(figure, standard),
                )
            )
            if any(fits) and not all(fits):
                remarks.append(self._denominators(figure, computed))
        return results, remarks

    def _share(self, reading: RateReading) -> Decimal | None:
        if reading.denominator.endswith(".out_of"):
            return _share_of_all(self.everywhere, reading.numerator, self.key[2])
        top = self._value(reading.numerator)
        bottom = self._value(reading.denominator)
        return None if top is None or not bottom else top * 100 / bottom

    def _value(self, code: str) -> Decimal | None:
        """The first stated value; a composite or a total may come from its parts."""
        if code in self.by_code:
            return self.by_code[code][0][0]
        parts = self.rules.composites.get(code)
        if parts and all(part in self.by_code for part in parts):
            return sum((self.by_code[part][0][0] for part in parts), Decimal(0))
        values = self._term(code, Equation("", "", "", ()))
        return values[0][0] if values else None

    def _denominators(
        self, figure: Figure, computed: Sequence[tuple[RateReading, Decimal]]
    ) -> Remark:
        shares = tuple(_rounded(share, Decimal("0.01")) for _, share in computed)
        words = "; ".join(
            f"{plain(share)} % of {reading.denominator}"
            for (reading, _), share in zip(computed, shares, strict=True)
        )
        return Remark(
            self.document,
            figure.unit,
            figure.level,
            figure.code,
            "denominator",
            shares,
            (figure.line,),
            f"{plain(figure.value)} % depends on the denominator: {words}",
        )

    def _result(  # noqa: PLR0917 - one value per column
        self,
        code: str,
        left: Decimal | None,
        right: Decimal | None,
        status: str,
        lines: tuple[int, ...],
        equation: str,
        note: str = "",
    ) -> IdentityResult:
        level, unit, period = self.key
        return IdentityResult(
            self.document, unit, level, period, code, left, right, status, lines, equation, note
        )


def _fits(figure: Figure, share: Decimal) -> bool:
    if _is_bound(figure):
        return share > figure.value
    return _rounded(share, figure.value) == figure.value


def _is_bound(figure: Figure) -> bool:
    """ "over 50 %" is a bound, not a value."""
    return figure.qualifier == "above"


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """Half up, to the decimals of ``like``."""
    exponent = like.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _rate_words(figure: Figure, reading: tuple[RateReading, Decimal]) -> str:
    """ "over 50" is less than the share; a stated rate equals it at the stated precision."""
    rule, share = reading
    sign = "<" if _is_bound(figure) else "="
    exact = plain(_rounded(share, Decimal("0.01")))
    stated = f"{figure.code} {plain(figure.value)}"
    return f"{stated} {sign} {rule.numerator} / {rule.denominator} ({exact})"


def _share_of_all(figures: Iterable[Figure], code: str, period: Period | None) -> Decimal | None:
    """ "12/23 … và 06/12": all numerators over all wholes."""
    parts = [f for f in figures if f.code == code and f.period == period and "out_of" in f.dims]
    whole = sum((Decimal(part.dims["out_of"]) for part in parts), Decimal(0))
    return sum((part.value for part in parts), Decimal(0)) * 100 / whole if whole else None
