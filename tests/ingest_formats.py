"""The same list written in every format that an office's software knows."""

import csv
import io
import unicodedata
import zipfile

import duckdb
import xlwt

from orchestration.eventstore.store import quoted
from orchestration.ingest.fonts import encode_tcvn3, encode_vni
from tests.ingest_lists import C_HEADER, write_xlsx

STEM = "igate_xa_20260901_20260930_20260930T1730"


def decomposed_1258(text):
    """Windows-1258 has the letters of the alphabet, and the tones as marks behind them."""
    parts = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            parts.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", letter), ""
            for mark in "\u0300\u0301\u0303\u0309\u0323":
                if mark in base:
                    base, tone = base.replace(mark, ""), mark
            parts.append((unicodedata.normalize("NFC", base) + tone).encode("cp1258"))
    return b"".join(parts)


def text_of(rows, delimiter=","):
    """The rows as CSV."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def html_of(rows):
    """The rows as a page, the way that office software writes it."""
    lines = ("".join(f"<td class=x>{cell or '&nbsp;'}</td>" for cell in row) for row in rows)
    table = "".join(f"<TR>{line}</TR>\n" for line in lines)
    return f"<html><head><meta charset=utf-8></head><body><table border=1>{table}</table></body>"


def write_xls(path, rows):
    """An old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sách")
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            sheet.write(n, m, cell)
    book.save(str(path))
    return path


def write_parquet(path, rows):
    """A Parquet file whose columns are texts."""
    header, *data = rows
    columns = ", ".join(f'"{name}" varchar' for name in header)
    with duckdb.connect() as con:
        con.execute(f"create table t ({columns})")
        if data:
            con.executemany(f"insert into t values ({', '.join('?' * len(header))})", data)
        con.execute(f"copy t to {quoted(str(path))} (format parquet)")
    return path


def write_zip(path, members):
    """A ZIP of ``{name: bytes}``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


TEXTS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 LE": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows-1258": decomposed_1258,
}
FONTS = {"tcvn3": encode_tcvn3, "vni": encode_vni}
"""Only where the source declares them."""


def write_c_as(folder, kind, rows):
    """A list of layout C in the format ``kind`` (a key of ``TEXTS`` or ``FILES``)."""
    all_rows = [C_HEADER, *rows]
    path = folder / f"{STEM}.{FILES.get(kind, 'csv')}"
    if kind in TEXTS:
        path.write_bytes(TEXTS[kind](text_of(all_rows)))
    elif kind in {"semicolons", "tabs"}:
        path.write_text(text_of(all_rows, {"semicolons": ";", "tabs": "\t"}[kind]), newline="")
    elif kind == "html":
        path.write_text(html_of(all_rows))
    else:
        {"xlsx": write_xlsx, "xls": write_xls, "parquet": write_parquet}[kind](path, all_rows)
    return path


FILES = {
    "semicolons": "csv",
    "tabs": "tsv",
    "html": "xls",
    "xlsx": "xlsx",
    "xls": "xls",
    "parquet": "parquet",
}
KINDS = (*TEXTS, *FILES)
