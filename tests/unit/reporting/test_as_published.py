"""What was published then, under the rules of then; and what changed between two publications."""

import json
from datetime import date, datetime

import duckdb
import pytest

from orchestration import publish
from orchestration.build_state import Plan
from orchestration.cli import main
from orchestration.reporting import published
from orchestration.reporting.figures import figures
from orchestration.reporting.question import Question
from orchestration.settings import Settings

JANUARY = Question(date(2026, 1, 1), date(2026, 1, 31))
DAYS = ("--from", "2026-01-01", "--to", "2026-01-31")


def publish_world(world, home, now, rules):
    """Publish the world at an instant under some rules."""
    settings = Settings(home=home, now=datetime.fromisoformat(now))
    settings.build_db.unlink(missing_ok=True)
    with duckdb.connect(str(settings.build_db)) as con:
        world.write(con)
        con.execute(
            "insert into dim_period (period_code, kind, first_day, last_day) values"
            " ('2025-12', 'month', '2025-12-01', '2025-12-31'),"
            " ('2026-01', 'month', '2026-01-01', '2026-01-31'),"
            " ('2026-01c', 'month', '2025-12-15', '2026-01-14'),"
            " ('2026-02', 'month', '2026-02-01', '2026-02-28')"
        )
    publish.publish(settings, Plan(rules, f"{rules}{now}", full_refresh=False, is_built=True))
    return settings


@pytest.fixture
def twice(world, home):
    """Published on 2 February; on 10 February one receipt was taken back, another had come."""
    world.unit("P", reach=None)
    world.unit("A", "P", reach="2026-01-31")
    world.unit("B", "P", reach="2026-01-20")
    wrong = world.post("wrong", "receipt", "2026-01-05", unit="A", known="2026-01-31")
    world.post("kept", "receipt", "2026-01-06", unit="B", known="2026-01-31")
    world.post("kept", "transfer", "2026-01-09", unit="A", known="2026-01-31")
    publish_world(world, home, "2026-02-02T09:00", "rules1")
    world.reverse(wrong, known="2026-02-09")
    world.post("late", "receipt", "2026-01-30", unit="A", known="2026-02-09")
    world.post("late", "resolution", "2026-01-31", known="2026-02-09", after="late")
    return publish_world(world, home, "2026-02-10T09:00", "rules2")


@pytest.fixture
def hoso(twice, capsys):
    """Run a command in the home of both publications; gives its JSON, or what it said."""
    del twice

    def run(*argv, code=0):
        try:
            main([*argv, "--format", "json"])
            ended = 0
        except SystemExit as end:
            ended = end.code or 0
        out, err = capsys.readouterr()
        assert ended == code, err
        return json.loads(out) if code == 0 else err

    return run


def by_unit(entries):
    return {entry["unit"]: entry for entry in entries}


def test_what_was_published_then_is_given_again(hoso):
    before = by_unit(hoso("figures", *DAYS, "--as-published", "2026-02-05"))
    now = by_unit(hoso("figures", *DAYS, "--as-published", "2026-02-10"))
    assert before["A"]["figures"]["received_new"] == now["A"]["figures"]["received_new"] == 1
    assert before["A"]["figures"]["resolved_late"] == 0
    assert now["A"]["figures"]["resolved_late"] == 1
    assert now["A"]["rates"]["on_time_rate"] == 0
    assert before["A"]["rates"]["on_time_rate"] is None
    assert (before["A"]["publication"], before["A"]["published_at"]) == (
        1,
        "2026-02-02T02:00:00+00:00",
    )
    assert (before["B"]["complete"], before["B"]["balance_day"]) == (False, "2026-01-20")


@pytest.mark.parametrize(
    "options", [(), ("--rollup",), ("--unit", "P"), ("--unit", "P", "--rollup"), ("--unit", "*")]
)
@pytest.mark.parametrize("rules", ["by_date", "by_timestamp", "index_766"])
def test_of_the_newest_publication_it_is_what_figures_gives_now(hoso, options, rules):
    asked = ("figures", *DAYS, *options, "--rule-set", rules)
    now, kept = by_unit(hoso(*asked)), by_unit(hoso(*asked, "--as-published", "2026-03-01"))
    assert kept.keys() == now.keys()
    for unit, entry in now.items():
        extra = {"publication": 2, "published_at": "2026-02-10T02:00:00+00:00"}
        assert kept[unit] == {**entry, **extra}


def test_days_that_are_no_period_are_refused_with_the_nearest_periods(hoso):
    said = hoso(
        *("figures", "--from", "2026-01-02", "--to", "2026-01-31", "--as-published", "2026-03-01"),
        code=2,
    )
    assert "no period of publication 2" in said
    assert said.index("2026-01 (2026-01-01 to 2026-01-31)") < said.index("2026-01c")


@pytest.mark.parametrize(
    "option", [("--by", "month"), ("--as-of", "2026-02-01"), ("--units-as-of", "2026-01-01")]
)
def test_what_was_not_kept_is_refused_in_words(hoso, option):
    said = hoso("figures", *DAYS, *option, "--as-published", "2026-03-01", code=2)
    assert f"{option[0]}" in said and "do not go together" in said


