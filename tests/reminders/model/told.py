"""What has been told so far, and what does it amount to? Written from the design, not the code.

Everything is read off the set of events told, by looking through all of them: no order of arrival,
no memory of earlier answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from shared.contracts.base import EventData

CARD_TYPES = ("client-onboarded", "client-updated", "client-preferences-updated")
FIRST = "0"
LEFT = "|left-by|"  # stands in the name under which a thing is kept for whose it was


def thing_of(about: str) -> str:
    """The thing itself."""
    return about.partition(LEFT)[0]


def left_by(about: str) -> str | None:
    """For whom it is kept, whose it is no more; None of the thing itself."""
    return about.partition(LEFT)[2] or None


@dataclass(frozen=True)
class Told:
    """One event that has been heard: what it says, and when it happened."""

    id: str
    at: datetime
    data: EventData

    @property
    def type(self) -> str:
        """Its type."""
        return self.data.TYPE

    @property
    def order(self) -> tuple[datetime, str]:
        """Of two statements the one that happened later holds."""
        return self.at, self.id

    def says(self, name: str) -> Any:
        """A field of it, or None."""
        return getattr(self.data, name, None)


@dataclass(frozen=True)
class Asked:
    """A message that asks the client for something, in the mail server's hands or beyond."""

    client: str
    at: datetime


class Says(NamedTuple):
    """What a message tells of an appointment."""

    starts: datetime
    place: str | None
    kind: str
    off: bool = False


@dataclass(frozen=True)
class Last:
    """The last message about an appointment that went, or may have."""

    says: Says
    message: str
    number: int
    at: datetime
    before: "Last | None" = None  # what had been told before that, should it not have come


@dataclass(frozen=True)
class Facts:
    """All that a decision may depend on, at one moment."""

    told: frozenset[Told] = frozenset()
    held: bool = False
    refused: frozenset[str] = frozenset()  # addresses that refused a message for good
    asked: frozenset[tuple[str, Asked]] = frozenset()  # by message
    skipped: frozenset[Any] = frozenset()  # occurrences whose moment had passed when planned
    fired: Mapping[Any, datetime] = field(default_factory=dict)  # became messages, due when
    last: Mapping[tuple[str, str], Last] = field(default_factory=dict)  # by thing and client
    # (what about, to whom), message: on their way to tell it
    telling: frozenset[tuple[tuple[str, str], str]] = frozenset()
    letters: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)  # of which client
    planned: frozenset[tuple[str, str, datetime]] = frozenset()  # client, about, due: of the day
    waiting: frozenset[Any] = frozenset()  # messages that wait or went, and since or until when

    def about(self, name: str, value: str) -> list[Told]:
        """Everything told about this thing, earliest first."""
        found = [each for each in self.told if each.says(name) == value]
        return sorted(found, key=lambda each: each.order)

    def whose(self, about: str) -> str | None:
        """Whose this thing is: the latest word names them."""
        name, _, value = thing_of(about).partition(":")
        named = [each.says("client_id") for each in self.about(name, value)]
        return next((each for each in reversed(named) if each is not None), None)

    def changed_hands(self, about: str) -> bool:
        """Whether events name several clients as those whose thing this is."""
        name, _, value = thing_of(about).partition(":")
        named = {each.says("client_id") for each in self.about(name, value)} - {None}
        return len(named) > 1

    def last_to(self, about: str, client: str | None) -> Last | None:
        """The last message to this client about this thing."""
        return self.last.get((thing_of(about), client or ""))

    def known(self, client: str) -> bool:
        """Whether the client's name is known."""
        return any(each.type == "client-onboarded" for each in self.about("client_id", client))

    def of_client(self, client: str, name: str) -> Any:
        """The latest word on this field of the client; what they chose themselves holds."""
        said = [
            (each.type == "client-preferences-updated", each.order, each.says(name))
            for each in self.about("client_id", client)
            if each.type in CARD_TYPES and name in _stated(each)
        ]
        return max(said, key=lambda word: word[:2])[2] if said else None

    def chose(self, client: str, name: str) -> Any:
        """What the client chose themselves, if anything."""
        said = [each.says(name) for each in self.about("client_id", client)
                if each.type == "client-preferences-updated"]  # fmt: skip
        return next((value for value in reversed(said) if value is not None), None)

    def agreed(self, client: str, purpose: str) -> bool | None:
        """Whether the client may be written to for this purpose: yes, no, or nothing said."""
        words = [
            each
            for each in self.about("client_id", client)
            if each.type in ("consent-granted", "consent-withdrawn")
            and each.says("purpose") in (purpose, "all")
            and each.says("channel") in (None, "email")
        ]
        if _last_word([each for each in words if each.says("by") == "client"]) is False:
            return False
        return _last_word(words)


def _last_word(words: Iterable[Told]) -> bool | None:
    *_, last = [None, *words]
    return last.type == "consent-granted" if last else None


def _stated(each: Told) -> Iterable[str]:
    if each.type == "client-updated":
        return each.data.model_fields_set
    if each.type == "client-onboarded":
        return type(each.data).model_fields
    return [name for name in type(each.data).model_fields if each.says(name) is not None]
