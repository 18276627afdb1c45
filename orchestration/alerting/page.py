"""What a mail says, as blocks that can be tested without a transport. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from orchestration.alerting.model import EVERY_UNIT, Alert, Note, Problem, Reason, State, kinds
from orchestration.alerting.route import SUM, Tree
from orchestration.alerting.words import Words, equation_in_words, identity_in_words

FIRST_CODES: Final = 10
"""So many dossier codes stand in a mail; the command and the sheet show the rest."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table; numbers stand to the right."""

    text: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A small table: heads, and rows of as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Page:
    """A mail before it has a form: subject, title, sentences, tables, codes, commands."""

    subject: str
    title: str
    where: str
    lines: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    codes_title: str = ""
    codes: tuple[str, ...] = ()
    more: str = ""
    commands: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())


def alert_page(note: Note, words: Words, tree: Tree, sheet: str | None = None) -> Page:
    """The mail about one alert; ``sheet`` is the name of the attached file, if there is one."""
    alert, problem = note.alert, note.alert.problem
    facts = facts_of(problem, words, tree)
    title = words.say("kinds", problem.kind, "title", **facts)
    about = {"title": title, "number": note.number, "fresh": len(note.fresh)}
    lines = [words.say("words", note.reason.value, **about)] if _has_opening(note) else []
    lines.append(words.say("kinds", problem.kind, "what", **facts))
    if alert.state is not State.RESOLVED:
        lines.append(words.say("kinds", problem.kind, "do", **facts))
    codes = sorted(note.fresh) if note.reason is Reason.GROWN else list(problem.items)
    return Page(
        subject=_subject(note.reason, words, **about),
        title=title,
        where=_where(problem, words, tree),
        lines=tuple(lines),
        identities=_identities(problem, words),
        tables=_tables(problem, words),
        codes_title=words.say("words", "fresh_codes" if note.reason is Reason.GROWN else "codes"),
        codes=tuple(codes[:FIRST_CODES]),
        more=words.say("words", "more", count=len(codes) - FIRST_CODES)
        if len(codes) > FIRST_CODES
        else "",
        commands=_commands(alert, words),
        notes=tuple(
            [words.say("words", "check", check=facts.get("check"))] * ("check" in facts)
            + [words.say("words", "attached", file=sheet)] * (sheet is not None)
            + [words.say("words", "footer")]
        ),
    )


def digest_page(entries: Sequence[Note], day: date, words: Words, tree: Tree) -> Page:
    """One mail for the alerts of a day: a line each, nothing of single dossiers."""
    rows = []
    for note in entries:
        problem = note.alert.problem
        facts = facts_of(problem, words, tree)
        rows.append(
            (
                Cell(words.say("reasons", note.reason.value)),
                Cell(tree.label(problem.unit) if problem.unit != EVERY_UNIT else "-"),
                Cell(words.say("kinds", problem.kind, "title", **facts)),
                Cell(note.alert.id),
            )
        )
    heads = tuple(words.say("words", name) for name in ("state", "unit", "kind", "alert"))
    subject = _subject(Reason.DIGEST, words, day=day, count=len(rows))
    return Page(
        subject=subject,
        title=words.say("subject", "digest", day=day, count=len(rows)),
        where=words.say("words", "whole"),
        lines=(words.say("words", "digest"),),
        tables=(Table(heads, tuple(rows)),),
        commands=((words.say("words", "command"), "hoso alerts list"),),
        notes=(words.say("words", "footer"),),
    )


def test_page(words: Words) -> Page:
    """The mail of ``hoso alerts test``."""
    return Page(
        subject=_subject(Reason.TEST, words),
        title=words.say("subject", "test"),
        where=words.say("words", "whole"),
        lines=(words.say("words", "test"),),
        notes=(words.say("words", "footer"),),
    )


