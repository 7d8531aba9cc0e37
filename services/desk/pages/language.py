"""In which language does somebody read the desk, and how is a sentence said in it?

English stands in place, in the templates and in the modules; ``languages/<code>.po`` says it in
another language. ``_`` says it at once, in the language of this request. ``N_`` marks words that
stand in a constant; ``Words`` says those of a table when they are read.

What is kept (a timeline, a task's title, an owner's refusal) is kept in English, whoever reads it
later: ``retold`` says it in the reader's language, where it is one of our sentences, and leaves
anything else as it came.
"""

import gettext
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar, cast
from zoneinfo import ZoneInfo

from anyascii import anyascii
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal

from services.desk.domain.labels import said as name_said
from services.desk.pages import dates_said

FOLDER = Path(__file__).parent.parent / "languages"
ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted(each.stem for each in FOLDER.glob("*.po")))
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
HOLE = re.compile(r"\{\w+\}")
END = re.compile(r"(?<=[.?!]) (?=[A-Z])")  # of a sentence, where another one follows
Key = TypeVar("Key")
Said = TypeVar("Said", bound=str | tuple[str, ...])
Form = Literal["instant", "day", "weekday", "month", "short-month"]
FEW = 4  # letters
TURNS = 4  # a sentence within a sentence within a sentence, and no deeper

_chosen: ContextVar[str] = ContextVar("language", default=ENGLISH)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with holes: what stands around them, their names, what is said for it.

    One with hardly a word of its own (``{kind}: {step}.``) is ours only if what fills it is.
    """

    parts: tuple[str, ...]
    holes: tuple[str, ...]
    said: str
    is_bare: bool

    def filled(self, text: str) -> tuple[str, ...] | None:
        """What fills its holes in this text, each as little as can be; None: it is another text.

        Each part is looked for once, behind the one before: a page-long text takes no longer than
        it is long, however many holes there are.
        """
        first, *between, last = self.parts
        at, end = len(first), len(text) - len(last)
        if at > end or not text.startswith(first) or not text.endswith(last):
            return None
        found = []
        for part in between:
            there = text.find(part, at, end)
            if there < 0:
                return None
            found.append(text[at:there])
            at = there + len(part)
        return (*found, text[at:end])


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one language says."""

    words: gettext.NullTranslations
    patterns: tuple[Pattern, ...] = ()  # sentences with holes, the longest first


def language() -> str:
    """The language of this request."""
    return _chosen.get()


def choose(code: str) -> Token[str]:
    """From here on this request is answered in this language, if it is one of ours."""
    return _chosen.set(code if code in LANGUAGES else language())


def put_back(before: Token[str]) -> None:
    """What was chosen before holds again."""
    _chosen.reset(before)


def names_of_languages() -> tuple[tuple[str, str], ...]:
    """Every language of the desk by its code, with the name its readers give it."""
    return tuple((code, (Locale(code).display_name or code).capitalize()) for code in LANGUAGES)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """The same; it is said when it is read."""
    return message


FORMS: Mapping[Form, str] = {  # of dates, by CLDR: a language says its own in its file
    "instant": N_("EEE d MMM y, HH:mm"),
    "day": N_("d MMMM y"),
    "weekday": N_("EEEE, d MMMM y"),
    "month": N_("MMMM y"),
    "short-month": N_("MMM"),
}


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - like it, of words that are counted
    """The same two; they are said when it is known how many there are."""
    return one, many


def _(message: str) -> str:
    """The message in the language of this request."""
    return sayings(language()).words.gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """One message or the other, as that language counts."""
    return sayings(language()).words.ngettext(one, many, number)


class Words(Mapping[Key, Said]):
    """A table of words: each is said in the language of whoever reads it.

    What stands beside a word in a row, a tone or a picture, is no message and stays.
    """

    def __init__(self, table: Mapping[Key, Said]) -> None:
        self._table = table

    def __getitem__(self, name: Key) -> Said:
        row = self._table[name]
        said = retold(row) if isinstance(row, str) else tuple(map(retold, row))
        return cast("Said", said)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def retold(text: str) -> str:
    """A sentence of ours, however it was kept, in the language of this request; others as is."""
    return text if language() == ENGLISH or not text else _retold(text, language())


def dated(moment: date, form: Form) -> str:
    """A day, or an instant by the clock it is given in, as readers of this language write it."""
    return dates_said.dated(moment, _(FORMS[form]), language())


