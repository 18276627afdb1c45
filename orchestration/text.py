"""How text of any office becomes comparable; the dbt macro ``text_key`` does it in SQL."""

import re
import unicodedata

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """NFC, outer white space gone, inner white space folded to one blank."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def text_key(text: str) -> str:
    """Accents, case and spacing taken away: ``'Đơn  vị'`` and ``'don vi'`` have the same key."""
    decomposed = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return "".join(ch for ch in decomposed if not unicodedata.combining(ch))


def no_formula(text: str) -> str:
    """The text, with a quote mark before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
