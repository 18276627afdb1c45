"""Periods: which there are, and freezing what was sent as our own statement."""

import json
from datetime import datetime

import pytest

from orchestration.cli import main
from tests.ingest_lists import events
from tests.unit.reporting.conftest import World
from tests.unit.reporting.test_as_published import publish_world


@pytest.fixture
def office(home, monkeypatch):
    """One unit below a province; published on 2 February, now 3 February."""
    monkeypatch.setenv("HOSO_NOW", "2026-02-03T09:00")
    world = World()
    world.unit("P", reach=None)
    world.unit("A", "P", reach="2026-01-31")
    world.unit("B", "P", reach="2026-01-20")
    world.post("1", "receipt", "2025-12-20", unit="A", known="2026-01-31")
    world.post("2", "receipt", "2025-12-06", unit="B", known="2026-01-31")
    publish_world(world, home, "2026-02-02T09:00", "rules1")
    return world


@pytest.fixture
def hoso(office, capsys):
    """Run a command; gives its JSON, or what it said."""
    del office

    def run(*argv, code=0):
        try:
            main([*argv, "--format", "json"])
            ended = 0
        except SystemExit as end:
            ended = end.code or 0
        out, err = capsys.readouterr()
        assert ended == code, err
        return json.loads(out) if code == 0 else err

    return run


def states(rows):
    return {row["code"]: (row["state"], row["closed_units"]) for row in rows}


def test_a_closed_period_is_a_statement_of_each_figure_as_it_was_published(hoso, settings):
    done = hoso("period", "close", "2025-12")
    assert (done["units"], done["already"]) == (["A", "B", "P", "*"], [])
    stated = events(
        settings,
        "subject, unit_name, occurred_at, data->>'$.document', data->>'$.figure',"
        " data->>'$.figure_value', data->>'$.period_to'",
        "type = 'statement.made' and unit_name = 'P' and data->>'$.figure' = 'received_new'",
    )
    assert stated == [
        (
            *("statement/period/2025-12/P/by_date/received_new", "P"),
            *(datetime(2026, 2, 3, 9), "period/2025-12/P", "received_new", "2.0", "2025-12-31"),
        )
    ]
    assert states(hoso("period", "list")) == {
        "2026-01": ("finished", 0),
        "2026-01c": ("finished", 0),
        "2025-12": ("closed", 4),
    }


def test_what_was_closed_is_not_closed_again(hoso):
    hoso("period", "close", "2025-12", "--unit", "P")
    done = hoso("period", "close", "2025-12")
    assert (done["units"], done["already"]) == (["A", "B", "*"], ["P"])
    for more in ((), ("--force",), ("--unit", "A")):
        said = hoso("period", "close", "2025-12", *more, code=1)
        assert "2025-12 is closed already (by_date)" in said
    assert hoso("period", "close", "2025-12", "--rule-set", "index_766")["figures"] > 0


def test_a_period_with_missing_data_is_closed_only_on_demand(hoso):
    said = hoso("period", "close", "2026-01", code=1)
    assert "does not reach 2026-01-31: B, P, *" in said
    assert hoso("period", "close", "2026-01", "--unit", "A")["units"] == ["A"]
    assert hoso("period", "close", "2026-01", "--force")["units"] == ["B", "P", "*"]


def test_a_period_that_is_not_over_cannot_be_closed(hoso, monkeypatch):
    monkeypatch.setenv("HOSO_NOW", "2026-01-31T23:00")
    said = hoso("period", "close", "2026-01", "--force", code=1)
    assert "2026-01 is not over" in said


def test_an_unknown_period_is_answered_with_the_nearest(hoso):
    assert "2026-01" in hoso("period", "close", "2026-1", code=2)


def test_the_list_says_when_a_finished_period_was_first_published(hoso):
    rows = {row["code"]: row for row in hoso("period", "list", "--kind", "month")}
    assert rows["2026-01"]["first_published"] == "2026-02-02T02:00:00+00:00"
