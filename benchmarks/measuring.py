"""What all benchmarks share: a command in a process of its own, and a table in a Markdown file.

A row that cannot be measured ends the benchmark: a table with a gap would look like a result.
"""

import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """Wall-clock and CPU seconds, and the largest resident set of one process below the command.

    ``peak_mib``: MiB. ``cpu_seconds``: user and system, of the command and all below it.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float


def measure(
    command: Sequence[str], env: Mapping[str, str], quiet_to: Path | None = None
) -> Measured:
    """Run ``command`` with its output in ours, or in a file; a failure ends the benchmark."""
    actions = []
    if quiet_to is not None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [(os.POSIX_SPAWN_OPEN, 1, str(quiet_to), flags, 0o644)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], list(command), dict(env), file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def environment(home: Path, threads: int, memory_limit: str) -> dict[str, str]:
    """What every measured command gets: the home, the same threads and memory, byte-compiled."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOSO_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **kept,
        "HOSO_HOME": str(home),
        "HOSO_THREADS": str(threads),
        "HOSO_MEMORY_LIMIT": memory_limit,
    }


def machine() -> str:
    """Enough to compare numbers of one machine with each other."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{os.cpu_count()} cores, {pages / 2**30:.0f} GiB, Python {platform.python_version()}"


def write_section(path: Path, name: str, lines: Sequence[str]) -> None:
    """Put the lines into ``path``, in the place of the last section of this name, else at its end.

    >>> write_section(path, "ledger", ["## Ledger", "…"])
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    old = path.read_text(encoding="utf-8") if path.exists() else "# Performance\n"
    before, _, rest = old.partition(begin)
    after = rest.partition(end)[2].strip("\n")
    text = "\n".join([before.rstrip("\n"), "", begin, "", *lines, "", end, ""])
    path.write_text(f"{text}\n{after}\n" if after else text, encoding="utf-8")
