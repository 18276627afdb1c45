"""Messages, forms, rulings and successions among random lists.

Every movement is an allowed one, the identities hold, and batch by batch gives row for row what one
build gives.
"""

import json

import duckdb
import pytest

from .beside_lists import say_beside_the_lists
from .harness import contract
from .store import load_world
from .test_models_against_reference import LEDGER, PERIODS, dbt, show_batches
from .worlds import Features, seeded_world


def lay(folder, seed):
    """The world in a warehouse of the folder; the number of its lists."""
    world = seeded_world(seed, dossiers=80, lists=8, features=Features(backfill=False))
    config = {"storage_compatibility_version": "v1.4.0"}
    with duckdb.connect(str(folder / "build.duckdb"), config=config) as con:
        load_world(con, world)
        say_beside_the_lists(con, seed)
        return world, con.execute("select count(*) from raw.batch").fetchall()[0][0]


def tables(folder):
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as con:
        return {
            table: sorted(
                json.dumps(row, default=str) for row in con.execute(f"from {table}").fetchall()
            )
            for table in LEDGER
        }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 57, 319])
def test_batch_by_batch_is_one_build_with_messages_rulings_and_successions(tmp_path, seed):
    world, lists = lay(tmp_path, seed)
    dbt(tmp_path, "seed")
    for known in (*range(3, lists, 3), lists):
        show_batches(tmp_path, known)
        dbt(tmp_path, "run")
    grown = tables(tmp_path)
    dbt(tmp_path, "run", "--full-refresh")
    for table, rows in tables(tmp_path).items():
        assert grown[table] == rows, table

    with duckdb.connect(str(tmp_path / "build.duckdb")) as con:
        assert contract(con, world, PERIODS) == []
        said = """
            select count(*) filter (where is_dated), count(distinct kind)
            from intermediate.int_dossier_sighting, intermediate.int_ruling
        """
        messages, kinds = con.execute(said).fetchall()[0]
    assert messages > 0
    assert kinds >= 3
