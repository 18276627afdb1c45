"""The order of a run and what stops it, with stand-ins for dbt, the audit and the inbox."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace

import duckdb
import pytest

from orchestration import audit, build_state, dbt_runner, pipeline
from orchestration.cli.run_cmds import closing
from orchestration.errors import HosoError
from orchestration.ingest.result import FileResult
from orchestration.lock import exclusive
from orchestration.settings import PROJECT_DIR
from tests.tiny_warehouse import write_ledger


@dataclass
class Stage:
    """What the stand-ins do, and what they were asked."""

    batches: list[str]
    refreshes: list[bool]
    broken: tuple[str, ...] = ()
    status: str = "passed"
    known_at: dict[str, datetime] = field(default_factory=dict)
    unit_lists: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    """What came after what."""
    fails: Exception | None = None


@pytest.fixture
def stage(settings, monkeypatch):
    stage = Stage(["b1"], [])

    @contextmanager
    def ahead(_):
        try:
            yield SimpleNamespace(start=lambda: stage.seen.append("dbt starts"))
        finally:
            stage.seen.append("no dbt is left")

    def take_inbox(*_):
        stage.seen.append("inbox taken in")
        if stage.fails:
            raise stage.fails
        return []

    def prepare_raw(_):
        stage.seen.append("store read")
        with duckdb.connect(str(settings.build_db)) as con:
            con.execute("create schema if not exists raw")
            con.execute(
                "create or replace table raw.batch"
                " (batch_id varchar, known_at timestamptz, source varchar, layout integer)"
            )
            con.execute(
                "create or replace table raw.event (type varchar, batch_id varchar,"
                " national_code varchar, submitted_at timestamp, layout integer)"
            )
            con.execute(
                "create or replace table raw.batch_unit (batch_id varchar, unit_name varchar)"
            )
            for batch in stage.batches:
                moment = stage.known_at.get(batch, settings.clock())
                con.execute("insert into raw.batch values (?, ?, 's', 0)", [batch, moment])
            for batch in stage.unit_lists:
                con.execute(
                    "insert into raw.event (type, batch_id) values ('unit.observed', ?)", [batch]
                )

    def build(_, progress, *, full_refresh, **more):
        stage.refreshes.append(full_refresh)
        with duckdb.connect(str(settings.build_db)) as con:
            con.execute(
                "create or replace table meta.applied_batch as"
                " select 'fct_dossier' as model, batch_id from raw.batch"
            )
            write_ledger(con)
            con.execute("create or replace table fct_batch as select batch_id from raw.batch")
        return dbt_runner.DbtResult(stage.broken, (), {})

    def run_audit(_, db_path, tests, *more):
        check = ("run", settings.clock(), "balance", "warehouse", "blocking", stage.status)
        names = ("run", "run_at", "check", "owner", "severity", "status")
        given = dict(zip(names, check, strict=True))
        fields = audit.CheckResult.__dataclass_fields__
        rest = {n: "" for n in fields if n not in given and n not in {"failing", "rows"}}
        return [audit.CheckResult(**given, **rest, failing=0)]

    monkeypatch.setattr(build_state, "prepare_raw", prepare_raw)
    monkeypatch.setattr(dbt_runner, "build", build)
    monkeypatch.setattr(dbt_runner, "ahead", ahead)
    monkeypatch.setattr(audit, "run_audit", run_audit)
    monkeypatch.setattr(pipeline, "take_inbox", take_inbox)
    return stage


def readers_see(settings):
    with duckdb.connect(str(settings.published_db), read_only=True) as con:
        return sorted(b for (b,) in con.execute("select batch_id from fct_batch").fetchall())


def test_a_first_run_builds_from_scratch_and_publishes(settings, stage):
    summary = pipeline.run(settings)
    assert (summary.published, summary.version, summary.nothing_new) == (True, 1, False)
    assert stage.refreshes == [True]
    assert readers_see(settings) == ["b1"]


def test_without_a_single_list_nothing_is_built_or_published(settings, stage):
    stage.batches.clear()
    summary = pipeline.run(settings)
    assert (summary.published, summary.version, summary.nothing_new) == (False, None, True)
    assert stage.refreshes == []
    assert not settings.published_db.exists()
    assert closing(summary)[-1] == "Nothing is published: the store has no list yet."


def test_a_second_run_with_nothing_new_builds_nothing_and_says_so(settings, stage):
    pipeline.run(settings)
    summary = pipeline.run(settings)
    assert (summary.published, summary.version, summary.nothing_new) == (False, 1, True)
    assert len(stage.refreshes) == 1
    assert "Nothing new" in closing(summary)[-1]


def test_dbt_loads_while_the_inbox_is_taken_in(settings, stage):
    (settings.inbox / "list.csv").touch()
    pipeline.run(settings)
    assert stage.seen == ["dbt starts", "inbox taken in", "store read", "no dbt is left"]


def test_dbt_loads_at_once_when_lists_were_stored_since_the_last_build(settings, stage):
    (settings.events / "_delta_log").mkdir(parents=True)
    pipeline.run(settings)
    assert stage.seen[:2] == ["dbt starts", "inbox taken in"]


def test_nothing_new_starts_no_dbt(settings, stage):
    (settings.events / "_delta_log").mkdir(parents=True)
    pipeline.run(settings)
    stage.seen.clear()
    assert pipeline.run(settings).nothing_new
    assert stage.seen == ["inbox taken in", "store read", "no dbt is left"]


@pytest.mark.parametrize("fails", [HosoError("no"), OSError("disk"), KeyboardInterrupt()])
def test_a_run_that_fails_while_lists_are_taken_in_leaves_no_dbt(settings, stage, fails):
    stage.fails = fails
    (settings.inbox / "list.csv").touch()
    with pytest.raises(type(fails)):
        pipeline.run(settings)
    assert stage.seen == ["dbt starts", "inbox taken in", "no dbt is left"]


def test_a_new_batch_is_built_incrementally(settings, stage):
    pipeline.run(settings)
    stage.batches.append("b2")
    assert pipeline.run(settings).version == 2
    assert stage.refreshes == [True, False]
    assert readers_see(settings) == ["b1", "b2"]


def test_a_backfilled_batch_known_before_an_applied_one_is_built_from_scratch(settings, stage):
    pipeline.run(settings)
    stage.batches.append("b2")
    stage.known_at["b2"] = datetime(2001, 1, 1, tzinfo=UTC)
    pipeline.run(settings)
    assert stage.refreshes == [True, True]


def test_a_new_units_list_is_built_from_scratch(settings, stage):
    pipeline.run(settings)
    stage.batches.append("b2")
    stage.unit_lists.append("b2")
    pipeline.run(settings)
    assert stage.refreshes == [True, True]


def test_changed_rules_are_built_from_scratch(settings, stage, monkeypatch):
    pipeline.run(settings)
    monkeypatch.setattr(build_state, "rules_hash", lambda *_: "others")
    assert pipeline.run(settings).version == 2
    assert stage.refreshes == [True, True]


def test_a_blocking_check_keeps_the_last_version_until_it_passes(settings, stage):
    pipeline.run(settings)
    stage.batches.append("b2")
    stage.status = "failed"
    blocked = pipeline.run(settings)
    assert (blocked.published, blocked.version, len(blocked.blocking)) == (False, 1, 1)
    assert readers_see(settings) == ["b1"]
    assert "readers keep version 1" in closing(blocked)[-1]
    again = pipeline.run(settings)
    assert len(again.blocking) == 1
    stage.status = "passed"
    assert pipeline.run(settings).version == 2
    assert readers_see(settings) == ["b1", "b2"]


def test_a_check_that_errored_blocks_as_well(settings, stage):
    stage.status = "errored"
    assert len(pipeline.run(settings).blocking) == 1
    assert not settings.published_db.exists()


def test_a_model_that_breaks_is_an_error_and_the_next_build_starts_from_scratch(settings, stage):
    pipeline.run(settings)
    stage.batches.append("b2")
    stage.broken = ("model.hoso.fct_x: no such table",)
    with pytest.raises(HosoError, match="fct_x: no such table"):
        pipeline.run(settings)
    assert readers_see(settings) == ["b1"]
    stage.broken = ()
    pipeline.run(settings)
    assert stage.refreshes == [True, False, True]


def test_a_run_killed_between_build_and_publish_is_completed_by_the_next(
    settings, stage, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(pipeline.publish, "publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            pipeline.run(settings)
    summary = pipeline.run(settings)
    assert (summary.published, summary.version) == (True, 1)


def test_the_order_of_batches_does_not_matter_for_what_a_build_is_made_of():
    assert build_state.content_id("r", ["a", "b"]) == build_state.content_id("r", ["b", "a"])
    assert build_state.content_id("r", ["a"]) != build_state.content_id("r", ["a", "b"])
    assert build_state.content_id("r", ["a"]) != build_state.content_id("s", ["a"])


def test_every_seed_model_macro_and_source_is_a_rule_and_nothing_else_is(tmp_path):
    before = build_state.rules_hash(tmp_path)
    for name in ("seeds/a.csv", "models/x/a.sql", "macros/a.sql", "orchestration/sources/a.yml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one")
        first = build_state.rules_hash(tmp_path)
        path.write_text("two")
        second = build_state.rules_hash(tmp_path)
        assert len({before, first, second}) == 3, name
        before = second
    (tmp_path / "models" / "notes.md").write_text("words")
    (tmp_path / "orchestration" / "publish.py").write_text("code")
    assert build_state.rules_hash(tmp_path) == before


def test_the_closing_words_give_the_row_equation_and_name_refused_files(settings, stage):
    results = (
        FileResult("a.csv", "igate", "b", 10, 5, 3, 1, 1, "stored", ""),
        FileResult("b.csv", None, None, 0, 0, 0, 0, 0, "rejected", "empty file"),
    )
    summary = pipeline.RunSummary(results, {"passed": 4}, (), True, 2, settings.published_db, False)
    words = "\n".join(closing(summary))
    assert "2 files, 10 rows read = 5 stored + 3 unchanged + 1 duplicate + 1 set aside" in words
    assert "Not taken in: b.csv: empty file" in words
    assert "Checks: 4 passed" in words
    assert f"Published version 2: {settings.published_db}" in words


def test_a_check_that_failed_without_blocking_has_warned(settings, stage, monkeypatch):
    run_audit = audit.run_audit
    stage.status = "failed"

    def with_warning(*arguments):
        return [replace(check, severity="warning") for check in run_audit(*arguments)]

    monkeypatch.setattr(audit, "run_audit", with_warning)
    summary = pipeline.run(settings)
    assert (summary.published, summary.checks["warned"], summary.checks["failed"]) == (True, 1, 0)


def test_a_build_warehouse_that_somebody_has_open_is_named(settings, stage, monkeypatch):
    def prepare_raw(_):
        raise duckdb.IOException("Could not set lock on file: Conflicting lock is held in DBeaver")

    monkeypatch.setattr(build_state, "prepare_raw", prepare_raw)
    with pytest.raises(HosoError, match=r"build.duckdb open; close it"):
        pipeline.run(settings)


def test_two_runs_do_not_collide(settings):
    held = (
        "from orchestration.lock import exclusive; from orchestration.settings import Settings;"
        "import sys\n"
        "with exclusive(Settings()): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held],
        cwd=PROJECT_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(HosoError, match=f"Another run is at work .process {other.pid}"):
            pipeline.run(settings)
        other.kill()
    with exclusive(settings):
        pass
