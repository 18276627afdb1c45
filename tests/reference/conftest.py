"""The compiled models, made once for all tests of this folder and all workers."""

import fcntl
import pickle
from pathlib import Path

import pytest

from .models import Models


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Models:
    """dbt compiles for ten seconds; with several workers the first one does it for all."""
    base = tmp_path_factory.getbasetemp()
    shared: Path = base if worker_id == "master" else base.parent
    with (shared / "compiled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = shared / "compiled.pickle"
        if not made.exists():
            (shared / "compiled").mkdir()
            made.write_bytes(pickle.dumps(Models.compiled(shared / "compiled")))
        return pickle.loads(made.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
