"""ID numbers and officers: kept only as keyed hashes, and a lost key is seen before it hurts."""

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.doctor import examine
from orchestration.errors import HosoError
from orchestration.ingest import ingest_files, ingest_inbox, pseudonyms
from orchestration.ingest.scratch import scratch
from orchestration.pseudonym import PseudonymKey, key_for_writing
from orchestration.settings import Settings
from tests.ingest_lists import events, everything_in

YAML = """
name: counter
title: A list with ID numbers
system: province
role: ledger
kind: dossiers
files: ["counter_*.csv"]
formats: [csv]
zone: Asia/Ho_Chi_Minh
columns:
  code: {headers: [Mã hồ sơ], required: true}
  received_at: {headers: [Ngày nhận], required: true}
personal: [Chủ hồ sơ, Số CCCD, Cán bộ]
pseudonym:
  owner_key: {headers: [Số CCCD, Số định danh]}
  officer_key: {headers: [Cán bộ]}
dates: [dd/MM/yyyy]
status: {from: dates}
unit: {from: option}
observed_at: [option]
"""


@pytest.fixture
def counter(settings):
    (settings.folder("sources") / "counter.yml").write_text(YAML, encoding="utf-8")
    return settings


def take(settings, folder, rows, name="counter_1.csv", day=2):
    path = folder / name
    lines = ["Mã hồ sơ,Ngày nhận,Chủ hồ sơ,Số CCCD,Cán bộ", *rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    moment = settings.clock().replace(day=day)
    (each,) = ingest_files(settings, [path], observed_at=moment, unit="H99.1")
    return each


def owners(settings):
    found = events(settings, "code, data", "type = 'dossier.observed'")
    return {code: json.loads(data) for code, data in found}


def keys_finding(settings):
    return next(each for each in examine(settings) if each.topic == "pseudonyms")


def test_one_person_has_one_pseudonym_however_the_number_is_written(counter, tmp_path):
    rows = [
        "H-1,01/03/2026,A,079 012 345 678,Đỗ Thị Mẫu",
        "H-2,01/03/2026,B,79012345678, đỗ  thị MẪU",
        "H-3,01/03/2026,C,079012345679,Khác",
    ]
    assert take(counter, tmp_path, rows).stored == 3
    one, two, three = (owners(counter)[code] for code in ("H-1", "H-2", "H-3"))
    assert one == two
    assert one["owner_key"] != three["owner_key"]
    assert one["owner_key"].startswith("p1:")
    assert b"Th\xe1\xbb\x8b M\xe1\xba\xabu" not in everything_in(counter.events)


@pytest.mark.parametrize("nobody", ["000000001", "000000000", "111111111", "123456789", "", "-"])
def test_a_number_that_nobody_has_is_null(counter, tmp_path, nobody):
    take(counter, tmp_path, [f"H-1,01/03/2026,A,{nobody},?"])
    assert owners(counter) == {"H-1": {"owner_key": None, "officer_key": None}}


def test_another_owner_or_officer_is_no_new_content(counter, tmp_path):
    take(counter, tmp_path, ["H-1,01/03/2026,A,079012345678,X"])
    again = take(
        counter, tmp_path, ["H-1,01/03/2026,B,079012345699,Y"], name="counter_2.csv", day=1
    )
    assert (again.stored, again.unchanged) == (0, 1)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    with scratch(Settings(home=tmp_path_factory.mktemp("home")), "test") as opened:
        yield opened


@given(said=st.text(max_size=80), secret=st.binary(max_size=64))
def test_the_pseudonym_in_sql_is_the_hmac_of_the_standard_library(work, said, secret):
    key = PseudonymKey(3, secret)
    pseudonyms.install(work, key)
    (made,) = work.one("select hoso_pseudonym('owner', ?)", [said])
    assert made == key.pseudonym("owner", said)


def test_the_key_is_made_once_for_its_owner_only(settings):
    key = key_for_writing(settings)
    path = settings.home / "secrets" / "pseudonym.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key_for_writing(settings) == key
    check = (settings.home / "pseudonym.json").read_text()
    assert key.secret.hex() not in check
    assert repr(key).find(key.secret.hex()) == -1


def test_a_lost_key_is_reported_and_the_file_waits_for_it(counter):
    inbox = counter.inbox
    rows = "Mã hồ sơ,Ngày nhận,Chủ hồ sơ,Số CCCD,Cán bộ\nH-1,01/03/2026,A,079012345678,X\n"
    own = counter.home / "sources" / "counter.yml"
    own.write_text(
        YAML.replace("observed_at: [option]", "observed_at: [name]").replace(
            "unit: {from: option}", "unit: {from: name}"
        )
        + "name_pattern: 'counter_(?P<unit>[a-z]+)_(?P<observed>\\d{8}T\\d{4})\\.csv$'\n",
        encoding="utf-8",
    )
    (inbox / "counter_xa_20260301T1730.csv").write_text(rows, encoding="utf-8")
    assert ingest_inbox(counter)[0].stored == 1
    assert keys_finding(counter).status == "ok"

    key = counter.home / "secrets" / "pseudonym.key"
    kept = key.read_text()
    key.unlink()
    assert keys_finding(counter).status == "wrong"
    later = inbox / "counter_xa_20260302T1730.csv"
    later.write_text(rows, encoding="utf-8")
    (refused,) = ingest_inbox(counter)
    assert "restore secrets/pseudonym.key" in refused.message
    assert later.exists()
    assert not key.exists()

    key.write_text(kept)
    assert ingest_inbox(counter)[0].unchanged == 1


def test_a_changed_key_is_refused_unless_its_version_says_so(settings, monkeypatch):
    key_for_writing(settings)
    monkeypatch.setenv("HOSO_PSEUDONYM_KEY", "ab" * 32)
    assert keys_finding(Settings()).status == "wrong"
    with pytest.raises(HosoError, match="new version"):
        key_for_writing(Settings())
    monkeypatch.setenv("HOSO_PSEUDONYM_KEY", "2:" + "ab" * 32)
    assert keys_finding(Settings()).status == "ok"
    assert key_for_writing(Settings()).version == 2
    monkeypatch.delenv("HOSO_PSEUDONYM_KEY")
    assert key_for_writing(Settings()).version == 1


def test_what_is_no_key_is_named_without_its_text(settings, monkeypatch):
    monkeypatch.setenv("HOSO_PSEUDONYM_KEY", "my secret")
    with pytest.raises(HosoError, match="64 hex digits") as refused:
        key_for_writing(Settings())
    assert "my secret" not in str(refused.value)
    assert keys_finding(Settings()).status == "wrong"
