"""The event store keeps what it was given, wholly or not at all."""

import duckdb
import pytest

from orchestration.eventstore import EventStore, relation_sql
from orchestration.eventstore.schema import COLUMNS


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        yield connection


def some_events(con, batch_id, rows):
    given = {"type": "'dossier.observed'", "batch_id": f"'{batch_id}'", "code": "'c' || n"}
    given |= {"source": "'s'", "system": "'y'", "observed_at": "timestamp '2026-01-01'"}
    given |= {"known_at": "timestamp '2026-01-01'", "recorded_at": "timestamp '2026-01-01'"}
    columns = ", ".join(
        f"{given.get(name, 'null')}::{kind} as {name}" for name, kind in COLUMNS.items()
    )
    con.execute(f"create or replace view given as select {columns} from range({rows}) as t (n)")
    return "given"


def test_an_empty_store_has_all_columns_and_no_row(settings, con):
    found = con.execute(EventStore(settings).relation_sql())
    assert [column[0] for column in found.description] == list(COLUMNS)
    assert found.fetchall() == []


def test_what_is_appended_is_read_back_by_the_file_list(settings, con):
    store = EventStore(settings)
    with store.writing():
        for batch_id, rows in (("aa", 3), ("bb", 2)):
            store.append(con, some_events(con, batch_id, rows), batch_id, rows)
    fresh = EventStore(settings)
    assert fresh.batches() == {"aa", "bb"}
    found = con.execute(
        f"select batch_id, count(*), min(code) from ({fresh.relation_sql()}) group by 1 order by 1"
    ).fetchall()
    assert found == [("aa", 3, "c0"), ("bb", 2, "c0")]


def test_column_types_of_the_store_are_those_of_the_contract(settings, con):
    store = EventStore(settings)
    with store.writing():
        store.append(con, some_events(con, "aa", 1), "aa", 1)
    described = con.execute(f"describe {store.relation_sql()}").fetchall()
    assert {row[0]: row[1].lower() for row in described} == COLUMNS


def test_nothing_can_be_deleted_from_the_store(settings, con):
    store = EventStore(settings)
    with store.writing():
        store.append(con, some_events(con, "aa", 1), "aa", 1)
    with pytest.raises(Exception, match="append-only"):
        store.table().delete()


def test_a_file_without_its_commit_is_not_part_of_the_store(settings, con):
    store = EventStore(settings)
    with store.writing():
        store.append(con, some_events(con, "aa", 1), "aa", 1)
    torn = settings.events / "batch_id=bb"
    torn.mkdir()
    (torn / "events.zstd.parquet").write_bytes(b"PAR1 and then the power went")
    fresh = EventStore(settings)
    assert fresh.batches() == {"aa"}
    with fresh.writing():
        fresh.append(con, some_events(con, "bb", 2), "bb", 2)
    assert con.execute(f"select count(*) from ({fresh.relation_sql()})").fetchall() == [(3,)]


@pytest.mark.parametrize("torn", [(), ("_commit_1f.json.tmp",)])
def test_a_store_whose_making_was_cut_off_is_empty_and_takes_the_first_batch(settings, con, torn):
    log = settings.events / "_delta_log"
    log.mkdir(parents=True)
    for name in torn:
        (log / name).write_text('{"protocol":')
    assert EventStore(settings).batches() == set()
    store = EventStore(settings)
    with store.writing():
        store.append(con, some_events(con, "aa", 2), "aa", 2)
    assert EventStore(settings).batches() == {"aa"}
    with pytest.raises(Exception, match="append-only"):
        store.table().delete()


def test_a_quote_in_a_path_does_not_break_the_relation(con):
    sql = relation_sql(["/nowhere/it's/batch_id=a/events.parquet"])
    with pytest.raises(duckdb.IOException, match="it's"):
        con.execute(sql)
