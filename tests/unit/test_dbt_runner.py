"""What dbt is asked, and how its result files are read."""

import gc
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestration import dbt_child, dbt_runner
from orchestration.dbt_runner import errors_of
from orchestration.progress import Quiet
from orchestration.settings import PROJECT_DIR


def result(name, status, **more):
    defaults = {"execution_time": 0.5, "failures": None, "message": None}
    return {"unique_id": name, "status": status, **defaults, **more}


def node(name, severity="ERROR", **more):
    return {"name": name, "config": {"severity": severity, "meta": {}}, **more}


def read(results, **nodes):
    manifest = {"nodes": {f"test.hoso.{name}": node for name, node in nodes.items()}}
    return dbt_runner.read_results({"results": results}, manifest)


def test_a_test_that_passes_is_a_passed_check():
    found = read([result("test.hoso.a", "pass", failures=0)], a=node("a", description="Why."))
    (outcome,) = found.tests
    assert (outcome.check.name, outcome.status, outcome.failing) == ("dbt.a", "passed", 0)
    assert outcome.check.meaning == "Why."
    assert found.broken == ()


def test_a_failed_test_blocks_by_its_severity_only():
    found = read(
        [
            result("test.hoso.a", "fail", failures=3),
            result("test.hoso.b", "warn", failures=2),
        ],
        a=node("a"),
        b=node("b", "WARN"),
    )
    assert [(o.check.severity, o.status, o.failing) for o in found.tests] == [
        ("blocking", "failed", 3),
        ("warning", "failed", 2),
    ]


def test_a_test_that_could_not_run_is_errored_and_never_failed_data():
    found = read(
        [
            result("test.hoso.a", "error", message="Binder Error: no column\nmore"),
            result("test.hoso.b", "skipped"),
        ],
        a=node("a"),
        b=node("b"),
    )
    assert [(o.status, o.observed) for o in found.tests] == [
        ("errored", "Binder Error: no column"),
        ("errored", "dbt says: skipped"),
    ]


def test_a_model_that_was_not_built_is_broken_and_named():
    found = read(
        [
            result("model.hoso.fct_x", "error", message="no such table"),
            result("model.hoso.fct_y", "skipped"),
            result("model.hoso.fct_z", "success"),
        ]
    )
    assert found.broken == ("model.hoso.fct_x: no such table",)
    assert found.seconds["model.hoso.fct_z"] == 0.5


