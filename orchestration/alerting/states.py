"""From the problems found now, and the alerts kept, to the next alerts and the mails. Pure.

``open → sent → acknowledged / suppressed → resolved``: one mail per problem, not per run; a
reminder after a set time; one mail when it is over.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from orchestration.alerting.model import Alert, Note, Problem, Reason, State, kinds


def follow(
    known: Mapping[str, Alert],
    found: Iterable[Problem],
    examined: Collection[str],
    now: datetime,
) -> tuple[list[Alert], list[Note]]:
    """Alerts that are new or changed, and the mails they call for.

    ``known``: the newest episode of each alert by key. ``examined``: the kinds that were looked
    for; a problem of another kind that is not in ``found`` may still be there, so it stays.
    """
    changed: list[Alert] = []
    notes: list[Note] = []
    present = {problem.key: problem for problem in found}
    for key, problem in present.items():
        before = known.get(key)
        alert, note = _found(before, problem, now)
        if alert != before:
            changed.append(alert)
        if note is not None:
            notes.append(note)
    for key, alert in known.items():
        if key in present or alert.is_over or alert.problem.kind not in examined:
            continue
        over = replace(alert, state=State.RESOLVED, resolved_at=now)
        changed.append(over)
        if alert.state is not State.SUPPRESSED and kinds()[alert.problem.kind].life == "standing":
            notes.append(Note(Reason.RESOLVED, over))
    return changed, notes


def delivered(alert: Alert, now: datetime) -> Alert:
    """The alert after its first mail has left; a notice is over with that."""
    if alert.state is not State.OPEN:
        return alert
    if kinds()[alert.problem.kind].life == "notice":
        return replace(alert, state=State.RESOLVED, resolved_at=now)
    # a mail that had to wait counts from when it left: no reminder on its heels
    return replace(alert, state=State.SENT, last_told_at=now)


def acknowledge(alert: Alert, by: str, *, suppress: bool = False) -> Alert:
    """No more reminders (and with ``suppress`` no mail at all) until the problem is over."""
    state = State.SUPPRESSED if suppress else State.ACKNOWLEDGED
    return replace(alert, state=state, acknowledged_by=by)


def _found(before: Alert | None, problem: Problem, now: datetime) -> tuple[Alert, Note | None]:
    kind = kinds()[problem.kind]
    if before is None or (before.is_over and kind.life == "standing"):
        return _opened(before, problem, now)
    if before.is_over or kind.life == "notice":
        return before, None
    alert = replace(before, problem=problem)
    fresh = frozenset(problem.items) - before.told
    if before.state is State.SUPPRESSED:
        return alert, None
    if fresh and kind.on_growth == "tell":
        alert = replace(
            alert,
            told=before.told | fresh,
            last_told_at=now,
            growths=before.growths + 1,
            state=State.SENT if before.state is State.ACKNOWLEDGED else before.state,
        )
        return alert, Note(Reason.GROWN, alert, alert.growths, fresh)
    if _is_due(before, kind.remind_hours, now):
        alert = replace(alert, last_told_at=now, reminders=before.reminders + 1)
        return alert, Note(Reason.REMINDER, alert, alert.reminders)
    return alert, None


def _opened(before: Alert | None, problem: Problem, now: datetime) -> tuple[Alert, Note]:
    alert = Alert(
        key=problem.key,
        episode=before.episode + 1 if before else 1,
        state=State.OPEN,
        problem=problem,
        opened_at=now,
        last_told_at=now,
        told=frozenset(problem.items),
    )
    return alert, Note(Reason.OPENED, alert, 0, alert.told)


def _is_due(alert: Alert, remind_hours: int | None, now: datetime) -> bool:
    return (
        alert.state is State.SENT
        and remind_hours is not None
        and alert.last_told_at is not None
        and now - alert.last_told_at >= timedelta(hours=remind_hours)
    )
