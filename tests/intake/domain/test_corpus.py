"""How many of the same names are found, and how many others besides, in a few thousand names?"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from time import process_time

import pytest

from services.intake.domain.matching import compare
from services.intake.domain.search_keys import filing_keys, looking_keys
from tests.intake.domain import corpus

SIZE = 5_000
Habit = Callable[[str, random.Random], str]


class Index:
    """Names by their keys, as the database finds them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for key in filing_keys(name):
                self._by_key[key].append(name)

    def candidates(self, name: str) -> set[str]:
        """Whoever shares a key."""
        return {other for key in looking_keys(name) for other in self._by_key.get(key, ())}

    def hits(self, name: str) -> set[str]:
        """Whoever matches."""
        return {other for other in self.candidates(name) if compare(name, other)}


@pytest.fixture(scope="module")
def known() -> list[str]:
    """A few thousand known names."""
    rng = random.Random(20260302)
    return corpus.people(SIZE, rng) + corpus.companies(rng)


@pytest.fixture(scope="module")
def index(known: list[str]) -> Index:
    """The known names, filed."""
    return Index(known)


@pytest.mark.parametrize("habit", corpus.OF_PEOPLE, ids=lambda habit: habit.__name__)
def test_a_person_written_in_another_way_is_found(
    habit: Habit, known: list[str], index: Index
) -> None:
    rng = random.Random(habit.__name__)
    asked = rng.sample(known[:SIZE], 300)
    missed = [name for name in asked if name not in index.hits(habit(name, rng))]
    assert len(missed) <= 3, missed[:5]


def test_a_company_of_another_legal_form_is_found(known: list[str], index: Index) -> None:
    rng = random.Random(7)
    asked = known[SIZE:]
    missed = [n for n in asked if n not in index.hits(corpus.other_legal_form(n, rng))]
    assert missed == []


def test_few_others_are_hit_besides(known: list[str], index: Index) -> None:
    others = sum(len(index.hits(name) - {name}) for name in known)
    assert others / len(known) < 0.5


def test_two_different_names_taken_at_random_hardly_ever_match(known: list[str]) -> None:
    rng = random.Random(11)
    pairs = [rng.sample(known, 2) for _ in range(5_000)]
    assert sum(compare(one, other) is not None for one, other in pairs) <= 2


def test_the_candidates_of_a_name_stay_few_among_thousands(known: list[str], index: Index) -> None:
    counts = sorted(len(index.candidates(name)) for name in known)
    assert sum(counts) / len(counts) < 3
    assert counts[int(len(counts) * 0.99)] < 10


def test_clients_told_apart_by_a_number_are_not_candidates_for_each_other() -> None:
    index = Index(f"Client {n:05d}" for n in range(20_000))
    assert index.candidates("Client 00001") == {"Client 00001"}


ADDITIONS = 20_000  # 1.5 ms where nothing else runs, of which the keys take a quarter
ROUNDS, ADDED = 5, 200_000


def test_the_keys_of_a_name_cost_little() -> None:
    """The best of some rounds each, in turns: a machine slows down whenever others work on it."""
    rng = random.Random(5)
    rounds = [(keys_of_fresh_names(rng), an_addition()) for _ in range(ROUNDS)]
    assert min(keys for keys, _ in rounds) < ADDITIONS * min(addition for _, addition in rounds)


def keys_of_fresh_names(rng: random.Random, count: int = 400) -> float:
    """Seconds of processor time that the keys of one name take which nobody has had before."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    fresh = [
        f"{rng.choice(corpus.GIVEN)} {''.join(rng.choices(letters, k=8)).title()}"
        for _ in range(count)
    ]
    begun = process_time()
    for name in fresh:
        filing_keys(name)
        looking_keys(name)
    return (process_time() - begun) / count


def an_addition() -> float:
    """Seconds of processor time that one addition takes here and now: machines differ much."""
    begun, total = process_time(), 0
    for number in range(ADDED):
        total += number
    return (process_time() - begun) / ADDED
