"""The two font encodings of Vietnam before Unicode, byte by byte. Pure.

TCVN3 is TCVN 5712:1993 (the ABC fonts); capitals with an accent were shown with a capital font
instead of the bytes that the standard has for them, so they come out as small letters. VNI is
Windows-1252 whose second letter is the accent of the first.
"""

import re
from typing import Final

_TCVN3_LOW: Final = dict(
    zip(
        (0x01, 0x02, 0x04, 0x05, 0x06, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17),
        "ÚỤỪỬỮỨỰỲỶỸÝỴ",
        strict=True,
    )
)
_TCVN3_HIGH: Final = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
"""0x80 to 0xFF."""
_TCVN3: Final = "".join(
    _TCVN3_HIGH[byte - 0x80] if byte >= 0x80 else _TCVN3_LOW.get(byte, chr(byte))
    for byte in range(256)
)

_VNI_ACCENTS: Final = {
    "a": {**dict(zip("ùøûõï", "áàảãạ", strict=True)), **dict(zip("âáàåãä", "âấầẩẫậ", strict=True))}
    | dict(zip("êéèúüë", "ăắằẳẵặ", strict=True)),
    "e": {**dict(zip("ùøûõï", "éèẻẽẹ", strict=True)), **dict(zip("âáàåãä", "êếềểễệ", strict=True))},
    "o": {**dict(zip("ùøûõï", "óòỏõọ", strict=True)), **dict(zip("âáàåãä", "ôốồổỗộ", strict=True))},
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
_VNI_SINGLE: Final = dict(zip("íìæóòôöñî", "íìỉĩịơưđỵ", strict=True))
_VNI: Final = {
    **{
        first + second: letter
        for first, to in _VNI_ACCENTS.items()
        for second, letter in to.items()
    },
    **_VNI_SINGLE,
}
_VNI_ALL: Final = _VNI | {written.upper(): letter.upper() for written, letter in _VNI.items()}
_VNI_WRITTEN: Final = re.compile("|".join(sorted(_VNI_ALL, key=len, reverse=True)))


def decode_tcvn3(data: bytes) -> str:
    """Text written with a TCVN3 font; every byte has a meaning."""
    return data.decode("latin-1").translate(dict(enumerate(_TCVN3)))


def decode_vni(data: bytes) -> str:
    """Text written with a VNI font. Raises ``UnicodeDecodeError`` for bytes that it lacks."""
    return _VNI_WRITTEN.sub(lambda found: _VNI_ALL[found.group()], data.decode("cp1252"))


def encode_tcvn3(text: str) -> bytes:
    """The opposite, for fixtures. Raises ``ValueError`` for letters that the font lacks."""
    return bytes(_TCVN3.index(letter) for letter in text)


def encode_vni(text: str) -> bytes:
    """The opposite, for fixtures. Raises ``UnicodeEncodeError`` for letters that the font lacks."""
    written = {letter: pair for pair, letter in _VNI_ALL.items()}
    return "".join(written.get(letter, letter) for letter in text).encode("cp1252")
