"""What each figure counts, as data: ``dim_figure`` (seed ``figure.csv``), and its SQL over legs.

A *leg* is one side of a posting at one unit: ``from`` legs carry the sign minus, the account
``outside`` has none. Source of the definitions: ``figures.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from orchestration.eventstore.schema import CARRIED_BITS

if TYPE_CHECKING:
    import duckdb

OPEN: Final = "open"
"""In a definition: every account of an open dossier."""


@dataclass(frozen=True)
class Figure:
    """One row of ``dim_figure``.

    ``needs``: masks of layout bits; the figure is null where the lists of the unit have none of the
    bits of one of them (no mask: always carried). In the seed ``a|b&c``: a or b, and c. ``parts``:
    of derived figures and of a rate's numerator. ``whole``: its denominator.
    """

    code: str
    kind: str
    label_vi: str
    movement: str | None
    leg: str | None
    moment: str | None
    account: str | None
    timeliness: str | None
    channel: str | None
    needs: tuple[int, ...]
    parts: tuple[str, ...]
    whole: str | None
    attribute: str | None = None
    """Column of ``fct_dossier_attribute`` of a dossier that counts (kind ``attribute``)."""

    @property
    def is_counted(self) -> bool:
        """Whether it is a sum over legs (the others follow from those)."""
        return self.kind in {"flow", "balance"}


def load(con: "duckdb.DuckDBPyConnection") -> dict[str, Figure]:
    """All figures of the warehouse, in their order."""
    cursor = con.execute(
        "select figure, kind, label_vi, movement, leg, moment, account, timeliness, channel,"
        " needs, parts from dim_figure order by sort_order"
    )
    names = [column[0] for column in cursor.description or ()]
    return parse(dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def parse(rows: Iterable[Mapping[str, Any]]) -> dict[str, Figure]:
    """Figures from the rows of ``dim_figure`` or of its seed (empty text is null)."""
    return {figure.code: figure for figure in map(_figure, rows)}


def _figure(row: Mapping[str, Any]) -> Figure:
    value = {name: cell or None for name, cell in row.items()}
    numerator, _, whole = (value["parts"] or "").partition("/")
    return Figure(
        code=row["figure"],
        kind=row["kind"],
        label_vi=row["label_vi"],
        movement=value["movement"],
        leg=value["leg"],
        moment=value["moment"],
        account=value["account"],
        timeliness=value["timeliness"],
        channel=value["channel"],
        needs=tuple(
            sum(CARRIED_BITS[name] for name in names.split("|"))
            for names in (value["needs"] or "").split("&")
            if names
        ),
        parts=tuple(part.strip() for part in numerator.split("+") if part.strip()),
        whole=whole.strip() or None,
        attribute=value["needs"] if row["kind"] == "attribute" else None,
    )


def condition(figure: Figure, timeliness: str = "timeliness") -> str:
    """SQL: does a leg count in this figure? Over ``movement, leg, account, timeliness, channel``.

    ``timeliness``: the column that holds it. The period, and transfers inside one entry, are the
    caller's matter.
    """
    terms = []
    if figure.movement:
        terms.append(f"movement = '{figure.movement}' and leg = '{figure.leg}'")
    if figure.account == OPEN:
        terms.append("starts_with(account, 'open.')")
    elif figure.account:
        terms.append(f"account = '{figure.account}'")
    if figure.timeliness:
        terms.append(f"{timeliness} = '{figure.timeliness}'")
    if figure.channel:
        terms.append(f"channel = '{figure.channel}'")
    return " and ".join(terms)


def carried(figure: Figure, layout: str) -> str:
    """SQL: does the column ``layout`` have all that a figure needs?"""
    return " and ".join(f"{layout} & {mask} <> 0" for mask in figure.needs) or "true"


def sign(figure: Figure) -> int:
    """Legs ``from`` are negative; what leaves (``transferred_out``) is still counted upwards."""
    return -1 if figure.leg == "from" else 1


def counted_parts(figures: Mapping[str, Figure], code: str) -> tuple[Figure, ...]:
    """The counted figures that make up a figure: itself, or the parts of a derived one."""
    figure = figures[code]
    if figure.is_counted:
        return (figure,)
    if figure.kind == "derived":
        return tuple(part for name in figure.parts for part in counted_parts(figures, name))
    return ()


def rate(numerator: int | None, denominator: int | None) -> float | None:
    """Percent with two decimals, rounded half up; null without a denominator."""
    if numerator is None or not denominator:
        return None
    return (20000 * numerator + denominator) // (2 * denominator) / 100
