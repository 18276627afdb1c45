"""Anything may arrive in any order: after each run incremental = full refresh = the reference.

A story is a list of steps: what reaches the store (or nothing), and whether a run follows. Each
step is a kind and a number, from which ``Maker`` makes what happened to hundreds of dossiers
meanwhile. Plain hypothesis lists instead of a ``RuleBasedStateMachine``: all steps are possible at
any time, so nothing is lost, and kinds can be weighted (of ten stories of a state machine's rules
most had only one run). Hypothesis does not shrink here, a story takes seconds: ``harness.smallest``
takes away dossiers, lists and rows of the failing world.
"""

from collections import Counter
from datetime import UTC, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .harness import compare, compare_due_dates, compare_figures, contract
from .ledger import postings
from .questions import questions
from .store import load_world
from .units import mergers
from .worlds import Features, Maker, Seeded, arrived

TABLES = (
    "fct_dossier_posting",
    "fct_dossier_version",
    "fct_dossier",
    "fct_unit_day",
    "fct_unit_reach",
    "fct_due_date",
    "dq_reappeared",
)
KINDS = (*["list"] * 8, *["steps"] * 2, "rulings", "again", "backfill", "units")
"""A list (partial, full, late, of any scope, layout and system), progress messages, rulings and
their undoing, an old list again with some rows put right, a backfill, a new units list."""


def stories(kinds, least, most):
    numbers = st.integers(0, 2**32)
    steps = st.tuples(st.sampled_from(kinds), numbers, st.sampled_from([True, True, False]))
    return st.tuples(numbers, st.lists(steps, min_size=least, max_size=most))


ARRIVE = {
    "list": lambda maker: maker.next_list(),
    "again": lambda maker: maker.repeat(maker.now),
    "steps": lambda maker: maker.steps(maker.now),
    "rulings": lambda maker: maker.rule(maker.now),
    "backfill": lambda maker: maker.backfill(),
    "units": lambda maker: maker.list_units(maker.now),
}


def live(models, story, dossiers, features):
    """Lives a story through with all checks, and says of each run whether it was incremental."""
    number, steps = story
    maker = Maker(Seeded(number), features)
    maker.begin(dossiers)
    ways = []
    with duckdb.connect() as con:
        for n, (kind, number, is_run) in enumerate(steps, start=1):
            maker.choose = Seeded(number)
            ARRIVE[kind](maker)
            if is_run or n == len(steps):
                # what is late has not arrived yet
                now = maker.now.replace(tzinfo=UTC) + timedelta(hours=12)
                world = arrived(maker.made(), now)
                load_world(con, world)
                ways.append(models.run_on(con))
                assert_as_from_scratch(models, con, world)
                assert_as_the_reference(con, world, number)
    return ways


def assert_as_from_scratch(models, con, world):
    with duckdb.connect() as fresh:
        load_world(fresh, world)
        models.run(fresh)
        for table in TABLES:
            carried_on, from_scratch = (
                Counter(c.execute(f"from {table}").fetchall()) for c in (con, fresh)
            )
            assert carried_on - from_scratch == Counter(), f"{table}: only by the incremental run"
            assert from_scratch - carried_on == Counter(), f"{table}: only by the full refresh"


def assert_as_the_reference(con, world, number):
    assert compare(con, world) == []
    assert compare_due_dates(con, world) == []
    posted = postings(world)
    for question in questions(number, posted, 2, mergers(world)):
        assert compare_figures(con, world, posted, question) == []
        assert contract(con, world, [(question.first, question.last)]) == []


LISTS_ONLY = Features(backfill=False)


def check(models, examples, least, most, dossiers):
    ways = []

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(stories(KINDS, least, most))
    def whatever_arrives(story):
        ways.extend(live(models, story, dossiers, LISTS_ONLY))

    whatever_arrives()
    # both ways of a run were taken, or the test would prove nothing
    assert {True, False} <= set(ways)


def test_incremental_is_full_refresh_is_the_reference_whatever_arrives(models):
    check(models, examples=2, least=4, most=6, dossiers=100)


@pytest.mark.slow
def test_incremental_is_full_refresh_is_the_reference_in_longer_stories(models):
    check(models, examples=5, least=6, most=12, dossiers=200)
