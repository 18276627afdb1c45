"""``hoso source new``: a sample becomes a YAML that holds, and what nobody can know is said."""

import pytest
import yaml

from orchestration.errors import HosoError
from orchestration.ingest.check import check_file
from orchestration.ingest.propose import propose
from orchestration.ingest.ready import Options
from orchestration.sources import load_sources
from tests.ingest_lists import a_row, a_rows, types, write_xlsx
from tests.pipeline.test_ready_made_sources import EXPECTED, FIXTURES


def own_list(folder):
    path = folder / "Danh_sach_20260930T1730.csv"
    path.write_text(
        "STT;So bien nhan;Ngày nhận;Hẹn trả;Đơn vị;Tình trạng;"
        "Họ tên người nộp;Chủ hồ sơ;Ngày chuyển\n"
        "1;H-1;01-09-2026;05-09-2026;UBND xã Mẫu;Đang xử lý;Người Bịa Đặt;Bà Bịa Đặt;02-09-2026\n"
        "2;H-2;02-09-2026;;UBND xã Mẫu;Chờ ông Bảy;Người Bịa Đặt;Bà Bịa Đặt;02-09-2026\n",
        encoding="utf-8",
    )
    return path


def saved(settings, proposal):
    name = proposal.document["name"]
    (settings.folder("sources") / f"{name}.yml").write_text(proposal.text, encoding="utf-8")
    return name


def test_headers_are_known_by_synonyms_and_dates_by_their_cells(settings, tmp_path):
    document = propose(settings, own_list(tmp_path)).document
    assert {field: column["headers"] for field, column in document["columns"].items()} == {
        "code": ["So bien nhan"],
        "received_at": ["Ngày nhận"],
        "due_at": ["Hẹn trả"],
        "unit_name": ["Đơn vị"],
        "status": ["Tình trạng"],
    }
    assert document["dates"] == ["dd-MM-yyyy"]
    assert document["personal"] == ["Chủ hồ sơ"]


def test_what_could_not_be_decided_is_said_without_anybodys_name(settings, tmp_path):
    proposal = propose(settings, own_list(tmp_path))
    said = "\n".join(proposal.undecided)
    assert "Chờ ông Bảy" in said
    assert "'Ngày chuyển' has dates" in said
    assert "'Họ tên người nộp' is not known and not kept" in said
    assert "scope: full" in said
    assert "Bịa Đặt" not in proposal.text


def test_the_proposal_is_a_source_that_reads_the_sample(settings, tmp_path):
    path = own_list(tmp_path)
    name = saved(settings, propose(settings, path))
    assert name in load_sources(settings)
    found = check_file(settings, path, Options(source=name))
    assert (found["rows"], found["failing"]) == (2, 1)
    assert found["statuses_unmapped"] == ["Chờ ông Bảy"]
    assert types(settings) == {}, "nothing is stored"


def test_a_list_with_a_title_groups_and_a_total_is_understood(settings, tmp_path):
    rows = a_rows([[a_row(1, "H-1")], [a_row(2, "H-2")]], 2)
    path = write_xlsx(tmp_path / "bao cao.xlsx", rows)
    name = saved(settings, propose(settings, path))
    found = check_file(settings, path, Options(source=name))
    assert (found["rows"], found["failing"], found["control_total"]) == (2, 0, 2)
    assert str(found["from"]) == "2026-09-01"


@pytest.mark.parametrize(
    "name",
    [name for name, (source, *_) in EXPECTED.items() if source not in {"rulings", "dvcqg"}],
)
def test_of_a_known_layout_the_proposal_reads_as_many_rows_as_the_ready_made_source(settings, name):
    """Without its own name: as a stranger's file."""
    proposal = propose(settings, FIXTURES / name)
    source = EXPECTED[name][0]
    assert proposal.document["kind"] == load_sources(settings)[source].kind
    yaml.safe_load(proposal.text)
    own = saved(settings, proposal)
    options = Options(source=own, observed_at=settings.clock(), unit="H99.41")
    found = check_file(settings, FIXTURES / name, options)
    assert found["rows"] == EXPECTED[name][1] + EXPECTED[name][2]


def test_what_is_no_list_is_refused_in_words(settings, tmp_path):
    path = tmp_path / "thu.csv"
    path.write_text("Kính gửi,ai đó\n", encoding="utf-8")
    with pytest.raises(HosoError, match=r"thu\.csv"):
        propose(settings, path)
