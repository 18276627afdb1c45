"""One list of each kind goes all the way into the store, without anything personal."""

from datetime import datetime
from itertools import permutations

import duckdb
import pytest

from orchestration.archive import Archive
from orchestration.ingest import ingest_files
from orchestration.raw import prepare_raw
from tests.ingest_lists import (
    C_NAME,
    a_row,
    a_rows,
    b_rows,
    c_row,
    events,
    everything_in,
    types,
    write_c,
    write_xlsx,
)


def only(results):
    (each,) = results
    return each


def counts(each):
    return (each.read, each.stored, each.unchanged, each.duplicate, each.quarantined)


def test_the_real_event_log_goes_in_completely(settings, shared):
    log = shared("data/wabo_receipt/receipt.xes.gz")
    each = only(ingest_files(settings, [log], source="wabo_receipt"))
    assert (each.status, counts(each)) == ("stored", (1434 + 8577, 1434 + 8577, 0, 0, 0))
    assert types(settings) == {
        "dossier.observed": 1434,
        "dossier.progressed": 8577,
        "extract.completed": 1,
    }
    assert only(ingest_files(settings, [log])).status == "nothing_new"


def test_an_event_log_keeps_only_the_attributes_that_are_named(settings, tmp_path):
    log = tmp_path / "receipt.xes"
    log.write_text(
        """<?xml version="1.0"?>
        <log xmlns="http://www.xes-standard.org/"><trace>
          <string key="concept:name" value="case-1"/><string key="responsible" value="Jan Secret"/>
          <string key="department" value="General"/><string key="channel" value="Desk"/>
          <date key="startdate" value="2011-07-01T10:00:00.000+02:00"/>
          <date key="deadline" value="2011-12-01T10:00:00.000+01:00"/>
          <event><string key="concept:name" value="Confirm"/>
            <string key="org:resource" value="Piet Secret"/>
            <date key="time:timestamp" value="2011-07-02T23:30:00.000+00:00"/></event>
        </trace></log>""",
        encoding="utf-8",
    )
    assert only(ingest_files(settings, [log])).stored == 2
    assert events(
        settings,
        "subject, received_at, due_at, finished_at, unit_name, channel, observed_at",
        "type = 'dossier.observed'",
    ) == [
        (
            "wabo/case-1",
            datetime(2011, 7, 1, 10),
            datetime(2011, 12, 1, 10),
            None,
            "General",
            "Desk",
            datetime(2011, 7, 2, 23, 30),
        )
    ]
    assert events(settings, "activity, occurred_at", "type = 'dossier.progressed'") == [
        ("Confirm", datetime(2011, 7, 3, 1, 30))
    ]
    assert "Secret" not in str(events(settings))


def test_a_step_keeps_the_status_and_the_new_due_date_that_its_source_names(settings, tmp_path):
    own = settings.folder("sources") / "steps.yml"
    own.write_text(
        """
name: steps
title: Steps
system: province
role: ledger
kind: dossiers
files: ["steps_*.xes"]
formats: [xes]
zone: Asia/Ho_Chi_Minh
columns: {code: {headers: ["concept:name"], required: true}}
dates: [iso]
status: {from: dates}
progress:
  {activity: "concept:name", occurred_at: "time:timestamp", status: state, due_at: newDue,
   map: {Chờ bổ sung: open.awaiting_supplement}}
observed_at: [content]
""",
        encoding="utf-8",
    )
    log = tmp_path / "steps_1.xes"
    log.write_text(
        """<?xml version="1.0"?>
        <log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="H-1"/>
          <event><string key="concept:name" value="Ask"/><string key="state" value="Chờ bổ sung"/>
            <date key="time:timestamp" value="2026-03-05"/>
            <date key="newDue" value="2026-03-20T17:00:00"/></event>
          <event><string key="concept:name" value="Ask"/><string key="state" value="Chờ bổ sung"/>
            <date key="time:timestamp" value="2026-03-05"/></event>
          <event><string key="concept:name" value="Ask"/>
            <date key="time:timestamp" value="2026-03-06"/>
            <date key="newDue" value="soon"/></event>
        </trace></log>""",
        encoding="utf-8",
    )
    each = only(ingest_files(settings, [log]))
    assert counts(each) == (4, 3, 0, 0, 1)
    assert events(
        settings,
        "status, occurred_at, occurred_is_day, due_at, due_is_day, layout",
        "type = 'dossier.progressed'",
    ) == [
        ("Chờ bổ sung", datetime(2026, 3, 5), True, datetime(2026, 3, 20, 17), False, 68),
        ("Chờ bổ sung", datetime(2026, 3, 5), True, None, None, 64),
    ]
    prepare_raw(settings)
    with duckdb.connect(str(settings.build_db)) as con:
        maps = con.execute("select * from raw.map_progress where source = 'steps'").fetchall()
    assert maps == [("steps", "cho bo sung", "open.awaiting_supplement")]


