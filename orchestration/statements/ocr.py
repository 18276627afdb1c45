"""OCR damage of a stated strength, after what Tesseract does to bad scans of Vietnamese reports.

The strength is measured, not promised: ``error_rate`` is the share of characters of the accent-
stripped text that came out wrong (accents themselves are not counted: nearly all are lost).
"""

import random

from orchestration.statements.layout import plain

# what an accented letter comes out as, besides its bare letter
_ACCENTED = {
    "ồ": "6dbe", "ố": "6bdé", "ổ": "6d", "ộ": "60ép", "ỗ": "6d", "ơ": "o", "ờ": "oe", "ớ": "ed",
    "ợ": "gq", "ở": "é&", "ô": "oé", "ó": "6o", "ọ": "o", "ò": "o", "ỏ": "6",
    "ư": "uw", "ừ": "ir", "ứ": "ti", "ử": "tr", "ữ": "t", "ự": "yw", "ú": "ti", "ủ": "ui", "ụ":
    "uy", "ế": "é", "ề": "é", "ể": "é", "ệ": "é¢", "ễ": "é", "ê": "é", "ẹ": "e", "é": "e",
    "ă": "a", "ằ": "in", "ắ": "ai", "ặ": "i", "â": "éd", "ấ": "di", "ầ": "di", "ậ": "éi", "ẩ": "d",
    "ã": "d34", "á": "ad", "à": "a", "ả": "dé", "ạ": "ea", "ý": "y", "ỳ": "y", "í": "i", "ị": "i",
    "đ": "dd", "Đ": "PDB",
}  # fmt: skip
_PLAIN = {
    "l": "1I",
    "o": "0",
    "i": "l",
    "s": "5",
    "c": "e",
    "h": "b",
    "n": "m",
    "t": "f",
    "m": "rn",
}
_DIGITS = {"0": "O", "1": "l"}
_WIDTH = 82


def scan(text: str, noise: float, rng: random.Random) -> str:
    """``text`` as read from a scan; lines broken at the width of a page. ``noise`` 0: only the
    breaks.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        damaged = "".join(_seen(ch, noise, rng) for ch in _words(line, noise, rng))
        lines.extend(_wrapped(damaged))
    return "\n".join(lines)


def error_rate(clean: str, read: str) -> float:
    """Wrong characters per character, blanks and accents aside."""
    from rapidfuzz.distance import Levenshtein

    wanted, seen = "".join(plain(clean).split()), "".join(plain(read).split())
    return Levenshtein.distance(wanted, seen) / max(1, len(wanted))


def _words(line: str, noise: float, rng: random.Random) -> str:
    """Whole words: "là" read as a number, blanks lost behind colons, "Số" read as 86."""
    if noise and rng.random() < 0.35 * noise:
        line = line.replace(": ", ":", 1)
    if " là " in line and rng.random() < 0.5 * noise:
        line = line.replace(" là ", rng.choice((" 1a ", " la ", " 13 ")), 1)
    if line.startswith("+ Số lượng") and rng.random() < 0.3 * noise:
        line = "+ 86" + line.removeprefix("+ Số")
    return line


def _seen(ch: str, noise: float, rng: random.Random) -> str:
    if ch in _ACCENTED or ch.lower() in _ACCENTED:
        if rng.random() < 0.12 * noise:
            return rng.choice(_ACCENTED.get(ch) or _ACCENTED[ch.lower()])
        return plain(ch) if rng.random() < min(1.0, 0.9 * noise) else ch
    if ch in _DIGITS:
        return _DIGITS[ch] if rng.random() < 0.004 * noise else ch
    if ch in _PLAIN and rng.random() < 0.012 * noise:
        seen = _PLAIN[ch]
        return seen if ch == "m" else rng.choice(seen)
    return ch


def _wrapped(line: str) -> list[str]:
    out: list[str] = []
    current = ""
    for word in line.split(" "):
        if current and len(current) + 1 + len(word) > _WIDTH:
            out.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*out, current]
