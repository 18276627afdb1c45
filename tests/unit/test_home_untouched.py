"""Who only asks changes nothing: no reading command makes a home."""

import pytest

from orchestration.cli import main
from tests.ingest_lists import c_row, write_c

DAYS = ("--from", "2026-01-01", "--to", "2026-01-31")


@pytest.mark.parametrize(
    "command",
    [
        ("figures", *DAYS),
        ("explain", "received_new", *DAYS),
        ("diff", *DAYS, "--as-of", "2026-01-15"),
        ("coverage",),
        ("query", "select 1"),
        ("check",),
        ("doctor",),
        ("source", "list"),
        ("quarantine", "list"),
        ("quarantine", "show", "3f9a"),
        ("alerts", "list"),
    ],
)
def test_a_reading_command_makes_no_home(home, capsys, command):
    with pytest.raises(SystemExit):
        main(command)
    assert not home.exists(), command
    assert "should not happen" not in capsys.readouterr().err


def test_a_file_that_is_only_looked_at_makes_no_home(home, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        main(["source", "check", str(write_c(tmp_path, [c_row("H-1")]))])
    assert end.value.code in {0, None}, capsys.readouterr().err
    assert not home.exists()
