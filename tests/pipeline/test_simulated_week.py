"""One week of an office with Dagster's real machinery – schedules, sensors, runs – and a clock of
its own: broken export on Tuesday, mail server down on Wednesday, a unit silent on Thursday, history
rewritten on Friday. Exactly the expected mails, to exactly the expected people, once each.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orchestration import history, publish
from orchestration.alerting.recipients import path_of
from orchestration.reporting.published import connect
from orchestration.settings import Settings
from tests.ingest_lists import C_HEADER, write_c
from tests.smtp_server import Server, smtp_server

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 3, 2)
UNITS = "code,name,level,parent\nP,Tỉnh Mẫu,province,\nA,Xã An,commune,P\nB,Xã Bình,commune,P\n"
PEOPLE = """address,unit,role,kinds,severity,language,delivery,attach,files
ops@x.vn,*,operator,,error,vi,at_once,no,
digest@x.vn,*,operator,,warning,vi,digest,no,
province@x.vn,P,manager,,,vi,at_once,no,
a@x.vn,A,manager,,,vi,at_once,no,
b@x.vn,B,manager,,,vi,at_once,no,
a-sender@x.vn,A,sender,,,vi,at_once,no,commune_a_*
b-sender@x.vn,B,sender,,,vi,at_once,no,commune_b_*
"""
SOURCE = """
name: commune_list
title: Danh sách của một xã
system: province
role: ledger
kind: dossiers
files: ["commune_*.csv"]
formats: [csv]
zone: Asia/Ho_Chi_Minh
columns:
  code: {headers: [Số hồ sơ], required: true}
  procedure_name: {headers: [Tên thủ tục hành chính]}
  received_at: {headers: [Ngày tiếp nhận], required: true}
  due_at: {headers: [Ngày hẹn trả]}
  finished_at: {headers: [Ngày kết thúc xử lý]}
  status: {headers: [Trạng thái], required: true}
personal: [Chủ hồ sơ, Số điện thoại, Cán bộ xử lý hiện tại]
dates: ["dd/MM/yyyy HH:mm:ss", dd/MM/yyyy]
status: {from: column, maps: [national]}
unit: {from: name, map: {a: A, b: B}}
scope: {full: true, date_field: handled}
name_pattern: >-
  commune_(?P<unit>[a-z]+)_(?P<from>[0-9]{8})_(?P<to>[0-9]{8})_(?P<observed>[0-9]{8}T[0-9]{4})
