"""The texts of mails in the languages of ``texts/*.yml``: sentences, numbers, dates. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

LANGUAGES: Final = ("vi", "en")
_CODE: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_OF_DOSSIERS: Final = re.compile(r"(?:received|resolved|open|returned|withdrawn|carried_over)")


class Words:
    """One language: ``say`` puts facts into a sentence, ``show`` writes one value."""

    def __init__(self, texts: Mapping[str, Any], zone: ZoneInfo) -> None:
        """``texts`` as the YAML has them; moments are shown in ``zone``."""
        self.texts = texts
        self._zone = zone

    def say(self, *path: str, **facts: Any) -> str:
        """The text at ``path`` with its facts; a fact that is missing shows as a dash."""
        text: Any = self.texts
        for name in path:
            text = text[name]
        return one_line(str(text).format_map(_Shown(self, facts)))

    def show(self, value: Any) -> str:
        """A value as this language writes it: 1.234, 31/01/2026, 08:00 ngày 31/01/2026."""
        if value is None:
            return "-"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return f"{value:,}".replace(",", self.texts["number_separator"])
        if isinstance(value, datetime):
            local = value.astimezone(self._zone) if value.tzinfo else value
            return local.strftime(self.texts["moment"])
        if isinstance(value, date):
            return value.strftime(self.texts["date"])
        return one_line(str(value))

    def label(self, name: str) -> str:
        """Label of a count of a file, else the name itself."""
        return str(self.texts["labels"].get(name, name))

    def reason(self, text: str) -> str:
        """Why a row was set aside; one that has no words yet stays as the store has it."""
        known: Mapping[str, str] = self.texts["file_reasons"]
        return next((said for start, said in known.items() if text.startswith(start)), text)

    def refusal(self, text: str) -> str:
        """Why a file was refused; what has no words yet stays as ``hoso ingest`` says it."""
        known: Mapping[str, str] = self.texts["refusals"]
        found = ((re.fullmatch(pattern, text), said) for pattern, said in known.items())
        return next((said.format(**match.groupdict()) for match, said in found if match), text)


class _Shown(dict[str, Any]):
    def __init__(self, words: Words, facts: Mapping[str, Any]) -> None:
        super().__init__({name: words.show(value) for name, value in facts.items()})

    def __missing__(self, name: str) -> str:
        return "-"


@lru_cache(maxsize=8)
def words(language: str, zone: ZoneInfo) -> Words:
    """The texts of a language; an unknown one speaks Vietnamese."""
    import yaml

    name = language if language in LANGUAGES else LANGUAGES[0]
    folder = files(__package__).joinpath("texts")
    return Words(yaml.safe_load(folder.joinpath(f"{name}.yml").read_text("utf-8")), zone)


def one_line(text: str) -> str:
    """Without line breaks and control characters: a file's name may end up in a header."""
    return " ".join(
        "".join(
            " " if unicodedata.category(ch) in {"Cc", "Zl", "Zp"} else ch for ch in text
        ).split()
    )


def identity_in_words(left: int, terms: Sequence[int], language: Words) -> str:
    """``498 ≠ 371 + 88, thiếu 39 hồ sơ``; with ``=`` and nothing more where it holds."""
    total = sum(terms)
    right = " + ".join(language.show(term) for term in terms)
    if left == total:
        return f"{language.show(left)} = {right}"
    name = "missing_by" if total < left else "excess_by"
    amount = language.say("words", name, amount=abs(left - total))
    return f"{language.show(left)} ≠ {right}, {amount}"


def equation_in_words(
    equation: str, difference: float | None, labels: Mapping[str, str], language: Words
) -> str:
    """``received_total 498 = resolved_total 371 + open_total 88``, which fails, with the names of
    its figures and by how much: ``… ≠ …, thiếu 39 hồ sơ``.
    """
    named = _CODE.sub(lambda code: labels.get(code[0], code[0]), equation)
    sign, but = ("<=", ">") if "<=" in named else (" = ", " ≠ ")
    named = named.replace(sign, but, 1)
    if difference is None:
        return named
    amount = abs(int(difference) if difference == int(difference) else round(difference, 2))
    name = "differs_by"
    if _OF_DOSSIERS.match(equation):
        name = "missing_by" if difference > 0 and " ≠ " in named else "excess_by"
    return f"{named}, {language.say('words', name, amount=amount)}"
