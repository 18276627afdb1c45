"""A daily run builds only what the new lists can change, and that is as good as building all."""

from datetime import datetime, timedelta

import pytest

from orchestration import dbt_runner, pipeline, replay
from orchestration.demo import write_demo

KINDS = ("payments", "forms", "dvcqg", "one_stop_list")
"""Beginnings of the names of lists that come one kind a day; all others come first."""


@pytest.mark.slow
def test_whatever_kind_of_list_comes_the_carried_on_warehouse_is_that_of_a_full_refresh(
    settings, tmp_path, monkeypatch
):
    # of another home, which knows the lists as backfill: they would all mean a full refresh
    demo = settings.model_copy(update={"home": tmp_path / "demo"})
    write_demo(demo, 300)
    built = []

    def build(*arguments, **how):
        result = dbt_build(*arguments, **how)
        built.append((how["full_refresh"], {name.rpartition(".")[2] for name in result.seconds}))
        return result

    dbt_build = dbt_runner.build
    monkeypatch.setattr(dbt_runner, "build", build)
    for day, kind in enumerate(("", *KINDS)):
        for path in demo.inbox.iterdir():
            if path.name.startswith(kind) and (kind or not path.name.startswith(KINDS)):
                path.rename(settings.inbox / path.name)
        now = datetime(2026, 10, 1, 8) + timedelta(days=day)
        today = settings.model_copy(update={"now": now})
        assert pipeline.run(today).published
    assert [full for full, _ in built] == [True, *[False] * len(KINDS)]
    found_in = {
        kind: nodes & {"fct_payment", "fct_form", "fct_dossier", "dim_account"}
        for kind, (_, nodes) in zip(KINDS, built[1:], strict=True)
    }
    assert found_in == {
        "payments": {"fct_payment", "fct_dossier"},
        "forms": {"fct_form", "fct_dossier"},
        # national codes: payments and forms may be told of them
        "dvcqg": {"fct_payment", "fct_form", "fct_dossier"},
        "one_stop_list": {"fct_dossier"},
    }
    found = replay.verify(today, from_archive=False)
    assert found.said == []
    assert [each.name for each in found.tables if not each.equal] == []
