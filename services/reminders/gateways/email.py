"""How is a client written to by e-mail?

The first channel. Another one is a file like this beside it, and a line in ``app.py``.
"""

from math import inf

from services.reminders.domain.card import Card
from services.reminders.domain.contact import EMAIL
from services.reminders.domain.wording import Worded
from services.reminders.ports import Draft, OutgoingMessage
from shared.channels import NOT_TRIED, HandsOver, Outcome, Unknown

REPEATS = 1  # a mail that may have come is written once more at most


class EmailChannel:
    """Messages to clients by e-mail, over the firm's mail server; without one, nothing goes."""

    name = EMAIL

    def __init__(self, mailer: HandsOver[OutgoingMessage] | None = None) -> None:
        self._mailer = mailer

    def can_reach(self, recipient: Card) -> str | None:
        """The client's e-mail address."""
        return recipient.email or None

    def word(self, material: Draft) -> Worded:
        """Subject, text and HTML; raises WordingError where a word is missing."""
        letter = [(each.template, each.words, each.occasion)
                  for each in (material, *material.others)]  # fmt: skip
        return material.wording.render_letter(letter)

    async def hand_over(self, message: OutgoingMessage, begin_until: float = inf) -> Outcome:
        """Give it to the mail server."""
        if self._mailer is None:
            return NOT_TRIED
        return await self._mailer.hand_over(message, begin_until)

    def settle_unknown(self, repeats: int, *, may_repeat: bool) -> Unknown:
        """A mail server tells nothing afterwards: once more where the rule allows it."""
        return Unknown.AGAIN if may_repeat and repeats < REPEATS else Unknown.PERSON
