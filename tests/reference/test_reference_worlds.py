"""Random worlds: that they are varied, and that the reference keeps its own contract on them."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .figures import check_allowed, check_dossiers, check_identities
from .ledger import World, postings
from .worlds import minimise, seeded_world, seeded_worlds, small_worlds

QUIET = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
BEGIN = date(2024, 5, 25)
MOVEMENTS = {
    "receipt",
    "pause",
    "resume",
    "overdue",
    "transfer",
    "resolution",
    "return",
    "withdrawal",
    "reopening",
}


def units_of(world: World) -> list[str]:
    return sorted({s.unit for s in world.sightings if s.unit} | {"A"})


def assert_contract(world: World, periods: list[tuple[date, date]]) -> None:
    posted = postings(world)
    assert check_allowed(posted) == []
    assert check_dossiers(posted, world) == []
    for known in [None, *sorted({p.known_at for p in posted})[:2]]:
        assert check_identities(posted, units_of(world), periods, known) == []


@QUIET
@given(small_worlds(), st.integers(0, 40), st.integers(0, 20))
def test_identities_hold_for_any_period_of_small_worlds(world, first, length):
    begin = BEGIN + timedelta(days=first)
    assert_contract(world, [(begin, begin + timedelta(days=length))])


@QUIET
@given(seeded_worlds(max_dossiers=60), st.integers(0, 40), st.integers(0, 20))
def test_identities_hold_for_any_period_of_larger_worlds(world, first, length):
    begin = BEGIN + timedelta(days=first)
    assert_contract(world, [(begin, begin + timedelta(days=length))])


def test_worlds_hold_every_movement_and_reversals_of_each():
    posted = [p for seed in range(12) for p in postings(seeded_world(seed))]
    kinds = {(p.of.movement, p.quantity) for p in posted}
    assert kinds == {(movement, sign) for movement in MOVEMENTS for sign in (1, -1)}


def test_a_seed_names_one_world():
    assert seeded_world(7) == seeded_world(7)
    assert seeded_world(7) != seeded_world(8)


def test_a_failing_world_is_made_small():
    def fails(world: World) -> bool:
        return any(p.of.movement == "reopening" for p in postings(world))

    world = next(w for w in (seeded_world(s, dossiers=20) for s in range(99)) if fails(w))
    small = minimise(world, fails)
    # closed, opened again, and in lists closed once more
    assert len(small.sightings) + len(small.dated) <= 3
    assert len({s.code for s in small.sightings}) == 1
