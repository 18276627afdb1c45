"""Dagster's job does what ``hoso run`` does, and its page comes and goes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from orchestration import audit, pipeline, serve
from orchestration.demo import write_demo
from orchestration.errors import HosoError
from orchestration.reporting.figures import default_range, figures
from orchestration.reporting.published import connect
from orchestration.reporting.question import Question
from orchestration.settings import Settings


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """A home with a small province's lists in the inbox."""
    write_demo(settings, 400)
    return settings


def published_figures(settings: Settings) -> list[dict[str, Any]]:
    with connect(settings) as con:
        return figures(con, Question(*default_range(con, None), by="month"))


def run_job(settings: Settings) -> bool:
    """The daily job, in this process; whether it succeeded."""
    from dagster import DagsterInstance

    from orchestration.definitions import definitions_of

    with DagsterInstance.ephemeral() as instance:
        job = definitions_of(settings).resolve_job_def("daily")
        return job.execute_in_process(instance=instance, raise_on_error=False).success


@pytest.mark.slow
def test_job_publishes_the_same_figures_as_hoso_run(filled: Settings, tmp_path: Path) -> None:
    other = filled.model_copy(update={"home": tmp_path / "other"})
    shutil.copytree(filled.home, other.home)
    assert pipeline.run(other).published
    assert run_job(filled)
    found = published_figures(filled)
    assert found == published_figures(other)
    assert any(entry["figures"]["received_new"] for entry in found)
    assert {each.check for each in audit.latest(filled)} == {
        each.check for each in audit.latest(other)
    }


@pytest.mark.slow
def test_blocking_check_keeps_readers_at_what_was_published(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, checks = audit.STATIC_SUITES["movements"]
    planted = "select 'leap' as movement, 1 as postings, false as is_allowed"
    suites = {**audit.STATIC_SUITES, "movements": (planted, checks)}
    monkeypatch.setattr(audit, "STATIC_SUITES", suites)
    assert not run_job(filled)
    assert not filled.published_db.exists()
    assert [each.check for each in audit.latest(filled) if each.blocks] == [
        "ledger.movement_allowed"
    ]
    monkeypatch.undo()
    assert run_job(filled)
    assert filled.published_db.exists()


LOADED = """
{ repositoriesOrError { ... on RepositoryConnection { nodes {
    jobs { name } schedules { name scheduleState { status } }
} } } }
"""


def jobs_and_schedules(url: str) -> tuple[list[str], dict[str, str]]:
    """What the page has loaded."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{url}/graphql",
        data=json.dumps({"query": LOADED}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - loopback
        (found,) = json.load(response)["data"]["repositoriesOrError"]["nodes"]
    jobs = [job["name"] for job in found["jobs"] if not job["name"].startswith("__")]
    return jobs, {each["name"]: each["scheduleState"]["status"] for each in found["schedules"]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((serve.HOST, 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """Processes below ``pid``, at any depth."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found.append((int(path.parent.name), int(fields[1])))
    below = {pid}
    for _ in found:
        below |= {child for child, parent in found if parent in below}
    return sorted(below - {pid})


def still_there(pids: list[int], seconds: float = 10) -> list[int]:
    """Those that do not go within ``seconds``: who takes orphans in may take a moment."""
    end = time.monotonic() + seconds
    while (left := [pid for pid in pids if Path(f"/proc/{pid}").exists()]) and (
        time.monotonic() < end
    ):
        time.sleep(0.1)
    return left


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_page_answers_on_loopback_and_ends_with_all_its_processes(
    settings: Settings, stop: signal.Signals
) -> None:
    port = free_port()
    code = (
        "from orchestration.serve import serve; from orchestration.settings import Settings;"
        f" serve(Settings(), {port}, lambda url: print(url, flush=True))"
    )
    page = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert page.stdout is not None
        url = page.stdout.readline().strip()
        assert url == f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310 - loopback
            assert response.status == 200
        jobs, schedules = jobs_and_schedules(url)
        assert sorted(jobs) == ["daily", "period", "replay", "watch"]
        assert len(schedules) == 4
        assert set(schedules.values()) == {"RUNNING"}
        started = children_of(page.pid)
        assert len(started) >= 2
        page.send_signal(stop)
        assert page.wait(60) == 0
        assert still_there(started) == []
    finally:
        if page.poll() is None:
            page.terminate()
            page.wait(60)
        if page.stdout is not None:
            page.stdout.close()
    assert "enabled: false" in (settings.home / "dagster" / "dagster.yaml").read_text()


def test_taken_port_is_a_clear_message(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        with pytest.raises(HosoError, match=r"is taken.*--port"):
            serve.serve(settings, taken.getsockname()[1])


def test_edited_dagster_yaml_stays(settings: Settings) -> None:
    config = serve.prepare_home(settings) / "dagster.yaml"
    config.write_text("telemetry: {enabled: false}\n")
    serve.prepare_home(settings)
    assert config.read_text() == "telemetry: {enabled: false}\n"


def test_no_telemetry_and_an_absolute_home_for_the_processes(settings: Settings) -> None:
    env = serve.environment(settings, {"PATH": os.environ["PATH"]})
    assert env["DAGSTER_DISABLE_TELEMETRY"] == "yes"
    assert env["PATH"] == os.environ["PATH"]
    assert Path(env["DAGSTER_HOME"]).is_absolute()
    assert Path(env["HOSO_HOME"]).is_absolute()


@pytest.mark.slow
def test_a_past_period_is_written_as_files_by_a_backfill(filled: Settings) -> None:
    from dagster import DagsterInstance

    from orchestration.definitions import definitions_of

    assert pipeline.run(filled).published
    with connect(filled) as con:
        (code,) = con.execute(
            "select period_code from dim_period where kind = 'month' and scheme = 'calendar'"
            " and last_day <= (select max(reach_date) from fct_unit_reach)"
            " order by last_day desc limit 1"
        ).fetchone() or ("",)
    with DagsterInstance.ephemeral() as instance:
        job = definitions_of(filled).resolve_job_def("period")
        done = job.execute_in_process(instance=instance, partition_key=code)
    assert done.success
    (made,) = done.asset_materializations_for_node("period_report")
    assert made.metadata["rows"].value > 0 and made.metadata["bytes"].value > 0
    written = (filled.folder("reports") / code / "figures.csv").read_text(encoding="utf-8-sig")
    assert written.startswith("unit,from,to,rule_set,balance_day,known_until,complete,received_new")


def test_an_unknown_period_is_refused_in_words(settings: Settings) -> None:
    from orchestration.reporting.period_files import write_period

    with pytest.raises(HosoError, match="Unknown period '2026-13'"):
        write_period(settings, "2026-13")
