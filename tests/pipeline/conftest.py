"""What the tests of the command line share."""

import json

import pytest

from orchestration.cli import main


@pytest.fixture
def hoso(home, capsys):
    """Run a command; gives its JSON."""

    def run(*argv, code=0):
        try:
            main([*map(str, argv), "--format", "json"])
            ended = 0
        except SystemExit as end:
            ended = end.code or 0
        out, err = capsys.readouterr()
        assert ended == code, err
        return json.loads(out)

    return run
