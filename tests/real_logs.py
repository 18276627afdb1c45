"""What the logs of real offices say, counted by others, beside the figures of the command line."""

import csv
from collections import Counter

WABO = "data/wabo_receipt"
BPIC = "data/bpic15"
FIGURES = {
    "received": ("received_new",),
    "ended": ("resolved_total", "returned", "withdrawn"),
    "open_at_month_end": ("open_total",),
}


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def totals(entries, keys, column):
    """Sums over entries by their keys; of figures that no list carries nothing is added."""
    counts = Counter()
    for entry in entries:
        of = tuple(entry[key] for key in keys)
        counts[of] += sum(entry["figures"][figure] or 0 for figure in FIGURES[column])
    return dict(counts)


def expected(rows, keys, column):
    return {tuple(row[key] for key in keys): int(row[column]) for row in rows}


def gives_the_reference_numbers(hoso, folder):
    months, entries = read(folder / "ref_monthly.csv"), hoso("figures", "--by", "month")
    for column in FIGURES:
        assert totals(entries, ["month"], column) == expected(months, ["month"], column)
    for file, by, key, unit in (
        ("ref_by_department.csv", "unit", "department", []),
        ("ref_by_channel.csv", "source_channel", "channel", ["--unit", "*"]),
    ):
        rows, entries = read(folder / file), hoso("figures", "--by", by, *unit)
        for column in ("received", "ended"):
            assert totals(entries, [by], column) == expected(rows, [key], column)
    for rule_set, in_time, late in (("by_timestamp", 952, 377), ("by_date", 1020, 309)):
        (all_units,) = hoso("figures", "--unit", "*", "--rule-set", rule_set)
        figures = all_units["figures"]
        assert figures["resolved_early"] + figures["resolved_on_time"] == in_time
        assert figures["resolved_late"] == late
