"""Rows that may be no data (titles, groups, totals), and statuses that no map knows: tables beside
the typed rows.
"""

from orchestration.eventstore.store import quoted
from orchestration.ingest.masking import UNMAPPED_STATUS
from orchestration.ingest.opened import Opened
from orchestration.ingest.row_problems import said
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source
from orchestration.sources.kinds import KINDS
from orchestration.text import text_key

_ROMAN = "^[IVXLC]+([.) ]|$)"


def find_unmapped(scratch: Scratch, source: Source, opened: Opened) -> None:
    """Table ``unmapped``: statuses that the source's map does not know, and what to say of them."""
    problem = said("null", "null", "null", "null")
    unmapped = "false"
    if source.status_from == "column" and "status" in opened.fields:
        known = ", ".join(quoted(key) for key in source.status_map)
        unmapped = f"status is not null and hoso_key(status) not in ({known})"
        problem = said(
            quoted(opened.headers[opened.fields["status"]]),
            "left(status, 80)",
            quoted(UNMAPPED_STATUS),
            quoted(f"add it to the status map of sources/{source.name}.yml"),
        )
    scratch.run(
        f"""
        create or replace temp table unmapped as
        with statuses as (
            select distinct status from typed_rows
        )
        select status, {problem} as problem from statuses where {unmapped}
        """
    )


def find_odd_rows(scratch: Scratch, source: Source, line: str) -> int | None:
    """Table ``odd_row``: rows that may be no data (``is_data``). No data are blank lines, group
    rows, the total row and what stands below it without a code.

    Returns the number that the (last) total row prints, null without one.
    """
    first = r"regexp_extract(odd_cells, '[^\s\x1f\x{a0}][^\x1f]*')"
    is_total = "false"
    if source.total_label:
        is_total = f"starts_with(hoso_key(first_text), {quoted(text_key(source.total_label))})"
    dates = " and ".join(f"{f} is null" for f in KINDS[source.kind].dates) or "true"
    is_group = f"code is null and has_no_date and regexp_matches(first_text, {quoted(_ROMAN)})"
    scratch.run(
        f"""
        create or replace temp table odd_row as
        with odd as (
            select {line} as line_no, code, hoso_clean({first}) as first_text, odd_cells,
                {dates if source.group_rows else "false"} as has_no_date
            from typed_rows
            where odd_cells is not null
        ),
        judged as (
            select *, coalesce({is_total}, false) as is_total,
                {is_group if source.group_rows else "false"} as is_group
            from odd
        )
        select line_no, odd_cells, is_total,
            first_text is not null and not is_total and not is_group
            and not (code is null and line_no > coalesce(
                max(line_no) filter (where is_total) over (), line_no)) as is_data
        from judged
        """
    )
    totals = scratch.rows(
        """
        select try_cast(regexp_replace(
            regexp_extract(odd_cells, '[0-9][0-9.,]*'), '[.,]', '', 'g') as bigint)
        from odd_row where is_total order by line_no desc limit 1
        """
    )
    return totals[0][0] if totals else None