def test_before_the_first_publication_there_is_nothing(hoso):
    said = hoso("figures", *DAYS, "--as-published", "2026-02-01", code=4)
    assert "the first is publication 1, 2026-02-02 02:00 UTC" in said


def test_of_a_period_without_figures_it_is_said_why(hoso):
    days = ("--from", "2026-02-01", "--to", "2026-02-28")
    said = hoso("figures", *days, "--as-published", "2026-03-01", code=2)
    assert "Publication 2 has no figures of 2026-02 (2026-02-01 to 2026-02-28)" in said
    assert "its data reach to 2026-01-31" in said
    days = ("--from", "2025-12-01", "--to", "2025-12-31")
    said = hoso("figures", *days, "--as-published", "2026-03-01", code=2)
    assert "Publication 2 has no figures of 2025-12" in said
    assert "nothing was counted in it" in said


def test_a_day_beyond_the_data_is_told_with_how_far_they_reach(hoso):
    assert "The data reach to 2026-0" in hoso("figures", "--from", "2027-01-01", code=2)
    assert "The first day with data is 202" in hoso("figures", "--to", "2020-01-01", code=2)


def test_diff_of_publications_tells_of_other_rules_and_of_the_dossiers(hoso):
    changes = hoso("diff", *DAYS, "--as-published", "2026-02-05")
    (change,) = (c for c in changes if c["figure"] == "resolved_late" and c["unit"] == "A")
    assert (change["before"], change["after"]) == (0, 1)
    assert change["rows"][0] == {
        "code": None,
        "why": "rule_changed: publication 1 was made under rules rules1,"
        " publication 2 under rules rules2",
        "file": None,
        "line": None,
    }
    assert [row["code"] for row in change["rows"][1:]] == ["late"]


def test_diff_from_before_all_knowledge_says_so(hoso):
    said = hoso("diff", *DAYS, "--as-of", "2020-01-01", code=4)
    assert "Nothing was known at 2020-01-01" in said
    assert "the first list is known since 2026-01-01" in said


@pytest.mark.parametrize("command", [("figures",), ("explain", "open_total")])
def test_what_was_known_before_all_knowledge_is_refused_with_the_first_moment(hoso, command):
    said = hoso(*command, *DAYS, "--as-of", "2020-01-01", code=4)
    assert "Nothing was known at 2020-01-01" in said
    assert "the first list is known since 2026-01-01" in said


def test_diff_wants_one_kind_of_moment(hoso):
    said = hoso("diff", *DAYS, "--as-of", "2026-02-01", "--as-published", "2026-02-05", code=2)
    assert "--as-of and --as-published do not go together" in said
    assert "Say since when" in hoso("diff", *DAYS, code=2)


def test_the_published_figures_can_be_asked_in_sql(twice):
    with published.connect(twice) as con:
        rows = con.execute(
            "select publication, received_new from fct_published_figure where unit_code = '*'"
            " and period_code = '2026-01' and rule_set = 'by_date' order by publication"
        ).fetchall()
        (now,) = figures(con, Question(JANUARY.first, JANUARY.last, units=("*",)))
    assert rows == [(1, 2), (2, now["figures"]["received_new"])]


def test_a_published_figure_is_explained_as_known_when_it_was_published(hoso):
    told = hoso("explain", "received_new", *DAYS, "--as-published", "2026-02-03")
    assert (told["publication"], told["published"], told["total"]) == (1, 2, 2)
    assert {row["code"] for row in told["rows"]} == {"kept", "wrong"}
    told = hoso("explain", "received_new", *DAYS, "--unit", "A", "--as-published", "2026-02-11")
    assert (told["publication"], told["published"], told["total"]) == (2, 1, 1)
    assert {row["code"] for row in told["rows"]} == {"late"}


def test_explaining_what_was_published_needs_a_period_and_no_other_moment(hoso):
    said = hoso(
        *("explain", "received_new", "--from", "2026-01-02", "--to", "2026-01-20"),
        *("--as-published", "2026-02-03"),
        code=2,
    )
    assert "is no period of publication 1" in said
    then = ("--as-published", "2026-02-03")
    assert "do not go together" in hoso(
        "explain", "received_new", *DAYS, *then, "--as-of", "2026-02-03", code=2
    )


def test_what_today_s_rules_make_of_then_is_told_beside_what_was_published(twice, world, capsys):
    # an old list came as a backfill: known since January, published only now
    world.post("old", "receipt", "2026-01-02", unit="A", known="2026-01-03")
    publish_world(world, twice.home, "2026-02-12T09:00", "rules2")
    with pytest.raises(SystemExit):
        main(["explain", "received_new", *DAYS, "--as-published", "2026-02-03"])
    out, err = capsys.readouterr()
    assert "received_new = 3" in out
    assert "Published was 2" in err
