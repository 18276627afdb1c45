"""The DuckDB connection in which a file becomes events: a database in the home, gone at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import HosoError
from orchestration.eventstore.store import quoted
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# white space of Python's \s but the blank: SQL cleans text exactly as ``orchestration.text.clean``
_ODD_SPACE = (
    r"\t\n\f\r\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
)
# letters that NFC leaves alone and that no white space is among: nearly every cell has only these
_PLAIN = r" -~\x{a1}-\x{24f}\x{1ea0}-\x{1ef9}\x{2013}-\x{201d}"
_MACROS = f"""
create macro hoso_clean(raw) as case
    when raw = '' then null
    when regexp_matches(raw, '[^{_PLAIN}]|  |^ | $')
    then nullif(trim(regexp_replace(nfc_normalize(raw), '[ {_ODD_SPACE}]+', ' ', 'g')), '')
    else raw
end;
create macro hoso_key(cleaned) as strip_accents(replace(lower(cleaned), 'đ', 'd'));
create macro hoso_low_bits(hex) as unhex(right(hex, 16))::bit::bigint;
"""


def moment(value: datetime) -> str:
    """A moment without zone as an SQL literal."""
    return f"timestamp '{value:%Y-%m-%d %H:%M:%S.%f}'"


class Scratch:
    """A connection, a folder for its files, and small helpers."""

    def __init__(self, con: "duckdb.DuckDBPyConnection", folder: Path) -> None:
        """``folder`` is removed with the scratch."""
        self.con = con
        self.folder = folder
        self._names = 0

    def fresh(self, prefix: str) -> str:
        """A name for a table that nothing has yet."""
        self._names += 1
        return f"{prefix}_{self._names}"

    def take(self, name: str, table: "pa.Table") -> None:
        """Copies an Arrow table into a table ``name``."""
        self.con.register("arrow_input", table)
        self.con.execute(f"create table {name} as select * from arrow_input")
        self.con.unregister("arrow_input")

    def run(self, sql: str, parameters: list[Any] | None = None) -> None:
        """Executes one statement."""
        self.con.execute(sql, parameters)

    def drop(self, *names: str | None) -> None:
        """Drops the tables of a file that is done."""
        for name in names:
            if name is not None:
                self.con.execute(f"drop table if exists {name}")

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a small result."""
        return self.con.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: list[Any] | None = None) -> tuple[Any, ...]:
        """The only row of a result."""
        return self.rows(sql, parameters)[0]


def sweep(settings: Settings, purpose: str) -> None:
    """Removes what killed processes left behind; only for who holds the lock of that purpose."""
    for left in settings.path("scratch").glob(f"{purpose}-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def scratch(settings: Settings, purpose: str) -> Iterator[Scratch]:
    """Opens a scratch with the macros ``hoso_clean``, ``hoso_key``, ``hoso_low_bits``.

    Raises ``HosoError`` when the home cannot be written to.
    """
    # who only looks at a file makes no home for it
    place = settings.folder("scratch") if settings.home.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=place))
    try:
        con = _connect(settings, folder)
        try:
            yield Scratch(con, folder)
        finally:
            con.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _connect(settings: Settings, folder: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb

    try:
        # a file, because there tables are compressed: five million rows stay far below 2 GiB
        con = duckdb.connect(str(folder / "rows.duckdb"))
        con.execute(
            f"set timezone = 'UTC'; set memory_limit = {quoted(settings.memory_limit)};"
            f"set threads = {settings.threads}; set temp_directory = {quoted(str(folder))};"
        )
        con.execute(_MACROS)
    except duckdb.IOException as error:
        reason = str(error).splitlines()[0]
        raise HosoError(
            f"{folder.parent} cannot be written to ({reason}); nothing was taken in: free some"
            " space and try again"
        ) from error
    return con
