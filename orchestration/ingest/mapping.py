"""Raw rows -> typed rows: which cells are kept, what they mean, and what is wrong with a row.

Works on whole relations in DuckDB; the only text that leaves a row is that of kept columns.
"""

from dataclasses import dataclass

from orchestration.eventstore.schema import LAYOUT_BITS, is_day
from orchestration.eventstore.store import quoted
from orchestration.ingest import pseudonyms, typed_steps
from orchestration.ingest.dates import is_day_sql, timestamp_sql
from orchestration.ingest.identity import Identity
from orchestration.ingest.nested import value_at
from orchestration.ingest.odd_rows import find_odd_rows, find_unmapped
from orchestration.ingest.opened import Opened, RawRows
from orchestration.ingest.row_problems import cell_problem, row_problem
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source
from orchestration.sources.kinds import KINDS
from orchestration.text import text_key

_SEPARATOR = "chr(31)"
TABLES = ("typed_rows", typed_steps.TABLE, "odd_row", "unmapped")
"""Tables that hold the rows of the one file at work."""
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

    plan = Plan(source, opened, raw, unit, max_cell)
    made = "create or replace table typed_rows as "
    try:
        scratch.run(made + identity.named(plan.sql(raw.relation)))
    except duckdb.InvalidInputException:
        # counting the rows of a text file does not look at all of their letters
        if raw.careful is None:
            raise
        raw = RawRows(raw.careful())
        plan = Plan(source, opened, raw, unit, max_cell)
        scratch.run(made + identity.named(plan.sql(raw.relation)))
    line = raw.line_sql
    find_unmapped(scratch, source, opened)
    total = find_odd_rows(scratch, source, line)
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


class Plan:
    """SQL of one file's rows; every method gives a piece of it."""

    def __init__(
        self, source: Source, opened: Opened, raw: RawRows, unit: str | None, max_cell: int
    ) -> None:
        """``unit`` holds for all rows when given; longer cells than ``max_cell`` are no cells."""
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
        flagged = ", ".join(["*", *self._day_flags(), f"{row_problem(self)} as problem"])
        # in a row of another width a name may stand where the code should be
        code = f"if(cells = {len(self.cells)}, v_code, null)"
        return f"""
            with cleaned as (
                select *, {self._odd_cells()} as odd_cells,
                    {cell_problem(self)} as cell_problem, {cleaned}
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

    def header(self, field: str) -> str:
        """SQL of the name of the column that holds a field."""
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
        if self.kind.names_system:
            said = "lower(v_system)" if "system" in self.opened.fields else "null"
            fields.append(f"coalesce({said}, {quoted(self.source.system)}) as system")
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