def moment(told: str) -> str:
    """An instant as an owner told it, by the clock it is given in; what is none stays."""
    try:
        return dated(datetime.fromisoformat(told), "instant")
    except ValueError:
        return told


def day_said(told: str, zone: ZoneInfo | None = None) -> str:
    """A day as an owner told it, or that of an instant, by this clock or its own; else as it is."""
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return told
    return dated((at.astimezone(zone) if zone and at.tzinfo else at).date(), "day")


def days_retold(text: str) -> str:
    """Each day in a list of days that was kept in English, as this language writes it."""
    return dates_said.KEPT.sub(lambda found: retold(found[0]), text)


def midway(text: str) -> str:
    """Words that begin a line elsewhere, within a sentence: English begins them small there."""
    return text[:1].lower() + text[1:] if language() == ENGLISH else text


def decimal(number: float, digits: int) -> str:
    """A number with so many digits behind its point, or comma."""
    return format_decimal(number, f"0.{'0' * digits}" if digits else "0", locale=language())


def on_an_axis(number: float) -> str:
    """A number beside a scale, short, as the reader writes it: 0.5, 20, 1K, 1 Mio."""
    return str(format_compact_decimal(number, fraction_digits=1, locale=language()))


def sort_key(text: str) -> str:
    """How names are sorted by people: by letter, whatever its size and its dots."""
    return anyascii(text).casefold()


@lru_cache
def sayings(code: str) -> Sayings:
    """The words of a language, read once."""
    if code == ENGLISH:
        return Sayings(gettext.NullTranslations())
    known = catalogue(code)
    compiled = BytesIO()
    write_mo(compiled, known)
    compiled.seek(0)
    told = [each for each in _each_said(known) if HOLE.search(each[0])]
    told.sort(key=lambda each: -len(HOLE.sub("", each[0])))
    return Sayings(gettext.GNUTranslations(compiled), tuple(_pattern(*each) for each in told))


def _each_said(known: Catalog) -> Iterator[tuple[str, str]]:
    """Every message with what is said for it, those of plurals apart."""
    for each in known:
        if each.id and isinstance(each.id, str):
            yield each.id, str(each.string)
        elif each.id:
            yield from zip(each.id, map(str, each.string or ()), strict=False)


def catalogue(code: str) -> Catalog:
    """The file of a language, as it stands."""
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def _pattern(message: str, said: str) -> Pattern:
    parts = tuple(HOLE.split(message))
    holes = tuple(hole[1:-1] for hole in HOLE.findall(message))
    letters = sum(each.isalpha() for part in parts for each in part)
    return Pattern(parts, holes, said, letters < (FEW if parts[0] else 2 * FEW))


@lru_cache(maxsize=2048)
def _retold(text: str, code: str, turn: int = 0) -> str:
    known = sayings(code)
    if not text:
        return ""  # gettext keeps the head of its file under it
    whole = known.words.gettext(text)
    if whole != text:
        return whole
    day, weekday = (known.words.gettext(FORMS[each]) for each in ("day", "weekday"))
    again = dates_said.dated_again(text, day, weekday, code)
    if again is not None or turn == TURNS:
        return again or text
    in_a_row = "" if turn else _in_a_row(text, code)
    if in_a_row:
        return in_a_row
    for pattern in known.patterns:
        found = pattern.filled(text)
        if found is not None:
            filled = [_retold(each, code, turn + 1) for each in found]
            if pattern.is_bare and any(a == b for a, b in zip(filled, found, strict=True)):
                continue
            return pattern.said.format_map(dict(zip(pattern.holes, filled, strict=True)))
    return _each_retold(text, code) if turn else text


def _in_a_row(text: str, code: str) -> str:
    """Sentences that a rule said one after the other, where each of them is ours; else ""."""
    parts = END.split(text)
    if len(parts) == 1:
        return ""
    told = [_retold(each, code, 1) for each in parts]
    return " ".join(told) if all(a != b for a, b in zip(told, parts, strict=True)) else ""


def _each_retold(text: str, code: str) -> str:
    """A list of words with commas, or of names of machines, where each of them is ours."""
    parts = text.split(", ")
    words = [name_said(each) if CODE.fullmatch(each) else each for each in parts]
    told = [sayings(code).words.gettext(each) for each in words]
    return ", ".join(told) if all(a != b for a, b in zip(told, words, strict=True)) else text
