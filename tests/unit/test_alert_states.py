"""One mail per problem, not per run; a reminder after a set time; one mail when it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from orchestration.alerting.model import Problem, Reason, State, kinds
from orchestration.alerting.states import acknowledge, delivered, follow

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TWICE = Problem("listed_twice", unit="H56.18", items=("A-1", "A-2"), count=2)
SEEN = {"listed_twice"}


def book_of(alerts, before=None):
    return {**(before or {}), **{alert.key: alert for alert in alerts}}


def opened(problem=TWICE, now=MONDAY):
    changed, notes = follow({}, [problem], SEEN, now)
    return book_of([delivered(alert, now) for alert in changed]), notes


def test_a_new_problem_opens_an_alert_and_calls_for_one_mail():
    changed, notes = follow({}, [TWICE], SEEN, MONDAY)
    assert [alert.state for alert in changed] == [State.OPEN]
    assert [note.reason for note in notes] == [Reason.OPENED]
    assert delivered(changed[0], MONDAY).state is State.SENT


def test_the_same_problem_in_the_next_run_calls_for_no_mail():
    known, _ = opened()
    changed, notes = follow(known, [TWICE], SEEN, MONDAY + DAY)
    assert notes == []
    assert changed == []


def test_a_reminder_comes_after_the_set_time_and_then_after_the_same_time_again():
    known, _ = opened()
    hours = timedelta(hours=kinds()["listed_twice"].remind_hours)
    reasons = []
    for hour in range(0, int(hours.total_seconds() // 3600) * 2 + 1):
        changed, notes = follow(known, [TWICE], SEEN, MONDAY + timedelta(hours=hour))
        known = book_of(changed, known)
        reasons += [(hour, note.reason, note.number) for note in notes]
    step = int(hours.total_seconds() // 3600)
    assert reasons == [(step, Reason.REMINDER, 1), (2 * step, Reason.REMINDER, 2)]


def test_an_acknowledged_alert_is_not_reminded_but_its_end_is_told():
    known, _ = opened()
    known = book_of([acknowledge(alert, "op") for alert in known.values()])
    _, notes = follow(known, [TWICE], SEEN, MONDAY + 30 * DAY)
    assert notes == []
    changed, notes = follow(known, [], SEEN, MONDAY + 31 * DAY)
    assert [note.reason for note in notes] == [Reason.RESOLVED]
    assert changed[0].state is State.RESOLVED


def test_a_suppressed_alert_is_silent_to_its_end():
    known, _ = opened()
    known = book_of([acknowledge(alert, "op", suppress=True) for alert in known.values()])
    more = replace(TWICE, items=("A-1", "A-2", "A-3"))
    changed, notes = follow(known, [more], SEEN, MONDAY + 30 * DAY)
    assert notes == []
    changed, notes = follow(book_of(changed, known), [], SEEN, MONDAY + 31 * DAY)
    assert notes == []
    assert changed[0].state is State.RESOLVED


def test_dossiers_that_no_mail_has_named_are_told_once():
    known, _ = opened()
    more = replace(TWICE, items=("A-1", "A-2", "A-3"), count=3)
    changed, notes = follow(known, [more], SEEN, MONDAY + DAY)
    assert [(note.reason, note.fresh) for note in notes] == [(Reason.GROWN, {"A-3"})]
    _, notes = follow(book_of(changed, known), [more], SEEN, MONDAY + 2 * DAY)
    assert notes == []


def test_a_problem_that_was_not_looked_for_is_not_over():
    known, _ = opened()
    assert follow(known, [], set(), MONDAY + DAY) == ([], [])


def test_a_problem_that_comes_back_is_a_new_episode():
    known, _ = opened()
    changed, _ = follow(known, [], SEEN, MONDAY + DAY)
    changed, notes = follow(book_of(changed, known), [TWICE], SEEN, MONDAY + 2 * DAY)
    assert [(alert.episode, alert.state) for alert in changed] == [(2, State.OPEN)]
    assert [note.reason for note in notes] == [Reason.OPENED]


def test_a_notice_is_told_once_and_is_over_with_that():
    notice = Problem("history_rewritten", unit="H56.18", subject="2026-03-02")
    changed, notes = follow({}, [notice], {"history_rewritten"}, MONDAY)
    assert [note.reason for note in notes] == [Reason.OPENED]
    known = book_of([delivered(changed[0], MONDAY)])
    assert known[notice.key].state is State.RESOLVED
    for found in ([notice], []):
        assert follow(known, found, {"history_rewritten"}, MONDAY + DAY) == ([], [])
