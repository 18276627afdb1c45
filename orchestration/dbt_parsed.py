"""What dbt made of the project's files, kept so that a new home need not have all parsed again.

What belongs here: where it is kept and when it is taken. What does not: what is done with it
(``dbt_child``). dbt itself sees to it that nothing old is used: of what is kept it takes the files
whose content is the same, and nothing under another dbt, ``dbt_project.yml`` or connection.

``python -m orchestration.dbt_parsed`` (``make setup``) parses and keeps, beside dbt.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

KEPT: Final = Path(sys.prefix) / "hoso"
"""In ``.venv``, beside the dbt that made it; another user may own it, so a run only reads it."""

_FILE: Final = "partial_parse.msgpack"
_QUIET: Final = ("--log-level", "none", "--log-level-file", "none", "--no-write-json")


def parse(place: Sequence[str], target: Path, callbacks: Sequence[Any] = ()) -> Any:
    """dbt's result of a parse that takes what is kept below ``target`` or beside dbt.

    ``place``: arguments that say where the project lies and where dbt logs.
    """
    from dbt.cli.main import dbtRunner

    project = place[place.index("--project-dir") + 1]
    own = folder(target, project)
    kept = [path for path in (own / _FILE, folder(KEPT, project) / _FILE) if path.exists()]
    newest = max(kept, key=lambda path: path.stat().st_mtime, default=None)
    source = [] if newest is None else ["--partial-parse-file-path", str(newest)]
    arguments = ["parse", *place, "--target-path", str(own), *source, *_QUIET]
    with _of_no_home():
        return dbtRunner(callbacks=list(callbacks)).invoke(arguments)


def keep() -> bool:
    """Parse, and keep it beside dbt; false when dbt cannot read the project."""
    # not above: dbt is not to wait for it
    from orchestration.settings import PROJECT_DIR

    project = str(PROJECT_DIR)
    kept = folder(KEPT, project)
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as name:
        made = Path(name)
        place = ("--project-dir", project, "--profiles-dir", project, "--log-path", name)
        done = parse(place, made).success
        unfinished = folder(made, project) / _FILE
        # nothing is written where all that is kept still holds
        if unfinished.exists():
            unfinished.replace(kept / _FILE)
    return bool(done)


def folder(parent: Path, project: str) -> Path:
    """Of this place of the project only: dbt reads seeds where they lay when they were parsed."""
    return parent / "parsed" / hashlib.sha256(project.encode()).hexdigest()[:8]


@contextmanager
def _of_no_home() -> Iterator[None]:
    """The connection as ``profiles.yml`` has it for no home: under another one all is parsed."""
    of_home = {name: text for name, text in os.environ.items() if name.startswith("HOSO_")}
    for name in of_home:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(of_home)


if __name__ == "__main__":
    sys.exit(0 if keep() else 1)
