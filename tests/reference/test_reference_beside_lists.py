"""The reference on what is said beside lists: dated rows, rulings, successions (decision 010)."""

from .entries import Question, entries
from .ledger import HALTED, PROCESSING, RESOLVED, RETURNED, WITHDRAWN, postings
from .tell import a_list, at, day, jan, life, row, ruling, rulings, step, steps, story, unit, units
from .tell import world as world_of

# --- rows of their own date -----------------------------------------------------------------------


def test_a_pause_begins_and_ends_on_the_days_that_steps_name():
    assert life(
        a_list(2, row(PROCESSING)),
        steps(9, step(at(4, 9), HALTED), step(at(6, 9), PROCESSING)),
    ) == [
        "01 00:00 receipt processing@A in_time",
        "04 09:00 pause halted@A in_time",
        "06 09:00 resume processing@A in_time",
    ]


def test_a_step_is_known_with_the_file_that_brings_it():
    assert story(a_list(2, row(PROCESSING)), steps(9, step(at(4, 9), HALTED)))[1:] == [
        "9: + 04 09:00 pause halted@A in_time"
    ]


def test_a_step_dates_a_closing_without_an_end_date_by_its_day():
    assert life(
        a_list(2, row(PROCESSING, due=at(5, 9))),
        steps(7, step(day(5), RESOLVED)),
        a_list(9, row(RESOLVED, due=at(5, 9))),
        rule_set="by_timestamp",
    ) == ["01 00:00 receipt processing@A in_time", "05 00:00 resolution resolved@A on_time"]


def test_a_due_date_that_a_step_sets_moves_on_its_day_and_earlier_lateness_stays():
    assert life(
        a_list(5, row(PROCESSING, due=day(3))),
        steps(13, step(day(6), due=day(20))),
        a_list(25, row(RESOLVED, due=day(20), finished=day(19))),
    ) == [
        "01 00:00 receipt processing@A in_time",
        "04 00:00 overdue processing@A overdue",
        "19 00:00 resolution resolved@A early",
    ]


def test_a_step_dates_a_reopening_and_the_old_end_does_not_date_the_next_closing():
    told = [
        a_list(5, row(RESOLVED, finished=day(4))),
        steps(8, step(day(7), PROCESSING)),
        a_list(12, row(RESOLVED), without=["finished_at"]),
    ]
    assert life(*told)[1:] == [
        "04 00:00 resolution resolved@A on_time",
        "07 00:00 reopening processing@A in_time",
        "12 08:00 resolution resolved@A on_time",
    ]
    assert life(*told[:2])[-1] == "07 00:00 reopening processing@A in_time"


def test_where_the_status_comes_from_dates_a_step_only_names_the_kind_of_closing():
    register = ["status", "refused_at"]
    told = [
        a_list(3, row(None), without=register),
        steps(6, step(day(5), WITHDRAWN), by_dates=True),
    ]
    assert life(*told) == ["01 00:00 receipt processing@A in_time"]
    assert life(*told, a_list(9, row(None, finished=day(8)), without=register))[1:] == [
        "08 00:00 withdrawal withdrawn@A on_time"
    ]


def test_a_register_without_a_status_ends_no_pause_of_a_step():
    told = life(
        a_list(2, row(PROCESSING)),
        steps(5, step(day(4), HALTED)),
        a_list(6, row(None), without=["status"]),
    )
    assert told[-1] == "04 00:00 pause halted@A in_time"


def test_a_dossier_that_no_list_has_shown_is_not_here():
    assert story(steps(5, step(day(4), PROCESSING)), rulings(6, ruling("unit_is", "A"))) == []


# --- rulings --------------------------------------------------------------------------------------

OPENED = a_list(2, row(PROCESSING))


def test_a_dossier_ruled_void_was_never_here_until_that_is_undone():
    assert story(
        OPENED,
        rulings(4, ruling("void_as_duplicate_of", "d2")),
        rulings(6, ruling("undo", "void_as_duplicate_of")),
    ) == [
        "2: + 01 00:00 receipt processing@A in_time",
        "4: - 01 00:00 receipt processing@A in_time",
        "6: + 01 00:00 receipt processing@A in_time",
    ]


def test_a_ruled_unit_is_the_unit_of_every_row_and_later_lists_do_not_change_it():
    moved = a_list(8, row(PROCESSING, unit="B"), full=True)
    told = life(OPENED, rulings(4, ruling("unit_is", "C")), moved)
    assert told == ["01 00:00 receipt processing@C in_time"]


