"""Raw rows -> typed rows: which cells are kept, what they mean, and what is wrong with a row.

Works on whole relations in DuckDB; the only text that leaves a row is that of kept columns.
"""

from dataclasses import dataclass

from orchestration.eventstore.schema import DATE_FIELDS, LAYOUT_BITS, TEXT_FIELDS, is_day
from orchestration.eventstore.store import quoted
from orchestration.ingest.dates import FIRST_YEAR, LAST_YEAR, is_day_sql, timestamp_sql
from orchestration.ingest.opened import Opened, RawRows
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source
from orchestration.text import text_key

_ROMAN = "^[IVXLC]+[.]?$"


@dataclass(frozen=True)
class Typed:
    """Typed rows of one file.

    ``relation`` has ``line_no, code, content`` (text of all canonical fields of the layout), the
    fields, and ``problem`` (null when the row is good): struct ``column_name, cell, reason,
    suggestion``. ``layout`` is the bit mask; ``control_total`` what the list itself prints.
    """

    relation: str
    layout: int
    control_total: int | None


def type_rows(
    scratch: Scratch, source: Source, opened: Opened, raw: RawRows, unit: str | None, max_cell: int
) -> Typed:
    """Maps, cleans and types the rows of a list of dossiers; ``unit`` holds for all when given."""
    plan = _Plan(source, opened, unit, max_cell)
    name = "typed_rows"
    scratch.run(f"create or replace table {name} as {plan.sql(raw.relation)}")
    if source.status_from == "column" and "status" in opened.fields:
        _refuse_unmapped(scratch, name, source, opened)
    total = _control_total(scratch, name)
    scratch.run(f"delete from {name} where row_kind <> 'data'")
    return Typed(name, plan.layout, total)


def type_progress(scratch: Scratch, source: Source, relation: str, max_cell: int) -> str:
    """Steps of a log: ``line_no, code, activity, occurred_at, content, problem``."""
    name = "typed_steps"
    activity, moment = (quoted(source.progress[key]) for key in ("activity", "occurred_at"))
    stamp = timestamp_sql("v_moment", source.dates, source.zone)
    problem = f"""case
        when strlen(activity) > {max_cell} and length(activity) > {max_cell}
            then {_said(activity, "left(activity, 80)", "'the value is too long'", "'shorten it'")}
        when v_code is null
            then {_said("null", "null", "'the code of the trace is missing'", "'give it one'")}
        when v_activity is null
            then {_said(activity, "null", "'the step has no name'", "'give it one'")}
        when coalesce(year(t_moment), 0) not between {FIRST_YEAR} and {LAST_YEAR}
            then {_said(moment, "left(v_moment, 80)", "'impossible date'", "'write ISO 8601'")}
        end"""
    scratch.run(
        f"""
        create or replace table {name} as
        with cleaned as (
            select line_no, activity, hoso_clean(code) as v_code,
                hoso_clean(activity) as v_activity, hoso_clean(occurred_at) as v_moment
            from {relation}
        ),
        typed as (
            select *, {stamp} as t_moment from cleaned
        )
        select line_no, {problem} as problem, v_code as code, v_activity as activity,
            t_moment as occurred_at, concat(v_activity, chr(31), epoch_us(t_moment)) as content
        from typed
        """
    )
    return name


