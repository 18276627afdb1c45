"""The suites: one tuple of checks for each frame that ``orchestration/audit.py`` fetches.

What blocks publishing is only: the row equation, a movement that is not allowed, the trial balance,
an identity over computed figures, and a check that errored. Findings on single dossiers, units or
lists warn.
"""

from collections.abc import Iterable, Mapping

from expectations.check import Check


def equal(left: str, right: str) -> dict[str, object]:
    """Arguments of a pair check in which absent is absent, not unequal."""
    return {"column_A": left, "column_B": right, "ignore_row_if": "either_value_is_missing"}


def none(column: str) -> dict[str, object]:
    """Arguments of a check that a count is 0."""
    return {"column": column, "min_value": 0, "max_value": 0}


ARRIVING_FILES = (
    Check(
        "arriving_files.row_equation",
        "warehouse",
        "blocking",
        "Rows of a file were lost or counted twice while reading: do not publish; `hoso "
        "source check` the file.",
        "read = stored + unchanged + duplicate + quarantined",
        "ExpectColumnPairValuesToBeEqual",
        equal("rows_read", "rows_accounted"),
    ),
    Check(
        "arriving_files.row_equation_in_store",
        "warehouse",
        "blocking",
        "The event store does not hold what the batch says it stored: restore the store, or "
        "replay from the archive.",
        "contents of the batch in the event store = rows stored",
        "ExpectColumnPairValuesToBeEqual",
        equal("rows_in_store", "rows_stored"),
    ),
    Check(
        "arriving_files.control_total",
        "office",
        "warning",
        "The list prints another total than it has rows: ask the office for the whole list.",
        'data rows read = the "Tổng số" of the list',
        "ExpectColumnPairValuesToBeEqual",
        equal("rows_read", "control_total"),
    ),
    Check(
        "arriving_files.nothing_set_aside",
        "office",
        "warning",
        "Rows of a list could not be read: `hoso quarantine list` says which cell, and what to do.",
        "no row set aside",
        "ExpectColumnValuesToBeBetween",
        none("rows_quarantined"),
        "rows_quarantined",
    ),
    Check(
        "arriving_files.mostly_read",
        "warehouse",
        "warning",
        "More than a fifth of a list could not be read: its layout has changed; mend the source's "
        "YAML, then `hoso quarantine retry`.",
        "at most 20 % of the rows of a list set aside",
        "ExpectColumnValuesToBeBetween",
        {"column": "share_set_aside", "min_value": 0, "max_value": 0.2},
    ),
)
"""Frame: one row per batch."""

EVENT_STORE = (
    Check(
        "event_store.ids_unique",
        "warehouse",
        "warning",
        "The same observation is stored twice: a batch was committed twice, or ids are no "
        "function of content.",
        "no id twice",
        "ExpectColumnValuesToBeBetween",
        none("duplicate_ids"),
        "duplicate_ids",
    ),
    Check(
        "event_store.subject_present",
        "warehouse",
        "warning",
        "Events say nothing of whom they speak and so are never folded: correct the reader of"
        " this source.",
        "no event without a subject",
        "ExpectColumnValuesToBeBetween",
        none("null_subjects"),
        "null_subjects",
    ),
    Check(
        "event_store.known_after_observed",
        "warehouse",
        "warning",
        "A batch was known before its list was exported: the clock, or the declared time of "
        "the list, is wrong.",
        "known_at >= observed_at",
        "ExpectColumnValuesToBeBetween",
        none("known_too_early"),
        "known_too_early",
    ),
)
"""Frame: one row per batch."""

MOVEMENTS = (
    Check(
        "ledger.movement_allowed",
        "warehouse",
        "blocking",
        "The ledger holds a movement that figures.md does not allow: correct the model; "
        "nothing is published.",
        "accounts as figures.md allows the movement; units differ in a transfer only",
        "ExpectColumnValuesToBeInSet",
        {"column": "is_allowed", "value_set": [True]},
        "postings",
    ),
)
"""Frame: one row per movement, its two accounts, and whether the units differ."""

TRIAL_BALANCE = (
    Check(
        "ledger.trial_balance",
        "warehouse",
        "blocking",
        "A dossier is in two accounts, in none, or not where the register says (I8): correct "
        "the model.",
        "per dossier Σ to − Σ from is the one account of fct_dossier, quantity 1",
        "ExpectColumnPairValuesToBeEqual",
        equal("ledger_holds", "register_says"),
        "dossiers",
    ),
)
"""Frame: one row per state of the ledger beside the register."""

UNIT_DAY = (
    Check(
        "ledger.unit_day_adds_up",
        "warehouse",
        "blocking",
        "fct_unit_day and the postings disagree, so figures and their explanation would: "
        "`hoso run` after a full build.",
        "per movement and leg: Σ quantity of fct_unit_day = Σ quantity of the postings",
        "ExpectColumnPairValuesToBeEqual",
        equal("in_unit_day", "in_postings"),
    ),
)
"""Frame: one row per movement and leg."""

KNOWLEDGE = (
    Check(
        "ledger.known_after_its_row",
        "warehouse",
        "warning",
        "Postings claim to be known before the list whose row showed them: "
        "as-of answers would know too much; correct the model.",
        "known_at of a posting >= known_at of the batch that showed it",
        "ExpectColumnValuesToBeBetween",
        none("known_too_early"),
        "known_too_early",
    ),
)
"""Frame: one row per batch that shows postings."""


