"""Which names may a written text mean?

"Dr. Müller-Lüdenscheid, Anna (geb. Weiß)" is two names of one person; "Anna und Peter Klein" are
two persons; "Don Smith" and "Rossi S.A." can be read in two ways, and both readings are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from services.intake.domain import legal_forms, titles, written
from services.intake.domain.capacities import parts_of
from services.intake.domain.east_asian import korean_name, romanised_names
from services.intake.domain.given_names import is_given_name
from services.intake.domain.letters import folded
from services.intake.domain.names import Name, Word, fixed_word, in_full, joined, word_of
from services.intake.domain.written import Token

MOST_NAMES = 10  # in one text
NO_BRACKETS = str.maketrans("()", "  ")
CAPITALS = (2, 3)  # so many of them at an end may be initials written without stops


@lru_cache(maxsize=20_000)
def read_names(text: str) -> tuple[Name, ...]:
    """Every name this text may mean; the main one in all its readings comes first."""
    found = list[Name]()
    for at, part in enumerate(parts_of(written.tidy(text))):
        for nth, reading in enumerate(_of_part(part)):
            found.extend(_as_beside(reading) if at or nth else reading)
    return tuple(dict.fromkeys(name for name in found if name.words))[:MOST_NAMES]


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
    for person in _persons_together(main, company=company):
        yield _readings(person)


def _is_general_at_the_end(words: Sequence[str]) -> bool:
    return legal_forms.is_general(folded(words[-1]))


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
    bare = _without_native_forms(text)
    tokens = written.tokens_in_order(bare)
    if not tokens:
        return
    kept, form, certain = _without_legal_forms(tokens)
    if form or bare != text:
        yield _company(kept, form)
        if certain or bare != text or not _may_be_a_person(tokens):
            return
        yield from _persons(tokens)
    elif _sounds_like_a_company(kept):
        yield _company(kept, "")
        if _may_be_a_person(kept):
            yield from _persons(kept)
    else:
        yield from _persons(kept)


def _may_be_a_person(tokens: Sequence[Token]) -> bool:
    """Whether these words may be somebody's name after all: Diego Real, Jack Ma, S. A. Miller."""
    plain = [folded(token.text) for token in tokens]
    begins = is_given_name(plain[0]) or len(plain[0]) == 1
    odd = sum(legal_forms.is_general(word) for word in plain)
    return 2 <= len(plain) <= 3 and begins and "and" not in plain and odd <= 1


def _without_native_forms(text: str) -> str:
    if not text.isascii():
        for form in legal_forms.NATIVE:
            text = text.replace(form, " ")
    return text


def _without_legal_forms(tokens: list[Token]) -> tuple[list[Token], str, bool]:
    """What is left, the form, and whether it can be nothing else."""
    kept, forms, certain = list(tokens), list[str](), False
    found, length = legal_forms.leading(*_both(kept))
    while length:
        forms.append(found)
        certain = certain or length > 1 or not legal_forms.is_doubtful(found)
        kept = kept[length:]
        found, length = legal_forms.leading(*_both(kept))
    found, length = legal_forms.closing(*_both(kept))
    while length:
        forms.append(found)
        certain = certain or length > 1 or not legal_forms.is_doubtful(folded(kept[-1].text))
        short = folded(kept[-1].text)
        kept = _without_gesellschaft(kept[:-length], short)
        while len(kept) > 1 and folded(kept[-1].text) in legal_forms.NOISE:
            kept.pop()
        found, length = legal_forms.closing(*_both(kept))
    if at := legal_forms.inside([folded(token.text) for token in kept]):
        forms.append(folded(kept[at].text))
        kept, certain = kept[:at] + kept[at + 1 :], True
    return kept, " ".join(sorted(set(forms) - {"the"})), certain


def _without_gesellschaft(kept: list[Token], form: str) -> list[Token]:
    """Rechtsanwaltsgesellschaft mbH is Rechtsanwalts GmbH."""
    last = kept[-1].text
    if form == "mbh" and folded(last).endswith("gesellschaft") and len(last) > 15:
        return [*kept[:-1], Token(last[: -len("gesellschaft")])]
    return kept


def _both(tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    return [folded(token.text) for token in tokens], [token.text for token in tokens]


def _sounds_like_a_company(tokens: Sequence[Token]) -> bool:
    plain = [folded(token.text) for token in tokens]
    if len(plain) == 3 and plain[1] == "and":  # Smith & Wesson
        return True
    return len(plain) > 1 and any(legal_forms.is_general(in_full(word)) for word in plain)


def _company(tokens: Sequence[Token], form: str) -> Name:
    kept = [t.text for t in tokens if t.text.lower() not in legal_forms.NOISE]
    kept = kept or [t.text for t in tokens]
    words = tuple(word_of(text, company=True) for text in kept)
    name = Name(words, company=True, legal_form=form, joined=joined(words))
    return replace(name, acronym=_is_short(name.strong))


def _is_short(words: Sequence[Word]) -> bool:
    return len(words) == 1 and 2 <= len(words[0].plain) <= 6 and not words[0].fixed


def _persons(tokens: list[Token]) -> Iterator[Name]:
    """A person's name without titles, and as it stands where they may be names."""
    native = [token.text for token in tokens if len(token.text) > 1]
    if len(native) == 1 and (readings := romanised_names(native[0])):
        for reading in readings:
            words = tuple(map(fixed_word, reading))
            yield Name(words, family=frozenset({0}), joined=joined(words))
            yield from _as_korean(words)
        return
    stripped, doubtful = _without_titles(tokens)
    yield from _person(stripped)
    if doubtful:
        yield from _person(tokens)


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
            yield from _as_korean(name.words)


def _as_korean(words: Sequence[Word]) -> Iterator[Name]:
    """Surname and given name in the one form of all their romanisations."""
    korean = korean_name(tuple(word.plain for word in words))
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
        acronym=single
        and tokens[0].text.isupper()
        and tokens[0].text.isascii()
        and _is_short(read),
        family=_family_of(read, family),
        joined="".join([*(folded(each) for each in letters), joined(read)]),
    )


def _family_of(words: tuple[Word, ...], known: list[bool]) -> frozenset[int]:
    """Where the surname stands: as the comma says, else at the end, or before a given name."""
    if any(known):
        return frozenset(at for at, is_family in enumerate(known) if is_family)
    last = len(words) - 1
    turned = last == 1 and is_given_name(words[1].plain) and not is_given_name(words[0].plain)
    return frozenset({0 if turned else last})
