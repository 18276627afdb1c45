"""Reads the source YAMLs of the package and of an office's own folder; finds a file's source."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.errors import HosoError
from orchestration.settings import Settings
from orchestration.sources.model import Source, source_from

_PACKAGE = Path(__file__).resolve().parent


def load_sources(settings: Settings) -> dict[str, Source]:
    """All sources by name: the package's, and those in ``<home>/sources``, which win.

    Raises ``HosoError`` that names the file and the place in it when a YAML is not valid.
    """
    own = settings.home.absolute() / "sources"
    paths = sorted(_PACKAGE.glob("*.yml")) + (sorted(own.glob("*.yml")) if own.is_dir() else [])
    maps = {path.stem: _yaml(path) for path in sorted((_PACKAGE / "maps").glob("*.yml"))}
    sources = (load_source(path, maps) for path in paths)
    return {source.name: source for source in sources}


def load_source(path: Path, maps: dict[str, dict[str, str]]) -> Source:
    """One YAML file; ``maps`` are the shared status maps that it may name."""
    import jsonschema

    document = _yaml(path)
    schema = json.loads((_PACKAGE / "schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    for error in sorted(validator.iter_errors(document), key=lambda e: e.json_path):
        raise HosoError(f"{path.name}: {error.json_path}: {error.message}; see sources/schema.json")
    try:
        ZoneInfo(document["zone"])
    except (LookupError, ValueError, OSError) as error:
        text = f"{path.name}: zone: {document['zone']!r} is not a time zone"
        raise HosoError(text) from error
    unknown = set(document.get("status", {}).get("maps", [])) - set(maps)
    if unknown:
        raise HosoError(
            f"{path.name}: unknown status map {', '.join(sorted(unknown))}; "
            f"known are {', '.join(sorted(maps))}"
        )
    try:
        return source_from(document, path.read_text(encoding="utf-8"), maps)
    except ValueError as error:
        raise HosoError(f"{path.name}: {error}") from error


def match_source(
    path: Path, sources: dict[str, Source], service: Callable[[], str | None] = lambda: None
) -> Source:
    """The one source whose file patterns fit the file's name.

    ``service`` reads what service the file's envelope names; it is asked where the name leaves a
    choice, or fits none. Raises ``HosoError`` when none or more than one is left; ``--source NAME``
    then decides.
    """
    fitting = [source for source in sources.values() if source.takes(path.name)]
    if len(fitting) != 1:
        named = service()
        among = fitting or list(sources.values())
        fitting = [each for each in among if named and each.service == named] or fitting
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(sorted(source.name for source in fitting or sources.values()))
    said = "more than one source fits its name" if fitting else "no source fits its name"
    raise HosoError(f"{said}; say --source NAME, one of: {names}")


def _yaml(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HosoError(f"{path.name}: not a YAML file: {error}") from error
    if not isinstance(document, dict):
        raise HosoError(f"{path.name}: a source YAML is a mapping of keys; see sources/schema.json")
    return document
