"""``hoso run``: inbox → store → build → audit → publish; Dagster calls the same functions.

What belongs here: the order of the steps and what stops them. What does not: the steps themselves.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import build_state, dbt_runner, history, log, publish
from orchestration.build_state import Plan
from orchestration.errors import HosoError
from orchestration.ingest import FileResult, ingest_files
from orchestration.ingest.inbox import declare_backfill, waiting
from orchestration.ingest.inbox import land as take_inbox
from orchestration.lock import exclusive
from orchestration.log import Logged
from orchestration.progress import Progress, Quiet
from orchestration.settings import Settings
from orchestration.version import code_version

if TYPE_CHECKING:
    from orchestration.audit import CheckResult


@dataclass(frozen=True)
class RunSummary:
    """What a run did. ``blocking``: the checks that kept the build from being published."""

    results: tuple[FileResult, ...]
    checks: dict[str, int]
    blocking: "tuple[CheckResult, ...]"
    published: bool
    version: int | None
    path: Path | None
    nothing_new: bool
    alerts: str | None = None
    """What was told, in words; null when there was nothing to tell."""

    @property
    def outcome(self) -> history.Outcome:
        """How the run ended."""
        if self.blocking:
            return "blocked"
        return "published" if self.published else "nothing_new"

    def as_row(self) -> dict[str, Any]:
        """The fields of ``hoso run``."""
        return {
            "files": len(self.results),
            **{
                name: sum(getattr(result, name) for result in self.results)
                for name in ("read", "stored", "unchanged", "duplicate", "quarantined")
            },
            "checks": self.checks,
            "published": self.published,
            "version": self.version,
            "nothing_new": self.nothing_new,
        }


def run(
    settings: Settings, progress: Progress | None = None, backfill: Sequence[Path] = ()
) -> RunSummary:
    """Take in the inbox and publish what follows from it; idempotent.

    ``backfill``: files of the inbox whose lists count as known since they were made; the home
    remembers it until they are taken in. Without a single list nothing is published. A blocked run
    keeps the last publication (``RunSummary.blocking``). A killed one is completed by the next.
    Raises ``HosoError`` when another run is at work or a model cannot be built.
    """
    with exclusive(settings):
        if backfill:
            declare_backfill(settings, [path.name for path in backfill])
        run_id = new_run_id(settings)
        with log.run(settings, run_id):
            return _recorded(settings, run_id, Logged(settings, progress or Quiet()), backfill)


def new_run_id(settings: Settings) -> str:
    """Sorted as they were made; stands in logs, history, and dbt's results."""
    return f"{settings.clock():%Y%m%dT%H%M%S%fZ}"


def _recorded(
    settings: Settings, run_id: str, show: Progress, backfill: Sequence[Path]
) -> RunSummary:
    """One pass whose beginning and end are kept, and told."""
    history.begin(settings, run_id, "run")
    log.event(settings, "run begins", version=code_version())
    try:
        summary = _pass(settings, show)
    except Exception as error:
        history.end(settings, run_id, "failed", message=str(error))
        log.event(settings, "run failed", "error", error=f"{type(error).__name__}: {error}")
        told(settings, error=error)
        raise
    history.end(settings, run_id, summary.outcome, summary.version)
    old = {str(path) for path in backfill}
    # nobody waits for word of files from long ago
    live = tuple(each for each in summary.results if each.file not in old)
    said = told(
        settings,
        results=live,
        audited=bool(summary.checks),
        version=summary.version,
        ended=True,
    )
    log.event(settings, "run ends", outcome=summary.outcome, alerts=said, **summary.as_row())
    return replace(summary, alerts=said)


def told(settings: Settings, **about: Any) -> str | None:
    """Alerts (arguments of ``alerting.run.pass_on``) in words; null when there was nothing to tell.

    What goes wrong here is logged and said: it must not undo a run.
    """
    from orchestration.alerting.run import pass_on

    try:
        done = pass_on(settings, **about)
    except Exception as why:
        log.event(settings, "alerts failed", "error", error=f"{type(why).__name__}: {why}")
        return f"Alerts were not made: {why}"
    waiting = done.flushed.waiting
    parts = [f"{done.opened} opened"] * bool(done.opened)
    parts += [f"{done.resolved} over"] * bool(done.resolved)
    parts += [f"{done.flushed.sent} mails sent"] * bool(done.flushed.sent)
    parts += [f"{waiting} mails wait for the mail server"] * bool(waiting)
    return f"Alerts: {', '.join(parts)}; see hoso alerts list" if parts else None


