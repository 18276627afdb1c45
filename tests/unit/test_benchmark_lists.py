"""The benchmark's own list has the layout of the simulated one, whatever columns that gets."""

from datetime import date

from benchmarks.ledger_steps import MIX, _changes_sql
from orchestration.demo.lists import C_HEADER


def test_list_of_the_daily_batch_has_every_column_of_its_layout() -> None:
    sql = _changes_sql(dict.fromkeys(MIX, 1), date(2026, 10, 1))
    assert [title for title in C_HEADER if f'as "{title}"' not in sql] == []
