"""An invented channel: short texts to a client's telephone. All of it is in this one file."""

import asyncio

from services.reminders.domain.card import Card
from services.reminders.domain.wording import Worded
from services.reminders.ports import Draft, OutgoingMessage
from shared.channels import Outcome, Result, Unknown

LONGEST = 300


class ShortTexts:
    """Short texts by telephone number; one that may have come is never repeated."""

    name = "sms"

    def __init__(self) -> None:
        self.sent: list[OutgoingMessage] = []
        self.outcome = Outcome(Result.HANDED_OVER)

    def can_reach(self, recipient: Card) -> str | None:
        """The client's number."""
        return recipient.phone

    def word(self, material: Draft) -> Worded:
        """The first lines of the message's text."""
        worded = material.wording.render(material.template, material.words, material.occasion)
        return Worded(subject_line="", text=worded.text[:LONGEST], html="", locale=worded.locale)

    async def hand_over(self, message: OutgoingMessage, begin_until: float = 0.0) -> Outcome:  # noqa: ARG002 - every channel is told
        """Text them."""
        await asyncio.sleep(0)
        self.sent.append(message)
        return self.outcome

    def settle_unknown(self, repeats: int, *, may_repeat: bool) -> Unknown:  # noqa: ARG002 - the same
        """A person finds out."""
        return Unknown.PERSON