def test_dbt_writes_below_the_home_only_and_sends_nothing(settings):
    places = dbt_runner.place_arguments(settings)
    home = str(settings.home)
    for option in ("--target-path", "--log-path"):
        assert places[places.index(option) + 1].startswith(home)
    env = dbt_runner.environment(settings, {"PATH": "/bin"})
    assert env["HOSO_BUILD_DB"] == str(settings.build_db)
    assert env["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert env["PATH"] == "/bin"


def test_rules_that_changed_mean_a_full_refresh():
    assert "--full-refresh" in dbt_runner.build_arguments(full_refresh=True)
    assert "--full-refresh" not in dbt_runner.build_arguments(full_refresh=False)


@pytest.mark.parametrize(
    ("size", "full_refresh", "one_large"),
    [(99, True, []), (101, True, ["model", "test"]), (101, False, ["test"])],
)
def test_large_models_of_a_large_store_are_built_one_by_one(
    settings, monkeypatch, size, full_refresh, one_large
):
    monkeypatch.setattr(dbt_runner, "LARGE", 100)
    batch = settings.folder("events") / "batch_id=a"
    batch.mkdir()
    (batch / "events.zstd.parquet").write_bytes(b"." * size)
    child = Child()
    dbt_runner.build(settings, Quiet(), dbt=child, full_refresh=full_refresh)
    assert json.loads(child.stdin.getvalue())["one_large"] == one_large


class Child:
    """In place of dbt: keeps what it is asked."""

    def __init__(self):
        self.stdin, self.stdout = io.StringIO(), []

    def start(self):
        return self

    def wait(self):
        return 0

    @property
    def asked(self):
        command = json.loads(self.stdin.getvalue())
        return command["arguments"], command["news"]


def asked(settings, **how):
    child = Child()
    dbt_runner.build(settings, Quiet(), dbt=child, **how)
    return child.asked


def test_seeds_are_loaded_again_only_with_the_rules_that_they_are_part_of(settings):
    whole, _ = asked(settings, full_refresh=True)
    carried_on, _ = asked(settings, full_refresh=False)
    assert "seed" not in whole
    assert carried_on[: carried_on.index("seed") + 1] == [
        *("build", "--exclude-resource-type", "unit_test", "seed"),
    ]


def of_dbt(name, kind="model", **meta):
    config = SimpleNamespace(meta=meta)
    return SimpleNamespace(name=name, resource_type=kind, config=config)


@pytest.mark.parametrize(
    ("news", "names"),
    [
        (["dossier.observed"], ["fct_payment", "dim_date"]),
        (["dossier.observed", "national_code"], ["dim_date"]),
        (["payment.made"], ["dim_date"]),
        (None, []),
    ],
)
def test_models_that_the_new_lists_cannot_change_are_told(news, names):
    nodes = [
        of_dbt("fct_payment", fed_by=["payment.made", "national_code"]),
        of_dbt("dim_date", fed_by=[]),
        of_dbt("fct_dossier"),
        of_dbt("not_null_fct_payment", "test", fed_by=[]),
    ]
    assert [each.name for each in dbt_child.unmoved(nodes, news)] == names


def test_what_is_not_built_is_tested_all_the_same(settings):
    arguments, news = asked(settings, full_refresh=False, news={"payment.made"})
    assert arguments[-4:] == ["--indirect-selection", "empty", "--exclude", "tag:unmoved"]
    assert news == ["payment.made"]


def test_a_full_refresh_builds_everything(settings):
    arguments, news = asked(settings, full_refresh=True, news=set())
    assert ("--exclude" in arguments, news) == (False, None)


def test_a_manifest_that_something_is_newer_than_is_written_again(settings):
    manifest = dbt_runner.target_path(settings) / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.touch()
    for full_refresh, seconds, writes in (
        (False, None, False),
        (True, None, True),
        (False, 0, True),
    ):
        os.utime(manifest, None if seconds is None else (seconds, seconds))
        arguments, _ = asked(settings, full_refresh=full_refresh)
        assert ("--no-write-json" not in arguments) == writes


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_dbt_does_not_outlive_a_killed_run(end):
    starts = (
        "import time; from orchestration import dbt_runner;"
        "from orchestration.settings import Settings\n"
        "with dbt_runner.ahead(Settings()) as dbt:\n"
        "    child = dbt.start(); print(child.pid, flush=True)\n"
        "    child.stdout.readline(); print('at work', flush=True)\n"
        "    time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starts],
        cwd=PROJECT_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        child = int(parent.stdout.readline())
        assert parent.stdout.readline() == "at work\n"
        os.kill(parent.pid, end)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _alive(child):
        time.sleep(0.05)
    assert not _alive(child)


def test_a_dbt_that_nobody_asks_ends_with_the_block_and_opens_nothing(settings):
    with dbt_runner.ahead(settings) as dbt:
        child = dbt.start()
        assert dbt.start() is child
    assert child.returncode is not None
    assert not settings.build_db.exists()


def test_there_is_no_dbt_before_it_is_wanted(settings, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    with dbt_runner.ahead(settings):
        pass


def test_a_dbt_that_read_other_models_than_there_are_now_is_not_asked(settings, monkeypatch):
    newest = iter([1.0, 1.0, 2.0])
    monkeypatch.setattr(dbt_runner, "_newest", lambda: next(newest))
    with dbt_runner.ahead(settings) as dbt:
        first = dbt.start()
        assert dbt.start() is first
        second = dbt.start()
        assert (first.returncode is None, second.poll()) == (False, None)


def _alive(pid):
    """Whether the process runs; one that nobody has waited for yet is dead."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_of_a_traceback_of_dbt_only_what_went_wrong_is_told_and_once():
    lines = ["--- Logging error ---", "Traceback (most recent call last):", 'File "x.py", line 1']
    lines += ["self.flush()", "OSError: [Errno 28] No space left on device", "Call stack:"]
    assert errors_of(lines * 3) == ["OSError: [Errno 28] No space left on device"]
    assert errors_of(["Killed", ""]) == ["Killed"]


def test_garbage_is_looked_for_while_models_are_built(tmp_path, monkeypatch):
    """It costs no time then, and without it the largest process needs 0.3 GiB more."""
    looked = {}

    class Runner:
        def __init__(self, manifest=None, callbacks=()):
            pass

        def invoke(self, arguments):
            looked[arguments[0]] = gc.isenabled()
            return SimpleNamespace(success=True, result=SimpleNamespace(nodes={}))

    monkeypatch.setattr("dbt.cli.main.dbtRunner", Runner)
    monkeypatch.setattr("ctypes.CDLL", lambda _: SimpleNamespace(prctl=lambda *_: 0))
    command = json.dumps({"arguments": ["build", "--threads", "2"], "news": None, "one_large": []})
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{command}\n"))
    place = [f"--{name}" for name in ("project-dir", "log-path", "target-path")]
    done = dbt_child.main([text for option in place for text in (option, str(tmp_path))])
    gc.unfreeze()
    assert done == 0
    assert looked["build"]
