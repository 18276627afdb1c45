"""Logs of real offices, through the command line, against numbers counted by others."""

import gzip
import random
from copy import deepcopy
from datetime import datetime

import pytest
from lxml import etree

from tests.real_logs import BPIC, FIGURES, WABO, expected, gives_the_reference_numbers, read, totals


def log_of(path):
    """The log without its traces, and the traces."""
    root = etree.fromstring(gzip.decompress(path.read_bytes()))
    traces = [child for child in root if etree.QName(child).localname == "trace"]
    for child in list(root):
        if etree.QName(child).localname in {"trace", "global"}:
            root.remove(child)
    return root, traces


def write(root, traces, path):
    log = deepcopy(root)
    log.extend(deepcopy(trace) for trace in traces)
    path.write_bytes(etree.tostring(log))
    return path


def moment(element, key):
    (text,) = [child.get("value") for child in element if child.get("key") == key] or [None]
    return datetime.fromisoformat(text) if text else None


def steps(trace):
    return [child for child in trace if etree.QName(child).localname == "event"]


@pytest.mark.slow
def test_a_log_cut_into_fifty_by_case_gives_the_same_in_any_order(
    hoso, shared, tmp_path, monkeypatch
):
    folder = shared(WABO)
    root, traces = log_of(folder / "receipt.xes.gz")
    chance = random.Random(3)  # noqa: S311
    chance.shuffle(traces)
    files = [write(root, traces[n::50], tmp_path / f"receipt_{n:02}.xes") for n in range(50)]
    chance.shuffle(files)
    for day, part in enumerate((files[:15], files[15:40], files[40:]), start=2):
        monkeypatch.setenv("HOSO_NOW", f"2026-03-0{day}T08:00:00")
        for each in part:
            hoso("ingest", each)
        hoso("run")
    gives_the_reference_numbers(hoso, folder)


@pytest.mark.slow
def test_a_log_cut_by_time_gives_the_same(hoso, shared, tmp_path, monkeypatch):
    """Each file holds the cases in which something happened since the one before, as they stood."""
    folder = shared(WABO)
    root, traces = log_of(folder / "receipt.xes.gz")
    happened = sorted(moment(step, "time:timestamp") for trace in traces for step in steps(trace))
    cuts = [happened[len(happened) * n // 8 - 1] for n in range(1, 9)]
    before = None
    for n, cut in enumerate(cuts):
        monkeypatch.setenv("HOSO_NOW", f"2026-03-{n + 2:02}T08:00:00")
        shown = [as_of(trace, before, cut, last=n == len(cuts) - 1) for trace in traces]
        part = [trace for trace in shown if trace is not None]
        hoso("ingest", write(root, part, tmp_path / f"receipt_{n}.xes"))
        if n in {3, 7}:
            hoso("run")
        before = cut
    gives_the_reference_numbers(hoso, folder)


def as_of(trace, after, until, *, last):
    """The trace as an export at ``until`` shows it; none when nothing happened since ``after``.

    The last export has all that is left, ends that lie after the last step too.
    """
    trace = deepcopy(trace)
    moments = [moment(trace, "startdate")]
    for step in steps(trace):
        at = moment(step, "time:timestamp")
        if (after is not None and at <= after) or at > until:
            trace.remove(step)
        moments.append(at)
    for end in [child for child in trace if child.get("key") == "enddate"]:
        at = datetime.fromisoformat(end.get("value"))
        moments.append(at)
        if at > until and not last:
            trace.remove(end)
    is_new = any((after is None or after < at) and (at <= until or last) for at in moments)
    return trace if is_new and (min(moments) <= until or last) else None


@pytest.mark.slow
def test_steps_pause_and_name_the_kind_of_closing_and_ends_are_the_reference_numbers(hoso, shared):
    folder = shared(BPIC)
    logs = [folder / f"BPIC15_{municipality}.xes.gz" for municipality in (1, 2)]
    taken = [hoso("ingest", log)[0] for log in logs]
    assert sum(each["read"] for each in taken) == 2031 + 96571
    hoso("run")
    months = read(folder / "ref_monthly_by_municipality.csv")
    first, last = (choose(row["month"] for row in months) for choose in (min, max))
    entries = hoso("figures", "--by", "month", "--from", f"{first}-01", "--to", f"{last}-31")
    named = [entry | {"municipality": entry["unit"]} for entry in entries]
    keys = ["municipality", "month"]
    for column in FIGURES:
        assert totals(named, keys, column) == expected(months, keys, column)

    (whole,) = hoso("figures", "--unit", "*", "--from", f"{first}-01", "--to", f"{last}-31")
    figures = whole["figures"]
    assert figures["returned"] > 0
    assert figures["withdrawn"] > 0
    # a unit whose lists have no status, but whose steps say how a case ended and paused
    assert all(entry["figures"]["withdrawn"] is not None for entry in entries)
    paused = hoso("query", "select count(*) as n from fct_dossier_posting where movement = 'pause'")
    assert paused[0]["n"] > 0
