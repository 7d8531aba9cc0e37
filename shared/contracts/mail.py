"""What do the systems that carry messages tell Clientele: which arrived, which came back?

Whoever reads the mailbox to which mail comes back, or hears the reports of a provider of text
messages, publishes this. The address to which it came names the message; its signature has been
checked by whoever publishes.
"""

from typing import ClassVar, Literal

from shared.contracts.base import EventData
from shared.contracts.fields import Channel, Id, Instant, Label, MailStatus, Whole


class ContactBounced(EventData):
    """A message that had been handed over came back. Never says to which address it had gone."""

    TYPE: ClassVar[str] = "contact-bounced"
    PUBLISHER: ClassVar[str] = "mail system"
    KEYS: ClassVar[tuple[str, ...]] = ("contact_id",)

    contact_id: Id
    kind: Literal["hard", "soft"]
    """hard: it can never arrive; soft: it was given up, and another one may arrive."""
    status: MailStatus | None = None
    code: Label | None = None
    """The reason as another system than mail names it: ``30005``."""
    channel: Channel | None = None
    """By which channel it had gone, where it may have gone by several; none: by e-mail."""
    number: Whole | None = None
    """Which repeat of it: what is reported of an earlier one changes nothing."""
    at: Instant


class ContactDelivered(EventData):
    """A message that had been handed over arrived. Never says at which address."""

    TYPE: ClassVar[str] = "contact-delivered"
    PUBLISHER: ClassVar[str] = "mail system"
    KEYS: ClassVar[tuple[str, ...]] = ("contact_id",)

    contact_id: Id
    channel: Channel | None = None
    number: Whole | None = None
    at: Instant
