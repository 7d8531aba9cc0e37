# reason: mail and text messages are worded by the same templates and words, in one place
"""How does a message read in its recipient's language, zone and manner?

A template is plain text: a ``Subject:`` line, then paragraphs. The same words become the plain text
and the HTML, so the two never differ. A missing word refuses the message: nobody is written
"Dear ,". Links stand as marks until the hand-over, so what is kept never holds one. At the foot of
every message stands where the client chooses how to be contacted.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.reminders.domain.letter_text import joined_subject, joined_text
from services.reminders.domain.message_blocks import as_text, blocks_of, button, linked
from services.reminders.domain.message_texts import (
    FOOTER,
    FRAME,
    GREETING,
    SHORT,
    SIGNATURE,
    MessageTexts,
)
from services.reminders.domain.moment_filters import said_with
from services.reminders.domain.moment_words import MomentWords
from services.reminders.domain.moments import Reader
from services.reminders.domain.salutation import is_american
from services.reminders.domain.segments import plainer
from services.reminders.domain.text_words import TextWords
from shared.errors import RuleError
from shared.firm.directions import lines_in_order
from shared.firm.looks import AS_SHIPPED, IN_MAIL, Looks

LINK = "\ue000link\ue000"  # stands for the link until the hand-over
PREFERENCES = "\ue000preferences\ue000"  # the same for the links at the foot
UNSUBSCRIBE = "\ue000unsubscribe\ue000"
MARKS = (LINK, PREFERENCES, UNSUBSCRIBE)
REDACTED = "[link]"
FOOT = "\ue003"  # stands around the foot
_FOOT = re.compile(f"\\s*{FOOT}.*?{FOOT}", re.DOTALL)
_GAP = re.compile(r"\n{3,}")  # where a word was not said
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class WordingError(RuleError):
    """A message could not be worded: a word is missing or not fit to be sent."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A message as it reads, with a mark where the link goes."""

    subject_line: str
    text: str
    html: str
    locale: str


@dataclass(frozen=True, slots=True)
class _Written:
    language: str
    locale: Locale
    subject_line: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """For whom, when and where in the world a message is worded."""

    locale: str
    zone: ZoneInfo
    now: datetime
    firm: ZoneInfo | None = None  # whose calendar days are; None: the reader's
    place: ZoneInfo | None = None  # where what is told takes place


Told = tuple[str, Mapping[str, Any], Occasion]
"""A message by its name, its words, and for whom it is."""


