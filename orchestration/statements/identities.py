"""Whether the figures of a statement agree with each other: identities, contradictions, remarks.

Absent is absent, never zero: an identity with an absent term is ``not_applicable``. Terms that an
office's sentence does not use (transferred, reopened, unknown channel; returned and withdrawn where
the report does not mention them) drop out; a composite or its own stated parts may stand for a
term.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from orchestration.statements.findings import (
    CHANGE,
    FAILS,
    HOLDS,
    NOT_APPLICABLE,
    PARTS,
    RATE,
    REPEAT,
    Contradiction,
    Findings,
    IdentityResult,
    Remark,
)
from orchestration.statements.model import Figure, Period
from orchestration.statements.rules import AT_MOST, Equation, RateReading, Rules, Selector, Whole

_SELDOM = frozenset({"transferred_in", "transferred_out", "reopened", "received_channel_unknown"})
_LEFT_WITHOUT_RESULT = frozenset({"returned", "withdrawn"})
_CHANGES = {"par_index_change": "par_index"}
_TOTALS = ("received_total", "resolved_total", "open_total")

Key = tuple[str, str, Period | None]
Values = tuple[tuple[Decimal, tuple[int, ...], str], ...]


def judge(document: str, figures: Sequence[Figure], rules: Rules) -> Findings:
    """Every identity over one document's stated figures, its contradictions and remarks.

    A doubtful reading is used in no identity until a person has confirmed it.
    """
    doubtful = _doubtful(document, figures)
    figures = [figure for figure in figures if not figure.alternatives]
    groups = _groups(figures)
    results: list[IdentityResult] = []
    remarks: list[Remark] = []
    for key, group in groups.items():
        stated = _Stated(document, key, group, figures, rules)
        results.extend(stated.equations())
        rated, noted = stated.rates()
        results.extend(rated)
        remarks.extend(noted)
    results.extend(_wholes(document, figures, rules.wholes))
    results.extend(_changes(document, figures))
    repeats, contradictions = _repeats(document, figures)
    remarks.extend(doubtful)
    return Findings((*results, *repeats), tuple(contradictions), tuple(remarks))


@dataclass
class _Stated:
    """The figures of one level and period, by code."""

    document: str
    key: Key
    group: Sequence[Figure]
    everywhere: Sequence[Figure]
    rules: Rules
    by_code: dict[str, Values] = field(init=False)

    def __post_init__(self) -> None:
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
        words = " + ".join(f"{name} {_text(value)}" for value, _, name in combination)
        return self._result(
            equation.code,
            first[0],
            total,
            HOLDS if good else FAILS,
            tuple(dict.fromkeys(lines)),
            f"{first[2]} {_text(first[0])} {sign} {words}",
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
            f"{_text(share)} % of {reading.denominator}"
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
            f"{_text(figure.value)} % depends on the denominator: {words}",
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


def _groups(figures: Iterable[Figure]) -> dict[Key, list[Figure]]:
    groups: dict[Key, list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.level, figure.unit, figure.period), []).append(figure)
    return groups


# wholes and parts, changes


def _wholes(
    document: str, figures: Sequence[Figure], wholes: Sequence[Whole]
) -> list[IdentityResult]:
    """Stated wholes against their stated parts, per period."""
    results: list[IdentityResult] = []
    for rule in wholes:
        seen: set[tuple[str, Period | None]] = set()
        for figure in figures:
            if not any(_selects(part, figure) for part in rule.parts):
                continue
            place = (_shared_level(rule, figure), figure.period)
            if place in seen:
                continue
            seen.add(place)
            found = _whole(document, figures, rule, *place)
            if found is not None:
                results.append(found)
    return results


def _shared_level(rule: Whole, figure: Figure) -> str:
    """Parts of different levels make one whole where the rule names the levels."""
    return "" if any(part.level for part in rule.parts) else figure.level


def _whole(
    document: str, figures: Sequence[Figure], rule: Whole, level: str, period: Period | None
) -> IdentityResult | None:
    here = [f for f in figures if f.period == period and level in {"", f.level}]
    parts: dict[tuple[tuple[str, str], ...], Figure] = {}
    for part in rule.parts:
        chosen = [figure for figure in here if _selects(part, figure)]
        if not chosen and not part.is_open:
            return None
        for figure in chosen:
            parts.setdefault((*_own_dims(figure), ("@", figure.level)), figure)
    if len(parts) < 2 or not _is_closed(rule, parts.values()):
        return None
    whole = next((figure for figure in here if _selects(rule.whole, figure)), None)
    total = whole.value if whole else _out_of(parts.values())
    if total is None:
        return None
    stated = sum((figure.value for figure in parts.values()), Decimal(0))
    some = whole or next(iter(parts.values()))
    lines = [figure.line for figure in ((whole,) if whole else ()) + tuple(parts.values())]
    words = " + ".join(_text(figure.value) for figure in parts.values())
    return IdentityResult(
        document,
        some.unit,
        some.level,
        period,
        PARTS,
        total,
        stated,
        HOLDS if total == stated else FAILS,
        tuple(dict.fromkeys(lines)),
        f"{rule.whole.code} {_text(total)} = {words}",
    )


def _is_closed(rule: Whole, parts: Iterable[Figure]) -> bool:
    if rule.closing is None:
        return True
    dim, values = rule.closing
    return any(figure.dims.get(dim) in values for figure in parts)


def _out_of(parts: Iterable[Figure]) -> Decimal | None:
    """ "08/23" states the whole too, if all parts say the same."""
    wholes = {figure.dims["out_of"] for figure in parts if "out_of" in figure.dims}
    return Decimal(wholes.pop()) if len(wholes) == 1 else None


def _selects(part: Selector, figure: Figure) -> bool:
    return part.selects(figure.code, figure.dims, figure.level)


def _own_dims(figure: Figure) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((n, v) for n, v in figure.dims.items() if n not in {"out_of", "level"}))


def _changes(document: str, figures: Sequence[Figure]) -> list[IdentityResult]:
    """A stated change against this value less the one before; its direction is in the words."""
    results: list[IdentityResult] = []
    for change in figures:
        code = _CHANGES.get(change.code)
        if code is None:
            continue
        same = [f for f in figures if f.code == code and f.level == change.level]
        now = next((f for f in same if f.period == change.period), None)
        before = max(
            (f for f in same if f.period and change.period and f.period.last < change.period.first),
            key=lambda f: f.period.last.toordinal() if f.period else 0,
            default=None,
        )
        place = (document, change.unit, change.level, change.period, CHANGE)
        if now is None or before is None:
            results.append(
                IdentityResult(
                    *place,
                    change.value,
                    None,
                    NOT_APPLICABLE,
                    (change.line,),
                    f"not stated: {code}",
                )
            )
            continue
        real = abs(now.value - before.value)
        results.append(
            IdentityResult(
                *place,
                abs(change.value),
                real,
                HOLDS if abs(change.value) == real else FAILS,
                tuple(dict.fromkeys((change.line, now.line, before.line))),
                f"{change.code} {_text(change.value)} = {_text(now.value)} - {_text(before.value)}",
            )
        )
    return results


# repeats, contradictions, doubtful readings


def _repeats(
    document: str, figures: Sequence[Figure]
) -> tuple[list[IdentityResult], list[Contradiction]]:
    """What is stated more than once agrees (``repeat`` holds) or is a contradiction."""
    same: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        key = (figure.code, _own_dims(figure), figure.unit, figure.level, figure.period)
        same.setdefault(key, []).append(figure)
    agreed: list[IdentityResult] = []
    opposed: list[Contradiction] = []
    for found in same.values():
        first = found[0]
        values = tuple(dict.fromkeys(figure.value for figure in found))
        lines = tuple(dict.fromkeys(figure.line for figure in found))
        if len(values) > 1:
            opposed.append(
                Contradiction(
                    document,
                    first.unit,
                    first.level,
                    first.period,
                    first.code,
                    dict(_own_dims(first)),
                    values,
                    lines,
                )
            )
        elif len(found) > 1:
            agreed.append(
                IdentityResult(
                    document,
                    first.unit,
                    first.level,
                    first.period,
                    REPEAT,
                    first.value,
                    first.value,
                    HOLDS,
                    lines,
                    f"{first.code} {_text(first.value)}, stated {len(found)} times",
                )
            )
    return agreed, opposed


def _doubtful(document: str, figures: Iterable[Figure]) -> list[Remark]:
    return [
        Remark(
            document,
            figure.unit,
            figure.level,
            figure.code,
            "doubtful_reading",
            tuple(sorted(figure.alternatives)),
            (figure.line,),
            f"confirm the reading of {' '.join(figure.tokens)!r}: "
            + " or ".join(_text(value) for value in sorted(figure.alternatives)),
        )
        for figure in figures
        if figure.alternatives
    ]


# numbers


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
    exact = _text(_rounded(share, Decimal("0.01")))
    stated = f"{figure.code} {_text(figure.value)}"
    return f"{stated} {sign} {rule.numerator} / {rule.denominator} ({exact})"


def _share_of_all(figures: Iterable[Figure], code: str, period: Period | None) -> Decimal | None:
    """ "12/23 … và 06/12": all numerators over all wholes."""
    parts = [f for f in figures if f.code == code and f.period == period and "out_of" in f.dims]
    whole = sum((Decimal(part.dims["out_of"]) for part in parts), Decimal(0))
    return sum((part.value for part in parts), Decimal(0)) * 100 / whole if whole else None


def _text(value: Decimal) -> str:
    return f"{value:f}"
