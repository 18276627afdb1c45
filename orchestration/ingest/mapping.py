"""Raw rows -> typed rows: which cells are kept, what they mean, and what is wrong with a row.

Works on whole relations in DuckDB; the only text that leaves a row is that of kept columns.
"""

from dataclasses import dataclass

from orchestration.eventstore.schema import LAYOUT_BITS, is_day
from orchestration.eventstore.store import quoted
from orchestration.ingest import pseudonyms
from orchestration.ingest.dates import FIRST_YEAR, LAST_YEAR, is_day_sql, timestamp_sql
from orchestration.ingest.identity import Identity
from orchestration.ingest.masking import IMPOSSIBLE_DATE, UNMAPPED_STATUS
from orchestration.ingest.nested import value_at
from orchestration.ingest.opened import Opened, RawRows
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source
from orchestration.sources.kinds import KINDS
from orchestration.text import text_key

_ROMAN = "^[IVXLC]+([.) ]|$)"
_SEPARATOR = "chr(31)"
TABLES = ("typed_rows", "typed_steps", "odd_row", "unmapped")
"""Tables that hold the rows of the one file at work."""
_WHOLE = r"[0-9]{1,15}"
_GROUPED = r"[0-9]{1,3}([.,\x20][0-9]{3})+"
_DECIMAL = r"[0-9]{1,9}([.,][0-9]{1,9})?"
_DATED = ("dossier.progressed", "form.issued")


@dataclass(frozen=True)
class Typed:
    """Typed rows of one file.

    ``relation`` is SQL with ``line_no, code, content_hash, id``, the fields, and ``problem`` (null
    when the row is good): struct ``column_name, cell, reason, suggestion``. ``layout`` is the bit
    mask; ``control_total`` what the list itself prints.
    """

    relation: str
    layout: int
    control_total: int | None


def type_rows(
    scratch: Scratch,
    source: Source,
    opened: Opened,
    raw: RawRows,
    *,
    identity: Identity,
    unit: str | None,
    max_cell: int,
) -> Typed:
    """Maps, cleans and types the rows of a list of dossiers; ``unit`` holds for all when given."""
    import duckdb

    plan = _Plan(source, opened, raw, unit, max_cell)
    made = "create or replace table typed_rows as "
    try:
        scratch.run(made + identity.named(plan.sql(raw.relation)))
    except duckdb.InvalidInputException:
        # counting the rows of a text file does not look at all of their letters
        if raw.careful is None:
            raise
        raw = RawRows(raw.careful())
        plan = _Plan(source, opened, raw, unit, max_cell)
        scratch.run(made + identity.named(plan.sql(raw.relation)))
    line = raw.line_sql
    _find_unmapped(scratch, source, opened)
    total = _find_odd_rows(scratch, source, line)
    return Typed(
        relation=f"""(
            select {line} as line_no,
                typed_rows.* exclude ({"line_no, " if raw.has_lines else ""}odd_cells, problem),
                coalesce(typed_rows.problem, unmapped.problem) as problem
            from typed_rows
            left join unmapped on typed_rows.status = unmapped.status
            where odd_cells is null or {line} in (select line_no from odd_row where is_data)
        )""",
        layout=plan.layout,
        control_total=total,
    )


def type_progress(
    scratch: Scratch, source: Source, relation: str, identity: Identity, max_cell: int
) -> str:
    """Dated rows: ``line_no, code, activity, status, occurred_at, due_at`` and the flags of days,
    ``layout`` (what the rows could say), ``content_hash, id, problem``.

    ``relation`` has the cells of the source's ``progress`` under their canonical names.
    """
    name = "typed_steps"
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
    said = "v_activity, chr(31), epoch_us(t_moment)"
    said += ", chr(31), coalesce(v_status, '')" * has_status
    said += ", chr(31), coalesce(if(d_due, 'd', 't') || epoch_us(t_due), '')" * has_due
    wrong_due = f"""
        when v_due is not null and coalesce(year(t_due), 0) {year} then {
        _said(
            quoted(source.progress.get("due_at", "")),
            "left(v_due, 80)",
            quoted(IMPOSSIBLE_DATE),
            "'write ISO 8601'",
        )
    }"""
    problem = f"""case
        when strlen(activity) > {max_cell} and length(activity) > {max_cell}
            then {_said(activity, "left(activity, 80)", "'the value is too long'", "'shorten it'")}
        when v_code is null
            then {_said("null", "null", "'the code of the trace is missing'", "'give it one'")}
        when v_activity is null
            then {_said(activity, "null", "'the step has no name'", "'give it one'")}
        when coalesce(year(t_moment), 0) {year}
            then {_said(moment, "left(v_moment, 80)", quoted(IMPOSSIBLE_DATE), "'write ISO 8601'")}
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
            concat({said}) as content
        from flagged
        """
    )
    scratch.run(f"create or replace table {name} as {named}")
    return name


