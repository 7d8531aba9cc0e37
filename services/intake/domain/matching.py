"""Are these two written names names of the same person or company, and why do we think so?

The score (0-100) multiplies how alike the paired words are and takes off for what only one name
has. Each step leaves its reason. Below ``HIT`` there is no match; from ``STRONG`` on little doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.intake.domain import pairing
from services.intake.domain.company_groups import related
from services.intake.domain.names import Name
from services.intake.domain.readings import read_names

VERSION = "names-8"  # of keys and scores together: once raised, all names are filed anew at start
HIT = 80
STRONG = 95

OTHER_NAME = 1  # a former or trading name, not the main one
OTHER_SPELLING = 2  # O Neill and ONeill
EXTRA_TELLING = 12  # Acme Robotics and Acme
EXTRA_GENERAL = 3  # Acme Holdings and Acme
SURELY_SPELLED = 0.94  # below: Allianz and Alliance Trust
OTHER_GENERAL = 12  # Acme Holdings and Acme Trading
COMPANY_OF_PERSON = 8  # John Smith Ltd and John Smith
COMPANY_UNSAID = 3  # Acme Ltd and Acme
OTHER_LEGAL_FORM = 1
ACRONYM = 90
LISTED = {"one-company": 95, "one-group": 84}  # by the firm's own list of companies
FOUNDER = 84  # Bosch and Robert Bosch GmbH
SURNAME_ONLY = 82  # Schmidt and Anna Schmidt: a person has to look


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are, and why."""

    score: int
    reasons: tuple[str, ...]


def compare(new: str, known: str) -> Match | None:
    """The best match between any name in a new text and any in a known one, or None.

    It is the same from either side, but for a known lone surname, which says too little about
    everybody of that name to hold each of them up; a new one asks for all of them.
    """
    before = compared_with(new)
    if known not in before:
        before[known] = _compare(new, known)
    return before[known]


@lru_cache(maxsize=600)  # a batch of new names: each is compared when asking and when deciding
def compared_with(_: str) -> dict[str, Match | None]:
    """What a new name was compared with so far; by known name."""
    return {}


def _compare(new: str, known: str) -> Match | None:
    found = [
        _less(match, OTHER_NAME, "other-name") if _is_other(a) or _is_other(b) else match
        for a in read_names(new)
        for b in read_names(known)
        if (match := compare_names(a, b)) is not None
    ]
    return max((each for each in found if each.score >= HIT), key=_score, default=None)


def _is_other(name: Name) -> bool:
    """A name beside the main one; that a text means a whole family is no other name of it."""
    return name.beside and not name.household


def compare_names(a: Name, b: Name) -> Match | None:
    """How alike two names are, or None when they are not."""
    ways = SEVERAL_WORDS if _is_several(a) and _is_several(b) else EVERY_WAY
    found = [each for way in ways if (each := way(a, b)) is not None and each.score >= HIT]
    return max(found, key=_score, default=None)


def _is_several(name: Name) -> bool:
    """Whether this is a person's name of more than one word: nearly all that are compared."""
    return len(name.words) > 1 and not name.company


def _score(match: Match) -> int:
    return match.score


def _as_one_word(a: Name, b: Name) -> Match | None:
    if len(a.joined) < 2 or len(a.joined) != len(b.joined):
        return None
    if b.joined not in a.rotations and a.joined not in b.rotations:
        return None
    off, reasons = _kinds_apart(a, b)
    if [word.plain for word in a.words] == [word.plain for word in b.words]:
        return Match(100 - off, ("same-name", *reasons))
    if {word.plain for word in a.words} == {word.plain for word in b.words}:
        return Match(100 - off, ("same-words", *reasons))
    return Match(100 - off - OTHER_SPELLING, ("spelling", *reasons))


def _as_acronym(a: Name, b: Name) -> Match | None:
    for short, long in ((a, b), (b, a)):
        longer = long.company and len(long.words) > 1
        if short.acronym and longer and short.strong[0].form in long.acronyms:
            return Match(ACRONYM, ("acronym",))
    return None


def _as_surname(new: Name, known: Name) -> Match | None:
    """Of the new one no more than the surname is said, or of either that it is a household."""
    for short, long in ((new, known), (known, new)):
        lonely = short.alone
        if lonely is None or not (short is new or short.household):
            continue
        if any(not lonely.forms.isdisjoint(each.forms) for each in long.surnames):
            return Match(SURNAME_ONLY, ("household" if short.household else "surname-only",))
    return None


def _as_founder(new: Name, known: Name) -> Match | None:
    """A company called after somebody, and only the surname: Robert Bosch GmbH and Bosch."""
    for short, long in ((new, known), (known, new)):
        founder = long.founder
        if founder is None or len(short.strong) != 1 or short.initials or short.household:
            continue
        if (short is new or short.company) and not short.strong[0].forms.isdisjoint(founder.forms):
            return Match(FOUNDER, ("part-of-name",))
    return None


def _as_listed(a: Name, b: Name) -> Match | None:
    how = related(a, b)
    return Match(LISTED[how], (how,)) if how is not None else None


def _word_by_word(a: Name, b: Name) -> Match | None:
    few, many = sorted((a, b), key=lambda name: (len(name.strong), len(name.words)))
    paired = pairing.pair_up(few, many)
    if paired is None:
        return None
    off, reasons = _kinds_apart(a, b)
    if few.company and many.company:
        apart, why = _companies_apart(few, many, paired)
    else:
        apart, why = paired.off, ()
    plain = "same-words" if paired.moved else "same-name"
    match = Match(round(100 * paired.degree), paired.reasons or (plain,))
    return _less(match, off + apart, *why, *reasons)


def _companies_apart(few: Name, many: Name, paired: pairing.Paired) -> tuple[int, Sequence[str]]:
    """What to take off for words only one of two companies has."""
    ours, theirs = _general(few), _general(many)
    off = EXTRA_TELLING * paired.extra_words
    others = bool(ours - theirs) and bool(theirs - ours or paired.extra_words)
    if others or (ours != theirs and paired.degree < SURELY_SPELLED):
        off += OTHER_GENERAL
    elif ours != theirs:
        off += EXTRA_GENERAL
    return off, ("part-of-name",) if off else ()


def _general(name: Name) -> set[str]:
    return {word.form for word in name.words if word not in name.strong}


def _kinds_apart(a: Name, b: Name) -> tuple[int, tuple[str, ...]]:
    """What to take off where one is a company, or both are, but of other legal forms."""
    if a.company != b.company:
        person = b if a.company else a
        unsaid = len(person.words) == 1 and not person.initials
        return (COMPANY_UNSAID if unsaid else COMPANY_OF_PERSON), ("legal-form",)
    if a.legal_form != b.legal_form:
        return OTHER_LEGAL_FORM, ("legal-form",)
    return 0, ()


def _less(match: Match, off: int, *why: str) -> Match:
    return Match(match.score - off, tuple(dict.fromkeys((*match.reasons, *why))))


EVERY_WAY = (_as_one_word, _as_acronym, _word_by_word, _as_surname, _as_founder, _as_listed)
SEVERAL_WORDS = (_as_one_word, _word_by_word, _as_listed)  # the others ask for a company or a word
