"""Simulated reports of seeds that the reader was never tuned on (tuning used seeds below 1,000).

Noise 2.0 is measured here: 3.8 % of the characters of the accent-stripped text are wrong, besides
lost accents, broken lines, "là" read as 13, "Số" read as 86 and blanks lost behind colons.
When first run the reader had recall 0.993 and precision 0.999.
"""

import pytest

from orchestration.statements.identities import judge
from orchestration.statements.model import Figure
from orchestration.statements.ocr import error_rate
from orchestration.statements.reader import read_statement
from orchestration.statements.rules import load_rules
from orchestration.statements.scoring import Score, score
from orchestration.statements.simulate import Report, simulate

FIRST_SEED, REPORTS = 20_000, 80
NOISE = 2.0


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [simulate(seed, NOISE) for seed in range(FIRST_SEED, FIRST_SEED + REPORTS)]


def test_the_noise_has_the_stated_strength(reports: list[Report]) -> None:
    rates = [error_rate(report.clean, report.text) for report in reports]
    assert 0.03 < sum(rates) / len(rates) < 0.05


def test_recall_and_precision_on_noisy_reports(reports: list[Report]) -> None:
    total = sum((score(r.figures, read_statement(r.text, "x").figures) for r in reports), Score())
    assert total.stated > 2_000
    assert total.recall >= 0.95, total
    assert total.precision >= 0.99, total


def test_every_figure_of_clean_reports_is_read(reports: list[Report]) -> None:
    del reports
    clean = [simulate(seed) for seed in range(FIRST_SEED, FIRST_SEED + REPORTS // 2)]
    total = sum((score(r.figures, read_statement(r.text, "x").figures) for r in clean), Score())
    assert total.recall >= 0.995, total
    assert total.precision >= 0.995, total


def test_heads_of_noisy_reports_are_read(reports: list[Report]) -> None:
    right = 0
    for report in reports:
        statement = read_statement(report.text, "x")
        right += statement.period == report.period and statement.level == report.level
    assert right >= 0.95 * len(reports)


def test_planted_failures_are_found_by_their_amount() -> None:
    rules = load_rules()
    planted = 0
    for seed in range(FIRST_SEED, FIRST_SEED + REPORTS // 2):
        report = simulate(seed)
        figures = [_figure(report, place) for place in range(len(report.figures))]
        found = {
            (result.code, result.level, result.difference)
            for result in judge(report.document, figures, rules).identities
            if result.status == "fails"
        }
        # returned dossiers are drawn apart from the flow, so that I5 then has other amounts
        ignored = {"I12", "I15"}
        if {figure.code for figure in figures} & {"returned", "withdrawn"}:
            ignored.add("I5")
        expected = {
            (f.code, f.level, f.difference) for f in report.failures if f.code not in ignored
        }
        planted += len(expected)
        assert expected <= found, seed
        # a total raised by a slip may exceed what was received (I12); shares are drawn apart (I15)
        assert {code for code, _, _ in found - expected} <= ignored, seed
    assert planted > 20


def _figure(report: Report, place: int) -> Figure:
    stated = report.figures[place]
    return Figure(
        code=stated.code,
        unit=report.unit,
        level=stated.level,
        period=stated.period,
        value=stated.value,
        unit_of_measure="",
        line=place + 1,
        text="",
        dims=stated.dims,
    )
