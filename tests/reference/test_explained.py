"""``hoso explain`` and ``diff`` on random worlds: rows add up, each from a line on its dossier.

Whatever a posting follows from: a list, a message, a ruling, a computed due date that passed.
"""

from collections import Counter, defaultdict
from itertools import chain

import duckdb

from orchestration.reporting.diff import diff
from orchestration.reporting.explain import explain
from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question

from .harness import CODES, postings_of
from .ledger import OPEN, Dossier, Ruling, stored_dated, stored_sightings
from .questions import questions
from .store import load_world
from .units import mergers
from .worlds import seeded_world


def spoken_of(world):
    """(file, line) -> the codes of the dossier of which that row speaks."""
    system = {b.batch_id: b.system for b in world.batches}
    rows = [(s.batch_id, s.line_no, s.code) for s in (*world.sightings, *world.dated)]
    rows += [(r.batch_id, r.line_no, r.dossier.code) for r in world.rulings]
    codes = defaultdict(set)
    for code, dossier in world.code_map.items():
        codes[dossier].add(code.code)
    spoken = {}
    for batch_id, line, code in rows:
        said = Dossier(system[batch_id], code)
        spoken[f"{batch_id}.csv", line] = codes.get(world.code_map.get(said), {code})
    return spoken


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
                assert row["code"] in speaks.get((row["file"], row["line"]), ()), (code, row)
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


WHY = """
select
    dossier.system, dossier.code, p.movement, p.quantity, p.to_account, p.to_unit, p.effective_at,
    known.batch_id as known_by, shown.batch_no <= p.batch_no as is_known, p.batch_id, p.line_no
from fct_dossier_posting as p
inner join fct_dossier as dossier on p.dossier_key = dossier.dossier_key
inner join dim_batch as known on p.batch_no = known.batch_no
inner join dim_batch as shown on p.batch_id = shown.batch_id
"""


def said_of(world):
    """(batch, system, first code) -> line -> what that line says of the dossier, as stored."""
    said = defaultdict(dict)
    stored = chain(stored_sightings(world).items(), stored_dated(world).items())
    for code, rows in stored:
        for row in rows:
            said[row.batch_id, *world.code_map.get(code, code)][row.line_no] = row
    for ruling in world.rulings:
        code = ruling.dossier
        said[ruling.batch_id, *world.code_map.get(code, code)][ruling.line_no] = ruling
    return said


def not_shown(row, movement, account, unit, at):
    """What of a movement the line that explains it does not show; a ruling shows what it says."""
    if isinstance(row, Ruling):
        return []
    received = getattr(row, "received_at", None)
    # what opens it again may show it paused at once
    shown = "open.processing" if movement == "reopening" and row.account in OPEN else row.account
    wrong = {
        "unit": movement == "transfer" and row.unit != unit,
        "account": movement not in {"receipt", "overdue", "transfer"}
        and shown not in {None, account},
        "date": movement == "receipt" and received is not None and received.at != at,
    }
    return [what for what, is_wrong in wrong.items() if is_wrong]


def test_a_posting_is_explained_by_the_line_that_shows_it_a_reversal_by_the_one_that_took_it_back(
    models,
):
    kinds = Counter()
    for seed in (2, 3, 4, 7, 18):
        world = seeded_world(seed, dossiers=40, lists=10)
        said = said_of(world)
        with duckdb.connect() as con:
            load_world(con, world)
            models.run(con)
            postings = con.execute(WHY).fetchall()
        for system, shown, movement, sign, *to, known_by, is_known, batch_id, line_no in postings:
            own = Dossier(system, shown)
            _, code = world.code_map.get(own, own)
            told = (seed, code, movement, sign, *to, batch_id, line_no)
            row = said[batch_id, system, code][line_no]
            assert is_known, told
            if sign > 0:
                assert not not_shown(row, movement, *to), told
            elif movement != "overdue" and (known_by, system, code) in said:
                assert batch_id == known_by, told
            kinds[movement, sign] += 1
    assert {("transfer", 1), ("reopening", 1), ("transfer", -1), ("receipt", -1)} <= set(kinds)


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
                    assert row["code"] in speaks.get((row["file"], row["line"]), ()), row
    assert changed > 30
