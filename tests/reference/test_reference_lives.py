"""The reference model itself: each rule of figures.md once, on a life short enough to read."""

from .ledger import HALTED, OUTSIDE, PAYMENT, PROCESSING, RESOLVED, RETURNED, SUPPLEMENT, WITHDRAWN
from .tell import a_list, at, day, jan, life, row, story

# --- receipt --------------------------------------------------------------------------------------


def test_a_receipt_takes_effect_at_its_own_date_and_is_known_with_the_list():
    assert story(a_list(3, row(PROCESSING, received=at(1, 9)))) == [
        "3: + 01 09:00 receipt processing@A in_time"
    ]


def test_a_dossier_first_seen_closed_gets_receipt_and_closing_each_at_its_own_date():
    assert life(a_list(9, row(RESOLVED, finished=day(5)))) == [
        "01 00:00 receipt processing@A in_time",
        "05 00:00 resolution resolved@A on_time",
    ]


def test_an_undated_receipt_takes_effect_when_first_seen_open_or_closed():
    assert life(
        a_list(2, row(OUTSIDE, received=None)),
        a_list(3, row(PROCESSING, received=None)),
        a_list(4, row(PROCESSING, received=None)),
    ) == ["03 08:00 receipt processing@A in_time"]


def test_a_dossier_that_is_only_ever_outside_has_no_movement():
    assert story(a_list(2, row(OUTSIDE)), a_list(3, row(OUTSIDE))) == []


def test_a_dossier_outside_again_was_never_received():
    assert story(a_list(2, row(PROCESSING)), a_list(4, row(OUTSIDE))) == [
        "2: + 01 00:00 receipt processing@A in_time",
        "4: - 01 00:00 receipt processing@A in_time",
    ]


def test_a_refusal_of_a_received_dossier_is_a_return_even_where_the_status_says_outside():
    assert life(a_list(2, row(PROCESSING)), a_list(4, row(OUTSIDE, refused=at(3, 9)))) == [
        "01 00:00 receipt processing@A in_time",
        "03 09:00 return returned@A on_time",
    ]


def test_the_receipt_is_at_the_first_unit_seen():
    assert life(a_list(2, row(PROCESSING)), a_list(3, row(PROCESSING, unit="B"), full=True)) == [
        "01 00:00 receipt processing@A in_time",
        "03 08:00 transfer processing@B in_time",
    ]


def test_a_changed_receipt_date_is_a_correction():
    assert story(a_list(3, row(PROCESSING)), a_list(4, row(PROCESSING, received=day(2)))) == [
        "3: + 01 00:00 receipt processing@A in_time",
        "4: - 01 00:00 receipt processing@A in_time",
        "4: + 02 00:00 receipt processing@A in_time",
    ]


def test_the_same_content_again_posts_nothing():
    assert len(story(a_list(3, row(PROCESSING)), a_list(4, row(PROCESSING)))) == 1


def test_a_changed_channel_posts_every_movement_anew():
    assert story(
        a_list(3, row(PROCESSING, channel="online")), a_list(4, row(PROCESSING, channel="postal"))
    ) == [
        "3: + 01 00:00 receipt processing@A in_time",
        "4: - 01 00:00 receipt processing@A in_time",
        "4: + 01 00:00 receipt processing@A in_time",
    ]


def test_a_unit_seen_before_a_corrected_receipt_leaves_no_transfer_behind():
    assert life(
        a_list(11, row(RESOLVED, unit="D", finished=day(11)), full=True),
        a_list(19, row(RESOLVED, unit="A", finished=day(11)), full=True),
        a_list(26, row(RESOLVED, unit="A", received=day(26), finished=day(11)), full=True),
    ) == [
        "26 00:00 receipt processing@A in_time",
        "26 00:00 resolution resolved@A on_time",
    ]


# --- pauses ---------------------------------------------------------------------------------------


def test_an_undated_state_takes_effect_when_it_is_first_seen():
    assert life(
        a_list(2, row(PROCESSING)),
        a_list(3, row(SUPPLEMENT)),
        a_list(4, row(SUPPLEMENT)),
        a_list(6, row(PAYMENT)),
        a_list(7, row(PROCESSING)),
    ) == [
        "01 00:00 receipt processing@A in_time",
        "03 08:00 pause awaiting_supplement@A in_time",
        "06 08:00 pause awaiting_payment@A in_time",
        "07 08:00 resume processing@A in_time",
    ]


def test_a_dossier_first_seen_paused_is_received_and_paused_when_seen():
    assert life(a_list(4, row(HALTED))) == [
        "01 00:00 receipt processing@A in_time",
        "04 08:00 pause halted@A in_time",
    ]


def test_a_state_seen_before_the_receipt_takes_effect_at_the_receipt():
    assert life(a_list(2, row(SUPPLEMENT)), a_list(6, row(PROCESSING, received=at(5, 9)))) == [
        "05 09:00 receipt processing@A in_time",
        "05 09:00 pause awaiting_supplement@A in_time",
        "06 08:00 resume processing@A in_time",
    ]