observed_at: [name]
"""
LATE = ("B-1", "Đã trả kết quả", "25/02/2026", "27/02/2026")
ON_TIME = ("B-1", "Đã trả kết quả", "25/02/2026", "25/02/2026")

TAKEN = "[hoso] Đã nhận tệp commune_{}_20260201_202603{}_202603{}T1700.csv"
BROKEN = "commune_a_20260201_20260303_20260303T1700.csv"
SILENT = "[hoso] {} chưa có dữ liệu"
EXPECTED = [
    ("Mon", "a-sender@x.vn", TAKEN.format("a", "02", "02")),
    ("Mon", "b-sender@x.vn", TAKEN.format("b", "02", "02")),
    ("Tue", "a-sender@x.vn", f"[hoso] Không đọc được tệp {BROKEN}"),
    ("Tue", "ops@x.vn", f"[hoso] Không đọc được tệp {BROKEN}"),
    ("Tue", "b-sender@x.vn", TAKEN.format("b", "03", "03")),
    # the digest of Wednesday morning: the broken file
    ("Tue night", "digest@x.vn", "[hoso] Tổng hợp ngày 04/03/2026: 1 cảnh báo"),
    # on Wednesday morning: Tuesday's list of A was none
    ("Tue night", "a-sender@x.vn", SILENT.format("Xã An")),
    ("Tue night", "a@x.vn", SILENT.format("Xã An")),
    ("Tue night", "province@x.vn", SILENT.format("Tỉnh Mẫu (1 đơn vị trực thuộc)")),
    # of Wednesday, when the server was down, once it is up again
    ("Thu", "a-sender@x.vn", f"[hoso] Đã hết: {SILENT.format('Xã An')[7:]}"),
    ("Thu", "a@x.vn", f"[hoso] Đã hết: {SILENT.format('Xã An')[7:]}"),
    (
        "Thu",
        "province@x.vn",
        f"[hoso] Đã hết: {SILENT.format('Tỉnh Mẫu (1 đơn vị trực thuộc)')[7:]}",
    ),
    ("Thu", "a-sender@x.vn", TAKEN.format("a", "04", "04")),
    ("Thu", "b-sender@x.vn", TAKEN.format("b", "04", "04")),
    ("Thu", "a-sender@x.vn", TAKEN.format("a", "05", "05")),
    # on Friday morning: nothing came from B on Thursday
    ("Thu night", "b-sender@x.vn", SILENT.format("Xã Bình")),
    ("Thu night", "b@x.vn", SILENT.format("Xã Bình")),
    ("Thu night", "province@x.vn", SILENT.format("Tỉnh Mẫu (1 đơn vị trực thuộc)")),
    ("Fri", "a-sender@x.vn", TAKEN.format("a", "06", "06")),
    ("Fri", "b-sender@x.vn", TAKEN.format("b", "06", "06")),
    ("Fri", "b-sender@x.vn", f"[hoso] Đã hết: {SILENT.format('Xã Bình')[7:]}"),
    ("Fri", "b@x.vn", f"[hoso] Đã hết: {SILENT.format('Xã Bình')[7:]}"),
    (
        "Fri",
        "province@x.vn",
        f"[hoso] Đã hết: {SILENT.format('Tỉnh Mẫu (1 đơn vị trực thuộc)')[7:]}",
    ),
    # the closing was moved to the due day, and with that the dossier never was overdue
    ("Fri", "b@x.vn", "[hoso] 2 thay đổi về quá khứ trong danh sách mới"),
    ("Fri", "province@x.vn", "[hoso] 2 thay đổi về quá khứ trong danh sách mới"),
]
"""When, to whom, which subject; ``night``: found by the look of the next morning."""


class Office:
    """A home, its Dagster instance, its mail server, and what was seen after each tick."""

    def __init__(self, settings: Settings, instance: Any, patch: pytest.MonkeyPatch) -> None:
        self.home, self.instance, self.patch = settings.home, instance, patch
        self.versions: list[int | None] = []
        self.codes: set[str] = set()
        self.cursor: str | None = None
        self.server: Server | None = None

    @contextmanager
    def at(self, moment: datetime) -> Iterator[Any]:
        """The definitions as they are loaded at this moment."""
        from orchestration.definitions import definitions_of

        self.patch.setenv("HOSO_NOW", moment.isoformat())
        settings = Settings(
            smtp_host="127.0.0.1",
            smtp_port=self.server.port if self.server else 9,
            smtp_security="none",
            smtp_timeout=2,
            mail_from="Kho hồ sơ <hoso@x.vn>",
            silent_after_days=1,
        )
        yield definitions_of(settings)
        shown = publish.latest(settings)
        self.versions.append(shown.id if shown else None)
        if shown:
            with connect(settings) as con:
                found = con.execute("select code from fct_dossier").fetchall()
            self.codes |= {code for (code,) in found}

    def tick(self, moment: datetime, name: str) -> int:
        """One tick of a schedule; the runs it asks for are carried out. How many there were.

        In a context of its own: Dagster leaves the storage of a passing instance behind in it.
        """
        return copy_context().run(self._tick, moment, name)

    def _tick(self, moment: datetime, name: str) -> int:
        from dagster import build_schedule_context

        with self.at(moment) as defs:
            schedule = defs.resolve_schedule_def(name)
            context = build_schedule_context(
                instance=self.instance,
                scheduled_execution_time=moment,
                repository_def=defs.get_repository_def(),
            )
            asked = schedule.evaluate_tick(context).run_requests or []
            for request in asked:
                self._run(defs, schedule.job_name, request)
        return len(asked)

    def sensor(self, moment: datetime) -> int:
        """One tick of the inbox sensor."""
        from dagster import build_sensor_context

        with self.at(moment) as defs:
            (sensor,) = [each for each in defs.sensors if each.name == "inbox"]
            context = build_sensor_context(instance=self.instance, cursor=self.cursor)
            result = sensor.evaluate_tick(context)
            self.cursor = result.cursor
            asked = result.run_requests or []
            for request in asked:
                self._run(defs, "daily", request)
        return len(asked)

    def _run(self, defs: Any, job: str, request: Any) -> None:
        done = defs.resolve_job_def(job).execute_in_process(
            instance=self.instance, tags=request.tags, partition_key=request.partition_key
        )
        assert done.success


@pytest.fixture
def office(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Office]:
    from dagster import DagsterInstance

    settings.home.mkdir(parents=True)
    path_of(settings).write_text(PEOPLE, encoding="utf-8")
    (settings.folder("sources") / "commune_list.yml").write_text(SOURCE, encoding="utf-8")
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        yield Office(settings, instance, monkeypatch)


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Of the week's day 0 (Monday) … 7 (the Monday after)."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=ZONE) + timedelta(days=day)


def row(code: str, status: str, due: str, ended: str, unit: str) -> tuple[str, ...]:
    dates = ("10/02/2026 08:00:00", due, ended)
    return (code, "Đăng ký", "Hộ tịch", *dates, unit, "Bà X", "0", "Cán bộ X", status)


def deliver(office: Office, day: int, unit: str, *special: tuple[str, ...]) -> None:
    """The unit's list of that day: an open dossier for each day so far, and the special ones."""
    today = MONDAY + timedelta(days=day)
    name = {"A": "Xã An", "B": "Xã Bình"}[unit]
    # of one procedure, moment and due date they would be each other's likely duplicates
    rows = [
        row(f"{unit}-{n + 10}", "Đang xử lý", f"{n + 20}/06/2026", "", name) for n in range(day + 1)
    ] + [row(*each, name) for each in special]
    inbox = Settings(home=office.home).inbox
    write_c(inbox, rows, f"commune_{unit.lower()}_20260201_{today:%Y%m%d}_{today:%Y%m%d}T1700.csv")


