"""Which points of law does a profile decide, and how is its file read?

A profile states what was read in its sources; it is no advice. Every point says where it comes from
and as of when, and the profile says who is to settle it before a firm relies on it.
"""

from datetime import time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

LANGUAGES = ("en", "de")
Text = Annotated[str, Field(min_length=1, max_length=1000)]


class Part(BaseModel):
    """A part of a profile: what it does not know it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(Part):
    """A point of law: where it comes from, as of when, and what it means for the firm."""

    source: Text
    edition: Text
    means: Text


class Surveys(Point):
    """May a client be asked how satisfied they were before they have agreed to be asked?"""

    need_consent: bool


class ReviewAsks(Point):
    """For which purpose is a client asked for a public review?

    Messages for marketing need the client's consent, in every profile.
    """

    purpose: Literal["feedback", "marketing"]


class CallsForOpinions(Point):
    """May a rule ask staff to ring clients for a review or a survey?"""

    allowed: bool


class Caution(Point):
    """What somebody who asks for help is told before they tell too much, by language."""

    title: dict[str, Text]
    text: dict[str, Text]


class ThirdParties(Point):
    """What is said where the names of others are asked for, by language; ``{firm}`` is its name."""

    text: dict[str, Text]


class TextMessages(Point):
    """To whom, when and about what may a text message go?

    ``basis``: ``wish``, only to clients who chose them or agreed; ``number``, to whoever gave a
    number, until they object. ``consent``: for what else a client must have agreed to be texted.
    ``opens`` and ``closes``: by the client's clock. ``facts``: what of a matter may stand in one.
    """

    basis: Literal["wish", "number"]
    consent: tuple[Literal["service", "feedback", "marketing"], ...] = ("feedback", "marketing")
    opens: time
    closes: time
    facts: tuple[Literal["date", "place", "link"], ...]


class Retention(Point):
    """What becomes of one class of records when a client asks to be erased, or with time.

    ``keep``: it stays as it is; ``restrict``: it is sealed apart until its day; ``clear``: an
    erasure takes it at once, and on its day it goes with nobody asking. The day is so many
    ``years`` after the last matter was closed (or after the erasure), at the end of that year where
    ``year_end`` says so; where no years are named there is none. Without any matter what hangs on
    one is erased.
    """

    plan: Literal["keep", "restrict", "clear"]
    years: Annotated[int, Field(ge=1, le=100)] | None = None
    since: Literal["matter-closed", "erasure"] = "erasure"
    year_end: bool = False
    shorter: bool = False  # a firm may keep it for less: nothing but its own choice is against it

    @model_validator(mode="after")
    def _has_a_day(self) -> "Retention":
        if self.plan == "clear" and (self.years is None or self.since != "matter-closed"):
            raise ValueError("what is cleared has `years`, and is counted `since: matter-closed`")
        return self


class LeastOfDecision(Point):
    """Who decides something at least: a firm may name fewer of these roles, and no other."""

    roles: Annotated[tuple[str, ...], Field(min_length=1)]


class Profile(Part):
    """What the law asks, as far as the services act on it."""

    title: Text
    settled_by: Text  # whose word is needed before a firm relies on this
    surveys: Surveys
    review_asks: ReviewAsks
    calls_for_opinions: CallsForOpinions
    caution: Caution
    third_parties: ThirdParties
    text_messages: TextMessages | None = None  # nothing said: the firm has no such channel
    retention: dict[str, Retention] = Field(default_factory=dict)  # by class; others are erased
    decisions: dict[str, LeastOfDecision] = Field(default_factory=dict)  # kind.decision → who

    @model_validator(mode="after")
    def _speaks_every_language(self) -> "Profile":
        for texts in (self.caution.title, self.caution.text, self.third_parties.text):
            if set(texts) != set(LANGUAGES):
                raise ValueError(f"each text is needed in {' and '.join(LANGUAGES)}")
            for text in texts.values():
                text.format(firm="")  # KeyError, IndexError: a word nobody fills in
        return self

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point of law."""
        return (
            self.surveys,
            self.review_asks,
            self.calls_for_opinions,
            self.caution,
            self.third_parties,
            *((self.text_messages,) if self.text_messages else ()),
            *self.retention.values(),
            *self.decisions.values(),
        )

    @property
    def consent_first(self) -> frozenset[str]:
        """The purposes for which a client must have agreed before anything is sent."""
        return frozenset({"marketing", "feedback"} if self.surveys.need_consent else {"marketing"})