def _pass(settings: Settings, show: Progress) -> RunSummary:
    with dbt_ahead(settings) as dbt:
        results = land(settings, show)
        with show.step("Reading the store") as advance:
            plan = build_state.prepare(settings)
            advance(1)
        newest = publish.latest(settings)
        if plan.is_empty and newest is None:
            return RunSummary(tuple(results), {}, (), False, None, None, True)
        if plan.is_built and newest is not None and newest.content_id == plan.content_id:
            return RunSummary(tuple(results), {}, (), False, newest.id, newest.path, True)
        built = build(settings, plan, show, dbt)
    checks = examine(settings, built, show)
    blocking = tuple(check for check in checks if check.blocks)
    made = None if blocking else publish.publish(settings, plan, show)
    shown = made or newest
    return RunSummary(
        results=tuple(results),
        checks=tally(checks),
        blocking=blocking,
        published=made is not None,
        version=shown.id if shown else None,
        path=shown.path if shown else None,
        nothing_new=False,
    )


@contextmanager
def dbt_ahead(settings: Settings) -> Iterator[dbt_runner.Ahead]:
    """dbt, which loads from now on when there seems to be something new; it ends with the block."""
    with dbt_runner.ahead(settings) as dbt:
        if waiting(settings) or build_state.may_be_behind(settings):
            dbt.start()
        yield dbt


def tally(checks: "Sequence[CheckResult]") -> dict[str, int]:
    """How many checks came out how; what failed without blocking has *warned*."""
    counts = dict.fromkeys(("passed", "warned", "failed", "errored", "not_applicable"), 0)
    for check in checks:
        warned = check.status == "failed" and not check.blocks
        counts["warned" if warned else check.status] += 1
    return counts


def land(settings: Settings, progress: Progress) -> list[FileResult]:
    """Take the files of the inbox into the store, first those that are backfill."""
    results = take_inbox(settings, progress)
    for each in results:
        level = "warning" if each.status == "rejected" else "info"
        log.event(settings, "file", level, **each.row())
    return results


def ingest(settings: Settings, paths: Sequence[Path], **options: Any) -> list[FileResult]:
    """``ingest.ingest_files``, while nobody else changes store or warehouse.

    Raises ``HosoError`` when a run is at work.
    """
    with exclusive(settings):
        return ingest_files(settings, paths, **options)


def retry_quarantine(settings: Settings, progress: Progress | None = None) -> list[FileResult]:
    """``ingest.retry.retry_all``, while nobody else changes store or warehouse."""
    from orchestration.ingest.retry import retry_all

    with exclusive(settings):
        return retry_all(settings, progress)


def build(
    settings: Settings,
    plan: Plan,
    progress: Progress,
    dbt: dbt_runner.Ahead | None = None,
    *,
    with_tests: bool = True,
) -> dbt_runner.DbtResult:
    """Build and test all models that the plan changes; raises when one could not be built.

    ``dbt``: one that may have been started ``dbt_runner.ahead``. ``with_tests``: false only for
    measuring.
    """
    build_state.begin(settings)
    result = dbt_runner.build(
        settings,
        progress,
        full_refresh=plan.full_refresh,
        with_tests=with_tests,
        news=plan.news,
        dbt=dbt,
    )
    if result.broken:
        raise HosoError(
            "The warehouse could not be built; readers keep what was published.\n  "
            + "\n  ".join(result.broken)
            + f"\nThe whole log: {dbt_runner.log_path(settings) / 'dbt.log'}"
        )
    build_state.finish(settings, plan)
    return result


def examine(
    settings: Settings, result: dbt_runner.DbtResult, progress: Progress
) -> "list[CheckResult]":
    """All checks of the build, dbt's tests among them."""
    from orchestration.audit import run_audit

    with progress.step("Checking") as advance:
        checks = run_audit(settings, settings.build_db, result.tests)
        advance(1)
    for each in checks:
        if each.status in {"failed", "errored"}:
            level = "error" if each.blocks else "warning"
            log.event(settings, "check", level, **each.as_row())
    return checks