def facts_of(problem: Problem, words: Words, tree: Tree) -> dict[str, Any]:
    """What the sentences of a kind may name."""
    name = tree.label(problem.unit) if problem.unit != EVERY_UNIT else words.say("words", "whole")
    if problem.subject.startswith(SUM):
        name = f"{name} ({words.say('words', 'sum', units=problem.facts.get('units'))})"
    # what a check means is written in each language where its owner has done so
    language = words.texts["language"]
    meaning = problem.facts.get(f"meaning_{language}", problem.facts.get("meaning", ""))
    said = {"meaning": meaning}
    if "check" in problem.facts:
        said |= _check_in_words(problem.facts, words)
    if problem.kind == "file_unreadable":
        said["message"] = words.refusal(problem.facts["message"])
    return {"unit_name": name, "count": problem.count, **problem.facts, **said}


def _check_in_words(facts: Mapping[str, Any], words: Words) -> dict[str, str]:
    """A check by its title, what it expects and what it found, where the language has words."""
    language = words.texts["language"]

    def said(name: str) -> str:
        return str(facts.get(f"{name}_{language}") or facts.get(name) or "")

    return {
        "check_title": said("title") or str(facts["check"]),
        "expected": said("expected"),
        "observed": said("observed"),
    }


def _has_opening(note: Note) -> bool:
    return note.reason in {Reason.GROWN, Reason.REMINDER, Reason.RESOLVED}


def _subject(reason: Reason, words: Words, **facts: Any) -> str:
    return f"{words.say('subject', 'prefix')} {words.say('subject', reason.value, **facts)}"


def _where(problem: Problem, words: Words, tree: Tree) -> str:
    parts = []
    if problem.unit == EVERY_UNIT:
        parts.append(words.say("words", "whole"))
    else:
        parts.append(f"{words.say('words', 'unit')}: {tree.label(problem.unit)} ({problem.unit})")
    if problem.since is not None:
        parts.append(f"{words.say('words', 'since')}: {words.show(problem.since)}")
    return " · ".join(parts)


def _identities(problem: Problem, words: Words) -> tuple[str, ...]:
    """What does not add up: computed figures by their numbers, stated ones by their names, too."""
    facts = problem.facts
    labels = facts.get("labels", {}) if words.texts["language"] == "vi" else {}
    return (
        *(
            identity_in_words(each["left"], each["terms"], words)
            for each in facts.get("identities", ())
        ),
        *(
            equation_in_words(each["equation"], each["difference"], labels, words)
            for each in facts.get("equations", ())
        ),
    )


def _tables(problem: Problem, words: Words) -> tuple[Table, ...]:
    tables = []
    if problem.figures:
        titles = problem.facts.get(f"titles_{words.texts['language']}", {})
        labelled = [
            (f"{titles[label]} ({label})" if label in titles else words.label(str(label)), value)
            for label, value in problem.figures
        ]
        tables.append(_table(words, ("figures", "count"), labelled))
    reasons = problem.facts.get("reasons")
    if reasons:
        said = [(words.reason(reason), count) for reason, count in reasons.items()]
        tables.append(_table(words, ("reason", "rows"), said))
    return tuple(tables)


def _table(words: Words, heads: tuple[str, str], rows: Iterable[tuple[str, Any]]) -> Table:
    """Two columns: a label and a value."""
    return Table(
        tuple(words.say("words", head) for head in heads),
        tuple(
            (Cell(label), Cell(words.show(value), isinstance(value, int))) for label, value in rows
        ),
    )


def _commands(alert: Alert, words: Words) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if alert.problem.command:
        found.append((words.say("words", "command"), alert.problem.command))
    can_remind = kinds()[alert.problem.kind].life == "standing"
    if can_remind and alert.state not in {State.RESOLVED, State.ACKNOWLEDGED}:
        found.append((words.say("words", "ack"), f"hoso alerts ack {alert.id}"))
    return tuple(found)


def sheet_rows(problem: Problem) -> tuple[list[str], list[Mapping[str, Any]]]:
    """Columns and rows of the attached sheet."""
    columns = list(dict.fromkeys(name for row in problem.rows for name in row))
    return columns, list(problem.rows)
