"""The dbt models' compiled SQL, run as a full refresh in one DuckDB process, without dbt.

dbt compiles once, against a small world (``Models.compiled``); after that a world takes a fraction
of a second, so that hundreds of random worlds can be tried. What incremental runs add (hooks, marks
of applied batches) is dbt's own business and tested there.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .store import load_world
from .worlds import seeded_world

PROJECT = Path(__file__).parents[2]
NEEDED = (
    "fct_dossier_posting",
    "fct_dossier_version",
    "fct_unit_day",
    "fct_unit_reach",
    "dim_figure",
    "dim_procedure",
    "dim_unit",
    "dim_unit_validity",
)
"""What the comparison of postings, and of what ``hoso figures`` answers, needs."""


@dataclass(frozen=True)
class Models:
    """Seeds as Parquet files and models as SQL, both in the order in which they are needed."""

    seeds: tuple[tuple[str, Path], ...]
    models: tuple[tuple[str, str, str], ...]
    """Relation, kind (``view`` or ``table``), SQL."""

    @classmethod
    def compiled(cls, folder: Path, needed: tuple[str, ...] = NEEDED) -> "Models":
        """Compiles the project into an empty folder, for the models in ``needed`` and theirs.

        Raises ``RuntimeError`` with dbt's own words when dbt fails.
        """
        database, target = folder / "build.duckdb", folder / "target"
        config = {"storage_compatibility_version": "v1.4.0"}
        with duckdb.connect(str(database), config=config) as con:
            load_world(con, seeded_world(1, dossiers=3, lists=3))
        environment = {
            **os.environ,
            "HOSO_BUILD_DB": str(database),
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(folder / "logs"),
        }
        dbt = shutil.which("dbt", path=str(Path(sys.executable).parent)) or "dbt"
        folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        for command in (["seed"], ["compile", "--full-refresh"]):
            done = subprocess.run(
                [dbt, "--quiet", *command, *folders],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(f"dbt {command[0]}: {done.stdout}{done.stderr}")
        nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
        chosen = _with_parents(nodes, {f"model.hoso.{name}" for name in needed})
        models, seeds = [], []
        for key in chosen:
            node = nodes[key]
            relation = f'"{node["schema"]}"."{node["alias"]}"'
            if node["resource_type"] == "seed":
                seeds.append((relation, folder / f"{node['alias']}.parquet"))
            else:
                kind = "view" if node["config"]["materialized"] == "view" else "table"
                models.append((relation, kind, node["compiled_code"].replace('"build".', "")))
        with duckdb.connect(str(database), read_only=True) as con:
            for relation, path in seeds:
                con.execute(f"copy {relation} to '{path}'")
        return cls(tuple(seeds), tuple(models))

    def run(self, con: duckdb.DuckDBPyConnection) -> None:
        """Builds all of them over the connection's schema ``raw``."""
        con.execute(
            """
            create schema if not exists meta;
            create or replace table meta.applied_batch (model varchar, batch_id varchar)
            """
        )
        for relation, path in self.seeds:
            con.execute(f"create or replace table {relation} as from '{path}'")
        for relation, kind, sql in self.models:
            schema = relation.split(".")[0]
            con.execute(f"create schema if not exists {schema}")
            con.execute(f"create or replace {kind} {relation} as {sql}")


def _with_parents(nodes: dict[str, dict], wanted: set[str]) -> list[str]:  # type: ignore[type-arg]
    """The wanted nodes and all they are made of, parents first."""
    order: list[str] = []

    def visit(key: str) -> None:
        if key in order or key not in nodes:
            return
        for parent in nodes[key]["depends_on"].get("nodes", []):
            visit(parent)
        order.append(key)

    for key in sorted(wanted):
        visit(key)
    return order
