"""Reports in other authors' words than those of the generator.

Recall, precision when first read, clean and at twice the noise of these tests: author one 0.584,
0.831 and 0.561, 0.808; author two 0.762, 0.928 and 0.738, 0.906, and 0.839, 0.959 after the grammar
was mended for one only; author three, before anything was mended for three, 0.956, 0.979 and 0.929,
0.962; author four likewise 0.934, 0.967 and 0.923, 0.951; author five, while nothing was mended for
it, 0.956, 0.970 and 0.931, 0.943. Authors six and seven wrote without sight of the reader and of
each other: when first read 0.617, 0.808 and 0.610, 0.806; 0.724, 0.813 and 0.721, 0.811. Now that
the reader was mended for them, 0.994, 1.000 and 0.985, 0.994; 0.999, 1.000 and 0.977, 0.985.
Authors eight and nine, blind likewise, when first read: 0.912, 0.956 and 0.865, 0.922; 0.959, 0.975
and 0.943, 0.961. Author ten, blind, never mended for: 0.942, 0.976 and 0.940, 0.966. Author eleven,
blind: 0.871, 0.900 and 0.860, 0.895; after two phrases were mended for it ("đang tiếp tục thẩm
định, giải quyết", what the post office brings) 0.920, 0.951 and 0.908, 0.945, the rest left.
``author_known`` was written with sight of the reader, to vary how sentences are built.
"""

import pytest

from orchestration.statements.ocr import error_rate
from orchestration.statements.reader import read_statement
from orchestration.statements.scoring import Score, score
from tests.statements.author_eight import AUTHOR_EIGHT
from tests.statements.author_eleven import AUTHOR_ELEVEN
from tests.statements.author_five import AUTHOR_FIVE
from tests.statements.author_four import AUTHOR_FOUR
from tests.statements.author_known import AUTHOR_KNOWN
from tests.statements.author_nine import AUTHOR_NINE
from tests.statements.author_one import AUTHOR_ONE
from tests.statements.author_seven import AUTHOR_SEVEN
from tests.statements.author_six import AUTHOR_SIX
from tests.statements.author_ten import AUTHOR_TEN
from tests.statements.author_three import AUTHOR_THREE
from tests.statements.author_two import AUTHOR_TWO
from tests.statements.wordings import Family, worded

SEEDS = range(40_000, 40_080)
NOISE = 1.0
"""2.2 % of the characters of the accent-stripped text are wrong, most accents are lost."""


def _total(family: Family, noise: float) -> Score:
    reports = [worded(family, seed, noise) for seed in SEEDS]
    return sum((score(r.figures, read_statement(r.text, "x").figures) for r in reports), Score())


def test_the_noise_has_the_stated_strength() -> None:
    reports = [worded(AUTHOR_FIVE, seed, NOISE) for seed in SEEDS]
    rates = [error_rate(report.clean, report.text) for report in reports]
    assert 0.015 < sum(rates) / len(rates) < 0.025


KNOWN = {
    "1": AUTHOR_ONE, "2": AUTHOR_TWO, "3": AUTHOR_THREE, "4": AUTHOR_FOUR, "5": AUTHOR_FIVE,
    "6": AUTHOR_SIX, "7": AUTHOR_SEVEN, "8": AUTHOR_EIGHT, "9": AUTHOR_NINE,
    "known": AUTHOR_KNOWN,
}  # fmt: skip


@pytest.mark.parametrize("family", KNOWN.values(), ids=KNOWN)
def test_authors_whose_words_are_known_are_read(family: Family) -> None:
    clean = _total(family, 0.0)
    assert clean.stated > 1_500
    assert clean.recall >= 0.99, clean
    assert clean.precision >= 0.995, clean
    noisy = _total(family, NOISE)
    assert noisy.recall >= 0.97, noisy
    assert noisy.precision >= 0.98, noisy


@pytest.mark.parametrize(
    ("family", "recall", "precision"),
    [(AUTHOR_TEN, 0.935, 0.96), (AUTHOR_ELEVEN, 0.9, 0.94)],
    ids=["10", "11"],
)
def test_strangers_words_are_read_as_well_as_when_first_measured(
    family: Family, recall: float, precision: float
) -> None:
    """Short of the 0.95 and 0.99 of the generator's held-back reports: what is still to be won."""
    for noise in (0.0, NOISE):
        total = _total(family, noise)
        assert total.recall >= recall, (noise, total)
        assert total.precision >= precision, (noise, total)
