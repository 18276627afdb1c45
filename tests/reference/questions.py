"""Random questions to ``hoso figures``."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from .entries import Question
from .ledger import RULE_SETS, Posting


def questions(
    seed: int, posted: Sequence[Posting], number: int, mergers: Sequence[date] = ()
) -> Iterator[Question]:
    """Random questions: any two days, now and as of any instant, units, parents, splits.

    Units are asked for as they stood on the last day, or the day before, of or after a merger.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    instants = sorted({p.known_at for p in posted})
    for _ in range(number):
        first = date(2024, 5, 25) + timedelta(days=chance.randrange(40))
        known = chance.choice([None, *instants])
        rollup = chance.random() < 0.6
        asked = chance.choice([(), (), ("D1",), ("P", "A"), ("D2", "*")])
        yield Question(
            first,
            first + timedelta(days=chance.choice([0, 1, 6, 20, 45])),
            chance.choice(RULE_SETS),
            known=known and known + timedelta(seconds=chance.choice([-1, 0, 1])),
            asked=asked,
            rollup=rollup,
            units_as_of=chance.choice(
                [None, *(day + timedelta(days=n) for day in mergers for n in (-1, 0, 1))]
            ),
            by=chance.choice([None, None, None, "channel", "procedure", "field", "month"]),
        )
