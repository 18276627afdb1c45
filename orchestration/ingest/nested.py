"""Lists nested in the objects of a JSON file: single values, and dated steps as rows of their own.

Nothing else of such a list is kept; it often holds documents and free text.
"""

from orchestration.eventstore.store import quoted
from orchestration.ingest.opened import Opened, RawRows
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source


def value_at(cell: str, path: str) -> str:
    """SQL of what a path finds in a nested list: ``a[]`` whether it has anything, ``a[].b`` the
    first value."""
    parsed = f"try_cast({cell} as json)"
    _, _, key = path.partition("[].")
    if key:
        place = quoted("$[*]." + key)
        return f"json_extract_string({parsed}, {place})[1]"
    filled = f"json_array_length({parsed}) > 0"
    return f"case when {filled} then 'true' when {cell} is not null then 'false' end"


def nested_steps(scratch: Scratch, source: Source, opened: Opened, raw: RawRows) -> str | None:
    """Dated steps out of the list inside each dossier, as a relation for ``type_progress``.

    Grain: dossier × item of the list × declared step whose date is filled. ``line_no`` is a running
    number: a dossier stands on one line with all its steps. Null when the file has no such list.
    """
    code = source.column("code")
    if opened.steps is None or code is None:
        return None
    texts = [f"hoso_clean(c{opened.fields['code']})"]
    if code.or_else in opened.fields:
        texts.append(f"hoso_clean(c{opened.fields[code.or_else]})")
    name = scratch.fresh("steps")
    selects = " union all ".join(
        f"""
        select line_no, code, place, {number} as step, {quoted(step.activity)} as activity,
            json_extract_string(item, {quoted(f"$.{step.occurred_at}")}) as occurred_at,
            {f"json_extract_string(item, {quoted(f'$.{step.due_at}')})" if step.due_at else "null"}
                as due_at
        from item
        """
        for number, step in enumerate(source.steps)
    )
    scratch.run(
        f"""
        create or replace table {name} as
        with listed as (
            select line_no, coalesce({", ".join(texts)}) as code,
                try_cast(c{opened.steps} as json[]) as items
            from {raw.relation}
        ),
        item as (
            select line_no, code, unnest(items) as item, generate_subscripts(items, 1) as place
            from listed
        ),
        step as ({selects})
        select (row_number() over (order by line_no, code, place, step))::integer as line_no,
            code, activity, occurred_at, due_at
        from step
        where trim(coalesce(occurred_at, '')) <> ''
        """
    )
    return name
