"""What is wrong with a row, as SQL: cells that no list has, missing ones, values nobody knows."""

from typing import TYPE_CHECKING

from orchestration.eventstore.store import quoted
from orchestration.ingest.dates import FIRST_YEAR, LAST_YEAR
from orchestration.ingest.masking import IMPOSSIBLE_DATE
from orchestration.ingest.ruling_problems import ruling_problems

if TYPE_CHECKING:
    from orchestration.ingest.mapping import Plan

_WHOLE = r"[0-9]{1,15}"
_GROUPED = r"[0-9]{1,3}([.,\x20][0-9]{3})+"
_DECIMAL = r"[0-9]{1,9}([.,][0-9]{1,9})?"


def said(column: str, cell: str, reason: str, suggestion: str) -> str:
    """SQL of a problem; all arguments are SQL."""
    return (
        f"struct_pack(column_name := {column}::varchar, cell := {cell}::varchar,"
        f" reason := {reason}::varchar, suggestion := {suggestion}::varchar)"
    )


def cell_problem(plan: "Plan") -> str:
    """Cells that no list of people's work has; dropped columns too: a quote that is never
    closed swallows the rows behind it into one cell."""
    free = {
        plan.opened.fields[c.name]
        for c in plan.source.columns
        if c.only and c.name in plan.opened.fields
    }
    kept = set(plan.opened.fields.values()) - plan.nested - free
    cases = [f"when cells <> {len(plan.cells)} then {_shape(plan)}"]
    for cell, header in zip(plan.cells, plan.opened.headers, strict=True):
        # whose rows it swallowed nobody knows
        cases.append(
            f"when strlen({cell}) > {plan.max_cell} and length({cell}) > {plan.max_cell} then "
            + said(
                quoted(header),
                "null",
                f"'the cell has more than {plan.max_cell} characters'",
                "'look for a quotation mark that is not closed'",
            )
        )
    for n in sorted(set(plan.opened.fields.values())):
        shown = f"replace({plan.cells[n]}, chr(0), '')" if n in kept else "null"
        cases.append(
            f"when contains({plan.cells[n]}, chr(0)) then "
            + said(
                quoted(plan.opened.headers[n]),
                shown,
                "'the cell has a NUL byte'",
                "'export the list again'",
            )
        )
    return f"case {' '.join(cases)} end"


def _shape(plan: "Plan") -> str:
    return said(
        "null",
        "null",
        f"concat('the row has ', cells, ' cells, the header {len(plan.cells)}')",
        "'look for a separator inside a cell, or a row that was cut off'",
    )


def row_problem(plan: "Plan") -> str:
    """SQL of the first thing that is wrong with a row; null where nothing is."""
    cases = [
        "when cell_problem is not null then cell_problem",
        "when v_code is null then "
        + said(
            plan.header("code"),
            "null",
            "'the code is missing'",
            "'give the row its code, or delete it'",
        ),
    ]
    formats = ", ".join(plan.source.dates)
    for field in plan.dates:
        cases.append(
            f"when v_{field} is not null and coalesce(year(t_{field}), 0)"
            f" not between {FIRST_YEAR} and {LAST_YEAR} then "
            + said(
                plan.header(field),
                f"left(v_{field}, 80)",
                quoted(IMPOSSIBLE_DATE),
                quoted(f"write it as one of: {formats}; years {FIRST_YEAR} to {LAST_YEAR}"),
            )
        )
    for column in plan.source.columns:
        field = column.name
        if field not in plan.opened.fields or not (column.filled or field in plan.kind.needs):
            continue
        cases.append(
            f"when v_{field} is null then "
            + said(plan.header(field), "null", "'the cell is empty'", "'fill it in'")
        )
    if plan.source.status_from == "column" and "status" in plan.texts:
        cases.append(
            "when v_status is null then "
            + said(plan.header("status"), "null", "'the status is missing'", "'fill it in'")
        )
    for field, allowed in plan.source.values.items():
        if field in plan.opened.fields:
            listed = ", ".join(quoted(value) for value in allowed)
            cases.append(
                f"when v_{field} not in ({listed}) then "
                + said(
                    plan.header(field),
                    f"left(v_{field}, 80)",
                    "'not an allowed value'",
                    quoted("use one of: " + ", ".join(allowed)),
                )
            )
    for condition, field, reason, wanted in (
        ruling_problems(plan) if plan.source.kind == "rulings" else ()
    ):
        cases.append(
            f"when {condition} then "
            + said(
                plan.header(field),
                f"left(v_{field}, 80)",
                quoted(reason),
                quoted(wanted),
            )
        )
    for field in plan.others:
        form, wanted = {
            "whole": (f"{_WHOLE}|{_GROUPED}", "'write a whole number, 0 or more'"),
            "decimal": (_DECIMAL, "'write a number, 0 or more'"),
        }.get(plan.kind.data.get(field, ""), ("", ""))
        if form:
            cases.append(
                f"when not regexp_full_match(v_{field}, {quoted(form)}) then "
                + said(plan.header(field), f"left(v_{field}, 80)", "'not a number'", wanted)
            )
    for field, meanings in plan.words.items():
        listed = ", ".join(quoted(key) for key in meanings)
        cases.append(
            f"when hoso_key(v_{field}) not in ({listed}) then "
            + said(
                plan.header(field),
                f"left(v_{field}, 80)",
                "'the meaning of this value is not known'",
                quoted(f"add it to meanings/{field} of sources/{plan.source.name}.yml"),
            )
        )
    return f"case {' '.join(cases)} end"
