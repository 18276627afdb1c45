"""The process that dbt runs in: loads dbt and the project, then waits for its command.

What belongs here: a life no longer than its parent's, one command, what is logged of it. What does
not: which command, and what comes of it (``dbt_runner``). Loading takes longer than all models of a
daily run on a small store, so it goes on while the store is read.
"""

import ctypes
import gc
import json
import logging
import signal
import sys
from collections.abc import Collection, Iterable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final

from orchestration import dbt_order, dbt_parsed

UNMOVED: Final = "unmoved"
"""Tag of the models that are not built. One criterion: dbt looks through all nodes for each."""

_PR_SET_PDEATHSIG: Final = 1
_QUIET: Final = ("--log-level", "none", "--log-level-file", "none")
"""dbt's own loggers write out every debug event, and then leave it out: half of a small model."""


def main(place: Sequence[str]) -> int:
    """Reads one command (JSON) from stdin; returns 0 when dbt succeeded.

    ``place``: arguments that say where the project lies and where dbt writes. The command:
    ``arguments`` of dbt, the ``news`` (null: anything) by which models get the tag ``UNMOVED``, and
    the kinds of nodes of which large ones are built one at a time (``one_large``).
    Without a command (end of input) nothing is done.
    """
    # a dbt that outlives a killed run would keep the warehouse locked
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # while dbt and the project are loaded there is next to none, but much to look through
    gc.disable()
    from dbt.cli.main import dbtRunner

    folders = dict(zip(place[::2], place[1::2], strict=True))
    callbacks = [_writer(Path(folders["--log-path"]))]
    quiet = [*place, *_QUIET]
    target = Path(folders["--target-path"])
    parsed = dbt_parsed.parse(place, target.parent, callbacks)
    gc.freeze()
    # while it builds it takes no longer, and 0.3 GiB less (10 million dossiers)
    gc.enable()
    line = sys.stdin.readline()
    if not line:
        return 0
    if not parsed.success:
        return 1
    command = json.loads(line)
    arguments = [*command["arguments"], *quiet]
    manifest: Any = parsed.result
    if arguments[0] == "parse":
        manifest.write(str(target / "manifest.json"))
        return 0
    for node in unmoved(manifest.nodes.values(), command["news"]):
        node.tags.append(UNMOVED)
    threads = int(arguments[arguments.index("--threads") + 1])
    dbt_order.install(threads, command["one_large"])
    done = dbtRunner(manifest=manifest, callbacks=callbacks).invoke(arguments)
    results: Any = done.result
    if "--no-write-json" in arguments and results is not None:
        results.write(str(target / "run_results.json"))
    return 0 if done.success else 1


def unmoved(nodes: Iterable[Any], news: Collection[str] | None) -> list[Any]:
    """The models that new batches cannot change.

    ``news``: what the batches hold (``build_state.Plan.news``); null: anything. A model says by its
    ``meta: fed_by`` what it is made of beside rules; one that does not say is always built.
    """
    return [
        node
        for node in nodes
        if news is not None
        and node.resource_type == "model"
        and (fed_by := node.config.meta.get("fed_by")) is not None
        and set(fed_by).isdisjoint(news)
    ]


def _writer(folder: Path) -> Any:
    """A callback that writes what dbt says to stdout and to ``dbt.log``, but for its debugging."""
    from dbt_common.events.functions import env_scrubber, msg_to_dict

    folder.mkdir(parents=True, exist_ok=True)
    log = logging.getLogger(__name__)
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(logging.StreamHandler(sys.stdout))
    log.addHandler(
        RotatingFileHandler(
            folder / "dbt.log", encoding="utf-8", maxBytes=10 * 2**20, backupCount=5
        )
    )

    def write(event: Any) -> None:
        if event.info.level not in {"debug", "test"}:
            log.info("%s", env_scrubber(json.dumps(msg_to_dict(event), sort_keys=True)))

    return write


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
