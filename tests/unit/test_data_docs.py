"""What an audit found, as a page that a browser shows without a network."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from orchestration import data_docs
from orchestration.audit import CheckResult
from orchestration.settings import Settings

FINE = CheckResult(
    run="000001-20260302T010000Z",
    run_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
    content_id="c1",
    check="ledger.trial_balance",
    owner="warehouse",
    severity="blocking",
    status="passed",
    observed="9 judged, all as expected",
    expected="one account",
    failing=0,
    meaning="A dossier is in two accounts.",
    meaning_vi="Có hồ sơ đứng ở hai trạng thái.",
)
FAILED = replace(
    FINE,
    check="findings.end_before_start",
    severity="warning",
    status="failed",
    failing=1500,
    rows=tuple({"code": f"A-{number:04d}", "unit_code": "U1"} for number in range(1000)),
    by_unit={"U1": 1499, "U2": 1},
)
ERRORED = replace(FINE, check="figures.i1", status="errored", observed="no such table")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Text(HTMLParser):
    """Text of a page, and all that its elements point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.pointed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.pointed += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def counts(page: str) -> dict[str, str]:
    return dict(re.findall(r'<li class="(\w+)"><b>(\d+)</b>', page))


def test_page_needs_nothing_beside_itself() -> None:
    page = data_docs.page([FINE, FAILED, ERRORED], ZONE, ["000000-x.html"])
    text = Text(page)
    assert text.pointed == ["000000-x.html"]
    assert not text.tags & {"script", "link", "img", "iframe"}
    assert "://" not in page and "url(" not in page and "@import" not in page
    assert "<style>" in page


def test_errored_is_counted_and_named_apart_from_failed() -> None:
    page = data_docs.page([FINE, FAILED, ERRORED], ZONE)
    assert counts(page) == {
        "blocked": "0",
        "errored": "1",
        "warned": "1",
        "not_applicable": "0",
        "passed": "1",
    }
    assert "Chưa công bố" in page, "an errored check blocks"
    assert "Chưa công bố" not in data_docs.page([FINE, FAILED], ZONE)


def test_check_says_what_a_hit_means_how_many_and_whose() -> None:
    said = " ".join(Text(data_docs.page([FAILED], ZONE)).said)
    assert FAILED.meaning in said and FAILED.meaning_vi in said
    assert "1500" in said and "U1: 1499; U2: 1" in " ".join(said.split())
    assert "A-0009" in said and "A-0010" not in said, "first rows only"
    assert "dq_check_result" in said, "where the others are"
    assert "02/03/2026 08:00:00 +0700" in said


def test_check_goes_by_its_vietnamese_title_with_the_code_beside_it() -> None:
    named = replace(FAILED, title_vi="Kết thúc trước", expected_vi="không dòng nào", failing=5)
    said = " ".join(Text(data_docs.page([replace(named, observed="5 rows")], ZONE)).said)
    for text in ("Kết thúc trước", FAILED.check, "không dòng nào", FAILED.expected, "5 dòng"):
        assert text in said


def test_what_a_list_says_stays_text() -> None:
    row = {"code": "<script>alert(1)</script>", 'x" onload="': "&"}
    page = data_docs.page([replace(FAILED, rows=(row,), by_unit={"<b>": 1})], ZONE)
    assert "script" not in Text(page).tags
    assert 'onload="' not in page


def test_newest_page_is_the_index_and_old_ones_go(settings: Settings) -> None:
    for number in range(1, data_docs.KEPT_PAGES + 4):
        run = f"{number:06d}-20260302T010000Z"
        written = data_docs.write(settings, [replace(FINE, run=run)])
        assert written.read_text("utf-8") == data_docs.newest(settings).read_text("utf-8")
    names = sorted(path.name for path in written.parent.iterdir())
    assert len(names) == data_docs.KEPT_PAGES + 2
    assert names[-1] == "index.html" and names[0].startswith("000003")
    linked = Text(data_docs.newest(settings).read_text("utf-8")).pointed
    assert set(linked) == set(names[:-2])
