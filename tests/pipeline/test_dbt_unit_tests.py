"""The rules of the ledger, told as dbt unit tests in ``models/**/*_unit_tests.yml``, all hold.

dbt needs the relations that its unit tests stand in for: an empty store is laid as schema ``raw``,
and every model is made once without rows.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from orchestration import dbt_runner
from orchestration.raw import prepare_raw
from orchestration.settings import PROJECT_DIR, Settings

DBT = (sys.executable, "-c", "from dbt.cli.main import cli; cli()")


def dbt(settings: Settings, *arguments: str) -> None:
    """Run dbt in the home of ``settings``; fails with what dbt said when dbt fails."""
    place = list(dbt_runner.place_arguments(settings))
    place[place.index("--log-format") + 1] = "text"
    result = subprocess.run(
        [*DBT, "--no-use-colors", *arguments, *place],
        cwd=PROJECT_DIR,
        env={**dbt_runner.environment(settings, os.environ), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        pytest.fail(f"dbt {' '.join(arguments)}:\n{result.stdout}{result.stderr}", pytrace=False)


def unit_tests(settings: Settings, select: str, options: Sequence[str] = ()) -> list[str]:
    """Run the unit tests on empty relations; those that ran, all of which passed."""
    prepare_raw(settings)
    dbt(settings, "build", "--empty", "--resource-type", "seed", "--resource-type", "model")
    dbt(settings, "test", "--select", select, *options)
    names = [result["unique_id"] for result in artifact(settings, "run_results")["results"]]
    return [name for name in names if name.startswith("unit_test.")]


def artifact(settings: Settings, name: str) -> dict[str, Any]:
    path = dbt_runner.target_path(settings) / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_every_rule_holds_and_is_told_in_a_sentence(settings: Settings) -> None:
    run = unit_tests(settings, "test_type:unit")
    declared = artifact(settings, "manifest")["unit_tests"]
    assert run
    assert set(run) == set(declared)
    untold = [name for name, test in declared.items() if not test["description"].strip()]
    assert untold == []
    # dbt drops the diacritics of names
    assert [name for name in declared if not name.isascii()] == []


def test_movements_are_the_same_on_the_general_path(settings: Settings) -> None:
    """Simple dossiers take a short path through ``int_movement``; the general one says the same."""
    general = ["--vars", "{hoso_force_complex: true}"]
    assert unit_tests(settings, "int_movement,test_type:unit", general)
