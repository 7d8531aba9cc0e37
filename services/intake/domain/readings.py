"""Which names may a written text mean?

"Dr. Müller-Lüdenscheid, Anna (geb. Weiß)" is two names of one person; "Anna und Peter Klein" are
two persons; "Don Smith" and "Rossi S.A." can be read in two ways, and both readings are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from services.intake.domain import legal_forms, titles, written
from services.intake.domain.capacities import BEFORE_NAMES, parts_of
from services.intake.domain.companies import (
    company_name,
    initials_of,
    sounds_like_a_company,
    without_legal_forms,
    without_native_forms,
)
from services.intake.domain.given_names import is_given_name
from services.intake.domain.letters import folded
from services.intake.domain.names import Name, in_full
from services.intake.domain.persons import may_be_a_person, persons, plain_person
from services.intake.domain.scripts import script_of

SHORTEST_PLAIN = 3
MOST_NAMES = 10  # in one text
READ_APART = titles.SPECIAL | legal_forms.NOISE | BEFORE_NAMES
NO_BRACKETS = str.maketrans("()", "  ")


@lru_cache(maxsize=5_000)
def read_names(text: str) -> tuple[Name, ...]:
    """Every name this text may mean; the main one in all its readings comes first."""
    if (plain := _plain_person(text)) is not None:
        return plain
    found = list[Name]()
    for at, part in enumerate(parts_of(written.tidy(text))):
        for nth, reading in enumerate(_of_part(part)):
            found.extend(_as_beside(reading) if at or nth else reading)
    return tuple(dict.fromkeys(name for name in found if name.words))[:MOST_NAMES]


def _plain_person(text: str) -> tuple[Name, ...] | None:
    """The readings of two or three words without anything to take off: nearly all names."""
    words = text.split()
    if not 2 <= len(words) <= 3 or any(not _is_plain(word) for word in words):
        return None
    return plain_person(words)


@lru_cache(maxsize=5_000)
def _is_plain(word: str) -> bool:
    """Whether this word is a name and nothing else: no title, particle, form or marker."""
    plain = folded(word)
    long = len(word) > SHORTEST_PLAIN and word.isalpha() and word[1:] == word[1:].lower()
    known = (
        plain in READ_APART
        or legal_forms.is_in_a_form(plain)
        or legal_forms.is_general(in_full(plain))
    )
    return long and script_of(word) == "latin" and not known


def _as_beside(names: Sequence[Name]) -> Iterator[Name]:
    for name in names:
        yield replace(name, beside=True)


def _of_part(part: str) -> Iterator[list[Name]]:
    """The readings of the main name, then those of each further name."""
    written_words = part.split()
    household = [w for w in written_words if folded(w.strip(".")) in titles.FAMILIES]
    if household and len(written_words) > 1 and not _is_general_at_the_end(written_words):
        part = " ".join(w for w in written_words if w not in household)
    main, brackets, others = written.main_and_others(part)
    names = _readings(main)
    company = bool(names) and names[0].company
    if brackets and company:
        names = _readings(part.translate(NO_BRACKETS))
    if household:
        names = [_household(name) if len(name.words) == 1 else name for name in names]
    yield names
    others.extend(bracket.split() for bracket in brackets if not company)
    for each in others:
        yield _readings(_beside(names, each))
    for text in _together(main, company=company):
        yield _readings(text)


def _is_general_at_the_end(words: Sequence[str]) -> bool:
    return legal_forms.is_general(folded(words[-1]))


def _together(main: str, *, company: bool) -> list[str]:
    return (written.joined_company(main) if company else []) or _persons_together(
        main, company=company
    )


def _persons_together(main: str, *, company: bool) -> list[str]:
    """The persons named in one text; a company named after two is none of them."""
    together = written.joint_names(main)
    if not together or (company and legal_forms.closing(*_plain_and_written(main))[0]):
        return []
    first = together[0].split()[0]
    return together if not company or is_given_name(folded(first)) else []


def _plain_and_written(text: str) -> tuple[list[str], list[str]]:
    words = [token.text for token in written.tokens_in_order(text)]
    return [folded(word) for word in words], words


def _household(name: Name) -> Name:
    return Name(name.words, family=frozenset({0}), household=True, joined=name.joined)


def _beside(main: list[Name], words: list[str]) -> str:
    """ "geb. Weber" beside "Anna Schmidt" is "Anna Weber"; "aka Sue Smith" is "Sue Smith"."""
    marker = written.marker(words[0])
    rest = words[1:] if marker else words
    while marker and len(rest) > 1 and folded(rest[0]) in titles.PARTICLES:
        rest = rest[1:]  # viuda de Ortega
    if len(rest) == 1 and main and main[0].words and marker not in titles.ALSO:
        own = main[0]
        if not marker and is_given_name(folded(rest[0])) and own.surnames:
            return " ".join([*rest, own.surnames[-1].plain])  # Robert (Bob) Smith
        given = next((w.plain for at, w in enumerate(own.words) if at not in own.family), "")
        return " ".join([given or own.words[0].plain, *rest])
    return " ".join(rest)


def _readings(text: str) -> list[Name]:
    found = list[Name]()
    for spelled in written.spellings(text):
        found.extend(_read(spelled))
    return list(dict.fromkeys(name for name in found if name.words))


def _read(text: str) -> Iterator[Name]:
    bare = without_native_forms(text)
    tokens = written.tokens_in_order(bare)
    if not tokens:
        return
    kept, form, certain = without_legal_forms(tokens)
    if form or bare != text:
        yield replace(company_name(kept, form), in_capitals=initials_of(tokens))
        if certain or bare != text or not may_be_a_person(tokens):
            return
        yield from persons(tokens)
    elif sounds_like_a_company(kept):
        yield company_name(kept, "")
        if may_be_a_person(kept):
            yield from persons(kept)
    else:
        yield from persons(kept)
