"""Figures over a ledger of a few movements: each test is one sentence of the contract."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from orchestration.errors import HosoError
from orchestration.eventstore.schema import LAYOUT_BITS
from orchestration.reporting.definitions import rate
from orchestration.reporting.figures import default_range, figures, units
from orchestration.reporting.question import Question, instant, parents

JANUARY = Question(date(2026, 1, 1), date(2026, 1, 31))
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def ask(world, question=JANUARY, **changes):
    values = {**vars(question), **changes}
    return figures(world.connect(), Question(**values))


def one(world, question=JANUARY, **changes):
    (entry,) = ask(world, question, **changes)
    return entry


def test_every_code_of_the_contract_is_in_every_entry(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    entry = one(world)
    assert list(entry) == [
        *("unit", "from", "to", "rule_set", "as_of", "balance_day", "known_until", "complete"),
        *("figures", "rates"),
    ]
    # 37 of figures.md, each of the six of feedback by its two kinds, both closings by timeliness
    assert len(entry["figures"]) == 37 + 6 * 2 + 2 * 3
    assert len(entry["rates"]) == 7
    assert all(entry["figures"][code] is None for code in ("rated", "fee_dossiers", "interlinked"))


def test_what_was_returned_or_withdrawn_is_also_counted_by_timeliness(world):
    world.unit("A")
    for code, closing, after in (
        *(("1", "return", "late"), ("2", "return", "late"), ("3", "return", "early")),
        *(("4", "withdrawal", "on_time"), ("5", "withdrawal", "late")),
    ):
        world.post(code, "receipt", "2026-01-05")
        world.post(code, closing, "2026-01-20", after=after)
    told = one(world)["figures"]
    assert [told[f"returned_{t}"] for t in ("early", "on_time", "late")] == [1, 0, 2]
    assert [told[f"withdrawn_{t}"] for t in ("early", "on_time", "late")] == [0, 1, 1]
    assert (told["returned"], told["withdrawn"]) == (3, 2)


@pytest.mark.parametrize("missing", ["due_at", "status"])
def test_returned_late_is_null_unless_lists_tell_what_was_returned_and_when_it_was_due(
    world, missing
):
    without = {missing, "refused_at"}
    world.unit("A", layout=sum(bit for name, bit in LAYOUT_BITS.items() if name not in without))
    world.post("1", "receipt", "2026-01-05")
    told = one(world)["figures"]
    assert told["returned_late"] is None
    assert told["withdrawn_late"] is None


ATTRIBUTES = """
create table fct_dossier_attribute as
select dossier_key, batch_no, known_at::timestamp as known_at, help_unit_code, reception_unit_code
from (values
    (1, 1, '2026-01-06', null, 'B'),
    (1, 2, '2026-01-20', 'C', 'D'),
    (2, 1, '2026-01-06', null, 'B')
) as told (dossier_key, batch_no, known_at, help_unit_code, reception_unit_code)
"""


@pytest.mark.parametrize(
    ("split", "known", "received"),
    [
        ("reception_unit", None, {"B": 1, "D": 1, None: 1}),
        ("help_unit", None, {"C": 1, None: 2}),
        ("reception_unit", datetime(2026, 1, 10, tzinfo=UTC), {"B": 2, None: 1}),
    ],
)
def test_figures_can_be_split_by_where_dossiers_were_received_or_lodged_with_help(
    world, split, known, received
):
    world.unit("A")
    for code in ("1", "2", "3"):
        world.post(code, "receipt", "2026-01-05")
    con = world.connect()
    con.execute(ATTRIBUTES)
    entries = figures(con, Question(JANUARY.first, JANUARY.last, by=split, as_of=known))
    assert {entry[split]: entry["figures"]["received_new"] for entry in entries} == received
    assert sum(entry["figures"]["open_total"] for entry in entries) == 3


def test_where_dossiers_were_received_is_told_in_the_units_of_the_day_asked_for(world):
    world.unit("A")
    world.unit("B", until=date(2026, 1, 15), into="D")
    world.unit("D")
    for code in ("1", "2"):
        world.post(code, "receipt", "2026-01-05")
    con = world.connect()
    con.execute(ATTRIBUTES)

    def received(units_as_of):
        asked = Question(JANUARY.first, JANUARY.last, by="reception_unit", units_as_of=units_as_of)
        return {e["reception_unit"]: e["figures"]["received_new"] for e in figures(con, asked)}

    assert received(None) == {"D": 2}
    assert received(date(2026, 1, 14)) == {"B": 1, "D": 1}


def test_a_publication_that_does_not_tell_of_roles_says_so(world):
    world.unit("A")
    with pytest.raises(HosoError, match="hoso run"):
        ask(world, by="help_unit")


def test_received_resolved_and_open_of_one_month(world):
    world.unit("A")
    world.post("old", "receipt", "2025-12-20")
    world.post("old", "resolution", "2026-01-10", after="late")
    world.post("new", "receipt", "2026-01-31", channel="postal")
    world.post("next", "receipt", "2026-02-01")
    found = one(world)["figures"]
    assert (found["carried_over"], found["received_new"], found["received_total"]) == (1, 1, 2)
    assert (found["received_postal"], found["received_online"]) == (1, 0)
    assert (found["resolved_late"], found["resolved_on_time"], found["resolved_total"]) == (1, 0, 1)
    assert (found["open_total"], found["open_in_time"], found["open_overdue"]) == (1, 1, 0)


def test_any_day_can_be_the_boundary_of_a_period(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    world.post("1", "resolution", "2026-01-07")
    for day, opened, done, left in [(4, 0, 0, 0), (5, 1, 0, 1), (6, 0, 0, 1), (7, 0, 1, 0)]:
        boundary = date(2026, 1, day)
        entries = ask(world, first=boundary, last=boundary)
        found = (
            entries[0]["figures"]
            if entries
            else dict.fromkeys(("received_new", "resolved_total", "open_total"), 0)
        )
        assert (found["received_new"], found["resolved_total"], found["open_total"]) == (
            *(opened, done, left),
        )


def test_a_paused_dossier_is_open_and_counted_by_what_it_waits_for(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    world.post("1", "pause", "2026-01-06")
    world.post("2", "receipt", "2026-01-05")
    world.post("2", "pause", "2026-01-06", account="open.halted")
    world.post("2", "resume", "2026-01-09")
    found = one(world)["figures"]
    assert found["open_total"] == 2
    assert (found["open_awaiting_supplement"], found["open_halted"]) == (1, 0)


def test_what_falls_due_unfinished_is_open_overdue(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    world.post("1", "overdue", "2026-01-20")
    found = one(world)["figures"]
    assert (found["open_in_time"], found["open_overdue"]) == (0, 1)


def test_returned_withdrawn_and_reopened_are_flows_of_their_own(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-02")
    world.post("1", "return", "2026-01-03")
    world.post("2", "receipt", "2026-01-02")
    world.post("2", "withdrawal", "2026-01-03")
    world.post("3", "receipt", "2025-12-01")
    world.post("3", "resolution", "2025-12-05")
    world.post("3", "reopening", "2026-01-08", after="in_time")
    found = one(world)["figures"]
    assert (found["returned"], found["withdrawn"], found["reopened"]) == (1, 1, 1)
    assert found["received_total"] == 3 == 2 + found["open_total"]


def test_a_unit_without_a_channel_column_has_no_channel_figures(world):
    world.unit("A", layout=LAYOUT_BITS["status"] | LAYOUT_BITS["due_at"])
    world.post("1", "receipt", "2026-01-05", channel="unknown")
    entry = one(world)
    assert entry["figures"]["received_online"] is None
    assert entry["figures"]["received_channel_unknown"] == 1
    assert entry["rates"]["online_rate"] is None


def test_a_unit_without_due_dates_has_no_timeliness(world):
    world.unit("A", layout=LAYOUT_BITS["status"])
    world.post("1", "receipt", "2026-01-05")
    world.post("1", "resolution", "2026-01-06")
    found = one(world)["figures"]
    assert found["resolved_total"] == 1
    assert [found[c] for c in ("resolved_early", "resolved_on_time", "resolved_late")] == [None] * 3
    assert (found["open_in_time"], found["open_overdue"]) == (None, None)


def test_returned_needs_a_status_or_a_date_of_refusal_and_withdrawn_a_status(world):
    world.unit("A", layout=LAYOUT_BITS["refused_at"])
    world.post("1", "receipt", "2026-01-05")
    found = one(world)["figures"]
    assert (found["returned"], found["withdrawn"], found["open_halted"]) == (0, None, None)


def test_a_column_that_any_list_of_the_unit_has_is_carried(world):
    world.unit("A", layout=LAYOUT_BITS["status"])
    world.covers("A", "2026-01-10", LAYOUT_BITS["channel"])
    world.post("1", "receipt", "2026-01-05")
    assert one(world)["figures"]["received_online"] == 1


def test_balances_are_taken_as_far_as_the_unit_is_known(world):
    world.unit("A", reach="2026-01-20")
    world.post("1", "receipt", "2026-01-05")
    world.post("1", "overdue", "2026-01-25")
    entry = one(world)
    assert (entry["balance_day"], entry["known_until"]) == ("2026-01-20", "2026-01-20")
    assert entry["complete"] is False
    assert (entry["figures"]["open_in_time"], entry["figures"]["open_overdue"]) == (1, 0)


def test_a_period_that_the_data_reaches_is_complete(world):
    world.unit("A", reach="2026-01-31")
    world.post("1", "receipt", "2026-01-05")
    entry = one(world)
    assert (entry["balance_day"], entry["complete"]) == ("2026-01-31", True)


def test_months_are_cut_to_the_range_and_carry_over_into_each_other(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    world.post("2", "receipt", "2026-02-10")
    world.post("1", "resolution", "2026-03-01")
    entries = ask(world, first=date(2026, 1, 5), last=date(2026, 3, 20), by="month")
    assert [(e["month"], e["from"], e["to"]) for e in entries] == [
        ("2026-01", "2026-01-05", "2026-01-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-03", "2026-03-01", "2026-03-20"),
    ]
    assert [e["figures"]["open_total"] for e in entries] == [1, 2, 1]
    assert [e["figures"]["carried_over"] for e in entries] == [0, 1, 2]
    assert [e["figures"]["resolved_total"] for e in entries] == [0, 0, 1]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("field", {"Field 1": 1, "Field 2": 1}),
        ("procedure", {"1.001": 1, "2.002": 1}),
        ("source_channel", {"Internet": 1, "Desk": 1}),
        ("channel", {"online": 1, "unknown": 1}),
    ],
)
def test_figures_are_split_by_what_the_dossier_has(world, by, expected):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    other = {"procedure": "2.002", "source_channel": "Desk", "channel": "unknown"}
    world.post("2", "receipt", "2026-01-06", **other)
    entries = ask(world, by=by)
    assert {e[by]: e["figures"]["received_new"] for e in entries} == expected


def test_by_unit_is_the_same_as_no_split(world):
    world.unit("A")
    world.post("1", "receipt", "2026-01-05")
    assert ask(world, by="unit") == ask(world)


def test_a_transfer_is_out_here_and_in_there_and_cancels_in_the_parent(world):
    world.unit("P")
    world.unit("A", "P")
    world.unit("B", "P")
    world.unit("Q")
    world.post("1", "receipt", "2026-01-05", unit="A")
    world.post("1", "transfer", "2026-01-10", unit="B")
    world.post("2", "receipt", "2026-01-05", unit="A")
    world.post("2", "transfer", "2026-01-10", unit="Q")
    found = {e["unit"]: e["figures"] for e in ask(world, rollup=True)}
    assert (found["A"]["transferred_out"], found["B"]["transferred_in"]) == (2, 1)
    assert (found["P"]["transferred_out"], found["P"]["transferred_in"]) == (1, 0)
    assert (found["*"]["transferred_out"], found["*"]["transferred_in"]) == (0, 0)
    assert (found["*"]["received_new"], found["*"]["open_total"]) == (2, 2)


def test_without_rollup_only_units_with_dossiers_of_their_own_are_shown(world):
    world.unit("P")
    world.unit("A", "P")
    world.unit("silent", "P")
    world.post("1", "receipt", "2026-01-05", unit="A")
    assert [e["unit"] for e in ask(world)] == ["A"]
    assert [e["unit"] for e in ask(world, rollup=True)] == ["A", "P", "*"]


def test_a_unit_asked_for_is_shown_with_all_below_it_even_when_it_has_nothing(world):
    world.unit("P")
    world.unit("A", "P")
    world.unit("empty")
    world.post("1", "receipt", "2026-01-05", unit="A")
    found = {e["unit"]: e["figures"]["received_new"] for e in ask(world, units=("P", "empty"))}
    assert found == {"P": 1, "empty": 0}


def test_a_transfer_that_one_side_does_not_know_yet_breaks_no_identity(world):
    world.unit("P")
    world.unit("A", "P", reach="2026-01-10")
    world.unit("B", "P", reach="2026-01-31")
    world.post("1", "receipt", "2026-01-05", unit="A")
    world.post("1", "transfer", "2026-01-20", unit="B")
    for entry in ask(world, rollup=True):
        found = entry["figures"]
        gone = ("resolved_total", "returned", "withdrawn", "transferred_out", "open_total")
        assert found["received_total"] == sum(found[code] for code in gone), entry["unit"]


def test_a_parent_is_complete_only_when_every_unit_below_is(world):
    world.unit("P", reach=None)
    world.unit("A", "P", reach="2026-01-31")
    world.unit("B", "P", reach="2026-01-15")
    for code in "AB":
        world.post(code, "receipt", "2026-01-05", unit=code)
    entry = one(world, units=("P",))
    assert (entry["complete"], entry["known_until"]) == (False, "2026-01-15")


def test_a_unit_that_ended_before_the_period_does_not_hold_its_parent_back(world):
    world.unit("P")
    world.unit("A", "P", reach="2026-01-31")
    world.unit("gone", "P", reach="2025-06-30", until=date(2025, 7, 1))
    world.post("1", "receipt", "2026-01-05", unit="A")
    world.post("2", "receipt", "2025-05-05", unit="gone")
    assert one(world, units=("P",))["complete"] is True


def test_work_of_a_merged_unit_is_carried_on_by_its_successor_from_the_day_of_the_merger(world):
    world.unit("old", until=date(2025, 7, 1), into="new", reach="2026-03-31")
    world.unit("new")
    world.post("1", "receipt", "2025-06-20", unit="old")
    assert one(world)["unit"] == "new"
    assert one(world)["figures"]["carried_over"] == 1
    assert one(world, units_as_of=date(2025, 6, 30))["unit"] == "old"


def test_below_an_abolished_district_communes_stand_in_the_unit_that_it_went_into(world):
    # though no units list says that the commune has another parent now
    world.unit("P")
    world.unit("D", "P", until=date(2025, 7, 1), into="P")
    world.unit("A", "D", reach="2026-03-31")
    world.post("1", "receipt", "2025-06-20", unit="A")
    assert {entry["unit"] for entry in ask(world, rollup=True)} == {"A", "P", "*"}
    before = ask(world, rollup=True, units_as_of=date(2025, 6, 30))
    assert {entry["unit"] for entry in before} == {"A", "D", "P", "*"}
    assert parents(units(world.connect()), date(2026, 1, 31))["A"] == "P"


def test_as_of_gives_what_was_known_then(world):
    world.unit("A", reach=None)
    world.covers("A", "2026-01-10", known="2026-01-10T10:00")
    world.covers("A", "2026-02-10", known="2026-02-10T10:00")
    first = world.post("1", "receipt", "2026-01-05", known="2026-01-10T10:00")
    world.reverse(first, known="2026-02-10T10:00")
    world.post("2", "receipt", "2026-01-06", known="2026-02-10T10:00")
    world.post("3", "receipt", "2026-01-07", known="2026-02-10T10:00")
    before = one(world, as_of=instant("2026-01-31", HANOI))
    assert (before["figures"]["received_new"], before["known_until"]) == (1, "2026-01-10")
    assert one(world)["figures"]["received_new"] == 2


def test_the_daily_sums_and_the_ledger_give_the_same_figures(world):
    world.unit("A", reach="2026-01-20")
    world.unit("B")
    world.post("1", "receipt", "2026-01-05", unit="A")
    world.post("1", "transfer", "2026-01-10", unit="B")
    world.post("1", "pause", "2026-01-12")
    world.post("2", "receipt", "2025-12-05", unit="A")
    world.post("2", "resolution", "2026-01-25", after="early")
    wrong = world.post("3", "receipt", "2026-01-08", unit="B")
    world.reverse(wrong, known="2026-01-20")
    later = datetime(2030, 1, 1, tzinfo=UTC)
    for rollup in (False, True):
        daily = ask(world, rollup=rollup, by="month")
        ledger = ask(world, rollup=rollup, by="month", as_of=later)
        assert daily == [{**entry, "as_of": None} for entry in ledger]


def test_a_bare_date_is_the_end_of_that_day_in_office_time():
    assert instant("2026-01-31", HANOI) == datetime(2026, 1, 31, 16, 59, 59, 999999, UTC)
    assert instant("2026-01-31T09:00", HANOI) == datetime(2026, 1, 31, 2, tzinfo=UTC)
    assert instant("2026-01-31T09:00:00+00:00", HANOI) == datetime(2026, 1, 31, 9, tzinfo=UTC)
    with pytest.raises(HosoError, match="Not a date or time"):
        instant("yesterday", HANOI)
    # ISO 8601 writes a bare date without dashes, too
    assert instant("20260131", HANOI) == instant("2026-01-31", HANOI)
    with pytest.raises(HosoError, match="Not a date or time"):
        instant("2026-W05", HANOI)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(1, 800, 0.13), (2, 3, 66.67), (1, 3, 33.33), (5, 5, 100), (0, 4, 0), (1, 0, None)],
)
def test_rates_are_percent_rounded_half_up(numerator, denominator, expected):
    assert rate(numerator, denominator) == expected


def test_a_rate_with_an_unknown_term_is_unknown():
    assert rate(None, 5) is None
    assert rate(5, None) is None


def test_questions_that_cannot_be_answered_are_usage_errors(world):
    for wrong in ({"rule_set": "mine"}, {"by": "colour"}, {"first": date(2026, 2, 1)}):
        with pytest.raises(HosoError) as error:
            Question(**{**vars(JANUARY), **wrong})
        assert error.value.exit_code == 2
    world.unit("A")
    with pytest.raises(HosoError, match="Unknown unit 'X'"):
        ask(world, units=("X",))


def test_the_default_range_is_all_that_is_known(world):
    world.unit("A", reach="2026-03-31")
    world.post("1", "receipt", "2025-11-05")
    assert default_range(world.connect(), None) == (date(2025, 11, 5), date(2026, 3, 31))
