"""The reporting commands on a published file: field names, formats, exit codes, messages."""

import json
import subprocess
import sys

import duckdb
import pytest

from orchestration.cli import app, main
from orchestration.settings import PROJECT_DIR

MARCH = ("--from", "2026-01-01", "--to", "2026-03-31")


@pytest.fixture
def hoso(settings, capsys):
    """Run a command; gives exit code, stdout, stderr."""

    def run(*argv):
        try:
            main([str(each) for each in argv])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def published(world, settings):
    """Two units under one parent, published."""
    world.unit("P", reach=None)
    world.unit("A", "P")
    world.unit("B", "P", reach="2026-02-10")
    world.post("1", "receipt", "2026-01-05", unit="A", known="2026-01-31")
    world.post("1", "resolution", "2026-02-07", known="2026-02-28")
    world.post("2", "receipt", "2026-01-09", unit="B", known="2026-01-31")
    with duckdb.connect(str(settings.warehouse / "hoso-000001.duckdb")) as file:
        world.write(file)
    settings.published_db.symlink_to("hoso-000001.duckdb")


def test_before_the_first_publication_reports_say_so_with_exit_code_4(hoso):
    for command in (("figures",), ("explain", "open_total"), ("query", "select 1"), ("coverage",)):
        code, out, err = hoso(*command)
        assert (code, out) == (4, "")
        assert "Nothing is published yet" in err


def test_figures_as_json_has_one_entry_per_unit_and_nothing_else_on_stdout(hoso, published):
    code, out, _ = hoso("figures", *MARCH, "--format", "json")
    entries = json.loads(out)
    assert code == 0
    assert [(e["unit"], e["complete"]) for e in entries] == [("A", True), ("B", False)]


def test_without_a_period_figures_reach_as_far_as_the_data(hoso, published):
    _, out, _ = hoso("figures", "--format", "json")
    assert {(e["from"], e["to"]) for e in json.loads(out)} == {("2026-01-05", "2026-03-31")}


def test_rollup_unit_month_and_as_of_are_options(hoso, published):
    _, out, _ = hoso("figures", *MARCH, "--rollup", "--format", "json")
    assert [e["unit"] for e in json.loads(out)] == ["A", "B", "P", "*"]
    _, out, _ = hoso("figures", *MARCH, "--unit", "P", "--by", "month", "--format", "json")
    assert [(e["month"], e["figures"]["open_total"]) for e in json.loads(out)] == [
        *(("2026-01", 2), ("2026-02", 1), ("2026-03", 1)),
    ]
    _, out, _ = hoso("figures", *MARCH, "--unit", "A", "--as-of", "2026-02-15", "--format", "json")
    (entry,) = json.loads(out)
    assert (entry["figures"]["resolved_total"], entry["as_of"]) == (
        *(0, "2026-02-15T16:59:59.999999+00:00"),
    )


def test_csv_has_every_figure_as_a_column(hoso, published):
    _, out, _ = hoso("figures", *MARCH, "--format", "csv")
    header, *lines = out.removeprefix("\ufeff").splitlines()
    assert len(lines) == 2
    assert {"unit", "received_new", "feedback_published", "on_time_rate"} <= set(header.split(","))


def test_a_table_names_the_period_and_warns_of_units_that_fall_short(hoso, published):
    _, out, err = hoso("figures", *MARCH)
    assert "2026-01-01 to 2026-03-31 (both included)" in out
    assert "Mới tiếp nhận trong kỳ" in out
    assert "do not reach the last day" in err


def test_explain_adds_up(hoso, published):
    _, out, _ = hoso("explain", "received_total", *MARCH, "--format", "json")
    answer = json.loads(out)
    assert answer["total"] == 2 == sum(row["quantity"] for row in answer["rows"])


def test_diff_names_figure_unit_and_dossier(hoso, published):
    moments = ("--as-of", "2026-02-15", "--as-of", "2026-03-01")
    _, out, _ = hoso("diff", *MARCH, *moments, "--format", "json")
    changes = {(c["figure"], c["unit"]): c for c in json.loads(out)}
    change = changes["resolved_total", "A"]
    assert (change["before"], change["after"]) == (0, 1)
    assert [row["code"] for row in change["rows"]] == ["1"]


def test_query_prints_rows(hoso, published):
    _, out, _ = hoso("query", "select count(*) as n from fct_dossier", "--format", "json")
    assert json.loads(out) == [{"n": 2}]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("figures", "--from", "2026-02-01", "--to", "2026-01-01"), "before it starts"),
        (("figures", "--from", "2026-02-01", "--to", "9999-12-31", "--by", "month"), "at most 600"),
        (("figures", *MARCH, "--unit", "nope"), "Unknown unit 'nope'"),
        (("figures", *MARCH, "--as-of", "soon"), "Not a date or time: 'soon'"),
        (("figures", "--from", "31/01/2026"), "--from"),
        (("figures", *MARCH, "--by", "colour"), "--by"),
        (("explain", "nonsense", *MARCH), "Unknown figure 'nonsense'"),
        (("query", "drop table fct_dossier"), "Only one SELECT"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_use_is_exit_code_2_with_a_message_and_no_traceback(hoso, published, argv, said):
    code, out, err = hoso(*argv)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_wrong_setting_is_named(hoso, monkeypatch):
    monkeypatch.setenv("HOSO_THREADS", "many")
    code, _, err = hoso("coverage")
    assert code == 1
    assert "HOSO_THREADS" in err
    assert "Traceback" not in err


def test_what_nobody_foresaw_is_one_line_and_a_log(hoso, settings, published, monkeypatch):
    monkeypatch.setattr("orchestration.reporting.query.query", lambda *_: 1 / 0)
    code, _, err = hoso("query", "select 1")
    assert code == 1
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    assert "Traceback" in (settings.folder("logs") / "errors.log").read_text()


def commands():
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    for prefix, typer_app in (("", app), *groups.items()):
        for command in typer_app.registered_commands:
            name = command.name or command.callback.__name__.replace("_", "-")
            yield pytest.param(command.callback.__doc__, id=f"{prefix} {name}".strip())


@pytest.mark.parametrize("doc", list(commands()))
def test_every_help_has_an_example(doc):
    assert "Example: hoso " in doc


def test_output_survives_a_terminal_that_knows_no_vietnamese(settings, published):
    done = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "figures", *MARCH],
        cwd=PROJECT_DIR,
        env={
            "HOSO_HOME": str(settings.home),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C",
            "PYTHONIOENCODING": "ascii",
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Mới tiếp nhận trong kỳ".encode() in done.stdout
