"""The comparison itself: it passes on the reference's own postings and tells what differs."""

from collections import Counter
from datetime import date

import duckdb
import pytest

from .harness import COLUMNS, _row_of, compare, contract, load_world, postings_of
from .ledger import RULE_SETS, postings
from .worlds import prefix, seeded_world

TABLES = """
create or replace table main.fct_dossier_version as
select distinct hash(system, code)::hugeint as dossier_key, system, code from posted;
create or replace table main.dim_procedure as
select distinct procedure_code as procedure_key, procedure_code, field_name from posted;
create or replace table main.fct_dossier_posting as
select * exclude (procedure_code), procedure_code as procedure_key,
    hash(system, code)::hugeint as dossier_key, 'b' as batch_id
from posted;
"""


@pytest.fixture
def world():
    return seeded_world(6, dossiers=60, lists=10)


@pytest.fixture
def con(world):
    """The reference's own postings in the place of the models'."""
    import pyarrow as pa

    with duckdb.connect() as con:
        load_world(con, world)
        con.register("posted", pa.Table.from_pylist([_row_of(p) for p in postings(world)]))
        con.execute(TABLES)
        yield con


def test_equal_postings_compare_equal_and_keep_the_contract(con, world):
    assert compare(con, world) == []
    assert contract(con, world, [(date(2024, 6, 1), date(2024, 6, 14))]) == []
    assert sorted(p.of.movement for p in postings_of(con)) == sorted(
        p.of.movement for p in postings(world)
    )


def test_a_lost_posting_is_told_with_its_dossier_and_what_the_lists_said(con, world):
    receipts = Counter(
        p.of.dossier
        for p in postings(world)
        if p.of.movement == "receipt" and p.of.dossier.system == "s1"
    )
    # of a dossier that went on after it: what follows hangs in the air
    went_on = {p.of.dossier for p in postings(world) if p.of.movement != "receipt"}
    one = next(d for d, times in receipts.items() if times == 1 and d in went_on)
    con.execute(
        """
        delete from main.fct_dossier_posting
        where system = 's1' and code = ? and movement = 'receipt'
        """,
        [one.code],
    )
    told = compare(con, world)
    assert len(told) == 1
    assert f"s1/{one.code}" in told[0]
    assert "only in the reference: +1" in told[0]
    assert "s1_" in told[0]
    assert contract(con, world) != []


@pytest.mark.parametrize("column", sorted({*COLUMNS} - {"system", "code", "from_unit"}))
def test_a_difference_in_any_column_is_seen(con, world, column):
    code = postings(world)[0].of.dossier.code
    column = "procedure_key" if column in {"procedure_code", "field_name"} else column
    change = {
        "quantity": "quantity + 1",
        "effective_at": "effective_at + interval 1 second",
        "known_at": "known_at + interval 1 second",
    }.get(column, "'other'")
    if column == "procedure_key":
        con.execute("insert into main.dim_procedure values ('other', 'other', 'other')")
    con.execute(f"update main.fct_dossier_posting set {column} = {change} where code = ?", [code])
    assert f"/{code}" in compare(con, world)[0]


def test_events_are_what_ingesting_the_lists_leaves(con, world):
    observed, sighted, extracts = (
        con.execute("select count(*) from raw.event where type = ?", [kind]).fetchone()[0]
        for kind in ("dossier.observed", "dossier.sighted", "extract.completed")
    )
    contents = con.execute(
        """
        select count(distinct (subject, content_hash)) from raw.event
        where type in ('dossier.observed', 'dossier.sighted')
        """
    ).fetchone()[0]
    assert extracts == len(world.batches)
    assert observed == contents
    assert 0 < sighted < len(world.sightings)
    assert con.execute("select sum(rows_read) from raw.batch").fetchone()[0] == sum(
        map(
            len,
            (
                world.sightings,
                world.unit_rows,
                world.procedure_rows,
                world.dated,
                world.rulings,
            ),
        )
    )


def test_the_first_lists_of_a_world_are_a_world(world):
    stored = sorted(b.recorded_at for b in world.batches)
    assert sorted(b.recorded_at for b in prefix(world, 3).batches) == stored[:3]
    assert set(postings(prefix(world, len(world.batches)))) == set(postings(world))


def test_each_rule_set_has_its_columns():
    assert {f"tl_{when}_{r}" for when in ("before", "after") for r in RULE_SETS} <= {*COLUMNS}
