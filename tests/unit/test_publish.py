"""Publishing: readers see the old file or the new one, and nothing that is not theirs."""

import os
import signal
import subprocess
import sys
from datetime import date, datetime

import duckdb
import pytest

from orchestration import kept_figures, publish
from orchestration.build_state import Plan
from orchestration.settings import PROJECT_DIR
from tests.tiny_warehouse import write_ledger


def plan(content):
    return Plan(rules_hash="rules", content_id=content, full_refresh=False, is_built=True)


def build(settings, content, received=1):
    """A build warehouse whose one fact says which content it was made from; its one unit A received
    so many dossiers on 5 February."""
    settings.build_db.unlink(missing_ok=True)
    with duckdb.connect(str(settings.build_db)) as con:
        con.execute("create table fct_fact as select $c as content", {"c": content})
        write_ledger(con, received)
        con.execute("create view dim_view as select content from fct_fact")
        con.execute("create table stray (a integer)")
        con.execute("create schema raw; create table raw.batch (a integer)")
        con.execute("create schema intermediate; create table intermediate.int_x (a integer)")


def published(settings):
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        return con.execute("select content from fct_fact").fetchone()[0]


def tables(settings):
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        return {
            f"{schema}.{name}"
            for schema, name in con.execute(
                "select table_schema, table_name from information_schema.tables"
            ).fetchall()
        }


def test_readers_get_facts_and_dimensions_and_nothing_else(settings):
    build(settings, "one")
    publish.publish(settings, plan("one"))
    assert tables(settings) == {
        *("main.fct_fact", "main.fct_unit_reach", "main.fct_unit_day", "main.dim_view"),
        *("main.dim_figure", "main.dim_period", "main.dim_unit", "main.dim_unit_validity"),
        *("main.publication", "main.fct_published_figure"),
        *("main.fct_run", "main.fct_period_service"),
    }


def test_the_publication_says_what_it_was_made_from_and_carries_the_earlier_ones(settings):
    for content in ("one", "two"):
        build(settings, content)
        publish.publish(settings, plan(content))
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        rows = con.execute(
            "select id, published_at, known_until, rules_hash, content_id"
            " from publication order by id"
        ).fetchall()
    moment = settings.clock().replace(tzinfo=None)
    assert rows == [
        (1, moment, date(2026, 2, 10), "rules", "one"),
        (2, moment, date(2026, 2, 10), "rules", "two"),
    ]


def test_the_same_content_is_not_published_twice(settings):
    build(settings, "one")
    assert publish.publish(settings, plan("one")).id == 1
    assert publish.publish(settings, plan("one")) is None
    assert publish.latest(settings).id == 1


def test_the_file_is_one_that_older_clients_open(settings):
    build(settings, "one")
    made = publish.publish(settings, plan("one"))
    with duckdb.connect() as con:
        con.execute(f"attach '{made.path}' as pub (read_only)")
        tags = con.execute(
            "select tags from duckdb_databases() where database_name = 'pub'"
        ).fetchone()[0]
    assert tags["storage_version"].startswith("v1.4.0")


def test_only_the_last_versions_are_kept(settings):
    for number in range(1, 6):
        build(settings, f"c{number}")
        publish.publish(settings, plan(f"c{number}"))
    names = sorted(path.name for path in settings.warehouse.glob("hoso-*"))
    assert names == [f"hoso-00000{number}.duckdb" for number in (3, 4, 5)]
    assert published(settings) == "c5"


def test_a_reader_keeps_the_version_that_it_opened(settings):
    build(settings, "one")
    publish.publish(settings, plan("one"))
    with duckdb.connect(str(settings.published_db.resolve()), read_only=True) as reader:
        build(settings, "two")
        publish.publish(settings, plan("two"))
        assert reader.execute("select content from fct_fact").fetchone() == ("one",)
    assert published(settings) == "two"


def test_what_a_killed_run_left_is_cleared_and_its_number_used_again(settings):
    build(settings, "one")
    publish.publish(settings, plan("one"))
    for left in ("hoso-000002.duckdb", "hoso-000002.partial", "hoso-000002.partial.wal"):
        (settings.warehouse / left).write_bytes(b"half")
    build(settings, "two")
    assert publish.publish(settings, plan("two")).id == 2
    assert published(settings) == "two"


