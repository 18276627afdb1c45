"""Pages of the ready-made sources, from their YAMLs: ``python -m orchestration.sources.pages``.

A test fails when a page is not what its YAML says.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from orchestration.settings import PROJECT_DIR, Settings
from orchestration.sources.kinds import KINDS
from orchestration.sources.loader import load_sources
from orchestration.sources.model import Source

FOLDER: Final = PROJECT_DIR / "docs" / "sources"
_ORIGIN: Final = {
    "column": "a column",
    "title": "the title",
    "name": "the file's name",
    "option": "`--unit`",
    "content": "the list itself",
}


def pages() -> dict[str, str]:
    """File name -> text, of every source of the package and of their index."""
    with tempfile.TemporaryDirectory() as nowhere:
        sources = load_sources(Settings(home=Path(nowhere)))
    made = {f"{source.name}.md": page(source) for source in sources.values()}
    return {"README.md": _index(list(sources.values()))} | made


def page(source: Source) -> str:
    """One source as a page: what its lists look like, what is kept, what things mean."""
    kind = KINDS[source.kind]
    said = [
        f"# {source.name}",
        f"{source.title}.",
        _bullets(
            [
                f"Rows: {source.kind} (`{kind.type}`)",
                f"System `{source.system}`, role {source.role}",
                f"Files: {_codes(source.files)}; formats: {', '.join(source.formats)}",
                *([f"Service: `{source.service}`"] if source.service else []),
                f"Moment of the list: {_places(source.observed_from)}",
                f"Dates: {_codes(source.dates)}; zone {source.zone}",
                f"Scope: {_scope(source)}",
                *([f"Unit: from {_ORIGIN[source.unit_from]}"] if source.kind == "dossiers" else []),
                *([f"Control total: the row “{source.total_label}”"] if source.total_label else []),
            ]
        ),
        "## Columns",
        "Only these are kept; headers match whatever their accents, case and spacing.",
        _table(
            ("field", "headers", ""),
            [
                (f"`{column.name}`", ", ".join(column.headers), _remarks(source, column.name))
                for column in (*source.columns, *source.pseudonyms)
            ],
        ),
    ]
    if source.personal:
        said += ["Personal, never kept and never shown: " + ", ".join(source.personal) + "."]
    if source.steps:
        said += [
            f"## Steps in `{source.steps_list}`",
            _table(
                ("step", "its date", "new due date", "means"),
                [
                    (s.activity, f"`{s.occurred_at}`", s.due_at or "", s.account or "")
                    for s in source.steps
                ],
            ),
        ]
    for field, words in source.meanings.items():
        if source.column(field):
            said += [f"## What `{field}` means", _table(("value", "means"), list(words.items()))]
    for title, words in (
        ("Statuses", source.status_map),
        ("Steps and forms", {} if source.status_map else source.progress_map),
        ("Channels", source.channel_map),
        ("Units", {k: "; ".join(map(str, said)) for k, said in source.unit_map.items()}),
    ):
        if words:
            pairs = [(key or "(empty)", value) for key, value in words.items()]
            said += [f"## {title}", _table(("as compared", "means"), pairs)]
    return "\n\n".join([*said, _generated(source.name)]) + "\n"


def write() -> list[Path]:
    """Writes all pages, and removes those of sources that are gone; returns what was changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    changed = []
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
            changed.append(path)
    for name, text in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _index(sources: list[Source]) -> str:
    rows = [
        (f"[{s.name}]({s.name}.md)", s.title, s.kind, s.role, ", ".join(s.formats))
        for s in sorted(sources, key=lambda each: each.name)
    ]
    return (
        "# Ready-made sources\n\n"
        "An office with another layout: `hoso source new FILE` proposes a YAML, "
        "`hoso source check FILE` says what is understood.\n\n"
        + _table(("source", "what people call it", "rows", "role", "formats"), rows)
        + "\n\n"
        + _generated("*")
        + "\n"
    )


def _generated(name: str) -> str:
    return (
        f"Written from `orchestration/sources/{name}.yml` by"
        " `python -m orchestration.sources.pages`."
    )


def _scope(source: Source) -> str:
    if not source.scope_full:
        return "not full: who is missing from it says nothing"
    if source.scope_date_field is None:
        return "full"
    return f"full, by `{source.scope_date_field}` (a list that does not say its period is not full)"


def _places(places: tuple[str, ...]) -> str:
    return ", then ".join({**_ORIGIN, "option": "`--observed-at`"}[place] for place in places)


def _remarks(source: Source, field: str) -> str:
    column = source.column(field)
    if column is None:
        return "kept only as a keyed hash"
    remarks = []
    if column.required:
        remarks.append("required")
    if column.filled or field in KINDS[source.kind].needs:
        remarks.append("an empty cell sets the row aside")
    if column.or_else:
        remarks.append(f"where empty: `{column.or_else}`")
    if column.only:
        remarks.append("only where it begins with: " + ", ".join(column.only))
    if field in source.values:
        remarks.append("one of " + ", ".join(source.values[field]))
    return "; ".join(remarks)


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _codes(texts: tuple[str, ...]) -> str:
    return ", ".join(f"`{text}`" for text in texts) or "none"


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    write()
