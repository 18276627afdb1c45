"""The three rule sets of figures.md: when a dossier becomes overdue, how a closing is judged."""

import pytest

from .ledger import HALTED, PAYMENT, PROCESSING, RESOLVED, RETURNED, SUPPLEMENT
from .tell import a_list, at, day, jan, life, row, story


def overdue(*lists, rule_set="by_date"):
    """When it becomes overdue under one rule set; a movement for another one may come later."""
    found = [line for line in life(*lists, rule_set=rule_set) if " overdue " in line]
    return [line[:8] for line in found if line.endswith("@A overdue")][:1]


def closed(due, finished, rule_set):
    return life(a_list(28, row(RESOLVED, due=due, finished=finished)), rule_set=rule_set)[-1].split(
        " "
    )[-1]


@pytest.mark.parametrize(
    ("end", "by_date", "by_timestamp"),
    [
        (at(9, 17), "early", "early"),
        (at(10, 9), "on_time", "early"),
        (at(10, 16), "on_time", "on_time"),
        (at(10, 17), "on_time", "late"),
        (at(11, 9), "late", "late"),
        (day(10), "on_time", "on_time"),
        (day(11), "late", "late"),
    ],
)
def test_an_end_is_compared_by_day_or_by_instant(end, by_date, by_timestamp):
    due = at(10, 16)
    assert closed(due, end, "by_date") == by_date
    assert closed(due, end, "index_766") == by_date
    assert closed(due, end, "by_timestamp") == by_timestamp


def test_a_due_date_without_a_clock_ends_at_midnight_under_every_rule_set():
    for rule_set in ("by_date", "by_timestamp", "index_766"):
        assert closed(day(10), at(10, 23), rule_set) == "on_time"
        assert overdue(a_list(12, row(PROCESSING, due=day(10))), rule_set=rule_set) == ["11 00:00"]


def test_a_due_instant_makes_overdue_on_the_due_day_itself_by_timestamp_only():
    told = a_list(12, row(PROCESSING, due=at(10, 16)))
    assert overdue(told, rule_set="by_timestamp") == ["10 16:00"]
    assert overdue(told, rule_set="by_date") == ["11 00:00"]


def test_no_due_date_is_on_time_and_in_time():
    assert closed(None, day(20), "by_date") == "on_time"
    assert closed(None, day(20), "index_766") == "on_time"
    assert overdue(a_list(28, row(PROCESSING))) == []


def test_one_moment_for_two_rule_sets_is_one_movement():
    def movements(due):
        return [line for line in life(a_list(12, row(PROCESSING, due=due))) if " overdue " in line]

    assert len(movements(day(10))) == 1
    assert len(movements(at(10, 16))) == 2


def test_overdue_is_known_when_the_lists_reach_the_day():
    told = row(PROCESSING, due=day(10))
    assert story(a_list(2, told), a_list(10, told), a_list(12, told), a_list(13, told)) == [
        "2: + 01 00:00 receipt processing@A in_time",
        "12: + 11 00:00 overdue processing@A overdue",
    ]


def test_overdue_becomes_known_by_a_list_that_does_not_show_the_dossier():
    assert story(a_list(2, row(PROCESSING, due=day(10))), a_list(11, full=True))[1:] == [
        "11: + 11 00:00 overdue processing@A overdue"
    ]
    for silent in (
        a_list(11, full=True, system="other"),
        a_list(11, full=True, unit="B"),
        a_list(11, unit="A"),
        a_list(11, full=True, dates=("ended", jan(1), jan(11))),
    ):
        assert story(a_list(2, row(PROCESSING, due=day(10))), silent)[1:] == []


def test_a_dossier_received_after_its_due_date_is_overdue_from_its_receipt():
    assert overdue(a_list(15, row(PROCESSING, received=at(14, 9), due=day(10)))) == ["14 09:00"]


def test_a_closing_at_the_moment_of_lateness_leaves_no_overdue():
    assert life(a_list(20, row(RESOLVED, due=day(10), finished=day(11)))) == [
        "01 00:00 receipt processing@A in_time",
        "11 00:00 resolution resolved@A late",
    ]


