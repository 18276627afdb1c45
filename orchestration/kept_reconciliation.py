"""What reconciling came to, kept for good: per publication at which it changed, all its results.

Two Parquet files beside the published figures (``<home>/published``), outside the warehouse, so
that a full refresh loses nothing; readers see them as ``fct_identity_result`` and
``fct_reconciliation``. Grain: publication × identity × document × level × period, and publication ×
document × level × period × figure. A publication without new results adds none: those of the
newest publication before it hold.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orchestration.disk import sync
from orchestration.eventstore.store import quoted
from orchestration.reconciling.compared import Compared
from orchestration.reconciling.run import Asked, Reconciled, reconcile
from orchestration.settings import Settings
from orchestration.stated_figures import documents
from orchestration.statements.findings import IdentityResult

if TYPE_CHECKING:
    import duckdb

_NEEDS: Final = ("fct_statement", "fct_dossier_posting", "dq_listed_twice", "fct_ruling")


@dataclass(frozen=True)
class Kept:
    """A published table of results, the beginning of its files, its columns."""

    table: str
    stem: str
    columns: Mapping[str, str]

    def files(self, settings: Settings) -> list[tuple[int, Path]]:
        """Number of the publication and file, oldest first."""
        pattern = re.compile(rf"{self.stem}-(\d{{6,}})\.parquet")
        found = ((pattern.fullmatch(p.name), p) for p in settings.folder("published").iterdir())
        return sorted((int(match[1]), path) for match, path in found if match)


_PLACE: Final = {
    "document": "varchar",
    "unit": "varchar",
    "level": "varchar",
    "period_from": "date",
    "period_to": "date",
    "code": "varchar",
}
IDENTITIES: Final = Kept(
    "fct_identity_result",
    "identities",
    {
        **_PLACE,
        **dict.fromkeys(("left_value", "right_value", "difference"), "double"),
        **dict.fromkeys(("status", "equation", "note", "lines"), "varchar"),
    },
)
FIGURES: Final = Kept(
    "fct_reconciliation",
    "reconciliation",
    {
        **_PLACE,
        **dict.fromkeys(("unit_code", "rule_set", "dims"), "varchar"),
        **dict.fromkeys(("stated", "computed", "difference"), "double"),
        **dict.fromkeys(("status", "causes", "reading"), "varchar"),
        "line": "integer",
        "known_until": "date",
        "complete": "boolean",
    },
)
TABLES: Final = (IDENTITIES, FIGURES)


def reconcile_once(settings: Settings, con: "duckdb.DuckDBPyConnection") -> Reconciled:
    """Reconcile all that is stated over the build warehouse, and lay the results by for ``keep``.

    Raises ``duckdb.Error`` where the warehouse lacks what is needed.
    """
    import json

    con.execute("set timezone = 'UTC'")
    known = list(documents(settings).values())
    found = reconcile(con, known, Asked(), known)
    content = _content(con)
    if content is not None:
        laid = {"content_id": content, **_rows(found)}
        partial = _laid_by(settings).with_suffix(".partial")
        partial.write_text(json.dumps(laid, ensure_ascii=False), encoding="utf-8")
        partial.replace(_laid_by(settings))
    return found


def keep(settings: Settings, number: int) -> None:
    """Keep what is new of the results over the build warehouse (closed).

    The audit of this very build has them already; where there was none they are made now.
    """
    import duckdb

    with duckdb.connect(str(settings.build_db), read_only=True) as con:
        if not _is_whole(con):
            return
        rows = _laid_rows(settings, _content(con)) or _rows(reconcile_once(settings, con))
    _laid_by(settings).unlink(missing_ok=True)
    for kept in TABLES:
        _write(settings, number, kept, rows[kept.table])


def tables(settings: Settings, con: "duckdb.DuckDBPyConnection", schema: str) -> None:
    """Create the published tables of what is kept; none where nothing was reconciled yet."""
    for kept in TABLES:
        files = [str(path) for _, path in kept.files(settings)]
        if files:
            con.execute(
                f"create or replace table {schema}.{kept.table} as"
                " from read_parquet($files, union_by_name = true)",
                {"files": files},
            )


def clear_leftovers(settings: Settings, newest: int | None) -> None:
    """Remove what a killed publication wrote ahead; of a home without publications nothing."""
    for kept in TABLES:
        for number, path in kept.files(settings):
            if newest is not None and number > newest:
                path.unlink()


def _is_whole(con: "duckdb.DuckDBPyConnection") -> bool:
    # findings may be views
    found = con.execute("select table_name from information_schema.tables").fetchall()
    return set(_NEEDS) <= {name for (name,) in found}


def _laid_by(settings: Settings) -> Path:
    return settings.warehouse / "reconciled.json"


def _laid_rows(
    settings: Settings, content: str | None
) -> dict[str, Sequence[Mapping[str, Any]]] | None:
    """What the audit laid by, when it is of that build."""
    import json

    try:
        laid: dict[str, Any] = json.loads(_laid_by(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if content is None or laid.pop("content_id", None) != content:
        return None
    return laid


def _rows(found: Reconciled) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Table -> its rows."""
    return {
        IDENTITIES.table: [_identity(each) for each in found.findings.identities],
        FIGURES.table: [_figure(each) for each in found.figures],
    }


def _content(con: "duckdb.DuckDBPyConnection") -> str | None:
    """What the build was made from; null when it did not come to its end."""
    import duckdb

    try:
        row = con.execute("select content_id from meta.build_state").fetchone()
    except duckdb.CatalogException:
        return None
    return row[0] if row else None


def _identity(result: IdentityResult) -> dict[str, Any]:
    shown = result.as_json()
    period = shown["period"] or {}
    return {
        **{name: shown[name] for name in ("document", "unit", "level", "code", "difference")},
        **{name: shown[name] for name in ("status", "equation", "note")},
        "period_from": period.get("from"),
        "period_to": period.get("to"),
        "left_value": shown["left"],
        "right_value": shown["right"],
        "lines": " ".join(map(str, shown["lines"])),
    }


def _figure(compared: Compared) -> dict[str, Any]:
    import json

    shown = compared.as_json()
    return {
        **shown,
        "period_from": shown["period"]["from"],
        "period_to": shown["period"]["to"],
        "causes": json.dumps(shown["causes"], sort_keys=True),
        "line": compared.line,
    }


def _write(settings: Settings, number: int, kept: Kept, rows: Sequence[Mapping[str, Any]]) -> None:
    """One file, when its rows are not those of the newest file."""
    import duckdb

    folder = settings.folder("published")
    before = [path for each, path in kept.files(settings) if each < number]
    columns = ", ".join(
        f"cast(unnest(${name}::varchar[]) as {kind}) as {name}"
        for name, kind in kept.columns.items()
    )
    values = {
        name: [None if row[name] is None else str(row[name]) for row in rows]
        for name in kept.columns
    }
    target = folder / f"{kept.stem}-{number:06d}.parquet"
    partial = target.with_suffix(".partial")
    with duckdb.connect() as con:
        con.execute(f"create table now as select {columns}", values)
        if before:
            names = ", ".join(kept.columns)
            old = f"select {names} from read_parquet({quoted(str(before[-1]))})"
            now = f"select {names} from now"
            differs = con.execute(
                f"select count(*) from (({now} except all {old}) union all"
                f" ({old} except all {now}))"
            ).fetchall()
            if differs[0][0] == 0:
                return
        con.execute(
            f"copy (select {number} as publication, * from now order by all)"
            f" to {quoted(str(partial))} (format parquet, compression zstd)"
        )
    sync(partial)
    partial.rename(target)
    sync(folder)
