"""A proposal of a source YAML from a sample file (``hoso source new``).

Headers are known by the synonyms of all sources, dates by trying formats on the cells. What cannot
be decided from a file is said, and left out or set to the cautious side: no silent guess.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from orchestration.errors import HosoError
from orchestration.eventstore.store import quoted
from orchestration.ingest.dates import timestamp_sql
from orchestration.ingest.fingerprint import fingerprint
from orchestration.ingest.kinds import file_kind
from orchestration.ingest.opened import Given, Opened
from orchestration.ingest.readers import open_file
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch, scratch
from orchestration.settings import Settings
from orchestration.sources import Column, Source, header_key, load_sources
from orchestration.sources.kinds import KINDS
from orchestration.text import text_key

_DATES: Final = (
    "dd/MM/yyyy HH:mm:ss",
    "dd/MM/yyyy HH:mm",
    "dd/MM/yyyy",
    "dd-MM-yyyy HH:mm:ss",
    "dd-MM-yyyy",
    "dd.MM.yyyy",
    "yyyy-MM-dd HH:mm:ss",
    "yyyy-MM-dd",
    "yyyyMMddHHmmss",
    "iso",
    "excel_serial",
)
_FORMATS: Final = ("csv", "html", "json", "parquet", "xls", "xlsx")
_NAMED_MOMENT: Final = r"(?P<observed>\d{8}T\d{4,6})"
_MOST: Final = 0.9
_SHOWN: Final = 12


@dataclass(frozen=True)
class Proposal:
    """A source YAML as ``document``, and what a person has to decide."""

    document: dict[str, Any]
    undecided: tuple[str, ...]

    @property
    def text(self) -> str:
        """The YAML, to be saved in ``HOSO_HOME/sources``."""
        import yaml

        head = "# Proposed by `hoso source new`; read it before use.\n"
        open_points = "".join(f"# To decide: {each}\n" for each in self.undecided)
        body = yaml.safe_dump(self.document, allow_unicode=True, sort_keys=False, width=110)
        return head + open_points + body


def propose(settings: Settings, path: Path) -> Proposal:
    """A source for lists like this one.

    Raises ``HosoError`` when the file cannot be read, or no column of it is a code.
    """
    if not path.is_file():
        raise HosoError(f"there is no file {path}")
    sources = load_sources(settings)
    try:
        if path.stat().st_size == 0:
            raise Rejected("the file is empty")
        found = file_kind(path)
        if found not in _FORMATS:
            raise Rejected(f"a source can be proposed for {', '.join(_FORMATS)}, not for {found}")
        given = Given(fingerprint(path), settings.max_file_mb * 1024 * 1024)
        with scratch(settings, "propose") as work:
            source, opened = _best(path, sources, work, given)
            return _Sample(path, source, opened, work, sources).proposal()
    except Rejected as refusal:
        raise HosoError(f"{path.name}: {refusal}") from refusal


def _best(
    path: Path, sources: dict[str, Source], work: Scratch, given: Given
) -> tuple[Source, Opened]:
    """The kind of list, and number of header rows, that explain the most columns."""
    fits: list[tuple[int, Source, Opened]] = []
    refusals: set[str] = set()
    for kind in KINDS:
        alike = [
            each for each in sources.values() if each.kind == kind and "xes" not in each.formats
        ]
        if kind == "rulings" or not alike:
            continue
        # of two header rows the lower one has the dates: else the row above the header is taken
        tries = [(1, "code"), *((2, date) for date in KINDS[kind].dates)]
        for header_rows, needed in tries:
            source = replace(
                _any_of(alike, {"code", needed}),
                header_rows=header_rows,
                formats=_FORMATS,
                service=None,
            )
            try:
                opened = open_file(path, source, work, given)
            except Rejected as refusal:
                refusals.add(str(refusal))
                continue
            fits.append((len(opened.fields), source, opened))
    if not fits:
        # each kind of list lacks other columns; what is wrong with the file itself all say alike
        raise Rejected(
            refusals.pop()
            if len(refusals) == 1
            else "no row of it looks like the header of a list of dossiers (Mã hồ sơ or Số hồ sơ,"
            " Ngày tiếp nhận …) or of another known kind; docs/sources/ has the names of columns"
        )
    _, source, opened = max(fits, key=lambda each: (each[0], each[1].kind == "dossiers"))
    return source, opened


def _any_of(sources: list[Source], required: set[str]) -> Source:
    """One source that knows the synonyms of all."""
    headers: dict[str, list[str]] = {}
    for source in sources:
        for column in source.columns:
            if column.path is None:
                headers.setdefault(column.name, []).extend(column.headers)
    columns = (
        Column(name, tuple(dict.fromkeys(texts)), required=name in required)
        for name, texts in headers.items()
    )
    patterns = dict.fromkeys(p for source in sources for p in source.title_patterns)
    # not the title of a register: it takes any text behind the words for the unit's name
    return replace(
        sources[0],
        columns=tuple(columns),
        title_patterns=tuple(p for p in patterns if "<unit>" not in p),
        steps_list=None,
        steps=(),
    )


class _Sample:
    """One file, its rows in the scratch."""

    def __init__(
        self, path: Path, source: Source, opened: Opened, work: Scratch, sources: dict[str, Source]
    ) -> None:
        self.path = path
        self.source = source
        self.opened = opened
        self.work = work
        self.sources = sources
        self.rows = opened.load().relation
        self.undecided: list[str] = []

    def proposal(self) -> Proposal:
        source, opened = self.source, self.opened
        kind = KINDS[source.kind]
        name = self._name()
        # the lower of two header rows is found by its dates
        needed = {"code"} | ({*kind.dates} if source.header_rows == 2 else set())
        columns: dict[str, dict[str, Any]] = {
            field: {"headers": [opened.headers[n]], "required": field in needed}
            for field, n in opened.fields.items()
        }
        document: dict[str, Any] = {
            "name": name,
            "title": self.path.stem,
            "system": "province",
            "role": "ledger",
            "kind": source.kind,
            "files": [self._pattern()],
            "formats": [opened.format],
            "zone": source.zone,
        }
        if source.header_rows != 1:
            document["header"] = {"rows": source.header_rows}
        document["columns"] = columns
        document["personal"] = self._personal()
        document["dates"] = self._dates([f for f in opened.fields if f in self._timed()])
        if source.kind == "dossiers":
            document["status"] = self._status()
            if "unit_name" not in opened.fields:
                document["unit"] = {"from": "option"}
                self.undecided.append("whose list it is: no column names the unit; say --unit CODE")
            document["scope"] = {"full": False}
            self.undecided.append("whether such a list is complete for its period (scope: full)")
        meanings = self._meanings()
        if meanings:
            document["meanings"] = meanings
        document |= self._moment()
        self.undecided += [
            f"whether its codes are those of the system {document['system']!r}, and whether it is"
            " the office's own list (ledger) or a copy to compare with (mirror)"
        ]
        self._others(set(kind.fields))
        return Proposal(document, tuple(self.undecided))

    def _name(self) -> str:
        name = re.sub(r"[^a-z0-9]+", "_", text_key(re.sub(r"\d{4,}\w*", "", self.path.stem)))
        name = re.sub(r"^[^a-z]+", "", name).strip("_") or "new_list"
        return f"{name}_own" if name in self.sources else name

    def _pattern(self) -> str:
        pattern = re.sub(r"\d{4,}(T\d+)?", "*", self.path.name)
        pattern = re.sub(r"[\[\]?]", "*", pattern)
        return re.sub(r"\*[*_.-]*(?=\*)", "", pattern)

    def _cell(self, field: str) -> str:
        return f"hoso_clean(c{self.opened.fields[field]})"

    def _timed(self) -> set[str]:
        kind = KINDS[self.source.kind]
        return {*kind.dates, *(f for f, cell in kind.data.items() if cell in {"day", "moment"})}

    def _texts(self, cell: str) -> list[str]:
        found = self.work.rows(
            f"select distinct hoso_clean({cell}) as said from {self.rows}"
            " where hoso_clean(said) is not null order by 1"
        )
        return [text for (text,) in found]

    def _dates(self, fields: list[str]) -> list[str]:
        """The formats that the cells need, the commonest first."""
        chosen: list[str] = []
        for field in fields:
            cell = self._cell(field)
            for form in (*chosen, *_DATES):
                left = self._unread(cell, tuple(chosen))
                if not left:
                    break
                if form not in chosen and self._unread(cell, (*chosen, form)) < left:
                    chosen.append(form)
            left = self._unread(cell, tuple(chosen))
            if left:
                header = self.opened.headers[self.opened.fields[field]]
                self.undecided.append(
                    f"{left} cells of {header!r} are no dates in any of: {', '.join(_DATES)}"
                )
        return chosen or ["dd/MM/yyyy"]

    def _unread(self, cell: str, formats: tuple[str, ...]) -> int:
        stamp = timestamp_sql("said", formats, self.source.zone)
        sql = (
            f"with cell as (select {cell} as said from {self.rows} where {self._is_row()})"
            f" select count(*) from cell where said is not null and {stamp} is null"
        )
        return int(self.work.one(sql)[0])

    def _is_row(self) -> str:
        return f"{self._cell('code')} is not null"

    def _status(self) -> dict[str, Any]:
        if "status" not in self.opened.fields:
            self.undecided.append("no column is a status: it follows from the dates")
            return {"from": "dates"}
        known = {key for each in self.sources.values() for key in each.status_map}
        unknown = [
            text for text in self._texts(self._cell("status")) if text_key(text) not in known
        ]
        if unknown:
            self.undecided.append(
                "what these statuses mean (status: map): " + ", ".join(unknown[:_SHOWN])
            )
        return {"from": "column", "maps": ["national"]}

    def _meanings(self) -> dict[str, dict[str, Any]]:
        """What the values of word columns mean where a known source says it."""
        meanings: dict[str, dict[str, Any]] = {}
        alike = [each for each in self.sources.values() if each.kind == self.source.kind]
        words = {field for each in alike for field in each.meanings if field in self.opened.fields}
        for field in sorted(words):
            known = {
                key: value for each in alike for key, value in each.meanings.get(field, {}).items()
            }
            texts = self._texts(self._cell(field))
            said = {text: known[text_key(text)] for text in texts if text_key(text) in known}
            meanings[field] = said or {"true": "true"}
            unknown = [text for text in texts if text_key(text) not in known]
            if unknown:
                self.undecided.append(
                    f"what these values of {field} mean (meanings): {', '.join(unknown[:_SHOWN])}"
                )
        return meanings

    def _moment(self) -> dict[str, Any]:
        document: dict[str, Any] = {}
        places = ["option"]
        if re.search(_NAMED_MOMENT, self.path.name):
            document["name_pattern"] = _NAMED_MOMENT
            places.insert(0, "name")
        if self.opened.title.observed:
            places.insert(0, "content")
        if self.opened.title.observed or self.opened.title.first_day:
            document["title_patterns"] = list(self.source.title_patterns)
        if places == ["option"]:
            self.undecided.append(
                "when such a list was made: say --observed-at, or put it in its name"
            )
        document["observed_at"] = places
        labels = dict.fromkeys(
            each.total_label for each in self.sources.values() if each.total_label
        )
        for label in labels:
            begins = f"starts_with(hoso_key(c0), {quoted(text_key(label))})"
            if self.work.one(f"select count(*) from {self.rows} where {begins}")[0]:
                document["rows"] = {"groups": True, "total": label}
        return document

    def _personal(self) -> list[str]:
        known = {header_key(text) for each in self.sources.values() for text in each.personal}
        return [text for text in self.opened.dropped if header_key(text) in known]

    def _others(self, fields: set[str]) -> None:
        """Columns that nothing knows: what their cells look like; they are not kept."""
        personal = set(self._personal())
        missing = sorted((self._timed() & fields) - set(self.opened.fields))
        for header in self.opened.dropped:
            if header in personal or header_key(header) in {"stt", "tt"}:
                continue
            n = self.opened.headers.index(header)
            cell = f"hoso_clean(c{n})"
            filled, dates = self.work.one(
                f"with cell as (select {cell} as said from {self.rows} where {self._is_row()})"
                f" select count(said), count({timestamp_sql('said', _DATES, self.source.zone)})"
                " from cell"
            )
            if filled and dates >= _MOST * filled and missing:
                self.undecided.append(
                    f"{header!r} has dates: is it one of {', '.join(missing)}? It is not kept"
                )
            else:
                self.undecided.append(
                    f"{header!r} is not known and not kept; if it is personal, add it to personal"
                )
