"""How well a reading matches what a simulated report states."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from orchestration.statements.model import Figure
from orchestration.statements.simulated_sections import Stated

Row = tuple[str, str, str, str, Decimal]


@dataclass(frozen=True)
class Score:
    """Counts of figures; rates are over all of them."""

    stated: int = 0
    read: int = 0
    right: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Counts of both."""
        return Score(self.stated + other.stated, self.read + other.read, self.right + other.right)

    @property
    def recall(self) -> float:
        """Share of the stated figures that were read rightly."""
        return self.right / self.stated

    @property
    def precision(self) -> float:
        """Share of the read figures that are right."""
        return self.right / self.read


def rows(figures: Iterable[Figure | Stated]) -> Counter[Row]:
    """Figures as comparable rows: code, level, dims, period, value."""
    return Counter(
        (f.code, f.level, _flat(f.dims), str(f.period), Decimal(f.value)) for f in figures
    )


def score(stated: Iterable[Stated], read: Iterable[Figure]) -> Score:
    """Stated figures against read ones; a figure is right only with code, level, dims, period,
    value.
    """
    wanted, found = rows(stated), rows(read)
    return Score(wanted.total(), found.total(), (wanted & found).total())


def _flat(dims: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in sorted(dims.items()))
