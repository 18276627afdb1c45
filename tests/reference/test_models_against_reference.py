"""The dbt models beside the reference model, on random worlds of dossiers and lists."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date

import duckdb
import pytest

from .entries import Question
from .harness import compare, compare_due_dates, compare_figures, contract, postings_of
from .ledger import postings
from .models import PROJECT
from .questions import questions
from .store import load_world
from .units import mergers
from .worlds import Features, seeded_world

PERIODS = ((date(2024, 6, 3), date(2024, 6, 9)), (date(2024, 6, 10), date(2024, 6, 20)))
LEDGER = (
    *("fct_dossier_posting", "fct_dossier_version", "fct_dossier", "fct_unit_day"),
    *("fct_due_date", "dq_reappeared", "dq_duplicate_candidate"),
    *("dq_late_without_apology", "dq_rewritten_history"),
)


@pytest.mark.parametrize("seed", range(10))
def test_models_post_what_the_reference_posts(models, seed):
    world = seeded_world(seed, dossiers=40, lists=8)
    with duckdb.connect() as con:
        load_world(con, world)
        models.run(con)
        assert compare(con, world) == []
        assert compare_due_dates(con, world) == []
        assert contract(con, world, PERIODS) == []


def assert_figures(con, world, seed, number):
    # of the models' own postings: whether those are right is another test's question
    posted = postings_of(con)
    for question in questions(seed, posted, number, mergers(world)):
        assert compare_figures(con, world, posted, question) == []


@pytest.mark.parametrize("seed", range(20, 24))
def test_figures_are_those_of_the_reference_for_any_period_units_and_instant(models, seed):
    world = seeded_world(seed, dossiers=40, lists=8)
    with duckdb.connect() as con:
        load_world(con, world)
        models.run(con)
        assert_figures(con, world, seed, number=12)


def test_a_lost_day_or_a_list_that_reaches_too_far_is_seen_in_the_figures(models):
    world = seeded_world(20, dossiers=40, lists=8)
    question = Question(date(2024, 6, 1), date(2024, 7, 20), rollup=True)
    for lost in (
        "delete from fct_unit_day where movement = 'receipt' and unit_code = 'A'",
        "update fct_unit_reach set reach_date = reach_date + 1 where unit_code = 'A'",
        "update fct_unit_reach set layout = 0",
    ):
        with duckdb.connect() as con:
            load_world(con, world)
            models.run(con)
            assert compare_figures(con, world, postings(world), question) == []
            con.execute(lost)
            assert compare_figures(con, world, postings(world), question) != []


def test_a_lost_or_changed_due_date_is_seen(models):
    world = seeded_world(20, dossiers=40, lists=8)
    with duckdb.connect() as con:
        load_world(con, world)
        models.run(con)
        assert compare_due_dates(con, world) == []
        for changed in (
            "update fct_due_date set because = 'restart' where because = 'receipt'",
            "update fct_due_date set from_at = from_at + interval 1 hour where due_no = 1",
            "delete from fct_due_date where due_no = 1",
        ):
            con.execute("begin")
            con.execute(changed)
            assert compare_due_dates(con, world) != [], changed
            con.execute("rollback")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2012))
def test_figures_are_those_of_the_reference_on_more_worlds(models, seed):
    world = seeded_world(seed, dossiers=100, lists=10)
    with duckdb.connect() as con:
        load_world(con, world)
        models.run(con)
        assert_figures(con, world, seed, number=20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1020))
def test_models_post_what_the_reference_posts_on_more_worlds(models, seed):
    world = seeded_world(seed, dossiers=60, lists=10)
    with duckdb.connect() as con:
        load_world(con, world)
        models.run(con)
        assert compare(con, world) == []
        assert compare_due_dates(con, world) == []
        assert contract(con, world, PERIODS) == []


def dbt(folder, *command):
    """dbt on the folder's warehouse; its own words when it fails."""
    program = shutil.which("dbt", path=os.path.dirname(sys.executable)) or "dbt"  # noqa: PTH120
    done = subprocess.run(
        [program, "--quiet", *command, "--project-dir", PROJECT, "--profiles-dir", PROJECT],
        env={
            **os.environ,
            "HOSO_BUILD_DB": str(folder / "build.duckdb"),
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def show_batches(folder, known):
    """Lets the warehouse see only the first lists, in the order in which they became known."""
    with duckdb.connect(str(folder / "build.duckdb")) as con:
        for table in ("batch", "batch_unit"):
            con.execute(f"create table if not exists raw.all_{table} as from raw.{table}")
            con.execute(f"delete from raw.{table}")
            con.execute(
                f"insert into raw.{table} from raw.all_{table} where batch_id in"
                " (select batch_id from raw.all_batch order by known_at, batch_id limit ?)",
                [known],
            )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [4, 9, 19])
def test_batch_by_batch_gives_row_for_row_what_one_build_gives(tmp_path, seed):
    # a backfill stored out of its order starts the ledger anew, and so does a list that shows two
    # dossiers to be one (decision 002); test_state_machine.py has both
    features = Features(backfill=False, national=False)
    world = seeded_world(seed, dossiers=80, lists=8, features=features)
    with duckdb.connect(
        str(tmp_path / "build.duckdb"), config={"storage_compatibility_version": "v1.4.0"}
    ) as con:
        load_world(con, world)
    assert {b.kind for b in world.batches} >= {"dossiers", "progress", "rulings", "procedures"}
    ledger = ("--select", *(f"+{table}" for table in LEDGER))
    dbt(tmp_path, "seed")
    for known in (*range(4, len(world.batches), 4), len(world.batches)):
        show_batches(tmp_path, known)
        dbt(tmp_path, "run", *ledger)
    rows = {}
    for way in ("incremental", "full"):
        if way == "full":
            dbt(tmp_path, "run", "--full-refresh", *ledger)
        with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as con:
            rows[way] = {
                table: sorted(
                    json.dumps(row, default=str) for row in con.execute(f"from {table}").fetchall()
                )
                for table in LEDGER
            }
    assert len(rows["full"]["fct_dossier_posting"]) > len(rows["full"]["fct_dossier"])
    for table in LEDGER:
        assert rows["incremental"][table] == rows["full"][table], table
