"""The same list says the same thing in whatever format and encoding it comes."""

import pytest

from orchestration.ingest import ingest_files
from orchestration.sources import load_sources
from tests.ingest_formats import FONTS, KINDS, STEM, html_of, text_of, write_c_as, write_xls
from tests.ingest_lists import C_HEADER, c_row, events, write_xlsx

ROWS = [
    c_row("H-1", unit="Ủy ban nhân dân xã Đường Hoa Mẫu", owner="Bà X"),
    c_row("H-2", "Đã xử lý xong", ended="19/09/2026 10:30"),
    c_row("H-3", "Được tiếp nhận", due=""),
]
SAID = "code, procedure_name, unit_name, status, received_at, due_at, finished_at, id"


def stored(settings, path, where="type = 'dossier.observed'"):
    """What a file left in the store."""
    (result,) = ingest_files(settings, [path])
    assert result.status == "stored", result.message
    return events(settings, SAID, where)


@pytest.fixture
def expected(settings, tmp_path):
    """What the list says as UTF-8, in a home of its own."""
    folder = tmp_path / "expected"
    folder.mkdir()
    other = settings.model_copy(update={"home": tmp_path / "other"})
    return stored(other, write_c_as(folder, "UTF-8", ROWS))


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_says_the_same_in_every_format(settings, tmp_path, expected, kind):
    assert stored(settings, write_c_as(tmp_path, kind, ROWS)) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_lines_are_those_that_a_person_sees(settings, tmp_path, kind):
    ingest_files(settings, [write_c_as(tmp_path, kind, ROWS)])
    # the header is line 1, but in Parquet, where it is none
    first = 1 if kind == "parquet" else 2
    lines = events(settings, "line_no", "type = 'dossier.observed'")
    assert [line for (line,) in lines] == [first, first + 1, first + 2]


@pytest.mark.parametrize("font", FONTS)
def test_an_old_font_is_read_where_the_source_declares_it(settings, tmp_path, expected, font):
    own = settings.folder("sources")
    text = load_sources(settings)["igate"].text
    (own / "igate.yml").write_text(f"{text}\nencoding: {font}\n", encoding="utf-8")
    path = tmp_path / f"{STEM}.csv"
    path.write_bytes(FONTS[font](text_of([C_HEADER, *ROWS])))
    assert stored(settings, path) == expected


def test_merged_cells_hold_for_each_of_their_rows(settings, tmp_path):
    import xlsxwriter

    path = tmp_path / f"{STEM}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([C_HEADER, *[c_row(f"H-{n}") for n in range(3)]]):
            sheet.write_row(n, 0, row)
        sheet.merge_range(1, 6, 3, 6, "UBND xã Gộp")
    assert {row[2] for row in stored(settings, path)} == {"UBND xã Gộp"}


def test_spans_of_a_page_are_merged_cells(settings, tmp_path):
    page = html_of([C_HEADER, *[c_row(f"H-{n}") for n in range(3)]])
    unit = "<td class=x>UBND xã Mẫu</td>"
    first, *others = page.split(unit)
    spanned = first + "<td rowspan='3'>UBND xã<br>Gộp</td>" + "".join(others)
    path = tmp_path / f"{STEM}.xls"
    path.write_text(spanned)
    assert {row[2] for row in stored(settings, path)} == {"UBND xã Gộp"}


def test_a_list_inside_another_table_is_found_and_its_title_read(settings, tmp_path):
    inner = html_of([C_HEADER, c_row("H-1")])
    title = "DANH SÁCH (Từ ngày 01/09/2026 đến ngày 30/09/2026) Thời điểm xuất: 30/09/2026 17:30"
    path = tmp_path / "igate_x.xls"
    path.write_text(f"<html><table><tr><td><p>{title}</p>{inner}</td></tr></table></html>")
    (row,) = stored(settings, path)
    assert row[0] == "H-1"
    assert "2026-09-30" in str(events(settings, "data", "type = 'extract.completed'"))


@pytest.mark.parametrize("cut", [0.5, 0.9, 0.99])
def test_half_a_page_is_no_list(settings, tmp_path, cut):
    page = html_of([C_HEADER, *[c_row(f"H-{n}") for n in range(50)]])
    path = tmp_path / f"{STEM}.xls"
    path.write_text(page[: int((len(page) - 20) * cut)])
    (result,) = ingest_files(settings, [path])
    assert (result.status, result.message) == (
        "rejected",
        "the HTML page is damaged or cut off; send it again",
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [("html", "xlsx"), ("UTF-8", "xls"), ("xls", "xlsx"), ("xlsx", "csv"), ("parquet", "csv")],
)
def test_the_bytes_decide_not_the_name(settings, tmp_path, expected, kind, name):
    path = write_c_as(tmp_path, kind, ROWS)
    renamed = path.rename(tmp_path / f"{STEM}.{name}")
    assert stored(settings, renamed) == expected


def test_a_header_of_two_rows_with_merged_cells_and_a_duplicated_one(settings, tmp_path):
    header = list(C_HEADER)
    header[8] = "Trạng thái"
    path = write_xlsx(tmp_path / f"{STEM}.xlsx", [header, c_row("H-1")])
    (result,) = ingest_files(settings, [path])
    # of two columns with one header the first is read: here it has telephone numbers
    assert (result.quarantined, events(settings, "code", "type = 'row.set_aside'")) == (
        1,
        [("H-1",)],
    )


def test_headers_are_known_without_accents_and_in_capitals(settings, tmp_path):
    header = ["SO HO SO", "Ten  TTHC", "x", "NGÀY NHẬN", "hẹn trả", "hoan thanh", "co quan", *"abc"]
    rows = [[*header, "TINH TRANG"], c_row("H-1")]
    path = write_xls(tmp_path / f"{STEM}.xls", rows)
    assert stored(settings, path)[0][0] == "H-1"
