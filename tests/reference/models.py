"""The dbt models' compiled SQL, run in one DuckDB process, without dbt.

dbt compiles twice, against a small world (``Models.compiled``): as a full refresh and as an
incremental run. After that a world takes a fraction of a second, so that hundreds of random worlds
can be tried. Hooks are rendered from the project's own macros.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from orchestration import build_state

from .store import load_world
from .worlds import seeded_world

PROJECT = Path(__file__).parents[2]
NEEDED = (
    "fct_dossier_posting",
    "fct_dossier_version",
    "fct_dossier",
    "fct_unit_day",
    "fct_unit_reach",
    "fct_due_date",
    "dq_reappeared",
    "dim_figure",
    "dim_procedure",
    "dim_unit",
    "dim_unit_validity",
)
"""What the comparison of postings, and of what ``hoso figures`` answers, needs."""


@dataclass(frozen=True)
class Model:
    """One model: how it is materialised, its SQL for both ways, and its hooks as dbt runs them."""

    relation: str
    name: str
    materialized: str
    unique_key: str | None
    full_sql: str
    incremental_sql: str
    hooks: dict[tuple[str, bool], str]
    """(``pre`` or ``post``, whether the run is incremental) -> SQL."""
    fed_by: frozenset[str] | None = None
    """What it is made of beside rules; null: of anything."""


@dataclass(frozen=True)
class Models:
    """Seeds as Parquet files and models as SQL, both in the order in which they are needed."""

    seeds: tuple[tuple[str, Path], ...]
    models: tuple[Model, ...]

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

        def dbt(*command: str) -> dict[str, Any]:
            program = shutil.which("dbt", path=str(Path(sys.executable).parent)) or "dbt"
            done = subprocess.run(
                [program, "--quiet", *command, "--project-dir", PROJECT, "--profiles-dir", PROJECT],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(f"dbt {command[0]}: {done.stdout}{done.stderr}")
            nodes: dict[str, Any] = json.loads((target / "manifest.json").read_text("utf-8"))
            return nodes["nodes"]  # type: ignore[no-any-return]

        dbt("seed")
        nodes = dbt("compile", "--full-refresh")
        chosen = [nodes[k] for k in _with_parents(nodes, {f"model.hoso.{n}" for n in needed})]
        seeds = tuple(
            (_relation(node), folder / f"{node['alias']}.parquet")
            for node in chosen
            if node["resource_type"] == "seed"
        )
        with duckdb.connect(str(database)) as con:
            for relation, path in seeds:
                con.execute(f"copy {relation} to '{path}'")
            # the tables are there from now on: what dbt compiles is an incremental run
            cls(seeds, tuple(_model(n, n) for n in chosen if n["resource_type"] == "model")).run(
                con
            )
        again = dbt("compile")
        return cls(
            seeds,
            tuple(
                _model(n, again[n["unique_id"]]) for n in chosen if n["resource_type"] == "model"
            ),
        )

    def run(self, con: duckdb.DuckDBPyConnection) -> None:
        """A full refresh of all of them over the connection's schema ``raw``."""
        con.execute(
            """
            create schema if not exists meta;
            create or replace table meta.applied_batch (model varchar, batch_id varchar)
            """
        )
        given = con.execute("select table_name from duckdb_tables() where schema_name = 'given'")
        given = given.fetchall()
        for relation, path in self.seeds:
            con.execute(f"create or replace table {relation} as from '{path}'")
            if (path.stem,) in given:
                con.execute(f"delete from {relation}")
                con.execute(f"insert into {relation} by name from given.{path.stem}")
        for model in self.models:
            con.execute(f"create schema if not exists {model.relation.split('.')[0]}")
            kind = "view" if model.materialized == "view" else "table"
            _hook(con, model, "pre", is_incremental=False)
            con.execute(f"create or replace {kind} {model.relation} as {model.full_sql}")
            _hook(con, model, "post", is_incremental=False)

    def run_on(self, con: duckdb.DuckDBPyConnection) -> bool:
        """A run as ``hoso run`` does it: incremental where that is allowed; says whether it was.

        The first run, and one whose new batches cannot be carried on from, is a full refresh.
        """
        con.execute("create schema if not exists meta")
        con.execute(build_state._STATE)
        news = build_state.read_news(con)
        (applied,) = con.execute("select count(*) from meta.applied_batch").fetchall()[0]
        if news is None or not applied:
            self.run(con)
            return False
        for model in self.models:
            if model.fed_by is not None and news.isdisjoint(model.fed_by):
                continue
            _hook(con, model, "pre", is_incremental=True)
            if model.materialized == "incremental":
                con.execute(f"create or replace temp table news as {model.incremental_sql}")
                if model.unique_key:
                    con.execute(
                        f"delete from {model.relation}"
                        f" where {model.unique_key} in (select {model.unique_key} from news)"
                    )
                con.execute(f"insert into {model.relation} by name from news")
            else:
                kind = "view" if model.materialized == "view" else "table"
                con.execute(f"create or replace {kind} {model.relation} as {model.incremental_sql}")
            _hook(con, model, "post", is_incremental=True)
        return True


def _hook(con: duckdb.DuckDBPyConnection, model: Model, when: str, *, is_incremental: bool) -> None:
    if sql := model.hooks[when, is_incremental].strip():
        # hooks name models without their schema
        con.execute("set search_path = 'main,intermediate'")
        con.execute(sql)
        con.execute("reset search_path")


def _relation(node: dict[str, Any]) -> str:
    return f'"{node["schema"]}"."{node["alias"]}"'


def _model(full: dict[str, Any], incremental: dict[str, Any]) -> Model:
    config = full["config"]
    strategy = config.get("incremental_strategy")
    if config["materialized"] not in {"view", "table", "incremental"} or strategy not in {
        None,
        "append",
        "delete+insert",
    }:
        raise NotImplementedError(f"{full['name']}: {config['materialized']}, {strategy}")
    return Model(
        relation=_relation(full),
        name=full["name"],
        materialized=config["materialized"],
        unique_key=config.get("unique_key") if strategy == "delete+insert" else None,
        full_sql=full["compiled_code"].replace('"build".', ""),
        incremental_sql=incremental["compiled_code"].replace('"build".', ""),
        hooks={
            (when, way): ";".join(
                _rendered(hook["sql"], full, is_incremental=way)
                for hook in config.get(f"{when}-hook", [])
            )
            for when in ("pre", "post")
            for way in (True, False)
        },
        fed_by=None if (fed_by := config["meta"].get("fed_by")) is None else frozenset(fed_by),
    )


class This(str):
    """dbt's ``this``: the relation as text, and its name."""

    @property
    def name(self) -> str:
        return self.split('"')[-2]


def _rendered(text: str, node: dict[str, Any], *, is_incremental: bool) -> str:
    """A hook of the project with the project's macros, and as much of dbt as they use."""
    macros = "".join(p.read_text("utf-8") for p in sorted((PROJECT / "macros").glob("*.sql")))
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])  # noqa: S701 - SQL, no page
    environment.globals |= {
        "this": This(_relation(node)),
        "ref": lambda name: name,
        "is_incremental": lambda: is_incremental,
        "return": lambda value: value,
    }
    return environment.from_string(macros + text).render()


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
