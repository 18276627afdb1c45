"""What a statement states of wholes, parts and changes over its levels and periods."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from orchestration.statements.findings import (
    CHANGE,
    FAILS,
    HOLDS,
    NOT_APPLICABLE,
    PARTS,
    IdentityResult,
    plain,
)
from orchestration.statements.model import Figure, Period
from orchestration.statements.rules import Selector, Whole

_CHANGES = {"par_index_change": "par_index"}


def wholes_and_parts(
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
            parts.setdefault((*own_dims(figure), ("@", figure.level)), figure)
    if len(parts) < 2 or not _is_closed(rule, parts.values()):
        return None
    whole = next((figure for figure in here if _selects(rule.whole, figure)), None)
    total = whole.value if whole else _out_of(parts.values())
    if total is None:
        return None
    stated = sum((figure.value for figure in parts.values()), Decimal(0))
    some = whole or next(iter(parts.values()))
    lines = [figure.line for figure in ((whole,) if whole else ()) + tuple(parts.values())]
    words = " + ".join(plain(figure.value) for figure in parts.values())
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
        f"{rule.whole.code} {plain(total)} = {words}",
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


def own_dims(figure: Figure) -> tuple[tuple[str, str], ...]:
    """What a figure is of, but for its level and its whole."""
    return tuple(sorted((n, v) for n, v in figure.dims.items() if n not in {"out_of", "level"}))


def changes(document: str, figures: Sequence[Figure]) -> list[IdentityResult]:
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
                f"{change.code} {plain(change.value)} = {plain(now.value)} - {plain(before.value)}",
            )
        )
    return results
