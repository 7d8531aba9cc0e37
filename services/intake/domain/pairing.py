"""Which word of one name goes with which word of another?

The name with fewer words must find a partner for each of them; the order does not matter. An
initial may stand for a word, but one word must match in full.
"""

from dataclasses import dataclass

from services.intake.domain.names import Name, Word
from services.intake.domain.words import INITIAL, Likeness, likeness

EXTRA_WORD = 6  # taken off for a middle name or second surname only one of them has
MOST_EXTRA = 16
EXTRA_INITIAL = 1
OTHER_INITIAL = 15  # Robert J. Smith and Robert K. Smith
ENOUGH = 2  # words in full: an initial beside them confirms more than it leaves open


@dataclass(frozen=True, slots=True)
class Paired:
    """How well all words of the shorter name were paired, and what the longer one has besides."""

    degree: float
    reasons: tuple[str, ...]
    extra_words: int
    off: int


def pair_up(few: Name, many: Name) -> Paired | None:
    """Pair the words of ``few`` with those of ``many``; None when one stays alone."""
    if not _comparable(few, many):
        return None
    pairs, alone, spare = _best_partners(few.strong, many.strong)
    left, right, common = _without_common(few.initials, many.initials)
    stood_for = _stand_for(right, alone) + _stand_for(left, spare)
    several = len(few.strong) > 1 or bool(few.initials or many.initials)
    if not pairs or alone or (several and len(pairs) + common + stood_for < ENOUGH):
        return None
    degree = 1.0
    for found in pairs:
        degree *= found.degree
    off, why = _apart(left, right, spare)
    if stood_for:
        why.append("initial")
        if len(pairs) < ENOUGH:
            degree *= INITIAL
        else:
            off += EXTRA_INITIAL
    reasons = dict.fromkeys([*(p.reason for p in pairs if p.reason), *why])
    return Paired(degree, tuple(reasons), len(spare), off)


def _comparable(few: Name, many: Name) -> bool:
    """One word alone is compared with another alone, or with how a longer company name begins."""
    if not few.words or not many.words:
        return False
    if len(few.strong) > 1 or few.initials:
        return True
    if len(many.strong) == 1:
        return not many.initials
    return many.company and likeness(few.strong[0], many.strong[0]) is not None


def _best_partners(
    few: tuple[Word, ...], many: tuple[Word, ...]
) -> tuple[list[Likeness], list[Word], list[Word]]:
    """The closest pairs first; then the words of each side that stay without a partner."""
    possible = [
        (found.degree, i, j, found)
        for i, word in enumerate(few)
        for j, other in enumerate(many)
        if (found := likeness(word, other)) is not None
    ]
    possible.sort(key=lambda each: (-each[0], each[1], each[2]))
    taken, partners, pairs = set[int](), set[int](), list[Likeness]()
    for _, i, j, found in possible:
        if i not in taken and j not in partners:
            taken.add(i)
            partners.add(j)
            pairs.append(found)
    alone = [word for i, word in enumerate(few) if i not in taken]
    return pairs, alone, [word for j, word in enumerate(many) if j not in partners]


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
        word = next((word for word in words if word.form.startswith(initial)), None)
        if word is not None:
            initials.remove(initial)
            words.remove(word)
            count += 1
    return count


def _apart(left: list[str], right: list[str], spare: list[Word]) -> tuple[int, list[str]]:
    """What to take off for words and initials that only one of the names has."""
    off = min(EXTRA_WORD * len(spare), MOST_EXTRA)
    why = ["extra-word"] if spare else []
    if left and (right or spare):
        return off + OTHER_INITIAL, [*why, "other-initial"]
    return off + EXTRA_INITIAL * (len(left) + len(right)), why
