"""Identities over stated figures: what holds, what fails by how much, what does not apply."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.errors import HosoError
from orchestration.statements.findings import Findings
from orchestration.statements.identities import judge
from orchestration.statements.model import Figure, Period
from orchestration.statements.rules import Rules, load_rules, selector

PERIOD = Period(date(2024, 1, 1), date(2024, 3, 31))
BEFORE = Period(date(2023, 1, 1), date(2023, 12, 31))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def figure(
    code: str,
    value: str | int,
    *,
    level: str = "district",
    period: Period = PERIOD,
    qualifier: str | None = None,
    alternatives: tuple[int, ...] = (),
    dims: Mapping[str, str] | None = None,
) -> Figure:
    return Figure(
        code,
        "X",
        level,
        period,
        Decimal(value),
        "",
        1,
        "",
        dims or {},
        qualifier,
        alternatives=tuple(map(Decimal, alternatives)),
    )


def judged(rules: Rules, *figures: Figure) -> Findings:
    return judge("1/BC", figures, rules)


def status(findings: Findings, code: str) -> list[tuple[str, Decimal | None]]:
    return [(r.status, r.difference) for r in findings.identities if r.code == code]


def test_a_sum_holds(rules: Rules) -> None:
    found = judged(
        rules,
        figure("received_total", 498),
        figure("received_new", 431),
        figure("carried_over", 67),
    )
    assert status(found, "I1") == [("holds", 0)]


def test_a_sum_fails_by_left_minus_right(rules: Rules) -> None:
    found = judged(
        rules, figure("open_total", 161), figure("open_in_time", 119), figure("open_overdue", 0)
    )
    assert status(found, "I4") == [("fails", 42)]


def test_an_absent_term_is_never_zero(rules: Rules) -> None:
    found = judged(rules, figure("open_total", 161), figure("open_in_time", 161))
    assert status(found, "I4") == [("not_applicable", None)]


def test_returned_drops_out_only_where_the_report_does_not_mention_it(rules: Rules) -> None:
    parts = (
        figure("received_total", 10),
        figure("resolved_total", 7),
        figure("open_total", 3),
    )
    assert status(judged(rules, *parts), "I5") == [("holds", 0)]
    elsewhere = figure("returned", 1, level="commune")
    assert ("not_applicable", None) in status(judged(rules, *parts, elsewhere), "I5")


def test_a_composite_stands_for_its_parts(rules: Rules) -> None:
    found = judged(
        rules,
        figure("received_new", 431),
        figure("received_online", 410),
        figure("received_offline", 21),
    )
    assert status(found, "I2") == [("holds", 0)]


def test_stated_parts_stand_for_a_total(rules: Rules) -> None:
    found = judged(
        rules,
        figure("received_total", 45757),
        figure("resolved_in_time", 45660),
        figure("resolved_late", 102),
    )
    assert status(found, "I12") == [("fails", 5)]


def test_a_failing_sum_that_equals_another_total_says_so(rules: Rules) -> None:
    found = judged(
        rules,
        figure("received_total", 498),
        figure("received_new", 431),
        figure("received_online", 477),
        figure("received_offline", 21),
    )
    (result,) = [r for r in found.identities if r.code == "I2"]
    assert (result.status, result.difference) == ("fails", -67)
    assert result.note == "the right side equals received_total"


def test_levels_and_periods_are_not_mixed(rules: Rules) -> None:
    found = judged(
        rules,
        figure("open_total", 88),
        figure("open_in_time", 88, level="commune"),
        figure("open_overdue", 0, period=BEFORE),
    )
    assert {state for state, _ in status(found, "I4")} == {"not_applicable"}


def test_an_identity_fails_only_if_no_stated_value_makes_it_hold(rules: Rules) -> None:
    parts = [figure("resolved_total", 371), figure("resolved_early", 347)]
    parts += [figure("resolved_on_time", 24), figure("resolved_late", 6)]
    assert status(judged(rules, *parts), "I3") == [("fails", -6)]
    assert status(judged(rules, *parts, figure("resolved_late", 0)), "I3") == [("holds", 0)]


def test_two_values_of_one_figure_contradict(rules: Rules) -> None:
    found = judged(rules, figure("resolved_late", 6), figure("resolved_late", 0))
    assert [(c.code, c.values) for c in found.contradictions] == [("resolved_late", (6, 0))]


def test_a_doubtful_reading_contradicts_nothing(rules: Rules) -> None:
    found = judged(
        rules,
        figure("returned_by_post", 231, alternatives=(231, 1231)),
        figure("returned_by_post", 230),
    )
    assert found.contradictions == ()
    assert [r.kind for r in found.remarks] == ["doubtful_reading"]


def test_another_period_is_another_figure(rules: Rules) -> None:
    found = judged(rules, figure("par_index", 83), figure("par_index", 63, period=BEFORE))
    assert found.contradictions == ()


def test_a_change_is_held_against_both_years(rules: Rules) -> None:
    found = judged(
        rules,
        figure("par_index", "83.30"),
        figure("par_index", "63.19", period=BEFORE),
        figure("par_index_change", "19.69"),
    )
    assert status(found, "I14") == [("fails", Decimal("-0.42"))]


def test_a_change_without_the_year_before_does_not_apply(rules: Rules) -> None:
    found = judged(rules, figure("par_index", 83), figure("par_index_change", 2))
    assert status(found, "I14") == [("not_applicable", None)]


def test_a_rate_that_holds_under_one_denominator_only_is_a_remark(rules: Rules) -> None:
    found = judged(
        rules,
        figure("received_total", 22725),
        figure("resolved_in_time", 22604),
        figure("resolved_late", 6),
        figure("on_time_rate", 100),
    )
    assert status(found, "I15") == [("holds", 0)]
    assert [r.values for r in found.remarks] == [(Decimal("99.97"), Decimal("99.47"))]


def test_a_rate_that_no_denominator_explains_fails(rules: Rules) -> None:
    found = judged(
        rules,
        figure("received_new", 200),
        figure("received_online", 100),
        figure("online_rate", "62.5"),
    )
    assert status(found, "I15") == [("fails", Decimal("12.5"))]


def test_over_a_share_is_a_bound(rules: Rules) -> None:
    parts = (
        figure("inspected", 12, level="commune", dims={"kind": "commune", "out_of": "23"}),
        figure("inspected", 6, dims={"kind": "agency", "out_of": "12"}),
    )
    over = judged(rules, *parts, figure("inspected_rate", 50, qualifier="above"))
    assert [state for state, _ in status(over, "I15")] == ["holds"]
    wrong = judged(rules, *parts, figure("inspected_rate", 60, qualifier="above"))
    assert [state for state, _ in status(wrong, "I15")] == ["fails"]


def test_a_whole_is_held_against_its_parts_when_their_list_is_full(rules: Rules) -> None:
    whole = figure("procedures", 340, dims={"level": "district"})
    police = figure("procedures", 8, dims={"sector": "police", "level": "district"})
    tax = figure("procedures", 3, dims={"sector": "tax", "level": "district"})
    own = figure("procedures", 300, dims={"sector": "district", "level": "district"})
    assert status(judged(rules, whole, police, tax), "I13") == []
    assert status(judged(rules, whole, police, own), "I13") == [("fails", 32)]


def test_a_fraction_states_the_whole(rules: Rules) -> None:
    found = judged(
        rules,
        figure("units_in_class", 8, dims={"class": "good", "out_of": "23"}),
        figure("units_in_class", 14, dims={"class": "completed", "out_of": "23"}),
    )
    assert status(found, "I13") == [("fails", 1)]


@given(
    early=st.integers(0, 10**6),
    on_time=st.integers(0, 10**6),
    late=st.integers(0, 10**6),
    slip=st.integers(-1000, 1000),
)
def test_a_slip_is_found_by_its_amount(early: int, on_time: int, late: int, slip: int) -> None:
    found = judged(
        load_rules(),
        figure("resolved_total", early + on_time + late + slip),
        figure("resolved_early", early),
        figure("resolved_on_time", on_time),
        figure("resolved_late", late),
    )
    assert status(found, "I3") == [("fails" if slip else "holds", slip)]


def test_a_selector_names_code_dims_and_level() -> None:
    chosen = selector("units[kind=commune;funding=*]@district")
    assert (chosen.code, chosen.level, chosen.is_open) == ("units", "district", True)
    assert chosen.selects("units", {"kind": "commune", "funding": "state"}, "district")
    assert not chosen.selects("units", {"kind": "commune"}, "district")
    assert not chosen.selects("units", {"kind": "commune", "funding": "state"}, "commune")


def test_a_missing_seed_is_named(tmp_path: Path) -> None:
    with pytest.raises(HosoError, match=r"composite_figure\.csv is missing"):
        load_rules(tmp_path)