class _Plan:
    """SQL of one file's rows; every method gives a piece of it."""

    def __init__(
        self, source: Source, opened: Opened, raw: RawRows, unit: str | None, max_cell: int
    ) -> None:
        self.line = "line_no, " if raw.has_lines else ""
        self.source = source
        self.opened = opened
        self.unit = unit
        self.max_cell = max_cell
        self.cells = [f"c{n}" for n in range(len(opened.headers))]
        self.pseudonyms = pseudonyms.columns(source, opened)
        self.kind = KINDS[source.kind]
        cells = self.kind.data
        timed = [f for f, cell in cells.items() if cell in {"day", "moment"}]
        self.texts = [f for f in self.kind.texts if f in opened.fields]
        self.dates = [f for f in (*self.kind.dates, *timed) if f in opened.fields]
        self.words = {f: words for f, words in source.meanings.items() if f in opened.fields}
        self.nested = {
            opened.fields[c.name] for c in source.columns if c.path and c.name in opened.fields
        }
        self.others = [
            c.name
            for c in source.columns
            if c.name in opened.fields and c.name not in {*self.texts, *self.dates, "code"}
        ]
        present = {*opened.fields, *(["unit_name"] if unit is not None else [])}
        self.layout = sum(bit for field, bit in LAYOUT_BITS.items() if field in present)

    def sql(self, relation: str) -> str:
        """Typed rows; ``odd_cells`` has all texts of a row that may be no data."""
        cleaned = ", ".join(f"{self._value(f)} as v_{f}" for f in self.opened.fields)
        typed = ", ".join(["*", *self._typed_dates()])
        flagged = ", ".join(["*", *self._day_flags(), f"{self._problem()} as problem"])
        # in a row of another width a name may stand where the code should be
        code = f"if(cells = {len(self.cells)}, v_code, null)"
        return f"""
            with cleaned as (
                select *, {self._odd_cells()} as odd_cells,
                    {self._cell_problem()} as cell_problem, {cleaned}
                from {relation}
            ),
            typed as (
                select {typed} from cleaned
            ),
            flagged as (
                select {flagged} from typed
            )
            select {self.line}odd_cells, problem, {code} as code, {", ".join(self._fields())}
            from flagged
        """

    def _cell(self, field: str) -> str:
        return self.cells[self.opened.fields[field]]

    def _value(self, field: str) -> str:
        column = self.source.column(field)
        cell = self._cell(field)
        if column is not None and column.path and self.opened.format == "json":
            cell = value_at(cell, column.path)
        value = f"hoso_clean({cell})"
        if column is not None and column.or_else in self.opened.fields:
            return f"coalesce({value}, hoso_clean({self._cell(column.or_else)}))"
        if column is not None and column.only:
            cases = (
                f"when starts_with(hoso_key({value}), {quoted(text_key(text))}) then {quoted(text)}"
                for text in column.only
            )
            return f"case {' '.join(cases)} end"
        return value

    def _header(self, field: str) -> str:
        return quoted(self.opened.headers[self.opened.fields[field]])

    def _odd_cells(self) -> str:
        code = self._cell("code")
        odd = f"coalesce(trim({code}), '') = ''"
        if self.source.total_label:
            label = quoted(text_key(self.source.total_label))
            odd += "".join(
                f" or starts_with(hoso_key({cell}), {label})"
                for cell in dict.fromkeys((code, "c0"))
            )
        return f"case when {odd} then concat_ws({_SEPARATOR}, {', '.join(self.cells)}) end"

    def _cell_problem(self) -> str:
        """Cells that no list of people's work has; dropped columns too: a quote that is never
        closed swallows the rows behind it into one cell."""
        free = {
            self.opened.fields[c.name]
            for c in self.source.columns
            if c.only and c.name in self.opened.fields
        }
        kept = set(self.opened.fields.values()) - self.nested - free
        cases = [f"when cells <> {len(self.cells)} then {self._shape()}"]
        for cell, header in zip(self.cells, self.opened.headers, strict=True):
            # whose rows it swallowed nobody knows
            cases.append(
                f"when strlen({cell}) > {self.max_cell} and length({cell}) > {self.max_cell} then "
                + _said(
                    quoted(header),
                    "null",
                    f"'the cell has more than {self.max_cell} characters'",
                    "'look for a quotation mark that is not closed'",
                )
            )
        for n in sorted(set(self.opened.fields.values())):
            shown = f"replace({self.cells[n]}, chr(0), '')" if n in kept else "null"
            cases.append(
                f"when contains({self.cells[n]}, chr(0)) then "
                + _said(
                    quoted(self.opened.headers[n]),
                    shown,
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
                    quoted(IMPOSSIBLE_DATE),
                    quoted(f"write it as one of: {formats}; years {FIRST_YEAR} to {LAST_YEAR}"),
                )
            )
        for column in self.source.columns:
            field = column.name
            if field not in self.opened.fields or not (column.filled or field in self.kind.needs):
                continue
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
        for field in self.others:
            form, wanted = {
                "whole": (f"{_WHOLE}|{_GROUPED}", "'write a whole number, 0 or more'"),
                "decimal": (_DECIMAL, "'write a number, 0 or more'"),
            }.get(self.kind.data.get(field, ""), ("", ""))
            if form:
                cases.append(
                    f"when not regexp_full_match(v_{field}, {quoted(form)}) then "
                    + _said(self._header(field), f"left(v_{field}, 80)", "'not a number'", wanted)
                )
        for field, meanings in self.words.items():
            listed = ", ".join(quoted(key) for key in meanings)
            cases.append(
                f"when hoso_key(v_{field}) not in ({listed}) then "
                + _said(
                    self._header(field),
                    f"left(v_{field}, 80)",
                    "'the meaning of this value is not known'",
                    quoted(f"add it to meanings/{field} of sources/{self.source.name}.yml"),
                )
            )
        return f"case {' '.join(cases)} end"

    def _fields(self) -> list[str]:
        fields = [] if "status" in self.kind.texts else ["null::varchar as status"]
        for field in self.kind.texts:
            value = f"v_{field}" if field in self.texts else "null::varchar"
            if field == "unit_name" and self.unit is not None:
                value = quoted(self.unit)
            fields.append(f"{value} as {field}")
        for field in self.kind.dates:
            known = field in self.dates
            fields.append(f"{f't_{field}' if known else 'null::timestamp'} as {field}")
            fields.append(f"{f'd_{field}' if known else 'null::boolean'} as {is_day(field)}")
        if self.kind.type in _DATED:
            fields.append(f"{self._row_layout()} as layout")
        return [*fields, f"{self._json()} as data", f"{self._content()} as content"]

    def _row_layout(self) -> str:
        """A dated row carries only what it says: an empty cell takes nothing away."""
        parts = [f"if(v_status is null, 0, {LAYOUT_BITS['status']})"] * ("status" in self.texts)
        parts += [f"if(t_due_at is null, 0, {LAYOUT_BITS['due_at']})"] * ("due_at" in self.dates)
        return f"({' + '.join(parts) or '0'})::integer"

    def _json(self) -> str:
        """What has no column of its own, under the names of docs/contracts.md; null for nothing."""
        pairs = ["'code'", "v_code"] if self.kind.has_code_in_data else []
        for field in self.opened.fields:
            cell = self.kind.data.get(field)
            if cell is None:
                continue
            value = f"v_{field}"
            if cell == "day":
                value = f"strftime(t_{field}, '%Y-%m-%d')"
            elif cell == "moment":
                value = f"strftime(t_{field}, '%Y-%m-%dT%H:%M:%S')"
            elif cell == "whole":
                value = f"try_cast(regexp_replace(v_{field}, '[., ]', '', 'g') as bigint)"
            elif cell == "decimal":
                value = f"try_cast(replace(v_{field}, ',', '.') as double)"
            elif cell == "yes":
                value = f"v_{field} = 'true'"
            pairs += [quoted(field), value]
        for field, n in self.pseudonyms.items():
            # no content: a key that was changed makes no new one
            pairs += [quoted(field), pseudonyms.sql(field, self.cells[n])]
        return f"json_object({', '.join(pairs)})::varchar" if pairs else "null::varchar"

    def _content(self) -> str:
        """All that the row says, in the fixed order of the layout, as one text to be hashed.

        A field that the list lacks is absent from the text, an empty cell is not.
        """
        parts = []
        for field in [*self.dates, *self.kind.texts, *self.others]:
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


def _find_unmapped(scratch: Scratch, source: Source, opened: Opened) -> None:
    """Table ``unmapped``: statuses that the source's map does not know, and what to say of them."""
    problem = _said("null", "null", "null", "null")
    unmapped = "false"
    if source.status_from == "column" and "status" in opened.fields:
        known = ", ".join(quoted(key) for key in source.status_map)
        unmapped = f"status is not null and hoso_key(status) not in ({known})"
        problem = _said(
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


def _find_odd_rows(scratch: Scratch, source: Source, line: str) -> int | None:
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
