"""Data Docs: one page per audit that a browser shows without a network, in Vietnamese and English.

What belongs here: what the page says, in which order. What does not: what was found (``audit``).
The styles stand in the page itself, so a copy of one file is a copy of all. Why not the pages of
Great Expectations: ``docs/decisions/006-audit.md``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from orchestration.settings import Settings

if TYPE_CHECKING:
    from orchestration.audit import CheckResult

SHOWN_ROWS: Final = 10
"""So many failing rows stand under a check; ``dq_check_result`` has up to 1,000."""

SHOWN_UNITS: Final = 12
KEPT_PAGES: Final = 60
"""Pages of older audits are removed; their results stay (``HOSO_KEEP_AUDITS``)."""

SUITES: Final[Mapping[str, str]] = {
    "arriving_files": "Tệp đến",
    "event_store": "Kho sự kiện",
    "ledger": "Sổ cái",
    "figures": "Số liệu và đẳng thức",
    "reconciliation": "Đối chiếu",
    "statements": "Số liệu trong báo cáo",
    "dimensions": "Danh mục",
    "freshness": "Độ mới",
    "volume": "Khối lượng",
    "findings": "Phát hiện trên từng hồ sơ",
    "dbt": "Quy tắc của mô hình (dbt)",
}
"""Suite -> its name in Vietnamese, in the order of the page."""

STATUSES: Final[Mapping[str, str]] = {
    "blocked": "chặn công bố",
    "errored": "không kiểm tra được",
    "warned": "cảnh báo",
    "not_applicable": "không áp dụng",
    "passed": "đạt",
}
"""How a check is shown -> in Vietnamese, the worst first. Errored is no kind of failed."""


@dataclass(frozen=True)
class Entry:
    """One check on the page."""

    result: "CheckResult"
    shown: str
    units: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def newest(settings: Settings) -> Path:
    """The page of the newest audit; nothing is made."""
    return settings.path("data_docs") / "index.html"


def write(settings: Settings, results: Sequence["CheckResult"]) -> Path:
    """The page of one audit, and as ``index.html`` the newest with links to those before it."""
    folder = settings.folder("data_docs")
    target = folder / f"{results[0].run}.html"
    before = sorted(path.name for path in folder.glob("[0-9]*.html") if path != target)
    for old in before[:-KEPT_PAGES]:
        (folder / old).unlink()
    text = page(results, ZoneInfo(settings.timezone), before[-KEPT_PAGES:][::-1])
    for path in (target, newest(settings)):
        partial = path.with_suffix(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.rename(path)
    return target


def page(results: Sequence["CheckResult"], zone: ZoneInfo, before: Sequence[str] = ()) -> str:
    """The page as HTML. ``before``: names of older pages, the newest first."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # every text from the data is escaped: a code may hold anything that a list holds
    environment = Environment(
        loader=PackageLoader("orchestration.data_docs", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    entries = [_entry(result) for result in results]
    return environment.get_template("page.html").render(
        run=results[0].run,
        moment=results[0].run_at.astimezone(zone),
        content_id=results[0].content_id,
        is_blocked=any(result.blocks for result in results),
        statuses=STATUSES,
        counts={shown: sum(entry.shown == shown for entry in entries) for shown in STATUSES},
        suites=list(_by_suite(entries)),
        before=before,
    )


def shown_as(result: "CheckResult") -> str:
    """Key of ``STATUSES``."""
    if result.status != "failed":
        return result.status
    return "blocked" if result.blocks else "warned"


def _by_suite(entries: Iterable[Entry]) -> Iterable[tuple[str, str, list[Entry]]]:
    order = list(STATUSES)
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.result.check.partition(".")[0], []).append(entry)
    for suite in sorted(found, key=lambda name: (_place(name), name)):
        chosen = found[suite]
        chosen.sort(key=lambda entry: (order.index(entry.shown), entry.result.check))
        yield suite, SUITES.get(suite, suite), chosen


def _place(suite: str) -> int:
    known = list(SUITES)
    return known.index(suite) if suite in known else len(known)


def _entry(result: "CheckResult") -> Entry:
    rows = result.rows[:SHOWN_ROWS]
    heads = tuple(dict.fromkeys(name for row in rows for name in row))
    units = sorted(result.by_unit.items(), key=lambda each: (-each[1], each[0]))
    return Entry(
        result=result,
        shown=shown_as(result),
        units=tuple(units[:SHOWN_UNITS]),
        heads=heads,
        rows=tuple(tuple(_cell(row.get(name)) for name in heads) for row in rows),
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(_cell(each) for each in value)
    return str(value)
