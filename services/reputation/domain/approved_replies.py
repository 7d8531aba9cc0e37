"""What has the firm approved to say under a review, in which language, to which mood, where?

Sentences and the replies made of them are data, one file per language, checked before the service
starts. A text is the firm's own words when every one of its sentences, by hash, is approved for
that language, mood, site and profile.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from services.reputation.domain.language import Language
from services.reputation.domain.plain_text import folded
from services.reputation.domain.sentences import normal_form, sentences_of
from services.reputation.domain.sites import CAUTIOUS_LIMIT, normal_site

Profile = Literal["strict", "us-fl"]
Mood = Literal["glad", "mixed", "bad"]
MOODS: tuple[Mood, ...] = ("glad", "mixed", "bad")


def _one_sentence(text: str) -> str:
    if len(sentences_of(text)) != 1:
        raise ValueError("write one sentence; a reply is made of several")
    return normal_form(text)


Word = Annotated[str, Field(min_length=1, max_length=80)]
Site = Annotated[Word, AfterValidator(normal_site)]


class _Part(BaseModel):
    """A part of a file; a key that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ApprovedSentence(_Part):
    """One sentence, and for which reviews it is approved; no sites or profiles: for all."""

    id: Word
    say: Annotated[str, Field(max_length=500), AfterValidator(_one_sentence)]
    moods: tuple[Mood, ...] = Field(min_length=1)
    sites: tuple[Site, ...] = ()
    profiles: tuple[Profile, ...] = ()

    def fits(self, mood: Mood, site: str, profile: Profile) -> bool:
        """Whether it is approved under such a review."""
        return mood in self.moods and _allows(self.sites, site) and _allows(self.profiles, profile)


class ApprovedReply(_Part):
    """A whole reply a person picks: its sentences, by their ids."""

    name: Word
    mood: Mood
    sentences: tuple[Word, ...] = Field(min_length=1)
    sites: tuple[Site, ...] = ()
    profiles: tuple[Profile, ...] = ()


class ApprovedLanguage(_Part):
    """Everything the firm has approved in one language."""

    language: Annotated[Language, Field(pattern="^[a-z]{2}$")]
    sentences: tuple[ApprovedSentence, ...] = Field(min_length=1)
    replies: tuple[ApprovedReply, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        known = {each.id: each for each in self.sentences}
        if len(known) != len(self.sentences):
            raise ValueError("two sentences have the same id")
        for reply in self.replies:
            _check_reply(reply, known)
        for mood in MOODS:
            if not any(_for_everybody(reply, mood, known) for reply in self.replies):
                raise ValueError(f"there is no {mood} reply for every site and profile")
        return self

    def text_of(self, reply: ApprovedReply) -> str:
        """The reply as it would stand on the site."""
        return " ".join(each.say for each in self.sentences_of(reply))

    def sentences_of(self, reply: ApprovedReply) -> list[ApprovedSentence]:
        """Its sentences, in its order."""
        known = {each.id: each for each in self.sentences}
        return [known[id] for id in reply.sentences]


def _check_reply(reply: ApprovedReply, known: Mapping[str, ApprovedSentence]) -> None:
    for id in reply.sentences:
        if id not in known:
            raise ValueError(f"the reply “{reply.name}” names {id}, which is no sentence here")
        if reply.mood not in known[id].moods:
            raise ValueError(f"the reply “{reply.name}” is {reply.mood}, its sentence {id} is not")


def _for_everybody(reply: ApprovedReply, mood: Mood, known: Mapping[str, ApprovedSentence]) -> bool:
    parts = [known[id] for id in reply.sentences]
    length = len(" ".join(part.say for part in parts))
    limited = bool(reply.sites or reply.profiles)
    limited = limited or any(part.sites or part.profiles for part in parts)
    return reply.mood == mood and not limited and length <= CAUTIOUS_LIMIT


def _allows(named: tuple[str, ...], asked: str) -> bool:
    return not named or asked in named


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One approved reply, as a person is shown it."""

    language: Language
    name: str
    text: str
    profiled: bool = False
    """Whether it is approved for one profile and no other."""


class ApprovedReplies:
    """All the firm has approved, in every language."""

    def __init__(self, languages: Iterable[ApprovedLanguage]) -> None:
        self._languages = {each.language: each for each in languages}
        self._by_hash = {
            (each.language, _hash(sentence.say)): sentence
            for each in self._languages.values()
            for sentence in each.sentences
        }
        spelled = "\n".join(each.model_dump_json() for _, each in sorted(self._languages.items()))
        self.fingerprint = _hash(spelled)[:8]
        self.words = frozenset(
            word.text
            for each in self._languages.values()
            for sentence in each.sentences
            for word in folded(sentence.say).words()
        )

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which something is approved."""
        return tuple(sorted(self._languages))

    def sentences(self, language: Language) -> tuple[ApprovedSentence, ...]:
        """Every approved sentence of a language; none where nothing is approved in it."""
        known = self._languages.get(language)
        return known.sentences if known else ()

    def variants(
        self, language: Language, mood: Mood, site: str, profile: Profile, limit: int
    ) -> tuple[Variant, ...]:
        """The replies a person may pick under such a review, those of the profile first."""
        known = self._languages.get(language)
        if known is None:
            return ()
        fitting = [
            reply
            for reply in known.replies
            if reply.mood == mood
            and _allows(reply.sites, site)
            and _allows(reply.profiles, profile)
            and all(each.fits(mood, site, profile) for each in known.sentences_of(reply))
            and len(known.text_of(reply)) <= limit
        ]
        return tuple(
            Variant(
                language=language,
                name=reply.name,
                text=known.text_of(reply),
                profiled=bool(reply.profiles),
            )
            for reply in sorted(fitting, key=lambda reply: not reply.profiles)
        )

    def sentence(self, text: str) -> tuple[Language, ApprovedSentence] | None:
        """The approved sentence this is, by its hash, and its language."""
        digest = _hash(normal_form(text))
        for language in self._languages:
            if (language, digest) in self._by_hash:
                return language, self._by_hash[language, digest]
        return None


def read_language(content: Any) -> ApprovedLanguage:
    """One file's content as approved sentences and replies; ValueError says what to mend."""
    return ApprovedLanguage.model_validate(content)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
