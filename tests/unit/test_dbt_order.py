"""The order in which dbt builds: what most waits for comes first, and nothing before its time."""

from types import SimpleNamespace

import networkx
import pytest

from orchestration import dbt_order

GRAPH = networkx.DiGraph([("view", "text"), ("text", "large"), ("large", "largest")])
GRAPH.add_nodes_from(f"seed {n}" for n in range(3))


@pytest.fixture
def queue():
    manifest = SimpleNamespace(expect=lambda name: name)
    return dbt_order.queue(2)(GRAPH.copy(), manifest, set(GRAPH))


def test_the_longest_way_below_comes_first_and_the_small_ones_beside_it(queue):
    taken = [queue.get(), queue.get()]
    for done in ("view", "text", "seed 0", "seed 1", "large"):
        queue.mark_done(done)
        taken.append(queue.get())
    assert taken == ["view", "seed 0", "text", "large", "seed 1", "seed 2", "largest"]


def test_no_more_is_handed_out_than_there_are_threads(queue):
    queue.get()
    queue.get()
    waited = []
    queue.some_task_done.wait_for = lambda ready: waited.append(ready())
    queue.get()
    assert waited == [False]


def test_dbt_takes_its_order_from_here(monkeypatch):
    import dbt.graph.selector

    monkeypatch.setattr(dbt.graph.selector, "GraphQueue", dbt.graph.selector.GraphQueue)
    dbt_order.install(2)
    made = dbt.graph.selector.GraphQueue(GRAPH.copy(), None, set(GRAPH))
    assert made.inner.get() == (-4, "view")
