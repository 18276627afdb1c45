"""``hoso serve``: Dagster's web page and daemon as one foreground command, on loopback only.

What belongs here: preparing ``<home>/dagster`` and keeping two processes. What does not: what
Dagster runs (``orchestration/definitions.py``).
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

from orchestration import dbt_runner
from orchestration.dagster_runs import prune_runs
from orchestration.errors import HosoError
from orchestration.settings import Settings

HOST: Final = "127.0.0.1"
MODULE: Final = "orchestration.definitions"
_STDERR: Final = 2
STOP_SECONDS: Final = 20
"""How long the processes may take to end by themselves; Dagster ends its code servers meanwhile."""


def prepare_home(settings: Settings) -> Path:
    """``<home>/dagster`` with its ``dagster.yaml``; a copy that the office edited stays."""
    folder = settings.folder("dagster")
    config = folder / "dagster.yaml"
    if not config.exists():
        template = Path(__file__).with_name("dagster.yaml")
        config.write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def prepare_storage(settings: Settings) -> None:
    """Dagster's own databases: two processes that make them together leave them broken.

    Runs that are too old leave them.
    """
    from dagster import DagsterInstance

    with DagsterInstance.from_config(str(prepare_home(settings))) as instance:
        prune_runs(settings, instance)
        instance.run_storage.get_runs_count()
        instance.event_log_storage.get_asset_records()
        instance.all_instigator_state()


def environment(settings: Settings, base: Mapping[str, str]) -> dict[str, str]:
    """What the two processes get: where Dagster and hoso live, and no telemetry."""
    return {
        **base,
        "DAGSTER_HOME": str(prepare_home(settings)),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "DO_NOT_TRACK": "1",
        "HOSO_HOME": str(settings.home.absolute()),
    }


def commands(port: int) -> dict[str, list[str]]:
    """Argument lists of the two processes."""
    web = ["dagster_webserver", "--host", HOST, "--port", str(port), "--module-name", MODULE]
    daemon = ["dagster._daemon", "run", "--module-name", MODULE, "--log-level", "warning"]
    return {
        "web page": [sys.executable, "-m", *web],
        "daemon": [sys.executable, "-m", *daemon],
    }


def serve(
    settings: Settings, port: int = 3000, announce: Callable[[str], None] = lambda _: None
) -> None:
    """Run until SIGINT or SIGTERM; ``announce`` gets the URL once the page answers.

    Raises when the port is taken or one of the processes ends by itself (the other is stopped).
    """
    _refuse_taken(port)
    # what both processes would write when they start, at the same time, is written before
    dbt_runner.fresh_manifest(settings)
    prepare_storage(settings)
    url = f"http://{HOST}:{port}"
    announced = False
    env = environment(settings, os.environ)
    with _stopping() as asked_to_stop, _running(commands(port), env) as processes:
        while not asked_to_stop():
            for name, process in processes.items():
                if process.poll() is not None:
                    raise HosoError(
                        f"Dagster's {name} ended with code {process.returncode}: its messages are"
                        " above. `hoso doctor` checks settings and folders."
                    )
            if not announced and _answers(url):
                announced = True
                announce(url)
            time.sleep(0.2)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise HosoError(
                f"Port {port} is taken ({error.strerror}): stop what uses it, or choose another"
                " with `hoso serve --port`."
            ) from error


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """SIGINT and SIGTERM ask for an end instead of killing; the old handlers come back after."""
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _running(
    started: Mapping[str, list[str]], env: Mapping[str, str]
) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """Processes in sessions of their own (a Ctrl-C reaches only us); all of them end with us."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in started.items():
            processes[name] = subprocess.Popen(
                command,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=_STDERR,  # our stdout is for the URL
                start_new_session=True,
            )
        yield processes
    finally:
        for process in processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        for process in processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _end_group(process)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """What is left of a process's session: code servers that outlived it, or itself."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/server_info", timeout=2) as response:  # noqa: S310 - loopback
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
