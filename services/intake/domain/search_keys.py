"""Under which keys is a name filed, and under which is it looked for?

Keys only find candidates; ``matching`` decides. A key is shared by few names: mostly it joins two
words, so that all the Schmidts of a firm are not candidates for each other. The keys filed and the
keys looked for differ where one side says less: "J. Smith" looks for every J… Smith, while full
names do not look for each other by initial.

====  =====================================================================
P     two words: as spelled, by nickname, or with one letter left out
H     two words, or a single one, by sound
N     the whole name in one word
F, I  a word and an initial: F filed by full names, I by names with initials
S, L  a company or single word: S it is the whole name, L it begins a longer one
T, A  an acronym: T as the name itself, A made from the words of a long name
W     the surname of a full name, for when no more than a surname is known
====  =====================================================================
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

import jellyfish

from services.intake.domain.letters import usual
from services.intake.domain.names import Name, Word, read_names
from services.intake.domain.nicknames import formal_names

MOST_PAIRED = 4  # words of one name that are joined in pairs
SHORTEST_TYPO = 4  # letters: a letter left out of less is another word
SHORTEST_SOUND = 3  # sounds: fewer are shared by too many names

REPEATED = re.compile(r"(.)\1+")


def filing_keys(text: str) -> tuple[str, ...]:
    """Under which keys a known name is filed, the most telling first."""
    return _both(text)[0]


def looking_keys(text: str) -> tuple[str, ...]:
    """Under which keys names like this one are looked for, the most telling first."""
    return _both(text)[1]


@lru_cache(maxsize=10_000)
def _both(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    filing, looking = dict[str, None](), dict[str, None]()
    for name in read_names(text):
        pairs = tuple(_pairs(name))
        filing.update(dict.fromkeys(_filing(name, pairs)))
        looking.update(dict.fromkeys(_looking(name, pairs)))
    return tuple(filing), tuple(looking)


def _filing(name: Name, pairs: Iterable[str]) -> Iterator[str]:
    yield f"N:{name.joined}"
    yield from pairs
    yield from (f"I:{initial}|{word.form}" for initial in name.initials for word in name.words)
    if not name.company:
        yield from _by_initial("F", name)
    if name.surname is not None:
        yield f"W:{name.surname.form}"
    telling = name.strong
    if len(telling) == 1:
        yield from _alone(telling[0])
    elif name.company:
        yield f"L:{telling[0].form}"
    yield from _acronyms(name, short="T", long="A")


def _looking(name: Name, pairs: Iterable[str]) -> Iterator[str]:
    yield from (f"N:{joined}" for joined in name.rotations)
    yield from pairs
    yield from (f"{n}:{i}|{w.form}" for i in name.initials for w in name.words for n in "FI")
    if not name.company:
        yield from _by_initial("I", name)
    if name.surname is not None:
        yield f"S:{name.surname.form}"
    telling = name.strong
    if len(telling) == 1:
        yield from _alone(telling[0])
        yield f"L:{telling[0].form}"
        yield f"W:{telling[0].form}"
    elif name.company:
        yield f"S:{telling[0].form}"
    yield from _acronyms(name, short="A", long="T")


def _pairs(name: Name) -> Iterator[str]:
    words = _paired_words(name)
    for one, other in combinations(words, 2):
        yield _pair("P", one.form, other.form)
    for one, other in combinations(words, 2):
        yield from _pair_variants(one, other)


def _paired_words(name: Name) -> tuple[Word, ...]:
    words = name.strong if len(name.strong) > 1 else name.words
    if len(words) <= MOST_PAIRED:
        return words
    half = MOST_PAIRED // 2
    return words[:half] + words[-half:]


def _pair_variants(one: Word, other: Word) -> Iterator[str]:
    fuller = [(formal, other.form) for formal in formal_names(one.plain)]
    fuller += [(one.form, formal) for formal in formal_names(other.plain)]
    yield from (_pair("P", *both) for both in fuller)
    if not (one.numbered or other.numbered):
        yield from _mistyped_pairs(one, other)
    for a, b in ((one.form, other.form), *fuller):
        sounds = sound(a), sound(b)
        if len(sounds[0]) + len(sounds[1]) >= SHORTEST_SOUND:
            yield _pair("H", *sounds)


def _mistyped_pairs(one: Word, other: Word) -> Iterator[str]:
    for a in one.spellings:
        for b in other.spellings:
            yield _pair("P", a, b)
            yield from (_pair("P", typo, b) for typo in _one_letter_less(a))
            yield from (_pair("P", a, typo) for typo in _one_letter_less(b))


def _pair(space: str, one: str, other: str) -> str:
    return f"{space}:{one}|{other}" if one <= other else f"{space}:{other}|{one}"


def _one_letter_less(form: str) -> Iterable[str]:
    if len(form) < SHORTEST_TYPO:
        return ()
    return (form[:at] + form[at + 1 :] for at in range(len(form)))


def _by_initial(space: str, name: Name) -> Iterator[str]:
    for one in name.words:
        for other in name.words:
            if one is not other:
                yield f"{space}:{one.form[:1]}|{other.form}"


def _alone(word: Word) -> Iterator[str]:
    yield f"S:{word.form}"
    if not word.numbered and len(word.form) > SHORTEST_TYPO:
        yield from (f"S:{typo}" for typo in _one_letter_less(word.form))
        yield f"H:{sound(word.form)}"


def _acronyms(name: Name, *, short: str, long: str) -> Iterator[str]:
    if name.acronym:
        yield f"{short}:{name.joined}"
    elif name.company and len(name.words) > 1:
        yield f"{long}:{acronym_of(name)}"


def acronym_of(name: Name) -> str:
    """International Business Machines: ibm."""
    return "".join(word.plain[:1] for word in name.words)


@lru_cache(maxsize=10_000)
def sound(form: str) -> str:
    """How a word sounds, roughly; finds candidates, and is never a reason by itself."""
    if form.isdigit():
        return form
    code = REPEATED.sub(r"\1", jellyfish.metaphone(usual(form)).replace(" ", ""))
    return code.lstrip("AEIOU") or code
