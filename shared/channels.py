"""What must every way out of the firm be able to do, and what may become of a hand-over?

A channel gives something to somebody else's system: a mail server, a gateway for short messages, a
review site. Whether that system took it may stay unknown, so a hand-over is claimed first, in the
transaction that decided it; ``shared/engine/hand_over.py`` does the rest, for every channel.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

Recipient = TypeVar("Recipient", contravariant=True)
Material = TypeVar("Material", contravariant=True)
Words = TypeVar("Words", covariant=True)
Message = TypeVar("Message", contravariant=True)

HAND_OVER_TIME = timedelta(minutes=12)  # longer than any system may take to answer
RETRIES = 10
RETRY_FIRST, RETRY_MOST = timedelta(minutes=1), timedelta(hours=2)


class Result(StrEnum):
    """What became of handing a message over."""

    HANDED_OVER = "sent"  # the other system took it
    REFUSED = "refused"  # for good: this address does not take it
    REFUSED_MESSAGE = "refused-message"  # for good, this message; the address may be fine
    REFUSED_HERE = "refused-here"  # by ourselves: it cannot go as it is
    RETRY = "retry"  # not taken now
    UNKNOWN = "unknown"  # given away completely, and no answer came
    NOT_TRIED = "not-tried"
    NOT_MADE = "not-made"  # there is nothing to send, for the reason given


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one hand-over, with the other system's answer as a code.

    ``of_sender``: it speaks against whoever sends, not against this recipient; when such answers
    follow one another, something is wrong with the firm's own sending.
    """

    result: Result
    reason: str | None = None
    of_sender: bool = False


NOT_TRIED = Outcome(Result.NOT_TRIED)


class Unknown(StrEnum):
    """What follows when nobody can say whether a message arrived."""

    AGAIN = "again"
    PERSON = "person"  # a person finds out


class HandsOver(Protocol[Message]):
    """The part of a channel that touches the other system."""

    async def hand_over(self, message: Message, begin_until: float = ...) -> Outcome:
        """Hand one message over; never raises for what the other side does.

        NOT_TRIED when it could not be given away before this monotonic instant.
        """
        ...


class Channel(HandsOver[Message], Protocol[Recipient, Material, Words, Message]):
    """One way out of the firm. All but ``hand_over`` is a pure function, asked inside steps."""

    @property
    def name(self) -> str:
        """The channel as events name it."""
        ...

    def can_reach(self, recipient: Recipient) -> str | None:
        """The address at which this channel reaches them; None: it cannot."""
        ...

    def word(self, material: Material) -> Words:
        """What is to be handed over, in this channel's form."""
        ...

    def settle_unknown(self, repeats: int, *, may_repeat: bool) -> Unknown:
        """What follows when nobody knows whether it arrived, after so many repeats of it.

        ``may_repeat``: whoever wrote the rule takes two of them for better than none.
        """
        ...


def has_let_go(sender: str, handed_by: str | None, until: datetime | None, now: datetime) -> bool:
    """Whether nobody can be at a claimed message any more: its process is gone, or its time is up.

    A sender is ``<replica>:<start>``; a replica that was started again is not at it any more.
    """
    if until is None or now >= until:
        return True
    return _replica(handed_by) == _replica(sender) and handed_by != sender


def retry_at(now: datetime, retries: int) -> datetime:
    """When to try again after the channel was away: later each time."""
    return now + min(RETRY_FIRST * (1 << retries), RETRY_MOST)


def _replica(sender: str | None) -> str:
    return (sender or "").partition(":")[0]
