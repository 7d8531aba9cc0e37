"""Under which keys is a name filed, and under which is it looked for?

Keys only find candidates; ``matching`` decides. They are made so that whatever it accepts shares
one. Filing is dear (each key is an entry of an index) and looking is cheap, so a name is filed
under few keys and looked for under every key that a name it may be is filed under.

====  =====================================================================
N     the whole name in one word
P     two words by their sound; looked for by nickname and in every reading
R     the first and last word: one by its sound, one by a piece that a typing error leaves whole
Q     the first and last word, both long, both by a piece
F, I  the surname and an initial: F filed by full names, I by names with initials
S, Y  a company's or person's only word: S by its sound, Y by a piece
L     the word a longer company name begins with
T, A  an acronym: T as the name itself, A made from the words of a long name
W     the surname of a full name, for when no more than a surname is known
====  =====================================================================
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, product

from services.intake.domain.names import Name, Word
from services.intake.domain.nicknames import other_forms
from services.intake.domain.pairing import may_both_be_mistyped, paired_places
from services.intake.domain.pieces import filed_pieces, looked_for_pieces
from services.intake.domain.readings import read_names
from services.intake.domain.sounds import codes_of, filed_codes

MOST_LOOKED_FOR = 600


@lru_cache(maxsize=1_000)
def filing_keys(text: str) -> tuple[str, ...]:
    """Under which keys a known name is filed, the most telling first."""
    return tuple(dict.fromkeys(key for name in read_names(text) for key in _filing(name)))


@lru_cache(maxsize=1_000)
def looking_keys(text: str) -> tuple[str, ...]:
    """Under which keys names like this one are looked for, the most telling first."""
    return tuple(dict.fromkeys(key for name in read_names(text) for key in _looking(name)))


@lru_cache(maxsize=1_000)
def telling_keys(text: str) -> tuple[str, ...]:
    """Under which keys the very same name is looked for."""
    whole = (f"N:{joined}" for name in read_names(text) for joined in name.rotations)
    return tuple(dict.fromkeys(whole))


def _filing(name: Name) -> Iterator[str]:
    yield f"N:{name.joined}"
    yield from _pairs(name, filed_by_sound)
    if len(name.strong) > 1:
        first, last = name.strong[0], name.strong[-1]
        yield from _crossed("R", filed_by_sound(first), _pieces(last))
        yield from _crossed("R", filed_by_sound(last), _pieces(first))
        if may_both_be_mistyped(first, last):
            ours, theirs = (filed_pieces(word.form, halves=True) for word in (first, last))
            yield from _crossed("Q", ours, theirs)
    yield from (
        f"I:{i}|{code}" for i in name.initials for w in name.words for code in filed_by_sound(w)
    )
    yield from _initials_of(name, filed_by_sound, "F")
    yield from (f"W:{form}" for word in name.surnames for form in sorted(word.forms))
    if len(name.strong) == 1:
        yield from (f"S:{code}" for code in filed_by_sound(name.strong[0]))
        yield from (f"Y:{piece}" for piece in _pieces(name.strong[0]))
    elif name.company:
        yield from (f"L:{form}" for form in sorted(name.strong[0].forms))
    yield from _acronyms(name, short="T", long="A")


def _looking(name: Name) -> Iterator[str]:
    yield from (f"N:{joined}" for joined in name.rotations)
    yield from _pairs(name, looked_for_by_sound)
    if len(name.strong) > 1:
        yield from _mistyped(name.strong[0], name.strong[-1])
    yield from (
        f"{space}:{i}|{code}"
        for i in name.initials
        for word in name.words
        for code in looked_for_by_sound(word)
        for space in "FI"
    )
    yield from _initials_of(name, looked_for_by_sound, "I")
    yield from (f"S:{code}" for word in name.surnames for code in filed_by_sound(word))
    if len(name.strong) == 1:
        yield from _looking_alone(name)
    elif name.company:
        yield from (f"S:{code}" for code in filed_by_sound(name.strong[0]))
    yield from _acronyms(name, short="A", long="T")


def filed_by_sound(word: Word) -> list[str]:
    """The codes a word is filed under; of each way in which it is joined to its particles."""
    return list(dict.fromkeys(code for form in _keys_of(word) for code in filed_codes(form)))


def looked_for_by_sound(word: Word) -> list[str]:
    """The codes of whatever word this may be: other readings, nicknames."""
    forms = [*_keys_of(word), *(other for form in _latin_of(word) for other in other_forms(form))]
    return list(dict.fromkeys(code for form in forms for code in codes_of(form)))


def _keys_of(word: Word) -> list[str]:
    if word.fixed:
        return [f"={word.form}"]
    return [word.native] if word.native else [word.form, *sorted(word.forms - {word.form})]


def _latin_of(word: Word) -> list[str]:
    if word.script == "latin":
        return [word.plain]
    return sorted(form for form in word.forms if form.isascii())


def _pairs(name: Name, codes: Callable[[Word], list[str]]) -> Iterator[str]:
    for one, other in combinations(paired_places(name), 2):
        yield from _crossed("P", codes(name.strong[one]), codes(name.strong[other]))


def _mistyped(one: Word, other: Word) -> Iterator[str]:
    """One word as it sounds and one or two errors in the other; or one in each of two long ones."""
    yield from _crossed("R", looked_for_by_sound(one), _pieces_around(other, 2))
    yield from _crossed("R", looked_for_by_sound(other), _pieces_around(one, 2))
    if may_both_be_mistyped(one, other):
        ours, theirs = (looked_for_pieces(word.form, 1, halves=True) for word in (one, other))
        yield from _crossed("Q", ours, theirs)


def _pieces(word: Word) -> tuple[str, ...]:
    return (f"={word.form}",) if word.fixed else filed_pieces(word.form)


def _pieces_around(word: Word, errors: int) -> tuple[str, ...]:
    return (f"={word.form}",) if word.fixed else looked_for_pieces(word.form, errors)


def _crossed(
    space: str, ours: list[str] | tuple[str, ...], theirs: list[str] | tuple[str, ...]
) -> Iterator[str]:
    for one, other in product(ours, theirs):
        yield f"{space}:{one}|{other}" if one <= other else f"{space}:{other}|{one}"


def _initials_of(name: Name, codes: Callable[[Word], list[str]], space: str) -> Iterator[str]:
    """Each given name's initial with the surname, and the surname's with the first given name."""
    if name.company:
        return
    for at, word in enumerate(name.words):
        for other in name.words[:at] + name.words[at + 1 :]:
            initials = dict.fromkeys(form[:1] for form in sorted(word.forms))
            yield from (f"{space}:{i}|{code}" for i in initials for code in codes(other))


def _looking_alone(name: Name) -> Iterator[str]:
    word = name.strong[0]
    yield from (f"S:{code}" for code in looked_for_by_sound(word))
    yield from (f"Y:{piece}" for piece in _pieces_around(word, 2))
    yield from (f"{space}:{form}" for form in sorted(word.forms) for space in "LW")


def _acronyms(name: Name, *, short: str, long: str) -> Iterator[str]:
    if name.acronym:
        yield f"{short}:{name.strong[0].form}"
    if name.company and len(name.words) > 1:
        yield from (f"{long}:{acronym}" for acronym in name.acronyms)
