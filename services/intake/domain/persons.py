"""How is the name of a person read: titles, initials, particles, surname?"""

from collections.abc import Iterator, Sequence

from services.intake.domain import legal_forms, titles
from services.intake.domain.companies import company_name
from services.intake.domain.east_asian import korean_name, korean_parts, romanised_names
from services.intake.domain.given_names import is_given_name
from services.intake.domain.letters import folded
from services.intake.domain.names import Name, Word, fixed_word, in_full, is_short, joined, word_of
from services.intake.domain.written import Token

CAPITALS = (2, 3)  # so many of them at an end may be initials written without stops


def persons(tokens: list[Token]) -> Iterator[Name]:
    """A person's name without titles, and as it stands where they may be names."""
    native = [token.text for token in tokens if len(token.text) > 1]
    if len(native) == 1 and (readings := romanised_names(native[0])):
        for reading in readings:
            words = tuple(map(fixed_word, reading))
            yield Name(words, family=frozenset({0}), joined=joined(words))
            parts = korean_parts(native[0])
            yield from _as_korean(parts or [word.plain for word in words])
        return
    if len(tokens) == 1 and in_full(folded(tokens[0].text)) != folded(tokens[0].text):
        yield company_name(tokens, "")  # VW, PwC
    stripped, doubtful = _without_titles(tokens)
    if not (doubtful and len(stripped) == 1 and is_given_name(folded(tokens[0].text))):
        yield from _person(stripped)  # Don Müller is not everybody called Müller
    if doubtful:
        yield from _person(tokens)


def plain_person(written: Sequence[str]) -> tuple[Name, ...]:
    """What ``persons`` reads from words that are names and nothing else, without looking again."""
    words = tuple(word_of(text, ()) for text in written)
    name = Name(words, family=_family_of(words, ()), joined=joined(words))
    return name, *_as_korean([word.plain for word in words])


def _without_titles(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The words without titles and degrees, and whether one of those may be a name."""
    kept = [t for t in tokens if t.text.lower() not in legal_forms.CONJUNCTIONS or len(t.text) == 1]
    kept, doubtful = kept or list(tokens), False
    while len(kept) > 1 and kept[0].text.isascii() and folded(kept[0].text) in titles.HONORIFICS:
        doubtful = doubtful or (folded(kept[0].text) in titles.ALSO_NAMES and len(kept) < 4)
        if len(kept[0].text) == 1:
            break
        kept = kept[1:]
    while len(kept) > 1 and folded(kept[-1].text) in titles.SUFFIXES:
        doubtful = doubtful or (folded(kept[-1].text) in titles.ALSO_NAMES and len(kept) < 4)
        kept = kept[:-1]
    return kept, doubtful


def _person(tokens: Sequence[Token]) -> Iterator[Name]:
    for each in _with_initials(list(tokens)):
        words, family = _with_particles(each)
        name = _named(words, family, [t.text for t in each if len(t.text) == 1], each)
        yield name
        if not name.initials:
            yield from _as_korean([word.plain for word in name.words])


def _as_korean(plain: Sequence[str]) -> Iterator[Name]:
    """Surname and given name in the one form of all their romanisations."""
    korean = korean_name(tuple(plain))
    if korean is not None:
        fixed = tuple(fixed_word(f"{part}.") for part in korean)
        yield Name(fixed, family=frozenset({0}), joined=joined(fixed))


def _with_initials(tokens: list[Token]) -> list[list[Token]]:
    """JR Smith may be J. R. Smith: both."""
    found = [tokens]
    mixed = any(any(c.islower() for c in t.text) for t in tokens)
    for at in (0, len(tokens) - 1):
        text = tokens[at].text
        if (
            mixed
            and len(tokens) > 1
            and text.isupper()
            and len(text) in CAPITALS
            and text.isalpha()
        ):
            apart = [Token(letter, tokens[at].family) for letter in text]
            found.append([*tokens[:at], *apart, *tokens[at + 1 :]])
    return found


def _with_particles(tokens: Sequence[Token]) -> tuple[list[Word], list[bool]]:
    """The words without particles; each knows how it looks with those before it joined to it."""
    full = [t for t in tokens if len(t.text) > 1]
    telling = [t for t in full if folded(t.text) not in titles.PARTICLES]
    if len(telling) < 2 and len(telling) + len(tokens) - len(full) < 2:
        telling = full
    words, family, before = list[Word](), list[bool](), list[str]()
    for at, token in enumerate(full):
        plain = folded(token.text)
        if plain in titles.PARTICLES and token not in telling and at < len(full) - 1:
            before.append(plain)
            continue
        ways = tuple("".join(before[n:]) + plain for n in range(len(before)))
        words.append(word_of(token.text, ways))
        family.append(token.family)
        before = []
    return words, family


def _named(
    words: list[Word], family: list[bool], letters: list[str], tokens: Sequence[Token]
) -> Name:
    if not words:  # nothing but initials
        read = tuple(word_of(token.text) for token in tokens)
        return Name(read, joined=joined(read))
    read = tuple(words)
    single = len(tokens) == 1
    return Name(
        read,
        initials=tuple(folded(letter) for letter in letters),
        acronym=single and tokens[0].text.isupper() and tokens[0].text.isascii() and is_short(read),
        family=_family_of(read, family),
        joined="".join([*(folded(each) for each in letters), joined(read)]),
    )


def _family_of(words: tuple[Word, ...], known: Sequence[bool]) -> frozenset[int]:
    """Where the surname stands: as the comma says, else at the end, or before a given name."""
    if any(known):
        return frozenset(at for at, is_family in enumerate(known) if is_family)
    last = len(words) - 1
    turned = last == 1 and is_given_name(words[1].plain) and not is_given_name(words[0].plain)
    return frozenset({0 if turned else last})


def may_be_a_person(tokens: Sequence[Token]) -> bool:
    """Whether these words may be somebody's name after all: Diego Real, Jack Ma, S. A. Miller."""
    plain = [folded(token.text) for token in tokens]
    begins = is_given_name(plain[0]) or len(plain[0]) == 1
    odd = sum(legal_forms.is_general(word) for word in plain)
    return 2 <= len(plain) <= 3 and begins and "and" not in plain and odd <= 1
