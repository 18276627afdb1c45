"""The units that an office installs: its paths, nothing of ours, nothing left open."""

import shutil
import subprocess

import pytest

from orchestration.settings import PROJECT_DIR, Settings

DEPLOY = PROJECT_DIR / "deploy"
UNITS = ("hoso.service", "hoso-run.service", "hoso-run.timer")


@pytest.fixture
def installed(tmp_path):
    env = {"HOSO_APP": "/opt/x", "HOSO_HOME": "/srv/x", "HOSO_CONFIG": "/etc/x", "HOSO_USER": "x"}
    subprocess.run(
        [DEPLOY / "install.sh", tmp_path, tmp_path],
        env={**env, "PATH": "/usr/bin:/bin"},
        check=True,
    )
    return {name: (tmp_path / name).read_text(encoding="utf-8") for name in UNITS}


def test_paths_and_user_are_variables_and_all_of_them_are_filled_in(installed):
    assert all("@" not in text for text in installed.values())
    for name in ("hoso.service", "hoso-run.service"):
        for line in ("User=x", "EnvironmentFile=/etc/x/hoso.env", "ReadWritePaths=/srv/x"):
            assert line in installed[name], (name, line)
    assert "ExecStart=/opt/x/.venv/bin/hoso serve" in installed["hoso.service"]


def test_the_command_has_the_settings_of_the_service_wherever_one_stands(tmp_path):
    app, config = tmp_path / "app" / ".venv" / "bin", tmp_path / "config"
    app.mkdir(parents=True)
    config.mkdir()
    show = 'printf "%s\\n" "$HOSO_HOME" "$HOSO_MAIL_FROM" "$HOSO_THREADS" "$1"'
    (app / "hoso").write_text(f"#!/bin/sh\n{show}\n", encoding="utf-8")
    (app / "hoso").chmod(0o755)
    (config / "hoso.env").write_text(
        '# note\nHOSO_MAIL_FROM=Kho dữ liệu <hoso@example.vn>\nHOSO_THREADS="2"', encoding="utf-8"
    )
    env = {"HOSO_APP": str(tmp_path / "app"), "HOSO_HOME": "/srv/x", "HOSO_CONFIG": str(config)}
    path = {"PATH": "/usr/bin:/bin"}
    subprocess.run([DEPLOY / "install.sh", tmp_path, tmp_path], env={**env, **path}, check=True)
    said = subprocess.run(
        [tmp_path / "hoso", "a b"], env=path, cwd="/", capture_output=True, text=True, check=True
    ).stdout
    assert said.splitlines() == ["/srv/x", "Kho dữ liệu <hoso@example.vn>", "2", "a b"]


def test_a_relative_path_is_refused(tmp_path):
    done = subprocess.run(
        [DEPLOY / "install.sh", tmp_path],
        env={"HOSO_HOME": "var", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "HOSO_HOME must be an absolute path" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_systemd_understands_the_units(installed, tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine")
    for name in UNITS:
        done = subprocess.run(
            [program, "verify", "--man=no", str(tmp_path / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        complaints = [line for line in done.stderr.splitlines() if "is not executable" not in line]
        assert not [line for line in complaints if name in line], done.stderr


def test_the_example_settings_exist():
    for line in (DEPLOY / "hoso.env.example").read_text(encoding="utf-8").splitlines():
        name, is_setting, _ = line.lstrip("#").partition("=")
        if is_setting and name.startswith("HOSO_"):
            assert name.removeprefix("HOSO_").lower() in Settings.model_fields, name
