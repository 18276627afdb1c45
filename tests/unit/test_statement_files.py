"""Files of reports: what is read, what is refused, and in which words."""

import json
import zipfile
from pathlib import Path

import pytest

from orchestration.cli import app
from orchestration.errors import HosoError
from orchestration.statements.files import text_of

REPORT = """ỦY BAN NHÂN DÂN
XÃ ĐẠI LỘC
Số: 7/BC-UBND
BÁO CÁO
năm 2023

Đã giải quyết: 371 hồ sơ (trước hạn: 300 hồ sơ, đúng hạn: 70 hồ sơ, quá hạn: 02 hồ sơ).
"""
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)
    return path


def test_a_docx_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    body = (
        f"<w:document {_SPACE}><w:body><w:p><w:r><w:t>Đã giải</w:t></w:r><w:r><w:tab/>"
        "<w:t>quyết: 5</w:t></w:r></w:p><w:p><w:r><w:t>hồ sơ</w:t></w:r></w:p>"
        "</w:body></w:document>"
    )
    assert text_of(_docx(tmp_path / "a.docx", body)) == "Đã giải quyết: 5\nhồ sơ"


@pytest.mark.parametrize("body", ["", "<broken", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_a_broken_or_hostile_docx_is_refused_in_words(tmp_path: Path, body: str) -> None:
    with pytest.raises(HosoError, match=r"a\.docx"):
        text_of(_docx(tmp_path / "a.docx", body))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_text_in_any_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Hồ sơ: 5".encode(encoding, errors="replace"))
    assert text_of(path).endswith(": 5")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.doc", b"x", "Save it as"),
        ("a.txt", b"\x00\x01\x02", "is no text"),
        ("a.docx", b"no zip", "no readable DOCX"),
    ],
)
def test_what_is_not_read_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(HosoError, match=said):
        text_of(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(HosoError, match=r"gone\.txt is no file"):
        text_of(tmp_path / "gone.txt")


@pytest.mark.parametrize(
    ("name", "tool", "package"),
    [("a.pdf", "pdftotext", "poppler-utils"), ("a.png", "tesseract", "tesseract-ocr-vie")],
)
def test_a_missing_tool_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, tool: str, package: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(HosoError, match=rf"{tool}, which is not installed.*{package}"):
        text_of(path)


def _tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_pdf_with_a_text_layer_is_read_by_pdftotext(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.txt").write_text(REPORT, encoding="utf-8")
    _tool(tmp_path, "pdftotext", f"while read -r l; do echo \"$l\"; done < '{tmp_path}/out.txt'")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    assert "371 hồ sơ" in text_of(tmp_path / "a.pdf")


def test_a_pdf_without_text_goes_through_ocr_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tool(tmp_path, "pdftotext", "echo")
    _tool(
        tmp_path,
        "pdftoppm",
        'for s in "$@"; do last="$s"; done; : > "$last-1.png"; : > "$last-2.png"',
    )
    _tool(tmp_path, "tesseract", 'if [ "$1" = --list-langs ]; then echo vie; else echo "trang"; fi')
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    assert text_of(tmp_path / "a.pdf").split() == ["trang", "trang"]


def test_ocr_without_the_vietnamese_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tool(tmp_path, "tesseract", "echo eng")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(HosoError, match="tesseract-ocr-vie"):
        text_of(tmp_path / "a.png")


def test_a_tool_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _tool(tmp_path, "pdftotext", "echo 'Syntax Error: broken' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.pdf").write_bytes(b"x")
    with pytest.raises(HosoError, match=r"pdftotext cannot read a\.pdf: Syntax Error: broken"):
        text_of(tmp_path / "a.pdf")


# the commands


def test_statement_read_prints_the_contract_s_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    app(["statement", "read", str(path), "--format", "json"], standalone_mode=False)
    out, err = capsys.readouterr()
    body = json.loads(out)
    assert body["document"] == "7/BC-UBND"
    assert [f["value"] for f in body["figures"]] == [371, 300, 70, 2]
    assert {f["level"] for f in body["figures"]} == {"commune"}
    assert "number tokens" in err


def test_reconcile_of_a_file_finds_its_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    app(["reconcile", "--document", str(path), "--format", "json"], standalone_mode=False)
    body = json.loads(capsys.readouterr().out)
    assert body.keys() == {"identities", "figures", "contradictions", "remarks"}
    (failure,) = [each for each in body["identities"] if each["status"] == "fails"]
    assert (failure["code"], failure["difference"]) == ("I3", -1)
    assert (failure["left"], failure["right"], failure["lines"]) == (371, 372, [7])


def test_reconcile_of_an_unknown_document_says_which_are_known() -> None:
    with pytest.raises(HosoError, match="Known: 406/BC-UBND"):
        app(["reconcile", "--document", "9/XX"], standalone_mode=False)


def test_a_file_without_a_number_is_the_wrong_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kính gửi", encoding="utf-8")
    with pytest.raises(HosoError, match="no number at all"):
        app(["statement", "read", str(path)], standalone_mode=False)
