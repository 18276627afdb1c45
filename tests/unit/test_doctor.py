"""``hoso doctor``: each planted trouble is found, and a fresh home is well."""

import subprocess
import sys

from orchestration.doctor import examine
from orchestration.settings import PROJECT_DIR, Settings


def found(settings):
    return {finding.topic: finding for finding in examine(settings)}


def test_a_fresh_home_has_nothing_wrong_and_is_left_as_it_is(settings):
    findings = examine(settings)
    assert [finding.topic for finding in findings if finding.status == "wrong"] == []
    assert found(settings)["published"].status == "warning"


def test_every_finding_that_is_not_ok_says_what_to_do(settings):
    assert all(finding.advice for finding in examine(settings) if finding.status != "ok")


def test_a_home_that_is_a_file_is_wrong_and_nothing_is_looked_for_in_it(tmp_path):
    file = tmp_path / "var"
    file.write_text("no folder")
    for home in (file, file / "inside"):
        assert found(Settings(home=home))["home"].status == "wrong"


def test_a_lost_key_is_named_with_its_month(settings):
    month = settings.archive / "2026-01"
    month.mkdir(parents=True)
    (month / "abc.age").write_bytes(b"sealed")
    keys = found(settings)["keys"]
    assert keys.status == "wrong"
    assert "2026-01" in keys.found


def test_a_key_that_others_may_read_is_wrong(settings):
    key = settings.folder("secrets") / "archive-2026-01.key"
    key.write_text("key")
    key.chmod(0o644)
    assert found(settings)["keys"].status == "wrong"
    key.chmod(0o600)
    assert found(settings)["keys"].status == "ok"


def test_a_source_that_cannot_be_read_is_wrong(settings):
    own = settings.folder("sources")
    (own / "mine.yml").write_text("name: mine\n")
    sources = found(settings)["sources"]
    assert sources.status == "wrong"
    assert "mine.yml" in sources.found


def test_rejected_files_are_counted(settings):
    rejected = settings.inbox / "rejected"
    rejected.mkdir()
    (rejected / "a.csv.reason.txt").write_text("empty")
    assert found(settings)["inbox"].found == "1 files in inbox/rejected/"


def test_a_replaced_clock_is_a_warning(settings, monkeypatch):
    assert found(settings)["clock"].status == "warning"
    monkeypatch.delenv("HOSO_NOW")
    assert found(Settings())["clock"].status == "ok"


def test_a_run_at_work_is_seen(settings):
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
        assert found(settings)["lock"].found == f"a run is at work, process {other.pid}"
        other.kill()
    assert found(settings)["lock"].found == "no run is at work"