class Wording:
    """The firm's message templates, by language and name, ready to be filled in."""

    def __init__(
        self, texts: MessageTexts, layout: str, *, fallback: str = "en", looks: Looks = AS_SHIPPED
    ) -> None:
        self._texts, self._layout_text, self.looks = texts, layout, looks
        self._names, self.fallback = frozenset(texts.messages), fallback
        self._frames, self._moments = texts.frames, texts.moments
        frames = {
            f"{language}/{FRAME}/{part}": text
            for language, parts in texts.frames.items()
            for part, text in parts.items()
        }
        short = {f"{SHORT}/{name}": text for name, text in texts.short.items()}
        self._text = ImmutableSandboxedEnvironment(
            loader=DictLoader({**texts.messages, **frames, **short}), undefined=StrictUndefined,
            autoescape=False, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._text.globals |= {"button": button, "linked": linked}
        self._html = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        self._layout = self._html.from_string(layout)
        self._locales: dict[str, Locale] = {}

    def beside(self, messages: Mapping[str, str]) -> "Wording":
        """Other texts by ``language/name``, with the same greeting, signature and layout."""
        texts = replace(self._texts, messages=messages)
        return Wording(texts, self._layout_text, fallback=self.fallback, looks=self.looks)

    def greeting(self, language: str, words: Mapping[str, Any], locale: str) -> str:
        """How the reader is addressed in this language; raises WordingError where a word lacks."""
        given = _given_to(self._locale(locale), words)
        try:
            return self._greeting(language, given).get("greeting", "")
        except TemplateError as missing:
            raise WordingError("The greeting lacks a word.", code="wording") from missing

    @property
    def messages(self) -> frozenset[str]:
        """The names of all messages that can be worded."""
        return frozenset(name.partition("/")[2] for name in self._names)

    @property
    def languages(self) -> frozenset[str]:
        """The languages there are texts in."""
        return frozenset(name.partition("/")[0] for name in self._names)

    def messages_in(self, language: str) -> frozenset[str]:
        """The names of the messages that are written in this language."""
        return frozenset(
            name.partition("/")[2] for name in self._names if name.startswith(f"{language}/")
        )

    def source(self, language: str, name: str) -> str | None:
        """The text as it is written: of a message, or of a part of the frame (frame/footer)."""
        frame, _, part = name.rpartition("/")
        if frame == FRAME:
            return self._frames.get(language, {}).get(f"{part}.txt")
        return self._texts.messages.get(f"{language}/{name}")

    def render(self, message: str, words: Mapping[str, Any], occasion: Occasion) -> Worded:
        """The message for this recipient; raises WordingError where a word is missing."""
        return self.render_letter([(message, words, occasion)])

    def render_letter(self, messages: Sequence[Told]) -> Worded:
        """These messages in one letter to their recipient, in the language of the first."""
        written = [self._written(*each) for each in messages]
        first, (name, words, _) = written[0], messages[0]
        subject_line, text = first.subject_line, first.text
        if len(written) > 1:
            subject_line = joined_subject(
                [each.subject_line for each in written], self._moments[first.language]
            )
            text = joined_text([(each.subject_line, each.text) for each in written])
        given = _given(words)
        try:
            text = f"{text}\n\n{self._signature(first.language, given)}".rstrip()
            foot = self._foot(first.language, given)
        except TemplateError as missing:
            raise WordingError(f"The message {name} lacks a word.", code="wording") from missing
        text, foot = lines_in_order(text), lines_in_order(foot)
        html = self._as_html(subject_line, text, foot, first.language, str(given.get("firm", "")))
        below = as_text(foot, first.language)
        plain = as_text(text, first.language) + (f"\n{FOOT}-- \n{below}{FOOT}" if foot else "")
        return Worded(subject_line, plain, html, str(first.locale).replace("_", "-"))

    def has_text(self, message: str, locale: str) -> bool:
        """Whether it can go as a text message, in the language in which it would go by e-mail."""
        return f"{self._language(message, locale)[0]}/{message}" in self._texts.short

    def render_text(self, message: str, words: Mapping[str, Any], occasion: Occasion) -> Worded:
        """The text message for this recipient, with the word that ends them; else WordingError."""
        language, locale = self._language(message, occasion.locale)
        if f"{language}/{message}" not in self._texts.short:
            raise WordingError(f"The message {message} is no text message.", code="no-text")
        given = _given_to(locale, words)
        filters = _filters(locale, self._moments.get(language), occasion)
        try:
            template = self._text.get_template(f"{SHORT}/{language}/{message}")
            written = " ".join(template.render(**given, **filters).split())
        except TemplateError as missing:
            raise WordingError(f"The message {message} lacks a word.", code="wording") from missing
        if not written or _UNSAFE.search(written):
            raise WordingError(f"A word of {message} holds control characters.", code="unsafe-text")
        text = plainer(f"{written} {self._texts.words[language].end}")
        return Worded("", text, "", str(locale).replace("_", "-"))

    @property
    def text_words(self) -> Mapping[str, TextWords]:
        """What clients answer text messages with, by language."""
        return self._texts.words

    def _written(self, message: str, words: Mapping[str, Any], occasion: Occasion) -> _Written:
        """What this message says, without what stands below every one."""
        language, locale = self._language(message, occasion.locale)
        filters = _filters(locale, self._moments.get(language), occasion)
        given = _given_to(locale, words)
        try:
            given |= self._greeting(language, given)
            template = self._text.get_template(f"{language}/{message}")
            written = template.render(**given, **filters)
        except TemplateError as missing:
            raise WordingError(f"The message {message} lacks a word.", code="wording") from missing
        return _Written(language, locale, *_parted(written, message))

    def _greeting(self, language: str, words: Mapping[str, Any]) -> dict[str, str]:
        """How the reader is addressed, with its comma."""
        said = self._framed(language, GREETING, words)
        return {"greeting": said} if said else {}

    def as_it_is(self, subject_line: str, text: str, locale: str, firm: str) -> Worded:
        """A text that is worded already, in the firm's layout."""
        if not subject_line.strip() or not text.strip() or _UNSAFE.search(subject_line + text):
            raise WordingError("The letter is empty or holds control characters.", code="wording")
        language = locale.replace("_", "-").partition("-")[0].lower()
        html = self._as_html(subject_line, text, "", language, firm)
        return Worded(subject_line, as_text(text), html, locale)

    def _signature(self, language: str, words: Mapping[str, Any]) -> str:
        """Address, telephone and notices of the firm, as far as it has given them."""
        return self._framed(language, SIGNATURE, words)

    def _foot(self, language: str, words: Mapping[str, Any]) -> str:
        return self._framed(language, FOOTER, words) if "preferences" in words else ""

    def _framed(self, language: str, part: str, words: Mapping[str, Any]) -> str:
        """A part of what stands around every message; nothing where there is none."""
        if part not in self._frames.get(language, {}):
            return ""
        return self._text.get_template(f"{language}/{FRAME}/{part}").render(**words).strip()

    def _language(self, message: str, wanted: str) -> tuple[str, Locale]:
        """The wanted language if the message exists in it, with its regional habits; else ours."""
        language = wanted.replace("_", "-").partition("-")[0].lower()
        if f"{language}/{message}" not in self._names:
            return self.fallback, self._locale(self.fallback)
        return language, self._locale(wanted)

    def _locale(self, name: str) -> Locale:
        if name not in self._locales:
            parts = name.replace("_", "-").split("-")
            region = next((p.upper() for p in parts[1:] if len(p) == 2), None)
            try:
                self._locales[name] = Locale(parts[0].lower(), region)
            except UnknownLocaleError:  # a language in a country without habits of its own
                self._locales[name] = Locale(parts[0].lower())
        return self._locales[name]

    def _as_html(self, subject_line: str, text: str, foot: str, language: str, firm: str) -> str:
        return self._layout.render(
            subject=subject_line, blocks=blocks_of(text), foot=blocks_of(foot), mark=FOOT,
            language=language, direction=self._locale(language).text_direction,
            firm=firm, looks=self.looks, logo_place=IN_MAIL,
        )  # fmt: skip


def with_links(text: str, urls: Mapping[str, str]) -> str:
    """The text with the links in place of their marks; a foot that lacks its link goes."""
    if PREFERENCES in text and PREFERENCES not in urls:
        text = without_foot(text)
    for mark, url in urls.items():
        text = text.replace(mark, url)
    return text.replace(FOOT, "")


def without_foot(text: str) -> str:
    """What the message itself says."""
    return _FOOT.sub("", text)


def redacted(text: str) -> str:
    """The text with a note where each link was."""
    return with_links(text, dict.fromkeys(MARKS, REDACTED))


def _given(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in words.items() if value not in (None, "")}


def _given_to(locale: Locale, words: Mapping[str, Any]) -> dict[str, Any]:
    """The words, and whether English is to be spelled as in North America."""
    return {**_given(words), "american": is_american(locale)}


def _parted(written: str, message: str) -> tuple[str, str]:
    first, _, rest = written.strip().partition("\n")
    name, _, subject_line = first.partition(":")
    if name != "Subject" or not subject_line.strip() or not rest.strip():
        raise WordingError(f"The message {message} lacks a subject or a text.", code="wording")
    if _UNSAFE.search(written):
        raise WordingError(f"A word of {message} holds control characters.", code="unsafe-text")
    return subject_line.strip(), _GAP.sub("\n\n", rest.strip())


def _filters(
    locale: Locale, words: MomentWords | None, occasion: Occasion
) -> dict[str, Callable[..., Any]]:
    """What templates say moments and sums with."""
    if words is None:
        return said_with(locale, None)
    return said_with(locale, Reader(
        locale=locale, words=words, zone=occasion.zone, firm=occasion.firm or occasion.zone,
        now=occasion.now, place=occasion.place,
    ))  # fmt: skip
