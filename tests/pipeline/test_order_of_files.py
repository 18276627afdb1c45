"""Old lists may come in any order: what is known in the end is the same."""

import shutil
from datetime import UTC, datetime

import duckdb
import pytest

from orchestration import pipeline
from orchestration.demo import write_demo
from orchestration.ingest import ingest_files
from orchestration.settings import Settings

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
LEDGER = "select * exclude (batch_id, line_no, batch_no) from fct_dossier_posting order by all"


@pytest.mark.slow
def test_old_lists_one_by_one_from_the_newest_give_the_same_ledger_as_in_their_order(tmp_path):
    ledgers = []
    for way in ("in order", "backwards"):
        # all of them within one instant: the time of storing does not tell their order
        settings = Settings(home=tmp_path / way, now=NOW)
        outside = tmp_path / f"{way} files"
        outside.mkdir()
        files = [
            outside / shutil.move(f, outside / f.name).name for f in write_demo(settings, 800).files
        ]
        if way == "in order":
            ingest_files(settings, files, backfill=True)
        else:
            for file in sorted(files, reverse=True):
                ingest_files(settings, [file], backfill=True)
        assert pipeline.run(settings).published
        with duckdb.connect(str(settings.published_db), read_only=True) as con:
            ledgers.append(con.execute(LEDGER).fetchall())
    assert len(ledgers[0]) > 1000
    assert ledgers[0] == ledgers[1]
