"""Mutants of valid files: each is taken in or set aside, with words, in time, and counted wholly.

A failure names its mutant; ``mutants(folder, chunk)`` makes the same ones again.
"""

import json
import time
from datetime import datetime
from random import Random

import pytest

from orchestration.ingest import ingest_files
from orchestration.ingest.identity import Identity
from orchestration.ingest.mapping import TABLES, type_rows
from orchestration.ingest.ready import Options, Ready, look_at
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import scratch
from tests.fuzz.mutate import mutant
from tests.fuzz.valid import MESSAGES, sources, valid_files
from tests.ingest_lists import events

CHUNKS = 10
IN_CHUNK = 500
IN_STORE = 50
SECONDS = 5
MOMENT = datetime(2026, 9, 30, 17, 30)
OPTIONS = {"observed_at": MOMENT, "unit": "X"}


def mutants(folder, chunk, count):
    """``(name, source, path)``; each path is gone when the next comes."""
    folder.mkdir()
    made = folder / "valid"
    made.mkdir()
    files = valid_files(made)
    for number in range(count):
        random = Random(f"{chunk}/{number}")  # noqa: S311 - damage, no secret
        name, source, data = files[number % len(files)]
        path = folder / name
        path.write_bytes(mutant(data, random))
        yield f"{chunk}/{number} of {name}", source, path
        path.unlink()


@pytest.mark.parametrize("number", range(30))
def test_the_files_are_valid_before_they_are_damaged(settings, tmp_path, number):
    files = valid_files(tmp_path)
    if number >= len(files):
        assert len(files) < 30
        return
    name, source, data = files[number]
    path = tmp_path / name
    path.write_bytes(data)
    with scratch(settings, "fuzz") as work:
        for rows, bad, reason in read(settings, sources(settings), source, path, work):
            assert (rows > 0, bad, reason) == (True, 0, None)


def read(settings, known, source, path, work):
    """Each list of the file as ``(rows, set aside, why it is refused)``; no other exception."""
    for looked in look_at(settings, known, path, Options(source=source, **OPTIONS), work):
        if not isinstance(looked, Ready):
            yield 0, 0, looked.message
            continue
        try:
            raw = looked.opened.load()
            identity = Identity("dossier.observed", looked.source.system, looked.observed_at)
            limit = settings.max_cell_chars
            typed = type_rows(
                work,
                looked.source,
                looked.opened,
                raw,
                identity=identity,
                unit=looked.unit,
                max_cell=limit,
            )
            sql = f"select count(*), count(problem), count(id) from {typed.relation}"
            rows, bad, named = work.one(sql)
            assert named + bad >= rows, "a row without an id and without a reason"
            work.drop(*raw.tables, *TABLES)
            yield rows, bad, None
        except Rejected as refusal:
            yield 0, 0, str(refusal)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_mutant_is_read_or_refused_in_words(settings, tmp_path, chunk):
    known = sources(settings)
    seen = {"read": 0, "refused": 0}
    with scratch(settings, "fuzz") as work:
        for name, source, path in mutants(tmp_path / "files", chunk, IN_CHUNK):
            began = time.monotonic()
            try:
                for rows, bad, reason in read(settings, known, source, path, work):
                    assert 0 <= bad <= rows
                    assert reason is None or 0 < len(reason) < 1000
                    seen["read" if reason is None else "refused"] += 1
            except Exception as error:
                raise AssertionError(f"mutant {name}") from error
            assert time.monotonic() - began < SECONDS, name
    # a mutator that only ever makes rubbish would test little
    assert min(seen.values()) > IN_CHUNK / 10, seen


@pytest.mark.slow
@pytest.mark.parametrize("chunk", ["store 1", "store 2"])
def test_a_mutant_in_the_store_is_counted_wholly(settings, tmp_path, chunk):
    own = settings.folder("sources") / "messages.yml"
    own.write_text(json.dumps(MESSAGES), encoding="utf-8")
    for name, source, path in mutants(tmp_path / "files", chunk, IN_STORE // 2):
        began = time.monotonic()
        for each in ingest_files(settings, [path], source=source, **OPTIONS):
            counted = each.stored + each.unchanged + each.duplicate + each.quarantined
            assert each.read == counted, name
            assert each.status in {"stored", "nothing_new", "rejected"}, name
            assert each.status != "rejected" or (each.message and each.read == 0), name
        assert time.monotonic() - began < SECONDS, name
    parts = ("stored", "unchanged", "duplicate", "quarantined")
    summed = " + ".join(f"(data->>'$.counts.{part}')::int" for part in parts)
    batches = events(
        settings, f"{summed} = (data->>'$.counts.read')::int", "type = 'extract.completed'"
    )
    assert batches
    assert all(holds for (holds,) in batches)
