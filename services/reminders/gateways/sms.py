"""How is a client written to by text message?"""

from math import inf

from services.reminders.domain.card import Card
from services.reminders.domain.channel_order import SMS, only_allowed
from services.reminders.domain.phone_number import number_of
from services.reminders.domain.segments import segments
from services.reminders.domain.wording import LINK, Worded, WordingError
from services.reminders.ports import Draft, OutgoingMessage
from shared.channels import NOT_TRIED, HandsOver, Outcome, Unknown

REPEATS = 1  # a text that may have come is written once more at most
TYPICAL_LINK = "x" * 100  # for as long as a link of ours is


class SmsChannel:
    """Messages to clients by text message, over a provider; without one, nothing goes.

    ``facts``: what of a matter the firm's law lets stand in one; ``most``: parts of one message.
    """

    name = SMS

    def __init__(
        self,
        provider: HandsOver[OutgoingMessage] | None = None,
        *,
        facts: frozenset[str] = frozenset({"date", "link"}),
        most: int = 3,
    ) -> None:
        self._provider = provider
        self._facts = facts
        self._most = most

    def can_reach(self, recipient: Card) -> str | None:
        """The client's number, where it is written in international form."""
        return number_of(recipient.phone)

    def word(self, material: Draft) -> Worded:
        """The text; raises WordingError where a word is missing or it takes too many parts."""
        words = only_allowed(material.words, self._facts)
        worded = material.wording.render_text(material.template, words, material.occasion)
        if segments(worded.text.replace(LINK, TYPICAL_LINK)) > self._most:
            raise WordingError(
                f"The text message {material.template} takes more than {self._most} parts.",
                code="text-too-long",
            )
        return worded

    async def hand_over(self, message: OutgoingMessage, begin_until: float = inf) -> Outcome:
        """Give it to the provider."""
        if self._provider is None:
            return NOT_TRIED
        return await self._provider.hand_over(message, begin_until)

    def settle_unknown(self, repeats: int, *, may_repeat: bool) -> Unknown:
        """As with mail: once more where the rule allows it; a report may settle it before."""
        return Unknown.AGAIN if may_repeat and repeats < REPEATS else Unknown.PERSON
