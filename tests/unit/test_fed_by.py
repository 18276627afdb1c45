"""Models say what they are made of: one that says too little keeps old rows after a daily run."""

import json
import re

import pytest

from orchestration import dbt_runner
from orchestration.settings import Settings

FORCES_A_FULL_REFRESH = {"unit.observed", "procedure.observed"}
WORDS = {"attribute", "national_code", "submitted_at", "unit_name"}
"""Of rows of dossiers and of lists; anything else is a type of event (``build_state``)."""

NARROWER = {
    "dq_submitted_equals_received": ({"dossier.observed"}, "rows with a submission"),
    "int_attribute_content": ({"dossier.observed"}, "rows of lists with such a column"),
    "int_dossier_alias": ({"dossier.observed"}, "rows with a national code"),
    "int_dossier_code": (
        {
            *("dossier.observed", "dossier.sighted", "dossier.progressed", "form.issued"),
            "dossier.ruled",
        },
        "rows with a national code; the others only say which of two codes was told first,"
        " and what comes later was not",
    ),
}
"""Models that read types of events, but only rows of it that have a word of their own."""

SETTLED = {
    ("*", "dim_batch"): "what is read of a batch is what it was when it came",
    ("dim_unit", "int_ruling"): "which units are ruled, whosever the dossier",
    ("fct_dossier_attribute", "int_dossier_sighting"): "only of lists with a column of attributes",
    ("fct_dossier_attribute", "int_unit_text"): "a name in a new row is new with that row",
    ("fct_feedback", "int_unit_text"): "a name in a new row is new with that row",
    ("fct_rating", "int_unit_text"): "a name in a new row is new with that row",
    ("int_attribute_content", "int_unit_text"): "a name in a new row is new with that row",
}
"""Model and what it is made of, where a change of the latter alone cannot change the former."""


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Name -> node of dbt's manifest."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    nodes = json.loads(dbt_runner.fresh_manifest(settings).read_text("utf-8"))["nodes"]
    return {n["name"]: n for n in nodes.values() if n["resource_type"] == "model"}


def fed_by(node):
    said = node["config"]["meta"].get("fed_by")
    return None if said is None else set(said)


def types_read(sql):
    """Types of events that a model's own SQL asks for; comments do not count."""
    code = re.sub(r"--.*", "", sql)
    found = re.findall(r"\btype\s*(?:=|in)\s*\(?((?:\s*'[\w.]+',?)+)", code)
    return set(re.findall(r"'([\w.]+)'", " ".join(found)))


def test_a_model_that_is_not_always_built_names_every_type_of_event_that_it_reads(models):
    for name, node in models.items():
        said = fed_by(node)
        if said is None or node["config"]["materialized"] == "view":
            continue
        read = types_read(node["raw_code"])
        if "source('raw', 'event')" in node["raw_code"]:
            assert read, f"{name} reads events of any type: it cannot say what it is made of"
        read -= FORCES_A_FULL_REFRESH
        if name in NARROWER:
            read -= NARROWER[name][0]
            assert said & WORDS, name
        assert read <= said, name


def test_a_model_that_is_not_always_built_is_built_with_all_that_it_is_made_of(models):
    for name, node in models.items():
        said = fed_by(node)
        if said is None or node["config"]["materialized"] == "view":
            continue
        for parent in (key.rpartition(".")[2] for key in node["depends_on"]["nodes"]):
            if parent not in models or {(name, parent), ("*", parent)} & SETTLED.keys():
                continue
            above = fed_by(models[parent])
            assert above is not None, f"{parent} may change in any run, {name} is not built in any"
            assert above <= said, f"{name} is made of {parent}"


def test_views_are_built_with_the_rules_only(models):
    # a view reads what its tables have now
    for name, node in models.items():
        if node["config"]["materialized"] == "view":
            assert fed_by(node) == set(), name


def test_what_models_are_made_of_is_what_a_build_reads_of_new_lists(models):
    said = set().union(*(fed_by(node) or () for node in models.values()))
    assert {word for word in said if "." not in word} == WORDS
