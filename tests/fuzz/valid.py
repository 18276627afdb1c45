"""Small valid files of every format, and the sources that take them."""

import gzip
import json
from functools import lru_cache
from pathlib import Path

from orchestration.sources import Source, load_sources
from orchestration.sources.model import source_from
from tests.ingest_formats import TEXTS, html_of, text_of, write_c_as, write_zip
from tests.ingest_lists import C_HEADER, C_NAME, a_row, a_rows, b_rows, c_row, write_xlsx

MESSAGES = {
    "name": "messages",
    "title": "Thông điệp",
    "system": "national",
    "role": "mirror",
    "kind": "dossiers",
    "files": ["*.json"],
    "formats": ["json"],
    "zone": "Asia/Ho_Chi_Minh",
    "observed_at": ["option"],
    "dates": ["yyyy-MM-dd HH:mm:ss"],
    "status": {"from": "column", "map": {"2": "open.processing", "4": "open.processing"}},
    "columns": {
        "code": {"headers": ["MaHoSo"], "required": True},
        "status": {"headers": ["TrangThaiHoSo"]},
        "unit_name": {"headers": ["DonViXuLy"]},
        "received_at": {"headers": ["NgayTiepNhan"]},
        "due_at": {"headers": ["NgayHenTra"]},
    },
}
_LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="case-{n}"/>
<date key="startdate" value="2011-10-11T13:45:40.276+02:00"/>
<string key="channel" value="Internet"/>
<event><string key="concept:name" value="T02"/><date key="time:timestamp"
 value="2011-10-12T08:26:25.398+02:00"/></event></trace></log>"""


def messages_source() -> Source:
    """A source of national messages."""
    return source_from(MESSAGES, json.dumps(MESSAGES), {})


def sources(settings) -> dict[str, Source]:
    """The package's sources and that of the messages."""
    return load_sources(settings) | {"messages": messages_source()}


def _rows() -> list[tuple]:
    states = ("Đang xử lý", "Đã xử lý xong", "Được tiếp nhận")
    rows = [c_row(f"H56.18-260901-{n:04}", states[n % 3]) for n in range(12)]
    return [*rows, c_row("H-Q", owner='Bà "X"\r\nthôn 2, xã')]


def _messages() -> list[dict]:
    return [
        {
            "MaHoSo": f"H56.18-260901-{n:04}",
            "TrangThaiHoSo": "2",
            "DonViXuLy": "UBND xã Mẫu",
            "NgayTiepNhan": "2026-09-01 08:00:00",
            "NgayHenTra": "",
            "DanhSachHoSoBoSung": [{"NgayBoSung": "2026-09-02 08:00:00"}],
        }
        for n in range(12)
    ]


@lru_cache(maxsize=1)
def valid_files(folder: Path) -> tuple[tuple[str, str, bytes], ...]:
    """``(file name, source, bytes)``; made once, in ``folder``."""
    rows = _rows()
    text = text_of([C_HEADER, *rows])
    found = [(C_NAME, "igate", encode(text)) for encode in TEXTS.values()]
    found.append((C_NAME, "igate", text_of([C_HEADER, *rows], ";").encode()))
    for kind in ("xlsx", "xls", "parquet"):
        path = write_c_as(folder, kind, rows)
        found.append((path.name, "igate", path.read_bytes()))
    found.append(("igate_x.xls", "igate", html_of([C_HEADER, *rows]).encode()))
    members = {C_NAME: text.encode(), f"x/{C_NAME}": html_of([C_HEADER, *rows]).encode()}
    found.append(("send.zip", "igate", write_zip(folder / "send.zip", members).read_bytes()))
    groups = [[a_row(n, f"A-{n}") for n in range(5)], [a_row(9, "A-9")]]
    listed = write_xlsx(folder / "one_stop_list_x.xlsx", a_rows(groups, 6))
    found.append((listed.name, "one_stop_list", listed.read_bytes()))
    book = b_rows([("1", "B-1", "x", "Bà X", "01/09/2026", "05/09/2026", "04/09/2026", "", "")])
    register = text_of(book).encode()
    found.append(("register_book_x.csv", "register_book", register))
    objects = _messages()
    envelope = {"session": "s", "madonvi": "H56", "service": "DongBoHoSoMC", "data": objects}
    for shape in (
        json.dumps(objects, ensure_ascii=False, indent=1),
        "\n".join(json.dumps(each, ensure_ascii=False) for each in objects),
        json.dumps(envelope, ensure_ascii=False),
    ):
        found.append(("x.json", "messages", shape.encode()))
    log = _LOG.replace("{n}", "1").encode()
    found.append(("receipt.xes", "wabo_receipt", log))
    found.append(("receipt.xes.gz", "wabo_receipt", gzip.compress(log, mtime=0)))
    return tuple(found)