@pytest.mark.parametrize("pause", [SUPPLEMENT, PAYMENT, HALTED])
def test_what_falls_due_during_a_pause_is_overdue_on_resumption(pause):
    due = day(10)
    lists = [
        a_list(8, row(PROCESSING, due=due)),
        a_list(9, row(pause, due=due)),
        a_list(14, row(PROCESSING, due=due)),
    ]
    assert overdue(*lists[:2], a_list(20, full=True)) == []
    assert overdue(*lists) == ["14 08:00"]


def test_a_paused_dossier_keeps_the_timeliness_it_had():
    due = day(3)
    assert life(a_list(5, row(PROCESSING, due=due)), a_list(6, row(HALTED, due=due)))[1:] == [
        "04 00:00 overdue processing@A overdue",
        "06 08:00 pause halted@A overdue",
    ]


# --- changed due dates ----------------------------------------------------------------------------


def test_a_due_date_changed_without_a_pause_is_corrected_from_receipt_on():
    assert story(
        a_list(5, row(PROCESSING, due=day(3))), a_list(7, row(PROCESSING, due=day(20)))
    ) == [
        "5: + 01 00:00 receipt processing@A in_time",
        "5: + 04 00:00 overdue processing@A overdue",
        "7: - 04 00:00 overdue processing@A overdue",
    ]


def test_a_due_date_changed_after_a_pause_is_moved_and_earlier_lateness_stays():
    lists = (
        a_list(5, row(PROCESSING, due=day(3))),
        a_list(6, row(SUPPLEMENT, due=day(3))),
        a_list(9, row(PROCESSING, due=day(10))),
        a_list(13, row(PROCESSING, due=day(10))),
        a_list(15, row(RESOLVED, due=day(10), finished=day(14))),
    )
    assert life(*lists) == [
        "01 00:00 receipt processing@A in_time",
        "04 00:00 overdue processing@A overdue",
        "06 08:00 pause awaiting_supplement@A overdue",
        "09 08:00 resume processing@A in_time",
        "11 00:00 overdue processing@A overdue",
        "14 00:00 resolution resolved@A late",
    ]


def test_a_due_date_moved_without_a_resumption_leaves_it_overdue_until_it_is_closed():
    lists = (
        a_list(5, row(PAYMENT, due=day(7))),
        a_list(9, row(PROCESSING, due=day(7))),
        a_list(12, row(PROCESSING, due=day(20))),
        a_list(14, row(RESOLVED, due=day(20), finished=day(13))),
    )
    assert life(*lists)[2:] == [
        "09 08:00 resume processing@A in_time",
        "09 08:00 overdue processing@A overdue",
        "13 00:00 resolution resolved@A early",
    ]


def test_a_due_date_changed_together_with_a_pause_is_moved():
    lists = (
        a_list(5, row(PROCESSING, due=day(3))),
        a_list(6, row(SUPPLEMENT, due=day(20))),
    )
    assert overdue(*lists) == ["04 00:00"]


def test_a_due_date_moved_with_the_resumption_spares_what_fell_due_in_the_pause():
    lists = (
        a_list(5, row(SUPPLEMENT, due=day(7))),
        a_list(9, row(PROCESSING, due=day(20))),
    )
    assert overdue(*lists, a_list(15, full=True)) == []
    assert overdue(*lists, a_list(22, full=True)) == ["21 00:00"]


def test_the_first_due_date_that_a_list_shows_holds_from_the_receipt_on():
    lists = (
        a_list(5, row(PROCESSING), without=["due_at"]),
        a_list(6, row(SUPPLEMENT), without=["due_at"]),
        a_list(9, row(PROCESSING, due=day(3))),
    )
    assert overdue(*lists) == ["04 00:00"]


def test_a_due_date_moved_into_the_past_makes_overdue_when_it_is_moved():
    lists = (a_list(5, row(SUPPLEMENT, due=day(20))), a_list(9, row(PROCESSING, due=day(3))))
    assert overdue(*lists) == ["09 08:00"]


