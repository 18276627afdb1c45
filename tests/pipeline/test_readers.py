"""Readers are never in the way of a run, nor a run in theirs."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration import pipeline
from orchestration.settings import Settings
from tests.ingest_lists import c_row, write_c

READERS, RUNS = 8, 20

READER = """
import json, sys, time
from pathlib import Path
from orchestration.reporting.published import connect
from orchestration.settings import Settings
settings, stop, out = Settings(), Path(sys.argv[1]), Path(sys.argv[2])
reads, errors, versions = 0, [], []
while not stop.exists():
    try:
        with connect(settings) as con:
            (version,) = con.execute("select max(id) from publication").fetchone()
            (received,) = con.execute(
                "select sum(quantity) from fct_unit_day where movement = 'receipt' and leg = 'to'"
            ).fetchone()
            (dossiers,) = con.execute("select count(*) from fct_dossier").fetchone()
        reads += 1
        if dossiers != received:
            errors.append(f"version {version}: {dossiers} dossiers, {received} receipts")
        if not versions or versions[-1] != version:
            versions.append(version)
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
    time.sleep(0.5)
out.write_text(json.dumps({"reads": reads, "errors": errors, "versions": versions}))
"""


@pytest.mark.slow
def test_eight_readers_over_twenty_publications_fail_no_read_and_no_build(
    settings: Settings, tmp_path: Path
) -> None:
    def publish(number: int) -> None:
        rows = [c_row(f"X-{n}") for n in range(number + 1)]
        later = settings.model_copy(
            update={"now": settings.clock().replace(month=10) + timedelta(minutes=number)}
        )
        write_c(later.inbox, rows, f"igate_xa_20260901_20260930_20260930T18{number:02d}.csv")
        assert pipeline.run(later).published

    publish(0)
    stop = tmp_path / "stop"
    outs = [tmp_path / f"{n}.json" for n in range(READERS)]
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(stop), str(out)]) for out in outs
    ]
    try:
        for number in range(1, RUNS + 1):
            publish(number)
    finally:
        stop.touch()
        codes = [reader.wait(60) for reader in readers]
    assert codes == [0] * READERS
    found = [json.loads(out.read_text("utf-8")) for out in outs]
    assert [each["errors"] for each in found] == [[]] * READERS
    for each in found:
        assert each["versions"] == sorted(each["versions"])
        assert each["versions"][-1] == RUNS + 1 or each["reads"] > 0
    assert min(each["reads"] for each in found) > RUNS
    seen = {version for each in found for version in each["versions"]}
    assert len(seen) >= RUNS - 1, "readers saw the publications come"
