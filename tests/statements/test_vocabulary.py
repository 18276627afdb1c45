"""Sheets of figures: a misspelt code or dim is refused with the nearest known ones."""

import csv

import pytest

from orchestration.errors import HosoError
from orchestration.settings import PROJECT_DIR
from orchestration.statements.editing import dims_of, from_sheet
from orchestration.statements.vocabulary import check

_HEAD = "line,code,dims,level,value\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("7,recieved_total,,district,12", ("row 2 (line 7)", "'recieved_total'", "received_total")),
        ("8,rank,off=par_index,district,3", ("row 2 (line 8)", "dim 'off'", "nearest: of")),
        ("8,rank,of=par_indx,district,3", ("of='par_indx'", "par_index")),
        ("9,training,form=onlin,district,3", ("form='onlin'", "nearest: online")),
        ("9,inspected,kind=comune;out_of=15,district,3", ("kind='comune'", "nearest: commune")),
        ("9,inspected,kind=commune;out_of=many,district,3", ("out_of='many'",)),
        ("9,resolved_total,kind=regulation,district,3", ("dim 'kind'", "it has none")),
    ],
)
def test_a_misspelt_code_or_dim_is_refused_with_the_nearest_known(
    row: str, said: tuple[str, ...]
) -> None:
    with pytest.raises(HosoError) as refused:
        from_sheet(_HEAD + row, "huyện Long Thượng")
    for part in said:
        assert part in str(refused.value)


def test_everything_that_real_reports_state_is_known() -> None:
    with (PROJECT_DIR / "seeds" / "statement_figure.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) > 100
    for row in rows:
        check(row["figure"], dims_of(row["dims"]))
