"""Old encodings of Vietnamese, letter by letter."""

import unicodedata

import pytest

from orchestration.ingest.encoding import chunks, encoding_of
from orchestration.ingest.fonts import decode_tcvn3, decode_vni, encode_tcvn3, encode_vni
from tests.ingest_formats import decomposed_1258

LETTERS = "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
LETTERS += "đ" + LETTERS.upper() + "Đ"


def test_there_are_all_letters():
    assert (len(LETTERS), len(set(LETTERS))) == (146, 146)
    assert all(len(letter) == 1 for letter in LETTERS)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_survives_both_fonts(letter):
    for text in (letter, f"a{letter}b {letter}{letter}, 1/2;"):
        assert decode_tcvn3(encode_tcvn3(text)) == text
        assert decode_vni(encode_vni(text)) == text


def test_known_bytes_of_the_fonts():
    assert decode_tcvn3(b"Tr\xb9ng th\xb8i \xae\xb7 x\xf6 l\xfd") == "Trạng thái đã xử lý"
    assert decode_vni(b"Tra\xefng tha\xf9i \xf1a\xf5 x\xf6\xfb ly\xf9") == "Trạng thái đã xử lý"


def test_every_letter_of_windows_1258_comes_out_composed(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(decomposed_1258(LETTERS))
    assert encoding_of(path, None) == "windows-1258"
    assert unicodedata.normalize("NFC", "".join(chunks(path, "windows-1258"))) == LETTERS


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_declared_font_yields_to_unicode(tmp_path, encoding):
    path = tmp_path / "x.csv"
    for text, found in (("Số hồ sơ".encode(), "utf-8"), ("Số".encode("utf-16"), "utf-16")):
        path.write_bytes(text)
        assert encoding_of(path, encoding) == found
    path.write_bytes({"tcvn3": encode_tcvn3, "vni": encode_vni}[encoding]("số hồ sơ"))
    assert encoding_of(path, encoding) == encoding


def test_text_in_pieces_is_the_text(tmp_path):
    path = tmp_path / "x.csv"
    text = "số hồ sơ;ngày nhận\r\n" * 200_000
    path.write_bytes(encode_vni(text))
    assert "".join(chunks(path, "vni")) == text
