"""The five real reports: read from their text, judged from the seed that has their figures."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_DIR
from orchestration.statements.findings import FAILS, HOLDS, Findings, IdentityResult
from orchestration.statements.identities import judge
from orchestration.statements.layout import lay_out
from orchestration.statements.model import Statement
from orchestration.statements.reader import read_statement
from orchestration.statements.rules import load_rules
from orchestration.statements.stated import load_stated

DOCUMENTS = {
    "406/BC-UBND": "000_d279e585fb7a8fec.txt",
    "80/BC-UBND": "001_d24b604d3d6bf8b3.txt",
    "1532/UBND-VP": "002_b8c21598dec75cc1.txt",
    "321/BC-UBND": "003_800bbcc2c44a59f2.txt",
    "87/BC-UBND": "004_1d3155f0e36f4bde.txt",
}

# documents.md, "what a reader with a calculator finds"; difference = left - right
FAILURES = {
    ("321/BC-UBND", "district", "I5", 39),
    ("321/BC-UBND", "district", "I2", -67),
    ("321/BC-UBND", "commune", "I3", -3),
    ("321/BC-UBND", "commune", "I4", 42),
    ("321/BC-UBND", "commune", "I5", 30),
    ("321/BC-UBND", "commune", "I2", -148),
    ("80/BC-UBND", "commune", "I12", 5),
    ("80/BC-UBND", "district", "I14", Decimal("-0.42")),
}

HOLDING = {
    ("321/BC-UBND", "received_total 498 = received_new 431 + carried_over 67"),
    (
        "321/BC-UBND",
        "resolved_total 371 = resolved_early 347 + resolved_on_time 24 + resolved_late 0",
    ),
    ("321/BC-UBND", "open_total 88 = open_in_time 88 + open_overdue 0"),
    ("321/BC-UBND", "received_total 1387 = received_new 1239 + carried_over 148"),
    ("321/BC-UBND", "feedback_received 0 = feedback_new 0 + feedback_carried_over 0"),
    ("321/BC-UBND", "feedback_received 0 = feedback_handled 0 + feedback_open 0"),
    ("321/BC-UBND", "feedback_received 0 = 0 + 0"),
    ("406/BC-UBND", "procedures 340 = 8 + 63 + 269"),
    ("406/BC-UBND", "procedures 163 = 14 + 12 + 137"),
    ("80/BC-UBND", "received_online 142 = 141 + 1"),
    ("80/BC-UBND", "units 23 = 17 + 6"),
    ("80/BC-UBND", "units 23 = 0 + 8 + 15 + 0"),
    ("80/BC-UBND", "units_in_band 17 = 8 + 9"),
    ("80/BC-UBND", "units 23 = 8 + 15 + 0 + 0"),
    ("80/BC-UBND", "units 80 = 30 + 50 + 0"),
    ("80/BC-UBND", "units 30 = 25 + 5"),
    ("80/BC-UBND", "units 50 = 24 + 24 + 2"),
}

Row = tuple[str, ...]


def _read(shared: Callable[[str], Path], document: str) -> tuple[str, Statement]:
    path = shared(f"seeds/{DOCUMENTS[document]}")
    text = path.read_text(encoding="utf-8")
    return text, read_statement(text, path.name)


def _seed_rows(document: str) -> Counter[Row]:
    names = (
        "line_no", "level", "figure", "dims", "period_from", "period_to", "stated_value",
        "unit_of_measure", "qualifier", "alternatives",
    )  # fmt: skip
    with (PROJECT_DIR / "seeds" / "statement_figure.csv").open(encoding="utf-8") as handle:
        return Counter(
            tuple(row[name] for name in names)
            for row in csv.DictReader(handle)
            if row["document"] == document
        )


def _read_rows(statement: Statement) -> Counter[Row]:
    return Counter(
        (
            str(figure.line),
            figure.level,
            figure.code,
            ";".join(f"{name}={value}" for name, value in sorted(figure.dims.items())),
            figure.period.first.isoformat() if figure.period else "",
            figure.period.last.isoformat() if figure.period else "",
            str(figure.value),
            figure.unit_of_measure,
            figure.qualifier or "",
            " ".join(map(str, figure.alternatives)),
        )
        for figure in statement.figures
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_is_read_with_code_dims_level_period_and_value(
    shared: Callable[[str], Path], document: str
) -> None:
    _, statement = _read(shared, document)
    assert statement.document == document
    read, seed = _read_rows(statement), _seed_rows(document)
    assert read - seed == Counter()
    assert seed - read == Counter()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_number_token_has_exactly_one_class(
    shared: Callable[[str], Path], document: str
) -> None:
    text, statement = _read(shared, document)
    numbers = statement.numbers
    # "không có" is one token, also where OCR put digits into it ("kh0ng c6")
    words = {
        position: 1 - sum(bool(re.search(r"\d", part)) for part in token.split())
        for figure in statement.figures
        for position, token in zip(figure.positions, figure.tokens, strict=True)
        if re.search(r"[a-z]", token)
    }
    # an independent count: runs without blanks and brackets that hold a digit
    raw = lay_out(text).plain
    runs = re.findall(
        r"(?:[^\s.,;:()\[\]{}\"“”«»!?+*~=<>%/\\–—-]|(?<=[\dOolI|])[.,/](?=[\dOolI|]))+", raw
    )
    with_digit = sum(1 for run in runs if re.search(r"\d", run))
    assert numbers.total == with_digit + sum(words.values())
    assert len(statement.unread) <= numbers.unread
    assert min(numbers.as_json().values()) >= 0


def _findings() -> Findings:
    rules = load_rules()
    return sum((judge(name, figures, rules) for name, figures in load_stated().items()), Findings())


def _failure(result: IdentityResult) -> tuple[str, str, str, Decimal]:
    assert result.difference is not None
    return result.document, result.level, result.code, result.difference


def test_exactly_the_known_failures_are_found() -> None:
    found = [_failure(result) for result in _findings().identities if result.status == FAILS]
    assert len(found) == len(FAILURES)
    assert set(found) == FAILURES


def test_exactly_the_known_contradictions_are_found() -> None:
    found = {
        (item.document, item.level, item.code, tuple(sorted(item.values)))
        for item in _findings().contradictions
    }
    assert found == {
        ("80/BC-UBND", "district", "resolved_late", (0, 6)),
        ("87/BC-UBND", "commune", "overdue_unspecified", (0, 3)),
    }


def test_what_holds_is_shown_as_holding() -> None:
    found = {(r.document, r.equation) for r in _findings().identities if r.status == HOLDS}
    assert found >= HOLDING


def test_figures_that_a_report_repeats_agree() -> None:
    repeats = {
        r.equation
        for r in _findings().identities
        if r.document == "87/BC-UBND" and r.code == "repeat" and r.status == HOLDS
    }
    assert {"received_total 487, stated 2 times", "online_full 92, stated 2 times"} <= repeats
    assert {"interlinked 27, stated 2 times", "satisfaction_rate 99, stated 3 times"} <= repeats


def test_a_doubtful_reading_is_a_remark_and_no_contradiction() -> None:
    doubtful = [r for r in _findings().remarks if r.kind == "doubtful_reading"]
    assert [(r.document, r.code, r.values) for r in doubtful] == [
        ("80/BC-UBND", "returned_by_post", (Decimal(231), Decimal(1231)))
    ]


def test_a_rate_that_depends_on_its_denominator_is_a_remark() -> None:
    remarks = [r for r in _findings().remarks if r.kind == "denominator"]
    assert [(r.document, r.code, r.values) for r in remarks] == [
        ("80/BC-UBND", "on_time_rate", (Decimal("99.97"), Decimal("99.47")))
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_text_shows_the_same_findings_as_the_seed(
    shared: Callable[[str], Path], document: str
) -> None:
    _, statement = _read(shared, document)
    rules = load_rules()
    read = judge(document, statement.figures, rules)
    seed = judge(document, load_stated()[document], rules)
    assert [(r.code, r.level, r.difference, r.status, r.lines) for r in read.identities] == [
        (r.code, r.level, r.difference, r.status, r.lines) for r in seed.identities
    ]
    assert [(c.code, c.values, c.lines) for c in read.contradictions] == [
        (c.code, c.values, c.lines) for c in seed.contradictions
    ]
