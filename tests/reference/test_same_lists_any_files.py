"""The same lists, however they are cut into files, named, repeated and ordered: the same ledger."""

import random
from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.ingest import ingest_files
from orchestration.raw import prepare_raw
from orchestration.settings import PROJECT_DIR, Settings
from tests.ingest_lists import c_row, write_c

NOW = datetime(2026, 10, 5, 1, tzinfo=UTC)
STATUSES = ("Đang xử lý", "Đã trả kết quả", "Yêu cầu bổ sung giấy tờ", "Chờ ký số")
DAYS = ("05", "12", "19", "26")
LEDGER = """
    select dossier_key, movement, from_account, to_account, from_unit, to_unit, quantity,
        effective_at, known_at, tl_before_by_date, tl_after_by_date, procedure_key
    from fct_dossier_posting order by all
"""


@st.composite
def ways(draw):
    """What the lists of four days say, and two ways of handing them in."""
    lists = []
    for day in DAYS:
        rows = []
        for code in range(draw(st.integers(3, 8))):
            status = draw(st.sampled_from(STATUSES))
            ended = f"{day}/09/2026" if status == STATUSES[1] else ""
            unit = draw(st.sampled_from(["UBND xã Mẫu", "UBND xã Khác"]))
            rows.append(c_row(f"H-{code}", status, ended=ended, unit=unit))
        lists.append((day, rows))
    return lists, draw(st.integers(0, 2**32))


def name(day, part):
    """The same moment and no period: parts of a list are not full lists."""
    return f"igate_{part}_202609{day}T1730.csv"


def told(models, folder, files):
    """The ledger after all files were taken in as old lists, one call each."""
    home = Settings(home=folder / "home", now=NOW, threads=2)
    (home.folder("sources") / "igate.yml").write_text(part_lists(), encoding="utf-8")
    for number, (day, part, rows) in enumerate(files):
        outside = folder / str(number)
        outside.mkdir(parents=True)
        (each,) = ingest_files(home, [write_c(outside, rows, name(day, part))], backfill=True)
        assert each.status != "rejected", each.message
        assert each.read == each.stored + each.unchanged + each.duplicate + each.quarantined
    prepare_raw(home)
    with duckdb.connect(str(home.build_db)) as con:
        con.execute("set timezone = 'UTC'")
        models.run(con)
        return con.execute(LEDGER).fetchall()


def in_files(lists, seed):
    """The same rows in other files: cut, overlapping, repeated, in another order."""
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    files = []
    for day, rows in lists:
        shuffled = chance.sample(rows, len(rows))
        cut = chance.randint(0, len(rows))
        overlap = chance.randint(0, len(rows) - cut)
        files += [(day, "a", shuffled[: cut + overlap]), (day, "b", shuffled[cut:])]
        if chance.random() < 0.5:
            files.append((day, "c", rows + chance.sample(rows, 1)))
    chance.shuffle(files)
    return files


@pytest.mark.slow
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(way=ways())
def test_any_cut_order_and_repetition_of_the_same_lists_gives_the_same_ledger(
    models, tmp_path_factory, way
):
    lists, seed = way
    folder = tmp_path_factory.mktemp("way")
    whole = told(models, folder / "whole", [(day, "x", rows) for day, rows in lists])
    cut = told(models, folder / "cut", in_files(lists, seed))
    assert whole
    assert cut == whole


def part_lists():
    """The source with names that say no period."""
    text = (PROJECT_DIR / "orchestration/sources/igate.yml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("name_pattern:")]
    pattern = r"igate_[a-z]+_(?P<observed>\d{8}T\d{4,6})\.csv$"
    return "\n".join([*lines, f"name_pattern: '{pattern}'"]) + "\n"