def test_a_transfer_and_a_pause_seen_together_are_transfer_then_pause():
    assert life(a_list(2, row(PROCESSING)), a_list(3, row(SUPPLEMENT, unit="B"), full=True)) == [
        "01 00:00 receipt processing@A in_time",
        "03 08:00 transfer processing@B in_time",
        "03 08:00 pause awaiting_supplement@B in_time",
    ]


# --- closings -------------------------------------------------------------------------------------


def test_each_kind_of_closing_has_its_own_movement_and_its_own_date():
    dates = {"finished": day(4), "refused": day(5), "handed_over": day(6)}
    assert life(a_list(9, row(RESOLVED, **dates)))[-1].startswith("04 00:00 resolution resolved@A")
    assert life(a_list(9, row(RETURNED, **dates)))[-1].startswith("05 00:00 return returned@A")
    assert life(a_list(9, row(WITHDRAWN, **dates)))[-1].startswith("04 00:00 withdrawal withdrawn@")
    assert life(a_list(9, row(RESOLVED, handed_over=day(6))))[-1].startswith("06 00:00 resolution")
    assert life(a_list(9, row(WITHDRAWN, refused=day(5))))[-1].startswith("05 00:00 withdrawal")


def test_a_closing_without_a_date_takes_effect_when_that_account_is_first_seen():
    assert life(
        a_list(2, row(PROCESSING)),
        a_list(3, row(WITHDRAWN)),
        a_list(5, row(RESOLVED)),
        a_list(6, row(RESOLVED)),
    ) == ["01 00:00 receipt processing@A in_time", "05 08:00 resolution resolved@A on_time"]


def test_an_end_before_the_start_takes_effect_at_the_receipt():
    assert life(a_list(9, row(RESOLVED, received=at(5, 9), finished=day(2)))) == [
        "05 09:00 receipt processing@A in_time",
        "05 09:00 resolution resolved@A on_time",
    ]


def test_open_with_an_end_date_is_open():
    assert life(a_list(9, row(PROCESSING, finished=day(5)))) == [
        "01 00:00 receipt processing@A in_time"
    ]


def test_what_was_seen_from_the_end_date_on_did_not_happen():
    assert life(
        a_list(2, row(PROCESSING)),
        a_list(5, row(SUPPLEMENT)),
        a_list(6, row(PROCESSING, unit="B")),
        a_list(9, row(RESOLVED, unit="B", finished=day(5))),
    ) == ["01 00:00 receipt processing@A in_time", "05 00:00 resolution resolved@A on_time"]


def test_an_end_date_that_is_gone_never_was():
    assert story(a_list(5, row(RESOLVED, finished=day(4))), a_list(7, row(PROCESSING))) == [
        "5: + 01 00:00 receipt processing@A in_time",
        "5: + 04 00:00 resolution resolved@A on_time",
        "7: - 04 00:00 resolution resolved@A on_time",
    ]


def test_another_kind_of_closing_is_a_correction():
    assert story(
        a_list(5, row(RESOLVED, finished=day(4))), a_list(7, row(RETURNED, finished=day(4)))
    )[2:] == [
        "7: - 04 00:00 resolution resolved@A on_time",
        "7: + 04 00:00 return returned@A on_time",
    ]


def test_open_between_two_different_ends_is_a_reopening():
    assert life(
        a_list(5, row(RESOLVED, finished=day(4))),
        a_list(7, row(SUPPLEMENT, unit="B"), full=True),
        a_list(12, row(RETURNED, unit="B", refused=at(10, 15))),
    ) == [
        "01 00:00 receipt processing@A in_time",
        "04 00:00 resolution resolved@A on_time",
        "07 08:00 reopening processing@A in_time",
        "07 08:00 transfer processing@B in_time",
        "07 08:00 pause awaiting_supplement@B in_time",
        "10 15:00 return returned@B on_time",
    ]


def test_open_between_two_sightings_of_one_end_is_no_reopening():
    lists = (
        a_list(5, row(RESOLVED, finished=day(4))),
        a_list(7, row(PROCESSING)),
        a_list(9, row(RESOLVED, finished=day(4))),
    )
    assert life(*lists) == [
        "01 00:00 receipt processing@A in_time",
        "04 00:00 resolution resolved@A on_time",
    ]


def test_an_end_before_the_dossier_was_seen_open_corrects_the_end_before():
    assert life(
        a_list(5, row(RESOLVED, finished=day(4))),
        a_list(9, row(PROCESSING)),
        a_list(10, row(RESOLVED, finished=day(6))),
    )[1:] == ["06 00:00 resolution resolved@A on_time"]


# --- units ----------------------------------------------------------------------------------------


def unit_list(observed, unit, *rows, **more):
    return a_list(observed, *rows, unit=unit, full=True, **more)


def test_a_dossier_in_two_units_lists_stays_where_it_was():
    assert life(
        unit_list(2, "A", row(PROCESSING)),
        unit_list(3, "B", row(PROCESSING, unit="B")),
        unit_list(4, "A", row(PROCESSING)),
    ) == ["01 00:00 receipt processing@A in_time"]


