"""Which word of one name goes with which word of another?

The name with fewer words must find a partner for each of them; the order does not matter. An
initial may stand for a given name, but one word must match in full.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from services.intake.domain.names import Name, Word
from services.intake.domain.pieces import BOTH
from services.intake.domain.words import Likeness, likeness

EXTRA_WORD = 6  # taken off for a middle name or second surname only one of them has
MOST_EXTRA = 18
EXTRA_INITIAL = 1
OTHER_INITIAL = 15  # Robert J. Smith and Robert K. Smith
INITIAL = 0.86  # one word in full and an initial
ENOUGH = 2  # words in full: an initial beside them confirms more than it leaves open
MOST_PAIRED = 6  # words of one name that are filed in pairs


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that go together, by their places among each name's words."""

    one: int
    other: int
    found: Likeness


@dataclass(frozen=True, slots=True)
class Paired:
    """How well all words of the shorter name were paired, and what the longer one has besides."""

    degree: float
    reasons: tuple[str, ...]
    extra_words: int
    off: int
    moved: bool  # the words stand in another order


def pair_up(few: Name, many: Name) -> Paired | None:
    """Pair the words of ``few`` with those of ``many``; None when one stays alone."""
    if not _comparable(few, many):
        return None
    pairs = _best_partners(few, many)
    if pairs is None:
        return None
    alone = _left(few.strong, {pair.one for pair in pairs})
    spare = _left(many.strong, {pair.other for pair in pairs})
    extra = len(spare)
    left, right, common = _without_common(few.initials, many.initials)
    stood_for = _stand_for(right, alone) + _stand_for(left, spare)
    several = len(few.strong) > 1 or bool(few.initials or many.initials)
    if len(pairs) < ENOUGH and left and right:
        return None
    if not pairs or alone or (several and len(pairs) + common + stood_for < ENOUGH):
        return None
    if len(pairs) >= ENOUGH and not _findable(pairs, few, many):
        return None
    if len(pairs) < ENOUGH and not pairs[0].found.coded:
        return None
    return _weighed(pairs, (left, right), spare, stood_for, extra)


def paired_places(name: Name) -> tuple[int, ...]:
    """The places of the words that are filed in pairs: all, or the first and last of many."""
    places = tuple(range(len(name.strong)))
    half = MOST_PAIRED // 2
    return places if len(places) <= MOST_PAIRED else places[:half] + places[-half:]


def _weighed(
    pairs: Sequence[Pair], initials: tuple[list[str], list[str]], spare: list[Word],
    stood_for: int, extra: int,
) -> Paired:  # fmt: skip
    degree = 1.0
    for pair in pairs:
        degree *= pair.found.degree
    off, why = _apart(*initials, spare)
    if stood_for:
        why.append("initial")
        if len(pairs) < ENOUGH:
            degree *= INITIAL
        else:
            off += EXTRA_INITIAL
    reasons = dict.fromkeys([*(p.found.reason for p in pairs if p.found.reason), *why])
    others = [pair.other for pair in sorted(pairs, key=lambda pair: pair.one)]
    moved = others != sorted(others)
    return Paired(degree, tuple(reasons), extra - stood_for if extra else 0, off, moved)


def _comparable(few: Name, many: Name) -> bool:
    """One word alone is compared with another alone, or with how a longer company name begins."""
    if not few.words or not many.words:
        return False
    if len(few.strong) > 1 or few.initials:
        return True
    if len(many.strong) == 1:
        return not many.initials
    return many.company and not few.strong[0].forms.isdisjoint(many.strong[0].forms)


def _best_partners(few: Name, many: Name) -> list[Pair] | None:
    """The closest pairs first; each word goes with one other at most.

    None as soon as a word has no partner and no initial can stand for it: most names differ there.
    """
    possible, others = list[Pair](), many.strong
    for i, word in enumerate(few.strong):
        before = len(possible)
        for j, other in enumerate(others):
            found = likeness(word, other, given=_as_given(few, i, many, j))
            if found is not None:
                possible.append(Pair(i, j, found))
        if len(possible) == before and not any(_begins(word, each) for each in many.initials):
            return None
    possible.sort(key=lambda pair: (-pair.found.degree, abs(pair.one - pair.other), pair.one))
    taken, partners, pairs = set[int](), set[int](), list[Pair]()
    for pair in possible:
        if pair.one not in taken and pair.other not in partners:
            taken.add(pair.one)
            partners.add(pair.other)
            pairs.append(pair)
    return pairs


def _as_given(few: Name, i: int, many: Name, j: int) -> bool:
    """Whether two words are compared as given names: neither of a company, nor both surnames."""
    if few.company or many.company:
        return False
    if len(few.words) == 1 and len(many.words) == 1 and not (few.initials or many.initials):
        return True
    return i not in few.family or j not in many.family


def _findable(pairs: Sequence[Pair], few: Name, many: Name) -> bool:
    """Whether two of the pairs share a key: by sound, or the first and last word by a piece."""
    ours, theirs = paired_places(few), paired_places(many)
    ends = ({0, len(few.strong) - 1}, {0, len(many.strong) - 1})
    for a, b in combinations(pairs, 2):
        if not {a.one, b.one}.issubset(ours) or not {a.other, b.other}.issubset(theirs):
            continue
        if a.found.coded and b.found.coded:
            return True
        at_ends = {a.one, b.one} == ends[0] and {a.other, b.other} == ends[1]
        if at_ends and _by_a_piece(a, b, few, many):
            return True
    return False


def _by_a_piece(a: Pair, b: Pair, few: Name, many: Name) -> bool:
    if (a.found.coded and b.found.whole) or (b.found.coded and a.found.whole):
        return True
    ours, theirs = (
        (few.strong[a.one], few.strong[b.one]),
        (many.strong[a.other], many.strong[b.other]),
    )
    long = may_both_be_mistyped(*ours) and may_both_be_mistyped(*theirs)
    return long and a.found.whole and b.found.whole


def may_both_be_mistyped(one: Word, other: Word) -> bool:
    """Whether both words are long enough that each may hold an error and they are still found."""
    return min(len(one.form), len(other.form)) >= BOTH and not (one.fixed or other.fixed)


def _left(words: tuple[Word, ...], used: set[int]) -> list[Word]:
    return [word for at, word in enumerate(words) if at not in used]


def _without_common(
    few: tuple[str, ...], many: tuple[str, ...]
) -> tuple[list[str], list[str], int]:
    """The initials only one of them has, and how many both have."""
    left, right = list(few), list(many)
    for initial in few:
        if initial in right:
            left.remove(initial)
            right.remove(initial)
    return left, right, len(few) - len(left)


def _stand_for(initials: list[str], words: list[Word]) -> int:
    """Let each initial stand for a word that begins with it; both are taken off their lists."""
    count = 0
    for initial in list(initials):
        word = next((word for word in words if _begins(word, initial)), None)
        if word is not None:
            initials.remove(initial)
            words.remove(word)
            count += 1
    return count


def _begins(word: Word, initial: str) -> bool:
    return any(form.startswith(initial) for form in word.forms)


def _apart(left: list[str], right: list[str], spare: list[Word]) -> tuple[int, list[str]]:
    """What to take off for words and initials that only one of the names has."""
    off = min(EXTRA_WORD * len(spare), MOST_EXTRA)
    why = ["extra-word"] if spare else []
    if left and (right or spare):
        return off + OTHER_INITIAL, [*why, "other-initial"]
    return off + EXTRA_INITIAL * (len(left) + len(right)), why
