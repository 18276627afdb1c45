"""What a statement says twice, and what of it was read in two ways."""

from collections.abc import Iterable, Sequence

from orchestration.statements.findings import (
    HOLDS,
    REPEAT,
    Contradiction,
    IdentityResult,
    Remark,
    plain,
)
from orchestration.statements.identity_wholes import own_dims
from orchestration.statements.model import Figure


def repeats(
    document: str, figures: Sequence[Figure]
) -> tuple[list[IdentityResult], list[Contradiction]]:
    """What is stated more than once agrees (``repeat`` holds) or is a contradiction."""
    same: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        key = (figure.code, own_dims(figure), figure.unit, figure.level, figure.period)
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
                    dict(own_dims(first)),
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
                    f"{first.code} {plain(first.value)}, stated {len(found)} times",
                )
            )
    return agreed, opposed


def doubtful_readings(document: str, figures: Iterable[Figure]) -> list[Remark]:
    """A remark on each figure that a person has to confirm."""
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
            + " or ".join(plain(value) for value in sorted(figure.alternatives)),
        )
        for figure in figures
        if figure.alternatives
    ]
