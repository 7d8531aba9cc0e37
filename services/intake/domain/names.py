"""What does a name consist of, once spelling habits are taken away?

A ``Name`` is words that can be compared: no titles, no legal forms, no order. Which names a written
text may hold is said in ``readings``.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from services.intake.domain import legal_forms
from services.intake.domain.given_names import is_given_name
from services.intake.domain.letters import (
    alike,
    expanded,
    folded,
    letters_meant,
    letters_perhaps_meant,
    usual,
)
from services.intake.domain.scripts import romanised, script_of

ABBREVIATIONS = Path(__file__).parent / "tables" / "abbreviations.txt"
SERVANTS = ("abdul", "abdel", "abdal", "abdoul", "abdool", "abdur", "abder", "abdus", "abdes")
PINYIN_U = {each: (f"{each[0]}yu", f"{each[0]}v") for each in ("lü", "nü", "lǚ", "nǚ", "lǜ")}
"""As passports write what has no letter of its own: Lyu, Lv."""
WRITTEN_ON, WRITTEN_LONG = ("al", "el", "abu", "abou", "ben", "bin"), 7
"""Almansouri, Benslimane: perhaps with the article or the father written on."""
CAPITAL_MAC = 6  # letters from which Mac at the beginning may be Mc


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name, in the spellings under which it is compared; made once per spelling."""

    plain: str  # accents dropped: muller
    form: str  # the common form of all spellings: muller
    forms: frozenset[str]  # the same as this word without further question
    script: str = "latin"
    native: str = ""  # as written, where it is written in another script
    fixed: bool = False  # holds a digit, or is one form already: equal or different, never similar

    @property
    def key(self) -> str:
        """What its sound is read from."""
        return self.native or self.form


@dataclass(frozen=True, slots=True)
class Name:
    """One name as it is compared."""

    words: tuple[Word, ...]
    initials: tuple[str, ...] = ()
    company: bool = False
    legal_form: str = ""
    acronym: bool = False  # one telling word, short like IBM
    family: frozenset[int] = frozenset()  # which of a person's words are the surname
    household: bool = False  # only a surname: everybody of that name
    beside: bool = False  # a former, joint or trading name, not the main one
    in_capitals: str = field(default="", compare=False)  # with the legal form: BBC
    joined: str = field(default="", compare=False)  # all words in one: "O Neill" is "oneill"

    @property
    def strong(self) -> tuple[Word, ...]:
        """The words that tell this company from another (all of them for a person)."""
        if not self.company:
            return self.words
        telling = tuple(w for w in self.words if not legal_forms.is_general(w.plain))
        return telling or self.words

    @property
    def acronyms(self) -> tuple[str, ...]:
        """International Business Machines Corporation: ibm, ibmc."""
        words = "".join(word.plain[:1] for word in self.words)
        return tuple(dict.fromkeys((words, self.in_capitals or words)))

    @property
    def surnames(self) -> tuple[Word, ...]:
        """The surname of a person's full name; nothing for companies and for single words."""
        if self.company or len(self.words) + len(self.initials) < 2:
            return ()
        return tuple(self.words[at] for at in sorted(self.family))

    @property
    def founder(self) -> Word | None:
        """The surname of whoever a company is called after: Robert Bosch GmbH."""
        strong = self.strong
        named = self.company and len(strong) == 2 and is_given_name(strong[0].plain)
        return strong[1] if named else None

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


@lru_cache(maxsize=5_000)
def word_of(text: str, joined: tuple[str, ...] = (), *, company: bool = False) -> Word:
    """A written word, with the spellings of the same word joined to its particles."""
    if text.isascii() and text.isalpha() and not (joined or company):
        return _plain_word(text.lower())
    plain = letters_meant(folded(text))
    if company:
        plain = in_full(plain)
    wide = letters_meant(expanded(text)) if plain == folded(text) else plain
    script = script_of(text)
    numbered = any(c.isdigit() for c in plain)
    if script in ("cyrillic", "greek"):
        latin = romanised(text)
        forms = {plain, *latin, *map(alike, latin)}
        return Word(latin[0], alike(latin[0]), frozenset(forms), script, text.casefold())
    if (sound := PINYIN_U.get(unicodedata.normalize("NFC", text.casefold()))) is not None:
        joined = (*joined, *sound)
    native = text.casefold() if script in ("arabic", "hebrew") else ""
    form = _as_usual(alike(wide))
    forms = {form, plain, _as_usual(alike(plain)), *joined, *map(usual, joined), *(_mac(form))}
    forms.update(_written_on(form, plain))
    if any(c.isdigit() for c in text):
        forms.add(common_form(letters_perhaps_meant(expanded(text))))
    return Word(plain, form, frozenset(forms), script, native, fixed=numbered)


def _plain_word(plain: str) -> Word:
    """The same of nothing but plain letters: most words are."""
    form = common_form(plain)
    return Word(plain, form, frozenset((form, plain, *_mac(form), *_written_on(form, plain))))


def _written_on(form: str, plain: str) -> tuple[str, ...]:
    on = form.startswith(WRITTEN_ON) and len(form) > WRITTEN_LONG and not is_given_name(plain)
    return (usual(form),) if on else ()


@lru_cache(maxsize=1_000)
def fixed_word(form: str) -> Word:
    """A word that equals its like and resembles nothing."""
    return Word(form, form, frozenset((form,)), fixed=True)


def joined(words: tuple[Word, ...]) -> str:
    """All words in one."""
    return "".join(word.form for word in words)


def is_short(words: tuple[Word, ...]) -> bool:
    """Whether this is one word, short enough to be an acronym."""
    return len(words) == 1 and 2 <= len(words[0].plain) <= 6 and not words[0].fixed


def in_full(plain: str) -> str:
    """A word of a company's name as it is when it is not shortened: gebr is gebruder."""
    return _in_full().get(plain, plain)


def common_form(plain: str) -> str:
    """The form under which a word in plain letters is compared."""
    return _as_usual(alike(plain))


def _as_usual(form: str) -> str:
    """Abdurrahman, Abdelrahman: the servant's article in one form."""
    if not form.startswith("abd") or len(form) < 8:
        return form
    for beginning in SERVANTS:
        if form.startswith(beginning):
            rest = form[len(beginning) :]
            doubled = len(rest) > 1 and rest[0] == beginning[-1] and beginning[-1] in "rs"
            return "abdul" + (rest[1:] if doubled and rest[1] == rest[0] else rest)
    return form


def _mac(form: str) -> tuple[str, ...]:
    far = form.startswith("mac") and len(form) > CAPITAL_MAC and form[3] not in "aeiouhk"
    return ("mc" + form[3:],) if far else ()


@cache
def _in_full() -> dict[str, str]:
    found = dict[str, str]()
    for line in ABBREVIATIONS.read_text("utf-8").splitlines():
        whole, _, shorts = line.partition(":")
        found.update({} if line.startswith("#") else dict.fromkeys(shorts.split(), whole))
    return found
