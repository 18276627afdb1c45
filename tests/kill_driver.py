"""A process that only forks: each child takes an inbox in and is killed at some instant.

Reads lines ``home<TAB>seconds<TAB>event`` from stdin: the child is killed after ``seconds``, or as
it opens a file for writing, renames, removes or makes something in the home for the ``event``-th
time (0: never). Answers ``killed`` or ``done <seconds> <events>``. Nothing but imports happens
before the fork, so no thread of a library is lost in it.
"""

import os
import signal
import sys
import time

import deltalake
import duckdb
import pyarrow
import pyrage

from orchestration.ingest import retry
from orchestration.ingest.inbox import land
from orchestration.settings import Settings
from orchestration.sources import load_sources

LOADED = (deltalake, duckdb, pyarrow, pyrage, retry, load_sources)
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.symlink"}
_WRITES = os.O_WRONLY | os.O_RDWR


def child(home, stop_at, answer):
    """Takes in the inbox of ``home``; never returns."""
    seen = 0

    def hook(event, arguments):
        nonlocal seen
        if event == "open":
            changes = isinstance(arguments[2], int) and arguments[2] & _WRITES
        else:
            changes = event in _CHANGES
        if changes and home in str(arguments[0]):
            seen += 1
            if seen == stop_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    land(Settings(home=home))
    os.write(answer, str(seen).encode())
    os._exit(0)


def main():
    """One answer per line."""
    for line in sys.stdin:
        home, seconds, event = line.rstrip("\n").split("\t")
        reading, writing = os.pipe()
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            child(home, int(event), writing)
        os.close(writing)
        deadline = began + float(seconds)
        status = None
        while status is None:
            found, ended = os.waitpid(pid, os.WNOHANG)
            if found:
                status = ended
            elif time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                _, status = os.waitpid(pid, 0)
            else:
                time.sleep(0.001)
        seen = os.read(reading, 20).decode()
        os.close(reading)
        if os.WIFSIGNALED(status):
            print("killed", flush=True)  # noqa: T201 - its answer
        else:
            print(f"done {time.monotonic() - began:.3f} {seen or 'failed'}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