def test_a_dossier_ruled_closed_is_closed_on_that_day_whatever_lists_show():
    told = life(
        OPENED,
        rulings(4, ruling("closed_on", RETURNED, day=jan(3))),
        a_list(6, row(RESOLVED, finished=day(5))),
        a_list(8, row(PROCESSING)),
    )
    assert told == [
        "01 00:00 receipt processing@A in_time",
        "03 00:00 return returned@A on_time",
    ]


def test_of_two_rulings_of_one_kind_the_newest_holds_and_undone_the_older_again():
    told = [
        OPENED,
        rulings(4, ruling("unit_is", "B", name="one")),
        rulings(5, ruling("unit_is", "C", name="two")),
    ]
    assert life(*told) == ["01 00:00 receipt processing@C in_time"]
    undone = rulings(6, ruling("undo", "two"))
    assert life(*told, undone) == ["01 00:00 receipt processing@B in_time"]


def test_a_ruling_to_keep_moves_nothing():
    assert len(story(OPENED, rulings(4, ruling("keep")))) == 1


# --- successions ----------------------------------------------------------------------------------

MERGED = units(
    unit("A", "D", until=jan(5), into="B"),
    unit("B", "D"),
    unit("C", "P"),
    unit("D", "P"),
    unit("P"),
)


def test_a_list_of_the_successor_moves_no_dossier_from_the_day_of_the_link_on():
    later = a_list(5, row(PROCESSING, unit="B"), full=True)
    assert life(MERGED, a_list(2, row(PROCESSING), full=True), later) == [
        "01 00:00 receipt processing@A in_time"
    ]


def test_a_list_of_the_successor_before_the_link_shows_a_transfer():
    early = a_list(4, row(PROCESSING, unit="B"), full=True)
    told = life(MERGED, a_list(2, row(PROCESSING), full=True), early)
    assert told[-1] == "04 08:00 transfer processing@B in_time"


def test_the_lists_of_the_successor_speak_for_the_unit_before_it():
    told = story(
        MERGED,
        a_list(2, row(PROCESSING, due=day(5))),
        a_list(9, row(PROCESSING, unit="B", due=day(5))),
    )
    assert told[-1] == "9: + 06 00:00 overdue processing@A overdue"


SAME_NAME = units(unit("A", until=jan(5), into="N"), unit("N", since=jan(5), name="A"))


def test_a_name_means_the_unit_that_has_it_on_the_day_of_the_list():
    lists = a_list(4, row(PROCESSING)), a_list(6, row(PROCESSING), row(PROCESSING, code="d2"))
    assert story(SAME_NAME, *lists) == [
        "4: + 01 00:00 receipt processing@A in_time",
        "6: + 01 00:00 receipt processing@N in_time",
    ]


def test_a_name_that_two_units_have_on_one_day_means_neither():
    both = units(unit("B", name="A"), unit("C", name="A"))
    assert life(both, a_list(4, row(PROCESSING)))[0].endswith("processing@A in_time")


def open_in(question):
    told = world_of(
        MERGED,
        a_list(2, row(PROCESSING), row(PROCESSING, unit="B", code="d2"), full=True),
        a_list(8, row(PROCESSING, unit="B"), row(PROCESSING, unit="B", code="d2"), full=True),
    )
    found = entries(told, postings(told), question)
    return {unit: entry.figures["open_total"] for (unit, _), entry in found.items()}


def test_units_are_mapped_as_of_the_day_that_is_asked_for():
    assert open_in(Question(jan(1), jan(8))) == {"B": 2}
    before = Question(jan(1), jan(8), units_as_of=jan(4), rollup=True)
    assert open_in(before) == {"A": 1, "B": 1, "D": 2, "P": 2, "*": 2}


def test_a_transfer_into_the_later_successor_is_inside_it_after_the_merger():
    told = world_of(
        MERGED,
        a_list(2, row(PROCESSING), full=True),
        a_list(4, row(PROCESSING, unit="B"), full=True),
    )
    for day_asked, transferred in ((jan(4), 1), (jan(5), 0)):
        question = Question(jan(1), jan(4), units_as_of=day_asked)
        entry = entries(told, postings(told), question)["B", None]
        assert (entry.figures["transferred_in"], entry.figures["open_total"]) == (transferred, 1)


def test_when_the_district_is_abolished_its_communes_stand_below_the_province():
    abolished = units(
        unit("A", "D", until=jan(5)),
        unit("A", "P", since=jan(5)),
        unit("D", "P", until=jan(5), into="P"),
        unit("P"),
    )
    told = world_of(abolished, a_list(2, row(PROCESSING)))
    for last, above in ((jan(4), {"A", "D", "P", "*"}), (jan(5), {"A", "P", "*"})):
        question = Question(jan(1), last, rollup=True)
        assert {u for u, _ in entries(told, postings(told), question)} == above
