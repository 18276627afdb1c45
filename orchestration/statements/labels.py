"""What reading a block passes around: where it stands, what labels a number, which rule fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.statements.grammar import Rule
from orchestration.statements.items import Item
from orchestration.statements.model import Period
from orchestration.statements.neighbours import concepts_in

LEVELS = {"DISTRICT": "district", "COMMUNE_LEVEL": "commune", "PROVINCE": "province"}
"""Concepts that name a level."""

BEFORE_NUMBERS = frozenset(
    [
        "con",
        "co",
        "duoc",
        "la",
        "da",
        "dat",
        "khoang",
        "gan",
        "hon",
        "chi",
        "moi",
        "van",
        "len",
        "toi",
        "bang",
        "voi",
        "gom",
        "them",
        "nay",
        "hien",
        "tong",
        "dung",
        "chiem",
        "ca",
    ]
)
"""What may stand right before a number that the words behind it explain."""


@dataclass(frozen=True)
class Place:
    """Where a block stands: what its figures inherit."""

    unit: str
    level: str
    period: Period | None
    context: str = ""
    subject: str = ""
    heading: frozenset[str] = frozenset()
    """What the heading above says: "* Phản ánh, kiến nghị:"."""
    sibling_subject: str = ""
    sibling_state: str = ""
    """What the list's item before counted, and whether that was finished or open."""


@dataclass(frozen=True)
class Label:
    """What was found around a number: item ranges and what it counts."""

    left: Sequence[Item]
    near: Sequence[Item]
    right: Sequence[Item]
    end: int
    noun: str
    subject: str
    among: Sequence[Item] = ()
    """What the number is taken out of: "trong số hồ sơ nhận mới có …"."""


@dataclass(frozen=True)
class Reading:
    """A rule that fits, the features and items that it rests on, and how far to trust it."""

    rule: Rule
    features: frozenset[str]
    used: Sequence[Item]
    trust: float


def heading_of(label: Label) -> frozenset[str]:
    """What stands right before the colon that opens the clause: "Chỉ tiêu giao: tỷ lệ …"."""
    before = label.left[: len(label.left) - len(label.near)]
    return concepts_in(before[-2:-1]) if before and before[-1].name == ":" else frozenset()
