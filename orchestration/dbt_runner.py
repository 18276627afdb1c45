"""dbt as a subprocess of the same Python, and what its result files say.

What belongs here: arguments, environment, reading of results. What does not: models (``models/``),
when to build and what to do with a failed test (``pipeline``).
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from expectations.check import Check, Outcome
from orchestration import build_file, log
from orchestration.dbt_child import UNMOVED
from orchestration.errors import HosoError
from orchestration.progress import Progress
from orchestration.settings import PROJECT_DIR, Settings

_PASSED: Final = {"pass"}
_FAILED: Final = {"fail", "warn"}
LARGE: Final = 100 * 2**20
"""Bytes of a store, some 1.5 million dossiers, from which on large models are built one by one.

Each of them uses all threads of DuckDB. Side by side, what one has reserved of the memory is
lacking to another's grouping, which then writes blocks that are nearly empty: now and then 30 to
70 GB, and minutes in place of seconds. A model that is carried on reads little; its tests read all.
"""
KEPT: Final = 0.85
"""Share of the memory limit that DuckDB keeps: the system takes its time to clear what it gives."""
THREADS: Final = 2
"""How many models are built side by side."""
_ERROR: Final = re.compile(r"[\w.]*(Error|Exception)\b.*:")


@dataclass(frozen=True)
class DbtResult:
    """What a build came to. ``broken``: messages of seeds and models that could not be built."""

    broken: tuple[str, ...]
    tests: tuple[Outcome, ...]
    seconds: Mapping[str, float]


def target_path(settings: Settings) -> Path:
    """Where dbt writes its manifest and results."""
    return settings.folder("dbt") / "target"


def log_path(settings: Settings) -> Path:
    """Where dbt writes its log."""
    return settings.folder("dbt") / "logs"


def environment(settings: Settings, base: Mapping[str, str]) -> dict[str, str]:
    """What ``profiles.yml`` reads; no usage statistics."""
    return {
        **base,
        "HOSO_BUILD_DB": str(settings.build_db),
        "HOSO_THREADS": str(settings.threads),
        "HOSO_MEMORY_LIMIT": settings.memory_limit,
        "HOSO_KEPT_MEMORY": _kept_memory(settings.memory_limit),
        # beside the build and at its end instead of after each model (build_file)
        "HOSO_FSYNC_MODE": "none",
        log.RUN_VARIABLE: log.RUN.get() or "",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }


def _kept_memory(limit: str) -> str:
    """Of the memory limit: what one model leaves to the next instead of to the system."""
    return re.sub(r"[\d.]+", lambda number: f"{float(number[0]) * KEPT:g}", limit)


def is_large(settings: Settings) -> bool:
    """Whether the store is larger than ``LARGE``."""
    return sum(path.stat().st_size for path in settings.events.rglob("*.parquet")) > LARGE


def build_arguments(
    *, full_refresh: bool, threads: int = THREADS, with_tests: bool = True, with_seeds: bool = True
) -> list[str]:
    """A build of everything but unit tests (those belong to the project's tests).

    ``threads``: models built side by side. ``with_tests``: data tests, too; without them only for
    measuring. ``with_seeds``: seeds, too; they are part of the rules, and other rules mean a full
    refresh.
    """
    return [
        *("build", "--exclude-resource-type", "unit_test"),
        *([] if with_tests else ["test"]),
        *([] if with_seeds else ["seed"]),
        *(["--full-refresh"] if full_refresh else []),
        *("--threads", str(threads)),
    ]


def place_arguments(settings: Settings) -> list[str]:
    """Where the project lies, and where dbt may write: below the home only."""
    return [
        *("--project-dir", str(PROJECT_DIR)),
        *("--profiles-dir", str(PROJECT_DIR)),
        *("--target-path", str(target_path(settings))),
        *("--log-path", str(log_path(settings))),
        *("--log-format", "json"),
    ]


def fresh_manifest(settings: Settings) -> Path:
    """The manifest, parsed anew when something that dbt reads is newer than it."""
    manifest = _manifest(settings)
    if _is_fresh(manifest):
        return manifest
    said: list[str] = []
    with ahead(settings) as dbt:
        process = dbt.start()
        _ask(process, ["parse"])
        for _ in _log_lines(process, said):
            pass
        process.wait()
    if process.returncode:
        raise HosoError("dbt cannot read the project:\n  " + "\n  ".join(said))
    return manifest


def _manifest(settings: Settings) -> Path:
    return target_path(settings) / "manifest.json"


def _is_fresh(manifest: Path) -> bool:
    """Whether nothing that dbt reads is newer."""
    return manifest.exists() and manifest.stat().st_mtime >= _newest()


def _newest() -> float:
    """When something that dbt reads was last written."""
    folders = ("models", "macros", "seeds", "tests/dbt")
    read = [
        PROJECT_DIR / "dbt_project.yml",
        *(path for folder in folders for path in (PROJECT_DIR / folder).rglob("*")),
    ]
    return max(path.stat().st_mtime for path in read)


def build(
    settings: Settings,
    progress: Progress,
    *,
    full_refresh: bool,
    with_tests: bool = True,
    news: AbstractSet[str] | None = None,
    dbt: "Ahead | None" = None,
) -> DbtResult:
    """Build all models of the build warehouse and run their tests; nobody else may have it open.

    ``news``: what the batches hold that are taken in; models that it cannot change are not built.
    ``dbt``: one that may have been started ``ahead``; without, a new one.
    """
    if dbt is None:
        with ahead(settings) as own:
            return build(
                settings,
                progress,
                full_refresh=full_refresh,
                with_tests=with_tests,
                news=news,
                dbt=own,
            )
    results = target_path(settings) / "run_results.json"
    results.unlink(missing_ok=True)
    manifest = _manifest(settings)
    command = build_arguments(
        full_refresh=full_refresh,
        with_tests=with_tests,
        with_seeds=full_refresh,
    )
    if full_refresh:
        news = None
    elif _is_fresh(manifest):
        command.append("--no-write-json")
    if news is not None:
        # their tests run all the same: a failed one is not forgotten by the next list
        command += ["--indirect-selection", "empty", "--exclude", f"tag:{UNMOVED}"]
    said: list[str] = []
    process = dbt.start()
    one_large = ["model", "test"] if full_refresh else ["test"]
    _ask(process, command, news, one_large if is_large(settings) else [])
    with build_file.on_its_way(settings):
        _follow(process, progress, said)
        process.wait()
    if not results.exists():
        return DbtResult(tuple(said) or ("dbt ended without a result",), (), {})
    return read_results(
        json.loads(results.read_text(encoding="utf-8")),
        json.loads(manifest.read_text(encoding="utf-8")),
    )


class Ahead:
    """A dbt that loads while others work, and that opens nothing before it is asked to (``build``).

    There is none before it is wanted (``start``).
    """

    def __init__(self, settings: Settings) -> None:
        """Starts nothing."""
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None
        self._read = 0.0

    def start(self) -> "subprocess.Popen[str]":
        """The process, which now loads or has loaded what dbt reads as it is at this moment."""
        newest = _newest()
        if self._process is not None and self._read == newest:
            return self._process
        self.end()
        self._read = newest
        self._process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.dbt_child", *place_arguments(self._settings)],
            cwd=PROJECT_DIR,
            env=environment(self._settings, os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        return self._process

    def end(self) -> None:
        """End the process, whatever it is at; nothing of it is left."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            # closes its pipes and waits for it
            with suppress(BrokenPipeError), process:
                pass


@contextmanager
def ahead(settings: Settings) -> Iterator[Ahead]:
    """A dbt to be started when it is wanted; it ends with the block, whatever it is at then."""
    dbt = Ahead(settings)
    try:
        yield dbt
    finally:
        dbt.end()


def _ask(
    process: "subprocess.Popen[str]",
    arguments: list[str],
    news: AbstractSet[str] | None = None,
    one_large: Sequence[str] = (),
) -> None:
    """Give dbt its command; one that could not even begin has said why on its output."""
    command = {
        "arguments": arguments,
        "news": None if news is None else sorted(news),
        "one_large": one_large,
    }
    with suppress(BrokenPipeError):
        print(json.dumps(command), file=process.stdin, flush=True)


def _follow(process: "subprocess.Popen[str]", progress: Progress, said: list[str]) -> None:
    """Turn dbt's log lines into progress; keep its errors."""
    lines = _log_lines(process, said)
    first = next((line for line in lines if line["info"]["name"] == "LogStartLine"), None)
    if first is None:
        return
    with progress.step("Building and testing", first["data"]["total"]) as advance:
        for line in lines:
            name = line["info"]["name"]
            if name.startswith("Log") and name.endswith("Result"):
                advance(1)


def _log_lines(process: "subprocess.Popen[str]", said: list[str]) -> Iterator[dict[str, Any]]:
    plain: list[str] = []
    for text in process.stdout or ():
        try:
            line: dict[str, Any] = json.loads(text)
        except ValueError:
            plain.append(text.strip())
            continue
        if line["info"]["level"] == "error" and line["info"]["msg"].strip():
            said.append(line["info"]["msg"].strip())
        yield line
    said.extend(errors_of(plain))


def errors_of(lines: list[str]) -> list[str]:
    """What lines outside of dbt's log say, each once, without how Python came to it."""
    errors = [line for line in lines if _ERROR.match(line)]
    return list(dict.fromkeys(errors or [line for line in lines if line][-5:]))


def read_results(run_results: Mapping[str, Any], manifest: Mapping[str, Any]) -> DbtResult:
    """Tests become outcomes of checks; everything else that was not built is broken."""
    broken = []
    tests = []
    seconds = {}
    for result in run_results["results"]:
        name = result["unique_id"]
        seconds[name] = float(result["execution_time"])
        if name.startswith("test."):
            tests.append(_outcome(result, manifest["nodes"][name]))
        elif result["status"] == "error":
            broken.append(f"{name}: {(result['message'] or 'no message').strip()}")
    return DbtResult(tuple(broken), tuple(tests), seconds)


def _outcome(result: Mapping[str, Any], node: Mapping[str, Any]) -> Outcome:
    """A test of severity ``error`` blocks publishing, ``warn`` does not."""
    severity = str(node["config"].get("severity", "error")).lower()
    check = Check(
        name=f"dbt.{node['name']}",
        owner=node["config"].get("meta", {}).get("owner", "warehouse"),
        severity="blocking" if severity == "error" else "warning",
        meaning=(node.get("description") or f"dbt test {node['name']}").strip(),
        expected="no failing row",
        expectation="dbt test",
    )
    if result["status"] in _PASSED:
        return Outcome(check, "passed", "no failing row")
    if result["status"] in _FAILED:
        failing = int(result["failures"] or 0)
        return Outcome(check, "failed", f"{failing} failing rows", failing)
    said = (result["message"] or f"dbt says: {result['status']}").strip().splitlines()
    return Outcome(check, "errored", said[0])