KILLED = """
import os, signal, sys
from orchestration import kept_figures, publish
from orchestration.build_state import Plan
from orchestration.settings import Settings

steps = int(sys.argv[1])


def counted(function):
    def step(*arguments, **named):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)
    return step


kept_figures.sync = counted(kept_figures.sync)
for name in ("sync", "_swap", "_forget_old", "_clear_leftovers", "_public_tables"):
    setattr(publish, name, counted(getattr(publish, name)))
publish.publish(Settings(), Plan("rules", "two", False, True))
"""


LAST_STEP = 9


def kept_rows(settings):
    """Rows of the published figures: publication, period, rule set, received."""
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        return con.execute(
            "select publication, period_code, rule_set, received_new from fct_published_figure"
            " where unit_code = 'A' and not includes_below order by all"
        ).fetchall()


def test_a_publication_keeps_only_the_figures_that_it_changed(settings):
    for number, received in enumerate((1, 1, 2), start=1):
        build(settings, f"c{number}", received)
        publish.publish(settings, plan(f"c{number}"))
    rules = ("by_date", "by_timestamp", "index_766")
    assert kept_rows(settings) == [
        *((1, "2026-02", rule, 1) for rule in rules),
        *((3, "2026-02", rule, 2) for rule in rules),
    ]


def test_figures_that_are_no_longer_there_are_told_to_be_gone(settings):
    build(settings, "one")
    publish.publish(settings, plan("one"))
    build(settings, "two")
    with duckdb.connect(str(settings.build_db)) as con:
        con.execute("delete from fct_unit_day")
    publish.publish(settings, plan("two"))
    build(settings, "three")
    publish.publish(settings, plan("three"))
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        rows = con.execute(
            "select publication, is_gone, received_new from fct_published_figure"
            " where rule_set = 'by_date' and not includes_below order by publication"
        ).fetchall()
    assert rows == [(1, False, 1), (2, True, None), (3, False, 1)]


def test_a_full_refresh_loses_no_published_figure(settings):
    build(settings, "one", received=1)
    publish.publish(settings, plan("one"))
    settings.build_db.unlink()
    build(settings, "two", received=2)
    publish.publish(settings, plan("two"))
    assert [(row[0], row[3]) for row in kept_rows(settings)[::3]] == [(1, 1), (2, 2)]


def test_a_figure_that_is_new_was_never_published_before(settings):
    build(settings, "one")
    with duckdb.connect(str(settings.build_db)) as con:
        con.execute("delete from dim_figure where figure = 'withdrawn'")
    publish.publish(settings, plan("one"))
    build(settings, "two")
    publish.publish(settings, plan("two"))
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        rows = con.execute(
            "select publication, withdrawn from fct_published_figure"
            " where rule_set = 'by_date' and not includes_below order by publication"
        ).fetchall()
    assert rows == [(1, None), (2, 0)]


def test_of_old_publications_the_last_of_each_month_is_kept(settings):
    moments = []
    for number, (month, received) in enumerate(((1, 1), (1, 2), (2, 3), (3, 4)), start=1):
        build(settings, f"c{number}", received)
        publish.publish(settings, plan(f"c{number}"))
        moments.append((number, datetime(2026, month, 10)))
    kept_figures.thin(settings, moments, date(2026, 3, 1))
    files = [path for _, path in kept_figures.kept(settings)]
    with duckdb.connect() as con:
        rows = con.execute(
            "select publication, received_new from"
            f" ({kept_figures.history_sql(files)})"
            " where rule_set = 'by_date' and not includes_below order by publication"
        ).fetchall()
    assert rows == [(2, 2), (3, 3), (4, 4)]


@pytest.mark.parametrize("step", range(LAST_STEP + 1))
def test_killed_at_any_step_readers_see_the_old_file_or_the_new_and_the_next_run_completes(
    settings, step
):
    build(settings, "one")
    publish.publish(settings, plan("one"))
    build(settings, "two", received=2)
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(step)],
        cwd=PROJECT_DIR,
        env={**os.environ, "HOSO_HOME": str(settings.home)},
        check=False,
    )
    # so many steps there are: the last one is not killed any more
    assert child.returncode == (0 if step == LAST_STEP else -signal.SIGKILL)
    # no reader sees figures of a publication that is not the one that he reads
    seen = {"one": {1}, "two": {1, 2}}[published(settings)]
    assert {row[0] for row in kept_rows(settings)} == seen
    publish.publish(settings, plan("two"))
    assert published(settings) == "two"
    assert publish.latest(settings).id == 2
    assert {row[0] for row in kept_rows(settings)} == {1, 2}
