"""Readers beside publications, longer than a test may take: ``python -m benchmarks.readers``.

Eight processes read the published file in a loop while ``--runs`` real runs publish; prints how
many reads there were, how many failed (none may), and how long a read took at most.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orchestration import pipeline
from orchestration.settings import Settings
from tests.ingest_lists import c_row, write_c
from tests.pipeline.test_readers import READER, READERS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    begin = datetime(2026, 10, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="hoso-readers-") as folder:
        settings = Settings(home=Path(folder) / "home", inbox_quiet_seconds=0)
        stop, outs = Path(folder) / "stop", [Path(folder) / f"{n}.json" for n in range(READERS)]

        def publish(number: int) -> None:
            moment = begin + timedelta(minutes=number)
            rows = [c_row(f"X-{n}") for n in range(number + 1)]
            write_c(settings.inbox, rows, f"igate_xa_20260901_20260930_{moment:%Y%m%dT%H%M}.csv")
            run = pipeline.run(settings.model_copy(update={"now": moment + timedelta(hours=9)}))
            assert run.published, number

        publish(0)
        start = time.perf_counter()
        env = {"HOSO_HOME": str(settings.home), "PATH": "/usr/bin:/bin"}
        readers = [
            subprocess.Popen([sys.executable, "-c", READER, str(stop), str(out)], env=env)
            for out in outs
        ]
        for number in range(1, runs + 1):
            publish(number)
        stop.touch()
        codes = [reader.wait(60) for reader in readers]
        found = [json.loads(out.read_text("utf-8")) for out in outs]
    errors = [error for each in found for error in each["errors"]]
    reads = sum(each["reads"] for each in found)
    seconds = time.perf_counter() - start
    print(f"{runs} publications in {seconds:.0f} s, {READERS} readers, {reads:,} reads,")
    print(f"{len(errors)} failed reads, readers ended with {codes}")
    if errors or any(codes):
        sys.exit("\n".join(errors[:10]) or "a reader failed")


if __name__ == "__main__":
    main()
