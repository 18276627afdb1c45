"""From raw files to figures through the command line, in a temporary home."""

import csv
import json
from collections import Counter

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


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def total(entries, key, figure):
    """Sum of a figure over units, by a key of the entries."""
    counts = Counter()
    for entry in entries:
        counts[entry[key]] += entry["figures"][figure]
    return dict(counts)


def expected(rows, key, column):
    return {row[key]: int(row[column]) for row in rows}


def test_the_real_log_gives_the_reference_numbers(hoso, shared):
    folder = shared("data/wabo_receipt")
    hoso("ingest", folder / "receipt.xes.gz", "--source", "wabo_receipt")
    first = hoso("run")
    assert (first["published"], first["version"]) == (True, 1)

    months, entries = read(folder / "ref_monthly.csv"), hoso("figures", "--by", "month")
    for figure, column in (
        ("received_new", "received"),
        ("resolved_total", "ended"),
        ("open_total", "open_at_month_end"),
    ):
        assert total(entries, "month", figure) == expected(months, "month", column)

    departments, entries = read(folder / "ref_by_department.csv"), hoso("figures")
    for figure, column in (("received_new", "received"), ("resolved_total", "ended")):
        assert total(entries, "unit", figure) == expected(departments, "department", column)

    channels = read(folder / "ref_by_channel.csv")
    entries = hoso("figures", "--by", "source_channel", "--unit", "*")
    for figure, column in (("received_new", "received"), ("resolved_total", "ended")):
        assert total(entries, "source_channel", figure) == expected(channels, "channel", column)

    for rule_set, in_time, late in (("by_timestamp", 952, 377), ("by_date", 1020, 309)):
        (all_units,) = hoso("figures", "--unit", "*", "--rule-set", rule_set)
        figures = all_units["figures"]
        assert figures["resolved_early"] + figures["resolved_on_time"] == in_time
        assert figures["resolved_late"] == late

    late_ones = hoso("explain", "resolved_late")
    assert late_ones["total"] == 309 == sum(row["quantity"] for row in late_ones["rows"])
    warned = {check["check"]: check for check in hoso("check") if check["status"] == "failed"}
    assert warned["findings.end_before_start"]["failing"] == 2
    assert warned["findings.end_before_start"]["severity"] == "warning"

    again = hoso("run")
    assert (again["nothing_new"], again["published"], again["version"]) == (True, False, 1)


def test_a_simulated_province_gives_the_figures_that_are_true_of_it(hoso, home):
    summary = hoso("demo", "--dossiers", 1500)
    parts = ("stored", "unchanged", "duplicate", "quarantined")
    assert summary["read"] == sum(summary[part] for part in parts)
    assert summary["published"]

    entries = hoso("figures", "--by", "month")
    found = {(entry["unit"], entry["month"]): entry["figures"] for entry in entries}
    names = {"open_at_month_end": "open_total"}
    wrong = [
        (row["unit"], row["month"], column, truth, figures)
        for row in read(home / "demo" / "figures.csv")
        for column, truth in row.items()
        if column not in {"unit", "month"}
        for figures in [found.get((row["unit"], row["month"]), {}).get(names.get(column, column))]
        if (figures or 0) != int(truth)
    ]
    assert wrong == []

    for rules in ("by_date", "index_766"):
        asked = ("--from", "2025-07-01", "--to", "2025-12-31", "--rollup", "--rule-set", rules)
        now = hoso("figures", *asked)
        kept = hoso("figures", *asked, "--as-published", "2030-01-01")
        values = [[entry["unit"], entry["figures"], entry["rates"]] for entry in now]
        assert [[entry["unit"], entry["figures"], entry["rates"]] for entry in kept] == values

    reasons = hoso("quarantine", "list")
    assert len(reasons) == summary["quarantined"]
    assert all(row["file"] and row["line"] and row["reason"] for row in reasons)

    again = hoso("demo", "--dossiers", 1500)
    assert (again["stored"], again["nothing_new"]) == (0, True)
