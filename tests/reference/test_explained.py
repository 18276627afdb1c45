"""``hoso explain`` and ``diff`` on random worlds: rows add up, each from a line on its dossier.

Whatever a posting follows from: a list, a message, a ruling, a computed due date that passed.
"""

from collections import Counter

import duckdb

from orchestration.reporting.diff import diff
from orchestration.reporting.explain import explain
from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question

from .harness import CODES, postings_of
from .questions import questions
from .store import load_world
from .units import mergers
from .worlds import seeded_world


def spoken_of(world):
    """(file, line) -> the dossier of which that row speaks."""
    rows = [(s.batch_id, s.line_no, s.code) for s in (*world.sightings, *world.dated)]
    rows += [(r.batch_id, r.line_no, r.dossier.code) for r in world.rulings]
    return {(f"{batch_id}.csv", line): code for batch_id, line, code in rows}


def kinds_of_lists(world):
    return {f"{b.batch_id}.csv": b.kind for b in world.batches}


def rows_explained(con, world, seed):
    """Every figure of some questions explained; the kinds of lists that the rows name."""
    speaks, kind = spoken_of(world), kinds_of_lists(world)
    for asked in questions(seed, postings_of(con), 3, mergers(world)):
        question = Question(
            asked.first,
            asked.last,
            asked.asked[:1] or ("*",),
            rule_set=asked.rule_set,
            as_of=asked.known,
            units_as_of=asked.units_as_of,
        )
        answer = figures(con, question)
        for code in sorted(CODES):
            told = explain(con, code, question)
            assert told["total"] == (answer[0]["figures"][code] if answer else 0), code
            if told["total"] is not None:
                assert sum(row["quantity"] for row in told["rows"]) == told["total"], code
            for row in told["rows"]:
                assert speaks.get((row["file"], row["line"])) == row["code"], (code, row)
                yield kind[row["file"]]


def test_every_row_names_the_line_that_speaks_of_its_dossier_and_rows_add_up(models):
    named = Counter()
    for seed in (30, 31, 32):
        world = seeded_world(seed, dossiers=40, lists=8)
        with duckdb.connect() as con:
            load_world(con, world)
            models.run(con)
            named.update(rows_explained(con, world, seed))
    assert set(named) == {"dossiers", "progress", "rulings"}


def test_what_changed_between_two_moments_is_the_sum_of_its_rows(models):
    world = seeded_world(3, dossiers=40, lists=10)
    speaks = spoken_of(world)
    changed = 0
    with duckdb.connect() as con:
        load_world(con, world)
        models.run(con)
        posted = postings_of(con)
        known = sorted({p.known_at for p in posted})
        for asked in questions(3, posted, 4, mergers(world)):
            question = Question(asked.first, asked.last, asked.asked, rule_set=asked.rule_set)
            for change in diff(con, question, known[0], known[-1]):
                changed += 1
                signs = [1 if r["why"].startswith("counted now: ") else -1 for r in change["rows"]]
                assert sum(signs) == (change["after"] or 0) - (change["before"] or 0), change
                for row in change["rows"]:
                    assert speaks.get((row["file"], row["line"])) == row["code"], row
    assert changed > 30
