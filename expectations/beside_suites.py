"""Suites over what stands beside store and ledger: units, procedures, days, reports.

As in ``suites.py``; all of these warn.
"""

from expectations.check import Check
from expectations.suites import none

UNITS = (
    Check(
        "dimensions.unit_known",
        "catalogue",
        "warning",
        "Postings name a unit that dim_unit lacks: they are in no parent's figures; add the "
        "unit to the seed.",
        "every unit of a posting stands in dim_unit",
        "ExpectColumnValuesToBeInSet",
        {"column": "is_known", "value_set": [True]},
        "postings",
    ),
)
"""Frame: one row per unit that has postings."""

UNIT_TREE = (
    Check(
        "dimensions.parent_known",
        "catalogue",
        "warning",
        "The parent of a unit stands in no list of units, so the unit is in no parent's figures: "
        "add it, or correct its code.",
        "every parent_code of dim_unit is a unit_code of dim_unit",
        "ExpectColumnValuesToBeInSet",
        {"column": "is_parent_known", "value_set": [True]},
    ),
)
"""Frame: one row per unit that has a parent."""

CALENDAR = (
    Check(
        "dimensions.calendar_covers",
        "warehouse",
        "warning",
        "Movements lie on days that dim_date lacks: extend the calendar, or have the wrong dates "
        "corrected.",
        "every effective_date of a posting stands in dim_date",
        "ExpectColumnValuesToBeBetween",
        none("postings_outside"),
        "postings_outside",
    ),
)
"""Frame: one row per year that has postings."""

PROCEDURES = (
    Check(
        "dimensions.procedure_known",
        "catalogue",
        "warning",
        "Postings point to a procedure that dim_procedure lacks: figures by procedure would "
        "not add up.",
        "every procedure of a posting stands in dim_procedure",
        "ExpectColumnValuesToBeInSet",
        {"column": "is_known", "value_set": [True]},
        "postings",
    ),
)
"""Frame: one row per procedure that has postings."""


VOLUME = (
    Check(
        "volume.weekly_receipts",
        "office",
        "warning",
        "A unit suddenly reports nothing, or half of its usual receipts or less: ask whether "
        "dossiers are left out of its lists.",
        "receipts of the last whole week > half of the usual (three standard deviations apart)",
        "ExpectColumnPairValuesNotToDrop",
        {"column_A": "received", "column_B": "usual"},
    ),
)
"""Frame: one row per unit. ``usual``: median per working day of the eight weeks before, times the
working days of the week. The threshold is ours: fewer false alarms than one in 700 units a week.
"""

STATEMENTS = (
    Check(
        "statements.figure_complete",
        "office",
        "warning",
        "Figures of a report lack their period, value or unit and cannot be compared: "
        "`hoso statement add --edit`.",
        "no stated figure without unit, period or value",
        "ExpectColumnValuesToBeBetween",
        none("incomplete"),
        "incomplete",
    ),
    Check(
        "statements.reading_certain",
        "office",
        "warning",
        "Figures of a report could be read in two ways and are compared with neither: confirm them "
        "with `hoso statement add --edit`.",
        "no stated figure with a second reading",
        "ExpectColumnValuesToBeBetween",
        none("doubtful"),
        "doubtful",
    ),
    Check(
        "statements.stated_once",
        "office",
        "warning",
        "A report states two values for the same figure: ask the office which one holds.",
        "one value per document, figure, level and period",
        "ExpectColumnValuesToBeBetween",
        none("contradicted"),
        "contradicted",
    ),
)
"""Frame: one row per document."""

STATED_IDENTITIES = (
    Check(
        "reconciliation.report_adds_up",
        "office",
        "warning",
        "A report's figures do not add up, do not go on from the period before, or are not the sum "
        "of the units below: `hoso reconcile` shows the lines; ask the office.",
        "received = handled + open, early + on time + late, carried over, list totals, parent = Σ",
        "ExpectColumnValuesToBeInSet",
        {"column": "status", "value_set": ["holds"]},
    ),
)
"""Frame: one row per identity that applies to a document, level and period."""

STATED_FIGURES = (
    Check(
        "reconciliation.difference_explained",
        "office",
        "warning",
        "A report states other figures than the lists give, and no late list, other period or "
        "other reading explains it: `hoso reconcile` shows which; ask the office.",
        "no part of computed − stated left unexplained",
        "ExpectColumnValuesToBeBetween",
        none("unexplained"),
    ),
)
"""Frame: one row per stated figure that is computed, too."""

FRESHNESS = (
    Check(
        "freshness.unit_reach",
        "office",
        "warning",
        "A unit's data ends more than a month before the newest list of its source: ask the "
        "office for its list.",
        "reach of a unit at most 31 days behind its source",
        "ExpectColumnValuesToBeBetween",
        {"column": "days_behind", "min_value": None, "max_value": 31},
    ),
)
"""Frame: one row per unit and source."""
