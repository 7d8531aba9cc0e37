"""Under which keys is a name filed, and under which is it looked for?

Keys only find candidates; ``matching`` decides. They are made so that whatever it accepts shares
one. Filing is dear (each key is an entry of an index) and looking is cheap, so a name is filed
under few keys and looked for under every key that a name it may be is filed under.

====  =====================================================================
N     the whole name in one word
P     two words by their sound, a known given name by its spelling; looked for by nickname and in
      every reading
R     the first and last word: one by its sound, one by a piece that a typing error leaves whole
      (``pieces``), of which a word of five letters has three and one of eight has four
Q     the first and last word, both long, both by a piece
F, I  the surname and an initial: F filed by full names, I by names with initials
S, Y  a company's or person's only word: S by its sound, Y by a piece
L     the word a longer company name begins with, and the surname of whom it is called after
T, A  an acronym: T as the name itself, A made from the words of a long name
W     the surname of a full name, for when no more than a surname is known
====  =====================================================================
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from services.intake.domain.company_groups import listed_with
from services.intake.domain.given_names import is_given_name
from services.intake.domain.mistyped_given_names import (
    given_code,
    given_codes,
    given_codes_spelled_like,
    given_names_heard_in,
    given_names_typed_as,
    is_known_given,
    is_plainly_given,
    may_be_given_code,
)
from services.intake.domain.names import Name, Word, common_form
from services.intake.domain.nicknames import other_forms
from services.intake.domain.pairing import may_both_be_mistyped, paired_places
from services.intake.domain.pieces import filed_pieces, looked_for_pieces
from services.intake.domain.readings import read_names
from services.intake.domain.sounds import codes_of, filed_codes

WHOLE_NAME = "N:"
SEVERAL_SOUNDS = re.compile("c|k[eiy]")  # letters that words spelled alike may be filed apart by


@lru_cache(maxsize=1_000)
def filing_keys(text: str) -> tuple[str, ...]:
    """Under which keys a known name is filed, the most telling first."""
    return tuple(dict.fromkeys(key for name in read_names(text) for key in _filing(name)))


@lru_cache(maxsize=600)
def looking_keys(text: str) -> tuple[str, ...]:
    """Under which keys names like this one are looked for, the most telling first."""
    names = read_names(text)
    by_name = [key for name in names for key in _looking(name)]
    return tuple(dict.fromkeys([*by_name, *_listed(names)]))


def _listed(names: Sequence[Name]) -> Iterator[str]:
    yield from (f"{WHOLE_NAME}{form}" for form in listed_with(names))


def _filing(name: Name) -> Iterator[str]:
    yield f"{WHOLE_NAME}{name.joined}"
    codes = [_filed_at(name, at) for at in range(len(name.strong))]
    yield from _pairs(name, codes)
    if len(name.strong) > 1:
        yield from _ends(name, codes)
    yield from (
        f"I:{i}|{code}" for i in name.initials for w in name.words for code in filed_by_sound(w)
    )
    yield from _initials_of(name, filed_by_sound, "F")
    yield from (f"W:{form}" for word in name.surnames for form in sorted(word.forms))
    if len(name.strong) == 1:
        yield from (f"S:{code}" for code in filed_by_sound(name.strong[0]))
        yield from (f"Y:{piece}" for piece in _alone(name.strong[0]))
    elif name.company:
        yield from (f"L:{form}" for form in sorted(name.strong[0].forms))
        if (founder := name.founder) is not None:
            yield from (f"L:{form}" for form in sorted(founder.forms))
    yield from _acronyms(name, short="T", long="A")


def _looking(name: Name) -> Iterator[str]:
    yield from (f"{WHOLE_NAME}{joined}" for joined in name.rotations)
    codes = [_looked_for_at(name, at) for at in range(len(name.strong))]
    yield from _pairs(name, [[*near, *rest] for near, rest in codes])
    if len(name.strong) > 1:
        yield from _mistyped(name, codes)
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
        if (founder := name.founder) is not None:
            yield from (f"S:{code}" for code in filed_by_sound(founder))
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


def _filed_at(name: Name, at: int) -> list[str]:
    """The codes a word of a name is filed under; a known given name under one that is finer."""
    word = name.strong[at]
    if not is_known_given(name, word):
        return filed_by_sound(word)
    finer = [given_code(common_form(word.plain)), given_code(word.form)]
    return list(
        dict.fromkeys(finer if is_plainly_given(name, at) else [*finer, *filed_by_sound(word)])
    )


def _looked_for_at(name: Name, at: int) -> tuple[list[str], list[str]]:
    """The codes of whatever this word may be: those as good as equal, and those less alike.

    What is less alike leaves no room for a second error in the word beside it.
    """
    return _looked_for_as(name.strong[at], known=is_known_given(name, name.strong[at]))


@lru_cache(maxsize=2_000)
def _looked_for_as(word: Word, *, known: bool) -> tuple[list[str], list[str]]:
    if word.fixed:
        return filed_by_sound(word), []
    forms, latin = _keys_of(word), dict.fromkeys([*_latin_of(word), word.form])
    near = dict.fromkeys(code for form in forms for code in _codes_of_usual(form))
    given = dict.fromkeys(common_form(form) for form in (*latin, *forms) if form.isascii())
    codes = (code for form in given for code in given_codes(form))
    near.update(dict.fromkeys(code for code in codes if may_be_given_code(code)))
    rest = dict.fromkeys(code for form in forms for code in codes_of(form))
    if not known:
        near.update(dict.fromkeys(given_codes_spelled_like(word)))
        near.update(dict.fromkeys(map(given_code, given_names_heard_in(word))))
        rest.update(dict.fromkeys(given_code(each) for each in given_names_typed_as(word.form)))
    others = [other for form in _latin_of(word) for other in other_forms(form)]
    rest.update(dict.fromkeys(code for other in others for code in _codes_of_given(other)))
    return list(near), [code for code in rest if code not in near]


def _codes_of_usual(form: str) -> tuple[str, ...]:
    """The codes of all words that are usually spelled like this one."""
    return (
        codes_of(form) if SEVERAL_SOUNDS.search(form) or not form.isascii() else filed_codes(form)
    )


def _codes_of_given(other: str) -> tuple[str, ...]:
    form = common_form(other)
    return (given_code(form),) if is_given_name(other) else filed_codes(form)


def _pairs(name: Name, codes: Sequence[Sequence[str]]) -> list[str]:
    found = list[str]()
    for one, other in combinations(paired_places(name), 2):
        found += _crossed("P", codes[one], codes[other])
    return found


def _ends(name: Name, codes: Sequence[Sequence[str]]) -> Iterator[str]:
    first, last = 0, len(name.strong) - 1
    yield from _crossed("R", codes[first], _pieces(name, last))
    yield from _crossed("R", codes[last], _pieces(name, first))
    if may_both_be_mistyped(name.strong[first], name.strong[last]):
        ours, theirs = (_pieces(name, at, halves=True) for at in (first, last))
        yield from _crossed("Q", ours, theirs)


def _mistyped(name: Name, codes: Sequence[tuple[list[str], list[str]]]) -> list[str]:
    """One word as it sounds and one or two errors in the other; or one in each of two long ones."""
    found, (first, last) = list[str](), (0, len(name.strong) - 1)
    for at, other in ((first, last), (last, first)):
        near, rest = codes[at]
        found += _crossed("R", near, _pieces_around(name, other, 2))
        found += _crossed("R", rest, _pieces_around(name, other, 1))
    if may_both_be_mistyped(name.strong[first], name.strong[last]):
        ours, theirs = (_pieces_around(name, at, 1, halves=True) for at in (first, last))
        found += _crossed("Q", ours, theirs)
    return found


def _pieces(name: Name, at: int, *, halves: bool = False) -> tuple[str, ...]:
    """A known given name is filed as itself: of two such none is the other mistyped."""
    word = name.strong[at]
    if word.fixed or is_plainly_given(name, at):
        return (f"={word.form}",)
    return filed_pieces(word.form, halves=halves)


def _pieces_around(name: Name, at: int, errors: int, *, halves: bool = False) -> tuple[str, ...]:
    """The pieces of whatever this was typed for; and the given names it may be typed for."""
    word = name.strong[at]
    known = not name.company and is_given_name(word.plain)
    return _looked_for_around(word, errors, known=known, halves=halves)


@lru_cache(maxsize=2_000)
def _looked_for_around(word: Word, errors: int, *, known: bool, halves: bool) -> tuple[str, ...]:
    if word.fixed:
        return (f"={word.form}",)
    pieces = looked_for_pieces(word.form, errors, halves=halves)
    if known:
        return pieces
    return (*pieces, *(f"={form}" for form in given_names_typed_as(word.form)))


def _alone(word: Word) -> tuple[str, ...]:
    return (f"={word.form}",) if word.fixed else filed_pieces(word.form)


def _crossed(space: str, ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [
        f"{space}:{one}|{other}" if one <= other else f"{space}:{other}|{one}"
        for one in ours
        for other in theirs
    ]


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
    around = (f"={word.form}",) if word.fixed else looked_for_pieces(word.form, 2)
    yield from (f"Y:{piece}" for piece in around)
    yield from (f"L:{form}" for form in sorted(word.forms))
    if name.alone is not None:
        yield from (f"W:{form}" for form in sorted(word.forms))


def _acronyms(name: Name, *, short: str, long: str) -> Iterator[str]:
    if name.acronym:
        yield f"{short}:{name.strong[0].form}"
    if name.company and len(name.words) > 1:
        yield from (f"{long}:{acronym}" for acronym in name.acronyms)
