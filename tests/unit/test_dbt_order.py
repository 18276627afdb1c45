"""The order in which dbt builds: what most waits for comes first, and nothing before its time."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import networkx
import pytest

from orchestration import dbt_order

GRAPH = networkx.DiGraph([("view", "text"), ("text", "large"), ("large", "largest")])
GRAPH.add_nodes_from(f"seed {n}" for n in range(3))


TESTED = networkx.DiGraph([("large", "test of large")])
TESTED.add_nodes_from(["largest", "seed 0", "seed 1", "test of seed"])


def node(name):
    """``large`` and ``largest`` say that they are; a test's parent is what its name ends in."""
    is_test = name.startswith("test of ")
    return SimpleNamespace(
        name=name,
        resource_type="test" if is_test else "model",
        config=SimpleNamespace(meta={"large": True} if name.startswith("large") else {}),
        depends_on=SimpleNamespace(nodes=[name.removeprefix("test of ")] if is_test else []),
    )


def queue_of(graph, one_large=()):
    made = dbt_order.queue(2, one_large)
    return made(graph.copy(), SimpleNamespace(expect=node), set(graph))


@pytest.fixture
def queue():
    return queue_of(GRAPH)


def test_the_longest_way_below_comes_first_and_the_small_ones_beside_it(queue):
    taken = [queue.get().name, queue.get().name]
    for done in ("view", "text", "seed 0", "seed 1", "large"):
        queue.mark_done(done)
        taken.append(queue.get().name)
    assert taken == ["view", "seed 0", "text", "large", "seed 1", "seed 2", "largest"]


def test_no_more_is_handed_out_than_there_are_threads(queue):
    queue.get()
    queue.get()
    waited = []
    queue.some_task_done.wait_for = lambda ready: waited.append(ready())
    queue.get()
    assert waited == [False]


def test_of_a_large_store_one_large_model_or_test_of_one_is_built_at_a_time():
    queue = queue_of(TESTED, ["model", "test"])
    taken = [queue.get().name, queue.get().name]
    with ThreadPoolExecutor() as pool:
        for done in ("seed 0", "seed 1"):
            queue.mark_done(done)
            taken.append(queue.get().name)
        queue.mark_done("test of seed")
        for large in ("large", "largest"):
            waiting = pool.submit(queue.get)
            with pytest.raises(TimeoutError):
                waiting.result(0.05)
            queue.mark_done(large)
            taken.append(waiting.result(5).name)
    assert taken == ["large", "seed 0", "seed 1", "test of seed", "largest", "test of large"]


def test_where_models_are_carried_on_only_their_tests_wait_for_each_other():
    queue = queue_of(TESTED, ["test"])
    assert [queue.get().name, queue.get().name] == ["large", "largest"]


def test_dbt_takes_its_order_from_here(monkeypatch):
    import dbt.graph.selector

    monkeypatch.setattr(dbt.graph.selector, "GraphQueue", dbt.graph.selector.GraphQueue)
    dbt_order.install(2, ())
    made = dbt.graph.selector.GraphQueue(GRAPH.copy(), None, set(GRAPH))
    assert made.inner.get() == (-4, "view")
