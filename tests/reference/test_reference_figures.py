"""Figures of the reference, each definition of figures.md once, and checks that can fail."""

from dataclasses import replace

import pytest

from .figures import (
    carried,
    check_allowed,
    check_dossiers,
    check_identities,
    figures,
    reach,
    unit_figures,
)
from .ledger import HALTED, PAYMENT, PROCESSING, RESOLVED, RETURNED, SUPPLEMENT, WITHDRAWN, postings
from .tell import a_list, at, day, jan, row, world


def counted(lists, units="A", first=1, last=31, rule_set="by_date", **more):
    told = figures(postings(world(*lists)), units, jan(first), jan(last), rule_set, **more)
    return {code: value for code, value in told.items() if value}


def test_receipts_are_counted_by_channel_and_an_empty_one_is_unknown():
    rows = [
        row(PROCESSING, code=str(n), channel=channel)
        for n, channel in enumerate(["online", "online", "in_person", "postal", None])
    ]
    assert counted([a_list(2, *rows)]) == {
        "received_new": 5,
        "received_online": 2,
        "received_in_person": 1,
        "received_postal": 1,
        "received_channel_unknown": 1,
        "received_total": 5,
        "open_total": 5,
        "open_in_time": 5,
    }


def test_what_was_open_the_day_before_is_carried_over():
    lists = [a_list(20, row(RESOLVED, received=day(3), due=day(9), finished=day(12)))]
    assert counted(lists, first=3, last=3)["received_new"] == 1
    assert counted(lists, first=4, last=11) == {
        "carried_over": 1,
        "received_total": 1,
        "open_total": 1,
        "open_overdue": 1,
    }
    assert counted(lists, first=12, last=12) == {
        "carried_over": 1,
        "received_total": 1,
        "resolved_late": 1,
        "resolved_total": 1,
    }
    assert counted(lists, first=13) == {}


def test_closings_are_counted_by_kind_and_timeliness():
    due = day(9)
    rows = [
        row(RESOLVED, code="1", due=due, finished=day(8)),
        row(RESOLVED, code="2", due=due, finished=day(9)),
        row(RETURNED, code="3", due=due, refused=day(10)),
        row(WITHDRAWN, code="4", due=due, finished=day(8)),
    ]
    told = counted([a_list(20, *rows)])
    for code in ("resolved_early", "resolved_on_time", "returned_late", "withdrawn_early"):
        assert told[code] == 1
    assert (told["resolved_total"], told["returned"], told["withdrawn"]) == (2, 1, 1)
    assert "open_total" not in told


def test_a_rule_set_changes_timeliness_and_nothing_else():
    lists = [a_list(20, row(RESOLVED, due=at(9, 15), finished=at(9, 16)))]
    assert counted(lists)["resolved_on_time"] == 1
    assert counted(lists, rule_set="by_timestamp")["resolved_late"] == 1


def test_open_dossiers_are_balances_by_account():
    rows = [row(a, code=a) for a in (PROCESSING, SUPPLEMENT, PAYMENT, HALTED)]
    told = counted([a_list(20, *rows)])
    assert told["open_total"] == told["open_in_time"] == 4
    assert told["open_awaiting_supplement"] == 1
    assert told["open_awaiting_payment"] == 1
    assert told["open_halted"] == 1


MOVED = [a_list(2, row(PROCESSING), full=True), a_list(4, row(PROCESSING, unit="B"), full=True)]


def test_a_transfer_goes_out_of_the_one_and_into_the_other_and_cancels_in_the_parent():
    assert counted(MOVED, "A")["transferred_out"] == 1
    assert counted(MOVED, "B") == {
        "transferred_in": 1,
        "received_total": 1,
        "open_total": 1,
        "open_in_time": 1,
    }
    assert not {"transferred_in", "transferred_out"} & set(counted(MOVED, "AB"))


def test_a_reopening_is_received_again():
    told = counted(
        [
            a_list(5, row(RESOLVED, finished=day(4))),
            a_list(7, row(PROCESSING)),
            a_list(12, row(RESOLVED, finished=day(10))),
        ]
    )
    assert (told["reopened"], told["received_total"], told["resolved_total"]) == (1, 2, 2)


def test_as_of_an_instant_is_what_was_known_then():
    lists = [a_list(2, row(PROCESSING)), a_list(9, row(RESOLVED, finished=day(5)))]
    before = world(*lists).batches[1].known_at.replace(hour=0)
    assert counted(lists, as_of_instant=before)["open_total"] == 1
    assert counted(lists)["resolved_total"] == 1


def test_nothing_is_told_beyond_the_day_that_the_lists_of_the_unit_reach():
    whole = world(a_list(9, row(RESOLVED, finished=day(12))))
    assert reach(whole, "A") == jan(9)
    assert reach(whole, "B") is None
    told = unit_figures(whole, postings(whole), "A", jan(1), jan(31))
    assert (told["open_total"], told["resolved_total"], told["received_total"]) == (1, 0, 1)


def test_a_count_whose_column_no_list_of_the_unit_carries_is_null():
    whole = world(
        a_list(9, row(None), without=["status", "channel", "due_at", "refused_at"]),
        a_list(9, row(PROCESSING, unit="B", code="d2"), unit="B"),
    )
    assert "channel" not in carried(whole, "A")
    told = unit_figures(whole, postings(whole), "A", jan(1), jan(31))
    assert told["received_new"] == told["received_channel_unknown"] == told["open_total"] == 1
    for code in ("received_online", "open_in_time", "resolved_late", "open_halted", "returned"):
        assert told[code] is None
    assert unit_figures(whole, postings(whole), "B", jan(1), jan(31))["received_online"] == 0


# --- checks that can fail -------------------------------------------------------------------------


def test_identities_fail_when_a_movement_is_not_counted():
    posted = postings(world(*MOVED))
    periods = [(jan(1), jan(10))]
    assert check_identities(posted, "AB", periods) == []
    for movement in ("receipt", "transfer"):
        lost = [replace(p.of, movement="pause") for p in posted if p.of.movement == movement]
        kept = [p for p in posted if p.of.movement != movement]
        wrong = [*kept, *(replace(posted[0], of=m) for m in lost)]
        failures = check_identities(wrong, "AB", periods)
        assert any(failure.startswith("I5") for failure in failures)


def test_a_dossier_in_two_accounts_is_found():
    whole = world(*MOVED)
    posted = postings(whole)
    assert check_dossiers(posted, whole) == []
    assert check_dossiers([*posted, posted[0]], whole) != []
    assert check_dossiers([replace(p, quantity=-p.quantity) for p in posted], whole) != []


@pytest.mark.parametrize(
    "change",
    [
        {"movement": "death"},
        {"from_account": RESOLVED},
        {"to_account": RESOLVED},
        {"to_unit": "A"},
    ],
)
def test_a_movement_that_the_table_does_not_allow_is_found(change):
    transfer = postings(world(*MOVED))[1]
    assert check_allowed([transfer]) == []
    assert check_allowed([replace(transfer, of=replace(transfer.of, **change))]) != []