def deliver_broken(office: Office, day: int) -> None:
    """An export without the column of the status, cut off after its first row."""
    today = MONDAY + timedelta(days=day)
    header = [name for name in C_HEADER if name != "Trạng thái"]
    broken = row("A-BROKEN", "", "30/06/2026", "", "Xã An")[:-1]
    inbox = Settings(home=office.home).inbox
    name = f"commune_a_20260201_{today:%Y%m%d}_{today:%Y%m%d}T1700.csv"
    write_c(inbox, [broken], name, header=header)


def evening(office: Office, day: int) -> None:
    """The sensor looks twice, then takes the files in; the evening's pass finds nothing new."""
    assert office.sensor(moment(day, 17, 1)) == 0, "what was never seen may still be written"
    assert office.sensor(moment(day, 17, 2)) == 1


@pytest.mark.slow
def test_a_week_with_all_its_troubles_tells_each_person_what_concerns_them_once(
    office: Office,
) -> None:
    told: list[tuple[str, str, str]] = []

    def day(number: int, name: str) -> None:
        told.extend((name, address, mail["Subject"]) for address, mail in server.mails)
        server.mails.clear()
        if number < 5:
            assert office.tick(moment(number + 1, 7), "hourly_watch") == 1
            told.extend(
                (f"{name} night", address, mail["Subject"]) for address, mail in server.mails
            )
            server.mails.clear()

    with ExitStack() as stack:
        server = office.server = stack.enter_context(smtp_server())
        (Settings(home=office.home).inbox / "units_p_20260301T0800.csv").write_text(
            UNITS, encoding="utf-8"
        )
        assert office.tick(moment(0, 5), "morning_after_a_period") == 1, "the week ended on Sunday"
        deliver(office, 0, "A")
        deliver(office, 0, "B", LATE)
        evening(office, 0)
        day(0, "Mon")

        deliver_broken(office, 1)
        deliver(office, 1, "B", LATE)
        evening(office, 1)
        day(1, "Tue")

        office.server = None
        deliver(office, 2, "A")
        deliver(office, 2, "B", LATE)
        evening(office, 2)
        day(2, "Wed")

        office.server = server
        deliver(office, 3, "A")
        evening(office, 3)
        day(3, "Thu")

        deliver(office, 4, "A")
        deliver(office, 4, "B", ON_TIME)
        evening(office, 4)
        day(4, "Fri")

        assert office.tick(moment(4, 18, 30), "weekday_evening") == 1
        assert office.tick(moment(5, 5), "morning_after_a_period") == 0, "no period ends on Friday"
        assert office.tick(moment(7, 5), "morning_after_a_period") == 1
        assert office.tick(moment(7, 6, 30), "files_of_ended_periods") == 1
        assert office.tick(moment(7, 8), "hourly_watch") == 1
        day(7, "Mon 2")

    assert sorted(told) == sorted(EXPECTED)
    published = [version for version in office.versions if version is not None]
    assert published == sorted(published), "what readers see never goes backwards"
    assert "A-BROKEN" not in office.codes
    assert {"A-14", "B-14", "B-1"} <= office.codes
    outcomes = [run.outcome for run in history.runs(Settings(home=office.home))]
    assert set(outcomes) == {"published", "nothing_new"}
    files = Settings(home=office.home).folder("reports") / "2026-W10" / "figures.csv"
    assert "A" in files.read_text(encoding="utf-8-sig")
