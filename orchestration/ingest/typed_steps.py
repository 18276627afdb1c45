"""Dated steps of logs and messages -> typed rows, as ``mapping`` does it for lists."""

from orchestration.eventstore.schema import LAYOUT_BITS
from orchestration.eventstore.store import quoted
from orchestration.ingest import pseudonyms
from orchestration.ingest.dates import FIRST_YEAR, LAST_YEAR, is_day_sql, timestamp_sql
from orchestration.ingest.identity import Identity
from orchestration.ingest.masking import IMPOSSIBLE_DATE
from orchestration.ingest.row_problems import said
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source

TABLE = "typed_steps"


def type_progress(
    scratch: Scratch, source: Source, relation: str, identity: Identity, max_cell: int
) -> str:
    """Dated rows: ``line_no, code, activity, status, occurred_at, due_at`` and the flags of days,
    ``layout`` (what the rows could say), ``content_hash, id, problem``.

    ``relation`` has the cells of the source's ``progress`` under their canonical names.
    """
    activity, moment = (quoted(source.progress[key]) for key in ("activity", "occurred_at"))
    has_status, has_due = ("status" in source.progress, "due_at" in source.progress)
    # an empty cell takes nothing away
    layout = (
        f"(if(v_status is null, 0, {LAYOUT_BITS['status']})"
        f" + if(t_due is null, 0, {LAYOUT_BITS['due_at']}))::integer"
    )
    stamp = timestamp_sql("v_moment", source.dates, source.zone)
    due = timestamp_sql("v_due", source.dates, source.zone)
    year = f"not between {FIRST_YEAR} and {LAST_YEAR}"
    officer = pseudonyms.sql("officer_key", "officer") if "officer" in source.progress else None
    data = f"json_object('officer', {officer})::varchar" if officer else "null::varchar"
    content = "v_activity, chr(31), epoch_us(t_moment)"
    content += ", chr(31), coalesce(v_status, '')" * has_status
    content += ", chr(31), coalesce(if(d_due, 'd', 't') || epoch_us(t_due), '')" * has_due
    wrong_due = f"""
        when v_due is not null and coalesce(year(t_due), 0) {year} then {
        said(
            quoted(source.progress.get("due_at", "")),
            "left(v_due, 80)",
            quoted(IMPOSSIBLE_DATE),
            "'write ISO 8601'",
        )
    }"""
    problem = f"""case
        when strlen(activity) > {max_cell} and length(activity) > {max_cell}
            then {said(activity, "left(activity, 80)", "'the value is too long'", "'shorten it'")}
        when v_code is null
            then {said("null", "null", "'the code of the trace is missing'", "'give it one'")}
        when v_activity is null
            then {said(activity, "null", "'the step has no name'", "'give it one'")}
        when coalesce(year(t_moment), 0) {year}
            then {said(moment, "left(v_moment, 80)", quoted(IMPOSSIBLE_DATE), "'write ISO 8601'")}
        {wrong_due if has_due else ""}
        end"""
    named = identity.named(
        f"""
        with cleaned as (
            select line_no, activity, hoso_clean(code) as v_code,
                hoso_clean(activity) as v_activity, hoso_clean(occurred_at) as v_moment,
                {"hoso_clean(status)" if has_status else "null::varchar"} as v_status,
                {"hoso_clean(due_at)" if has_due else "null::varchar"} as v_due,
                {data} as data
            from {relation}
        ),
        typed as (
            select *, {stamp} as t_moment, {due} as t_due from cleaned
        ),
        flagged as (
            select *, {is_day_sql("v_moment", "t_moment", source.dates, source.grain)} as d_moment,
                {is_day_sql("v_due", "t_due", source.dates, source.grain)} as d_due
            from typed
        )
        select line_no, {problem} as problem, v_code as code, v_activity as activity,
            v_status as status, t_moment as occurred_at, d_moment as occurred_is_day,
            t_due as due_at, d_due as due_is_day, {layout} as layout, data,
            concat({content}) as content
        from flagged
        """
    )
    scratch.run(f"create or replace table {TABLE} as {named}")
    return TABLE
