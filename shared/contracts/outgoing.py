"""What may the desk ask reminders about what goes out next to a client, and what is it told?

``list`` tells each message on its way: why, when, in which words, and what speaks against it.
``decide`` holds, releases, skips, sends or moves one message, those of a matter, or all of a
client. ``sent`` tells the words of one message as it went. Words travel in these answers and in no
event.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked

Scope = Literal["message", "matter", "client"]
Do = Literal["hold", "release", "skip", "send-now", "move"]
LONGEST_WHY = 500


class OutgoingAsked(Asked):
    """One question about what goes out next; what it does not need is left out."""

    ask: Literal["list", "decide", "sent"]
    client_id: str
    request_id: str | None = None  # decide: asked twice, done once
    do: Do | None = None
    scope: Scope | None = None
    occurrence_id: str | None = None  # scope message
    matter_id: str | None = None  # scope matter
    move_to: str | None = None  # move: an instant with its offset (ISO 8601)
    why: str | None = None  # needed for everything but a release
    contact_id: str | None = None  # sent: which message


class GateTold(Answer):
    """One question asked of a message, and its answer; ``text``: the reason in words."""

    gate: str
    verdict: str  # pass, wait or stop
    reason: str | None = None
    text: str | None = None


class HoldTold(Answer):
    """Who holds something back, since when (ISO 8601), and why."""

    scope: Scope
    by: str
    at: str
    why: str
    matter_id: str | None = None
    occurrence_id: str | None = None


class MessageTold(Answer):
    """A message on its way. Instants are ISO 8601 in UTC; ``zone`` is the client's."""

    occurrence_id: str
    rule_id: str
    rule_version: int
    rule: str  # the rule as a sentence
    event_id: str  # what it goes back to
    event_type: str | None = None
    purpose: str
    message_class: str
    channel: str
    state: Literal["planned", "waiting", "in-hand"]
    due_at: str
    zone: str
    before: str | None = None  # it is of no use from then on
    moved: bool = False  # a person chose its moment
    matter_id: str | None = None
    gates: list[GateTold]  # as things stand, asked of its moment; the last one decides
    verdict: str  # pass, wait or stop
    reason: str | None = None
    text: str | None = None  # the reason in words
    until: str | None = None  # wait: when it is looked at again
    hold: HoldTold | None = None
    subject_line: str | None = None  # as it would be worded now; None: it cannot be
    words: str | None = None
    required: bool = False  # by law: it can be neither held nor skipped


class LetterWaitingTold(Answer):
    """A letter that a person approved and that has not gone yet; instants as with messages."""

    letter_id: str
    letter: str  # its name among the firm's letters
    channel: str
    due_at: str
    zone: str
    matter_id: str | None = None
    gates: list[GateTold]
    verdict: str
    reason: str | None = None
    text: str | None = None
    until: str | None = None
    subject_line: str | None = None  # exactly as approved, with the words
    words: str | None = None
    in_hand: bool = False


class DecisionTold(Answer):
    """What somebody of the firm decided about messages on their way."""

    decision_id: str
    do: Do
    scope: Scope
    by: str
    at: str
    why: str
    count: int
    matter_id: str | None = None
    purpose: str | None = None
    move_to: str | None = None


class OutgoingListed(Answer):
    """Everything on its way to a client, what is soonest first; holds; the last decisions."""

    messages: list[MessageTold]
    holds: list[HoldTold] = Field(default_factory=list)
    decisions: list[DecisionTold] = Field(default_factory=list)
    letters: list[LetterWaitingTold] = Field(default_factory=list)


class LeftAlone(Answer):
    """A message the decision left as it was, and why."""

    occurrence_id: str
    code: str
    message: str


class OutgoingDecided(Answer):
    """How many messages it concerned, and which it left alone; asked again, the same."""

    decision_id: str
    count: int
    left: list[LeftAlone] = Field(default_factory=list)


class SentTold(Answer):
    """A message as it went, or may have; what led to the client's own pages is left out.

    ``known`` is false where no such message went to this client, or its words are erased.
    """

    contact_id: str
    known: bool
    state: Literal["sent", "unknown", "came-back"] | None = None
    channel: str | None = None
    address: str | None = None
    subject_line: str | None = None
    text: str | None = None
    html: str | None = None
    at: str | None = None  # when it was handed over, ISO 8601; None: that is not known
    with_others: int = 0  # how many other messages went in the same letter
