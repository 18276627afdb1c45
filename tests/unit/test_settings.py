"""Settings: nonsense is named in one line with the setting, before any work begins."""

import duckdb
import pytest

from orchestration.cli import main
from orchestration.doctor import examine
from orchestration.settings import Settings

NONSENSE = {
    "HOSO_NOW": ["gestern", "0001-01-01", "9999-12-31T23:59"],
    "HOSO_TIMEZONE": ["Mars/Base", "../../etc/passwd"],
    "HOSO_MEMORY_LIMIT": ["lots", "-1GB", "1KB", "0.01GB"],
    "HOSO_THREADS": ["0", "many", "100000"],
    "HOSO_MAX_FILE_MB": ["-5", "0"],
    "HOSO_MAX_ZIP_MEMBERS": ["0"],
    "HOSO_MAX_CELL_CHARS": ["0"],
    "HOSO_INBOX_QUIET_SECONDS": ["nan", "inf", "-1"],
    "HOSO_SMTP_PORT": ["99999", "0"],
    "HOSO_SMTP_TIMEOUT": ["inf", "0"],
    "HOSO_MAIL_FROM": ["nobody", "a <x@y>\nBcc: z@y"],
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n in NONSENSE for v in NONSENSE[n]])
def test_nonsense_is_refused_in_one_line_that_names_the_setting(
    home, monkeypatch, capsys, name, value
):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main(["doctor"])
    said = capsys.readouterr().err.strip()
    assert ended.value.code == 1
    assert name in said
    assert "This should not happen" not in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("content", [b"home = ", b"\xff\xfe"])
def test_a_toml_file_that_cannot_be_read_is_named(home, monkeypatch, capsys, tmp_path, content):
    (tmp_path / "hoso.toml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["doctor"])
    said = capsys.readouterr().err
    assert "hoso.toml cannot be read" in said
    assert "This should not happen" not in said


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("HOSO_HOME", "")
    monkeypatch.setenv("HOSO_SMTP_PASSWORD", "")
    settings = Settings()
    assert settings.home.name == "var"
    assert settings.smtp_password is None


def test_doctor_lists_every_setting_masks_secrets_and_names_misspelt_ones(home, monkeypatch):
    monkeypatch.setenv("HOSO_SMTP_PASSWORD", "geheim")
    monkeypatch.setenv("HOSO_THRADS", "3")
    found = {finding.topic: finding for finding in examine(Settings())}
    assert {f"HOSO_{name.upper()}" for name in Settings.model_fields} <= set(found)
    assert "geheim" not in found["HOSO_SMTP_PASSWORD"].found
    assert found["HOSO_THRADS"].status == "warning"
    assert "HOSO_THREADS" in found["HOSO_THRADS"].advice


@pytest.mark.parametrize("port", ["0", "-1", "99999"])
def test_a_port_that_cannot_be_is_wrong_use(home, capsys, port):
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--port", port])
    assert ended.value.code == 2


def test_a_full_disk_is_told_in_one_line_whoever_noticed_it(home, monkeypatch, capsys):
    def full(settings):
        raise duckdb.TransactionException("Failed to commit: No space left on device\nand more")

    monkeypatch.setattr("orchestration.doctor.examine", full)
    with pytest.raises(SystemExit):
        main(["doctor"])
    said = capsys.readouterr().err.strip()
    assert said.startswith("hoso: Failed to commit: No space left on device. `hoso doctor`")
    assert len(said.splitlines()) == 1
