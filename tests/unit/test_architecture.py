"""What may import what: the command line starts light, and the core knows no framework."""

import ast
import subprocess
import sys

import pytest

from orchestration.settings import PROJECT_DIR

HEAVY = {
    *("dagster", "dbt", "pandas", "great_expectations", "deltalake", "pyarrow", "numpy"),
    *("holidays", "jsonschema", "lxml", "dagster_dbt"),
}
PACKAGE = PROJECT_DIR / "orchestration"
MAY_KNOW_DAGSTER = {
    *("definitions.py", "assets", "checks", "jobs.py", "schedules.py", "sensors.py", "jobs"),
    "serve.py",
    "dagster_runs.py",
}
MAY_KNOW_THE_TERMINAL = {"cli"}


def modules_after(code):
    """Top-level names of the modules that are loaded after ``code`` ran in a fresh process."""
    script = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT_DIR, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy():
    code = (
        "from orchestration.cli import main\n"
        "for command in ([], ['figures'], ['run'], ['ingest']):\n"
        "    try: main([*command, '--help'])\n"
        "    except SystemExit as end: assert end.code == 0, command"
    )
    assert modules_after(code) & (HEAVY | {"duckdb"}) == set()


@pytest.mark.parametrize(
    "module",
    ["reporting.figures", "reporting.explain", "reporting.diff", "reporting.query"],
)
def test_a_query_loads_duckdb_and_nothing_heavier(module):
    loaded = modules_after(f"import duckdb, orchestration.{module}")
    assert loaded & (HEAVY | {"typer", "rich"}) == set()


def imports(path):
    """Top-level names that a file imports, inside functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


def breaches(forbidden, allowed):
    return [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] not in allowed
        for name in imports(path)
        if name in forbidden
    ]


def test_only_the_thin_edge_knows_dagster():
    assert breaches({"dagster", "dagster_dbt"}, MAY_KNOW_DAGSTER) == []


def test_only_the_command_line_knows_typer_and_rich():
    assert breaches({"typer", "rich"}, MAY_KNOW_THE_TERMINAL) == []


def test_only_one_runner_knows_great_expectations():
    found = [
        path.relative_to(PROJECT_DIR).as_posix()
        for folder in ("orchestration", "expectations")
        for path in sorted((PROJECT_DIR / folder).rglob("*.py"))
        if "great_expectations" in imports(path)
    ]
    assert found == ["expectations/runner.py"]


def test_the_core_imports_no_command_line():
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] != "cli"
        and "orchestration.cli" in path.read_text(encoding="utf-8")
    ]
    assert found == []