class _Plan:
    """SQL of one file's rows; every method gives a piece of it."""

    def __init__(self, source: Source, opened: Opened, unit: str | None, max_cell: int) -> None:
        self.source = source
        self.opened = opened
        self.unit = unit
        self.max_cell = max_cell
        self.cells = [f"c{n}" for n in range(len(opened.headers))]
        self.texts = [f for f in TEXT_FIELDS if f in opened.fields]
        self.dates = [f for f in DATE_FIELDS if f in opened.fields]
        self.others = [
            c.name
            for c in source.columns
            if c.name in opened.fields and c.name not in {*self.texts, *self.dates, "code"}
        ]
        present = {*self.texts, *self.dates, *(["unit_name"] if unit is not None else [])}
        self.layout = sum(LAYOUT_BITS[field] for field in present)

    def sql(self, relation: str) -> str:
        return f"""
            with cleaned as (
                select line_no, cells, {self._row_kind()} as row_kind,
                    case when row_kind = 'total' then {self._all_cells()} end as total_text,
                    {self._cell_problem()} as cell_problem,
                    {", ".join(f"hoso_clean({self._cell(f)}) as v_{f}" for f in self.opened.fields)}
                from {relation}
            ),
            typed as (
                select *, {", ".join(self._typed_dates() + ["1 as one"])} from cleaned
            ),
            flagged as (
                select *, {", ".join(self._day_flags() + [self._problem() + " as problem"])}
                from typed
            )
            select line_no, row_kind, total_text, problem, v_code as code,
                {", ".join(self._fields())}
            from flagged
            where row_kind <> 'blank'
        """

    def _cell(self, field: str) -> str:
        return self.cells[self.opened.fields[field]]

    def _header(self, field: str) -> str:
        return quoted(self.opened.headers[self.opened.fields[field]])

    def _all_cells(self) -> str:
        return f"concat_ws(' ', {', '.join(self.cells)})"

    def _row_kind(self) -> str:
        """Blank lines, group rows and the total row are no data; nor is what follows the total."""
        code = f"nullif(trim({self._cell('code')}), '')"
        first = f"coalesce({', '.join(f'''nullif(trim({cell}), '')''' for cell in self.cells)})"
        cases = []
        if self.source.total_label:
            label = quoted(text_key(self.source.total_label))
            # cheap test first: nearly every row starts with a digit
            cases.append(
                f"when not regexp_matches({first}, '^[0-9]')"
                f" and starts_with(hoso_key(hoso_clean({first})), {label}) then 'total'"
            )
        if self.source.group_rows:
            cases.append(
                f"when {code} is null and regexp_matches({first}, {quoted(_ROMAN)}) then 'group'"
            )
        return f"case when {first} is null then 'blank' {' '.join(cases)} else 'data' end"

    def _cell_problem(self) -> str:
        """Cells that no list of people's work has; dropped columns too: a quote that is never
        closed swallows the rows behind it into one cell."""
        names = list(zip(self.cells, self.opened.headers, strict=True))
        kept = set(self.opened.fields.values())
        cases = [f"when cells <> {len(self.cells)} then {self._shape()}"]
        for n, (cell, header) in enumerate(names):
            shown = f"left({cell}, 80)" if n in kept else "null"
            cases.append(
                f"when strlen({cell}) > {self.max_cell} and length({cell}) > {self.max_cell} then "
                + _said(
                    quoted(header),
                    shown,
                    f"'the cell has more than {self.max_cell} characters'",
                    "'look for a quotation mark that is not closed'",
                )
            )
        for n in sorted(kept):
            cases.append(
                f"when contains({self.cells[n]}, chr(0)) then "
                + _said(
                    quoted(self.opened.headers[n]),
                    f"replace({self.cells[n]}, chr(0), '')",
                    "'the cell has a NUL byte'",
                    "'export the list again'",
                )
            )
        return f"case {' '.join(cases)} end"

    def _shape(self) -> str:
        return _said(
            "null",
            "null",
            f"concat('the row has ', cells, ' cells, the header {len(self.cells)}')",
            "'look for a separator inside a cell, or a row that was cut off'",
        )

    def _typed_dates(self) -> list[str]:
        source = self.source
        typed = []
        for field in self.dates:
            stamp = timestamp_sql(f"v_{field}", source.dates, source.zone)
            if source.grain == "day":
                stamp = f"date_trunc('day', {stamp})"
            typed.append(f"{stamp} as t_{field}")
        return typed

    def _day_flags(self) -> list[str]:
        return [
            is_day_sql(f"v_{f}", f"t_{f}", self.source.dates, self.source.grain) + f" as d_{f}"
            for f in self.dates
        ]

    def _problem(self) -> str:
        cases = [
            "when cell_problem is not null then cell_problem",
            "when v_code is null then "
            + _said(
                self._header("code"),
                "null",
                "'the code is missing'",
                "'give the row its code, or delete it'",
            ),
        ]
        formats = ", ".join(self.source.dates)
        for field in self.dates:
            cases.append(
                f"when v_{field} is not null and coalesce(year(t_{field}), 0)"
                f" not between {FIRST_YEAR} and {LAST_YEAR} then "
                + _said(
                    self._header(field),
                    f"left(v_{field}, 80)",
                    "'impossible date'",
                    quoted(f"write it as one of: {formats}; years {FIRST_YEAR} to {LAST_YEAR}"),
                )
            )
        required = [c.name for c in self.source.columns if c.required and c.name != "code"]
        for field in required:
            cases.append(
                f"when v_{field} is null then "
                + _said(self._header(field), "null", "'the cell is empty'", "'fill it in'")
            )
        if self.source.status_from == "column" and "status" in self.texts:
            cases.append(
                "when v_status is null then "
                + _said(self._header("status"), "null", "'the status is missing'", "'fill it in'")
            )
        for field, allowed in self.source.values.items():
            if field in self.opened.fields:
                listed = ", ".join(quoted(value) for value in allowed)
                cases.append(
                    f"when v_{field} not in ({listed}) then "
                    + _said(
                        self._header(field),
                        f"left(v_{field}, 80)",
                        "'not an allowed value'",
                        quoted("use one of: " + ", ".join(allowed)),
                    )
                )
        return f"case {' '.join(cases)} end"

    def _fields(self) -> list[str]:
        if self.source.kind != "dossiers":
            return [f"{self._json()} as data", f"{self._content()} as content"]
        fields = []
        for field in TEXT_FIELDS:
            value = f"v_{field}" if field in self.texts else "null::varchar"
            if field == "unit_name" and self.unit is not None:
                value = quoted(self.unit)
            fields.append(f"{value} as {field}")
        for field in DATE_FIELDS:
            known = field in self.dates
            fields.append(f"{f't_{field}' if known else 'null::timestamp'} as {field}")
            fields.append(f"{f'd_{field}' if known else 'null::boolean'} as {is_day(field)}")
        return [*fields, f"{self._content()} as content"]

    def _json(self) -> str:
        """What a row of units or procedures says, under the names of docs/contracts.md."""
        pairs = [f"'{c.name}', v_{c.name}" for c in self.source.columns if c.name in self.others]
        return f"json_object('code', v_code, {', '.join(pairs)})::varchar"

    def _content(self) -> str:
        """All that the row says, in the fixed order of the layout, as one text to be hashed.

        A field that the list lacks is absent from the text, an empty cell is not.
        """
        parts = []
        for field in [*DATE_FIELDS, *TEXT_FIELDS, *self.others]:
            if field in self.dates:
                value = f"coalesce(if(d_{field}, 'd', 't') || epoch_us(t_{field}), '')"
            elif field == "unit_name" and self.unit is not None:
                value = quoted(self.unit)
            elif field in self.texts or field in self.others:
                value = f"coalesce(v_{field}, '')"
            else:
                continue
            parts.append(f"'{field}=', {value}, chr(31)")
        return f"concat({', '.join(parts)})" if parts else "''"


