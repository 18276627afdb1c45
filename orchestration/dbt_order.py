"""Which node dbt builds next: of those that could be, the one with the longest way below it.

What belongs here: the order. What does not: which nodes there are. dbt's own order is by the way
*above* a node, and it hands all that could be built to its threads at once: dozens of small seeds
and models come before the one large model that all others of its size wait for, not beside it.
"""

from typing import Any


def install(threads: int) -> None:
    """Have dbt use this order in this process. Only time depends on it: what waits still waits."""
    import dbt.graph.selector

    dbt.graph.selector.GraphQueue = queue(threads)  # type: ignore[attr-defined]


def queue(threads: int) -> Any:
    """A class in place of dbt's ``GraphQueue``; two of its methods are other ones."""
    from dbt.graph.queue import GraphQueue

    class Queue(GraphQueue):
        def _get_scores(self, graph: Any) -> dict[str, int]:
            return scores(graph)

        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            # one that was handed out and waits for a thread would be passed by nothing
            with self.some_task_done:
                self.some_task_done.wait_for(lambda: len(self.in_progress) < threads)
            return super().get(block, timeout)

    return Queue


def scores(graph: Any) -> dict[str, int]:
    """Of each node of a ``networkx.DiGraph``; dbt takes the lowest first."""
    from networkx import topological_sort  # type: ignore[import-untyped]

    found: dict[str, int] = {}
    for node in reversed(list(topological_sort(graph))):
        found[node] = min((found[below] for below in graph.successors(node)), default=0) - 1
    return found
