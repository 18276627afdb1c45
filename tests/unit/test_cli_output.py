"""How results are printed: json for programs, csv for Excel, a table for people."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from orchestration.cli.output import Format, emit, to_csv, to_table


def test_json_keeps_numbers_dates_and_vietnamese(capsys):
    row = {"tên": "Hồ sơ", "n": Decimal(3), "rate": Decimal("1.5"), "none": None}
    emit([{**row, "day": date(2026, 1, 31), "at": datetime(2026, 1, 31, 9)}], Format.JSON)
    out = capsys.readouterr().out
    assert "Hồ sơ" in out
    assert json.loads(out) == [
        {"tên": "Hồ sơ", "n": 3, "rate": 1.5, "none": None}
        | {"day": "2026-01-31", "at": "2026-01-31T09:00:00"}
    ]


def test_what_is_no_number_is_null_because_json_has_no_other_word_for_it(capsys):
    row = {"a": float("nan"), "b": [float("inf"), 1.5], "c": {"d": float("-inf")}, "e": 1}
    emit([row], Format.JSON)
    out = capsys.readouterr().out
    assert json.loads(out, parse_constant=pytest.fail) == [
        {"a": None, "b": [None, 1.5], "c": {"d": None}, "e": 1}
    ]
    assert to_csv([row]).startswith("\ufeffa,b,c,e\r\n,")


def test_csv_has_a_bom_and_empty_cells_for_null(capsys):
    emit([{"a": 1, "b": None}, {"a": 2, "c": "x"}], Format.CSV)
    out = capsys.readouterr().out
    assert out == "\ufeffa,b,c\r\n1,,\r\n2,,x\r\n"


def test_no_cell_becomes_a_formula_in_excel():
    text = to_csv([{"a": "=cmd|' /C calc'!A0", "b": "+1", "c": "@x", "n": -5}])
    (row,) = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert row == {"a": "'=cmd|' /C calc'!A0", "b": "'+1", "c": "'@x", "n": "-5"}


def test_a_table_puts_numbers_to_the_right_and_counts_letters_not_bytes():
    assert to_table([{"tên": "Hồ sơ", "n": 5}, {"tên": "B", "n": 123}]) == (
        "tên      n\n-----  ---\nHồ sơ    5\nB      123\n"
    )


def test_control_characters_of_a_cell_never_reach_the_terminal():
    assert "\x1b" not in to_table([{"a": "\x1b[31mred"}])


def test_nothing_is_said_to_be_nothing():
    assert to_table([]) == "(nothing)\n"
