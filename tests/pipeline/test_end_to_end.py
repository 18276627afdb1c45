"""From raw files to figures through the command line, in a temporary home."""

import json

from tests.real_logs import WABO, gives_the_reference_numbers, read

DOSSIERS = 6_000
"""As many as it takes for an office of every kind to report."""


def test_the_real_log_gives_the_reference_numbers(hoso, shared):
    folder = shared(WABO)
    hoso("ingest", folder / "receipt.xes.gz", "--source", "wabo_receipt")
    first = hoso("run")
    assert (first["published"], first["version"]) == (True, 1)
    gives_the_reference_numbers(hoso, folder)

    late_ones = hoso("explain", "resolved_late")
    assert late_ones["total"] == 309 == sum(row["quantity"] for row in late_ones["rows"])
    warned = {check["check"]: check for check in hoso("check") if check["status"] == "failed"}
    assert warned["findings.end_before_start"]["failing"] == 2
    assert warned["findings.end_before_start"]["severity"] == "warning"

    again = hoso("run")
    assert (again["nothing_new"], again["published"], again["version"]) == (True, False, 1)


def of_the_ledger(entry):
    """What a publication keeps: no figures of payments, ratings, feedback (decision 011)."""
    beside = {"fee_dossiers", "paid_online", "online_payment_rate"}
    figures, rates = (
        {code: value for code, value in entry[part].items() if code not in beside}
        for part in ("figures", "rates")
    )
    assert figures
    return entry["unit"], figures, rates


def test_a_simulated_province_gives_the_figures_that_are_true_of_it(hoso, home):
    summary = hoso("demo", "--dossiers", DOSSIERS)
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
        assert [of_the_ledger(entry) for entry in kept] == [of_the_ledger(entry) for entry in now]

    reports_differ_from_it_by_what_was_planted(hoso, home)

    reasons = hoso("quarantine", "list")
    assert len(reasons) == summary["quarantined"]
    assert all(row["file"] and row["line"] and row["reason"] for row in reasons)

    again = hoso("demo", "--dossiers", DOSSIERS)
    assert (again["stored"], again["nothing_new"]) == (0, True)


def reports_differ_from_it_by_what_was_planted(hoso, home):
    """Every figure of the offices' reports: as stated, as computed, and why they differ."""
    lines = (home / "demo" / "reports.jsonl").read_text("utf-8").splitlines()
    truth = [json.loads(line) for line in lines]
    assert {line["kind"] for line in truth} >= {
        *("right", "slip", "late_sync", "rewritten", "other_unit"),
        *("with_returned", "with_carried_over", "on_time_with_early", "by_timestamp", "all_below"),
    }
    columns = ("stated", "computed", "causes", "reading")
    planted = {
        (line["document"], line["figure"]): [line[column] for column in columns] for line in truth
    }
    names = {document for document, _ in planted}
    found = {
        (figure["document"], figure["code"]): [figure[column] for column in columns]
        for figure in hoso("reconcile")["figures"]
        if figure["document"] in names and figure["status"] != "not_stated"
    }
    assert found == planted
