"""Files into the event store, beside what the same reading costs by hand.

Three pairs, each side in a process of its own with the same threads, one after the other: CSV of
layout C beside a DuckDB script that hashes the file, reads it with line numbers, types the dates
and writes Parquet; a workbook beside python-calamine alone; a full list of which 1 % changed on top
of ten times as many known dossiers beside the same list onto an empty store. Archiving is timed
inside ``hoso ingest`` and taken off its seconds. Usage: ``make bench-ingest`` or
``python -m benchmarks.ingest --rows 5000000 --write docs/performance.md``.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.measuring import Measured, environment, machine, measure, write_section
from orchestration.archive import Archive
from orchestration.ingest import ingest_files
from orchestration.settings import PROJECT_DIR, Settings

_CHUNK = 1 << 20
_HEADER = (
    "Số hồ sơ,Tên thủ tục hành chính,Tên lĩnh vực,Ngày tiếp nhận,Ngày hẹn trả,"
    "Ngày kết thúc xử lý,Cơ quan/đơn vị,Chủ hồ sơ,Số điện thoại,Cán bộ xử lý hiện tại,Trạng thái"
)
_ROW = """
    printf('H56.%02d-26%02d%02d-%07d', i % 90, 1 + i % 12, 1 + i % 28, i) as a,
    'Thủ tục đăng ký, cấp giấy chứng nhận số ' || (i % 400) as b, 'Lĩnh vực ' || (i % 30) as c,
    strftime(timestamp '2026-01-01' + to_minutes((i * 7 % 300000)::int), '%d/%m/%Y %H:%M:%S') as d,
    strftime(timestamp '2026-02-01' + to_days((i % 200)::int), '%d/%m/%Y') as e,
    if(i % 3 = 0, '', strftime(timestamp '2026-01-20' + to_minutes((i % 290000)::int),
        '%d/%m/%Y %H:%M')) as f,
    'Ủy ban nhân dân xã số ' || (i % 300) as g, 'Bà X' as h, '0000000000' as j, 'Cán bộ X' as k,
    if(i % 3 = 0 and i % 100 <> {changed}, 'Đang xử lý', 'Đã xử lý xong') as l
"""
_BY_HAND = """
create temp table lines as
    select * from read_csv(?, header = true, all_varchar = true, delim = ',', quote = '"');
copy (
    select rowid + 2 as line_no, columns(* exclude ({dates}, "Chủ hồ sơ", "Số điện thoại",
            "Cán bộ xử lý hiện tại")),
        {typed}
    from lines
) to '{target}' (format parquet, compression zstd)
"""
_DATES = ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý")
_FORMATS = "['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y']"


def write_csv(path: Path, first: int, rows: int, changed: int = -1) -> Path:
    """A list of layout C; ``changed``: of which hundredth of the codes the status is another."""
    with duckdb.connect() as con:
        header = ", ".join(
            f'{letter} as "{name}"'
            for letter, name in zip("abcdefghjkl", _HEADER.split(","), strict=True)
        )
        con.execute(
            f"copy (select {header} from (select {_ROW.format(changed=changed)}"
            f" from range({first}, {first + rows}) as r(i))) to '{path}' (format csv, header)"
        )
    return path


def write_xlsx(path: Path, rows: int) -> Path:
    """The same as a workbook."""
    with duckdb.connect() as con:
        data = con.execute(
            f"select {_ROW.format(changed=-1)} from range({rows}) as r(i)"
        ).fetchall()
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([_HEADER.split(","), *data]):
            sheet.write_row(number, 0, row)
    return path


def by_hand(path: Path, target: Path) -> None:
    """The script that the CSV path is measured by."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    settings = Settings()
    config = {"memory_limit": settings.memory_limit, "threads": settings.threads}
    typed = ", ".join(
        f'try_strptime(nullif("{name}", \'\'), {_FORMATS}) as "{name}"' for name in _DATES
    )
    excluded = ", ".join(f'"{name}"' for name in _DATES)
    read, write = _BY_HAND.format(dates=excluded, typed=typed, target=target).split(";")
    with duckdb.connect(config=config) as con:
        con.execute(read, [str(path)])
        con.execute(write)


