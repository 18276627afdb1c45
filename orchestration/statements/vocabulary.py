"""Which figures and dims a statement may have: what a person's sheet is checked against. Pure.

The words are those of the grammar's rules and of the figure seeds, so that a new figure is known as
soon as it can be read or computed.
"""

import csv
import difflib
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR
from orchestration.statements.grammar import CLASSES, RULES

_SEEDS: Final = ("figure.csv", "composite_figure.csv")
# dims that the reader makes without a rule, and of what
_MADE: Final[Mapping[str, tuple[str, ...]]] = {
    "rank": ("of", "out_of"),
    "target": ("of",),
    "inspected": ("kind", "out_of"),
    "procedures": ("level", "sector", "status"),
    "staff": ("kind", "out_of"),
    "units": ("out_of", "part"),
    "units_in_band": ("band", "out_of"),
    "units_in_class": ("band", "of", "out_of"),
}
_KINDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("inspected", "kind"): ("commune", "agency", "unit", "autonomous"),
    ("procedures", "level"): ("province", "department", "district", "commune", "all"),
    ("units_in_class", "class"): tuple(CLASSES.values()),
    ("units_in_class", "of"): ("head",),
}
# sectors are as many as ministries; parts and bands are whatever a report names
_OPEN: Final = frozenset({"sector", "part", "band"})
_ANY_CODE: Final = frozenset({"a code"})


def check(code: str, dims: Mapping[str, str]) -> None:
    """Raises ``ValueError`` that names what is unknown, and the nearest known words."""
    codes = known_codes()
    if code not in codes:
        raise ValueError(f"code {code!r} is no figure; {_nearest(code, codes)}")
    allowed = _dims_of()[code]
    for name, value in dims.items():
        if name not in allowed:
            raise ValueError(f"dim {name!r} is not known of {code}; {_nearest(name, allowed)}")
        known = codes if allowed[name] == _ANY_CODE else allowed[name]
        if name == "out_of" and not value.isdigit():
            raise ValueError(f"dim out_of={value!r}: write a number, as out_of=15")
        if known and value not in known:
            raise ValueError(
                f"dim {name}={value!r} of {code} is not known; {_nearest(value, known)}"
            )


@cache
def known_codes() -> frozenset[str]:
    """Every figure that can be stated."""
    return frozenset(_dims_of())


@cache
def _dims_of() -> dict[str, dict[str, frozenset[str]]]:
    """Code → its dims, with their values; empty where any will do."""
    found: dict[str, dict[str, set[str]]] = {code: {} for code in (*_seed_codes(), *_MADE)}
    for rule in RULES:
        dims = found.setdefault(rule.code, {}) if rule.code else {}
        for name, value in rule.dims.items():
            dims.setdefault(name, set()).add(value)
    for code, names in _MADE.items():
        for name in names:
            found[code].setdefault(name, set())
    for (code, name), values in _KINDS.items():
        found[code].setdefault(name, set()).update(values)
    known = {
        code: {name: frozenset(() if name in _OPEN else values) for name, values in dims.items()}
        for code, dims in found.items()
    }
    for code in ("rank", "target"):
        known[code]["of"] = _ANY_CODE
    for code, names_of in known.items():
        if code.startswith("feedback_"):
            names_of.setdefault("kind", frozenset({"regulation", "conduct"}))
    return known


def _seed_codes() -> set[str]:
    codes: set[str] = set()
    for name in _SEEDS:
        path = PROJECT_DIR / "seeds" / name
        if not path.is_file():
            raise HosoError(f"{name} is missing in seeds/: restore it from the project.")
        with path.open(encoding="utf-8", newline="") as handle:
            codes |= {row["figure"] for row in csv.DictReader(handle)}
    return codes


def _nearest(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.5)
    if near:
        return f"nearest: {', '.join(near)}"
    return f"known: {', '.join(sorted(known))}" if known else "it has none"
