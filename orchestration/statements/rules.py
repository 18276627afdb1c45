"""The identities as data: seeds read once, turned into terms that ``identities`` evaluates."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR

SUM, AT_MOST = "sum", "at_most"


@dataclass(frozen=True)
class Equation:
    """``left`` = (or ≤) the sum of ``right``; figure codes."""

    code: str
    kind: str
    left: str
    right: tuple[str, ...]


@dataclass(frozen=True)
class Selector:
    """``code[dim=value;dim=*]@level``: which stated figures are meant; an empty level is any."""

    code: str
    dims: tuple[tuple[str, str], ...]
    level: str

    @property
    def is_open(self) -> bool:
        """Whether it stands for every value of a dim."""
        return any(value == "*" for _, value in self.dims)

    def selects(self, code: str, dims: Mapping[str, str], level: str) -> bool:
        """Whether a figure is meant; ``out_of``, how many there are, distinguishes nothing."""
        own = {name: value for name, value in dims.items() if name not in _NEUTRAL}
        return (
            code == self.code
            and own.keys() == {name for name, _ in self.dims}
            and all(value in {"*", own[name]} for name, value in self.dims)
            and self.level in {"", level}
        )


@dataclass(frozen=True)
class Whole:
    """A stated whole and its stated parts; without a ``closing`` part the list is not full."""

    whole: Selector
    parts: tuple[Selector, ...]
    closing: tuple[str, frozenset[str]] | None


@dataclass(frozen=True)
class RateReading:
    """One way to compute a stated rate."""

    rate: str
    numerator: str
    denominator: str
    is_standard: bool


@dataclass(frozen=True)
class Rules:
    """All that stated figures are held against."""

    equations: tuple[Equation, ...]
    composites: Mapping[str, tuple[str, ...]]
    wholes: tuple[Whole, ...]
    rates: tuple[RateReading, ...]


_NEUTRAL = frozenset({"out_of", "level"})


def load_rules(seeds: Path = PROJECT_DIR / "seeds") -> Rules:
    """Rules from the seeds ``identity``, ``composite_figure``, ``stated_whole``, ``stated_rate``.

    Raises:
        HosoError: a seed is missing.
    """
    composites = {
        row["figure"]: _terms(row["parts"]) for row in _rows(seeds / "composite_figure.csv")
    }
    return Rules(
        tuple(equation for row in _rows(seeds / "identity.csv") for equation in _equations(row)),
        composites,
        tuple(_whole(row) for row in _rows(seeds / "stated_whole.csv")),
        tuple(
            RateReading(
                row["rate"], row["numerator"], row["denominator"], row["is_standard"] == "true"
            )
            for row in _rows(seeds / "stated_rate.csv")
        ),
    )


def selector(text: str) -> Selector:
    """``units[kind=commune]@commune`` → a selector."""
    name, _, level = text.strip().partition("@")
    code, _, inner = name.partition("[")
    pairs = (pair.split("=", 1) for pair in inner.rstrip("]").split(";") if pair)
    return Selector(code, tuple(sorted((key, value) for key, value in pairs)), level)


def _equations(row: Mapping[str, str]) -> list[Equation]:
    """Equations over stated figures; "a = b + c = d + e" makes two of one code."""
    if "stated" not in row["scope"] or row["kind"] not in {SUM, AT_MOST}:
        return []
    return [
        Equation(row["code"], row["kind"], row["left_side"].strip(), _terms(side))
        for side in row["right_side"].split("=")
    ]


def _whole(row: Mapping[str, str]) -> Whole:
    dim, _, values = row["closes_with"].partition("=")
    closing = (dim, frozenset(values.split("|"))) if dim else None
    return Whole(
        selector(row["whole"]), tuple(selector(part) for part in row["parts"].split(" + ")), closing
    )


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in text.split("+"))


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise HosoError(
            f"{path.name} is missing in {path.parent.name}/: restore it from the project."
        )
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
