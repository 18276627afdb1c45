"""Which node dbt builds next: of those that could be, the one with the longest way below it.

What belongs here: the order. What does not: which nodes there are. dbt's own order is by the way
*above* a node, and it hands all that could be built to its threads at once: dozens of small seeds
and models come before the one large model that all others of its size wait for, not beside it. Of a
large store one large model is built at a time, and small ones beside it.
"""

from collections.abc import Collection
from typing import Any


def install(threads: int, one_large: Collection[str]) -> None:
    """Have dbt use this order in this process. Only time depends on it: what waits still waits."""
    import dbt.graph.selector

    dbt.graph.selector.GraphQueue = queue(threads, one_large)  # type: ignore[attr-defined]


def queue(threads: int, one_large: Collection[str]) -> Any:
    """A class in place of dbt's ``GraphQueue``; two of its methods are other ones.

    ``threads``: no more nodes than these are handed out. ``one_large``: kinds (``model``,
    ``test``); of the models whose ``meta`` says ``large``, and of their tests, one at a time.
    """
    from dbt.graph.queue import GraphQueue

    class Queue(GraphQueue):
        def _get_scores(self, graph: Any) -> dict[str, int]:
            return scores(graph)

        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            with self.some_task_done:
                # one that was handed out and waits for a thread would be passed by nothing
                self.some_task_done.wait_for(
                    lambda: len(self.in_progress) < threads and self._next() is not None
                )
                entry = self._next()
                self.inner.queue.remove(entry)
                self._mark_in_progress(entry[1])
                return self.manifest.expect(entry[1])

        def _next(self) -> Any:
            """The first that may be handed out now; null: none before another one is done."""
            waits = any(map(self._is_large, self.in_progress))
            return min(
                (entry for entry in self.inner.queue if not (waits and self._is_large(entry[1]))),
                default=None,
            )

        def _is_large(self, name: str) -> bool:
            node: Any = self.manifest.expect(name)
            if node.resource_type not in one_large:
                return False
            of = node.depends_on.nodes if node.resource_type == "test" else [name]
            return any(self.manifest.expect(each).config.meta.get("large") for each in of)

    return Queue


def scores(graph: Any) -> dict[str, int]:
    """Of each node of a ``networkx.DiGraph``; dbt takes the lowest first."""
    from networkx import topological_sort  # type: ignore[import-untyped]

    found: dict[str, int] = {}
    for node in reversed(list(topological_sort(graph))):
        found[node] = min((found[below] for below in graph.successors(node)), default=0) - 1
    return found
