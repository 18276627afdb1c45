"""What was published, kept for good: per publication the figures that it changed.

One Parquet file per publication in ``<home>/published``, outside the warehouse, so that a full
refresh loses nothing. Written ahead: complete, synced and renamed before the link of the readers is
swapped; a kill in between leaves a file that the next publication replaces, and no reader
sees it, for readers see only the table in the published file. Why so: ``docs/decisions/011``.

Grain of a file: ``publication`` and ``period_figures.KEYS``; a row stands there only when a value
differs from the newest kept row of its key, or (``is_gone``) when the key is no longer there.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from orchestration import period_figures
from orchestration.disk import sync
from orchestration.eventstore.store import quoted
from orchestration.reporting import definitions
from orchestration.settings import Settings

TABLE: Final = "fct_published_figure"
_FILE: Final = re.compile(r"figures-(\d{6,})\.parquet")
_KEYS: Final = ", ".join(period_figures.KEYS)


def keep(settings: Settings, number: int) -> Path:
    """Write what publication ``number`` changes; the build warehouse must be closed.

    Raises ``duckdb.Error`` when the build has no ledger.
    """
    import duckdb

    target = _folder(settings) / f"figures-{number:06d}.parquet"
    partial = target.with_suffix(".partial")
    with duckdb.connect(config=_config(settings)) as con:
        con.execute("set timezone = 'UTC'")
        con.execute(f"attach {quoted(str(settings.build_db))} as build (read_only)")
        con.execute("use build")
        period_figures.compute(con, "figure_now")
        columns = period_figures.value_columns(definitions.load(con))
        earlier = [path for each, path in kept(settings) if each < number]
        con.execute(
            f"copy ({_changes(number, columns, earlier)} order by period_code, rule_set, unit_code)"
            f" to {quoted(str(partial))} (format parquet, compression zstd)"
        )
    sync(partial)
    partial.rename(target)
    sync(target.parent)
    return target


def kept(settings: Settings) -> list[tuple[int, Path]]:
    """Number and file of each publication whose figures are kept, oldest first."""
    found = ((_FILE.fullmatch(path.name), path) for path in _folder(settings).iterdir())
    return sorted((int(match[1]), path) for match, path in found if match)


def clear_leftovers(settings: Settings, newest: int | None) -> None:
    """Remove what a killed publication left behind: half a file, or one that was never published.

    Where no published file is there at all only a first publication can have been killed: more
    files than that are the history of a warehouse that was removed, and stay.
    """
    for path in _folder(settings).glob("*.partial"):
        path.unlink()
    files = kept(settings)
    if newest is None and len(files) > 1:
        return
    for number, path in files:
        if number > (newest or 0):
            path.unlink()


def history_sql(paths: Iterable[Path]) -> str:
    """All rows of some files; a figure that a file does not know yet is null there."""
    listed = ", ".join(quoted(str(path)) for path in paths)
    return f"select * from read_parquet([{listed}], union_by_name = true)"


def thin(settings: Settings, published: Sequence[tuple[int, datetime]], before: date) -> None:
    """Of publications before the month of ``before`` keep the figures of each month's last one.

    ``published``: number and moment (UTC) of each publication. What a publication in between
    changed is kept with the last one of its month. A kill leaves both, which say the same.
    """
    import duckdb

    files = dict(kept(settings))
    months: dict[tuple[int, int], list[int]] = {}
    for number, moment in sorted(published):
        if number in files and (moment.year, moment.month) < (before.year, before.month):
            months.setdefault((moment.year, moment.month), []).append(number)
    for numbers in months.values():
        *others, last = numbers
        if not others:
            continue
        partial = files[last].with_suffix(".partial")
        history = history_sql(files[number] for number in numbers)
        with duckdb.connect(config=_config(settings)) as con:
            con.execute(
                f"""
                copy (
                    with told as ({history})
                    select * replace ({last} as publication)
                    from told
                    qualify row_number() over (
                        partition by {_KEYS} order by told.publication desc
                    ) = 1
                    order by period_code, rule_set, unit_code
                ) to {quoted(str(partial))} (format parquet, compression zstd)
                """
            )
        sync(partial)
        partial.rename(files[last])
        sync(files[last].parent)
        for number in others:
            files[number].unlink()


def _changes(number: int, columns: Sequence[str], earlier: Sequence[Path]) -> str:
    """Rows of ``figure_now`` that differ from what is kept, and keys that are gone.

    Compared are keys and a hash of the values: rows are wide, and most of them are as they were.
    """
    values = ", ".join(columns)
    now = f"select {number} as publication, false as is_gone, {_KEYS}, {values} from figure_now"
    if not earlier:
        return now
    gone = ", ".join(f"null as {column}" for column in columns)
    # by name: a figure that is new was never published before
    return f"""
    with told as (
        select * from figure_now where false
        union all by name
        {history_sql(earlier)}
    ),
    known as (
        select
            {_KEYS},
            max_by(
                struct_pack(is_gone := is_gone, digest := hash({values})), publication
            ) as newest
        from told
        group by {_KEYS}
    ),
    before as (select {_KEYS}, newest.digest as digest from known where not newest.is_gone)
    {now}
    anti join before
        on {" and ".join(f"figure_now.{key} = before.{key}" for key in period_figures.KEYS)}
        and hash({", ".join(f"figure_now.{column}" for column in columns)}) = before.digest
    union all
    select {number}, true, {_KEYS}, {gone}
    from before
    anti join figure_now using ({_KEYS})"""


def _folder(settings: Settings) -> Path:
    return settings.folder("published")


def _config(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings.memory_limit,
        "threads": settings.threads,
        "temp_directory": str(settings.warehouse / "spill"),
    }