def test_layout_a_as_a_workbook(settings, tmp_path):
    rows = [[a_row(1, "H-1"), a_row(2, "H-2", "Đã trả kết quả", "10/09/2026 16:00")]]
    path = write_xlsx(tmp_path / "one_stop_list_20260930.xlsx", a_rows(rows, 2))
    each = only(ingest_files(settings, [path]))
    assert (each.status, counts(each)) == ("stored", (2, 2, 0, 0, 0))
    assert events(settings, "line_no, code, status, finished_at", "type = 'dossier.observed'") == [
        (8, "H-1", "Đang xử lý", None),
        (9, "H-2", "Đã trả kết quả", datetime(2026, 9, 10, 16)),
    ]
    for personal in ("Thôn X", "Ông Y", "Bà X", "Cán bộ X"):
        assert personal not in str(events(settings))


def test_layout_a_as_text_with_group_rows_and_total(settings, tmp_path):
    rows = a_rows([[a_row(1, "H-1")], [a_row(2, "H-2")]], 2)
    path = tmp_path / "one_stop_list_20260930.csv"
    path.write_text("".join(";".join(c or "" for c in row) + "\r\n" for row in rows), "utf-8")
    each = only(ingest_files(settings, [path]))
    assert (each.status, counts(each)) == ("stored", (2, 2, 0, 0, 0))
    assert events(settings, "line_no", "type = 'dossier.observed'") == [(8,), (10,)]


def test_layout_b_takes_its_unit_from_the_title(settings, tmp_path):
    rows = [
        ("1", "H-1", "Nội dung", "Bà X", "01/09/2026", "20/09/2026", "", "", "Cán bộ X"),
        ("2", "H-2", "Nội dung", "Bà X", "01/09/2026", "20/09/2026", "09/09/2026", "A", "B"),
    ]
    path = write_xlsx(tmp_path / "register_book_20260930.xlsx", b_rows(rows))
    assert counts(only(ingest_files(settings, [path]))) == (2, 2, 0, 0, 0)
    assert events(
        settings, "code, unit_name, handed_over_at, handed_over_is_day", "content_hash is not null"
    ) == [
        ("H-1", "UBND xã Mẫu", None, None),
        ("H-2", "UBND xã Mẫu", datetime(2026, 9, 9), True),
    ]


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_layout_c_with_any_separator(settings, tmp_path, delimiter, bom):
    path = write_c(tmp_path, [c_row("H-1"), c_row("H-2")], delimiter=delimiter, bom=bom)
    assert counts(only(ingest_files(settings, [path]))) == (2, 2, 0, 0, 0)
    assert events(settings, "line_no, code, field_name", "content_hash is not null") == [
        (2, "H-1", "Hộ tịch"),
        (3, "H-2", "Hộ tịch"),
    ]


def test_quoted_newlines_and_blank_lines_keep_the_line_of_every_row(settings, tmp_path):
    rows = [c_row("H-1", owner="Bà X\r\nvà con"), c_row("H-2")]
    path = write_c(tmp_path, rows)
    path.write_bytes(path.read_bytes() + b"\r\n" + b",".join([b"H-3"] + [b""] * 10) + b"\r\n")
    each = only(ingest_files(settings, [path]))
    assert (counts(each), each.status) == ((3, 2, 0, 0, 1), "stored")
    assert events(settings, "line_no, code", "code is not null") == [
        (2, "H-1"),
        (4, "H-2"),
        (6, "H-3"),
    ]


def test_typed_dates_and_serial_numbers_of_a_workbook(settings, tmp_path):
    header = ("Số hồ sơ", "Ngày tiếp nhận", "Hẹn trả", "Cơ quan", "Trạng thái")
    rows = [header, ("H-1", datetime(2026, 9, 1, 8, 30), 46285, "UBND xã Mẫu", 4)]
    path = write_xlsx(tmp_path / C_NAME.replace("csv", "xlsx"), rows)
    assert counts(only(ingest_files(settings, [path]))) == (1, 1, 0, 0, 0)
    assert events(
        settings, "received_at, received_is_day, due_at, due_is_day, status", "code is not null"
    ) == [(datetime(2026, 9, 1, 8, 30), False, datetime(2026, 9, 20), True, "4")]