def calamine(path: Path) -> None:
    """What reading the sheet alone takes."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows


def take(paths: Sequence[Path], said: Path) -> None:
    """``hoso ingest`` of the files; the seconds of archiving go into ``said``."""
    archiving = 0.0
    put = Archive.put

    def timed(*arguments: object) -> bool:
        nonlocal archiving
        start = time.perf_counter()
        done = put(*arguments)  # type: ignore[arg-type]
        archiving += time.perf_counter() - start
        return done

    Archive.put = timed  # type: ignore[assignment,method-assign]
    for result in ingest_files(Settings(), paths):
        if result.status != "stored" or result.quarantined:
            sys.exit(f"{result.file}: {result.status}, {result.quarantined}: {result.message}")
    said.write_text(json.dumps(archiving))


@dataclass(frozen=True)
class Pair:
    """One row of the table: ours beside what it is measured by."""

    title: str
    ours: Measured
    archiving: float
    measured_by: str
    theirs: float
    allowed: float

    @property
    def line(self) -> str:
        """As Markdown."""
        net = self.ours.seconds - self.archiving
        return (
            f"| {self.title} | {net:.1f} | {self.archiving:.1f} | {self.ours.peak_mib:,.0f} |"
            f" {self.measured_by} | {self.theirs:.1f} | {net / self.theirs:.2f} |"
            f" {self.allowed} |"
        )


class Bench:
    """Files and homes of one run, in one folder."""

    def __init__(self, folder: Path, threads: int, memory_limit: str) -> None:
        self._folder = folder
        self._threads = threads
        self._memory = memory_limit
        self._me = [sys.executable, "-m", "benchmarks.ingest"]

    def _ingest(self, home: str, *paths: Path) -> tuple[Measured, float]:
        said = self._folder / "archiving.json"
        env = environment(self._folder / home, self._threads, self._memory)
        measured = measure([*self._me, "--take", str(said), *map(str, paths)], env)
        return measured, float(json.loads(said.read_text()))

    def _alone(self, *arguments: str) -> float:
        env = environment(self._folder / "none", self._threads, self._memory)
        return measure([*self._me, *arguments], env).seconds

    def csv(self, rows: int) -> Pair:
        """CSV beside the script."""
        path = write_csv(self._folder / _name(0), 0, rows)
        theirs = self._alone("--by-hand", str(path), str(self._folder / "by_hand.parquet"))
        ours, archiving = self._ingest("csv", path)
        size = path.stat().st_size / 2**20
        path.unlink()
        title = f"CSV, {rows:,} rows, {size:,.0f} MiB"
        return Pair(title, ours, archiving, "DuckDB script", theirs, 2.5)

    def xlsx(self, rows: int) -> Pair:
        """A workbook beside calamine."""
        path = write_xlsx((self._folder / _name(0)).with_suffix(".xlsx"), rows)
        theirs = self._alone("--calamine", str(path))
        ours, archiving = self._ingest("xlsx", path)
        return Pair(f"xlsx, {rows:,} rows", ours, archiving, "python-calamine", theirs, 2.5)

    def changed(self, rows: int) -> Pair:
        """A full list of which 1 % changed, on ten times as many known ones, and on none."""
        known = [write_csv(self._folder / _name(n), n * rows, rows) for n in range(10)]
        self._ingest("known", *known)
        for path in known:
            path.unlink()
        path = write_csv(self._folder / _name(20), 0, rows, changed=3)
        empty, empty_archiving = self._ingest("empty", path)
        ours, archiving = self._ingest("known", path)
        theirs = empty.seconds - empty_archiving
        title = f"list of {rows:,}, 1 % changed, on {10 * rows:,} known"
        return Pair(title, ours, archiving, "onto an empty store", theirs, 2.0)


def _name(day: int) -> str:
    return f"igate_x_20260101_20261231_202612{day + 1:02}T1730.csv"


def run(rows: int, threads: int, memory_limit: str) -> list[str]:
    """The whole benchmark in a temporary folder; the section of ``docs/performance.md``."""
    with tempfile.TemporaryDirectory(prefix="hoso-bench-") as folder:
        bench = Bench(Path(folder), threads, memory_limit)
        pairs = [bench.csv(rows), bench.xlsx(rows // 25), bench.changed(rows // 5)]
    return [
        "## Ingest",
        "",
        f"{machine()}, {threads} threads, memory limit {memory_limit}. Seconds without archiving.",
        "",
        "| | seconds | archiving | peak MiB | measured by | seconds | ratio | at most |",
        "|---|--:|--:|--:|---|--:|--:|--:|",
        *(pair.line for pair in pairs),
        "",
        f"Written by `make bench-ingest` with DuckDB {duckdb.__version__}.",
    ]


def main() -> None:
    """Arguments, then either the whole benchmark or, in its process, one side of a pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--memory-limit", default="6GB")
    parser.add_argument("--write", type=Path, help="file that gets the table of results")
    parser.add_argument("--by-hand", nargs=2, metavar=("CSV", "TARGET"), type=Path)
    parser.add_argument("--calamine", metavar="XLSX", type=Path)
    parser.add_argument("--take", nargs="+", metavar="SAID FILE", type=Path)
    given = parser.parse_args()
    if given.by_hand:
        by_hand(*given.by_hand)
    elif given.calamine:
        calamine(given.calamine)
    elif given.take:
        take(given.take[1:], given.take[0])
    else:
        lines = run(given.rows, given.threads, given.memory_limit)
        print("\n".join(lines))
        if given.write:
            write_section(PROJECT_DIR / given.write, "ingest", lines)


if __name__ == "__main__":
    main()
