"""What the simulated province promises: the same bytes, few files, true counts and lines."""

import csv
import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from orchestration.demo import DemoSummary, write_demo
from orchestration.demo.lists import file_names
from orchestration.demo.lives import KINDS, exports
from orchestration.errors import HosoError
from orchestration.settings import Settings

STATES = {
    "Được tiếp nhận": "open",
    "Đang xử lý": "open",
    "Yêu cầu bổ sung giấy tờ": "open",
    "Yêu cầu thực hiện nghĩa vụ tài chính": "open",
    "Dừng xử lý": "open",
    "Đã xử lý xong": "resolved_total",
    "Đã trả kết quả": "resolved_total",
    "Trả lại hồ sơ": "returned",
    "Công dân yêu cầu rút hồ sơ": "withdrawn",
}


class Row:
    """One row of a list, read back from its file; ``None`` in ``state`` = nobody can map it."""

    def __init__(self, path: Path, line: int, moment: datetime, cells: dict[str, str]) -> None:
        self.file, self.line, self.moment, self.cells = path.name, line, moment, cells
        self.code = cells["code"]
        self.unit = cells["unit"]
        self.received = _read_moment(cells["received"])
        self.due = _read_moment(cells["due"])
        self.ended = _read_moment(cells["ended"]) if cells["ended"] else None
        if "status" in cells:
            self.state = STATES.get(cells["status"])
        else:
            self.state = "resolved_total" if self.ended else "open"

    @property
    def counts(self) -> bool:
        """Set aside are rows with an unknown status or an impossible date."""
        return self.state is not None and self.due is not None


def _read_moment(text: str) -> datetime | None:
    for pattern in ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    return None


