"""The office's list of reports that have to come in."""

from datetime import date

import pytest

from orchestration.alerting.expected import load
from orchestration.errors import HosoError

HEAD = "unit,kind,scheme,working_days,from,source\n"


def write(settings, *rows):
    settings.home.mkdir(parents=True, exist_ok=True)
    path = settings.home / "expected_reports.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")


def test_an_office_without_a_list_expects_nothing(settings):
    assert load(settings) == []


def test_units_below_a_parent_are_written_with_a_star(settings):
    write(
        settings,
        "H56/*,month,cutoff,3,2025-12-15,NĐ 09/2019",
        "",
        "H56.18,week,calendar,1,2026-01-05,",
    )
    assert [(row["unit"], row["is_parent"], row["valid_from"]) for row in load(settings)] == [
        ("H56", True, date(2025, 12, 15)),
        ("H56.18", False, date(2026, 1, 5)),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("/*,month,cutoff,3,2025-12-15,", "column unit"),
        ("A,months,cutoff,3,2025-12-15,", "column kind: 'months' is none of week, month"),
        ("A,week,cutoff,3,2025-12-15,", "weeks are 'calendar'"),
        ("A,month,cutoff,-3,2025-12-15,", "column working_days: '-3'"),
        ("A,month,cutoff,3,15/12/2025,", "column from: '15/12/2025'"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(settings, row, said):
    write(settings, "A,month,cutoff,3,2025-12-15,", row)
    with pytest.raises(HosoError, match="line 3") as error:
        load(settings)
    assert said in str(error.value)


def test_another_heading_is_refused(settings):
    write(settings)
    (settings.home / "expected_reports.csv").write_text("unit,kind\n", encoding="utf-8")
    with pytest.raises(HosoError, match="its columns are unit, kind, scheme"):
        load(settings)
