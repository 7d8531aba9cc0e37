"""Does the size of a transaction follow what its events write?"""

from hypothesis import given
from hypothesis import strategies as st

from shared.engine.batch_size import MOST_BYTES, MOST_EVENTS, BatchSize


def test_light_events_travel_five_hundred_at_a_time() -> None:
    size = BatchSize()
    size.learn(500, 500 * 8_192)
    assert size.most == MOST_EVENTS


def test_heavy_events_are_cut_to_what_the_cache_bears() -> None:
    size = BatchSize()
    size.learn(500, 500 * 400_000)
    assert size.most == MOST_BYTES // 400_000


def test_a_refused_batch_is_halved_and_never_below_one() -> None:
    size = BatchSize()
    for expected in (250, 125, 62, 31, 15, 7, 3, 1, 1):
        size.halve(size.most)
        assert size.most == expected


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 10**10)), min_size=1))
def test_it_stays_between_one_and_five_hundred(batches: list[tuple[int, int]]) -> None:
    size = BatchSize()
    for events, weight in batches:
        size.learn(events, weight)
        assert 1 <= size.most <= MOST_EVENTS


def test_after_a_heavy_spell_it_grows_again() -> None:
    size = BatchSize()
    size.halve(100)
    for _ in range(30):
        size.learn(size.most, size.most * 8_192)
    assert size.most == MOST_EVENTS
