"""JSON and JSON Lines: what a row is, on which line it begins, what is refused."""

import json
import re

import pytest

from orchestration.ingest.fingerprint import fingerprint
from orchestration.ingest.json_file import open_json
from orchestration.ingest.opened import Given
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import scratch
from orchestration.sources import load_sources
from orchestration.sources.model import source_from

DOCUMENT = {
    "name": "messages",
    "title": "Thông điệp",
    "system": "national",
    "role": "mirror",
    "kind": "dossiers",
    "files": ["*.json"],
    "formats": ["json"],
    "service": "DongBoHoSoMC",
    "zone": "Asia/Ho_Chi_Minh",
    "observed_at": ["option"],
    "columns": {
        "code": {"headers": ["MaHoSo"], "required": True},
        "status": {"headers": ["TrangThaiHoSo"]},
        "due_at": {"headers": ["DanhSachHoSoBoSung[].NgayHenTraMoi"]},
    },
}
ROWS = [
    {"MaHoSo": "A-1", "TrangThaiHoSo": "2", "ChuHoSo": "Bà X"},
    {
        "MaHoSo": "A-2",
        "TrangThaiHoSo": 4,
        "DanhSachHoSoBoSung": [{"NgayHenTraMoi": "20260901080000"}],
        "TaiLieuNop": [{"TenTep": "x.pdf"}],
    },
]
ENVELOPE = {"session": "s", "madonvi": "H56", "service": "DongBoHoSoMC", "isUpdating": "False"}


@pytest.fixture
def read(settings, tmp_path):
    """Reads a text as a file of ``DOCUMENT``: its ``Opened`` and the rows by header."""
    source = source_from(DOCUMENT, "", {})

    def reading(text):
        path = tmp_path / "x.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with scratch(settings, "test") as work:
            opened = open_json(path, source, work, Given(fingerprint(path), 1 << 20))
            raw = opened.load()
            cells = ", ".join(f"c{n}" for n in range(len(opened.headers)))
            rows = work.rows(f"select line_no, cells, {cells} from {raw.relation} order by 1")
        found = [
            {"line": line, "cells": number} | dict(zip(opened.headers, values, strict=True))
            for line, number, *values in rows
        ]
        return opened, found

    return reading


def shapes():
    """The same two rows in every shape that they may arrive in."""
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    return {
        "array": json.dumps(ROWS, ensure_ascii=False, indent=1),
        "one per line": lines,
        "envelope": json.dumps(ENVELOPE | {"data": ROWS}, ensure_ascii=False, indent=2),
        "rows before the service": json.dumps({"data": ROWS} | ENVELOPE, ensure_ascii=False),
        "BOM": b"\xef\xbb\xbf" + lines.encode(),
        "UTF-16": lines.encode("utf-16"),
        "UTF-16 without a mark": lines.encode("utf-16-be"),
    }


@pytest.mark.parametrize("shape", shapes())
def test_a_row_is_the_same_in_every_shape(read, shape):
    opened, rows = read(shapes()[shape])
    assert [row["MaHoSo"] for row in rows] == ["A-1", "A-2"]
    assert [row["TrangThaiHoSo"] for row in rows] == ["2", "4"]
    assert [row["ChuHoSo"] for row in rows] == ["Bà X", None]
    assert json.loads(rows[1]["DanhSachHoSoBoSung"]) == ROWS[1]["DanhSachHoSoBoSung"]
    assert opened.fields["due_at"] == opened.headers.index("DanhSachHoSoBoSung")


def test_what_nobody_asked_for_is_named_and_a_list_of_it_not_kept(read):
    opened, rows = read(json.dumps(ROWS))
    assert opened.dropped == ("ChuHoSo", "TaiLieuNop")
    assert rows[1]["TaiLieuNop"] is None


def test_the_envelope_says_service_and_unit(read):
    title = read(json.dumps(ENVELOPE | {"data": ROWS}))[0].title
    assert (title.service, title.unit) == ("DongBoHoSoMC", "H56")


def test_the_line_is_that_of_the_opening_brace(read):
    text = '{"session": "s",\n"data": [\n\n  {"MaHoSo":\n "A"},\n{"MaHoSo": "B"}]}'
    assert [row["line"] for row in read(text)[1]] == [4, 6]


def test_objects_on_one_line_are_numbered_so_that_each_is_one_row(read):
    text = '[\n{"MaHoSo": "A"}, {"MaHoSo": "B"},\n{"MaHoSo": "C"}]'
    found = [(row["line"], row["MaHoSo"]) for row in read(text)[1]]
    assert found == [(1, "A"), (2, "B"), (3, "C")]


def test_lines_and_rows_are_right_beyond_the_first_piece(read):
    filler = "x" * 500
    text = "\n".join(json.dumps({"MaHoSo": f"A-{n}", "G": filler}) for n in range(5000))
    for whole in (text, f'{{"data": [{text}]}}'.replace("}\n{", "},\n{")):
        rows = read(whole)[1]
        assert [row["line"] for row in rows] == list(range(1, 5001))
        assert [row["MaHoSo"] for row in rows] == [f"A-{n}" for n in range(5000)]


def test_what_is_no_object_has_no_cells(read):
    assert [row["cells"] for row in read('[{"MaHoSo": "A"}, 7, null]')[1]] == [1, 0, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"MaHoSo": "A"}, {"MaHoSo": ', "line 1: not a complete JSON file"),
        ('[{"MaHoSo": "A"},\n{"MaHoSo" "B"}]', "line 2: not a complete JSON file"),
        ('{"data": [{"MaHoSo": "A"}]', "line 1: not a complete JSON file (the end is missing"),
        ('[{"MaHoSo": NaN}]', "not a complete JSON file (NaN is no number"),
        ("[" * 100_000, "nested too deeply"),
        ('{"service": "CapNhatTienDoHoSoMC", "data": [{"MaHoSo": "A"}]}', "a message of CapNhat"),
        ('[{"Ma": "A"}]', "no object has the required key MaHoSo; the keys are: Ma"),
        ("[]", "the JSON has no objects"),
        (b'[{"MaHoSo": "A"},\n{"MaHoSo": "\xc3\xaa\xc3"}]', "line 2 is not UTF-8 text"),
    ],
)
def test_what_is_refused_says_where_and_why(read, text, said):
    with pytest.raises(Rejected, match=re.escape(said)):
        read(text)


def test_halves_of_surrogates_do_no_harm(read):
    assert read(r'[{"MaHoSo": "A\ud800"}]')[1][0]["MaHoSo"] == "A?"


def test_the_service_chooses_among_the_sources_that_fit_a_name(settings, tmp_path):
    from orchestration.ingest.readers import source_of

    own = settings.folder("sources")
    for name in ("DongBoHoSoMC", "CapNhatTienDoHoSoMC"):
        declared = DOCUMENT | {"name": name.lower()[:7], "service": name}
        (own / f"{name}.yml").write_text(json.dumps(declared), encoding="utf-8")
    path = tmp_path / "x.json"
    path.write_text('{"service": "CapNhatTienDoHoSoMC", "data": []}')
    assert source_of(path, load_sources(settings)).service == "CapNhatTienDoHoSoMC"
