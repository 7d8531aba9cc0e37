"""Is everybody whom the rules accept found by the keys of the index?"""

import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from services.intake.domain.given_names import all_given_names
from services.intake.domain.matching import compare
from services.intake.domain.names import common_form
from services.intake.domain.pieces import errors_allowed, filed_pieces, looked_for_pieces
from services.intake.domain.search_keys import filing_keys, looking_keys
from services.intake.domain.sounds import skeleton
from tests.intake.domain import corpus, name_pairs

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(alphabet="abcdefghilmnorstu", min_size=4, max_size=14)
PEOPLE = st.builds("{} {}".format, st.sampled_from(corpus.GIVEN), st.sampled_from(corpus.FAMILY))
THREE = st.builds(
    "{} {} {}".format,
    *(st.sampled_from(names) for names in (corpus.GIVEN, corpus.GIVEN, corpus.FAMILY)),
)
CHANCE = st.randoms(use_true_random=False)


def of_one_skeleton() -> list[list[str]]:
    """Known given names that have the same consonants: what may be one name is among these."""
    found = defaultdict[str, list[str]](list)
    for name in all_given_names():
        found[skeleton(common_form(name))].append(name.capitalize())
    return list(found.values())


ALIKE = of_one_skeleton()


def is_offered(new: str, known: str) -> bool:
    """Whether the index finds a known name for a new one."""
    return not set(looking_keys(new)).isdisjoint(filing_keys(known))


def mistyped(word: str, chance: random.Random) -> str:
    """One letter left out, put in, replaced, or changed places with its neighbour."""
    at = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    after = word[at + 1 : at + 2]
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + after + word[at : at + 1] + word[at + 2 :],
        ]
    )


def typed_by_a_hurried_hand(name: str, errors: int, chance: random.Random) -> str:
    """The name with so many errors in its words, wherever they fall."""
    words = name.split()
    for _ in range(errors):
        at = chance.randrange(len(words))
        words[at] = mistyped(words[at], chance) or words[at]
    if chance.random() < 0.3:
        chance.shuffle(words)
    return " ".join(words)


@given(st.one_of(PEOPLE, THREE), st.integers(0, 3), CHANCE)
@settings(max_examples=400, deadline=None)
def test_a_mistyped_name_that_is_accepted_is_offered(
    name: str, errors: int, chance: random.Random
) -> None:
    typed = typed_by_a_hurried_hand(name, errors, chance)
    for new, known in ((typed, name), (name, typed)):
        assert compare(new, known) is None or is_offered(new, known)


@given(PEOPLE, PEOPLE)
@settings(max_examples=300, deadline=None)
def test_whatever_two_names_are_accepted_for_they_are_offered(one: str, other: str) -> None:
    assert compare(one, other) is None or is_offered(one, other)


@given(st.sampled_from(ALIKE), st.sampled_from(["Weber", "Maria Weber", "Gabriel"]), CHANCE)
@settings(max_examples=400, deadline=None)
def test_a_given_name_in_another_spelling_that_is_accepted_is_offered(
    alike: list[str], surname: str, chance: random.Random
) -> None:
    one, other = chance.choice(alike), chance.choice(alike)
    if chance.random() < 0.5:
        one = mistyped(one, chance)
    for new, known in ((one, other), (other, one)):
        names = f"{new} {surname}", f"{known} {surname}"
        assert compare(*names) is None or is_offered(*names)


@given(WORDS, st.integers(1, 2), CHANCE)
@settings(max_examples=500, deadline=None)
def test_a_typing_error_leaves_a_piece_of_the_word_whole(
    word: str, errors: int, chance: random.Random
) -> None:
    typed = word
    for _ in range(errors):
        typed = mistyped(typed, chance)
    allowed = errors_allowed(word, typed)
    if typed[:1] != word[0] and typed[:2] != word[1::-1]:
        allowed = min(allowed, 1)  # two errors, one of them the first letter: another word
    if OSA.distance(word, typed) <= allowed:
        assert not set(looked_for_pieces(typed, errors)).isdisjoint(filed_pieces(word))


@pytest.mark.parametrize(
    "pair", [*name_pairs.PAIRS, *name_pairs.UNSEEN], ids=lambda pair: f"{pair.new}~{pair.known}"
)
def test_every_listed_pair_that_is_accepted_is_offered(pair: name_pairs.Pair) -> None:
    for new, known in ((pair.new, pair.known), (pair.known, pair.new)):
        assert compare(new, known) is None or is_offered(new, known)


@pytest.mark.parametrize("errors", [1, 2])
def test_nearly_every_long_name_is_found_again_with_its_typing_errors(errors: int) -> None:
    chance = random.Random(errors)
    names = [n for n in corpus.people(3000, chance) if min(map(len, n.split())) >= 6][:400]
    missed = []
    for name in names:
        words = name.split()
        for at in (-1, 0)[:errors]:
            words[at] = mistyped(words[at], chance)
        if compare(" ".join(words), name) is None:
            missed.append((" ".join(words), name))
    assert len(missed) <= len(names) * errors // 13, missed[:20]


def test_a_name_is_filed_under_few_keys() -> None:
    chance = random.Random(8)
    names = corpus.people(1000, chance) + corpus.companies(chance)
    counts = sorted(len(filing_keys(name)) for name in names)
    assert sum(counts) / len(counts) < 12
    assert counts[-1] < 20