# --- reopened -------------------------------------------------------------------------------------


def test_what_fell_due_while_closed_is_overdue_on_reopening():
    due = day(6)
    assert life(
        a_list(5, row(RESOLVED, due=due, finished=day(4))),
        a_list(8, row(PROCESSING, due=due)),
        a_list(12, row(RESOLVED, due=due, finished=day(10))),
    )[1:] == [
        "04 00:00 resolution resolved@A early",
        "08 08:00 reopening processing@A in_time",
        "08 08:00 overdue processing@A overdue",
        "10 00:00 resolution resolved@A late",
    ]


def test_a_dossier_that_was_overdue_is_overdue_again_when_reopened():
    due = day(2)
    assert life(
        a_list(5, row(RESOLVED, due=due, finished=day(4))),
        a_list(8, row(PROCESSING, due=due)),
        a_list(12, row(RESOLVED, due=due, finished=day(10))),
    )[1:4] == [
        "03 00:00 overdue processing@A overdue",
        "04 00:00 resolution resolved@A late",
        "08 08:00 reopening processing@A overdue",
    ]


# --- index 766 ------------------------------------------------------------------------------------


def waited(due, *more):
    """Waits for a supplement from the 6th to the 9th, each at 8:00: three days."""
    return (
        a_list(5, row(PROCESSING, due=due)),
        a_list(6, row(SUPPLEMENT, due=due)),
        a_list(9, row(PROCESSING, due=due)),
        *more,
    )


def test_index_766_subtracts_the_wait_for_the_first_supplement():
    due = day(10)
    lists = waited(due, a_list(20, row(RESOLVED, due=due, finished=day(13))))
    assert life(*lists, rule_set="index_766")[-1].endswith("on_time")
    assert life(*lists, rule_set="by_date")[-1].endswith("late")
    assert overdue(*waited(due), a_list(20, full=True), rule_set="index_766") == ["14 00:00"]
    assert overdue(*waited(due), a_list(20, full=True), rule_set="by_date") == ["11 00:00"]


def test_index_766_counts_a_wait_up_to_the_closing_and_no_other_pause():
    def judged(pause):
        return life(
            a_list(4, row(pause, due=day(5))),
            a_list(20, row(RESOLVED, due=day(5), finished=at(14, 8))),
            rule_set="index_766",
        )[-1].split()[-1]

    assert judged(SUPPLEMENT) == "early"
    assert judged(PAYMENT) == "late"


def test_index_766_counts_waits_in_calendar_days():
    due = at(10, 15)
    lists = (
        a_list(5, row(SUPPLEMENT, due=due), hour=16),
        a_list(7, row(PROCESSING, due=due)),
        a_list(20, row(RESOLVED, due=due, finished=day(12))),
    )
    assert life(*lists, rule_set="index_766")[-1].endswith("on_time")


def test_index_766_takes_no_lateness_back_for_a_wait_that_began_later():
    due = day(3)
    assert overdue(*waited(due), a_list(20, full=True), rule_set="index_766") == ["04 00:00"]


def test_index_766_is_late_from_the_second_request_on_once_it_no_longer_waits():
    due = day(28)
    second = waited(due, a_list(12, row(SUPPLEMENT, due=due)))
    assert overdue(*second, rule_set="index_766") == []
    resumed = (*second, a_list(14, row(PROCESSING, due=due)))
    assert overdue(*resumed, rule_set="index_766") == ["14 08:00"]
    assert overdue(*resumed, rule_set="by_date") == []
    done = (*second, a_list(14, row(RESOLVED, due=due, finished=at(13, 9))))
    assert life(*done, rule_set="index_766")[-1].endswith("late")
    assert life(*done, rule_set="by_date")[-1].endswith("early")


def test_index_766_takes_the_first_end_that_exists():
    due = day(5)
    told = row(RETURNED, due=due, refused=day(4), finished=day(7))
    assert life(a_list(9, told), rule_set="by_date")[-1] == "04 00:00 return returned@A early"
    assert life(a_list(9, told), rule_set="index_766")[-1] == "04 00:00 return returned@A late"
