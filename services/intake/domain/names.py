"""What does a name consist of, once spelling habits are taken away?

``read_names`` turns "Dr. Müller-Lüdenscheid, Anna (geb. Weiß)" into words that can be compared: no
titles, no legal forms, no order. One text may hold several names: joint, former and trading ones.
"""

from dataclasses import dataclass
from functools import lru_cache

from services.intake.domain import legal_forms, titles, written
from services.intake.domain.letters import alike, expanded, folded, in_other_script

MOST_NAMES = 4  # in one text


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, in the spellings under which it is compared."""

    plain: str  # accents dropped: muller
    wide: str  # accents written out: mueller
    form: str  # the common form of all spellings: muller
    foreign: bool = False  # transliterated from another script
    numbered: bool = False  # holds a digit: equal or different, never similar

    @property
    def spellings(self) -> tuple[str, ...]:
        """The spellings in which typing errors are looked for."""
        return (self.form,) if self.form == self.plain else (self.form, self.plain)


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it is compared."""

    words: tuple[Word, ...]
    initials: tuple[str, ...] = ()
    company: bool = False
    legal_form: str = ""
    joined: str = ""  # all words in one: "O Neill" is "oneill"
    acronym: bool = False  # a single word in capitals: IBM

    @property
    def strong(self) -> tuple[Word, ...]:
        """The words that tell this company from another (all of them for a person)."""
        if not self.company:
            return self.words
        telling = tuple(w for w in self.words if w.form not in legal_forms.GENERAL)
        return telling or self.words

    @property
    def surname(self) -> Word | None:
        """The last word of a person's full name; None for companies and for single words."""
        full = not self.company and len(self.words) + len(self.initials) > 1
        return self.words[-1] if full and self.words else None

    @property
    def alone(self) -> Word | None:
        """The only word there is, of somebody who is not plainly a company."""
        lonely = len(self.words) == 1 and not (self.initials or self.company or self.acronym)
        return self.words[0] if lonely else None

    @property
    def rotations(self) -> tuple[str, ...]:
        """All words in one, also with the last first and the first last: Wang Xiaoming."""
        forms = [word.form for word in self.words]
        if len(forms) < 2:
            return (self.joined,)
        last_first, first_last = [forms[-1], *forms[:-1]], [*forms[1:], forms[0]]
        return tuple(dict.fromkeys((self.joined, "".join(last_first), "".join(first_last))))


@lru_cache(maxsize=10_000)
def read_names(text: str) -> tuple[Name, ...]:
    """Every name this text holds; the whole of it comes first."""
    main, others = written.main_and_others(written.tidy(text))
    name = read_name(main)
    texts = [_beside(name, words) for words in others]
    if not name.company:
        texts.extend(written.joint_names(main))
    found = [name, *(read_name(each) for each in texts)]
    return tuple(dict.fromkeys(each for each in found if each.words))[:MOST_NAMES]


@lru_cache(maxsize=10_000)
def read_name(text: str) -> Name:
    """One name, taken apart."""
    tidy = written.tidy(text)
    bare = written.without_native_forms(tidy)
    words, form = _without_legal_forms(written.words_in_order(bare))
    if form or bare != tidy or _sounds_like_a_company(words):
        return _company(words, form)
    return _person(words)


def _beside(main: Name, words: list[str]) -> str:
    """ "geb. Weber" beside "Anna Schmidt" is "Anna Weber"; "aka Sue Smith" is "Sue Smith"."""
    marker = written.marker(words[0])
    rest = words[1:] if marker else words
    if len(rest) == 1 and main.words and marker not in titles.ALSO:
        rest = [main.words[0].plain, *rest]
    return " ".join(rest)


def _without_legal_forms(words: list[str]) -> tuple[list[str], str]:
    kept, forms = list(words), list[str]()
    while len(kept) > 1 and folded(kept[0]) in legal_forms.LEADING:
        forms.append(folded(kept.pop(0)))
    while len(kept) > 1 and legal_forms.closes_a_company(folded(kept[-1]), kept[-1]):
        forms.append(folded(kept.pop()))
        while len(kept) > 1 and kept[-1].lower() in legal_forms.NOISE:
            kept.pop()
    return kept, " ".join(reversed(forms))


def _sounds_like_a_company(words: list[str]) -> bool:
    if len(words) == 3 and words[1] == "and":  # Smith & Wesson
        return True
    return len(words) > 1 and any(folded(word) in legal_forms.GENERAL for word in words)


def _without_titles(words: list[str]) -> list[str]:
    kept = [w for w in words if w.lower() not in legal_forms.CONJUNCTIONS] or list(words)
    while len(kept) > 1 and folded(kept[0]) in titles.HONORIFICS:
        kept.pop(0)
    while len(kept) > 1 and folded(kept[-1]) in titles.SUFFIXES:
        kept.pop()
    telling = [w for w in kept if len(w) > 1 and folded(w) not in titles.PARTICLES]
    if len(telling) >= 2:
        kept = [w for w in kept if len(w) == 1 or folded(w) not in titles.PARTICLES]
    return kept


def _company(words: list[str], form: str) -> Name:
    kept = [w for w in words if w.lower() not in legal_forms.NOISE] or words
    read = tuple(map(_word, kept))
    return Name(read, company=True, legal_form=form, joined=_joined(read), acronym=_is_short(read))


def _person(words: list[str]) -> Name:
    kept = _without_titles(words)
    read = tuple(map(_word, kept))
    full = tuple(w for w in read if len(w.plain) > 1)
    if not full:
        return Name(read, joined=_joined(read))
    capital = len(kept) == 1 and kept[0].isupper() and _is_short(read)
    initials = tuple(w.plain for w in read if len(w.plain) == 1)
    return Name(full, initials, joined=_joined(read), acronym=capital)


def _is_short(words: tuple[Word, ...]) -> bool:
    return len(words) == 1 and 2 <= len(words[0].plain) <= 6 and not words[0].numbered


def _joined(words: tuple[Word, ...]) -> str:
    return "".join(word.form for word in words)


@lru_cache(maxsize=10_000)
def _word(text: str) -> Word:
    plain, wide = folded(text), expanded(text)
    return Word(
        plain=plain,
        wide=wide,
        form=alike(wide),
        foreign=in_other_script(text),
        numbered=any(c.isdigit() for c in plain),
    )
