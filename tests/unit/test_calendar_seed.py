"""The calendar as delivered is what the package knows, and says of each day where it comes from."""

import csv

from orchestration import calendar_seed


def test_the_seed_is_what_the_package_says():
    with calendar_seed.SEED.open(encoding="utf-8", newline="") as file:
        stored = [tuple(row.values()) for row in csv.DictReader(file)]
    assert stored == [
        (str(day), str(works).lower(), name, document, source, str(sure).lower())
        for day, works, name, document, source, sure in calendar_seed.rows()
    ]


def test_every_year_has_a_tet_and_only_decided_years_are_confirmed():
    rows = calendar_seed.rows()
    years = range(calendar_seed.FIRST_YEAR, calendar_seed.LAST_YEAR + 1)
    free = [(day.year, name) for day, works, name, *_ in rows if not works]
    assert all((year, "Tết Nguyên Đán") in free for year in years)
    assert {day.year for day, *_, sure in rows if sure} == set(range(2009, 2027))
    assert all(document for *_, document, _, sure in rows if sure)


def test_make_up_saturdays_are_working_days():
    works = {str(day) for day, is_working, *_ in calendar_seed.rows() if is_working}
    assert {"2024-05-04", "2025-04-26"} <= works
