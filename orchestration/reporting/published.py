"""Opening the published file so that a reader can do no harm and reach nothing else."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from orchestration.errors import HosoError
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb


def connect(settings: Settings) -> "duckdb.DuckDBPyConnection":
    """A locked, read-only connection to the newest publication; none yet: exit code 4.

    The link is resolved first: a publication that lands meanwhile cannot pull the file away,
    for the last ones are kept.
    """
    import duckdb

    if not settings.published_db.exists():
        raise HosoError(
            "Nothing is published yet. `hoso run` takes in the inbox and publishes;"
            " `hoso demo` does it with a simulated province.",
            4,
        )
    con = duckdb.connect(
        str(settings.published_db.resolve()),
        read_only=True,
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
        },
    )
    # knowledge times are UTC without a zone
    con.execute("set timezone = 'UTC'")
    # a table name must never find a variable of this program
    con.execute("set python_enable_replacements = false")
    con.execute("set lock_configuration = true")
    return con


def rows(
    con: "duckdb.DuckDBPyConnection", sql: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The result of ``sql`` as dictionaries; parameters that it does not name are left out."""
    used = set(re.findall(r"\$(\w+)", sql))
    cursor = con.execute(sql, {name: v for name, v in (parameters or {}).items() if name in used})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
