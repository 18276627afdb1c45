"""Logs: one run id through all lines, one file a day, old ones go, nothing stops for them."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from orchestration import log
from orchestration.progress import Quiet


def at(settings, days):
    return settings.model_copy(update={"now": settings.clock() + timedelta(days=days)})


def test_lines_of_a_run_carry_its_id_and_others_none(settings):
    log.event(settings, "before")
    with log.run(settings, "20260302T010000Z"):
        log.event(settings, "file", "warning", file="a b.xlsx", read=3)
    assert [line["event"] for line in log.lines(settings, "20260302T01")] == ["file"]
    assert [line["run"] for line in log.lines(settings)] == [None, "20260302T010000Z"]


def test_a_line_is_readable_on_a_terminal(settings):
    log.event(settings, "file", "warning", file="a b.xlsx", read=3)
    (line,) = log.lines(settings)
    assert (
        log.readable(line)
        == '2026-03-02 08:00:00  warning  file              file="a b.xlsx"  read=3'
    )


def test_each_day_has_its_file_and_old_ones_go(settings):
    for day in (0, 1, 200):
        log.event(at(settings, day), "x")
    with log.run(at(settings, 200), "r"):
        names = [path.name for path in sorted(log.folder(settings).iterdir())]
    assert names == ["hoso-20260918.jsonl"]


def test_many_writers_leave_whole_lines(settings):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: log.event(settings, "x", n=n, text="đ" * 500), range(400)))
    assert sorted(line["n"] for line in log.lines(settings)) == list(range(400))


def test_a_line_that_was_cut_off_is_left_out(settings):
    log.event(settings, "whole")
    (path,) = log.folder(settings).iterdir()
    path.write_text(path.read_text("utf-8") + '{"at": "2026', encoding="utf-8")
    assert [line["event"] for line in log.lines(settings)] == ["whole"]


def test_a_log_that_cannot_be_written_stops_nothing(settings, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log.os, "write", full)
    log.event(settings, "x")


def test_steps_are_noted_with_their_seconds(settings):
    with log.Logged(settings, Quiet()).step("Reading", 3) as advance:
        advance(1)
    (line,) = log.lines(settings)
    assert (line["event"], line["title"], line["total"]) == ("step", "Reading", 3)
    assert json.dumps(line["seconds"])
