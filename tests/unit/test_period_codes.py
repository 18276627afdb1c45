"""Periods without a warehouse are those of ``dim_period``."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.period_codes import ended_on, of_code, periods
from tests.reference.models import Models


@pytest.mark.slow
def test_codes_kinds_and_days_are_those_of_dim_period(tmp_path: Path) -> None:
    models = Models.compiled(tmp_path, ("dim_period",))
    with duckdb.connect() as con:
        models.run(con)
        found = con.execute(
            "select period_code, kind, scheme, first_day, last_day from dim_period"
            " where first_day >= date '2010-01-01' and last_day < date '2031-01-01'"
        ).fetchall()
    ours = [
        (each.code, each.kind, each.scheme, each.first, each.last)
        for each in periods()
        if each.first >= date(2010, 1, 1) and each.last < date(2031, 1, 1)
    ]
    assert sorted(found) == sorted(ours)


def test_what_ends_on_a_day() -> None:
    assert [each.code for each in ended_on(date(2026, 3, 1))] == ["2026-W09"]
    assert sorted(each.code for each in ended_on(date(2026, 12, 14))) == [
        *("2026-12c", "2026-H2c", "2026-Q4c", "2026c"),
    ]
    assert ended_on(date(2026, 3, 3)) == []


def test_a_year_of_the_cut_off_scheme_begins_in_december() -> None:
    year = of_code("2026c")
    assert year is not None
    assert (year.first, year.last) == (date(2025, 12, 15), date(2026, 12, 14))
    assert of_code("2026-W60") is None
    assert of_code("nonsense") is None