def _said(column: str, cell: str, reason: str, suggestion: str) -> str:
    """SQL of a problem; all arguments are SQL."""
    return (
        f"struct_pack(column_name := {column}::varchar, cell := {cell}::varchar,"
        f" reason := {reason}::varchar, suggestion := {suggestion}::varchar)"
    )


def _refuse_unmapped(scratch: Scratch, name: str, source: Source, opened: Opened) -> None:
    """Rows whose status the source's map does not know; judged once per distinct status."""
    scratch.run("create or replace temp table known_status (status_key varchar)")
    scratch.con.executemany(
        "insert into known_status values (?)", [[key] for key in source.status_map]
    )
    header = quoted(opened.headers[opened.fields["status"]])
    problem = _said(
        header,
        "left(status, 80)",
        "'unmapped status'",
        quoted(f"add it to the status map of sources/{source.name}.yml"),
    )
    scratch.run(
        f"""
        update {name} set problem = {problem}
        where problem is null and status in (
            select distinct status from {name}
            where hoso_key(status) not in (select status_key from known_status)
        )
        """
    )


def _control_total(scratch: Scratch, name: str) -> int | None:
    """The number beside "Tổng số" (the last one), and drops what stands below it without a code."""
    lines = scratch.rows(
        f"""
        select line_no, try_cast(regexp_replace(
            regexp_extract(total_text, '[0-9][0-9.,]*'), '[.,]', '', 'g') as bigint)
        from {name} where row_kind = 'total' order by line_no desc limit 1
        """
    )
    if not lines:
        return None
    line, total = lines[0]
    scratch.run(f"delete from {name} where line_no > ? and code is null", [line])
    return None if total is None else int(total)
