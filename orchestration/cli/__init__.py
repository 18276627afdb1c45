"""The command line: thin, and quick to start.

What belongs here: options, messages, exit codes. What does not: any work; each command imports
what it calls when it is called, so that ``hoso --help`` loads no dagster, dbt, pandas or GX.
"""

import sys
import traceback
from collections.abc import Sequence

import typer

from orchestration.cli import (
    alert_cmds,
    ingest_cmds,
    keep_cmds,
    period_cmds,
    replay_cmd,
    report_cmds,
    rule_cmds,
    run_cmds,
    statement_cmds,
)
from orchestration.cli.output import say
from orchestration.errors import HosoError

_LOOK = "`hoso doctor` looks at folders, rights and disk."
_DISK = (
    *("no space left", "file too large", "disk i/o error", "disk is full", "quota exceeded"),
    *("readonly database", "read-only file system", "permission denied"),
)
"""How DuckDB, SQLite and Delta say that the disk refused, each with an exception of its own."""

app = typer.Typer(
    name="hoso",
    help="From raw exports of one-stop shops to figures that explain themselves.",
    epilog="Example: hoso demo, then hoso figures --from 2026-01-01 --to 2026-01-31 --rollup",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
run_cmds.register(app)
ingest_cmds.register(app)
rule_cmds.register(app)
report_cmds.register(app)
period_cmds.register(app)
replay_cmd.register(app)
statement_cmds.register(app)
alert_cmds.register(app)
keep_cmds.register(app)


def main(argv: Sequence[str] | None = None) -> None:
    """Run ``hoso``; exit codes: 0 ok, 1 error, 2 usage, 3 blocked, 4 nothing published yet."""
    for stream in (sys.stdout, sys.stderr):
        # a C locale or cp1252 would crash on Vietnamese
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(argv, prog_name="hoso")
    except HosoError as error:
        say(f"hoso: {error}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # `hoso figures | head`: the reader has seen enough
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        say(f"hoso: {_in_words(error)}")
        sys.exit(1)


def _in_words(error: Exception) -> str:
    """What nobody foresaw, in one line; how it came to it goes to a log, not to the user."""
    from pydantic import ValidationError

    if isinstance(error, ValidationError) and error.title == "Settings":
        wrong = "; ".join(
            f"HOSO_{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}"
            for each in error.errors()
        )
        return f"a setting (in the environment or hoso.toml) is wrong: {wrong}"
    if isinstance(error, OSError):
        return f"{error}. {_LOOK}"
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if any(sign in first.lower() for sign in _DISK):
        return f"{first}. {_LOOK}"
    if "/events/batch_id=" in str(error):
        return (
            f"A file of the store is missing or damaged: {first}. Readers keep what is published;"
            " `hoso restore` makes a new home of the latest backup."
        )
    if type(error).__name__ == "OutOfMemoryException":
        return f"{first}. HOSO_MEMORY_LIMIT or HOSO_THREADS does not fit this work."
    return f"{type(error).__name__}: {error}\nThis should not happen. {_log(error)}"


def _log(error: Exception) -> str:
    from orchestration.settings import Settings

    try:
        path = Settings().folder("logs") / "errors.log"
        with path.open("a", encoding="utf-8") as file:
            file.writelines(traceback.format_exception(error))
    except Exception:
        return "Please report it."
    return f"Please report it together with {path}"