def _lines(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _rows(path: Path, moment: datetime) -> list[Row]:
    lines = _lines(path)
    kept = list(enumerate(lines, 1))
    if path.name.startswith("igate"):
        names = ["code", "procedure", "", "received", "due", "ended", "unit", *[""] * 3, "status"]
        names.append("owner")
        kept, unit = kept[1:], None
    elif path.name.startswith("one_stop"):
        names = ["", "unit", "", "procedure", "code", "status", *[""] * 4]
        names += ["received", "due", "ended", "owner"]
        kept, unit = [(n, cells) for n, cells in kept[8:] if cells[4]], None
    else:
        names = ["", "code", "", "", "", "", "", "received", "due", "ended", "", "", ""]
        kept, unit = kept[5:], lines[0][0].removeprefix("SỔ THEO DÕI HỒ SƠ – ")
    rows = []
    for number, cells in kept:
        named = dict(zip(names, cells, strict=True))
        if unit:
            named["unit"] = unit
        rows.append(Row(path, number, moment, named))
    return rows


def _all_rows(inbox: Path) -> list[Row]:
    rows = []
    for export in exports():
        for stem in file_names(export).values():
            (path,) = inbox.glob(stem + ".*")
            rows += _rows(path, export.at)
    return rows


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def summary(province: Path) -> DemoSummary:
    return write_demo(Settings(home=province), dossiers=6_000, seed=11)


@pytest.fixture(scope="module")
def rows(province: Path, summary: DemoSummary) -> list[Row]:
    assert summary.files
    return _all_rows(province / "inbox")


@pytest.fixture(scope="module")
def truth(summary: DemoSummary) -> list[dict[str, object]]:
    return [json.loads(line) for line in summary.truth.read_text("utf-8").splitlines()]


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_whatever_the_threads(tmp_path: Path) -> None:
    for name, threads in (("one", 1), ("four", 4)):
        write_demo(Settings(home=tmp_path / name, threads=threads), dossiers=600)
    one, four = _contents(tmp_path / "one"), _contents(tmp_path / "four")
    assert one.keys() == four.keys()
    assert [name for name in one if one[name] != four[name]] == []


def test_another_seed_gives_other_lists(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_demo(Settings(home=tmp_path / str(seed)), dossiers=60, seed=seed)
    assert _contents(tmp_path / "1") != _contents(tmp_path / "2")


def test_a_second_demo_replaces_the_first(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    write_demo(settings, dossiers=60)
    before = _contents(tmp_path)
    write_demo(settings, dossiers=60)
    assert _contents(tmp_path) == before


def test_at_most_eighty_files_and_nothing_half_written_stays(
    province: Path, summary: DemoSummary
) -> None:
    assert len(summary.files) <= 80
    assert sorted(summary.files) == sorted((province / "inbox").iterdir())
    assert sorted(p.name for p in (province / "demo").iterdir()) == [
        *("figures.csv", "reports", "reports.jsonl", "truth.jsonl")
    ]


@pytest.mark.parametrize("dossiers", [0, -5, 100_000_001])
def test_a_senseless_number_of_dossiers_is_refused(tmp_path: Path, dossiers: int) -> None:
    with pytest.raises(HosoError, match="ask for 1 to"):
        write_demo(Settings(home=tmp_path), dossiers=dossiers)


def test_one_dossier_is_enough(tmp_path: Path) -> None:
    summary = write_demo(Settings(home=tmp_path), dossiers=1)
    assert len({row.code for row in _all_rows(tmp_path / "inbox")}) == 1
    assert summary.rows >= 1


def test_every_dossier_stands_in_two_or_three_lists_on_average(
    rows: list[Row], summary: DemoSummary
) -> None:
    assert len({row.code for row in rows}) == 6_000 + summary.planted["duplicate"]
    assert 2 * 6_000 <= len(rows) <= 3 * 6_000
    assert len(rows) == summary.rows


def test_the_last_line_of_layout_a_is_the_count_of_its_rows(
    province: Path, summary: DemoSummary
) -> None:
    paths = [path for path in summary.files if path.name.startswith("one_stop_list")]
    assert len(paths) == 24
    for path in paths:
        lines = _lines(path)
        assert lines[-1][:2] == ["Tổng số", str(sum(bool(line[4]) for line in lines[8:]))]
        assert [line[0] for line in lines[8:] if not line[4]] == ["I", "II", "III", "Tổng số"]
        numbers = [int(line[0]) for line in lines[8:] if line[4]]
        assert numbers == list(range(1, len(numbers) + 1))


def test_long_lists_of_layout_a_are_csv_with_the_same_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo(Settings(home=tmp_path / "sheets"), dossiers=300)
    monkeypatch.setattr("orchestration.demo.lists.XLSX_ROWS", 0)
    write_demo(Settings(home=tmp_path / "texts"), dossiers=300)
    for sheet in (tmp_path / "sheets/inbox").glob("one_stop*.xlsx"):
        assert _lines(sheet) == _lines(tmp_path / "texts/inbox" / f"{sheet.stem}.csv")


def test_lists_say_nothing_of_what_happens_after_them(rows: list[Row]) -> None:
    for row in rows:
        assert row.received <= row.moment, row.code
        assert row.ended is None or row.ended <= row.moment, row.code


def test_full_lists_hold_what_was_handled_in_their_period(
    rows: list[Row], truth: list[dict[str, object]]
) -> None:
    """Received by the export, and not closed before the period: but for the planted ones."""
    planted = {line["code"] for line in truth}
    seen: dict[str, dict[datetime, Row]] = defaultdict(dict)
    for row in rows:
        if row.code not in planted:
            seen[row.code][row.moment] = row
    for code, sightings in seen.items():
        last = sightings[max(sightings)]
        expected = {
            export.at
            for export in exports()
            if last.received <= export.at
            and (last.state == "open" or last.ended is None or last.ended.date() >= export.first)
        }
        if (
            "status" not in last.cells
        ):  # a register tells no hour: perhaps received after the export
            expected = {
                at for at in expected if at.date() > last.received.date() or at in sightings
            }
        assert set(sightings) == expected, code


def test_every_truth_points_at_the_row_that_shows_it(
    rows: list[Row], truth: list[dict[str, object]], province: Path
) -> None:
    names = _unit_codes(province)
    at = {(row.file, row.line): row for row in rows}
    assert {line["kind"] for line in truth} >= set(KINDS)
    for line in truth:
        if line["kind"] not in KINDS:
            continue
        row = at[line["file"], line["line"]]
        assert row.code == line["code"], line
        assert names[row.unit] == line["unit"], line
        if line["kind"] != "missing":
            assert row.moment.date() == date.fromisoformat(str(line["day"])), line


def _unit_codes(province: Path) -> dict[str, str]:
    (path,) = (province / "inbox").glob("units_*.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row["code"] for row in csv.DictReader(stream)}


def test_the_lists_show_each_planted_kind_and_no_other(
    rows: list[Row], truth: list[dict[str, object]]
) -> None:
    """Each kind, found in the rows by its own signs, is exactly what the truth file says."""
    found = defaultdict(set)
    lives = defaultdict(list)
    for row in rows:
        lives[row.code].append(row)
    for code, life in lives.items():
        for kind in _signs(sorted(life, key=lambda row: (row.moment, row.line))):
            found[kind].add(code)
    said = defaultdict(set)
    for line in truth:
        if line["kind"] in KINDS:
            said[line["kind"]].add(line["code"])
    for kind, codes in _doubles(lives).items():
        found[kind] |= codes
    assert found == said


def _doubles(lives: dict[str, list[Row]]) -> dict[str, set[str]]:
    """The second code of two for one matter of one owner, received in one minute."""
    alike = defaultdict(set)
    for code, (row, *_) in lives.items():
        if row.cells.get("owner"):
            matter = (row.cells["unit"], row.cells["procedure"], row.received, row.cells["owner"])
            alike[matter].add(code)
    return {"duplicate": {max(codes, key=len) for codes in alike.values() if len(codes) > 1}}


def _signs(life: list[Row]) -> set[str]:
    signs = set()
    for row in life:
        if row.state is None:
            signs.add("unmapped_status")
        if row.due is None:
            signs.add("impossible_date")
        if row.ended and row.ended < row.received:
            signs.add("end_before_start")
        if row.state not in ("open", None) and row.ended is None:
            signs.add("closed_without_end_date")
        if row.state == "open" and row.ended:
            signs.add("open_with_end_date")
    listings = Counter((row.moment, row.unit) for row in life)
    if max(listings.values()) > 1:
        signs.add("repeated_row")
    moments = sorted({row.moment for row in life})
    if len(listings) > len(moments):
        signs.add("listed_twice")
    elif len({row.unit for row in life}) > 1:
        signs.add("transfer")
    handed_in = [export.at for export in exports() if export.at >= moments[0]]
    if moments != handed_in[: len(moments)]:
        signs.add("reappeared")
    last = life[-1]
    if last.state == "open" and last.moment < handed_in[-1]:
        signs.add("missing")
    signs |= _changes([row for row in life if row.counts])
    return signs


def _changes(life: list[Row]) -> set[str]:
    signs = set()
    paused = False
    for before, after in pairwise(life):
        paused = paused or before.cells.get("status") in {
            "Yêu cầu bổ sung giấy tờ",
            "Yêu cầu thực hiện nghĩa vụ tài chính",
            "Dừng xử lý",
        }
        if before.due != after.due and not paused:
            signs.add("due_changed_without_pause")
        if before.state != "open" and after.state == "open":
            signs.add("end_date_gone")
        if before.cells.get("procedure") != after.cells.get("procedure"):
            signs.add("procedure_changed")
        if before.received != after.received:
            signs.add("receipt_moved")
        if before.state != "open" and after.state not in ("open", before.state):
            signs.add("closing_changed")
        if before.state == after.state != "open" and before.ended != after.ended:
            late = before.ended > before.due
            back = "finish_reset" if after.ended == after.due else "end_backdated"
            signs.add(back if late and after.ended < before.ended else "end_moved")
        if before.state == "open" and after.state != "open":
            late = after.ended and after.ended.date() < before.moment.date() + timedelta(days=1)
            if late and after.ended < before.moment and after.ended >= after.received:
                signs.add("late_sync")
    return signs


def test_the_figures_are_those_of_a_ledger_kept_dossier_by_dossier(
    rows: list[Row], summary: DemoSummary, province: Path
) -> None:
    """The same count, from the words of the figures contract, in plain Python over the files."""
    names = _unit_codes(province)
    counts: Counter[tuple[str, str, str]] = Counter()
    lives = defaultdict(list)
    for row in rows:
        if row.counts:
            lives[row.code].append(row)
    for life in lives.values():
        for unit, month, figure in _ledger(life):
            counts[names[unit], month, figure] += 1
    with summary.figures.open(encoding="utf-8", newline="") as stream:
        figures = list(csv.DictReader(stream))
    assert len(figures) == 47 * 15
    balances: Counter[str] = Counter()
    for line in figures:
        flows = {
            figure: counts.pop((line["unit"], line["month"], figure), 0)
            for figure in (
                "received_new",
                "resolved_total",
                "returned",
                "withdrawn",
                "transferred_in",
                "transferred_out",
                "reopened",
            )
        }
        assert {figure: int(line[figure]) for figure in flows} == flows, line
        balances[line["unit"]] += (
            flows["received_new"]
            + flows["transferred_in"]
            + flows["reopened"]
            - flows["transferred_out"]
            - flows["resolved_total"]
            - flows["returned"]
            - flows["withdrawn"]
        )
        assert int(line["open_at_month_end"]) == balances[line["unit"]], line
    assert not +counts


def _ledger(life: list[Row]) -> list[tuple[str, str, str]]:
    """Unit, month and figure of each movement that stands when all lists are known."""
    account, unit, closed_at, taken_back = "open", None, None, None
    moves = []
    for moment in sorted({row.moment for row in life}):
        now = [row for row in life if row.moment == moment]
        if unit is None:
            (unit,) = {row.unit for row in now}
            moves.append((unit, f"{now[0].received:%Y-%m}", "received_new"))
        if unit not in {row.unit for row in now}:
            (other,) = {row.unit for row in now}
            assert account == "open"
            moves += [
                (unit, f"{moment:%Y-%m}", "transferred_out"),
                (other, f"{moment:%Y-%m}", "transferred_in"),
            ]
            unit = other
        row = now[0]
        if row.state == "open":
            if closed_at:
                taken_back = (account, closed_at, moment)
            account, closed_at = "open", None
        elif row.ended:
            account, closed_at = row.state, max(row.received, row.ended)
        elif account == "open":
            account, closed_at = row.state, moment
    if closed_at:
        moves.append((unit, f"{closed_at:%Y-%m}", account))
    if closed_at and taken_back and taken_back[1] < taken_back[2] <= closed_at:
        # closed, seen open, closed again later: the list in between dates a reopening
        moves.append((unit, f"{taken_back[1]:%Y-%m}", taken_back[0]))
        moves.append((unit, f"{taken_back[2]:%Y-%m}", "reopened"))
    return moves
