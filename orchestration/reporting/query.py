"""``hoso query``: SQL of the reader's own, on the published file and on nothing else."""

from typing import TYPE_CHECKING, Any

from orchestration.errors import HosoError

if TYPE_CHECKING:
    import duckdb


def query(con: "duckdb.DuckDBPyConnection", sql: str) -> list[dict[str, Any]]:
    """Rows of one ``select``. Anything else is refused, a mistake in it is named; usage errors.

    ``con`` is locked by ``published.connect``: it cannot read files or write.
    """
    import duckdb

    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise HosoError(f"The SQL cannot be read: {error}", 2) from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise HosoError("Only one SELECT statement is allowed: the published file is read-only.", 2)
    try:
        cursor = con.execute(statements[0])
        names = _distinct([column[0] for column in cursor.description or ()])
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except duckdb.Error as error:
        raise HosoError(f"The query failed: {error}", 2) from error


def _distinct(names: list[str]) -> list[str]:
    """``a, a`` becomes ``a, a_2``: no column of a result is lost."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result