def test_it_is_transferred_when_it_has_left_the_one_full_list_and_stands_in_the_other():
    assert life(
        unit_list(2, "A", row(PROCESSING)),
        unit_list(3, "B", row(PROCESSING, unit="B")),
        unit_list(5, "A"),
    ) == [
        "01 00:00 receipt processing@A in_time",
        "05 08:00 transfer processing@B in_time",
    ]
    assert life(
        unit_list(2, "A", row(PROCESSING)),
        unit_list(3, "A"),
        unit_list(5, "B", row(PROCESSING, unit="B")),
    )[1:] == ["05 08:00 transfer processing@B in_time"]


def test_a_list_of_the_same_moment_that_still_shows_it_keeps_it():
    assert (
        len(
            life(
                unit_list(2, "A", row(PROCESSING)),
                unit_list(5, "B", row(PROCESSING, unit="B")),
                unit_list(5, "A", row(PROCESSING)),
            )
        )
        == 1
    )


def test_one_list_of_all_units_moves_it_at_once():
    assert life(a_list(2, row(PROCESSING)), a_list(3, row(PROCESSING, unit="B"), full=True))[
        1:
    ] == ["03 08:00 transfer processing@B in_time"]


def test_missing_from_a_list_moves_nothing():
    assert len(life(unit_list(2, "A", row(PROCESSING)), unit_list(3, "A"))) == 1


def test_a_partial_list_or_one_of_other_dates_takes_it_from_nowhere():
    stays = (unit_list(2, "A", row(PROCESSING)), unit_list(3, "B", row(PROCESSING, unit="B")))
    assert len(life(*stays, a_list(4, unit="A"))) == 1
    assert len(life(*stays, a_list(4, row(PROCESSING, unit="B")))) == 1
    assert len(life(*stays, unit_list(4, "A", dates=("received", jan(2), jan(9))))) == 1
    assert len(life(*stays, unit_list(4, "A", dates=("ended", jan(1), jan(9))))) == 1
    assert len(life(*stays, unit_list(4, "A", dates=("received", jan(1), jan(9))))) == 2


def test_it_does_not_go_to_a_unit_whose_own_list_has_lost_it_again():
    assert (
        len(
            life(
                unit_list(2, "A", row(PROCESSING)),
                unit_list(3, "B", row(PROCESSING, unit="B")),
                unit_list(4, "B"),
                unit_list(5, "A"),
            )
        )
        == 1
    )


# --- what lists leave out, and their order --------------------------------------------------------


def test_an_absent_column_keeps_the_last_value_and_an_empty_cell_takes_it():
    told = row(PROCESSING, due=day(10))
    late = "11 00:00 overdue processing@A overdue"
    assert life(a_list(2, told), a_list(12, row(PROCESSING), without=["due_at"]))[1:] == [late]
    assert life(a_list(2, told), a_list(12, row(PROCESSING)))[1:] == []


def test_without_a_status_column_the_dates_say_the_account():
    def by_dates(**dates):
        return life(a_list(9, row(None, **dates), without=["status"]))[-1].split()[2:4]

    assert by_dates() == ["receipt", "processing@A"]
    assert by_dates(finished=day(4)) == ["resolution", "resolved@A"]
    assert by_dates(handed_over=day(4)) == ["resolution", "resolved@A"]
    assert by_dates(refused=day(4)) == ["return", "returned@A"]
    assert by_dates(refused=day(4), finished=day(5)) == ["return", "returned@A"]


def test_a_list_that_comes_late_takes_its_place_in_time():
    on_monday_and_wednesday = (a_list(3, row(PROCESSING)), a_list(5, row(PROCESSING)))
    assert story(*on_monday_and_wednesday, a_list(4, row(SUPPLEMENT), known=8)) == [
        "3: + 01 00:00 receipt processing@A in_time",
        "8: + 04 08:00 pause awaiting_supplement@A in_time",
        "8: + 05 08:00 resume processing@A in_time",
    ]


def test_of_two_lists_of_one_moment_the_one_known_later_is_newer():
    first = a_list(3, row(PROCESSING, received=day(1)), known=4, name="b")
    second = a_list(3, row(PROCESSING, received=day(2)), known=5, name="a")
    assert life(second, first) == ["02 00:00 receipt processing@A in_time"]
    assert life(first, a_list(3, row(PROCESSING, received=day(2)), known=4, name="c")) == [
        "02 00:00 receipt processing@A in_time"
    ]


def test_the_rows_of_a_repeated_list_add_nothing():
    assert life(
        a_list(3, row(PROCESSING)),
        a_list(3, row(SUPPLEMENT), known=4),
        a_list(3, row(PROCESSING), known=5),
    )[1:] == ["03 08:00 pause awaiting_supplement@A in_time"]


def test_systems_do_not_share_dossiers_and_a_mirror_is_never_posted():
    assert len(life(a_list(3, row(PROCESSING)), a_list(3, row(RESOLVED), system="other"))) == 3
    assert len(life(a_list(3, row(PROCESSING)), a_list(4, row(RESOLVED), role="mirror"))) == 1
