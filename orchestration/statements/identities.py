"""Whether the figures of a statement agree with each other: identities, contradictions, remarks.

Absent is absent, never zero: an identity with an absent term is ``not_applicable``. Terms that an
office's sentence does not use (transferred, reopened, unknown channel; returned and withdrawn where
the report does not mention them) drop out; a composite or its own stated parts may stand for a
term.
"""

from collections.abc import Iterable, Sequence

from orchestration.statements.findings import Findings, IdentityResult, Remark
from orchestration.statements.identity_repeats import doubtful_readings, repeats
from orchestration.statements.identity_sums import Key, Stated
from orchestration.statements.identity_wholes import changes, wholes_and_parts
from orchestration.statements.model import Figure
from orchestration.statements.rules import Rules


def judge(document: str, figures: Sequence[Figure], rules: Rules) -> Findings:
    """Every identity over one document's stated figures, its contradictions and remarks.

    A doubtful reading is used in no identity until a person has confirmed it.
    """
    doubtful = doubtful_readings(document, figures)
    figures = [figure for figure in figures if not figure.alternatives]
    groups = _groups(figures)
    results: list[IdentityResult] = []
    remarks: list[Remark] = []
    for key, group in groups.items():
        stated = Stated(document, key, group, figures, rules)
        results.extend(stated.equations())
        rated, noted = stated.rates()
        results.extend(rated)
        remarks.extend(noted)
    results.extend(wholes_and_parts(document, figures, rules.wholes))
    results.extend(changes(document, figures))
    repeated, contradictions = repeats(document, figures)
    remarks.extend(doubtful)
    return Findings((*results, *repeated), tuple(contradictions), tuple(remarks))


def _groups(figures: Iterable[Figure]) -> dict[Key, list[Figure]]:
    groups: dict[Key, list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.level, figure.unit, figure.period), []).append(figure)
    return groups
