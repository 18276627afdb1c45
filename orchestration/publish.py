"""From the build warehouse to the file that readers open: copy, sync, swap a link.

What belongs here: which tables readers get, versions and their order. What does not: whether
publishing is allowed (``pipeline``). Why it is done so: ``docs/decisions/005-publish.md``.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration import audit, kept_figures, kept_reconciliation, service_levels
from orchestration.build_state import Plan
from orchestration.disk import sync
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings
from orchestration.version import code_version

if TYPE_CHECKING:
    import duckdb

STORAGE_VERSION: Final = "v1.4.0"
"""The newest storage that the other clients of our readers open."""

_FILE: Final = re.compile(r"hoso-(\d{6,})\.duckdb")
PUBLIC: Final = ("dim_", "fct_", "rpt_", "dq_")
"""How the names of tables begin that readers get."""

_PUBLICATION: Final = """
create table pub.main.publication (
    id integer, published_at timestamp, known_until date, rules_hash varchar,
    code_version varchar, content_id varchar, has_figures boolean
)"""


@dataclass(frozen=True)
class Publication:
    """One published version; ``content_id`` says what it was made from."""

    id: int
    content_id: str
    known_until: date | None
    path: Path


def publish(settings: Settings, plan: Plan, progress: Progress | None = None) -> Publication | None:
    """Publish the build warehouse, which must be closed; null when it is what is published already.

    A kill at any moment leaves readers with the old file or with the new one.
    """
    newest = latest(settings)
    if newest is not None and newest.content_id == plan.content_id:
        return None
    show = progress or Quiet()
    _clear_leftovers(settings, newest)
    number = _next_id(settings, newest)
    target = settings.warehouse / f"hoso-{number:06d}.duckdb"
    partial = target.with_suffix(".partial")
    with show.step("Keeping the figures of all periods") as advance:
        kept_figures.keep(settings, number)
        kept_reconciliation.keep(settings, number)
        advance(1)
    until = _copy(settings, plan, newest, number, partial, progress=show)
    sync(partial)
    partial.rename(target)
    sync(settings.warehouse)
    _swap(settings, target)
    _forget_old(settings, number)
    _thin(settings, target)
    return Publication(number, plan.content_id, until, target)


def latest(settings: Settings) -> Publication | None:
    """What readers see now."""
    import duckdb

    if not settings.published_db.exists():
        return None
    path = settings.published_db.resolve()
    with duckdb.connect(str(path), read_only=True) as con:
        row = con.execute(
            "select id, content_id, known_until from publication order by id desc limit 1"
        ).fetchone()
    return Publication(row[0], row[1], row[2], path) if row else None


def _next_id(settings: Settings, newest: Publication | None) -> int:
    """The number after the newest; never one whose figures are kept already."""
    files = kept_figures.kept(settings)
    return max(newest.id if newest else 0, files[-1][0] if files else 0) + 1


def _copy(
    settings: Settings,
    plan: Plan,
    newest: Publication | None,
    number: int,
    partial: Path,
    *,
    progress: Progress,
) -> date | None:
    """Write the new file under a name that no reader knows; returns how far its data reaches.

    Tables are written anew, not the file copied: nothing of what readers may not see is left in
    free blocks, and the storage version is ours to choose.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "preserve_insertion_order": False,
        "temp_directory": str(settings.warehouse / "spill"),
    }
    with duckdb.connect(config=config) as con:
        con.execute("set timezone = 'UTC'")
        con.execute(f"attach '{_text(settings.build_db)}' as build (read_only)")
        con.execute(f"attach '{_text(partial)}' as pub (storage_version '{STORAGE_VERSION}')")
        tables = _public_tables(con)
        with progress.step("Publishing", len(tables)) as advance:
            for table in tables:
                con.execute(f'create table pub.main."{table}" as from build.main."{table}"')
                advance(1)
        _check_results(settings, con)
        _kept(settings, con)
        kept_reconciliation.tables(settings, con, "pub.main")
        con.execute(_PUBLICATION)
        if newest is not None:
            con.execute(f"attach '{_text(newest.path)}' as old (read_only)")
            con.execute("insert into pub.main.publication by name from old.main.publication")
        found = con.execute("select max(reach_date) from pub.main.fct_unit_reach").fetchone()
        until: date | None = found[0] if found else None
        con.execute(
            "insert into pub.main.publication values (?, ?, ?, ?, ?, ?, true)",
            [
                number,
                settings.clock().replace(tzinfo=None),
                until,
                plan.rules_hash,
                code_version(),
                plan.content_id,
            ],
        )
        service_levels.add(settings, con)
        con.execute(
            "update pub.main.publication set has_figures = list_contains($kept, id)",
            {"kept": [each for each, _ in kept_figures.kept(settings)]},
        )
        con.execute("checkpoint pub")
        con.execute("detach pub")
    return until


def _public_tables(con: "duckdb.DuckDBPyConnection") -> list[str]:
    found = con.execute(
        "select table_name from information_schema.tables"
        " where table_catalog = 'build' and table_schema = 'main' order by table_name"
    ).fetchall()
    return [name for (name,) in found if name.startswith(PUBLIC)]


def _check_results(settings: Settings, con: "duckdb.DuckDBPyConnection") -> None:
    """The results of all audits go along; a publication without an audit has none."""
    files = [str(path) for path in audit.history(settings)]
    if files:
        con.execute(
            f"create or replace table pub.main.{audit.TABLE} as"
            " from read_parquet($files, union_by_name = true)",
            {"files": files},
        )


def _kept(settings: Settings, con: "duckdb.DuckDBPyConnection") -> None:
    """The figures of this publication and of those before it."""
    history = kept_figures.history_sql(path for _, path in kept_figures.kept(settings))
    con.execute(f"create or replace table pub.main.{kept_figures.TABLE} as {history}")


def _clear_leftovers(settings: Settings, newest: Publication | None) -> None:
    """What a killed run left: half a copy, or a version that no link ever pointed to."""
    kept_figures.clear_leftovers(settings, newest.id if newest else None)
    kept_reconciliation.clear_leftovers(settings, newest.id if newest else None)
    for path in settings.warehouse.glob("hoso-*.partial*"):
        path.unlink()
    for number, path in _versions(settings):
        if newest is None or number > newest.id:
            path.unlink()


def _forget_old(settings: Settings, number: int) -> None:
    for each, path in _versions(settings):
        if each <= number - settings.keep_publications:
            path.unlink()


def _thin(settings: Settings, published: Path) -> None:
    """Of publications long past keep the figures of the last of each month."""
    import duckdb

    with duckdb.connect(str(published), read_only=True) as con:
        publications = con.execute("select id, published_at from publication").fetchall()
    today = settings.clock().date()
    kept_figures.thin(settings, publications, today - timedelta(days=settings.keep_figures_days))


def _versions(settings: Settings) -> list[tuple[int, Path]]:
    found = (
        (_FILE.fullmatch(path.name), path) for path in settings.warehouse.glob("hoso-*.duckdb")
    )
    return sorted((int(match[1]), path) for match, path in found if match)


def _swap(settings: Settings, target: Path) -> None:
    """Let the link point to the new version, in one step."""
    link = settings.warehouse / "hoso-link.partial"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(settings.published_db)
    sync(settings.warehouse)


def _text(path: Path) -> str:
    return str(path).replace("'", "''")
