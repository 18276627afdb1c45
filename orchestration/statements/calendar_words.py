"""The words day, month and year as OCR leaves them, for patterns over accent-stripped text.

The strict forms stand alone ("tháng 4"); the loose ones only where the rest of a date confirms
them.
"""

DAY = "[NnMm][Gg9q][a-zA4]{1,2}[yYv]"
MONTH = "[Tt][Hhb][adei4A]{1,2}[nNm][gGq]"
YEAR = "[Nn][a-fiA4]{1,2}(?:[mM]|rn)"
LOOSE_MONTH = "[TtfF][Hhb][a-zA-Z0-9]{2,4}"
LOOSE_YEAR = "[NnMm][a-gi-zA-GI-Z0-9]{1,2}(?:[mMn]|rn)"

FULL_DATE = (
    rf"(?:{DAY}\s*)?(\d{{1,2}})(?:\s?/\s?|\s*{LOOSE_MONTH}\s*)(\d{{1,2}})"
    rf"(?:\s?/\s?|\s*,?\s*{LOOSE_YEAR}\s*)(\d{{4}})"
)
SHORT_DATE = rf"(?:{DAY}\s*)?(\d{{1,2}})(?:\s?/\s?|\s*{MONTH}\s*)(\d{{1,2}})"
