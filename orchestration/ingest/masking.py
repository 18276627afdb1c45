"""What is shown of a cell that could not be read: never a person.

A name or a number may stand in a column that is kept, misplaced by a clerk. What is stored and
shown of a row set aside hides what looks like one; the archived original has it as it came. The
rule is rough on purpose: rather a cell too much hidden than one too little.
"""

from collections.abc import Collection
from typing import Final

from orchestration.eventstore.store import quoted
from orchestration.text import text_key

HIDDEN: Final = "•••"
"""What stands there instead."""

IMPOSSIBLE_DATE: Final = "impossible date"
UNMAPPED_STATUS: Final = "unmapped status"
"""Reasons as ``mapping`` gives them."""

_SURNAMES: Final = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ"),
    *("Hồ", "Ngô", "Dương", "Lý", "Đinh", "Lâm", "Mai", "Trịnh", "Đào", "Đoàn", "Vương", "Trương"),
    *("Hà", "Tạ", "Lương", "Phùng", "Tô", "Châu", "Cao", "Thái", "Quách", "Chu", "Tăng", "Lưu"),
    *("Mạc", "Kiều", "La", "Tống", "Triệu", "Giang", "Thạch", "Nông", "Hứa", "Lục", "Vi", "Lò"),
    *("Quàng", "Lường", "Giàng", "Vàng", "Sùng", "Thào", "Lù", "Cù", "Khổng", "Văn", "Ninh"),
)
_TITLES: Final = ("Ông", "Bà", "Anh", "Chị", "Cô", "Chú", "Bác")
# hồ sơ and lý do begin like surnames
_NO_NAME: Final = r"(?i)^(?:hồ sơ|lý do)(?:\s|$)"
_WORD: Final = r"\p{Lu}[\p{L}\p{M}\d]*"
_EMAIL: Final = r"[^\s@]+@[^\s@]+"
_NUMBER: Final = r"\+?\d{9,12}"
_GROUPED: Final = r"(?:\d{3}(?: \d{3}){2,3}|(?:\+84|0)\d{2,3}[ .\-]\d{3}[ .\-]?\d{3,4})"
_DATE_WORDS: Final = (
    *("ngay", "thang", "nam", "gio", "phut", "giay", "sang", "chieu", "am", "pm", "sa", "ch"),
    *("h", "t", "z", "utc", "gmt"),
)


def masked_sql(cell: str, reason: str) -> str:
    """SQL: the cell of a problem without what looks like a person; both arguments are SQL."""
    plain = cell
    for pattern in (_EMAIL, rf"(?:^|\D){_GROUPED}(?:\D|$)", rf"(?:^|[^\d+]){_NUMBER}(?:\D|$)"):
        plain = f"regexp_replace({plain}, {quoted(pattern)}, ' {HIDDEN} ', 'g')"
    # a date has no other words
    key = f"hoso_key({cell})"
    words = ", ".join(quoted(word) for word in _DATE_WORDS)
    is_no_date = (
        f"(not list_has_all([{words}], regexp_extract_all({key}, '[a-z]+'))"
        f" or regexp_matches({key}, '[^\\x00-\\x7f]'))"
    )
    return f"""case
        when {reason} = '{IMPOSSIBLE_DATE}' and {is_no_date} then '{HIDDEN}'
        when {_looks_like_name(cell)} then '{HIDDEN}'
        else trim(regexp_replace({plain}, ' +', ' ', 'g'))
    end"""


def _looks_like_name(cell: str) -> str:
    """A surname or a form of address, and capitalised words after it; of capitals alone only where
    nothing else stands there."""
    upper = [word.upper() for word in (*_TITLES, *_SURNAMES)]
    mixed = "|".join((*_TITLES, *_SURNAMES))
    somewhere = rf"(?:^|[^\p{{L}}])(?:{mixed})(?:\s+{_WORD}){{1,5}}"
    capitals = rf"^(?:{'|'.join(upper)})(?:\s+[\p{{Lu}}\p{{M}}]+){{1,5}}$"
    return (
        f"(not regexp_matches({cell}, {quoted(_NO_NAME)})"
        f" and (regexp_matches({cell}, {quoted(somewhere)})"
        f" or regexp_matches({cell}, {quoted(capitals)})))"
    )


def of_known_words(cell: str | None, known: Collection[str]) -> str | None:
    """The cell where all its words are among those that statuses use (``text_key``), else hidden:
    a mail goes to people who need not know what else stood there.
    """
    if cell is None or set(text_key(cell).split()) <= set(known):
        return cell
    return HIDDEN