def identities(seed: Iterable[Mapping[str, str]]) -> tuple[Check, ...]:
    """The checks of ``seeds/identity.csv`` that hold between figures of one unit.

    Frame: one row per unit, calendar month and rule set; ``i1_left, i1_right, …`` for each.
    """
    rows = list(seed)
    in_words = {row["code"].lower(): row["title_vi"] for row in rows}
    return tuple(
        Check(
            f"figures.{code}",
            "warehouse",
            "blocking",
            f"Computed figures break {code.upper()}: "
            "`hoso explain` both sides for the unit and month shown.",
            f"{left} {'>=' if kind == 'at_most' else '='} {right}",
            "ExpectColumnPairValuesAToBeGreaterThanB"
            if kind == "at_most"
            else "ExpectColumnPairValuesToBeEqual",
            equal(f"{code}_left", f"{code}_right")
            | ({"or_equal": True} if kind == "at_most" else {}),
            own_title_vi=f"Đẳng thức {code.partition('_')[0].upper()}",
            own_expected_vi=in_words[code.partition("_")[0]],
        )
        for code, kind, left, right in sides(rows)
    )


def sides(seed: Iterable[Mapping[str, str]]) -> list[tuple[str, str, str, str]]:
    """Code, kind, left and right side of each computed identity between figures of one unit.

    A seed row ``a = b = c`` gives two; of ``at_most`` the larger side stands left.
    """
    found = []
    for row in seed:
        if row["kind"] not in {"sum", "continuity", "at_most"} or "computed" not in row["scope"]:
            continue
        for number, right in enumerate(row["right_side"].split(" = ")):
            code = row["code"].lower() + ("" if number == 0 else f"_{number + 1}")
            pair = (row["left_side"], right)
            found.append((code, row["kind"], *(pair[::-1] if row["kind"] == "at_most" else pair)))
    return found


HIERARCHY = (
    Check(
        "figures.i7",
        "warehouse",
        "blocking",
        "A parent's figure is not the sum of the units below it (I7): `hoso explain` both sides.",
        "parent = Σ units below it, transfers among them eliminated",
        "ExpectColumnPairValuesToBeEqual",
        equal("left", "right"),
    ),
)
"""Frame: one row per unit with units below it, figure and rule set."""

_FINDINGS = {
    "dq_end_before_start": "Dossiers end before they start: they count at the later of both; "
    "the office corrects the dates.",
    "dq_listed_twice": "Dossiers stand in the lists of two units: "
    "each stays where it was until a ruling says otherwise.",
    "dq_rewritten_history": "A later list changed a past fact: "
    "compare before and after, and ask the office why.",
    "dq_no_due_date": "Dossiers without a due date count as on time: the office completes them, "
    "or the list of procedures gets their limit.",
    "dq_calendar_gap": "Due dates are counted in years whose holidays nobody entered: fill "
    "seeds/calendar_override.csv with the deciding document.",
    "dq_open_with_end_date": "Dossiers are open by status but have an end date: "
    "the status wins; the office corrects one of them.",
    "dq_closed_without_end_date": "Dossiers are closed without an end date: "
    "they count from the list that first showed it; the office adds the date.",
    "dq_provisional_unit": "Lists name units that nobody declared: "
    "map the name in the source's YAML, or add the unit to the list of units.",
    "dq_reappeared": "Dossiers came back into the lists after they were missing: ask why.",
    "dq_missing": "Dossiers have left the full lists without an end: "
    "ask the office; a list or a ruling closes them.",
    "dq_ruling_without_dossier": "Rulings name dossiers that no list has shown, and do nothing: "
    "compare code and system; undo and rule anew, or wait for the list.",
    "dq_duplicate_candidate": "Dossiers look like the same one under two codes: compare the "
    "evidence, then `hoso rule add void_as_duplicate_of` or keep.",
    "dq_late_without_apology": "Late dossiers have no apology form: the office hands it out, or "
    "sends the list that shows it.",
    "dq_finish_equals_receipt": "Dossiers are shown as finished at the moment of their receipt: "
    "waiting ones were sent as done; ask the sender.",
    "dq_finish_equals_due": "Dossiers ended to the second when they were due: the end may have "
    "been reset; compare with the control slip.",
    "dq_submitted_equals_received": "A sender writes the receipt as the submission: do not use "
    "its submission times.",
    "dq_paid_online_in_cash": "Dossiers are marked as paid online but were paid in cash: the "
    "online payment rate is too high; the office corrects the mark.",
    "dq_finished_but_overdue_elsewhere": "Dossiers ended here, but another system still shows them "
    "as open: send it this list.",
}
"""What a hit of a known finding means; of another the description of its model says it."""


def findings(tables: Iterable[str]) -> tuple[Check, ...]:
    """One warning for each finding table (``dq_*``). Frame: one row, a count for each table."""
    return tuple(
        Check(
            f"findings.{table.removeprefix('dq_')}",
            "office",
            "warning",
            _FINDINGS.get(table, f"Rows in {table}: its description says what they mean."),
            f"no row in {table}",
            "ExpectColumnValuesToBeBetween",
            none(table),
            table,
        )
        for table in sorted(tables)
    )