def test_units_and_procedures_become_data(settings, tmp_path):
    units = tmp_path / "units_a_20260901T0700.csv"
    units.write_text(
        "code,name,level,parent,valid_from,valid_to,successor\n"
        "H99,Tỉnh Mẫu,province,,01/07/2025,,\nH99.1,Xã Mẫu,village,H99,,,\n",
        encoding="utf-8",
    )
    procedures = tmp_path / "procedures_a_20260901T0700.csv"
    procedures.write_text(
        "code,name,field,limit,limit_unit,fee\n1.001,Khai sinh,Hộ tịch,5,working_day,true\n"
        "1.002,Khai tử,Hộ tịch,năm,working_day,true\n",
        encoding="utf-8",
    )
    results = ingest_files(settings, [units, procedures])
    assert [counts(each) for each in results] == [(2, 1, 0, 0, 1), (2, 1, 0, 0, 1)]
    assert events(settings, "subject, data", "type like '%.observed'") == [
        (
            "province/procedure/1.001",
            '{"code":"1.001","name":"Khai sinh","field":"Hộ tịch","limit":5,'
            '"limit_unit":"working_day","fee":true}',
        ),
        (
            "province/unit/H99",
            '{"code":"H99","name":"Tỉnh Mẫu","level":"province","parent":null,'
            '"valid_from":"2025-07-01","valid_to":null,"successor":null}',
        ),
    ]


def test_a_unit_that_goes_back_to_an_old_name_is_seen_to(settings, tmp_path):
    for day, name in (("01", "Xã A"), ("02", "Xã B"), ("03", "Xã A")):
        path = tmp_path / f"units_x_202609{day}T0700.csv"
        path.write_text(f"code,name,level\nH1,{name},commune\n", encoding="utf-8")
        each = only(ingest_files(settings, [path]))
        assert each.status == "stored"
    assert each.unchanged == 1
    newest = events(settings, "observed_at, data->>'name'", "type = 'unit.observed'")[-1]
    assert newest == (datetime(2026, 9, 3), "Xã A")


def test_what_dbt_reads_says_what_the_file_was(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1"), c_row("H-1"), c_row("", "Đang xử lý")])
    ingest_files(settings, [path], backfill=True)
    prepare_raw(settings)
    with duckdb.connect(str(settings.build_db), read_only=True) as con:
        batch = con.execute(
            "select source, role, observed_local, known_at = observed_at, is_full,"
            " scope_date_field, scope_from::varchar, scope_to::varchar, rows_read, rows_stored,"
            " rows_duplicate, rows_quarantined, is_backfill from raw.batch"
        ).fetchall()
        units = con.execute("select unit_name, row_count from raw.batch_unit").fetchall()
        seen = con.execute("select count(*) from raw.event").fetchall()
    moment = datetime(2026, 9, 30, 17, 30)
    period = ("handled", "2026-09-01", "2026-09-30")
    assert batch == [("igate", "ledger", moment, True, True, *period, 3, 1, 1, 1, True)]
    assert (units, seen) == ([("UBND xã Mẫu", 2)], [(3,)])


def test_raw_relations_of_an_empty_store_are_there_without_rows(settings):
    prepare_raw(settings)
    prepare_raw(settings)
    with duckdb.connect(str(settings.build_db), read_only=True) as con:
        for relation in ("event", "batch", "batch_unit"):
            assert con.execute(f"select count(*) from raw.{relation}").fetchall() == [(0,)]
        known = con.execute("select account from raw.map_status where status_key = '10'").fetchall()
    assert set(known) == {("closed.resolved",)}


def test_the_original_is_found_again_by_its_hash_but_lies_encrypted(settings, tmp_path):
    path = write_c(tmp_path, [c_row("H-1", owner="Bà Rất Riêng Tư")])
    each = only(ingest_files(settings, [path]))
    (manifest,) = Archive(settings).manifests()
    assert (manifest.batch_id, manifest.name, manifest.source) == (each.batch_id, C_NAME, "igate")
    assert Archive(settings).get(manifest.sha256) == path.read_bytes()
    assert "Riêng Tư" not in str(events(settings))
    assert "Riêng Tư".encode() not in everything_in(settings.archive)
    for key in settings.folder("secrets").iterdir():
        assert key.stat().st_mode & 0o077 == 0


def test_the_order_of_files_changes_neither_ids_nor_sightings(settings, tmp_path):
    monday, tuesday, wednesday = (
        write_c(
            tmp_path,
            [c_row("H-1", status), c_row("H-2", "Đang xử lý")],
            name=f"igate_xa_20260901_20260930_202609{day}T1730.csv",
        )
        for day, status in (("07", "Đang xử lý"), ("08", "Dừng xử lý"), ("09", "Đang xử lý"))
    )
    found = set()
    for number, order in enumerate(permutations((monday, tuesday, wednesday))):
        home = settings.model_copy(update={"home": tmp_path / f"home{number}"})
        for path in order:
            assert only(ingest_files(home, [path])).status == "stored"
        contents = events(home, "subject, id, content_hash", "type = 'dossier.observed'")
        seen = events(home, "subject, observed_at, content_hash, line_no", "line_no is not null")
        found.add((tuple(contents), tuple(seen)))
    assert len(found) == 1
    contents, seen = found.pop()
    assert (len(contents), len(seen)) == (3, 6)
